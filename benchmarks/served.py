"""
By how much what answers is better for having learned the newest weeks: the same pipeline is trained as of a day with
`serve: all` and with `serve: measured`, and both score the weeks after. Rows are the samples' own; the real flights
and bike rentals are looked for beside the checkout, in `../shared/data`, or in TRAINYARD_BENCH_DATA.

    python3 benchmarks/served.py                    # all: about a quarter of an hour
    python3 benchmarks/served.py flights rentals    # some of: flights, rentals, real-flights, bike
"""
import csv
import glob
import json
import math
import os
import re
import shutil
import sys
from datetime import date, timedelta

import measure

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(ROOT, "artifacts", "served")
PROGRAMS = os.path.join(ROOT, "artifacts", "bin")
DATA = os.environ.get("TRAINYARD_BENCH_DATA", os.path.join(os.path.dirname(ROOT), "shared", "data"))


class Case:
    """A pipeline in a folder of its own, whose spec says which fit answers, with a store of its own."""

    def __init__(self, case, serve, warehouse, files, spec):
        self.name, self.warehouse = re.search("^name: (.*)$", spec, re.MULTILINE)[1], warehouse
        place = os.path.join(WORK, f"{case}-{serve}")
        self.store, self.folder = os.path.join(place, "store"), os.path.join(place, "pipelines", self.name)
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(files, self.folder)
        with open(os.path.join(self.folder, "pipeline.yaml"), "w", encoding="utf-8") as file:
            file.write(spec.replace("SERVE", serve))

    def run(self, kind, as_of):
        run = ["run", self.folder, "--kind", kind, "--as-of", str(as_of)]
        program("trainyard", *run, "--store", self.store, "--warehouse", self.warehouse)

    def card(self):
        (path,) = glob.glob(os.path.join(self.store, self.name, "models", "*", "card.json"))
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def rows(self, kind, step):
        """The rows of all runs of a kind, as a step has left them."""
        for path in sorted(glob.glob(os.path.join(self.store, self.name, "runs", f"{kind}.*", step, "part-*.csv"))):
            with open(path, newline="", encoding="utf-8") as file:
                yield from csv.DictReader(file)


def program(name, *arguments):
    env = {key: value for key, value in os.environ.items() if not key.startswith("TRAINYARD_")}
    return measure.run(["dotnet", os.path.join(PROGRAMS, name, "release", f"{name}.dll"), *arguments], env)


def compare(name, sample, files, spec, key, label, answer, metric, as_ofs, labels_as_of):
    """Trains as of the first, scores all of them, and measures both fits on the labels known at the end."""
    place = os.path.join(WORK, name)
    warehouse = f"duckdb:{place}.duckdb"
    if not os.path.exists(f"{place}.duckdb"):
        program("sample", *sample, "--warehouse", warehouse)
    cases = {serve: Case(name, serve, warehouse, files, spec) for serve in ("measured", "all")}
    for case in cases.values():
        case.run("train", as_ofs[0])
        for as_of in as_ofs:
            case.run("score", as_of)
    truth = truths(cases["all"], labels_as_of, key, label)
    values = {}
    for serve, case in cases.items():
        answers = list(case.rows("score", "score"))
        if any(row["hindsight"] == "t" for row in answers):
            raise RuntimeError(f"{name}, {serve}: it was asked about rows that it has learned")
        keyed = [(float(row[answer]), row_key(row, key)) for row in answers]
        known = [(value, truth[key]) for value, key in keyed if key in truth]
        values[serve] = metric(known)
        through = case.card()["learned_through"]
        print(f"{name:12} {serve:9} learned through {through:.16}  {len(known):7,} rows  {values[serve]:.5f}")
    print(f"{name:12} all against measured: {100 * (values['all'] / values['measured'] - 1):+.2f} %")


def truths(case, as_of, key, label):
    """The labels, out of an extract for training as of a later day."""
    program(
        "extract", "--pipeline", case.folder, "--run-id", "train.labels", "--kind", "train", "--as-of", str(as_of),
        "--store", case.store, "--warehouse", case.warehouse,
    )
    rows = [row for row in case.rows("train", "extract") if row[label] != ""]
    return {row_key(row, key): number(row[label]) for row in rows}


def row_key(row, key):
    """In predictions the cutoff has a name of its own."""
    return tuple(row["cutoff"] if name not in row else row[name] for name in key)


def number(text):
    return float({"t": "1", "f": "0"}.get(text, text))


def auc(rows):
    """How often a positive row is ranked above a negative one; ties count half."""
    rows = sorted(rows)
    positives, ranks, place = 0, 0.0, 0
    while place < len(rows):
        end = place
        while end < len(rows) and rows[end][0] == rows[place][0]:
            end += 1
        hits = sum(1 for _, label in rows[place:end] if label > 0)
        positives, ranks, place = positives + hits, ranks + hits * (place + end + 1) / 2, end
    return (ranks - positives * (positives + 1) / 2) / (positives * (len(rows) - positives))


def rmse(rows):
    return math.sqrt(sum((answer - label) ** 2 for answer, label in rows) / len(rows))


def flights(name="flights", *sample):
    files = os.path.join(ROOT, "pipelines", "flights")
    spec = text_of(files, "pipeline.yaml").replace("  task: binary\n", "  task: binary\n  serve: SERVE\n")
    days = days_from(date(2013, 11, 4), 28, 1)
    last = days[-1] + timedelta(days=3)
    compare(name, ["flights", *sample], files, spec, ["flight_id"], "late", "probability", auc, days, last)


def rentals(name="rentals", table="rentals"):
    """By weeks, for a score run an hour would be a day's work."""
    readme = text_of(ROOT, "README.md")
    spec = readme.split("```yaml\n")[1].split("```")[0]
    spec = spec.replace("every: hour", "every: week").replace("3470 hours", "84 days")
    spec = spec.replace("{task: regression,", "{task: regression, serve: SERVE,")
    files = os.path.join(WORK, f"{name}-files")
    os.makedirs(files, exist_ok=True)
    with open(os.path.join(files, "rows.sql"), "w", encoding="utf-8") as file:
        file.write(readme.split("```sql\n")[1].split("```")[0].replace("FROM rentals", f"FROM {table}"))
    weeks = days_from(date(2012, 10, 29), 9, 7)
    key = ["station", "hour_start"]
    compare(name, ["rentals"], files, spec, key, "rented", "value", rmse, weeks[:8], weeks[8])


def bike():
    hours = os.path.join(DATA, "bike", "hour.csv")
    rentals(
        "bike",
        f"""(
    SELECT (CAST(dteday AS timestamp) + hr * INTERVAL '1 hour') AT TIME ZONE 'UTC' AS hour_start, cnt AS rented,
        temp AS temperature, atemp AS feels_like, holiday, hum AS humidity, windspeed, workingday, season,
        weathersit AS weather
    FROM read_csv('{hours}')
) AS hours""",
    )


def days_from(first, count, step):
    return [first + timedelta(days=step * day) for day in range(count)]


def text_of(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


CASES = {
    "flights": flights,
    "rentals": rentals,
    "real-flights": lambda: flights("real-flights", "--from", os.path.join(DATA, "nycflights13")),
    "bike": bike,
}

if __name__ == "__main__":
    os.makedirs(WORK, exist_ok=True)
    for case in sys.argv[1:] or CASES:
        CASES[case]()
