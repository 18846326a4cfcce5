"""Files for other programs, read again by the rules of each."""

import csv
import datetime as dt
import io
import re
import zipfile

import icalendar
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.catalogue import catalogue
from addin.exports import Rows, calendar_file, csv_file, excel_file, portatour, rows_file, toursolver
from scoring.uses.call_cycles import whole_days

STAMP = dt.datetime(2026, 11, 29, 10, 30, tzinfo=dt.UTC)


def visit(account="C-1", **more):
    known = {
        "account": account,
        "name": "Duval & Fils",
        "class": "A",
        "rep": "Zoé",
        "sector": "Rhône",
        "address": "1, rue de la Paix",
        "postcode": "01000",
        "town": "Bourg",
        "phone": "+33 4 74 00 00 00",
        "email": None,
        "cycle": 365 / 12,
        "minutes": 45.0,
        "last_visit": dt.date(2026, 10, 1),
        "due_date": dt.date(2026, 10, 31),
        "date": dt.date(2026, 11, 30),
        "slot": 1,
        "reasons": "Turnover, 2 lines; with: all\nthat bites",
    }
    return known | more


def read(rows):
    return [dict(zip(rows.headers, row, strict=True)) for row in rows.rows]


def said(rows, language="en"):
    return [catalogue(language).show(phrase) for phrase in rows.left_out]


def test_portatour_gets_id_interval_and_last_call():
    row = read(portatour([visit()]))[0]
    assert (row["External ID"], row["Call interval"]) == ("C-1", 30)
    assert row["Last call"] == dt.datetime(2026, 10, 1)
    assert (row["Street"], row["Postcode"], row["City"]) == ("1, rue de la Paix", "01000", "Bourg")


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"cycle": 5.0}, "5 days"),
        ({"cycle": 6.49}, "6 days"),
        ({"cycle": 800.0}, "800 days"),
        ({"account": "C 1"}, "no code with other signs"),
        ({"account": "Cé"}, "no code with other signs"),
        ({"account": "C" * 41}, "up to 40 signs"),
    ],
)
def test_what_portatour_would_not_take_is_told_and_not_in_the_file(more, found):
    rows = portatour([visit(**more), visit("C-2")])
    assert [row["External ID"] for row in read(rows)] == ["C-2"]
    [sentence] = said(rows)
    assert found in sentence
    assert sentence.startswith(more.get("account", "C-1"))
    assert len(said(rows, "fr")) == 1


@pytest.mark.parametrize("cycle", [6.5, 7, 730, 730.4])
def test_intervals_from_a_week_to_two_years_are_taken(cycle):
    assert len(portatour([visit(cycle=cycle)]).rows) == 1


@given(st.text(min_size=1, max_size=50), st.floats(0.1, 5000))
def test_every_account_is_in_the_file_of_portatour_by_its_rules_or_is_told(account, cycle):
    rows = portatour([visit(account, cycle=cycle)])
    assert bool(rows.rows) is not bool(rows.left_out)
    for row in read(rows):
        assert re.fullmatch(r"[A-Za-z0-9_{}.-]{1,40}", row["External ID"])
        assert 7 <= row["Call interval"] <= 730
        assert row["Call interval"].is_integer()


def test_toursolver_gets_dates_durations_and_frequencies_as_it_writes_them():
    row = read(toursolver([visit()], visit_days=4))[0]
    assert row["Reference"] == "C-1"
    assert row["Designation"] == "Duval & Fils"
    assert row["Last visit date"] == "01/10/2026"
    assert row["Visit duration"] == "00:45:00"
    assert row["Visit frequency"] == "1/17"  # 30.4167 days hold 17.38 visit days


@pytest.mark.parametrize(
    ("cycle", "visit_days", "frequency"), [(7, 5, "1/5"), (7, 0, "1/1"), (1, 4, "1/1"), (365, 5, "1/261")]
)
def test_a_frequency_counts_visit_days_one_at_least(cycle, visit_days, frequency):
    row = read(toursolver([visit(cycle=cycle)], visit_days))[0]
    assert row["Visit frequency"] == frequency


def test_what_toursolver_does_not_know_stays_empty():
    row = read(toursolver([visit(minutes=None, last_visit=None, sector=None)], 4))[0]
    assert [row["Visit duration"], row["Last visit date"], row["Sector"]] == [None, None, None]


def test_a_visit_longer_than_a_day_is_told():
    rows = toursolver([visit(minutes=1440.0)], 4)
    assert not rows.rows
    assert "1,440 minutes" in said(rows)[0]


