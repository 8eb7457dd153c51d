"""
Runs every benchmark against its peers and prints one table: make bench. What each row holds stands at the top of
its file.
"""
import datetime
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bench_extract
import bench_features
import bench_memory
import bench_score
import bench_train
import postgres
from peers.environment import Peers
from table import Table
from yard import WORK, Yard


def main():
    rounds = int(os.environ.get("ROUNDS", "3"))
    os.makedirs(WORK, exist_ok=True)
    server = postgres.start()
    if isinstance(server, str):
        sys.exit(f"bench: {server}")
    table, peers = Table(), Peers()
    try:
        say("making the rows")
        server.fill()
        bench, derived = Yard("bench", server), Yard("derived", server)
        for name, run in {
            "features": lambda: bench_features.run(table, derived, peers, rounds),
            "train": lambda: bench_train.run(table, bench, peers, max(1, rounds - 1)),
            "extract": lambda: bench_extract.run(table, bench, peers, rounds),
            "score": lambda: bench_score.predict(table, bench, peers, rounds),
            "publish": lambda: bench_score.publish(table, bench, peers, max(1, rounds - 1)),
            "memory": lambda: bench_memory.run(table, bench),
        }.items():
            if not sys.argv[1:] or name in sys.argv[1:]:
                say(name)
                run()
    finally:
        server.stop()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"{os.cpu_count()} cores, {memory:.0f} GB; medians of {rounds} rounds, {datetime.date.today()}\n\n{table}")


def say(what):
    print(f"bench: {what}", file=sys.stderr)


main()
