"""The features of the pipeline bench with Polars, streaming: features_polars.py TARGET PART..."""
import sys
from math import tau

import polars as pl

minute = pl.col("started_at").dt.hour().cast(pl.Int32) * 60 + pl.col("started_at").dt.minute()
weekday = pl.col("started_at").dt.weekday()
(
    pl.scan_csv(sys.argv[2:], schema_overrides={"started_at": pl.String})
    .with_columns(pl.col("started_at").str.to_datetime("%Y-%m-%d %H:%M:%S%#z", time_zone="UTC"))
    .with_columns(
        started_minute_of_day=minute,
        started_minute_of_day_sin=(minute * (tau / 1440)).sin(),
        started_minute_of_day_cos=(minute * (tau / 1440)).cos(),
        started_day_of_week=weekday,
        started_day_of_week_sin=(weekday * (tau / 7)).sin(),
        started_day_of_week_cos=(weekday * (tau / 7)).cos(),
        product=pl.col("n1") * pl.col("n2"),
        share=pl.col("n3") / (pl.col("n4") + 1),
        distance=(pl.col("n5") - pl.col("n6")).abs(),
        magnitude=(pl.col("n1") + 1).log(),
    )
    .drop("started_at")
    .sink_csv(sys.argv[1], engine="streaming")
)
