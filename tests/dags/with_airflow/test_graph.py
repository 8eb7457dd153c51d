"""What Airflow makes of the DAG files: their graphs, forms and serialized form, and what becomes of a broken one. Runs in Airflow's image."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from copy import deepcopy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
os.environ |= {"TRAINYARD_STORE": "s3://yard/models", "TRAINYARD_IMAGES": "registry.example/yard/{program}:1.0", "TRAINYARD_PIPELINES": str(ROOT / "pipelines")}

from airflow.dag_processing.dagbag import DagBag  # noqa: E402
from airflow.sdk.exceptions import ParamValidationError  # noqa: E402
from airflow.serialization.serialized_objects import DagSerialization  # noqa: E402

SERIALIZE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization
bag = DagBag(sys.argv[1])
print(json.dumps({name: DagSerialization.to_dict(dag) for name, dag in sorted(bag.dags.items())}))
"""


class Graph(unittest.TestCase):
    bag: DagBag

    @classmethod
    def setUpClass(cls) -> None:
        cls.bag = DagBag(ROOT / "airflow" / "dags")

    def test_each_pipeline_has_a_stub_and_imports(self) -> None:
        self.assertEqual({}, self.bag.import_errors)
        planned = {folder.name for folder in (ROOT / "pipelines").iterdir() if (folder / "pipeline.yaml").exists()}
        self.assertEqual(planned, {name.rpartition("_")[0] for name in self.bag.dags})

    def test_a_train_run_is_a_chain_of_four(self) -> None:
        self.assertEqual([("extract", "features"), ("features", "train"), ("train", "report"), ("report", None)], self.chain("flights_train"))

    def test_a_score_run_publishes_its_shards_in_one_task_and_reports_in_any_case(self) -> None:
        self.assertEqual([("extract", "features"), ("features", "score"), ("score", "publish"), ("publish", "report"), ("report", None)], self.chain("flights_score"))
        score = self.bag.dags["flights_score"]
        self.assertEqual("none_failed", str(score.get_task("report").trigger_rule.value))
        shards = score.get_task("score").expand_input.value["command"]
        self.assertEqual(["1/4", "2/4", "3/4", "4/4"], [words[words.index("--shard") + 1] for words in shards])

    def test_the_form_is_described_and_valid_when_left_empty(self) -> None:
        for name in ("flights_train", "flights_score"):
            params = self.bag.dags[name].params
            self.assertTrue(params.items())
            for field in params:
                param = params.get_param(field)
                self.assertIsNone(param.resolve())
                self.assertTrue(param.schema["title"] and param.description, f"{name}.{field}")
        self.assertEqual({"as_of", "promote", "limit"}, set(self.bag.dags["flights_train"].params))
        self.assertEqual({"as_of", "model", "limit"}, set(self.bag.dags["flights_score"].params))

    def test_an_as_of_that_is_none_is_refused_by_the_form(self) -> None:
        param = deepcopy(self.bag.dags["flights_train"].params.get_param("as_of"))
        for good in ("2013-12-30", "2013-12-30T05:00:00Z", "2013-12-30T00:00:00-05:00"):
            self.assertEqual(good, param.resolve(good))
        for bad in ("yesterday", "30.12.2013", "2013-12-30T05:00:00"):
            with self.assertRaisesRegex(ParamValidationError, "does not match", msg=bad):
                param.resolve(bad)

    def test_schedules_are_the_specs_in_its_zone(self) -> None:
        schedule = self.bag.dags["flights_score"].timetable
        self.assertEqual(("0 1 * * *", "America/New_York"), (schedule.expression, str(schedule.timezone)))

    def test_models_and_predictions_are_assets(self) -> None:
        made = {asset.name for dag in self.bag.dags.values() for task in dag.tasks for asset in task.outlets}
        self.assertEqual({"flights_models", "flights_predictions"}, made)

    def test_the_serialized_form_is_the_same_in_every_process(self) -> None:
        first, second = (self.serialized(seed) for seed in ("1", "2"))
        self.assertEqual(first, second)

    def test_no_secret_and_no_image_without_a_tag(self) -> None:
        text = json.dumps({name: DagSerialization.to_dict(dag) for name, dag in self.bag.dags.items()})
        self.assertIn("registry.example/yard/extract:1.0", text)
        self.assertNotIn("PASSWORD", text)
        self.assertNotIn("private_environment", text)

    def chain(self, name: str) -> list[tuple[str, str | None]]:
        return [(task.task_id, next(iter(task.downstream_task_ids), None)) for task in self.bag.dags[name].topological_sort()]

    def serialized(self, seed: str) -> Any:
        ended = subprocess.run(
            [sys.executable, "-c", SERIALIZE, str(ROOT / "airflow" / "dags")], check=True, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        return json.loads(ended.stdout.splitlines()[-1])


class Broken(unittest.TestCase):
    """A copy of the flights pipeline, and beside it one that is broken."""

    def test_a_stale_plan_is_one_readable_import_error_and_stops_no_other_pipeline(self) -> None:
        error = self.error_of(lambda folder: (folder / "rows.sql").write_text("SELECT 1"))
        self.assertIn("plan.json is older than the files beside it: run `make plan`", error)

    def test_a_pipeline_without_a_plan_says_what_to_run(self) -> None:
        error = self.error_of(lambda folder: (folder / "plan.json").unlink())
        self.assertIn("plan.json is not there: run `make plan`", error)

    def test_an_image_without_a_tag_is_refused(self) -> None:
        before = os.environ["TRAINYARD_IMAGES"]
        os.environ["TRAINYARD_IMAGES"] = "yard/{program}"
        try:
            errors = DagBag(ROOT / "airflow" / "dags").import_errors
        finally:
            os.environ["TRAINYARD_IMAGES"] = before
        self.assertIn("write each image with a tag or @sha256:", "".join(errors.values()))

    def error_of(self, breaks: Any) -> str:
        before = os.environ["TRAINYARD_PIPELINES"]
        with tempfile.TemporaryDirectory() as made:
            yard = Path(made)
            shutil.copytree(ROOT / "airflow" / "dags", yard / "dags", ignore=shutil.ignore_patterns("__pycache__"))
            for name in ("flights", "broken"):
                shutil.copytree(ROOT / "pipelines" / "flights", yard / "pipelines" / name)
            plan = yard / "pipelines" / "broken" / "plan.json"
            plan.write_text(plan.read_text().replace('"pipeline": "flights"', '"pipeline": "broken"'))
            (yard / "dags" / "broken.py").write_text((yard / "dags" / "flights.py").read_text().replace("flights", "broken"))
            breaks(yard / "pipelines" / "broken")
            os.environ["TRAINYARD_PIPELINES"] = str(yard / "pipelines")
            try:
                bag = DagBag(yard / "dags")
            finally:
                os.environ["TRAINYARD_PIPELINES"] = before
            self.assertEqual({"flights_train", "flights_score", "flights_check"}, set(bag.dags))
            [(file, error)] = bag.import_errors.items()
            self.assertTrue(file.endswith("broken.py"), file)
            return error


# Of no cluster: a pod is only described here, and not started.
NO_CLUSTER = """
apiVersion: v1
kind: Config
current-context: none
clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
contexts: [{name: none, context: {cluster: none, user: none}}]
users: [{name: none, user: {}}]
"""


class Pods(unittest.TestCase):
    """The same tasks as pods, of the real provider and client."""

    def setUp(self) -> None:
        with tempfile.NamedTemporaryFile("w", delete=False) as file:
            file.write(NO_CLUSTER)
        os.environ["KUBECONFIG"] = file.name
        self.addCleanup(os.unlink, file.name)

    def test_the_same_images_and_arguments_with_secrets_by_reference(self) -> None:
        docker = DagBag(ROOT / "airflow" / "dags").dags["flights_train"]
        os.environ["TRAINYARD_RUNNER"] = "kubernetes"
        try:
            bag = DagBag(ROOT / "airflow" / "dags")
        finally:
            del os.environ["TRAINYARD_RUNNER"]
        self.assertEqual({}, bag.import_errors)
        pods = bag.dags["flights_train"]
        for task in pods.tasks:
            other = docker.get_task(task.task_id)
            self.assertEqual((other.image, other.command), (task.image, task.arguments))
            pod = task.build_pod_request_obj()
            container = pod.spec.containers[0]
            self.assertEqual([f"trainyard-{name}" for name in other.connections], [each.secret_ref.name for each in container.env_from])
            self.assertTrue(container.security_context.read_only_root_filesystem)
            self.assertEqual(["ALL"], container.security_context.capabilities.drop)
            self.assertEqual(("4Gi", "2"), (container.resources.limits["memory"], container.resources.limits["cpu"]))
            self.assertTrue(pod.spec.security_context.run_as_non_root)
            self.assertFalse(pod.spec.automount_service_account_token)


if __name__ == "__main__":
    unittest.main()
