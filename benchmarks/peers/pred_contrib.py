"""
Explains rows by LightGBM's pred_contrib and compares: pred_contrib.py FOLDER COLUMNS WIDTH. The folder holds the
model's text, the rows and our contributions (benchmarks/reasons). Prints the seconds, and the largest difference as a
share of the largest contribution of its row.
"""
import json
import os
import sys
import time

import lightgbm
import numpy as np

folder, columns, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rows, ours = (np.fromfile(os.path.join(folder, f"{name}.bin")) for name in ("rows", "contributions"))
rows = rows.reshape(-1, columns)
model = lightgbm.Booster(model_file=os.path.join(folder, "model.txt"))
begin = time.monotonic()
theirs = model.predict(rows, pred_contrib=True, num_threads=os.cpu_count())
seconds = time.monotonic() - begin
# The mean of a score comes after its columns; ours stands in the model.
theirs = theirs.reshape(len(rows), width, columns + 1)[:, :, :columns]
largest = np.abs(theirs).max(axis=(1, 2), keepdims=True)
apart = np.abs(theirs - ours.reshape(theirs.shape)) / np.where(largest > 0, largest, 1)
print(json.dumps({"seconds": seconds, "apart": float(apart.max()), "trees": model.num_trees()}))
