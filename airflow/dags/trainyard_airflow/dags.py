"""
The DAGs of a pipeline: NAME_train, NAME_score, NAME_measure where the table has time, and NAME_check where something is
scheduled.
"""
from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import DAG, CronTriggerTimetable, Param, chain

from trainyard_airflow.alerts import tell, tell_unrecorded
from trainyard_airflow.assets import alias
from trainyard_airflow.outcomes import Tries
from trainyard_airflow.plan import Plan, Run, Task, read_plan
from trainyard_airflow.run_ids import as_of, run_id
from trainyard_airflow.settings import Settings
from trainyard_airflow.templates import Templates
from trainyard_airflow.watching import PlansCheck

# Before every as-of: Airflow has no say in how far back a pipeline goes.
BEGINNING = pendulum.datetime(2000, 1, 1)
# A container stops itself at its time limit; where it cannot, Airflow does it a little later.
GRACE = timedelta(minutes=5)


def pipeline(name: str) -> None:
    """Makes the DAGs of pipelines/NAME. A plan that cannot be used is an import error of this one file."""
    settings = Settings.read(os.environ)
    plan = read_plan(settings.pipelines / name)
    for kind in plan.runs:
        _dag(plan, kind, settings)


def _dag(plan: Plan, kind: str, settings: Settings) -> None:
    run = plan.runs[kind]
    with DAG(
        dag_id=f"{plan.pipeline}_{kind}",
        schedule=CronTriggerTimetable(run.schedule, timezone=plan.zone) if run.schedule else None,
        start_date=BEGINNING,
        catchup=False,
        max_active_runs=1,
        params={field: Param(None, **schema) for field, schema in run.form.items()},
        user_defined_macros={"trainyard_run_id": run_id, "trainyard_as_of": as_of},
        doc_md=run.doc.replace("{store}", settings.store),
        tags=[plan.pipeline, kind],
        on_failure_callback=tell,
        # A cleared task has today's memory and image; what it computes is frozen in its run.
        rerun_with_latest_version=True,
    ):
        templates = Templates(settings.store, run.form)
        tasks = [_task(task, plan, run, settings, templates) for task in run.tasks]
        chain(*(made for task, made in zip(run.tasks, tasks) if not task.teardown))
        for at, (task, made) in enumerate(zip(run.tasks, tasks)):
            # It runs where an earlier task had nothing to do; so it waits for all of them, or marking the last
            # would let it begin.
            if task.always or task.teardown:
                made.set_upstream(tasks[:at])
            # However the others have ended; the run's own end is theirs.
            if task.teardown:
                made.as_teardown()
        if kind == "check":
            # Beside the other, for a plan that is broken hides no predictions that are missing.
            PlansCheck(task_id="plans", retries=1, retry_delay=timedelta(seconds=20), retry_policy=Tries())


def _task(task: Task, plan: Plan, run: Run, settings: Settings, templates: Templates) -> Any:
    image = settings.image(plan.pipeline, task.program)
    step, words, own = _runner(task, settings)
    common: dict[str, Any] = {
        "task_id": task.name,
        "image": image,
        "connections": task.connections,
        "form": list(run.form),
        "makes": task.makes,
        "outcome": task.outcome,
        "cpu_limit": task.cpus,
        "mem_limit": task.memory,
        "pool": task.pool,
        "retries": task.retries,
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=15),
        "execution_timeout": task.longest + GRACE,
        "trigger_rule": "none_failed" if task.always else "all_success",
        # No run fails of a teardown, so nobody else would tell of it.
        "on_failure_callback": tell_unrecorded if task.teardown else None,
        "outlets": [alias(plan.pipeline, task.makes)] if task.makes else [],
        **own,
        **{"environment" if settings.runner == "docker" else "env_vars": templates.variables(task, image)},
    }
    if task.shards:
        return step.partial(**common, map_index_template=f"{{{{ task.{words}[-1] }}}}").expand(
            **{words: templates.shards(task)}
        )
    return step(**common, **{words: templates.arguments(task)})


def _runner(task: Task, settings: Settings) -> tuple[Any, str, dict[str, Any]]:
    """The operator, its word for a container's arguments, and what only it knows."""
    if settings.runner == "kubernetes":
        from trainyard_airflow.kubernetes_step import KubernetesStep

        return KubernetesStep, "arguments", {}
    from trainyard_airflow.docker_step import DockerStep

    return (
        DockerStep,
        "command",
        {"network_mode": task.network or settings.network, "installation": settings.installation},
    )
