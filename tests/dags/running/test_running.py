"""
The DAGs in a real Airflow, with containers, PostgreSQL and S3: by trigger, by schedule and as a backfill, with a task killed midway and a service
stopped. The tests run in the order of their names, for each needs what the one before has made.
"""
from __future__ import annotations

import json
import tempfile
import threading
import unittest
from pathlib import Path

from airflow_yard import Yard, run, until

GREEN = {"success"}
DAYS = ("2013-12-28", "2013-12-29", "2013-12-30")


class Running(unittest.TestCase):
    yard: Yard
    stopped: str

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.yard = Yard(Path(folder.name))
        cls.addClassCleanup(cls.yard.close)
        cls.yard.open()

    def test_1_a_training_by_trigger_is_promoted(self) -> None:
        self.yard.unpause("flights_train")
        asked = self.yard.trigger("flights_train", as_of="2013-12-27")
        container = self.yard.container("flights_train", "train", 240)
        inspected = json.loads(run("docker", "inspect", container))[0]
        states = self.yard.ended("flights_train", asked, 300)

        self.assertEqual({"extract": "success", "features": "success", "train": "success", "report": "success"}, states)
        self.assertRegex(self.yard.log("flights_train", asked, "train"), r"Trained train\.manual\.\S+, and promoted it\. AUC is 0\.\d+")
        self.hardened(inspected)
        for name, task in self.yard.tasks("flights_train", asked).items():
            fields = json.dumps(task["rendered_fields"]) + self.yard.log("flights_train", asked, name)
            self.assertFalse([secret for secret in self.yard.secrets if secret in fields], name)
        self.assertRegex(self.yard.cli("runs", "flights"), r"(?m)^train\.manual\.\S+ .*finished")

    def hardened(self, container: dict) -> None:
        """As the README's `docker run` starts it, with hard limits."""
        host = container["HostConfig"]
        self.assertEqual((True, ["ALL"], ["no-new-privileges"]), (host["ReadonlyRootfs"], host["CapDrop"], host["SecurityOpt"]))
        self.assertEqual((4 << 30, 4 << 30, 2_000_000_000), (host["Memory"], host["MemorySwap"], host["NanoCpus"]))
        self.assertEqual({"/tmp": ""}, host["Tmpfs"])
        self.assertFalse([mount for mount in container["Mounts"] if mount["Type"] == "bind"])

    def test_2_what_was_due_without_rows_is_skipped_and_has_a_report(self) -> None:
        """Unpausing starts the run that the schedule had last: of last night, and these flights are of 2013."""
        self.yard.unpause("flights_score")
        [due] = until("the scheduled run", lambda: self.yard.runs("flights_score", "scheduled"), 60)

        states = self.yard.ended("flights_score", due["dag_run_id"], 180)

        self.assertEqual(("skipped", "skipped", "success"), (states["extract"], states["publish"], states["report"]))
        self.assertEqual("success", self.yard.api("GET", f"/dags/flights_score/dagRuns/{due['dag_run_id']}")["state"])

    def test_3_a_backfill_of_three_days_is_what_three_days_would_have_given(self) -> None:
        # From midnight to midnight in New York; the schedule is at one.
        self.yard.api("POST", "/backfills", {"dag_id": "flights_score", "from_date": f"{DAYS[0]}T05:00:00Z", "to_date": f"{DAYS[2]}T07:00:00Z", "max_active_runs": 1, "dag_run_conf": {}})
        made = until("three runs", lambda: len(runs := self.yard.runs("flights_score", "backfill")) == 3 and runs, 60)
        for each in made:
            self.assertEqual(GREEN, set(self.yard.ended("flights_score", each["dag_run_id"], 420).values()))

        per_day = "SELECT CAST(cutoff AT TIME ZONE 'America/New_York' AS date), count(*), count(DISTINCT model) FROM trainyard.flights_predictions GROUP BY 1 ORDER BY 1"
        counts = [row.split("|") for row in self.yard.rows(per_day)]
        self.assertEqual([(day, "1") for day in DAYS], [(day, models) for day, _, models in counts])
        self.assertTrue(all(int(count) > 0 for _, count, _ in counts))

        # The same day once more, by hand: another run, the same predictions.
        asked = self.yard.trigger("flights_score", as_of=DAYS[1])
        self.assertEqual(GREEN, set(self.yard.ended("flights_score", asked, 240).values()))
        twice = f"SELECT count(*), count(DISTINCT (flight_id, probability)) FROM trainyard.flights_predictions WHERE CAST(cutoff AT TIME ZONE 'America/New_York' AS date) = '{DAYS[1]}'"
        self.assertEqual([f"{2 * int(counts[1][1])}|{counts[1][1]}"], self.yard.rows(twice))

    def test_4_a_container_killed_midway_is_tried_again_and_leaves_one_model(self) -> None:
        asked = self.yard.trigger("flights_train", as_of="2013-12-29")
        run("docker", "kill", self.yard.container("flights_train", "train", 180))

        # While it waits for its second try, the store goes away under a score run.
        stopping = threading.Thread(target=self.stop_store)
        stopping.start()
        states = self.yard.ended("flights_train", asked, 420)
        stopping.join()

        self.assertEqual(GREEN, set(states.values()))
        self.assertEqual(2, self.yard.tasks("flights_train", asked)["train"]["try_number"])
        self.assertIn("(exit code 137)", self.yard.log("flights_train", asked, "train"))
        models = [line for line in self.yard.cli("runs", "flights").splitlines() if line.startswith("train.manual.")]
        self.assertEqual(2, len(models), models)

    def stop_store(self) -> None:
        self.yard.service("stop", "s3")
        Running.stopped = self.yard.trigger("flights_score", as_of=DAYS[2])
        threading.Event().wait(60)
        self.yard.service("start", "s3")

    def test_5_what_met_a_stopped_store_is_done_when_it_is_back(self) -> None:
        self.assertEqual(GREEN, set(self.yard.ended("flights_score", self.stopped, 420).values()))

    def test_6_bad_input_fails_at_once_with_the_steps_own_sentence(self) -> None:
        asked = self.yard.trigger("flights_score", as_of="2013-12-30", model="no.such.model")
        states = self.yard.ended("flights_score", asked, 180)

        self.assertEqual(("failed", "upstream_failed"), (states["extract"], states["publish"]))
        self.assertEqual(1, self.yard.tasks("flights_score", asked)["extract"]["try_number"])
        self.assertRegex(self.yard.log("flights_score", asked, "extract"), r"no\.such\.model.*\(exit code 6[56]\)")

    def test_7_no_container_is_left(self) -> None:
        self.assertEqual("", run("docker", "ps", "-aq", "--filter", f"network={self.yard.project}_default", "--filter", "label=trainyard.dag").strip())


if __name__ == "__main__":
    unittest.main()
