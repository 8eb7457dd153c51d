"""
What is killed, stopped or failed by hand in the running Airflow: it is tried again, and leaves nothing behind.
"""
from __future__ import annotations

import threading

from airflow_yard import GREEN, Yard, run, until


class Disturbed:
    """Tests for the one class that has an Airflow."""

    yard: Yard
    days: list[str]
    stopped: str

    def test_07_a_container_killed_midway_is_tried_again_and_leaves_one_model(self) -> None:
        asked = self.yard.trigger("flights_train", as_of=self.days[2])
        run("docker", "kill", self.yard.container("flights_train", "train", 180))

        # While it waits for its second try, the store goes away under a score run.
        stopping = threading.Thread(target=self.stop_store)
        stopping.start()
        states = self.yard.ended("flights_train", asked, 420)
        stopping.join()

        self.assertEqual(GREEN, set(states.values()))
        self.assertEqual(2, self.yard.tasks("flights_train", asked)["train"]["try_number"])
        self.assertIn("(exit code 137)", self.yard.log("flights_train", asked, "train"))
        models = [
            line
            for line in self.yard.cli("runs", "flights").splitlines()
            if line.startswith("train.manual.") and f" {self.days[2]} " in line
        ]
        self.assertEqual(1, len(models), models)

    def stop_store(self) -> None:
        self.yard.service("stop", "s3")
        Disturbed.stopped = self.yard.trigger("flights_score", as_of=self.days[3])
        threading.Event().wait(60)
        self.yard.service("start", "s3")

    def test_08_what_met_a_stopped_store_is_done_when_it_is_back(self) -> None:
        self.green("flights_score", self.stopped, 420)

    def test_10_a_run_failed_by_hand_stops_its_container(self) -> None:
        asked = self.yard.trigger("often_train", as_of=self.days[0])
        container = self.yard.container("often_train", "train", 180)
        self.yard.api("PATCH", f"/dags/often_train/dagRuns/{asked}", {"state": "failed"})

        until("the container is gone", lambda: container not in run("docker", "ps", "-aq", "--no-trunc").split(), 60)
