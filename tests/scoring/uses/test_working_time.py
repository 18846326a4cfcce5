"""Working time: deadlines and waiting in whole working minutes."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.uses.working_time import WorkingTime

MORNING, AFTERNOON = (8 * 60 + 30, 12 * 60), (13 * 60 + 30, 17 * 60 + 30)
OFFICE = WorkingTime([MORNING, AFTERNOON], range(5))
HOLIDAY = dt.date(2026, 11, 30)


def moments(*texts):
    return np.array(texts, dtype="datetime64[m]")


def after(text, minutes, working=OFFICE):
    return str(working.after(moments(text), np.array([minutes]))[0])


@pytest.mark.parametrize(
    ("received", "minutes", "deadline"),
    [
        ("2026-11-27T16:30", 480, "2026-11-30T17:00"),  # 1 h on Friday, 7 h on Monday
        ("2026-11-27T16:30", 240, "2026-11-30T11:30"),
        ("2026-11-27T10:00", 120, "2026-11-27T12:00"),  # the end of a block stays there
        ("2026-11-27T10:00", 121, "2026-11-27T13:31"),
        ("2026-11-27T16:30", 60, "2026-11-27T17:30"),  # so does the end of a week
        ("2026-11-27T12:00", 1, "2026-11-27T13:31"),  # noon is no working minute
        ("2026-11-27T12:45", 30, "2026-11-27T14:00"),
        ("2026-11-28T09:00", 30, "2026-11-30T09:00"),  # a Saturday counts from Monday
        ("2026-11-30T06:00", 30, "2026-11-30T09:00"),
        ("1969-12-26T16:30", 480, "1969-12-29T17:00"),  # before the origin of the clock, too
    ],
)
def test_a_deadline_lies_so_many_working_minutes_ahead(received, minutes, deadline):
    assert after(received, minutes) == deadline


def test_a_closed_day_has_no_working_minute():
    closed = WorkingTime([MORNING, AFTERNOON], range(5), [HOLIDAY])
    assert after("2026-11-27T16:30", 480, closed) == "2026-12-01T17:00"
    assert closed.between(moments("2026-11-27T17:30"), moments("2026-12-01T08:30")).tolist() == [0]


def test_time_that_has_passed_counts_working_minutes_alone():
    start = moments("2026-11-27T16:30", "2026-11-27T10:00", "2026-11-28T10:00", "2026-11-30T10:00")
    end = moments("2026-11-30T09:00", "2026-11-27T14:00", "2026-11-29T10:00", "2026-11-27T10:00")
    assert OFFICE.between(start, end).tolist() == [90, 150, 0, 0]


def test_seconds_are_cut_off():
    start = np.array(["2026-11-27T10:00:59"], dtype="datetime64[s]")
    assert OFFICE.between(start, moments("2026-11-27T10:01")).tolist() == [1]


@pytest.mark.parametrize(
    ("blocks", "weekdays"),
    [
        ([], range(5)),
        ([(600, 500)], range(5)),
        ([(600, 600)], range(5)),
        ([(600, 720), (700, 800)], range(5)),
        ([(600, 1441)], range(5)),
        ([MORNING], []),
        ([MORNING], [7]),
    ],
)
def test_what_is_no_working_time_is_refused(blocks, weekdays):
    with pytest.raises(ValueError, match="of work"):
        WorkingTime(blocks, weekdays)


@st.composite
def working_times(draw):
    edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=8)))
    blocks = list(zip(edges[::2], edges[1::2], strict=False))
    weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
    days = st.dates(dt.date(2026, 10, 1), dt.date(2027, 3, 1))
    return blocks, weekdays, draw(st.sets(days, max_size=30))


MOMENTS = st.datetimes(dt.datetime(2026, 10, 1), dt.datetime(2027, 3, 1))
MINUTES = st.integers(1, 20_000)


def works(moment, parts):
    """Whether a minute is one of work, told by the calendar on the wall."""
    blocks, weekdays, closed = parts
    clock = moment.hour * 60 + moment.minute
    return (
        moment.weekday() in weekdays
        and moment.date() not in closed
        and any(start <= clock < end for start, end in blocks)
    )


@given(working_times(), MOMENTS, MINUTES)
def test_the_last_minute_before_a_deadline_is_one_of_work(parts, received, minutes):
    found = WorkingTime(*parts).after(np.array([received], dtype="datetime64[m]"), np.array([minutes]))
    assert works(found[0].astype(dt.datetime) - dt.timedelta(minutes=1), parts)


@given(working_times(), MOMENTS, MINUTES)
def test_between_receipt_and_deadline_lie_just_these_minutes(parts, received, minutes):
    working = WorkingTime(*parts)
    start = np.array([received], dtype="datetime64[m]")
    assert working.between(start, working.after(start, np.array([minutes]))).tolist() == [minutes]


@given(working_times(), MOMENTS, st.integers(0, 6000))
def test_what_has_passed_is_counted_minute_by_minute(parts, start, length):
    start = start.replace(second=0, microsecond=0)
    counted = sum(works(start + dt.timedelta(minutes=passed), parts) for passed in range(length))
    ends = np.array([start + dt.timedelta(minutes=length)], dtype="datetime64[m]")
    assert WorkingTime(*parts).between(np.array([start], dtype="datetime64[m]"), ends).tolist() == [counted]


@given(working_times(), MOMENTS, MINUTES)
def test_the_blocks_for_formulas_give_the_same_deadline(parts, received, minutes):
    working = WorkingTime(*parts)
    received = received.replace(second=0, microsecond=0)
    start, end, before = working.blocks_of(
        received.date(), dt.date(2300, 1, 1)
    )  # one minute a week takes long
    moment = np.datetime64(received, "m")
    at = int(np.searchsorted(start, moment, side="right")) - 1
    done = int(before[at] + (min(moment, end[at]) - start[at]).astype(int)) if at >= 0 else 0
    block = int(np.searchsorted(before, done + minutes, side="left")) - 1
    looked_up = start[block] + np.timedelta64(done + minutes - int(before[block]), "m")
    assert looked_up == working.after(np.array([moment]), np.array([minutes]))[0]
