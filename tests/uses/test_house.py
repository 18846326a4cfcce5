"""The house of the uses: sheets that stay away until asked for, refills, undo, and what a program is told."""

import datetime as dt
import html
import json
import re
import zipfile

import openpyxl
import pytest
from support.books import Tables
from support.commands import run_command
from support.made import layout, new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.refresh import score_tables as refreshing
from addin.refresh.score_tables import score_tables
from addin.template import build_workbook, empty_content
from addin.template.words import Words
from addin.undo.last import undo_last, write
from addin.uses import put_away, shown_uses
from addin.workbook.located_tables import Layout, kind_of
from addin.workbook.port import Changes, RowsFill, SheetShown, Table
from addin.workbook.uses import BY_KEY, USES, of_menu

TODAY = dt.date(2026, 11, 29)


def rows(words):
    client = words.word("status", "client")
    known = {
        "status": client,
        "turnover_1": 900.0,
        "turnover_2": 800.0,
        "potential": 5000.0,
        "days_late": 5.0,
    }
    return [
        {"account": "C-1", "name": "Nordvik", "rep": "Ana", "turnover": 1000.0, "visits": 4.0, **known},
        {"account": "C-2", "name": "Åkerblad", "rep": "Ben", "turnover": 400.0, "visits": 0.0, **known},
    ]


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, request.param, rows(catalogue(request.param)))
    return path


OPTIONS = {"handover": {"rep": "Ana"}}
"""What a use has to be asked."""
FILES = {"backtest": "Customer,Invoice date,Amount\nC-1,2024-01-05,900\nC-1,2026-01-05,800\n"}
"""What is in the file that the command of a use has to be given."""


def refresh(path, asked=(), today=TODAY):
    package = PackageBook(path)
    tables = package.tables()
    scoring = score_tables(tables, today, asked={key: OPTIONS.get(key, {}) for key in asked})
    return write(package, path, tables, scoring.changes, "refresh").written


def part(path, name):
    with zipfile.ZipFile(path) as package:
        return package.read(name)


@pytest.mark.parametrize("use", USES, ids=lambda use: use.key)
def test_sheets_of_a_use_are_out_of_the_way_until_asked_for(use, book):
    assert shown_uses(layout(book)) == []
    states = re.findall(r'<sheet name="([^"]+)"[^>]*state="(\w+)"', part(book, "xl/workbook.xml").decode())
    words = catalogue(layout(book).language)
    of_use = [words.sheet(key) for key in use.sheets]
    assert {name.replace("&apos;", "'"): state for name, state in states}.items() >= dict.fromkeys(
        of_use, "veryHidden"
    ).items()
    refresh(book, [use.key])
    assert shown_uses(layout(book)) == [use.key]
    assert {located.table.shown for located in layout(book).named.values() if located.kind in keys(use)} == {
        True
    }


def keys(use):
    return {table.key for table in (*use.tables, use.notes)}


def test_a_shown_sheet_is_filled_by_every_refresh_and_a_hidden_one_costs_nothing(book, monkeypatch):
    asked = []
    plain = refreshing.results_of
    monkeypatch.setattr(
        refreshing,
        "results_of",
        lambda scored, uses, options: asked.append(uses) or plain(scored, uses, options),
    )
    refresh(book)
    assert asked.pop() == set()
    refresh(book, ["effort"])
    assert asked.pop() == {"effort"}
    before = layout(book).named["effort"].rows()
    book_changes = layout(book).accounts[0]
    visits = book_changes.columns["visits"]
    package = PackageBook(book)
    tables = package.tables()
    body = [list(row) for row in zip(*book_changes.table.columns, strict=True)]
    body[0][visits] = 9.0
    write(
        package, book, tables, Changes(rows=[RowsFill("Clients", 0, [tuple(row) for row in body])]), "import"
    )
    refresh(book)
    after = layout(book).named["effort"].rows()
    assert [row["done"] for row in before][:1] == [4.0]
    assert [row["done"] for row in after][:1] == [9.0]
    assert not refresh(book), "twice gives the same cells"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("macro_enabled", [True, False])
@pytest.mark.filterwarnings("ignore")  # of openpyxl, on what it does not know
def test_start_asks_what_to_do_today_and_each_line_leads_to_the_sheet_of_a_use(
    language, macro_enabled, tmp_path
):
    words, texts, path = catalogue(language), Words(language), tmp_path / "book.xlsx"
    path.write_bytes(build_workbook(language, empty_content(language), macro_enabled=macro_enabled))
    start = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    lines = list(start.iter_rows(min_row=4, max_row=5 + len(of_menu("uses")), max_col=4, values_only=True))
    assert lines[0][1] == texts.text("start", "what_today")
    links = re.findall(
        r'<hyperlink ref="C(\d+)" location="([^"]+)"', part(path, "xl/worksheets/sheet1.xml").decode()
    )
    places = {int(row): html.unescape(place) for row, place in links}
    found = {title: (places[row], said) for row, (_, _, title, said) in enumerate(lines[2:], start=6)}
    for use in of_menu("uses"):
        place, said = found[texts.text("start", "today", use.key)]
        assert place == f"'{words.sheet(use.sheets[0]).replace(chr(39), chr(39) * 2)}'!A1"
        assert said.endswith(f"clientscore {use.key}") is not macro_enabled
    labels = words.surface("ribbon")["buttons"]
    every = {row[2]: row[3] for row in start.iter_rows(min_row=4, max_col=4, values_only=True) if row[2]}
    for use in of_menu("trust"):
        label = texts.typeset(labels[use.button]["label"])
        assert f"'{words.sheet(use.sheets[0])}'!A1" in places.values()
        assert every[label].endswith(f"clientscore {use.key}") is not macro_enabled


