import json
import shutil
import tempfile
import unittest
from datetime import timedelta
from pathlib import Path

from repository import FLIGHTS, PIPELINES, STUBS, planned
from trainyard_airflow.plan import PlanError, read_plan, staleness


class PlanTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "flights"
        shutil.copytree(FLIGHTS, self.folder, ignore=shutil.ignore_patterns("bin", "obj"))

    def test_the_plan_of_flights(self) -> None:
        plan = read_plan(self.folder)

        self.assertEqual(["train", "score", "measure", "check"], list(plan.runs))
        self.assertEqual(["extract", "features", "score", "report", "record"], [task.name for task in plan.score.tasks])
        self.assertEqual(timedelta(hours=2), plan.train.tasks[0].longest)
        self.assertEqual(
            ["models", "predictions"], [task.makes for run in plan.runs.values() for task in run.tasks if task.makes]
        )
        self.assertEqual(
            ["report"] * 3, [task.name for run in plan.runs.values() for task in run.tasks if task.outcome]
        )
        self.assertEqual(
            ["record"] * 3, [task.name for run in plan.runs.values() for task in run.tasks if task.teardown]
        )

    def test_a_plan_in_shards(self) -> None:
        planned(self.folder.parent / "sharded" / "flights", ("predictions:", "shards: 4\npredictions:"))
        plan = read_plan(self.folder.parent / "sharded" / "flights")

        self.assertEqual(
            ["extract", "features", "score", "publish", "report", "record"], [task.name for task in plan.score.tasks]
        )
        self.assertEqual(4, plan.score.tasks[2].shards)

    def test_whatever_is_scheduled_is_checked(self) -> None:
        for number, (schedule, expected) in enumerate([
            ('schedule: {train: "0 6 * * SUN", score: "0 1 * * *", expected_by: "02:00"}', ("0 2 * * *", ["check"])),
            ('schedule: {train: "0 6 * * SUN", score: "0 1 * * *"}', ("0 1 * * *", ["check"])),
            ('schedule: {score: "30 1 * * *"}', ("30 1 * * *", ["check"])),
            ('schedule: {train: "0 6 * * SUN"}', ("0 6 * * SUN", [])),
            ("", None),
        ]):
            with self.subTest(schedule):
                folder = self.folder.parent / str(number) / "flights"
                planned(
                    folder, ('schedule: {train: "0 6 * * SUN", score: "0 1 * * *", expected_by: "02:00"}', schedule)
                )
                check = read_plan(folder).check
                self.assertEqual(expected, check and (check.schedule, [task.name for task in check.tasks]))

    def test_a_plan_that_cannot_be_used_says_what_to_do(self) -> None:
        plan = self.folder / "plan.json"
        text = plan.read_text()
        for content, expected in [
            (None, "plan.json is not there: run `make plan`"),
            ("", "is not what `trainyard plan` writes"),
            ("[]", "is not what `trainyard plan` writes"),
            (
                text.replace('"format": 2', '"format": 3').replace('"cpus"', '"cpu"'),
                (
                    r"^\S+ is of another Trainyard: its format is 3, and these DAGs read 1 to 2\. Put the"
                    r" airflow/dags/trainyard_airflow"
                ),
            ),
            (text.replace('"format": 2', '"format": "x"'), "is not what `trainyard plan` writes"),
            (text.replace('"cpus"', '"cpu"'), "unexpected keyword argument 'cpu'"),
            (text.replace('"pipeline": "flights"', '"pipeline": "trains"'), "is the plan of pipeline 'trains'"),
        ]:
            with self.subTest(expected):
                plan.unlink() if content is None else plan.write_text(content)
                with self.assertRaisesRegex(PlanError, expected):
                    read_plan(self.folder)

    def test_an_older_plan_is_read_as_it_was_written(self) -> None:
        plan = json.loads((self.folder / "plan.json").read_text())
        later = ("sources", "measure", "check")
        plan = {name: value for name, value in plan.items() if name not in later} | {"format": 1}
        for kind in ("train", "score"):
            plan[kind]["tasks"] = [
                {name: value for name, value in task.items() if name not in ("outcome", "teardown")}
                for task in plan[kind]["tasks"]
            ]
        (self.folder / "plan.json").write_text(json.dumps(plan))

        self.assertEqual(["train", "score"], list(read_plan(self.folder).runs))

    def test_a_changed_source_makes_it_stale_and_something_built_or_noted_does_not_and_it_goes_on(self) -> None:
        plan = read_plan(self.folder)
        (self.folder / "features" / "bin").mkdir()
        (self.folder / "features" / "bin" / "x.dll").touch()
        (self.folder / "NOTES").touch()
        (self.folder / "features" / "README.md").touch()
        self.assertIsNone(staleness(self.folder, plan))

        with (self.folder / "rows.sql").open("a") as sql:
            sql.write("\n")

        self.assertRegex(
            staleness(self.folder, plan) or "",
            (
                f"^{self.folder}/plan.json is older than the files beside it: run `make plan`, which also names every"
                " mistake.*goes on by it, and nothing is trained.$"
            ),
        )
        self.assertEqual(plan, read_plan(self.folder))
        (self.folder / "rows.sql").unlink()
        self.assertRegex(staleness(self.folder, plan) or "", "cannot be compared with the files beside it .*rows.sql")

    def test_every_pipeline_has_a_stub_and_every_stub_a_pipeline(self) -> None:
        pipelines = {spec.parent.name for spec in PIPELINES.glob("*/pipeline.yaml")}

        self.assertTrue(pipelines)
        self.assertEqual(pipelines, {stub.stem for stub in STUBS.glob("*.py")})
        for name in pipelines:
            self.assertIn(f'pipeline("{name}")', (STUBS / f"{name}.py").read_text())
            self.assertIsNone(staleness(PIPELINES / name, read_plan(PIPELINES / name)))

    def test_arguments_are_words_and_no_secret_is_in_a_plan(self) -> None:
        content = json.loads((self.folder / "plan.json").read_text())
        for kind in ("train", "score", "measure", "check"):
            for task in content[kind]["tasks"]:
                self.assertTrue(all(isinstance(word, str) for word in task["arguments"]))
                self.assertNotIn("--warehouse", task["arguments"])
