"""Which containers a step removes before it begins, of those that others have left on its host."""
from __future__ import annotations

import time
import unittest
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from trainyard_airflow.docker_step import name_of
from trainyard_airflow.leftovers import remove_leftovers
from trainyard_airflow.outcomes import labels_of

LONG_AGO = 3600


class Docker:
    """What is used of the client."""

    def __init__(self) -> None:
        self.all: dict[str, dict[str, Any]] = {}

    def add(self, name: str, labels: dict[str, str], age: int = LONG_AGO, state: str = "running") -> None:
        self.all[name] = {"Id": name, "Labels": labels, "Created": time.time() - age, "State": state}

    def containers(self, all: bool, filters: dict[str, str]) -> list[dict[str, Any]]:
        name, _, value = filters["label"].partition("=")
        return [each for each in self.all.values() if each["Labels"].get(name) == value]

    def stop(self, name: str) -> None:
        assert name in self.all

    def remove_container(self, name: str, v: bool, force: bool) -> None:
        del self.all[name]


class SomeTask:
    """The task that runs next on the host, and what Airflow answers it."""

    def __init__(self, **states: str | None) -> None:
        self.task_id, self.map_index, self.dag_id, self.try_number = "extract", -1, "flights_score", 2
        self.states = states
        self.asked: list[dict[str, Any]] = []

    def get_task_states(
        self, *, dag_id: str, run_ids: list[str], task_ids: list[str], map_index: int
    ) -> dict[str, Any]:
        self.asked.append({"dag_id": dag_id, "run_ids": run_ids, "task_ids": task_ids, "map_index": map_index})
        name = f"{task_ids[0]}_{map_index}" if map_index >= 0 else task_ids[0]
        return {run_ids[0]: {name: self.states[name]}} if name in self.states else {}


def labels(installation: str = "ours", task: str = "train", index: int = -1) -> dict[str, str]:
    dag_run = SimpleNamespace(
        dag_id="flights_score",
        run_id="manual__1",
        run_type="manual",
        logical_date=None,
        run_after=datetime(2026, 11, 24),
    )
    return labels_of({"ti": SimpleNamespace(task_id=task, map_index=index), "dag_run": dag_run}, installation)


class Leftovers(unittest.TestCase):
    def setUp(self) -> None:
        self.docker = Docker()

    def left(self, **states: str | None) -> list[str]:
        remove_leftovers(self.docker, labels(task="extract"), SomeTask(**states))
        return list(self.docker.all)

    def test_what_airflow_calls_finished_goes_and_what_has_a_next_try_stays(self) -> None:
        for state in ("success", "failed", "skipped", "upstream_failed", "removed"):
            self.docker.add(state, labels())
            self.assertEqual([], self.left(train=state), state)
        for state in ("running", "queued", "up_for_retry", "restarting", "scheduled", None):
            self.docker.add(str(state), labels(), state="exited")
            self.assertEqual([str(state)], self.left(train=state), state)
            self.docker.all.clear()

    def test_what_is_younger_than_the_heartbeat_timeout_stays(self) -> None:
        self.docker.add("young", labels(), age=200)
        self.assertEqual(["young"], self.left(train="failed"))

    def test_another_installations_and_strangers_stay(self) -> None:
        self.docker.add("theirs", labels("theirs"))
        self.docker.add("stranger", {})
        self.docker.add("half", {"trainyard.installation": "ours"})
        self.assertEqual(["theirs", "stranger", "half"], self.left(train="failed"))

    def test_a_shard_is_asked_for_by_its_number(self) -> None:
        self.docker.add("done", labels(task="score", index=0))
        self.docker.add("busy", labels(task="score", index=1))
        self.assertEqual(["busy"], self.left(score_0="success", score_1="running"))

    def test_its_own_is_taken_up_by_the_step_itself(self) -> None:
        self.docker.add("own", labels(task="extract"))
        self.assertEqual(["own"], self.left(extract="failed"))

    def test_of_a_run_that_airflow_has_forgotten_only_what_has_ended_goes(self) -> None:
        self.docker.add("ended", labels(), state="exited")
        self.docker.add("at work", labels())
        self.assertEqual(["at work"], self.left())

    def test_a_docker_that_does_not_answer_fails_no_task(self) -> None:
        self.docker.containers = lambda **asked: 1 / 0  # type: ignore[method-assign, assignment]
        with self.assertLogs(level="WARNING") as logged:
            self.left()
        self.assertIn("Whether containers were left behind is not known: division by zero", logged.output[0])

    def test_a_container_has_a_name_that_a_person_finds_and_no_other_try_has(self) -> None:
        dag_run = SimpleNamespace(
            dag_id="flights_score",
            run_id="manual__1",
            run_type="manual",
            logical_date=None,
            run_after=datetime(2026, 11, 24),
        )
        context = {"ti": SomeTask(), "dag_run": dag_run}
        self.assertRegex(
            name_of(context), r"^flights_score\.extract\.manual\.20261124T\d{6}Z\.[0-9a-f]{8}\.2\.[0-9a-f]{6}$"
        )
        self.assertNotEqual(name_of(context), name_of(context))


if __name__ == "__main__":
    unittest.main()
