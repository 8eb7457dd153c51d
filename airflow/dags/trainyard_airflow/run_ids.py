"""Who a run is, and of when: from what Airflow knows of it. Both are macros of the DAGs' templates."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from hashlib import sha256
from typing import Any, Protocol


class DagRun(Protocol):
    """What is used of Airflow's."""

    dag_id: str
    run_id: str
    run_type: str
    logical_date: datetime | None
    run_after: datetime


def run_id(dag_run: DagRun) -> str:
    """
    `train.scheduled.20261124T110000Z.1f0c22ab`. Airflow's own is no path, and two DAGs due at one moment have the
    same.
    """
    kind = dag_run.dag_id.rpartition("_")[2]
    stamp = _instant(dag_run).astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    digest = sha256(f"{dag_run.dag_id}\n{dag_run.run_id}".encode()).hexdigest()[:8]
    return f"{kind}.{getattr(dag_run.run_type, 'value', dag_run.run_type)}.{stamp}.{digest}"


def as_of(dag_run: DagRun, params: Mapping[str, Any]) -> str:
    """
    The instant that the run pretends to be: the form's, else the schedule's, else when it was asked for (there
    may be no logical date).
    """
    return (params.get("as_of") or "").strip() or _instant(dag_run).isoformat()


def _instant(dag_run: DagRun) -> datetime:
    return dag_run.logical_date or dag_run.run_after
