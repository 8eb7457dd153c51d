"""
The DAGs in a real Airflow, with containers, PostgreSQL and S3: by trigger, by schedule and as a backfill, with a
broken spec beside them, a task killed, failed and cleared by hand, a service stopped, and somebody who is told.
The tests run in the order of their names, for each needs what the one before has made.
"""
from __future__ import annotations

import json
import re
import shutil
import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

from airflow_yard import GREEN, NEW_YORK, Yard, run, until
from disturbed import Disturbed
from other_tasks import OTHERS, OtherTasks

BROKEN = (
    r"pipelines/broken/plan\.json is of another Trainyard: its format is 3, and these DAGs read 1 to 2\. Put the"
    r" airflow/dags/trainyard_airflow of that Trainyard here"
)
OF_DAY = "FROM trainyard.flights_predictions WHERE CAST(cutoff AT TIME ZONE 'America/New_York' AS date)"
PER_DAY = (
    "SELECT CAST(cutoff AT TIME ZONE 'America/New_York' AS date), count(*), count(DISTINCT run), count(DISTINCT model)"
    " FROM trainyard.flights_predictions GROUP BY 1 ORDER BY 1"
)


class Running(Disturbed, OtherTasks, unittest.TestCase):
    yard: Yard
    days: list[str]
    left: str
    foreign: str

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.yard = Yard(Path(folder.name))
        cls.addClassCleanup(cls.yard.close)
        cls.yard.open(*OTHERS)
        # Five days in a row: trained as of the first, scored on the next three; the schedule's own is later.
        cls.days = [str(cls.yard.today - timedelta(days=days)) for days in (5, 4, 3, 2)]

    def green(self, dag: str, run_id: str, seconds: float) -> None:
        """Waits until a run has ended, and wants each of its tasks to have succeeded; what failed tells why."""
        states = self.yard.ended(dag, run_id, seconds)
        failed = [name for name, state in states.items() if state == "failed" and "." not in name]
        logs = (self.yard.log(dag, run_id, name, self.yard.tasks(dag, run_id)[name]["try_number"]) for name in failed)
        self.assertEqual(GREEN, set(states.values()), "\n".join((f"{dag} {run_id}: {states}", *logs)))

    def test_01_a_plan_that_cannot_be_used_is_one_sentence_and_stops_no_other_pipeline(self) -> None:
        kinds = ("train", "score", "measure", "check")
        others = {"consumer", *(f"{pipeline}_{kind}" for pipeline in ("flights", "often") for kind in kinds)}
        others |= {dag for other in OTHERS for dag in other.dags}
        until("the DAGs", lambda: {dag["dag_id"] for dag in self.yard.api("GET", "/dags")["dags"]} == others, 120)
        [error] = self.yard.api("GET", "/importErrors")["import_errors"]

        self.assertTrue(error["filename"].endswith("broken.py"), error["filename"])
        sentence = error["stack_trace"].strip().splitlines()[-1]
        self.assertRegex(sentence, BROKEN)

    def test_02_a_training_by_trigger_is_promoted(self) -> None:
        # Before the DAG is switched on, or the run that is due would come first.
        asked = self.yard.trigger("flights_train", as_of=self.days[0])
        self.yard.switch("flights_train", on=True)
        inspected = json.loads(run("docker", "inspect", self.yard.container("flights_train", "train", 240)))[0]
        self.assertRegex(
            inspected["Name"], r"^/flights_train\.train\.(manual|scheduled)\.\d{8}T\d{6}Z\.[0-9a-f]{8}\.1\.[0-9a-f]{6}$"
        )
        states = self.yard.ended("flights_train", asked, 300)

        self.assertEqual(
            {"extract": "success", "features": "success", "train": "success", "report": "success", "record": "success"},
            states,
        )
        self.assertRegex(
            self.yard.log("flights_train", asked, "train"),
            r"Trained train\.manual\.\S+, and promoted it\. AUC is 0\.\d+",
        )
        self.hardened(inspected)
        for name, task in self.yard.tasks("flights_train", asked).items():
            fields = json.dumps(task["rendered_fields"]) + self.yard.log("flights_train", asked, name)
            self.assertFalse([secret for secret in self.yard.secrets if secret in fields], name)
        self.assertRegex(self.yard.cli("runs", "flights"), r"(?m)^train\.manual\.\S+ .*finished")

        # What became of it is seen on the run.
        outcome = self.yard.xcom("flights_train", asked, "report", "outcome")
        self.assertEqual((outcome["run"], "promoted"), (outcome["model"], outcome["outcome"]))
        self.assertRegex(outcome["as_of"], r"^\d{4}-\d\d-\d\dT0[45]:00:00")
        self.assertEqual(
            f"As of {outcome['as_of']}, model {outcome['model']}: promoted.",
            self.yard.api("GET", f"/dags/flights_train/dagRuns/{asked}")["note"],
        )
        # What a worker leaves that dies after its task was marked: ours goes when something else runs here,
        # another installation's stays.
        Running.left = self.yard.leave_behind(self.yard.project, "flights_train", asked, "train")
        Running.foreign = self.yard.leave_behind("another", "flights_train", asked, "train")

    def hardened(self, container: dict) -> None:
        """As the README's `docker run` starts it, with hard limits."""
        host = container["HostConfig"]
        self.assertEqual(
            (True, ["ALL"], ["no-new-privileges"]), (host["ReadonlyRootfs"], host["CapDrop"], host["SecurityOpt"])
        )
        self.assertEqual((4 << 30, 4 << 30, 2_000_000_000), (host["Memory"], host["MemorySwap"], host["NanoCpus"]))
        self.assertEqual({"/tmp": ""}, host["Tmpfs"])
        self.assertFalse([mount for mount in container["Mounts"] if mount["Type"] == "bind"])

    def test_03_a_training_and_a_score_run_that_are_due_at_the_same_moment(self) -> None:
        # The training that was due began when that of test_02 had ended, and may be over: one more beside the
        # score run.
        due = [("flights_train", self.yard.trigger("flights_train"))]
        for dag in ("flights_score", "often_train"):
            self.yard.switch(dag, on=True)
        for dag in ("flights_train", "flights_score", "often_train"):
            scheduled = until(f"the scheduled run of {dag}", lambda dag=dag: self.yard.runs(dag, "scheduled"), 60)
            due.append((dag, scheduled[0]["dag_run_id"]))
        for dag, asked in due:
            self.green(dag, asked, 300)

        *trainings, score, other = [self.yard.api("GET", f"/dags/{dag}/dagRuns/{asked}") for dag, asked in due]
        together = [
            each
            for each in (*trainings, other)
            if each["start_date"] < score["end_date"] and score["start_date"] < each["end_date"]
        ]
        self.assertLessEqual(
            {"flights_train", "often_train"}, {each["dag_id"] for each in together}, "they did not run at the same time"
        )
        [(day, count, runs, models)] = [row.split("|") for row in self.yard.rows(PER_DAY)]
        self.assertIn(day, (str(self.yard.today), str(self.yard.today - timedelta(days=1))))
        self.assertGreater(int(count), 0)
        self.assertEqual(("1", "1"), (runs, models))

    def test_04_a_backfill_of_three_days_is_what_three_days_would_have_given(self) -> None:
        days = self.days[1:]
        # From midnight to midnight in New York, in winter and in summer; the schedule is at one.
        self.yard.api(
            "POST",
            "/backfills",
            {
                "dag_id": "flights_score",
                "from_date": f"{days[0]}T05:00:00Z",
                "to_date": f"{days[2]}T07:00:00Z",
                "max_active_runs": 1,
                "dag_run_conf": {},
            },
        )
        made = until("three runs", lambda: len(runs := self.yard.runs("flights_score", "backfill")) == 3 and runs, 60)
        for each in made:
            self.green("flights_score", each["dag_run_id"], 420)

        counts = {
            day: (int(count), runs, models)
            for day, count, runs, models in (row.split("|") for row in self.yard.rows(PER_DAY))
        }
        self.assertEqual([("1", "1")] * 3, [counts[day][1:] for day in days])
        self.assertTrue(all(counts[day][0] > 0 for day in days))
        self.assertEqual(["0"], self.yard.rows("SELECT count(*) FROM trainyard.lineage WHERE model_as_of > run_as_of"))

        # The same day once more, by hand: another run, the same predictions.
        asked = self.yard.trigger("flights_score", as_of=days[1])
        self.green("flights_score", asked, 240)
        # Each is told, with what it is of: the scheduled one, three days, and the one by hand.
        events = self.yard.told()
        self.assertEqual([*days, days[1]], [event["as_of"][:10] for event in events[1:]])
        self.assertTrue(
            all(
                event["model"].startswith("train.") and event["run"].startswith("score.") and event["rows"] > 0
                for event in events
            ),
            events,
        )
        self.assertEqual(5, len({event["run"] for event in events}))
        until(
            "the consumer has taken all",
            lambda: {event["run"] for event in events} <= {each["run"] for taken in self.taken() for each in taken},
            90,
        )
        for taken in self.taken():
            self.assertEqual(sorted({each["as_of"] for each in taken}), [each["as_of"] for each in taken])
        self.assertEqual(
            [f"{2 * counts[days[1]][0]}|{counts[days[1]][0]}"],
            self.yard.rows(f"SELECT count(*), count(DISTINCT (flight_id, probability)) {OF_DAY} = '{days[1]}'"),
        )

    def taken(self) -> list[list[dict]]:
        """What each run of the consumer has taken."""
        runs = [each for each in self.yard.runs("consumer", "asset_triggered") if each["state"] == "success"]
        return [self.yard.xcom("consumer", each["dag_run_id"], "take", "return_value") for each in runs]

    def test_05_what_is_cleared_or_tried_publishes_nothing_twice(self) -> None:
        before = self.yard.rows(PER_DAY)
        [scheduled] = self.yard.runs("flights_score", "scheduled")
        self.yard.api(
            "POST",
            "/dags/flights_score/clearTaskInstances",
            {"dry_run": False, "only_failed": False, "dag_run_id": scheduled["dag_run_id"], "task_ids": ["publish"]},
        )
        self.green("flights_score", scheduled["dag_run_id"], 180)
        self.assertEqual(2, self.yard.tasks("flights_score", scheduled["dag_run_id"])["publish"]["try_number"])
        self.assertEqual(before, self.yard.rows(PER_DAY))

        # A trial is not published, and what another model scored is not what the view shows: neither is told.
        told = self.yard.told()
        trial = self.yard.trigger("flights_score", as_of=self.days[3], limit=5)
        states = self.yard.ended("flights_score", trial, 180)
        self.assertEqual(("skipped", GREEN), (states.pop("record"), set(states.values())))
        self.assertEqual(before, self.yard.rows(PER_DAY))
        other = self.yard.trigger("flights_score", as_of=self.days[3], model=told[0]["model"])
        self.green("flights_score", other, 180)
        self.assertNotEqual(before, self.yard.rows(PER_DAY))
        self.assertEqual(told, self.yard.told())

    def test_06_a_day_without_rows_is_skipped_and_has_a_report(self) -> None:
        # Not yesterday: without it nearly no rate of one day is known today, which is rightly refused.
        self.yard.rows(f"DELETE FROM flights WHERE make_date(year, month, day) = '{self.days[0]}'")
        asked = self.yard.trigger("flights_score", as_of=self.days[0])
        states = self.yard.ended("flights_score", asked, 180)

        self.assertEqual(("skipped", "skipped", "success"), (states["extract"], states["publish"], states["report"]))
        self.assertEqual("success", self.yard.api("GET", f"/dags/flights_score/dagRuns/{asked}")["state"])

    def test_09_bad_input_fails_at_once_with_the_steps_own_sentence_and_one_message(self) -> None:
        asked = self.yard.trigger("flights_score", as_of=self.days[3], model="no.such.model")
        states = self.yard.ended("flights_score", asked, 180)

        self.assertEqual(("failed", "upstream_failed"), (states["extract"], states["publish"]))
        # It is recorded, and stays failed.
        self.assertEqual(
            ("success", "failed"),
            (states["record"], self.yard.api("GET", f"/dags/flights_score/dagRuns/{asked}")["state"]),
        )
        self.assertEqual(
            ["score|66"],
            self.yard.rows("SELECT kind, exit_code FROM trainyard.run_outcomes WHERE sentence LIKE '%no.such.model%'"),
        )
        self.assertEqual(1, self.yard.tasks("flights_score", asked)["extract"]["try_number"])
        # The step's sentence is the task's error, without the frames of Airflow's own code.
        [sentence, ended] = self.yard.errors("flights_score", asked, "extract")
        self.assertRegex(sentence["event"], r"no\.such\.model.*\(exit code 6[56]\)$")
        self.assertEqual(("Task exited", False), (ended["event"], "error_detail" in ended))
        # All that went before was put right by itself: nobody was told.
        [(path, text)] = until("a message", lambda: self.yard.webhook.told, 60)
        self.assertEqual("/services/secret", path)
        self.assertRegex(
            text,
            r"^flights: score failed in step extract\n.*no\.such\.model.*\nRun score\.manual\.\S+\n"
            rf"http://localhost:{self.yard.port}/dags/flights_score/runs/",
        )

        # What the form does not know is not ignored.
        asked = self.yard.trigger("flights_score", asof=self.days[3])
        self.assertEqual("failed", self.yard.ended("flights_score", asked, 60)["extract"])
        self.assertIn(
            "has no field 'asof': it has as_of, limit, model. Did you mean 'as_of'? Nothing was run.",
            self.yard.errors("flights_score", asked, "extract")[0]["event"],
        )
        # Nothing was run, so there is nothing to record.
        self.assertEqual("skipped", self.yard.tasks("flights_score", asked)["record"]["state"])

    def test_10b_a_pipeline_is_deployed_in_the_middle_of_a_run_with_one_task_more(self) -> None:
        asked = self.yard.trigger("often_train", as_of=self.days[0])
        container = self.yard.container("often_train", "train", 180)
        # It takes as long as the rest does.
        run("docker", "pause", container)
        services = run("docker", "compose", "-p", self.yard.project, "ps", "-q").split()
        spec = self.yard.folder / "pipelines" / "often" / "pipeline.yaml"
        spec.write_text(spec.read_text() + "# Another folder, and another image.\n")
        self.yard.plan("often")
        self.yard.edit_plan(
            "often", lambda plan: plan["train"]["tasks"].insert(-1, {**plan["train"]["tasks"][-2], "name": "again"})
        )

        said = self.yard.deploy()

        self.assertIn("connections trainyard_reader, trainyard_writer and trainyard_store are set", said)
        self.assertEqual(services, run("docker", "compose", "-p", self.yard.project, "ps", "-q").split())
        until(
            "Airflow has the new plan",
            lambda: "again" in {task["task_id"] for task in self.yard.api("GET", "/dags/often_train/tasks")["tasks"]},
            90,
        )
        run("docker", "unpause", container)
        self.green("often_train", asked, 300)
        tasks = self.yard.tasks("often_train", asked)
        self.assertEqual({1}, {task["try_number"] for task in tasks.values()})
        self.assertEqual("success", tasks["again"]["state"])

    def test_11_missing_predictions_are_told_with_the_command_that_makes_them(self) -> None:
        until("the time by which they are expected", lambda: datetime.now(NEW_YORK) > self.yard.expected_by, 600)
        self.yard.switch("often_check", on=True)
        [check] = until("the check", lambda: self.yard.runs("often_check", "scheduled"), 60)

        # What is broken beside it is told too.
        self.assertEqual(
            {"check": "failed", "plans": "failed"}, self.yard.ended("often_check", check["dag_run_id"], 240)
        )
        sentence = (
            r"Predictions of pipeline 'often' are missing for 1 of 1 as-ofs: \S+\. This makes them: (airflow backfill"
            r" create --dag-id often_score \S.* completed) "
        )
        self.assertRegex(self.yard.log("often_check", check["dag_run_id"], "check"), sentence)
        [message] = until(
            "the message",
            lambda: [text for _, text in self.yard.webhook.told if text.startswith("often: check failed in step")],
            60,
        )
        self.assertRegex(message, sentence)
        self.assertRegex(message, BROKEN)

        # What it says can be pasted.
        found = re.search(sentence, message)
        assert found
        run("docker", "exec", f"{self.yard.project}-airflow-dag-processor-1", "bash", "-c", found[1])
        self.assertEqual(1, len(self.yard.runs("often_score", "backfill")))
        shutil.rmtree(self.yard.folder / "pipelines" / "broken")
        (self.yard.folder / "airflow" / "dags" / "broken.py").unlink()
        self.yard.deploy()

    def test_12_what_is_due_every_minute_is_there_every_minute(self) -> None:
        self.yard.switch("often_score", on=True)
        first, second = until(
            "two scheduled runs",
            lambda: len(runs := self.yard.runs("often_score", "scheduled")) > 1
            and sorted(runs, key=lambda each: each["run_after"])[:2],
            120,
        )
        for each in (first, second):
            self.green("often_score", each["dag_run_id"], 180)
        # Not before: of a DAG that is switched off no further task begins.
        self.yard.switch("often_score", on=False)

        self.assertEqual(
            60,
            (datetime.fromisoformat(second["run_after"]) - datetime.fromisoformat(first["run_after"])).total_seconds(),
        )
        rows = [
            row.split("|")
            for row in self.yard.rows(
                "SELECT run, count(*), sum(probability) FROM trainyard.often_predictions GROUP BY 1"
            )
        ]
        self.assertGreaterEqual(len(rows), 2)
        self.assertEqual(1, len({(count, total) for _, count, total in rows}), rows)
        check = self.yard.trigger("often_check")
        self.assertEqual({"check": "success", "plans": "success"}, self.yard.ended("often_check", check, 120))

    def test_13_no_container_is_left(self) -> None:
        self.assertNotIn(self.left, run("docker", "ps", "-aq", "--no-trunc").split())
        self.assertIn(self.foreign, run("docker", "ps", "-aq", "--no-trunc").split())
        ours = (f"--filter=network={self.yard.project}_default", "--filter=label=trainyard.dag")
        until("no container", lambda: not run("docker", "ps", "-aq", *ours).strip(), 60)


if __name__ == "__main__":
    unittest.main()
