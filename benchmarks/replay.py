"""
Days of real flights, replayed as a team would have lived them: trained weekly, scored and measured daily, while from
one day on a carrier's delays are doubled, on another half of the flights are missing, and from a third on a carrier
goes by another name: python3 benchmarks/replay.py [--from 2013-10-01] [--days 56] (after `make build`). It says which
run, report or alarm told of each first, after how many days, in its own words. The flights are looked for in
`../shared/data/nycflights13` beside the checkout, or in TRAINYARD_BENCH_DATA.
"""
import argparse
import csv
import datetime
import gzip
import os
import random
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
WORK = os.path.join(ROOT, "artifacts", "replay")
DATA = os.environ.get("TRAINYARD_BENCH_DATA", os.path.join(os.path.dirname(ROOT), "shared", "data"))
FLIGHTS = os.path.join(DATA, "nycflights13")
WAREHOUSE = f"duckdb:{os.path.join(WORK, 'warehouse.duckdb')}"
DAY = datetime.timedelta(days=1)
MOVED = "The inputs have moved"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="first", type=datetime.date.fromisoformat, default="2013-10-01")
    parser.add_argument("--days", type=int, default=56)
    parser.add_argument("--doubled", type=int, default=14, metavar="DAY", help="from that day on UA is twice as late")
    parser.add_argument("--halved", type=int, default=21, metavar="DAY", help="on that day half of the flights miss")
    parser.add_argument("--renamed", type=int, default=28, metavar="DAY", help="from that day on DL is called Delta")
    asked = parser.parse_args()
    if not os.path.isdir(FLIGHTS):
        sys.exit(f"replay: no flights in {FLIGHTS}; name their folder's parent in TRAINYARD_BENCH_DATA.")
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    days = {what: asked.first + getattr(asked, what) * DAY for what in ("doubled", "halved", "renamed")}
    load(days)
    told = replay(asked.first, asked.days)
    for what, day in days.items():
        print(f"\n{what} on {day}:")
        after = [line for line in told if line[0] >= day]
        for as_of, kind, code, words in after[:3] or [(None, "", 0, "nobody said anything")]:
            print(f"  {f'{(as_of - day).days} days later, {kind} ended with {code}: ' if as_of else ''}{words}")


def load(days):
    """The flights as they were, but for what is planted."""
    folder = os.path.join(WORK, "flights")
    shutil.copytree(FLIGHTS, folder)
    chance = random.Random(1)
    with gzip.open(os.path.join(FLIGHTS, "flights.csv.gz"), "rt", newline="") as source:
        rows = csv.DictReader(source)
        with gzip.open(os.path.join(folder, "flights.csv.gz"), "wt", newline="", compresslevel=1) as target:
            kept = csv.DictWriter(target, rows.fieldnames, lineterminator="\n")
            kept.writeheader()
            for row in rows:
                day = datetime.date(int(row["year"]), int(row["month"]), int(row["day"]))
                if day == days["halved"] and chance.random() < 0.5:
                    continue
                late = row["arr_delay"].lstrip("-").isdigit() and int(row["arr_delay"]) > 0
                if day >= days["doubled"] and row["carrier"] == "UA" and late:
                    row["arr_delay"] = str(2 * int(row["arr_delay"]))
                if day >= days["renamed"] and row["carrier"] == "DL":
                    row["carrier"] = "Delta"
                kept.writerow(row)
    with gzip.open(os.path.join(FLIGHTS, "airlines.csv.gz"), "rt", newline="") as source:
        airlines = source.read()
    with gzip.open(os.path.join(folder, "airlines.csv.gz"), "wt", newline="") as target:
        target.write(airlines + "Delta,Delta Air Lines Inc.\n")
    run("sample", "flights", "--warehouse", WAREHOUSE, "--from", folder)


def replay(first, days):
    """All that did not end with 0, or said that inputs have moved, as (day, kind of run, exit code, words)."""
    told = []
    for day in (first + number * DAY for number in range(days)):
        kinds = (["train"] if (day - first).days % 7 == 0 else []) + ["score", "measure"]
        for kind in kinds:
            ended = run(
                "trainyard", "run", os.path.join(ROOT, "pipelines", "flights"), "--kind", kind, "--as-of",
                day.isoformat(), "--store", os.path.join(WORK, "store"), "--warehouse", WAREHOUSE, check=False
            )  # fmt: skip
            lines = ended.stderr.strip().splitlines() or [""]
            said = [line for line in lines if MOVED in line] + (lines[-1:] if ended.returncode != 0 else [])
            for words in said:
                told.append((day, kind, ended.returncode, words))
                print(f"{day} {kind} {ended.returncode}: {words}", flush=True)
    return told


def run(program, *arguments, check=True):
    path = os.path.join(ROOT, "artifacts", "bin", program, "release", f"{program}.dll")
    ended = subprocess.run(["dotnet", path, *arguments], capture_output=True, text=True, check=False)
    if check and ended.returncode != 0:
        sys.exit(f"replay: {program} ended with {ended.returncode}: {ended.stderr[-2000:]}")
    return ended


if __name__ == "__main__":
    main()
