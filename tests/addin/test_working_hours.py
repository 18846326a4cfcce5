"""Working hours, working days and moments as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.workbook.moments import read_moment
from addin.workbook.typed_cells import Unreadable
from addin.workbook.working_hours import blocks_of, weekdays_of

USUAL = ((510, 720), (810, 1050))


@pytest.mark.parametrize(
    "text",
    [
        "08:30-12:00 13:30-17:30",
        "8:30-12 13:30-17:30",
        "8h30-12h 13h30-17h30",
        "08h30 – 12h00 / 13h30 – 17h30",
        "08:30\u00a0-\u00a012:00,\u202f13:30-17:30",
        "8.30 to 12.00 and 13.30 to 17.30",
        "8h30 à 12h et 13h30 à 17h30",
    ],
)
def test_hours_are_read_however_they_are_typed(text):
    assert blocks_of(text) == USUAL


@pytest.mark.parametrize(
    "text",
    ["", "always", "8-", "12:00-08:30", "8-12 11-14", "8-12 13-25", "8:75-12", "8-8", "8-12 noon", "8"],
)
def test_what_is_no_hours_is_none(text):
    assert blocks_of(text) is None


def test_work_may_last_until_midnight():
    assert blocks_of("20:00-24:00") == ((1200, 1440),)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri", [0, 1, 2, 3, 4]),
        ("lun-ven", [0, 1, 2, 3, 4]),
        ("1-5", [0, 1, 2, 3, 4]),
        ("lundi – vendredi", [0, 1, 2, 3, 4]),
        ("du lundi", None),
        ("Monday to Saturday", [0, 1, 2, 3, 4, 5]),
        ("lun. mar. jeu.", [0, 1, 3]),
        ("1,3;5", [0, 2, 4]),
        ("sam", [5]),
        ("Sun-Thu", [0, 1, 2, 3, 6]),
        ("6-1", [0, 5, 6]),
        ("0-5", None),
        ("8", None),
        ("Mon-", None),
        ("", None),
    ],
)
def test_days_are_read_in_either_language_and_as_numbers(text, days):
    found = weekdays_of(text)
    assert (sorted(found) if found is not None else None) == days


@pytest.mark.parametrize(
    ("cell", "language"),
    [
        ("27/11/2026 16:30", "fr"),
        ("27/11/2026 à 16h30", "fr"),
        ("27 novembre 2026 16 h 30", "fr"),
        ("2026-11-27T16:30", "en"),
        ("2026-11-27 16:30:00", "en"),
        ("27 Nov 2026 4:30 PM", "en"),
        (46353.6875, "en"),
        (dt.datetime(2026, 11, 27, 16, 29, 59, 999_999), "en"),
    ],
)
def test_a_moment_is_read_with_its_time_of_day(cell, language):
    assert read_moment(cell, language) == dt.datetime(2026, 11, 27, 16, 30)


@pytest.mark.parametrize("cell", ["yesterday", "16:30", "27/11/2026 25:00", "27/11/2026 4 pm", 0.5])
def test_what_is_no_moment_is_never_midnight(cell):
    assert isinstance(read_moment(cell, "fr"), Unreadable)


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1)))
def test_a_serial_number_gives_the_second_that_it_stands_for(moment):
    moment = moment.replace(microsecond=0)
    number = (moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    assert read_moment(number, "en") == moment
