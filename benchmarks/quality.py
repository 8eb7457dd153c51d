"""
Judges models on public tables, with nothing but the required keys in the spec, against scikit-learn's defaults on
the same folds: make quality. ONLY="german ames" measures some. Our answers come out of the built programs
(`trainyard run`, DuckDB and a folder store); whatever they keep of the four folds for validation and holdout is
their own affair. The protocol and the tables are the suite's (quality_tables.py), which is looked for beside the
checkout or in TRAINYARD_BENCH_SUITE. TRAINER=forest names a trainer in the spec, OPTIONS="leaves: 8" options of it,
TUNE="trials: 30" how they are searched.

Of texts the peer is a linear support vector machine (SVC) on tf-idf of one and two words.

A table is reached where the mean paired difference to the better of HGB and RF, or to SVC, is at least -1 standard
error.
"""
import csv
import glob
import os
import shutil
import statistics
import sys

import numpy

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import measure
from quality_tables import TABLES
from yard import ROOT

TRAINER = os.environ.get("TRAINER", "")
OPTIONS = os.environ.get("OPTIONS", "")
TUNE = os.environ.get("TUNE", "")
WORK = os.path.join(ROOT, "artifacts", "quality")
PROGRAM = os.path.join(ROOT, "artifacts", "bin", "trainyard", "release", "trainyard.dll")
# The deciding figure and the one beside it; whether higher is better.
FIGURES = {
    "binary": (("auc", True), ("log_loss", False)),
    "regression": (("rmse", False), ("mae", False)),
    "multiclass": (("accuracy", True), ("log_loss", False)),
}
LINE = "{:<13} {:<9} {:>9} {:>9} {:>9} {:>9}   {:<22} {}"


def main(only):
    try:
        from quality_rows import SUITE, Rows
    except ImportError as missing:
        sys.exit(f"quality: {missing}; apt-get install python3-sklearn python3-pandas")
    if not os.path.isdir(SUITE):
        sys.exit(f"quality: no suite at {SUITE}; name its folder in TRAINYARD_BENCH_SUITE. Nothing was measured.")
    print(LINE.format("table", "figure", "Trainyard", "HGB", "RF", "LR", "better than best of both", ""))
    gains, absent, odd = [], [], []
    for suite in TABLES:
        if only and suite.name not in only:
            continue
        if suite.task == "anomaly":
            odd.append(suite)
            continue
        if suite.task not in FIGURES:
            absent.append(f"{suite.name}: not measured yet, its task is {suite.task}")
            continue
        try:
            gain = judge(Rows(suite))
            gains += [] if gain is None else [gain]
        except (RuntimeError, FileNotFoundError) as error:
            absent.append(f"{suite.name}: not measured, {error}")
    if gains:
        print(f"\nbetter than HGB by {statistics.mean(gains):+.2%} on the mean of {len(gains)} tables")
        print("(1 - AUC or accuracy, or RMSE, against HGB's; averaged)")
    if odd:
        import quality_anomalies
        quality_anomalies.judge(odd, WORK, PROGRAM, written)
    print("\n".join(absent))


def judge(table):
    """Prints the lines of a table; returns by what share our error is smaller than HGB's."""
    from peers import scikit
    names = ["SVC"] if table.texts else ["HGB", "RF", "LR"] if table.forest else ["HGB", "LR"]
    answers = {"Trainyard": [ours(table, fold) for fold in table.scored]}
    for name in names:
        answers[name] = [scikit.answers(name, table, fold, os.path.join(WORK, "peers")) for fold in table.scored]
    gain = None
    # A support vector machine gives no probabilities.
    for place, (figure, higher) in enumerate(FIGURES[table.task][: 1 if table.texts else 2]):
        values = {name: figures(table, figure, folds) for name, folds in answers.items()}
        means = {name: statistics.mean(folds) for name, folds in values.items()}
        best = (max if higher else min)((name for name in ("HGB", "RF", "SVC") if name in means), key=means.get)
        sign = 1 if higher else -1
        gained = [sign * (a - b) for a, b in zip(values["Trainyard"], values[best])]
        error = statistics.stdev(gained) / len(gained) ** 0.5 if len(gained) > 1 else 0
        mean = statistics.mean(gained)
        verdict = ("reached" if mean >= -error else "missed") if place == 0 else ""
        cells = [f"{means[name]:.4g}" if name in means else "-" for name in ("Trainyard", "HGB", "RF", "LR")]
        spread = f"± {error:.3g}" if len(gained) > 1 else "(one fold)"
        print(LINE.format(table.name, figure, *cells, f"{mean:+.3g} {spread} ({best})", verdict), flush=True)
        if place == 0 and "HGB" in means:
            miss = (lambda value: 1 - value) if higher else (lambda value: value)
            gain = 1 - miss(means["Trainyard"]) / miss(means["HGB"])
    return gain


