"""What becomes of the task `record`: it comes last, no run fails of it, and somebody is told all the same."""
from __future__ import annotations

import unittest
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from airflow.sdk.exceptions import AirflowSkipException
from trainyard_airflow.alerts import tell_unrecorded, unrecorded
from trainyard_airflow.endings import Ending, Verdict
from trainyard_airflow.outcomes import StepFailed, begin, conclude

NO_RUN = Ending(Verdict.FAIL, "There is no run 'x'. (exit code 66)", 66)
NO_SERVER = Ending(Verdict.RETRY, "The warehouse does not answer. (exit code 69)", 69)


def at(task_id: str, conf: dict[str, Any] | None = None, **said: str) -> dict[str, Any]:
    """The context of a task in a run in which these steps have failed, with these words."""
    tasks = {
        name: SimpleNamespace(task_id=name, is_mapped=False, is_teardown=name == "record")
        for name in ("extract", "score", "record")
    }
    ti = SimpleNamespace(
        task_id=task_id,
        map_index=-1,
        xcom_pull=lambda task_ids, key, map_indexes: said.get(task_ids),
        xcom_push=lambda key, value: said.update({task_id: value}),
    )
    dag_run = SimpleNamespace(
        dag_id="flights_score",
        run_id="manual__1",
        run_type="manual",
        logical_date=None,
        run_after=datetime(2026, 11, 24),
        conf=conf,
    )
    dag = SimpleNamespace(dag_id="flights_score", tasks=list(tasks.values()))
    return {"dag": dag, "dag_run": dag_run, "run_id": "manual__1", "task": tasks[task_id], "ti": ti}


class Record(unittest.TestCase):
    def test_of_a_form_that_was_refused_there_is_nothing_to_record(self) -> None:
        asked = {"asof": "2024-12-15"}
        with self.assertRaises(StepFailed), self.assertLogs(level="ERROR"):
            begin(at("extract", asked), ["as_of"])
        with self.assertRaisesRegex(AirflowSkipException, "The form of flights_score has no field 'asof'"):
            begin(at("record", asked), ["as_of"])
        begin(at("record"), ["as_of"])

    def test_a_run_that_has_failed_before_it_left_anything_is_not_recorded_either(self) -> None:
        with self.assertRaises(AirflowSkipException):
            conclude(NO_RUN, at("record", extract="Airflow has no connection 'trainyard_reader'."))
        for ended, context in (
            (NO_RUN, at("record")),
            (NO_RUN, at("score", extract="It failed.")),
            (NO_SERVER, at("record", extract="It failed.")),
        ):
            with self.subTest(ended=ended), self.assertRaises(StepFailed), self.assertLogs(level="ERROR"):
                conclude(ended, context)

    def test_a_record_that_fails_is_told_with_what_to_do(self) -> None:
        subject, text = unrecorded(at("record", record=NO_SERVER.sentence))
        self.assertEqual("flights: how a score run has ended is not written down (record failed)", subject)
        said, do, run, link = text.splitlines()
        self.assertEqual((NO_SERVER.sentence, "Clear the task record to write it down."), (said, do))
        self.assertTrue(run.startswith("Run score.manual.20261124T000000Z."), text)
        self.assertTrue(link.endswith("/dags/flights_score/runs/manual__1"), text)
        self.assertTrue(unrecorded(at("record"))[1].startswith("It said nothing: it was killed"))

    def test_it_is_told_unless_the_run_has_failed_which_is_one_message_already(self) -> None:
        for context, messages in (
            (at("record", record=NO_SERVER.sentence), 1),
            (at("record", record=NO_SERVER.sentence, score="Full."), 0),
        ):
            with patch("trainyard_airflow.alerts._send") as sent:
                tell_unrecorded(context)
            self.assertEqual(messages, sent.call_count)


if __name__ == "__main__":
    unittest.main()
