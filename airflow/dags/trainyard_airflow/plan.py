"""Reads the plan.json that `trainyard plan` writes. Python knows nothing of a pipeline but what stands in it."""
from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from trainyard_airflow.folder_hash import PLAN_FILE, folder_hash

FORMAT = 1


class PlanError(Exception):
    """A plan that cannot be used: one sentence that says what to do."""


@dataclass(frozen=True)
class Task:
    """A container: which program, with what, and what it may have."""

    name: str
    program: str
    arguments: list[str]
    connections: list[str]
    memory: str
    cpus: float
    threads: int
    pool: str
    retries: int
    time_limit: str
    always: bool
    variables: dict[str, str] = field(default_factory=dict)
    network: str | None = None
    shards: int | None = None
    makes: str | None = None

    @property
    def longest(self) -> timedelta:
        """How long it runs before it stops itself."""
        unit = {"m": "minutes", "h": "hours"}[self.time_limit[-1]]
        return timedelta(**{unit: int(self.time_limit[:-1])})


@dataclass(frozen=True)
class Run:
    """What is started at once: tasks, one after the other."""

    doc: str
    form: dict[str, dict[str, Any]]
    tasks: list[Task]
    schedule: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "tasks", [task if isinstance(task, Task) else Task(**task) for task in self.tasks])


@dataclass(frozen=True)
class Plan:
    pipeline: str
    folder_hash: str
    zone: str
    train: Run
    score: Run
    check: Run | None = None

    @property
    def runs(self) -> dict[str, Run]:
        """The plan's runs by their kinds."""
        return {kind: run for kind in ("train", "score", "check") if (run := getattr(self, kind))}


def read_plan(folder: Path) -> Plan:
    """The plan of a pipeline's folder; an error where there is none, or where it is not that of the folder as it is now."""
    file = folder / PLAN_FILE
    remedy = "run `make plan`, which also names every mistake in the spec, and commit what it writes"
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8-sig"))
        if content.pop("format") != FORMAT:
            raise PlanError(f"{file} has another format than {FORMAT}: {remedy}, with the Trainyard that these DAGs belong to.")
        runs = {each.name for each in fields(Plan) if "Run" in each.type}
        plan = Plan(**{name: Run(**value) if name in runs else value for name, value in content.items()})
    except FileNotFoundError:
        raise PlanError(f"{file} is not there: {remedy}.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise PlanError(f"{file} is not what `trainyard plan` writes ({broken}): {remedy}.") from None
    if plan.pipeline != folder.name:
        raise PlanError(f"{file} is the plan of pipeline '{plan.pipeline}': {remedy}.")
    if plan.folder_hash != folder_hash(folder):
        raise PlanError(f"{file} is older than the files beside it: {remedy}.")
    return plan
