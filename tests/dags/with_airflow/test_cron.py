"""The fires to which the tests of `trainyard check` are held are those of this Airflow."""
from __future__ import annotations

import unittest
from pathlib import Path

from cron_fires import lines

FIRES = Path(__file__).resolve().parents[2] / "Unit.Tests" / "Pipelines" / "cron_fires.tsv"


class Cron(unittest.TestCase):
    def test_the_timetable_fires_as_it_was_written_down(self) -> None:
        self.assertEqual(FIRES.read_text(encoding="utf-8").split("\n")[:-1], list(lines()))
