#!/bin/sh
# A visit whose date comes from a pandas column is an appointment at midnight in the calendar, not an all-day one.
#
# Guess    A Timestamp without a time is a day, as it shows: icalendar writes DTSTART;VALUE=DATE, and it lasts a day.
# Seen     icalendar 7.3.2 with pandas 3.1.1, 2026-11-29. A Timestamp is a datetime to Python: DTSTART:20261130T000000,
#          in no time zone, with a duration of nothing. The same day as a date is an all-day event until 1 December.
#          Printed: "Timestamp: DTSTART:20261130T000000, 0 h; date: DTSTART;VALUE=DATE:20261130, 24 h"
# Source   icalendar, prop: vDDDTypes chooses by isinstance(dt, datetime); RFC 5545, 3.6.1 (what lasts no DTEND means).
# Here     Days of visits come out of pandas: whoever writes a calendar of them takes .date() first.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" icalendar==7.3.2 pandas==3.1.1
"$work/venv/bin/python" - <<'PY'
import sys

import pandas as pd
from icalendar import Event

visits = pd.DataFrame({"Next visit": pd.to_datetime(["2026-11-30"])})


def written(day):
    """The line of the beginning of a visit, and how long the visit is."""
    event = Event.new(summary="Visit", start=day)
    [start] = [line for line in event.to_ical().decode().splitlines() if line.startswith("DTSTART")]
    return f"{start}, {event.duration.total_seconds() / 3600:.0f} h"


stamp = visits["Next visit"].iloc[0]
seen = f"Timestamp: {written(stamp)}; date: {written(stamp.date())}"
if seen != "Timestamp: DTSTART:20261130T000000, 0 h; date: DTSTART;VALUE=DATE:20261130, 24 h":
    sys.exit(f"icalendar now writes {seen}.")
print(seen)
PY
