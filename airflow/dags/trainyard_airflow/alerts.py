"""
One message for each run that has failed, or is not recorded, to a webhook or by mail: wherever the Connection
trainyard_alerts points.
"""
from __future__ import annotations

import json
import logging
from html import escape
from typing import Any
from urllib.request import Request, urlopen

from airflow.configuration import conf
from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from trainyard_airflow.outcomes import sentence_of, sentences
from trainyard_airflow.run_ids import run_id

CONNECTION = "trainyard_alerts"
log = logging.getLogger(__name__)


def tell(context: Any) -> None:
    """
    The failure callback of a DAG: task callbacks would tell of every shard, and of nothing where a worker has died.
    """
    _send(*message(context))


def tell_unrecorded(context: Any) -> None:
    """
    The failure callback of the task `record`, of which no run fails. Of a run that has failed otherwise its own
    message tells.
    """
    if not sentences(context):
        _send(*unrecorded(context))


def _send(subject: str, text: str) -> None:
    try:
        connection = Connection.get(CONNECTION)
    except AirflowNotFoundException:
        log.info("Nobody is told: there is no connection %s.", CONNECTION)
        return
    (_mail if connection.conn_type == "smtp" else _post)(connection, subject, text)


def message(context: Any) -> tuple[str, str]:
    """Pipeline, run, step, the step's last sentence and those of others that failed beside it, and where to look."""
    dag, ti = context["dag"], context.get("ti")
    dag_id, step = dag.dag_id, ti.task_id if ti else "unknown"
    said = sentences(context) if ti else {}
    if step not in said and any(task.task_id == step and task.is_teardown for task in dag.tasks):
        # It comes last, and is not why the run has failed.
        step = next(iter(said), step)
    sentence = "\n".join([said.pop(step, _nothing(context)), *said.values()])
    pipeline, _, kind = dag_id.rpartition("_")
    return f"{pipeline}: {kind} failed in step {step}", f"{sentence}\n{_where(context)}"


def unrecorded(context: Any) -> tuple[str, str]:
    """The run is what its other steps have made of it; but the warehouse does not know how it has ended."""
    task = context["task"]
    pipeline, _, kind = context["dag"].dag_id.rpartition("_")
    sentence = sentence_of(context["ti"], task) or _nothing(context)
    return (
        f"{pipeline}: how a {kind} run has ended is not written down ({task.task_id} failed)",
        f"{sentence}\nClear the task {task.task_id} to write it down.\n{_where(context)}",
    )


def _nothing(context: Any) -> str:
    return f"It said nothing: it was killed, or its worker died ({context.get('reason') or 'no reason given'})."


def _where(context: Any) -> str:
    run = run_id(context["dag_run"]) if "dag_run" in context else context["run_id"]
    base = conf.get("api", "base_url", fallback="http://localhost:8080").rstrip("/")
    return f"Run {run}\n{base}/dags/{context['dag'].dag_id}/runs/{context['run_id']}"


def _post(connection: Connection, subject: str, text: str) -> None:
    """The form that Slack, Mattermost and most others take."""
    scheme = f"{connection.schema or 'https'}://" if "://" not in (connection.host or "") else ""
    port = f":{connection.port}" if connection.port else ""
    path = connection.extra_dejson.get("path", "")
    # The path of a webhook is its secret: it may stand in the password.
    url = f"{scheme}{connection.host}{port}{path}{connection.password or ''}"
    body = json.dumps({"text": f"{subject}\n{text}"}).encode()
    with urlopen(Request(url, body, {"Content-Type": "application/json"}), timeout=30):
        log.info("Told %s: %s", connection.host, subject)


def _mail(connection: Connection, subject: str, text: str) -> None:
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    with SmtpHook(smtp_conn_id=CONNECTION) as mail:
        content = f"<pre>{escape(text, quote=False)}</pre>"
        mail.send_email_smtp(to=connection.extra_dejson["to"], subject=subject, html_content=content)
