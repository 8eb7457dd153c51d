"""
The note of a run in Airflow's UI. A task's own API has no route to it, so it needs a login: the Connection
trainyard_airflow, which nobody must have.
"""
from __future__ import annotations

import json
import logging
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

CONNECTION = "trainyard_airflow"
MOST = 1000
log = logging.getLogger(__name__)


def note(context: Any, text: str) -> None:
    """Adds a line to the note; what a person has written there stays. A run never fails for it."""
    try:
        connection = Connection.get(CONNECTION)
    except AirflowNotFoundException:
        return
    dag_run = context["dag_run"]
    path = f"/api/v2/dags/{quote(dag_run.dag_id, safe='')}/dagRuns/{quote(dag_run.run_id, safe='')}"
    try:
        token = _ask(
            connection, "POST", "/auth/token", {"username": connection.login, "password": connection.password}
        )["access_token"]
        standing = _ask(connection, "GET", path, token=token).get("note") or ""
        if text not in standing.splitlines():
            _ask(connection, "PATCH", path, {"note": f"{standing}\n{text}".strip()[-MOST:]}, token)
    except Exception as failed:  # noqa: BLE001
        log.warning(
            "The run has no note: %s did not take it (%s).",
            CONNECTION,
            type(failed).__name__ if not str(failed) else failed,
        )


def _ask(
    connection: Any, method: str, path: str, body: dict[str, Any] | None = None, token: str | None = None
) -> dict[str, Any]:
    host = connection.host or ""
    base = host if "://" in host else f"{connection.schema or 'http'}://{host}"
    port = f":{connection.port}" if connection.port else ""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = Request(
        f"{base.rstrip('/')}{port}{path}",
        json.dumps(body).encode() if body is not None else None,
        headers,
        method=method,
    )
    with urlopen(request, timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
        return found