def test_undo_puts_the_cells_back_and_the_sheet_away(book):
    before = {name: located.table.columns for name, located in layout(book).named.items()}
    refresh(book, ["effort"])
    undo_last(book, lambda _: None)
    assert shown_uses(layout(book)) == []
    assert {name: located.table.columns for name, located in layout(book).named.items()} == before


def test_a_sheet_is_put_away_out_of_the_list_of_hidden_sheets(book):
    refresh(book, ["effort"])
    package = PackageBook(book)
    package.apply(put_away(Layout(package.tables()), BY_KEY["effort"]))
    assert shown_uses(layout(book)) == []
    assert b'state="hidden"' not in part(book, "xl/workbook.xml")


def test_the_sheet_in_front_is_never_put_away_in_a_file(book):
    package = PackageBook(book)
    front = catalogue(layout(book).language).sheet("start")
    assert not package.apply(Changes(sheets=[SheetShown(front, shown=False)]))


def test_a_command_prints_tables_by_their_english_keys_and_writes_nothing(book, capsys):
    refresh(book)
    before = book.read_bytes()
    code, out, _ = run_command(capsys, "effort", book, "--json", today=TODAY)
    tables = json.loads(out)["tables"]
    assert code == 0
    assert book.read_bytes() == before
    assert list(tables) == ["Effort", "EffortByClass", "Misallocated"]
    assert {row["rep"] for row in tables["Effort"]} == {"Ana", "Ben"}
    assert [row["done"] for row in tables["Effort"]] == [4.0, 0.0]
    assert {row["kind"] for row in tables["Misallocated"]} <= {"under", "over"}


@pytest.mark.parametrize("use", USES, ids=lambda use: use.key)
def test_every_use_has_its_command_and_its_words(use, book, capsys):
    language = layout(book).language
    options = [part for name, value in OPTIONS.get(use.key, {}).items() for part in (f"--{name}", value)]
    if use.key in FILES:
        options.append(book.with_name("file.csv"))
        options[-1].write_text(FILES[use.key], encoding="utf-8")
    code, out, err = run_command(capsys, use.key, book, *options, "--lang", language, today=TODAY)
    assert (code, err) == (0, "")
    assert catalogue(language).sheet(use.sheets[0]) in out
    assert shown_uses(layout(book)) == [use.key]


def test_a_fault_in_the_model_stops_a_use_as_it_stops_a_refresh(tmp_path, capsys):
    path = tmp_path / "book.xlsx"
    new_workbook(path, "en", rows(catalogue("en")))
    package = PackageBook(path)
    located = layout(path).named["criteria"]
    weight = located.columns["weight"]
    body = [list(row) for row in zip(*located.table.columns, strict=True)]
    body[0][weight] = -5.0
    package.apply(Changes(rows=[RowsFill("Criteria", 0, [tuple(row) for row in body])]))
    before = path.read_bytes()
    for option in ((), ("--json",)):
        code, out, err = run_command(capsys, "effort", path, *option, today=TODAY)
        assert (code, out) == (1, "") if not option else code == 1
        assert "-5" in err
    assert path.read_bytes() == before


def test_a_table_of_the_companys_own_with_the_name_of_a_list_is_left_alone():
    tables = Tables("en")
    own = tables.tables["Effort"]
    accounts = tables.tables["Clients"]
    renamed = [
        *(table for name, table in tables.tables.items() if name != "Effort"),
        type(own)("Effort2", own.sheet, own.top, own.left, own.headers, own.columns, own.shown),
        type(own)("Effort", "Field force", 4, 1, accounts.headers, accounts.columns, shown=True),
    ]
    found = Layout(renamed)
    assert found.named["effort"].table.name == "Effort2"
    assert "Effort" in {located.table.name for located in found.accounts}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "table", [table for use in USES for table in use.tables], ids=lambda table: table.name
)
def test_a_copy_of_a_list_is_known_by_its_headers_and_is_no_account_table(table, language):
    headers = tuple(catalogue(language).header(table.key, key) for key in table.keys)
    assert kind_of(headers) == table.key
    tables = Tables(language)
    copied = Table(
        "Copy", "Somewhere", 4, 1, (*headers, "Own"), tuple([None] for _ in range(len(headers) + 1))
    )
    found = Layout([*tables.list(), copied])
    assert "Copy" not in {one.table.name for one in (*found.accounts, *found.lost, *found.named.values())}
