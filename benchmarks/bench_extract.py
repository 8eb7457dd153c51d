"""extract of 2,000,000 rows x 12 columns out of PostgreSQL, against the same query to a file by psql and by pandas.

Ours also cuts parts, hashes them, checks that (key, cutoff) is unique and inside the window, and freezes the run."""
import os

import bench_train
import measure
from yard import WORK

DAY = "2024-02-01"
QUERY = (
    "SELECT id, day, started_at, n1, n2, n3, n4, n5, n6, c1, c2, c3 FROM bench_rows"
    f" WHERE day > timestamptz '{DAY}' - interval '1 day' AND day <= timestamptz '{DAY}' ORDER BY day, id"
)


def run(table, yard, peers, rounds):
    target, server = os.path.join(WORK, "copied.csv"), yard.warehouse
    bench_train.prepare(yard)
    medians = measure.side_by_side(
        rounds,
        ours=lambda: yard.extract("scored", "score", DAY),
        psql=lambda: measure.run(
            server.command("-c", f"\\copy ({QUERY}) TO '{target}' (FORMAT csv, HEADER)"), server.env
        ),
    )
    table.ratio("extract 2 M rows", medians["ours"].seconds, "psql \\copy", medians["psql"].seconds, goal=1)
    if peers.frames.is_there:
        pandas = measure.run(peers.frames.command("extract_pandas", QUERY, target), server.env)
        table.ratio("extract 2 M rows", medians["ours"].seconds, "pandas read_sql, to_csv", pandas.seconds)
    else:
        table.absent("extract against pandas", peers.frames.why)
    os.remove(target)
