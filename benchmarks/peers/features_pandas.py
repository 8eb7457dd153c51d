"""The features of the pipeline bench with pandas: features_pandas.py TARGET PART..."""
import sys

import numpy as np
import pandas as pd

rows = pd.concat(pd.read_csv(part, parse_dates=["started_at"]) for part in sys.argv[2:])
started = rows.pop("started_at").dt
minute, weekday = started.hour * 60 + started.minute, started.dayofweek + 1
for name, value, period in (("started_minute_of_day", minute, 1440), ("started_day_of_week", weekday, 7)):
    rows[name] = value
    rows[f"{name}_sin"] = np.sin(np.pi * 2 * value / period)
    rows[f"{name}_cos"] = np.cos(np.pi * 2 * value / period)
rows["product"] = rows.n1 * rows.n2
rows["share"] = rows.n3 / (rows.n4 + 1)
rows["distance"] = (rows.n5 - rows.n6).abs()
rows["magnitude"] = np.log(rows.n1 + 1)
rows.to_csv(sys.argv[1], index=False)
