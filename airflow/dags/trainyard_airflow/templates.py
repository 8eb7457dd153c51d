"""Fills a plan's placeholders with Airflow's templates, which are rendered when a task runs."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from trainyard_airflow.plan import PlanError, Task

MACROS = {"run_id": "{{ trainyard_run_id(dag_run) }}", "as_of": "{{ trainyard_as_of(dag_run, params) }}"}


class Templates:
    """For one DAG: its store, and the fields of its form."""

    def __init__(self, store: str, form: Iterable[str]) -> None:
        # A field that is left empty must become nothing, not the text None.
        fields = {name: f"{{{{ params.{name} or '' }}}}" for name in form}
        self._texts: Mapping[str, str] = {**fields, **MACROS, "store": store}

    def fill(self, text: str, **more: str) -> str:
        def found(match: re.Match[str]) -> str:
            known = {**self._texts, **more}
            if match[1] not in known:
                raise PlanError(
                    f"The plan has a placeholder {match[0]} that these DAGs do not know: they belong to another"
                    " Trainyard."
                )
            return known[match[1]]

        return re.sub(r"\{(\w+)\}", found, text)

    def arguments(self, task: Task) -> list[str]:
        return [self.fill(text) for text in task.arguments]

    def shards(self, task: Task) -> list[list[str]]:
        """The arguments of each shard, 1/4 to 4/4."""
        of = task.shards or 1
        return [[self.fill(text, shard=f"{number}/{of}") for text in task.arguments] for number in range(1, of + 1)]

    def variables(self, task: Task, image: str) -> dict[str, str]:
        """Not secret: whoever looks at the task sees them."""
        fixed: dict[str, Any] = {
            "TRAINYARD_IMAGE": image,
            "TRAINYARD_LOG": "text",
            "DOTNET_PROCESSOR_COUNT": str(task.threads),
        }
        return fixed | {name: self.fill(text) for name, text in task.variables.items()}
