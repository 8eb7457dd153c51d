import unittest
from dataclasses import replace

from repository import FLIGHTS
from trainyard_airflow.plan import PlanError, read_plan
from trainyard_airflow.templates import Templates


class TemplatesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.plan = read_plan(FLIGHTS)
        self.templates = Templates("s3://yard/x", self.plan.score.form)

    def test_arguments_are_the_steps_own_command_line(self) -> None:
        extract = self.plan.score.tasks[0]
        self.assertEqual(
            (
                "--pipeline /pipelines/flights --run-id {{ trainyard_run_id(dag_run) }} --store s3://yard/x"
                " --time-limit 2h --kind score --as-of {{ trainyard_as_of(dag_run, params) }}"
            ),
            " ".join(self.templates.arguments(extract)),
        )
        self.assertEqual("{{ params.model or '' }}", self.templates.variables(extract, "x:1")["TRAINYARD_MODEL"])

    def test_each_shard_has_its_arguments(self) -> None:
        score = replace(self.plan.score.tasks[2], arguments=["--shard", "{shard}"], shards=4)
        self.assertEqual(["1/4", "2/4", "3/4", "4/4"], [words[-1] for words in self.templates.shards(score)])

    def test_a_placeholder_that_is_not_known_is_an_error(self) -> None:
        task = replace(self.plan.train.tasks[2], variables={"X": "{promote}"})
        with self.assertRaisesRegex(PlanError, "placeholder {promote} that these DAGs do not know"):
            self.templates.variables(task, "x:1")
