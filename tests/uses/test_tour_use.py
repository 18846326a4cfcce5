"""The tour plan of a workbook: its command, what people typed into it, and its files."""

import csv
import datetime as dt
import io
import json

import icalendar
import openpyxl
import pytest
from support.commands import run_command
from support.made import layout, new_workbook

from addin.catalogue import LANGUAGES, catalogue, field_key
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.undo.last import undo_last, write
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, RowsFill

TODAY = dt.date(2026, 12, 20)  # a Sunday; 25 December and 1 January are Fridays

PLACES = {"lyon": ("Lyon", "69001", "South"), "lille": ("Lille", "59000", "North")}


def account(words, code, place="lyon", **more):
    town, postcode, sector = PLACES[place]
    known = {
        "account": code,
        "name": f"Company {code}",
        "status": words.word("status", "client"),
        "rep": "Ana",
        "turnover": 5e6,
        "turnover_1": 4e6,
        "turnover_2": 3e6,
        "potential": 5e6,
        "potential_new": 5e6,
        "days_late": 0.0,
        "solidity": words.text("template", "solidity", "excellent"),
        "town": town,
        "postcode": postcode,
        "sector": sector,
        "address": f"{code} street",
        "phone": "+33 4 00 00 00 00",
    }
    return known | more


def rows(words):
    october = dt.datetime(2026, 10, 1)
    return [
        account(words, "L1", last_visit=october),
        account(words, "L2"),
        account(words, "N1", "lille", last_visit=october),
        account(words, "N2", "lille", last_visit=dt.datetime(2026, 12, 18)),
        account(words, "B1", rep="Ben", target=words.word("yes_no", "yes"), turnover=0.0, potential=0.0,
                turnover_1=0.0, turnover_2=0.0, potential_new=0.0),
    ]  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, request.param, rows(catalogue(request.param)))
    return path


def refresh(path, today=TODAY, asked=("tour",)):
    package = PackageBook(path)
    tables = package.tables()
    scoring = score_tables(tables, today, asked={key: {} for key in asked})
    write(package, path, tables, scoring.changes, "refresh")
    words = catalogue(layout(path).language)
    return [words.show(note) for note in scoring.uses["tour"].notes]


def put(path, table, wanted, **cells):
    """Type into the rows of a table that hold some values."""
    package = PackageBook(path)
    located = Layout(package.tables()).named[table]
    found = [
        row | cells if all(row.get(key) == value for key, value in wanted.items()) else row
        for row in located.rows()
    ]
    package.apply(Changes(rows=[RowsFill(located.table.name, 0, located.tuples(found))]))


def set_setting(path, key, value):
    located = layout(path).named["settings"]
    name = next(
        row["setting"]
        for row in located.rows()
        if field_key("setting_names", row["setting"], layout(path).language) == key
    )
    put(path, "settings", {"setting": name}, value=value)


def told(path, capsys, *options, today=TODAY):
    code, out, _ = run_command(capsys, "tour", path, "--json", *options, today=today)
    assert code == 0
    return json.loads(out)["tables"]


def test_the_command_prints_the_three_tables_by_their_keys(book, capsys):
    tables = told(book, capsys)
    assert list(tables) == ["Tour", "Capacity", "Days"]
    by_code = {row["account"]: row for row in tables["Tour"]}
    first = by_code["L1"]
    assert first["due_status"] == "overdue"
    assert (first["last_visit"], first["due_date"]) == ("2026-10-01", "2026-10-31")
    assert first["target"] is False
    assert first["cycle"] == pytest.approx(365 / 12)
    assert first["class"] == "A"
    assert (by_code["B1"]["target"], by_code["B1"]["cycle"]) == (True, pytest.approx(365 / 3))
    assert by_code["L2"]["due_status"] == "never"
    assert by_code["L2"]["share"] is None
    assert by_code["N2"]["due_status"] == "later"
    assert [(row["rep"], row["order"], row["account"]) for row in tables["Tour"]] == [
        ("Ana", 1, "L2"),
        ("Ana", 2, "L1"),
        ("Ana", 3, "N1"),
        ("Ana", 4, "N2"),
        ("Ben", 1, "B1"),
    ]
    ana = tables["Capacity"][0]
    assert (ana["rep"], ana["accounts"], ana["needed"], ana["possible"]) == ("Ana", 4, 48, 900)
    assert ana["choice"] == "none"
    assert ana["cycles"].pop("D") is None
    assert ana["cycles"] == pytest.approx({"A": 365 / 12, "B": 365 / 6, "C": 365 / 3})
    assert [(row["rep"], row["date"], row["slot"], row["account"]) for row in tables["Days"]] == [
        ("Ana", "2026-12-21", 1, "L2"),
        ("Ana", "2026-12-21", 2, "L1"),
        ("Ana", "2026-12-22", 1, "N1"),
        ("Ben", "2026-12-21", 1, "B1"),
    ]


