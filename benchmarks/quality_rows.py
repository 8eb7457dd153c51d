"""The rows of a table of the suite, with the fold in which each is scored."""
import csv
import gzip
import hashlib
import os

import pandas
from sklearn.model_selection import KFold, StratifiedKFold

from quality_tables import ROW_NUMBERS
from yard import ROOT

SUITE = os.environ.get("TRAINYARD_BENCH_SUITE", os.path.join(ROOT, "..", "shared", "data", "suite"))


class Rows:
    def __init__(self, suite):
        self.name, self.task, self.forest = suite.name, suite.task, suite.forest
        paths = [os.path.join(SUITE, file) for file in (suite.file, suite.test) if file]
        self.hash = hashlib.sha256(b"".join(content(path) for path in paths)).hexdigest()
        parts = [read(path, suite.header) for path in paths]
        frame = pandas.concat(parts, ignore_index=True)
        label = frame[suite.label]
        frame = frame[label.notna() & (label.map(label.value_counts()) >= suite.least)].reset_index(drop=True)
        label = frame[suite.label]
        self.target = (label.astype(str) == suite.positive).astype(int) if suite.positive else label
        self.target = label.astype(str) if self.task == "multiclass" else self.target
        # In the order that scikit-learn has them in: a row is answered with a number for each.
        self.classes = sorted(set(self.target)) if self.task == "multiclass" else None
        self.features = frame.drop(
            columns=[c for c in frame if c == suite.label or c in suite.no_features or c in ROW_NUMBERS]
        )
        self.texts = list(suite.texts)
        self.categories = [
            c for c in self.features
            if (self.features[c].dtype == object or c in suite.categories) and c not in self.texts
        ]
        self.numbers = [c for c in self.features if c not in self.categories + self.texts]
        # The rows of a test file are the one fold that is scored; the others are learned and never asked for.
        self.folds = self.split() if len(parts) == 1 else (frame.index >= len(parts[0])).astype(int) - 1
        self.scored = sorted(set(self.folds) - {-1})

    def split(self):
        kind = KFold if self.task == "regression" else StratifiedKFold
        folds = pandas.Series(0, index=self.features.index).to_numpy()
        for fold, (_, rows) in enumerate(kind(5, shuffle=True, random_state=1).split(self.features, self.target)):
            folds[rows] = fold
        return folds

    def write(self, path):
        """As a file for the warehouse: a key, the fold, the label and the features."""
        own = self.features.assign(row_id=range(len(self.features)), fold=self.folds, target=self.target)
        own.to_csv(path, index=False)


def content(path):
    with gzip.open(path) as file:
        return file.read()


def read(path, header):
    form = {"sep": "\t", "quoting": csv.QUOTE_NONE} if ".tsv" in path else {}
    empty = ["", " ", "NA"]
    frame = pandas.read_csv(path, header=0 if header else None, keep_default_na=False, na_values=empty, **form)
    return frame if header else frame.rename(columns=lambda number: f"c{number + 1}")
