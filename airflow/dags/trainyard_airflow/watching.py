"""
Whether the plans and DAG files here can be used. One that cannot takes its own check away with it, so each check
looks at all.
"""
from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import BaseOperator

from trainyard_airflow.folder_hash import PLAN_FILE
from trainyard_airflow.outcomes import fail
from trainyard_airflow.plan import PlanError, read_plan, staleness
from trainyard_airflow.settings import Settings

PACKAGE = Path(__file__).resolve().parent
# Somebody may just be copying a plan and what is beside it: one more look tells.
BEING_DEPLOYED = 75


class PlansCheck(BaseOperator):
    """
    Fails with a sentence for each plan and each DAG file that cannot be used, or is not that of its folder any more.
    """

    def execute(self, context: Any) -> None:
        if found := problems(Settings.read(os.environ).pipelines, PACKAGE.parent):
            fail(context, " ".join(found), BEING_DEPLOYED)


def problems(pipelines: Path, dags: Path) -> list[str]:
    """
    A sentence for each: DAG files that Airflow cannot import, plans that are stale, and plans whose DAGs nobody makes.
    """
    bags = {file: DagBag(file) for file in _files(dags)}
    found = [
        f"{file.name}: {error.strip().splitlines()[-1]}"
        for file, bag in bags.items()
        for error in bag.import_errors.values()
    ]
    made = {name for bag in bags.values() for name in bag.dags}
    broken = {file.stem for file, bag in bags.items() if bag.import_errors}
    for folder in sorted(each.parent for each in pipelines.glob(f"*/{PLAN_FILE}")):
        try:
            plan = read_plan(folder)
        except PlanError as unusable:
            # Where it has a DAG file, that has said so.
            found += [] if any(str(unusable) in sentence for sentence in found) else [str(unusable)]
            continue
        if stale := staleness(folder, plan):
            found.append(stale)
        if plan.pipeline not in broken and (absent := sorted({f"{plan.pipeline}_{kind}" for kind in plan.runs} - made)):
            found.append(
                f"No DAG file in {dags} makes {', '.join(absent)}, which {folder / PLAN_FILE} plans: write"
                f" {plan.pipeline}.py, as docs/airflow.md shows."
            )
    return found


def _files(dags: Path) -> list[Path]:
    """Those that make DAGs of plans; others may be here too, and are not our business."""
    return [
        file
        for file in sorted(dags.rglob("*.py"))
        if PACKAGE not in file.resolve().parents and b"trainyard_airflow" in file.read_bytes()
    ]