def test_sheets_show_words_and_the_cycles_of_the_classes(book):
    refresh(book)
    found, words = layout(book), catalogue(layout(book).language)
    by_code = {row["account"]: row for row in found.named["tour"].rows()}
    assert by_code["L1"]["due_status"] == words.word("due_status", "overdue")
    assert by_code["B1"]["target"] == words.word("yes_no", "yes")
    assert {row["cycles"] for row in found.named["capacity"].rows()} == {"A 30 · B 61 · C 122"}
    assert found.named["days"].rows()[0]["date"] == dt.datetime(2026, 12, 21)


def test_planned_dates_and_notes_stay_with_their_account_and_undo_puts_them_back(book):
    refresh(book)
    christmas = dt.datetime(2026, 12, 25)
    put(book, "tour", {"account": "N2"}, planned=christmas, note="Bring samples")
    put(book, "tour", {"account": "L1"}, planned=dt.datetime(2026, 12, 24))
    before = layout(book).named["tour"].rows()
    notes = refresh(book, asked=())
    rows_now = {row["account"]: row for row in layout(book).named["tour"].rows()}
    assert (rows_now["N2"]["planned"], rows_now["N2"]["note"]) == (christmas, "Bring samples")
    assert rows_now["L1"]["planned"] == dt.datetime(2026, 12, 24)
    days = [(row["date"], row["account"], row["reasons"]) for row in layout(book).named["days"].rows()]
    assert [(day.day, code) for day, code, _ in days] == [
        (21, "L2"),
        (22, "N1"),
        (24, "L1"),
        (25, "N2"),
        (21, "B1"),
    ]
    assert days[3][2].startswith("(")
    assert any("N2" in note for note in notes), "planned on a holiday, and said"
    undo_last(book, lambda _: None)
    assert layout(book).named["tour"].rows() == before


def test_an_account_that_leaves_the_plan_keeps_what_was_typed_and_is_told(book):
    refresh(book)
    put(book, "tour", {"account": "B1"}, planned=dt.datetime(2026, 12, 23), note="Yearly talk")
    package = PackageBook(book)
    located = Layout(package.tables()).accounts[0]
    kept = [row | ({"target": None} if row["account"] == "B1" else {}) for row in located.rows()]
    package.apply(Changes(rows=[RowsFill(located.table.name, 0, located.tuples(kept))]))
    notes = refresh(book, asked=())
    last = layout(book).named["tour"].rows()[-1]
    assert (last["account"], last["planned"]) == ("B1", dt.datetime(2026, 12, 23))
    assert last["note"].endswith("Yearly talk")
    assert any(note.startswith("B1") for note in notes)
    assert "B1" not in {row["account"] for row in layout(book).named["days"].rows()}


@pytest.mark.parametrize(
    ("typed", "in_force"), [("stretch", "A 91 · B 183 · C 365"), ("protect", "A 91 · B 183 · C 365")]
)
def test_the_choice_of_a_rep_changes_his_cycles_alone(book, typed, in_force):
    set_setting(book, "weeks", 0.8)  # 16 visits a year, of 48 needed
    refresh(book)
    words = catalogue(layout(book).language)
    put(book, "capacity", {"rep": "Ana"}, choice=words.word("capacity_choice", typed))
    notes = refresh(book, asked=())
    cycles = {row["rep"]: row["cycles"] for row in layout(book).named["capacity"].rows()}
    assert cycles == {"Ana": in_force, "Ben": "A 30 · B 61 · C 122"}
    assert any(note.startswith("Ana") for note in notes) is (typed == "protect")


