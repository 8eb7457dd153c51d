"""
What the train step does with a dataset, by the usual Python packages: train_whole.py SPLIT MODELS PART...

Reads the parts, learns levels, fits with validation deciding on the size, calibrates (isotonic) and picks the
threshold on validation, fits again on fit and validation, measures that on the holdout (nine metrics, 1,000 paired
resamples of the deciding one, importance by permutation of each column) and fits once more on all rows, to answer.
Written to be quick: rows are read by Polars on all cores, the first two fits share LightGBM's bins, resamples of AUC
are cumulative sums over rows that are sorted once.
"""
import json
import os
import sys
import time

import lightgbm
import numpy as np
import polars as pl
from sklearn import metrics
from sklearn.isotonic import IsotonicRegression

NUMBERS, CATEGORIES = ["n1", "n2", "n3", "n4", "n5", "n6"], ["c1", "c2", "c3"]
KEPT, TREES, PATIENCE = 100, 100, 1000
RESAMPLES, REPEATS, SAMPLED = 1000, 3, 20_000
PARAMETERS = {
    "objective": "binary",
    "metric": "binary_logloss",
    "num_leaves": 31,
    "learning_rate": 0.1,
    "min_data_in_leaf": 20,
    "feature_pre_filter": False,
    "seed": 1,
    "num_threads": os.cpu_count(),
    "deterministic": True,
    "force_col_wise": True,
    "verbosity": -1,
}
random = np.random.default_rng(1)
begun, seconds = time.monotonic(), {}


def main(split, models, parts):
    rows = pl.scan_csv(parts, schema_overrides={"late": pl.String}).collect()
    days = rows["day"].str.slice(0, 10).str.to_date().to_numpy()
    labels = (rows["late"] == "t").to_numpy()
    lap("reading")

    ends = {name: np.datetime64(moment[:10]) for name, moment in json.loads(split).items()}
    fit = days <= ends["fit_ends"]
    validation = (days > ends["validation_after"]) & (days <= ends["validation_ends"])
    holdout, known = days > ends["holdout_after"], fit | validation
    encoded = encode(rows, known)
    lap("encoding")

    learned = lightgbm.Dataset(encoded[known], labels[known], params=PARAMETERS, free_raw_data=False).construct()
    first, tried = (learned.subset(np.flatnonzero(part[known])).construct() for part in (fit, validation))
    lap("binning")

    stop = lightgbm.early_stopping(PATIENCE, verbose=False)
    model = lightgbm.train(PARAMETERS, first, TREES, valid_sets=[tried], callbacks=[stop])
    size = model.best_iteration or TREES
    lap("the first fit")

    isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")
    validated = isotonic.fit_transform(model.predict(encoded[validation], num_iteration=size), labels[validation])
    threshold = cheapest(validated, labels[validation])
    lap("calibration")

    measured = lightgbm.train(PARAMETERS, learned, size)
    lap("the second fit")

    def answer(some):
        return isotonic.predict(measured.predict(some))

    answers, true = answer(encoded[holdout]), labels[holdout]
    figures = measure(answers, true, threshold)
    lap("metrics")
    interval = np.percentile(resample(answers, true), [2.5, 97.5])
    lap("resamples")
    drops = importances(answer, encoded[holdout], true)
    lap("importance")

    answering = days <= ends["served_through"]
    served = lightgbm.Dataset(encode(rows, answering)[answering], labels[answering], params=PARAMETERS)
    lightgbm.train(PARAMETERS, served, size).save_model(models + ".served.txt")
    measured.save_model(models + ".txt")
    lap("the fit that answers")
    print(json.dumps({"seconds": seconds, "size": size, "interval": list(interval), **figures, "drops": drops}))


def encode(rows, known):
    """A category becomes the rank of its level by frequency among the rows that are known."""
    codes = []
    for name in CATEGORIES:
        levels = rows.filter(known)[name].drop_nulls().value_counts(sort=True)[name].head(KEPT)
        rank = pl.col(name).replace_strict(levels, range(2, len(levels) + 2), default=1, return_dtype=pl.Float32)
        codes.append(pl.when(pl.col(name).is_null()).then(0).otherwise(rank).cast(pl.Float32).alias(name))
    return rows.select([pl.col(number).cast(pl.Float32) for number in NUMBERS] + codes).to_numpy()


def cheapest(answers, true):
    """The threshold at which mistakes are fewest, of both kinds together."""
    order = np.argsort(answers)
    cost = np.cumsum(true[order]) + (~true).sum() - np.cumsum(~true[order])
    return answers[order][np.argmin(cost)]


def measure(answers, true, threshold):
    said = answers >= threshold
    held = np.clip(answers, 1e-15, 1 - 1e-15)
    return {
        "auc": metrics.roc_auc_score(true, answers),
        "pr_auc": metrics.average_precision_score(true, answers),
        "log_loss": metrics.log_loss(true, held),
        "brier": metrics.brier_score_loss(true, answers),
        "accuracy": metrics.accuracy_score(true, said),
        "precision": metrics.precision_score(true, said),
        "recall": metrics.recall_score(true, said),
        "f1": metrics.f1_score(true, said),
        "mcc": metrics.matthews_corrcoef(true, said),
    }


def resample(answers, true):
    """The AUC of rows that are drawn again; each row is a block, as the pipeline asks. The baseline, which answers all
    rows alike, has 0.5 in each."""
    order = np.argsort(answers)
    true = true[order]
    # Where a run of equal answers ends.
    ends = np.flatnonzero(np.append(np.diff(answers[order]) != 0, True))
    aucs = np.empty(RESAMPLES)
    for number in range(RESAMPLES):
        weights = np.bincount(random.integers(len(true), size=len(true)), minlength=len(true))
        above = np.diff(np.cumsum(weights * true)[ends], prepend=0)
        below = np.diff(np.cumsum(weights * ~true)[ends], prepend=0)
        lower = np.cumsum(below) - below
        aucs[number] = (above * (lower + below / 2)).sum() / (above.sum() * below.sum())
    return aucs


def importances(answer, rows, true):
    """By how much the AUC of a sample falls when a column is shuffled."""
    sample = random.permutation(len(rows))[:SAMPLED]
    rows, true = rows[sample], true[sample]
    whole = metrics.roc_auc_score(true, answer(rows))
    drops = {}
    for column, name in enumerate(NUMBERS + CATEGORIES):
        shuffled, of_column = rows.copy(), []
        for _ in range(REPEATS):
            shuffled[:, column] = random.permutation(rows[:, column])
            of_column.append(whole - metrics.roc_auc_score(true, answer(shuffled)))
        drops[name] = float(np.mean(of_column))
    return drops


def lap(what):
    seconds[what] = time.monotonic() - begun - sum(seconds.values())


main(sys.argv[1], sys.argv[2], sys.argv[3:])
