"""Begins and ends an Airflow task as its container does, and gives it what only a running task may have."""
from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from airflow.sdk import Connection
from airflow.sdk.definitions.retry_policy import RetryDecision, RetryPolicy
from airflow.sdk.exceptions import AirflowNotFoundException, AirflowRescheduleException, AirflowSkipException

from trainyard_airflow.credentials import PREFIX, CredentialsError, Login, variables
from trainyard_airflow.endings import FINAL, Ending, Verdict
from trainyard_airflow.form import refusal
from trainyard_airflow.notes import note
from trainyard_airflow.results import outcome
from trainyard_airflow.run_ids import run_id

# Under this key the alert of the run finds what the step said.
SENTENCE = "sentence"
# Under this key of `report` whoever looks at a run finds what became of it.
OUTCOME = "outcome"
# How often a step is asked again whose rows are not there yet; the step knows until when.
PAUSE = timedelta(minutes=5)
MISSING_INPUT = 66
BAD_CONFIGURATION = 78
log = logging.getLogger(__name__)


class StepFailed(SystemExit):
    """
    Airflow logs an exception with frames of its own code, and an exit with its code: what there is to say was said.
    """


class Tries(RetryPolicy):
    """What would end the same is not tried again."""

    def evaluate(self, exception: BaseException, try_number: int, max_tries: int, context: Any = None) -> RetryDecision:
        return (
            RetryDecision.fail()
            if isinstance(exception, StepFailed) and exception.code in FINAL
            else RetryDecision.default()
        )

    def serialize(self) -> dict[str, Any]:
        return {}


def fail(context: Any, sentence: str, code: int = BAD_CONFIGURATION) -> NoReturn:
    """The sentence is the task's error, and is told of the run."""
    context["ti"].xcom_push(key=SENTENCE, value=sentence)
    log.error(sentence)
    raise StepFailed(code)


def begin(context: Any, form: list[str]) -> None:
    """
    Refuses what a person has said that no field of the form is for; of a run that was refused there is nothing to
    record.
    """
    dag_run = context["dag_run"]
    if refused := refusal(dag_run.conf, form, dag_run.dag_id):
        if context["task"].is_teardown:
            raise AirflowSkipException(refused)
        fail(context, refused, code=64)


def conclude(ended: Ending, context: Any) -> None:
    """Returns, skips, fails, fails in a way that is tried again, or waits: with no slot held and no try used."""
    if ended.verdict is Verdict.WAIT:
        log.info("%s", ended.sentence)
        raise AirflowRescheduleException(datetime.now(UTC) + PAUSE)
    if ended.verdict is Verdict.SKIP or _has_nothing_to_record(ended, context):
        raise AirflowSkipException(ended.sentence)
    if ended.verdict is not Verdict.DONE:
        # A container that wanted too much memory has the code of one that was killed.
        fail(
            context,
            ended.sentence,
            BAD_CONFIGURATION if ended.verdict is Verdict.FAIL and ended.code not in FINAL else ended.code,
        )


def _has_nothing_to_record(ended: Ending, context: Any) -> bool:
    """A run whose first step has failed before it could leave anything, and has said why."""
    return bool(ended.code == MISSING_INPUT and context["task"].is_teardown and sentences(context))


def sentences(context: Any) -> dict[str, str]:
    """What the steps of a run have said that failed. That the run could not be recorded is not why it has."""
    return {
        task.task_id: said
        for task in context["dag"].tasks
        if not task.is_teardown and (said := sentence_of(context["ti"], task))
    }


def sentence_of(ti: Any, task: Any) -> str | None:
    """What a task has said that failed; of shards, the first that did."""
    shards = range(max(len(each) for each in task.expand_input.value.values())) if task.is_mapped else [-1]
    return next(
        (said for index in shards if (said := ti.xcom_pull(task_ids=task.task_id, key=SENTENCE, map_indexes=index))),
        None,
    )


def leave(context: Any, result: Mapping[str, Any]) -> None:
    """The run's outcome, where people look: in an XCom, and in the run's note if that is wanted."""
    found = outcome(result)
    context["ti"].xcom_push(key=OUTCOME, value=found)
    note(context, f"As of {found['as_of']}, model {found['model'] or 'none'}: {found['outcome']}.")


def secrets_of(connections: list[str], context: Any) -> dict[str, str]:
    """
    The credentials of Connections trainyard_…, read when the task runs, from wherever this Airflow keeps its secrets.
    """
    found: dict[str, str] = {}
    for name in connections:
        try:
            connection = Connection.get(PREFIX + name)
            found |= variables(
                name,
                Login(
                    connection.host,
                    connection.port,
                    connection.login,
                    connection.password,
                    connection.schema,
                    connection.extra_dejson,
                ),
            )
        except AirflowNotFoundException:
            fail(context, f"Airflow has no connection '{PREFIX}{name}': add it (docs/airflow.md says how).")
        except CredentialsError as refused:
            fail(context, f"{refused} Nothing was run.")
    return found


def labels_of(context: Any, installation: str) -> dict[str, str]:
    """What a container carries, so that whoever looks at a machine, and whatever runs there next, know whose it is."""
    ti, dag_run = context["ti"], context["dag_run"]
    return {
        "trainyard.installation": installation,
        "trainyard.dag": dag_run.dag_id,
        "trainyard.run": run_id(dag_run),
        "trainyard.airflow_run": dag_run.run_id,
        "trainyard.task": ti.task_id,
        "trainyard.map_index": str(ti.map_index),
    }
