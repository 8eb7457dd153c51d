"""
One message for each run that has failed, to a webhook or by mail: wherever the Connection trainyard_alerts points.
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

from trainyard_airflow.outcomes import SENTENCE
from trainyard_airflow.run_ids import run_id

CONNECTION = "trainyard_alerts"
log = logging.getLogger(__name__)


def tell(context: Any) -> None:
    """
    The failure callback of a DAG: task callbacks would tell of every shard, and of nothing where a worker has died.
    """
    try:
        connection = Connection.get(CONNECTION)
    except AirflowNotFoundException:
        log.info("Nobody is told: there is no connection %s.", CONNECTION)
        return
    subject, text = message(context)
    (_mail if connection.conn_type == "smtp" else _post)(connection, subject, text)


def message(context: Any) -> tuple[str, str]:
    """Pipeline, run, step, the step's last sentence and those of others that failed beside it, and where to look."""
    dag, ti = context["dag"], context.get("ti")
    dag_id, step = dag.dag_id, ti.task_id if ti else "unknown"
    said = (
        {task.task_id: sentence for task in dag.tasks if not task.is_teardown and (sentence := _sentence(ti, task))}
        if ti
        else {}
    )
    if step not in said and any(task.task_id == step and task.is_teardown for task in dag.tasks):
        # It comes last, and is not why the run has failed.
        step = next(iter(said), step)
    nothing = f"It said nothing: it was killed, or its worker died ({context.get('reason') or 'no reason given'})."
    sentence = "\n".join([said.pop(step, nothing), *said.values()])
    run = run_id(context["dag_run"]) if "dag_run" in context else context["run_id"]
    pipeline, _, kind = dag_id.rpartition("_")
    base = conf.get("api", "base_url", fallback="http://localhost:8080").rstrip("/")
    link = f"{base}/dags/{dag_id}/runs/{context['run_id']}"
    return f"{pipeline}: {kind} failed in step {step}", f"{sentence}\nRun {run}\n{link}"


def _sentence(ti: Any, task: Any) -> str | None:
    """What a task has said that failed; of shards, the first that did."""
    shards = range(max(len(each) for each in task.expand_input.value.values())) if task.is_mapped else [-1]
    return next(
        (said for index in shards if (said := ti.xcom_pull(task_ids=task.task_id, key=SENTENCE, map_indexes=index))),
        None,
    )


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
        mail.send_email_smtp(
            to=connection.extra_dejson["to"], subject=subject, html_content=f"<pre>{escape(text, quote=False)}</pre>"
        )
