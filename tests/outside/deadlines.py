"""Deadlines of the engine service_clock against numpy's busday_offset: 10,000 random ones, with holidays and in two time zones."""

import datetime
import os
import random
import subprocess

import numpy
from town import Checks

check = Checks("deadlines")
DEADLINES = os.environ["POLITY_DEADLINES"]
COUNT = 10_000
WEEKS = {"mon-fri 08:00-17:00": "1111100", "mon-thu,sat 09:30-24:00": "1111010", "sun-thu 00:00-12:00;sun-tue 13:00-14:00": "1111001"}


def compare(zone, hours, mask, chance):
    begin = datetime.date(2015, 1, 1)
    holidays = sorted({str(begin + datetime.timedelta(days=chance.randrange(7_000))) for _ in range(400)})
    asked = [(datetime.datetime(2015, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(seconds=chance.randrange(12 * 365 * 86_400)), chance.randrange(1, 120)) for _ in range(COUNT // (2 * len(WEEKS)) + 1)]
    lines = "".join(f"{start.isoformat()} {days}d\n" for start, days in asked)
    said = subprocess.run([DEADLINES, zone, hours, ",".join(holidays)], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    # numpy counts dates: the day of the report, as the town's wall clock has it, comes from the system's own time zones.
    import zoneinfo
    local = [start.astimezone(zoneinfo.ZoneInfo(zone)).date() for start, _ in asked]
    wanted = numpy.busday_offset(numpy.array(local, dtype="datetime64[D]"), [days for _, days in asked], roll="backward", weekmask=mask, holidays=numpy.array(holidays, dtype="datetime64[D]"))
    # A day that is open until midnight closes at 00:00 of the next.
    found = [(datetime.datetime.fromisoformat(line.split("[")[0]) - datetime.timedelta(seconds=1)).date().isoformat() for line in said]
    return len(found), sum(one != str(other) for one, other in zip(found, wanted, strict=True))


chance = random.Random(311)
total = wrong = 0
for zone in ("America/Los_Angeles", "Europe/Madrid"):
    for hours, mask in WEEKS.items():
        number, differ = compare(zone, hours, mask, chance)
        total, wrong = total + number, wrong + differ
check.holds(f"{total} deadlines agree with numpy ({wrong} do not)", wrong == 0 and total >= COUNT)
check.finish()
