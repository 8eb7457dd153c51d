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
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.svm import LinearSVC


def answers(name, table, fold, cache):
    """What the contestant answers for the fold's rows, having learned the others."""
    key = hashlib.sha256(f"{table.hash} {name} {fold} {sklearn.__version__}".encode()).hexdigest()[:16]
    path = os.path.join(cache, f"{table.name}-{name}-{fold}-{key}.npy")
    if not os.path.exists(path):
        os.makedirs(cache, exist_ok=True)
        model = contestant(name, table)
        learned = table.folds != fold
        model.fit(table.features[learned], table.target[learned])
        numpy.save(path, said(model, table.task, table.features[~learned]))
    return numpy.load(path)


def said(model, task, asked):
    if task == "regression":
        return model.predict(asked)
    if not hasattr(model, "predict_proba"):
        return model.decision_function(asked)
    probabilities = model.predict_proba(asked)
    return probabilities[:, 1] if task == "binary" else probabilities


def contestant(name, table):
    classes = table.task != "regression"
    if name == "SVC":
        words = ColumnTransformer([(text, TfidfVectorizer(ngram_range=(1, 2)), text) for text in table.texts])
        return make_pipeline(FunctionTransformer(known), words, LinearSVC())
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-2)
    if name == "HGB":
        trees = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
        return make_pipeline(columns(table, codes, "passthrough"), trees(random_state=1))
    if name == "RF":
        numbers = SimpleImputer(strategy="median")
        forest = RandomForestClassifier(300, random_state=1) if classes else RandomForestRegressor(200, random_state=1)
        return make_pipeline(columns(table, codes, numbers), forest)
    dense = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    linear = LogisticRegression(max_iter=2000) if classes else Ridge()
    return make_pipeline(columns(table, OneHotEncoder(handle_unknown="ignore"), dense), linear)


def known(texts):
    return texts.fillna("")


def columns(table, categories, numbers):
    return ColumnTransformer([("categories", categories, table.categories), ("numbers", numbers, table.numbers)])
