"""
Whether the reasons of trees are those of LightGBM's pred_contrib, and how long both take, with all threads:
python3 benchmarks/reasons.py [TABLE or RUN ...] (after `make build`). A table is one of the suite's, on which a model
is trained as `make quality` does; of those that quality takes for anomalies the label is learned. A RUN is the folder
of a train run in a store, STORE/PIPELINE/runs/RUN. Without any, all tables that are no texts. At most 50,000 rows each.
Needs what the train benchmark and quality need of Python.
"""
import dataclasses
import glob
import json
import os
import sys

import measure
import quality
from peers.environment import Peers
from quality_tables import TABLES

ROWS = 50_000
PROGRAM = os.path.join(quality.ROOT, "artifacts", "bin", "reasons", "release", "reasons.dll")
LINE = "{:<13} {:>7} {:>8} {:>8} {:>6} {:>11} {:>11} {:>6} {:>9}"


def main(only):
    from quality_rows import Rows
    peers = Peers()
    if not peers.lightgbm.is_there:
        sys.exit(f"reasons: {peers.lightgbm.why}. Nothing was measured.")
    print(LINE.format("table", "rows", "columns", "classes", "trees", "Trainyard s", "LightGBM s", "ratio", "apart"))
    for place in (each for each in only if os.path.isdir(each)):
        explain(place.split(os.sep)[-3], place, peers)
    for suite in TABLES:
        if suite.texts or (only and suite.name not in only):
            continue
        table = Rows(dataclasses.replace(suite, task="binary") if suite.task == "anomaly" else suite)
        quality.ours(table, table.scored[0])
        runs = os.path.join(quality.WORK, "default", suite.name, "fold*", "store", "*", "runs")
        (place,) = glob.glob(os.path.join(runs, "train.*"))
        explain(suite.name, place, peers)


def explain(name, place, peers):
    folder = os.path.join(quality.WORK, "reasons", name)
    os.makedirs(folder, exist_ok=True)
    ours = json.loads(measure.run(["dotnet", PROGRAM, place, folder, str(ROWS)]).output)
    command = peers.lightgbm.command("pred_contrib", folder, str(ours["columns"]), str(ours["width"]))
    theirs = json.loads(measure.run(command).output.splitlines()[0])
    ratio = f"{ours['seconds'] / theirs['seconds']:.2f}"
    counts = [ours["rows"], ours["columns"], ours["width"], theirs["trees"]]
    seconds = [f"{each['seconds']:.2f}" for each in (ours, theirs)]
    print(LINE.format(name, *counts, *seconds, ratio, f"{theirs['apart']:.1e}"), flush=True)


main(sys.argv[1:])