@pytest.mark.parametrize(
    ("table", "wanted", "key"),
    [("tour", {"account": "L1"}, "planned"), ("capacity", {"rep": "Ben"}, "choice")],
)
def test_what_cannot_be_read_is_told_with_its_cell_and_counts_as_none(book, table, wanted, key):
    refresh(book)
    put(book, table, wanted, **{key: "some day"})
    notes = refresh(book, asked=())
    located = layout(book).named[table]
    row = next(at for at, cells in enumerate(located.rows()) if cells.items() >= wanted.items())
    assert any(located.address(row, key) in note for note in notes)
    assert located.rows()[row][key] == "some day"


@pytest.mark.parametrize(
    ("key", "value"), [("country", "Atlantis"), ("working_days", "someday"), ("weeks", None), ("weeks", 0.0)]
)
def test_a_setting_that_cannot_be_used_is_told(book, key, value):
    set_setting(book, key, value)
    notes = refresh(book)
    assert len(notes) == 1
    assert layout(book).named["days"].rows()[0]["account"] == "L2"


def test_own_closing_days_are_left_out(book):
    package = PackageBook(book)
    closing = Layout(package.tables()).named["closingdays"]
    monday = closing.tuples([{"date": dt.datetime(2026, 12, 21)}])
    package.apply(Changes(rows=[RowsFill(closing.table.name, 0, monday)]))
    assert refresh(book) == []
    assert layout(book).named["days"].rows()[0]["date"] == dt.datetime(2026, 12, 22)


def test_a_reference_date_is_told_for_the_plan_is_as_of_that_day(book):
    set_setting(book, "reference_date", dt.datetime(2026, 11, 29))
    notes = refresh(book)
    assert any("2026" in note for note in notes)
    assert layout(book).named["days"].rows()[0]["date"] == dt.datetime(2026, 11, 30)


@pytest.mark.parametrize("case", ["no accounts", "no visits", "nobody"])
def test_an_empty_list_says_why(case, tmp_path):
    path = tmp_path / "book.xlsx"
    words = catalogue("en")
    listed = [] if case == "no accounts" else rows(words)[:2]
    if case == "nobody":
        listed = [row | {"turnover": 0.0, "potential": None, "turnover_1": None} for row in listed]
        listed = [{"account": row["account"], "status": row["status"]} for row in listed]
    new_workbook(path, "en", listed)
    if case == "no visits":
        package = PackageBook(path)
        classes = Layout(package.tables()).named["classes"]
        body = [row | {"visits": None} for row in classes.rows()]
        package.apply(Changes(rows=[RowsFill("Classes", 0, classes.tuples(body))]))
    notes = refresh(path)
    assert len(notes) == 1
    named = layout(path).named
    assert [named[f"{key}notes"].cells("note") for key in ("tour", "capacity", "days")] == [notes] * 3
    assert named["days"].rows()[0]["account"] is None


def test_days_without_anybody_say_so_on_their_own_sheet(tmp_path):
    path = tmp_path / "book.xlsx"
    seen = dt.datetime(2026, 12, 18)
    new_workbook(path, "en", [account(catalogue("en"), "L1", last_visit=seen)])
    assert refresh(path) == []
    assert "Nobody is due" in layout(path).named["daysnotes"].cells("note")[0]


def test_a_code_that_stands_twice_is_in_no_tour(tmp_path, capsys):
    path = tmp_path / "book.xlsx"
    words = catalogue("en")
    twice = account(words, "l1", target=words.word("yes_no", "yes"))
    new_workbook(path, "en", [*rows(words), twice])
    assert {row["account"] for row in told(path, capsys)["Tour"]} == {"L2", "N1", "N2", "B1"}


def export(path, capsys, kind, file, *options):
    code, out, err = run_command(capsys, "tour", path, "--export", kind, file, *options, today=TODAY)
    return code, out + err


