import json
import shutil
import tempfile
import unittest
from datetime import timedelta
from pathlib import Path

from repository import FLIGHTS, PIPELINES, STUBS
from trainyard_airflow.plan import PlanError, read_plan


class PlanTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "flights"
        shutil.copytree(FLIGHTS, self.folder, ignore=shutil.ignore_patterns("bin", "obj"))

    def test_the_plan_of_flights(self) -> None:
        plan = read_plan(self.folder)

        self.assertEqual(["train", "score", "check"], list(plan.runs))
        self.assertEqual(["extract", "features", "score", "publish", "report"], [task.name for task in plan.score.tasks])
        self.assertEqual(timedelta(hours=2), plan.train.tasks[0].longest)
        self.assertEqual(4, plan.score.tasks[2].shards)

    def test_a_plan_that_cannot_be_used_says_what_to_do(self) -> None:
        plan = self.folder / "plan.json"
        text = plan.read_text()
        for content, expected in [
            (None, "plan.json is not there: run `make plan`"),
            ("", "is not what `trainyard plan` writes"),
            ("[]", "is not what `trainyard plan` writes"),
            (
                text.replace('"format": 1', '"format": 2, "a later key": []').replace('"zone"', '"zones"'),
                "it has format 2, and these DAGs read formats up to 1. Give Airflow the trainyard_airflow of that version, or run `make plan`",
            ),
            (text.replace('"format": 1', '"format": "later"'), "is not what `trainyard plan` writes"),
            (text.replace('"cpus"', '"cpu"'), "unexpected keyword argument 'cpu'"),
            (text.replace('"pipeline": "flights"', '"pipeline": "trains"'), "is the plan of pipeline 'trains'"),
        ]:
            with self.subTest(expected):
                plan.unlink() if content is None else plan.write_text(content)
                with self.assertRaisesRegex(PlanError, expected):
                    read_plan(self.folder)

    def test_a_changed_source_makes_it_stale_and_something_built_does_not(self) -> None:
        (self.folder / "features" / "bin").mkdir()
        (self.folder / "features" / "bin" / "x.dll").touch()
        read_plan(self.folder)

        with (self.folder / "rows.sql").open("a") as sql:
            sql.write("\n")

        with self.assertRaisesRegex(PlanError, f"^{self.folder}/plan.json is older than the files beside it: run `make plan`, which also names every mistake"):
            read_plan(self.folder)

    def test_every_pipeline_has_a_stub_and_every_stub_a_pipeline(self) -> None:
        pipelines = {spec.parent.name for spec in PIPELINES.glob("*/pipeline.yaml")}

        self.assertTrue(pipelines)
        self.assertEqual(pipelines, {stub.stem for stub in STUBS.glob("*.py")})
        for name in pipelines:
            self.assertIn(f'pipeline("{name}")', (STUBS / f"{name}.py").read_text())
            read_plan(PIPELINES / name)

    def test_arguments_are_words_and_no_secret_is_in_a_plan(self) -> None:
        content = json.loads((self.folder / "plan.json").read_text())
        for kind in ("train", "score", "check"):
            for task in content[kind]["tasks"]:
                self.assertTrue(all(isinstance(word, str) for word in task["arguments"]))
                self.assertNotIn("--warehouse", task["arguments"])
