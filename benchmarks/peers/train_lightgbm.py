"""
Trains LightGBM on the rows up to a cutoff, and tries the model on the last two days: train_lightgbm.py STEM
LEARNED_THROUGH MODEL
"""
import json
import os
import sys
import time

import lightgbm
import numpy as np

rows, days, labels = (np.load(f"{sys.argv[1]}-{what}.npy") for what in ("rows", "days", "labels"))
learned, holdout = days <= np.datetime64(sys.argv[2][:10]), days > days.max() - np.timedelta64(2, "D")
parameters = {
    "objective": "binary",
    "num_leaves": 31,
    "learning_rate": 0.1,
    "min_data_in_leaf": 20,
    "seed": 1,
    "num_threads": os.cpu_count(),
    "deterministic": True,
    "force_col_wise": True,
    "verbosity": -1,
}

begin = time.monotonic()
dataset = lightgbm.Dataset(rows[learned], labels[learned], params=parameters).construct()
binned = time.monotonic()
model = lightgbm.train(parameters, dataset, num_boost_round=100)
fitted = time.monotonic()
print(json.dumps({"binning": binned - begin, "seconds": fitted - binned, "rows": int(learned.sum())}))
model.save_model(sys.argv[3])

scores, positive = model.predict(rows[holdout]), labels[holdout]
ranks = np.empty(len(scores))
ranks[np.argsort(scores)] = np.arange(1, len(scores) + 1)
above = ranks[positive].sum() - positive.sum() * (positive.sum() + 1) / 2
print(json.dumps({"auc": above / (positive.sum() * (~positive).sum())}))
