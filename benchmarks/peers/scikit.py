"""scikit-learn with its default settings, on the rows of one fold; its answers are kept, for they do not change."""
import hashlib
import os

import numpy
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler


def answers(name, table, fold, cache):
    """What the contestant answers for the fold's rows, having learned the others."""
    key = hashlib.sha256(f"{table.hash} {name} {fold} {sklearn.__version__}".encode()).hexdigest()[:16]
    path = os.path.join(cache, f"{table.name}-{name}-{fold}-{key}.npy")
    if not os.path.exists(path):
        os.makedirs(cache, exist_ok=True)
        model = contestant(name, table)
        learned = table.folds != fold
        model.fit(table.features[learned], table.target[learned])
        asked = table.features[~learned]
        numpy.save(path, model.predict_proba(asked)[:, 1] if table.task == "binary" else model.predict(asked))
    return numpy.load(path)


def contestant(name, table):
    binary = table.task == "binary"
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-2)
    if name == "HGB":
        trees = HistGradientBoostingClassifier if binary else HistGradientBoostingRegressor
        return make_pipeline(columns(table, codes, "passthrough"), trees(random_state=1))
    if name == "RF":
        numbers = SimpleImputer(strategy="median")
        forest = RandomForestClassifier(300, random_state=1) if binary else RandomForestRegressor(200, random_state=1)
        return make_pipeline(columns(table, codes, numbers), forest)
    dense = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    linear = LogisticRegression(max_iter=2000) if binary else Ridge()
    return make_pipeline(columns(table, OneHotEncoder(handle_unknown="ignore"), dense), linear)


def columns(table, categories, numbers):
    return ColumnTransformer([("categories", categories, table.categories), ("numbers", numbers, table.numbers)])
