"""LightGBM's own prediction of the rows: predict_lightgbm.py STEM MODEL"""
import json
import os
import sys
import time

import lightgbm
import numpy as np

rows, model = np.load(f"{sys.argv[1]}-rows.npy"), lightgbm.Booster(model_file=sys.argv[2])
begin, cpu = time.monotonic(), time.process_time()
model.predict(rows, num_threads=os.cpu_count())
print(json.dumps({"seconds": time.monotonic() - begin, "cpu": time.process_time() - cpu}))
