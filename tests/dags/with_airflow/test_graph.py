"""
What Airflow makes of the DAG files: their graphs, forms and serialized form, and what becomes of a broken one.
Runs in Airflow's image.
"""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[3]
os.environ |= {
    "TRAINYARD_STORE": "s3://yard/models",
    "TRAINYARD_IMAGES": "registry.example/yard/{program}:1.0",
    "TRAINYARD_PIPELINES": str(ROOT / "pipelines"),
}

from airflow.dag_processing.dagbag import DagBag  # noqa: E402
from airflow.sdk.exceptions import AirflowRescheduleException, ParamValidationError  # noqa: E402
from airflow.sdk.definitions.retry_policy import RetryAction  # noqa: E402
from airflow.serialization.serialized_objects import DagSerialization  # noqa: E402
from trainyard_airflow.endings import ending  # noqa: E402
from trainyard_airflow.outcomes import StepFailed, Tries, conclude  # noqa: E402
from trainyard_airflow.plan import REMEDY  # noqa: E402
from trainyard_airflow.watching import PlansCheck, problems  # noqa: E402

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

    def test_a_train_run_is_a_chain_of_four_and_its_record(self) -> None:
        expected = {
            "extract": [],
            "features": ["extract"],
            "train": ["features"],
            "report": ["extract", "features", "train"],
            "record": ["extract", "features", "report", "train"],
        }
        self.assertEqual(expected, upstream(self.bag.dags["flights_train"]))

    def test_the_record_is_written_however_a_run_ends_and_only_it_and_publishing_are_given_the_writer(self) -> None:
        for name, writers in (
            ("flights_train", ["record"]),
            ("flights_score", ["score", "record"]),
            ("flights_measure", ["measure", "record"]),
        ):
            tasks = self.bag.dags[name].topological_sort()
            self.assertEqual(writers, [task.task_id for task in tasks if "writer" in task.connections])
            # Airflow looks at what comes before a teardown to say how a run has ended.
            self.assertEqual(
                [("record", "all_done_setup_success", False)],
                [
                    (task.task_id, str(task.trigger_rule.value), task.on_failure_fail_dagrun)
                    for task in tasks
                    if task.is_teardown
                ],
            )
            # So nobody hears of it but by itself; of the others the run tells.
            self.assertEqual(["record"], [task.task_id for task in tasks if task.has_on_failure_callback])

    def test_a_report_waits_for_all_and_is_made_in_any_case(self) -> None:
        # Else it would begin where a person marks the task before it.
        score = self.bag.dags["flights_score"]
        expected = {
            "extract": [],
            "features": ["extract"],
            "score": ["features"],
            "report": ["extract", "features", "score"],
            "record": ["extract", "features", "report", "score"],
        }
        self.assertEqual(expected, upstream(score))
        self.assertEqual("none_failed", str(score.get_task("report").trigger_rule.value))

    def test_a_check_looks_at_predictions_and_plans_side_by_side(self) -> None:
        self.assertEqual({"check": [], "plans": []}, upstream(self.bag.dags["flights_check"]))

    def test_the_form_is_described_and_valid_when_left_empty(self) -> None:
        for name in ("flights_train", "flights_score", "flights_measure"):
            params = self.bag.dags[name].params
            self.assertTrue(params.items())
            for field in params:
                param = params.get_param(field)
                self.assertIsNone(param.resolve())
                self.assertTrue(param.schema["title"] and param.description, f"{name}.{field}")
        self.assertEqual({"as_of", "promote", "limit"}, set(self.bag.dags["flights_train"].params))
        self.assertEqual({"as_of", "model", "limit"}, set(self.bag.dags["flights_score"].params))
        self.assertEqual({"as_of", "limit"}, set(self.bag.dags["flights_measure"].params))

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
        made = {
            (task.task_id, outlet.name, type(outlet).__name__)
            for dag in self.bag.dags.values()
            for task in dag.tasks
            for outlet in task.outlets
        }
        # A plain asset would have an event whenever its task ends well.
        self.assertEqual(
            {
                ("train", "flights_models_when_new", "AssetAlias"),
                ("score", "flights_predictions_when_new", "AssetAlias"),
            },
            made,
        )

    def test_the_serialized_form_is_the_same_in_every_process(self) -> None:
        first, second = (self.serialized(seed) for seed in ("1", "2"))
        self.assertEqual(first, second)

    def test_no_secret_and_no_image_without_a_tag(self) -> None:
        text = json.dumps({name: DagSerialization.to_dict(dag) for name, dag in self.bag.dags.items()})
        self.assertIn("registry.example/yard/extract:1.0", text)
        self.assertNotIn("PASSWORD", text)
        self.assertNotIn("private_environment", text)

    def serialized(self, seed: str) -> Any:
        ended = subprocess.run(
            [sys.executable, "-c", SERIALIZE, str(ROOT / "airflow" / "dags")],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        return json.loads(ended.stdout.splitlines()[-1])


def upstream(dag: Any) -> dict[str, list[str]]:
    return {task.task_id: sorted(task.upstream_task_ids) for task in dag.topological_sort()}


class Broken(unittest.TestCase):
    """A copy of the flights pipeline, and beside it one that is changed, or broken."""

    def setUp(self) -> None:
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.dags, self.pipelines = Path(made.name) / "dags", Path(made.name) / "pipelines"
        self.dags.mkdir()
        for name in ("flights", "beside"):
            shutil.copytree(ROOT / "pipelines" / "flights", self.pipelines / name)
            (self.dags / f"{name}.py").write_text(
                (ROOT / "airflow" / "dags" / "flights.py").read_text().replace("flights", name)
            )
        self.folder = self.pipelines / "beside"
        self.edit('"pipeline": "flights"', '"pipeline": "beside"')
        environment = patch.dict(os.environ, {"TRAINYARD_PIPELINES": str(self.pipelines)})
        environment.start()
        self.addCleanup(environment.stop)

    def test_nothing_is_wrong_with_what_is_as_it_should_be(self) -> None:
        self.assertEqual([], problems(self.pipelines, self.dags))

    def test_a_note_changes_nothing_and_a_changed_query_is_told_while_the_dags_stay(self) -> None:
        (self.folder / "NOTES").write_text("a note")
        self.assertEqual([], problems(self.pipelines, self.dags))

        (self.folder / "rows.sql").write_text("SELECT 1")
        bag = DagBag(self.dags)

        self.assertEqual(({}, 8), (bag.import_errors, len(bag.dags)))
        [sentence] = problems(self.pipelines, self.dags)
        self.assertEqual(
            (
                f"{self.folder}/plan.json is older than the files beside it: {REMEDY}. Until then scoring goes on by"
                " it, and nothing is trained."
            ),
            sentence,
        )

    def test_a_pipeline_without_a_plan_says_what_to_run(self) -> None:
        (self.folder / "plan.json").unlink()
        self.told_once("plan.json is not there: run `make plan`")

    def test_a_plan_of_a_newer_trainyard_is_one_sentence_whatever_is_in_it(self) -> None:
        self.edit('"format": 2', '"format": 3, "more": [], "train": 1, "x": 2')
        self.told_once("plan.json is of another Trainyard: its format is 3, and these DAGs read 1 to 2")

    def test_half_a_plan_is_one_sentence(self) -> None:
        plan = self.folder / "plan.json"
        plan.write_text(plan.read_text()[:1000])
        self.told_once("plan.json is not what `trainyard plan` writes")

    def test_a_dag_file_that_cannot_be_imported_is_one_sentence(self) -> None:
        (self.dags / "beside.py").write_text("from trainyard_airflow.dags import pipeline\n\npipeline('beside'\n")
        self.told_once(r"beside\.py: SyntaxError")

    def test_a_dag_file_that_is_gone_or_empty_is_one_sentence(self) -> None:
        for breaks in (lambda file: file.write_text(""), Path.unlink):
            breaks(self.dags / "beside.py")
            self.assertEqual(
                [
                    f"No DAG file in {self.dags} makes beside_check, beside_measure, beside_score, beside_train, which"
                    f" {self.folder}/plan.json plans: write beside.py, as docs/airflow.md shows."
                ],
                problems(self.pipelines, self.dags),
            )

    def test_one_task_more_in_a_plan_is_one_task_more(self) -> None:
        plan = json.loads((self.folder / "plan.json").read_text())
        plan["score"]["tasks"].insert(3, {**plan["score"]["tasks"][1], "name": "again"})
        (self.folder / "plan.json").write_text(json.dumps(plan))
        dag = DagBag(self.dags).dags["beside_score"]
        self.assertEqual(
            ["extract", "features", "score", "again", "report", "record"],
            [task.task_id for task in dag.topological_sort()],
        )

    def test_the_check_fails_with_all_there_is_to_say(self) -> None:
        (self.folder / "rows.sql").write_text("SELECT 1")
        (self.dags / "flights.py").write_text("")
        said: dict[str, str] = {}
        context = {"ti": SimpleNamespace(xcom_push=lambda key, value: said.update({key: value}))}
        with (
            patch("trainyard_airflow.watching.PACKAGE", self.dags / "trainyard_airflow"),
            self.assertLogs(level="ERROR") as logged,
            self.assertRaises(SystemExit) as failed,
        ):
            PlansCheck(task_id="plans").execute(context)
        self.assertRegex(said["sentence"], "is older than the files beside it.*No DAG file in .* makes flights_check")
        self.assertEqual([said["sentence"]], [record.getMessage() for record in logged.records])
        # Once more, for somebody may just be copying; what a step calls final is not tried again.
        self.assertIs(RetryAction.DEFAULT, Tries().evaluate(failed.exception, 1, 2).action)
        self.assertIs(RetryAction.FAIL, Tries().evaluate(StepFailed(65), 1, 2).action)

    def test_rows_that_are_not_there_yet_are_waited_for_without_a_slot(self) -> None:
        with self.assertRaises(AirflowRescheduleException) as waits:
            conclude(ending(76, ["30 rows are too few."]), {})
        self.assertLess(
            abs(waits.exception.reschedule_date - datetime.now(UTC) - timedelta(minutes=5)), timedelta(minutes=1)
        )
        self.assertTrue(DagBag(self.dags).dags["beside_score"].get_task("extract").reschedule)

    def test_a_mapped_task_is_what_one_of_its_shards_is(self) -> None:
        plan = json.loads((self.folder / "plan.json").read_text())
        score = plan["score"]["tasks"][2]
        score |= {"shards": 2, "arguments": [*score["arguments"], "--shard", "{shard}"]}
        (self.folder / "plan.json").write_text(json.dumps(plan))
        mapped = DagBag(self.dags).dags["beside_score"].get_task("score")
        step = mapped.unmap({"command": mapped.expand_input.value["command"][1]})
        self.assertEqual((["--shard", "2/2"], "Tries"), (step.command[-2:], type(step.retry_policy).__name__))

    def test_an_image_without_a_tag_is_refused(self) -> None:
        with patch.dict(os.environ, {"TRAINYARD_IMAGES": "yard/{program}"}):
            errors = DagBag(ROOT / "airflow" / "dags").import_errors
        self.assertIn("write each image with a tag or @sha256:", "".join(errors.values()))

    def edit(self, old: str, new: str) -> None:
        plan = self.folder / "plan.json"
        self.assertIn(old, plan.read_text())
        plan.write_text(plan.read_text().replace(old, new, 1))

    def told_once(self, expected: str) -> None:
        """As an import error of its own file, by the checks of the others, and the others stay."""
        bag = DagBag(self.dags)
        self.assertEqual({"flights_train", "flights_score", "flights_measure", "flights_check"}, set(bag.dags))
        [(file, error)] = bag.import_errors.items()
        self.assertTrue(file.endswith("beside.py"), file)
        self.assertRegex(error.replace("\n", " "), expected.removeprefix(r"beside\.py: "))
        [sentence] = problems(self.pipelines, self.dags)
        self.assertRegex(sentence, expected)


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
            self.assertEqual(
                [f"trainyard-{name}" for name in other.connections],
                [each.secret_ref.name for each in container.env_from],
            )
            self.assertTrue(container.security_context.read_only_root_filesystem)
            self.assertEqual(["ALL"], container.security_context.capabilities.drop)
            self.assertEqual(("4Gi", "2"), (container.resources.limits["memory"], container.resources.limits["cpu"]))
            self.assertTrue(pod.spec.security_context.run_as_non_root)
            self.assertFalse(pod.spec.automount_service_account_token)


if __name__ == "__main__":
    unittest.main()