def figures(table, figure, folds):
    from sklearn import metrics
    measures = {
        "accuracy": lambda true, said: metrics.accuracy_score(true, [table.classes[place] for place in said.argmax(1)]),
        "auc": metrics.roc_auc_score,
        "log_loss": lambda true, said: metrics.log_loss(true, said, labels=table.classes),
        "rmse": lambda true, said: metrics.mean_squared_error(true, said) ** 0.5,
        "mae": metrics.mean_absolute_error,
    }
    return [measures[figure](table.target[table.folds == fold], said) for fold, said in zip(table.scored, folds)]


def ours(table, fold):
    """What a train run on the other folds and a score run on this one answer, in the order of the rows."""
    place = os.path.join(WORK, TRAINER or "default", table.name, f"fold{fold}")
    shutil.rmtree(place, ignore_errors=True)
    pipeline, store = os.path.join(place, table.name), os.path.join(place, "store")
    os.makedirs(pipeline)
    table.write(os.path.join(place, "rows.csv"))
    columns = ", ".join(f'"{name}"' for name in ["row_id", "target", *table.features])
    for query, rows in (("train", "<>"), ("score", "=")):
        with open(os.path.join(pipeline, f"{query}.sql"), "w", encoding="utf-8") as file:
            texts = ", ".join(f"'{name}': 'VARCHAR'" for name in table.texts)
            types = f", types = {{{texts}}}" if texts else ""
            source = f"read_csv('{place}/rows.csv', sample_size = -1{types})"
            file.write(f"SELECT {columns} FROM {source} WHERE fold {rows} {fold}\n")
    with open(os.path.join(pipeline, "pipeline.yaml"), "w", encoding="utf-8") as file:
        file.write(spec(table))
    # An empty file is an empty database: the queries read the rows from beside it.
    open(f"{place}/yard.duckdb", "wb").close()
    # A model that the gate refuses scores nothing: then the run fails, and the table is named as not measured.
    measure.run(
        ["dotnet", PROGRAM, "run", pipeline, "--warehouse", f"duckdb:{place}/yard.duckdb", "--store", store]
    )
    places = {row: place for place, row in enumerate((table.folds == fold).nonzero()[0])}
    answers = numpy.full((len(places), len(table.classes or [None])), numpy.nan)
    answer = "value" if table.task == "regression" else "probability"
    for row in written(store, "classes" if table.classes else "part"):
        column = table.classes.index(row["class"]) if table.classes else 0
        answers[places[int(row["row_id"])], column] = float(row[answer])
    if numpy.isnan(answers).any():
        raise RuntimeError(f"{numpy.isnan(answers).sum()} answers of fold {fold} are missing")
    return answers if table.classes else answers[:, 0]


def written(store, stem):
    """The records of a score run's files of that name."""
    for part in glob.glob(os.path.join(store, "*", "runs", "score.*", "score", f"{stem}-*.csv")):
        with open(part, encoding="utf-8") as file:
            yield from csv.DictReader(file)


def spec(table):
    def listed(names):
        return "[" + ", ".join(f'"{name}"' for name in names) + "]"
    texts = f"  text: {listed(table.texts)}\n" if table.texts else ""
    # Where there is little but texts, the trainer that reads them word by word.
    trainer = TRAINER or ("linear" if table.texts else "")
    model = [f"task: {table.task}"]
    model += [f"trainer: {trainer}"] if trainer else []
    model += [f"options: {{{OPTIONS}}}"] if OPTIONS else []
    model += [f"tune: {{{TUNE}}}"] if TUNE else []
    return f"""version: 1
name: {table.name}
rows: {{sql: {{train: train.sql, score: score.sql}}, key: [row_id]}}
label: {{column: target}}
features:
  numbers: {listed(table.numbers)}
  categories: {listed(table.categories)}
{texts}model: {{{", ".join(model)}}}
metric: {FIGURES[table.task][0][0]}
{"predictions: {classes: all}" if table.classes else ""}
"""


if __name__ == "__main__":
    main(sys.argv[1:])
