"""What a step has said on standard output: one line of JSON, where the plan asks for it."""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol


class Event(Protocol):
    """What is used of an asset's event."""

    extra: Mapping[str, Any]
    timestamp: Any


def result_of(lines: Sequence[str]) -> dict[str, Any] | None:
    """The last line that is a step's result; what is logged may come before and after it."""
    for line in reversed(lines):
        if line.lstrip().startswith("{"):
            try:
                found = json.loads(line)
            except ValueError:
                continue
            if isinstance(found, dict) and {"sentence", "run", "as_of"} <= found.keys():
                return found
    return None


def news(makes: str, result: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    What an asset's event tells: of a model that was promoted, of predictions that the view _current shows. None
    where nothing is new.
    """
    details = result.get("details") or {}
    is_new = details.get("verdict") == "promoted" if makes == "models" else (details.get("current") or 0) > 0
    told = {"as_of": result["as_of"], "run": result["run"], "model": details.get("model"), "rows": details.get("rows")}
    return {name: value for name, value in told.items() if value is not None} if is_new else None


def outcome(result: Mapping[str, Any]) -> dict[str, Any]:
    """What became of a run."""
    details = result.get("details") or {}
    return {
        "run": result["run"],
        "as_of": result["as_of"],
        "model": details.get("model"),
        "outcome": details.get("outcome"),
        "sentence": result["sentence"],
    }


def each_as_of(events: Iterable[Event]) -> list[dict[str, Any]]:
    """
    For a DAG that is started by predictions: Airflow may start it once for many events. Each as-of once, as it
    was last published, the oldest first.
    """
    newest = {
        event.extra["as_of"]: dict(event.extra)
        for event in sorted(events, key=lambda event: event.timestamp)
        if "as_of" in event.extra
    }
    return [newest[as_of] for as_of in sorted(newest)]
