"""Turns the parts of a features dataset into the arrays that LightGBM reads: rows_to_numpy.py STEM PART...

A category becomes the rank of its level by frequency, as in a package of ours."""
import sys

import numpy as np
import polars as pl

NUMBERS, CATEGORIES = ["n1", "n2", "n3", "n4", "n5", "n6"], ["c1", "c2", "c3"]

rows = pl.scan_csv(sys.argv[2:], schema_overrides={"late": pl.String}).collect()
codes = [
    rows.select(name)
    .join(
        rows[name].value_counts(sort=True).with_row_index("code", offset=2).drop("count"),
        on=name,
        how="left",
        maintain_order="left",
    )["code"]
    .alias(name)
    for name in CATEGORIES
]
np.save(f"{sys.argv[1]}-rows.npy", rows.select(NUMBERS).with_columns(codes).cast(pl.Float32).to_numpy())
np.save(f"{sys.argv[1]}-days.npy", rows["day"].str.slice(0, 10).str.to_date().to_numpy())
if "late" in rows.columns:
    np.save(f"{sys.argv[1]}-labels.npy", (rows["late"] == "t").to_numpy())
