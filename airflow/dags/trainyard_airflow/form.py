"""The form in which a person starts a run, and what else was said with it."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any


def refusal(conf: Mapping[str, Any] | None, fields: Collection[str], dag_id: str) -> str | None:
    """Airflow ignores what the form does not know, and today's rows would be published as if nothing had been said."""
    unknown = sorted(set(conf or {}) - set(fields))
    if not unknown:
        return None
    known = f"it has {', '.join(sorted(fields))}" if fields else "it has none"
    near = get_close_matches(unknown[0], list(fields), 1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return (
        f"The form of {dag_id} has no field {', '.join(repr(name) for name in unknown)}: {known}.{hint} Nothing was"
        " run."
    )
