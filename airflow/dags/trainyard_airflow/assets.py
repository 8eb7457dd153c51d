"""What other DAGs may wait for: models and predictions of a pipeline. docs/airflow.md shows how."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airflow.sdk import Asset, AssetAlias

from trainyard_airflow.results import each_as_of, news

__all__ = ["alias", "announce", "asset", "each_as_of"]


def asset(pipeline: str, makes: str) -> Asset:
    """`asset("flights", "predictions")` or, of models that were promoted, `asset("flights", "models")`."""
    return Asset(name=f"{pipeline}_{makes}", uri=f"trainyard://{pipeline}/{makes}")


def alias(pipeline: str, makes: str) -> AssetAlias:
    """
    The outlet of the task that makes it. An asset that is a plain outlet has an event whenever its task ends well.
    """
    return AssetAlias(f"{pipeline}_{makes}_when_new")


def announce(context: Any, makes: str, result: Mapping[str, Any]) -> None:
    """The asset's event, where something is new."""
    if told := news(makes, result):
        context["outlet_events"][alias(result["pipeline"], makes)].add(asset(result["pipeline"], makes), extra=told)
