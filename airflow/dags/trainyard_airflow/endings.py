"""What a container's exit code means (docs/operations.md), and the sentence that says why."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from trainyard_airflow.results import result_of

NOTHING_TO_DO = 99
# So few rows that some are not there yet: asked again in a few minutes, for as long as the step says so.
NOT_THERE_YET = 76
# usage, bad data, missing input, a bug, no permission, bad configuration: another try would end the same.
FINAL = {64, 65, 66, 70, 77, 78}
KILLED = 137


class Verdict(Enum):
    DONE = auto()
    SKIP = auto()
    FAIL = auto()
    RETRY = auto()
    WAIT = auto()


@dataclass(frozen=True)
class Ending:
    verdict: Verdict
    sentence: str
    code: int = 0


def ending(code: int, lines: Sequence[str], *, out_of_memory: bool = False, memory: str = "", step: str = "") -> Ending:
    """How a container ended. Its result, or its last line, holds the sentence that the step has for a person."""
    if out_of_memory:
        said = (
            f"{step} was stopped because it wanted more memory than its limit of {memory} (mem_limit): raise"
            f" steps.{step}.memory in pipeline.yaml and run `make plan`."
        )
        return Ending(Verdict.FAIL, said, code)
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    if code in (0, NOTHING_TO_DO):
        result = result_of(lines)
        said = result["sentence"] if result else said
    if code == 0:
        return Ending(Verdict.DONE, said, code)
    said = said or (f"{step} was killed." if code == KILLED else f"{step} said nothing.")
    if code == NOTHING_TO_DO:
        return Ending(Verdict.SKIP, said, code)
    if code == NOT_THERE_YET:
        return Ending(Verdict.WAIT, said, code)
    return Ending(Verdict.FAIL if code in FINAL else Verdict.RETRY, f"{said} (exit code {code})", code)