def test_csv_has_all_columns_and_the_address(book, capsys, tmp_path):
    code, said = export(book, capsys, "csv", tmp_path / "plan.csv")
    assert code == 0
    assert str(tmp_path / "plan.csv") in said
    language = layout(book).language
    text = (tmp_path / "plan.csv").read_text("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text), delimiter=";" if language == "fr" else ","))
    words = catalogue(language)
    headers = [
        *words.headers("tour").values(),
        words.header("accounts", "address"),
        words.header("accounts", "email"),
    ]
    assert list(read[0]) == headers
    assert [row[words.header("tour", "account")] for row in read] == ["L2", "L1", "N1", "N2", "B1"]
    assert read[0][words.header("tour", "due_status")] == words.word("due_status", "never")


def test_xlsx_has_the_plan_and_the_days_of_one_rep(book, capsys, tmp_path):
    assert export(book, capsys, "xlsx", tmp_path / "ana.xlsx", "--rep", "ANA")[0] == 0
    found = openpyxl.load_workbook(tmp_path / "ana.xlsx")
    words = catalogue(layout(book).language)
    assert found.sheetnames == [words.sheet("tour"), words.sheet("tour_days")]
    assert [row[2] for row in found.worksheets[0].iter_rows(min_row=2, values_only=True)] == [
        "L2",
        "L1",
        "N1",
        "N2",
    ]
    assert found.worksheets[1].max_row == 4


def test_route_planners_and_calendars_read_their_files(book, capsys, tmp_path):
    for kind, ending in (("portatour", "xlsx"), ("toursolver", "csv"), ("ics", "ics")):
        assert export(book, capsys, kind, tmp_path / f"{kind}.{ending}")[0] == 0
    sheet = openpyxl.load_workbook(tmp_path / "portatour.xlsx").active
    header, first, *_ = sheet.iter_rows(values_only=True)
    row = dict(zip(header, first, strict=True))
    assert (row["External ID"], row["Call interval"], row["Street"]) == ("L2", 30, "L2 street")
    text = (tmp_path / "toursolver.csv").read_text("utf-8-sig")
    assert "1/17" in text
    assert "01:00:00" in text
    events = icalendar.Calendar.from_ical((tmp_path / "ics.ics").read_bytes()).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [
        "1. Company L2 (A)",
        "2. Company L1 (A)",
        "1. Company N1 (A)",
        "1. Company B1 (D)",
    ]


def test_a_second_calendar_moves_the_visits_that_were_planned_anew(book, capsys, tmp_path):
    def calendar():
        export(book, capsys, "ics", tmp_path / "visits.ics")
        walked = icalendar.Calendar.from_ical((tmp_path / "visits.ics").read_bytes()).walk("VEVENT")
        return {str(event["UID"]): event.start for event in walked}

    first = calendar()
    put(book, "tour", {"account": "L1"}, planned=dt.datetime(2026, 12, 29))
    second = calendar()
    assert first.keys() == second.keys()
    assert sorted(set(second.values()) - set(first.values())) == [dt.date(2026, 12, 29)]


@pytest.mark.parametrize(
    ("kind", "file", "options"),
    [
        ("csv", "plan.xlsx", ()),
        ("ics", "plan.csv", ()),
        ("xlsx", "book.xlsx", ()),
        ("csv", "plan.csv", ("--rep", "Zoé")),
    ],
)
def test_a_file_that_would_do_harm_or_mislead_is_refused_and_nothing_written(
    book, capsys, kind, file, options
):
    before = book.read_bytes()
    code, err = export(book, capsys, kind, book.parent / file, *options)
    assert code != 0
    assert err
    assert book.read_bytes() == before
    assert not (book.parent / "plan.csv").exists()


def test_rep_without_a_file_is_refused(book, capsys):
    code, _, err = run_command(capsys, "tour", book, "--rep", "Ana", today=TODAY)
    assert code != 0
    assert "--export" in err


def test_json_with_an_export_writes_the_file_and_leaves_the_workbook(book, capsys, tmp_path):
    refresh(book)
    before = book.read_bytes()
    tables = told(book, capsys, "--export", "csv", tmp_path / "plan.csv")
    assert len(tables["Tour"]) == 5
    assert book.read_bytes() == before
    assert (tmp_path / "plan.csv").exists()
