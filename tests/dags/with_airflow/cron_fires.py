"""
When Airflow's own timetable fires: 500 random expressions around both changes of the clock in zones of all kinds,
and odd ones that it takes or refuses. `python cron_fires.py > tests/Unit.Tests/Pipelines/cron_fires.tsv` in
Airflow's image writes what `trainyard check` and `validate` are held to (CronScheduleTests); test_cron.py
compares that file with the Airflow at hand. A line: zone, expression, start, and the minutes to the first fire
after it and from each fire to the next.
"""
from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from airflow.exceptions import AirflowTimetableInvalid
from airflow.timetables.trigger import CronTriggerTimetable
from croniter import CroniterBadDateError
from pendulum import instance

FIRES = 10
CHANGES = {
    "America/New_York": ("2024-03-10T07:00", "2024-11-03T06:00"),
    "Europe/Berlin": ("2024-03-31T01:00", "2024-10-27T01:00"),
    # By half an hour.
    "Australia/Lord_Howe": ("2024-04-06T15:00", "2024-10-05T15:30"),
    "UTC": ("2024-02-28T00:00", "2024-12-31T00:00"),
    # At midnight, so that a day begins at one.
    "America/Sao_Paulo": ("2018-02-18T02:00", "2018-11-04T03:00"),
    # By a day: the 30th of December never was.
    "Pacific/Apia": ("2011-12-30T10:00", "2012-03-31T14:00"),
}
MINUTES = (
    "0", "0", "30", "15,45", "*/15", "*/20", "*/7", "5-35/10", "50/5", "58/9", "*", "55-5", "0-59", "*/1",
    "07", "0,0,30",
)
HOURS = (
    "*", "*", "0", "1", "2", "3", "23", "*/2", "1-3", "0-23", "22-2", "2,3", "*/1", "1-23/3", "20/2",
    "0,1,2,12", "03",
)
DAYS = ("*", "*", "*", "?", "1", "13,27", "1-7", "*/2", "25-31", "30/1", "1-31", "28-3", "*/1", "31", "29", "2-30/7")
MONTHS = ("*", "*", "*", "MAR", "3,10,11", "OCT-APR", "*/3", "jan-dec", "2", "Feb,sep", "4/5", "12")
WEEKDAYS = (
    "*", "*", "*", "?", "SUN", "0", "7", "MON-FRI", "FRI-MON", "5-7", "*/2", "sun,Wed", "1-7/2", "*/1", "0-6",
    "0-7", "sat-sun", "6/2", "3-7/3", "7/3",
)
ODD = (
    "@daily", "@hourly", "@midnight", "@annually", "@quarterly", "@once", "@reboot", "@every 5m", "H 6 * * *",
    "H/15 * * * *", "H(0-29) 6 * * *", "0 6 L * *", "0 6 LW * *", "0 6 15W * *", "0 6 W15 * *", "0 6 L-3 * *",
    "0 6 * * L", "0 6 * * 5L", "0 6 * * L5", "0 6 * * MON#2", "0 6 * * 1#6", "0 0 6 * * *", "0 6 * * * 30",
    "0 6 * * * 0 2024", "0 6 * *", "", "0 6 * * MONDAY", "0 6 * JANUARY *", "0 6 * * MO", "0 6 1.5 * *",
    "60 6 * * *", "0 24 * * *", "0 6 0 * *", "0 6 32 * *", "0 6 * 0 *", "0 6 * 13 *", "0 6 * * 8",
    "-5 6 * * *", "0 6 * * 1-8", "*/0 6 * * *", "0/0 6 * * *", "*/-5 6 * * *", "*/100 6 * * *", "5-5 6 * * *",
    "0 6 * * MON-MON", "50-10/7 6 * * *", "0 6 * * FRI-MON/2", "*,5 6 * * *", "0 6 *,5 * MON", "0 6 ?,5 * *",
    "? 6 * * *", "0 6 ? ? *", "0 ? * * *", "0 6 */? * *", "0 6 30 2 *", "0 6 31 4,6,9,11 *", "0 6 30 2 MON",
    "0 6 29 2 *", "1,,2 6 * * *", ",1 6 * * *", "1, 6 * * *", "1 - 5 6 * * *", "1-2-3 6 * * *",
    "1/2/3 6 * * *", "/5 6 * * *", "5/ 6 * * *", "0 6 * * MON,", "+5 6 * * *", "0x5 6 * * *", "1e1 6 * * *",
    "\u0665 6 * * *", "0\u00a06 * * *", "0\u30006 * * *", "0 6 * * *\u00a0", "  0   6 * * *  ",
    "000005 6 * * *", "99999999999999999999 6 * * *", "0 6 * * sUn", "0 6 MON * *", "0 6 * MON *",
    "0 6 * * JAN", "JAN 6 * * *", "0 6 1-L * *", "0 6 * * 7-7", "0 6 * * 7-3", "0 6 * * 0-0", "0 6 1-31 * */2",
    "0 6 1-31 * 0,2,4,6", "0 6 */1 * MON", "0 6 */2 * 0-6", "0 6 1 * */1", "~ 6 * * *", "0 6 * * 1..5",
    "0 6 * * *;", "0 6 * * * # daily", "* * * * *",
)


def lines() -> Iterator[str]:
    chance = random.Random(1)
    zones = list(CHANGES)
    for at in range(500):
        zone = zones[at % len(zones)]
        # Most fields say nothing, as in the expressions that people write.
        cron = " ".join(chance.choice(field) for field in (MINUTES, HOURS, DAYS, MONTHS, WEEKDAYS))
        for change in CHANGES[zone]:
            yield line(zone, cron, moment(change) - timedelta(minutes=chance.choice((1, 61, 130, 1500, 12000, 30000))))
    for cron in ODD:
        yield line("America/New_York", cron, moment("2024-11-01T12:00"))


def line(zone: str, cron: str, start: datetime) -> str:
    return "\t".join((zone, cron, f"{start:%Y-%m-%dT%H:%MZ}", fires(zone, cron, start)))


def fires(zone: str, cron: str, start: datetime) -> str:
    timetable = CronTriggerTimetable(cron, timezone=zone)
    try:
        timetable.validate()
    except AirflowTimetableInvalid:
        return "refused"
    found = []
    now = instance(start)
    try:
        for _ in range(FIRES):
            before, now = now, timetable._get_next(now)
            found.append(str(int((now - before).total_seconds()) // 60))
    except CroniterBadDateError:
        return "never"
    return " ".join(found)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


if __name__ == "__main__":
    sys.stdout.writelines(f"{one}\n" for one in lines())
