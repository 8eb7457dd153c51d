"""Reads the plan.json that `trainyard plan` writes. Python knows nothing of a pipeline but what stands in it."""
from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from trainyard_airflow.folder_hash import PLAN_FILE, folder_hash

# What these DAGs can read.
OLDEST, NEWEST = 1, 2
REMEDY = "run `make plan`, which also names every mistake in the spec, and commit what it writes"


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
    outcome: bool = False
    teardown: bool = False

    @property
    def longest(self) -> timedelta:
        """How long it runs before it stops itself."""
        unit = {"m": "minutes", "h": "hours"}[self.time_limit[-1]]
        return timedelta(**{unit: int(self.time_limit[:-1])})


@dataclass(frozen=True)
class Run:
    """
    What is started at once: tasks, one after the other. Those of a check may be none: then it looks at the plans
    alone.
    """

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
    measure: Run | None = None
    check: Run | None = None
    sources: list[str] = field(default_factory=lambda: ["pipeline.yaml", "rows.sql"])

    @property
    def runs(self) -> dict[str, Run]:
        """The plan's runs by their kinds."""
        return {kind: run for kind in ("train", "score", "measure", "check") if (run := getattr(self, kind))}


def read_plan(folder: Path) -> Plan:
    """
    The plan of a pipeline's folder. It may be older than the folder (`staleness`): it goes on doing what it says,
    for a score run takes the definition from the champion, and extract refuses a train run whose image holds
    another folder than the plan's.
    """
    file = folder / PLAN_FILE
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
        # First of all: what else a plan of another format holds is not known here.
        if not OLDEST <= (found := int(content.pop("format"))) <= NEWEST:
            raise PlanError(
                f"{file} is of another Trainyard: its format is {found}, and these DAGs read {OLDEST} to {NEWEST}. Put"
                " the airflow/dags/trainyard_airflow of that Trainyard here."
            )
        runs = {each.name for each in fields(Plan) if "Run" in each.type}
        plan = Plan(
            **{name: Run(**value) if name in runs and value is not None else value for name, value in content.items()}
        )
    except FileNotFoundError:
        raise PlanError(f"{file} is not there: {REMEDY}.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as broken:
        raise PlanError(f"{file} is not what `trainyard plan` writes ({broken}): {REMEDY}.") from None
    if plan.pipeline != folder.name:
        raise PlanError(f"{file} is the plan of pipeline '{plan.pipeline}': {REMEDY}.")
    return plan


def staleness(folder: Path, plan: Plan) -> str | None:
    """What to say of a plan that is not that of its folder as it is now."""
    try:
        if folder_hash(folder, plan.sources) == plan.folder_hash:
            return None
        why = "is older than the files beside it"
    except (OSError, UnicodeError) as unread:
        why = f"cannot be compared with the files beside it ({unread})"
    return f"{folder / PLAN_FILE} {why}: {REMEDY}. Until then scoring goes on by it, and nothing is trained."
