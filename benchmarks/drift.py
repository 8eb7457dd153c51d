"""
How often we, and others, say that a day has moved when it has not, and when it has: python3 benchmarks/drift.py
[--runs 10000] [--only simulated|flights]. Each run draws 99 training blocks and a day of a table with six inputs
and weekly seasons (benchmarks/drift/World.cs), and asks our own code (kit/Learning/Drift, called by the program
benchmarks/drift), PSI > 0.25, Kolmogorov-Smirnov p < 0.05 and Evidently's published defaults about the same rows.
Then the real flights of 2013, all days from the 121st on, retrained weekly, if they are there: in
`../shared/data/nycflights13` beside the checkout, or in TRAINYARD_BENCH_DATA.
"""
import argparse
import json
import math
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
WORK = os.path.join(ROOT, "artifacts", "bench", "drift")
DATA = os.environ.get("TRAINYARD_BENCH_DATA", os.path.join(os.path.dirname(ROOT), "shared", "data"))
ROWS, LEVELS = (50, 500, 1_000_000), (5, 300)
# What is to be found in 95 of 100 runs, from how many rows on; the others are shown.
PLANTS = {
    "unit": 50,
    "one_value": 50,
    "one_level": 50,
    "renamed:0.2": 50,
    "nulls:0.5": 50,
    "renamed:0.05": 500,
    "nulls:0.2": 500,
    "renamed:0.01": None,
    "nulls:0.05": None,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--found", type=int, default=200, help="runs of a cell in which something was planted")
    parser.add_argument("--only", choices=("simulated", "flights"))
    given = parser.parse_args()
    build("benchmarks/drift/drift.csproj")
    failed = 0
    if given.only != "flights":
        failed += false_alarms(given.runs) + finds(given.found)
    if given.only != "simulated":
        failed += flights()
    sys.exit(1 if failed else 0)


def false_alarms(runs):
    print("Nothing has moved: runs in 100 with an alarm\n")
    heading()
    failed = 0
    for rows in ROWS:
        for levels in LEVELS:
            cell = simulate(rows, levels, "none", runs)
            fails = cell["trainyard"] > most_false(runs)
            failed += fails
            print(line(cell, "none") + ("  FAILED" if fails else ""), flush=True)
    return failed


def most_false(runs):
    """Where one run in a hundred alarms, chance gives more alarms than this in one cell of a hundred: 17 of 1,000
    runs, 123 of 10,000."""
    return math.floor(0.01 * runs + 2.33 * math.sqrt(0.01 * 0.99 * runs))


def finds(runs):
    print("\nSomething has moved: runs in 100 with an alarm\n")
    heading()
    failed = 0
    for plant, least in PLANTS.items():
        for rows in ROWS:
            for levels in LEVELS:
                cell = simulate(rows, levels, plant, runs)
                fails = least is not None and rows >= least and cell["trainyard"] < 0.95 * runs
                failed += fails
                print(line(cell, plant) + ("  FAILED" if fails else ""), flush=True)
    return failed


def heading():
    print(
        f"{'planted':<14}{'rows':>9}{'levels':>8}{'Trainyard':>11}{'PSI':>7}{'KS':>7}{'Evidently: column':>19}"
        f"{'dataset':>9}"
    )


def line(cell, plant):
    of = cell["runs"] / 100
    return (
        f"{plant:<14}{cell['rows']:>9,}{cell['levels']:>8}{cell['trainyard'] / of:>11.1f}{cell['psi'] / of:>7.1f}"
        f"{cell['ks'] / of:>7.1f}{cell['evidently_column'] / of:>19.1f}{cell['evidently_dataset'] / of:>9.1f}"
    )


def simulate(rows, levels, plant, runs):
    return json.loads(ours("simulate", rows, levels, plant, runs))


def flights():
    if not os.path.isdir(os.path.join(DATA, "nycflights13")):
        print(f"\nThe real flights are not in {DATA}: they were left out.")
        return 0
    build("Programs.slnf")
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    warehouse, store = f"duckdb:{WORK}/flights.duckdb", f"{WORK}/store"
    program("sample", "flights", "--from", os.path.join(DATA, "nycflights13"), "--warehouse", warehouse)
    # All days of the year in one window: the replay takes of them what each training would have had.
    folder = os.path.join(WORK, "pipelines", "flights")
    shutil.copytree(os.path.join(ROOT, "pipelines", "flights"), folder)
    spec = os.path.join(folder, "pipeline.yaml")
    with open(spec, encoding="utf-8") as file:
        text = file.read()
    with open(spec, "w", encoding="utf-8") as file:
        file.write(text.replace("history: 330 days", "history: 366 days"))
    common = ("--run-id", "train.1", "--store", store)
    whole = ("--kind", "train", "--as-of", "2014-01-02", "--warehouse", warehouse)
    program("extract", "--pipeline", folder, *common, *whole)
    program("features", "--pipeline", "flights", *common)
    days = [json.loads(each) for each in ours("replay", os.path.join(store, "flights", "runs", "train.1")).splitlines()]
    judged = [day for day in days if day["comparable"] >= 8]
    alarms = [day for day in days if day["alarm"]]
    held = [day["as_of"][:10] for day in days if day["verdict"] == "held_back"]
    caught = sum(day["halved"] == "held_back" for day in judged)
    print(f"\nThe flights of 2013, {len(days)} days from {days[0]['as_of'][:10]} on, trained anew each week")
    print(f"alarms on {len(alarms)} days:")
    for day in alarms:
        print(f"  {day['as_of'][:10]}  {', '.join(day['moved'])}; the bar is {day['bar']:.1f}")
    bars = {day["bar_of"] for day in days}
    print(f"the bar, {min(day['bar'] for day in days):.1f} to {max(day['bar'] for day in days):.1f}: "
          f"{'; '.join(sorted(bars))}")
    print(f"held back: {', '.join(held) or 'none'}; with half of their rows {caught} of {len(judged)}")
    return int(len(alarms) > 6) + int(caught < 0.95 * len(judged))


def build(what):
    quiet = ("-c", "Release", "-v", "quiet", "--nologo", "-clp:NoSummary")
    subprocess.run(["dotnet", "build", *quiet, os.path.join(ROOT, what)], check=True)


def ours(*arguments):
    file = os.path.join(ROOT, "artifacts", "bin", "drift", "release", "drift.dll")
    return subprocess.run(
        ["dotnet", file, *map(str, arguments)], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


def program(name, *arguments):
    file = os.path.join(ROOT, "artifacts", "bin", name, "release", f"{name}.dll")
    subprocess.run(["dotnet", file, *arguments], check=True, stdout=subprocess.DEVNULL)


main()
