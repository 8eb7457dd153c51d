"""features: 13 columns of 2,000,000 rows and ten derived ones, from CSV parts to CSV, against Polars (streaming)
and pandas.

Ours also checks every value against its type, profiles every column, and checks and writes SHA-256. All start as
processes."""
import os

import measure
from yard import WORK

AS_OF = "2024-01-27"


def run(table, yard, peers, rounds):
    yard.extract("derived", "train", AS_OF)
    target, parts = os.path.join(WORK, "features.csv"), yard.parts("derived", "extract")
    contestants = {"ours": lambda: yard.again("features", "derived")}
    if peers.frames.is_there:
        contestants["polars"] = lambda: measure.run(peers.frames.command("features_polars", target, *parts))
    medians = measure.side_by_side(rounds, **contestants)
    if "polars" not in medians:
        table.absent("features against Polars and pandas", peers.frames.why)
        return
    table.ratio("features 2 M rows", medians["ours"].seconds, "Polars, streaming", medians["polars"].seconds, goal=0.7)
    table.ratio("features 2 M rows, CPU", medians["ours"].cpu, "Polars, streaming", medians["polars"].cpu)
    pandas = measure.run(peers.frames.command("features_pandas", target, *parts))
    table.ratio("features 2 M rows", medians["ours"].seconds, "pandas", pandas.seconds)
    os.remove(target)
