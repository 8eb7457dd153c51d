"""
What the tables of the suite are: file, label, task. A column of texts is a category, another a number, unless
`categories` names it, or `texts` does, which are learned from word by word. A table whose task is not learned yet is
named as not measured; it comes in by its `task`.
"""
from dataclasses import dataclass

ROW_NUMBERS = ("rownames", "id")


@dataclass(frozen=True)
class Suite:
    name: str
    file: str
    task: str
    label: str = ""
    positive: str = ""
    no_features: tuple = ()
    categories: tuple = ()
    texts: tuple = ()
    # Rows of a class that has fewer are left out.
    least: int = 1
    header: bool = True
    # Learned whole and scored on this file, instead of in folds.
    test: str = ""
    # Random forests are left out of the suite's figures where they take minutes a fold.
    forest: bool = True


TABLES = [
    Suite("german", "german.csv.gz", "binary", "c21", positive="2", header=False),
    Suite("telco", "telco.csv.gz", "binary", "Churn", positive="Yes", no_features=("customerID",)),
    Suite("credit", "credit_data.csv.gz", "binary", "Status", positive="bad"),
    Suite("attrition", "attrition.csv.gz", "binary", "Attrition", positive="Yes"),
    Suite("mlc_churn", "mlc_churn.csv.gz", "binary", "churn", positive="yes"),
    Suite("ames", "ames.csv.gz", "regression", "Sale_Price"),
    Suite("diamonds", "diamonds.csv.gz", "regression", "price", forest=False),
    Suite("taxi", "taxi_fare_train.csv.gz", "regression", "fare_amount", test="taxi_fare_test.csv.gz", forest=False),
    Suite("letter", "letter.csv.gz", "multiclass", "letter"),
    Suite(
        "corefx_issues", "corefx_issues.tsv.gz", "multiclass", "Area", no_features=("ID",), least=5,
        texts=("Title", "Description"),
    ),
    Suite("satimage_2", "satimage_2.csv.gz", "anomaly", "anomaly", positive="1"),
    Suite("cardio", "cardio.csv.gz", "anomaly", "anomaly", positive="1"),
    Suite("thyroid", "thyroid.csv.gz", "anomaly", "anomaly", positive="1"),
    Suite("pendigits", "pendigits.csv.gz", "anomaly", "anomaly", positive="1"),
]
