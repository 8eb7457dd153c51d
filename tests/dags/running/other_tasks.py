"""
Other tasks than that of flights in the running Airflow: one whose answers are classes, and one that has no label, and
so nothing to measure. Nothing of theirs is scheduled: they run when a person triggers them.
"""
from __future__ import annotations

import re
from dataclasses import dataclass

from airflow_yard import WHOLE, Yard


@dataclass(frozen=True)
class Other:
    """A copy of flights with another model."""

    name: str
    model: str
    has_label: bool
    # The columns of its predictions that tell one answer from another, and one row's from another's.
    answer: str
    figure: str

    @property
    def dags(self) -> set[str]:
        return {f"{self.name}_{kind}" for kind in ("train", "score", *(("measure",) if self.has_label else ()))}

    def add_to(self, yard: Yard) -> None:
        yard.pipeline(
            self.name,
            ("flights_predictions", f"{self.name}_predictions"),
            (re.compile(r"(?ms)^model:.*?^gate:[^\n]*\n"), self.model),
            (re.compile(r"(?m)^schedule:[^\n]*\n"), ""),
            WHOLE,
            *(() if self.has_label else ((re.compile(r"(?m)^label:[^\n]*\n"), ""),)),
        )


OTHERS = (
    Other(
        "kinds",
        "model: {task: multiclass, options: {max_trees: 20, seeds: 1}, split: {holdout: 89 days}}\nmetric: log_loss\n",
        True,
        "predicted",
        "probability",
    ),
    Other(
        "groups",
        "model: {task: clustering, options: {clusters: 3, starts: 2}, split: {holdout: 89 days}}\nmetric: silhouette\n"
        "gate: {stable_at_least: 0}\n",
        False,
        "cluster",
        "distance",
    ),
)


class OtherTasks:
    """Tests for the one class that has an Airflow."""

    yard: Yard
    days: list[str]

    def test_10c_a_task_with_classes_and_one_without_a_label_are_trained_and_scored(self) -> None:
        # While the time comes by which predictions of `often` are expected.
        trained = {other: self.yard.trigger(f"{other.name}_train", as_of=self.days[0]) for other in OTHERS}
        for other in OTHERS:
            for kind in ("train", "score"):
                self.yard.switch(f"{other.name}_{kind}", on=True)
        scored = {}
        for other, asked in trained.items():
            self.green(f"{other.name}_train", asked, 300)
            scored[other] = self.yard.trigger(f"{other.name}_score", as_of=self.days[1])
        for other, asked in scored.items():
            self.green(f"{other.name}_score", asked, 240)
            outcome = self.yard.xcom(f"{other.name}_train", trained[other], "report", "outcome")
            self.assertEqual("promoted", outcome["outcome"], other.name)
            [row] = self.yard.rows(
                f"SELECT count(*), count(DISTINCT model), min(model), count({other.answer}),"
                f" count(DISTINCT {other.figure}) > 1 FROM trainyard.{other.name}_predictions"
            )
            count, models, model, answered, differ = row.split("|")
            self.assertEqual(("1", outcome["model"], "t"), (models, model, differ), other.name)
            self.assertEqual(count, answered, other.name)
            self.assertGreater(int(count), 0, other.name)
