"""Containers that nobody looks after any more: they hold secrets in their environment, and may still be at work."""
from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from airflow.configuration import conf
from docker.errors import NotFound

FINISHED = {"success", "failed", "skipped", "upstream_failed", "removed"}
# Which task a container belongs to; the installation goes before, for another's is none of our business.
TASK = ("trainyard.dag", "trainyard.airflow_run", "trainyard.task", "trainyard.map_index")
log = logging.getLogger(__name__)


def remove_leftovers(cli: Any, own: Mapping[str, str], ti: Any) -> None:
    """
    Removes what a marked task or a dead worker has left on this host. Only where Airflow says that the task has
    ended, and only after the time in which it would have noticed a dead worker: until then somebody may be about
    to do it. A task that has not ended has a next try, which takes its container up. Where Airflow has forgotten
    the run, a container that has ended by itself goes. The task that comes upon them does not fail for it.
    """
    try:
        oldest = time.time() - conf.getint("scheduler", "task_instance_heartbeat_timeout", fallback=300)
        for left in cli.containers(
            all=True, filters={"label": f"trainyard.installation={own['trainyard.installation']}"}
        ):
            labels = left.get("Labels") or {}
            if (
                left["Created"] <= oldest
                and any(labels.get(name) != own[name] for name in TASK)
                and _is_over(labels, left["State"], ti)
            ):
                with suppress(NotFound):
                    cli.stop(left["Id"])
                    cli.remove_container(left["Id"], v=True, force=True)
                    log.info(
                        "Removed container %s, which %s had left.",
                        left["Id"][:12],
                        " ".join(labels.get(name, "") for name in TASK),
                    )
    except Exception as failed:  # noqa: BLE001
        log.warning("Whether containers were left behind is not known: %s", failed)


def _is_over(labels: Mapping[str, str], state: str, ti: Any) -> bool:
    dag, run, task, index = (labels.get(name) for name in TASK)
    if not (dag and run and task and index):
        return False
    known = ti.get_task_states(dag_id=dag, run_ids=[run], task_ids=[task], map_index=int(index)).get(run, {})
    return all(each in FINISHED for each in known.values()) if known else state != "running"
