"""Ends an Airflow task the way its container ended, and gives it what only a running task may have."""
from __future__ import annotations

from typing import Any

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowNotFoundException, AirflowSkipException

from trainyard_airflow.credentials import PREFIX, Login, variables
from trainyard_airflow.endings import Ending, Verdict
from trainyard_airflow.run_ids import run_id

# Under this key the alert of the run finds what the step said.
SENTENCE = "sentence"


def conclude(ended: Ending, context: Any) -> None:
    """Returns, skips, fails, or fails in a way that is tried again."""
    if ended.verdict is Verdict.DONE:
        return
    if ended.verdict is Verdict.SKIP:
        raise AirflowSkipException(ended.sentence)
    context["ti"].xcom_push(key=SENTENCE, value=ended.sentence)
    raise AirflowFailException(ended.sentence) if ended.verdict is Verdict.FAIL else AirflowException(ended.sentence)


def secrets_of(connections: list[str]) -> dict[str, str]:
    """The credentials of Connections trainyard_…, read when the task runs, from wherever this Airflow keeps its secrets."""
    found: dict[str, str] = {}
    for name in connections:
        try:
            connection = Connection.get(PREFIX + name)
        except AirflowNotFoundException:
            raise AirflowFailException(f"Airflow has no connection '{PREFIX}{name}': add it (docs/airflow.md says how).") from None
        found |= variables(name, Login(connection.host, connection.port, connection.login, connection.password, connection.schema, connection.extra_dejson))
    return found


def labels_of(context: Any) -> dict[str, str]:
    """What a container carries, so that whoever looks at a machine, and the next try, know whose it is."""
    ti, dag_run = context["ti"], context["dag_run"]
    return {
        "trainyard.dag": dag_run.dag_id,
        "trainyard.run": run_id(dag_run),
        "trainyard.task": ti.task_id if ti.map_index < 0 else f"{ti.task_id}.{ti.map_index}",
    }
