import re
import unittest
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from trainyard_airflow.run_ids import as_of, run_id

AT = datetime(2026, 11, 24, 6, 0, tzinfo=timezone.utc)


@dataclass
class SomeRun:
    dag_id: str = "flights_train"
    run_id: str = "scheduled__2026-11-24T06:00:00+00:00"
    run_type: str = "scheduled"
    logical_date: datetime | None = AT
    run_after: datetime = AT


class RunIdsTest(unittest.TestCase):
    def test_a_run_id_is_what_a_step_takes_for_one(self) -> None:
        for run in [
            SomeRun(),
            SomeRun(run_id="manual__2026-11-24T00:13:31.354009+00:00", run_type="manual"),
            SomeRun(run_type="asset_triggered"),
            SomeRun(dag_id="a" * 40 + "_score"),
        ]:
            self.assertTrue(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}", run_id(run)), run_id(run))

    def test_it_says_what_kind_and_when(self) -> None:
        self.assertEqual("train.scheduled.20261124T060000Z.", run_id(SomeRun())[:-8])
        new_york = AT.astimezone(timezone(timedelta(hours=-5)))
        self.assertEqual(run_id(SomeRun()), run_id(SomeRun(logical_date=new_york)))

    def test_two_dags_due_at_one_moment_are_two_runs_and_so_are_two_triggers_within_a_second(self) -> None:
        runs = [SomeRun(), SomeRun(dag_id="trains_train"), SomeRun(run_id="manual__1"), SomeRun(run_id="manual__2")]
        self.assertEqual(4, len({run_id(run) for run in runs}))

    def test_the_as_of_is_the_forms_then_the_schedules_then_when_it_was_asked_for(self) -> None:
        later = AT + timedelta(hours=1)
        self.assertEqual("2013-12-30", as_of(SomeRun(), {"as_of": " 2013-12-30 "}))
        self.assertEqual("2026-11-24T06:00:00+00:00", as_of(SomeRun(run_after=later), {"as_of": None}))
        self.assertEqual("2026-11-24T06:00:00+00:00", as_of(SomeRun(run_after=later), {"as_of": ""}))
        self.assertEqual("2026-11-24T07:00:00+00:00", as_of(SomeRun(logical_date=None, run_after=later), {}))
