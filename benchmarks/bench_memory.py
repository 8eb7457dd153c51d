"""Memory and time of extract, features and score at 1 and at 10 million rows: flat, and in proportion."""

import bench_train

SIZES = {1: "2024-02-02", 10: "2024-02-03"}


def run(table, yard):
    bench_train.prepare(yard)
    measured = {}
    for millions, day in SIZES.items():
        name = f"of-{millions}-million"
        measured["extract", millions] = yard.extract(name, "score", day)
        measured["features", millions] = yard.step("features", name)
        measured["score", millions] = yard.step("score", name, "--shard", "1/1")
    for step in ("extract", "features", "score"):
        one, ten = measured[step, 1], measured[step, 10]
        table.limit(f"{step}, memory at 1 M rows", one.megabytes, "MB", 300)
        table.limit(f"{step}, memory at 10 M rows", ten.megabytes, "MB", 300)
        table.ratio(f"{step}, time at 10 M rows", ten.seconds, "at 1 M rows", one.seconds, goal=10.5)