def test_half_a_day_rounds_up():
    assert [whole_days(days) for days in (0.4, 0.5, 1.5, 2.5)] == [0, 1, 2, 3]


def events(exported):
    return icalendar.Calendar.from_ical(exported.content).walk("VEVENT")


def test_a_visit_is_an_event_of_a_whole_day():
    [event] = events(calendar_file([visit()], "Visits", STAMP))
    assert event.start == dt.date(2026, 11, 30)
    assert event.end == dt.date(2026, 12, 1)
    assert event["SUMMARY"] == "1. Duval & Fils (A)"
    assert event["LOCATION"] == "1, rue de la Paix, 01000 Bourg"
    assert event["DESCRIPTION"] == "Zoé\n+33 4 74 00 00 00\nTurnover, 2 lines; with: all\nthat bites"
    assert event.DTSTAMP == STAMP


def imported(calendar, exported):
    """A calendar after an import: an event of a known UID gives way to the one that comes."""
    return calendar | {str(event["UID"]): event for event in events(exported)}


def test_a_second_import_moves_a_visit_and_doubles_none():
    codes = [f"C-{n}" for n in range(20)]
    first = imported({}, calendar_file([visit(code) for code in codes], "Visits", STAMP))
    later = STAMP + dt.timedelta(hours=1)
    moved = [visit(code, date=dt.date(2026, 12, 2), slot=3) for code in codes]
    second = imported(first, calendar_file(moved, "Visits", later))
    assert len(first) == len(second) == 20
    assert {event.start for event in second.values()} == {dt.date(2026, 12, 2)}
    assert min(event["SEQUENCE"] for event in second.values()) > max(e["SEQUENCE"] for e in first.values())


def test_the_next_visit_of_an_account_is_another_event():
    dates = (None, dt.date(2026, 10, 31), dt.date(2026, 11, 30))
    calendar = {}
    for due in dates:
        calendar = imported(calendar, calendar_file([visit(due_date=due)], "Visits", STAMP))
    assert len(calendar) == 3


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_name_stands_in_the_calendar_as_it_is(name):
    [event] = events(calendar_file([visit(name=name)], "Visits", STAMP))
    assert event["SUMMARY"] == f"1. {name or 'C-1'} (A)"


def test_the_same_plan_at_the_same_time_is_the_same_file():
    assert calendar_file([visit()], "Visits", STAMP) == calendar_file([visit()], "Visits", STAMP)


def test_a_plan_without_visits_is_a_calendar_without_events():
    assert events(calendar_file([], "Visits", STAMP)) == []


ROWS = Rows(
    "Tour",
    ["Account", "Due", "Share"],
    [("00123", dt.datetime(2026, 10, 31), 1.25), ('say "hi"; =1', None, None)],
)


@pytest.mark.parametrize(("language", "delimiter", "share"), [("fr", ";", "1,25"), ("en", ",", "1.25")])
def test_csv_is_written_as_a_spreadsheet_of_the_language_reads_it(language, delimiter, share):
    content = csv_file(ROWS, language)
    assert content.startswith(b"\xef\xbb\xbf")
    read_again = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))
    assert read_again == [
        ["Account", "Due", "Share"],
        ["00123", "2026-10-31", share],
        ['say "hi"; =1', "", ""],
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@cmd", "'@cmd"),
        ("-cmd", "'-cmd"),
        ("+33 4 74", "+33 4 74"),
        ("+(33) 4", "+(33) 4"),
    ],
)
def test_no_text_becomes_a_formula(text, written):
    rows = Rows("Tour", ["Name"], [(text,)])
    assert csv_file(rows, "en").decode("utf-8-sig").splitlines()[1] == written
    cell = openpyxl.load_workbook(io.BytesIO(excel_file([rows]))).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_workbook_holds_texts_numbers_and_dates_and_is_the_same_each_time():
    exported = rows_file([ROWS, Rows("Days", ["Account"], [])], "Plan.XLSX", "fr")
    book = openpyxl.load_workbook(io.BytesIO(exported.content))
    assert book.sheetnames == ["Tour", "Days"]
    assert [cell.value for cell in book["Tour"][2]] == ["00123", dt.datetime(2026, 10, 31), 1.25]
    assert exported.count == 2
    assert exported.content == rows_file([ROWS, Rows("Days", ["Account"], [])], "plan.xlsx", "en").content
    assert zipfile.is_zipfile(io.BytesIO(exported.content))
