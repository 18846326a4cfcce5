"""An older workbook gets what came since, and keeps all that it holds.

data/november-26.xlsm and data/november-24.xlsx were written by ClientScore as
it was on those days, data/release-VERSION.xlsm by each release before this one:
two clients, a prospect and a column of the company's own.
"""

import datetime as dt
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from support.commands import run_command
from support.packages import VERSION
from support.validator import sdk_errors
from xlsxwriter import Workbook

from addin.catalogue import catalogue, field_key
from addin.fresh import new_workbook
from addin.machine.vba_source import module_sources
from addin.package import PackageBook
from addin.refusals import Refusal
from addin.upgrade import upgrade_file
from addin.uses import shown_uses
from addin.workbook.located_tables import Layout
from addin.workbook.own_columns import own_key
from addin.workbook.port import Changes, RowsFill, column_letters
from addin.workbook.settings import SETTINGS
from addin.workbook.tables import BY_KEY, TABLES

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 11, 29)
OLD = ("november-26.xlsm", "november-24.xlsx")


@pytest.fixture(params=OLD)
def old(request, tmp_path):
    path = tmp_path / request.param
    shutil.copy(DATA / request.param, path)
    return path


def tables(path):
    return PackageBook(path).tables()


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_parts(path, changed):
    content = parts(path) | changed
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in content.items():
            package.writestr(name, part)


def test_every_cell_of_an_older_workbook_stays_as_it_is(old):
    before = {table.name: table for table in tables(old)}
    upgrade_file(old)
    after = {table.name: table for table in tables(old)}
    for name, table in before.items():
        now = after[name]
        assert (now.sheet, now.top, now.left) == (table.sheet, table.top, table.left)
        assert now.headers[: len(table.headers)] == table.headers
        for was, column in zip(table.columns, now.columns, strict=False):
            assert column[: len(was)] == was


def test_it_has_every_table_column_and_setting_of_today(old):
    upgrade_file(old)
    layout = Layout(tables(old))
    assert set(layout.named) == {table.key for table in TABLES}
    for located in (*layout.accounts, *layout.named.values()):
        assert [key for key in BY_KEY[located.kind].keys if key not in located.columns] == []
    names = layout.named["settings"].cells("setting")
    assert {field_key("setting_names", name, layout.language) for name in names} == {
        one.key for one in SETTINGS
    }
    values = dict(zip(names, layout.named["settings"].cells("value"), strict=True))
    assert (
        next(value for name, value in values.items() if field_key("setting_names", name) == "in_use_from")
        == 0.2
    )


def test_sheets_of_uses_come_hidden_and_those_that_everybody_sees_come_shown(old):
    done = upgrade_file(old)
    layout = Layout(tables(old))
    assert shown_uses(layout) == []
    assert layout.named["totals"].table.shown
    assert layout.named["totals"].table.sheet in done.sheets


def test_it_is_scored_as_a_workbook_of_today_and_every_use_works(old, capsys):
    upgrade_file(old)
    code, _, err = run_command(capsys, "refresh", old, today=TODAY)
    assert (code, err) == (0, "")
    code, _, err = run_command(capsys, "effort", old, today=TODAY)
    assert (code, err) == (0, "")
    (row,) = (row for row in Layout(tables(old)).named["effort"].rows() if row["rep"] == "Ana")
    assert row["accounts"] == 1.0
    assert sdk_errors(old) == []


def test_the_workbook_of_every_earlier_release_becomes_one_of_today(tmp_path, capsys):
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = [one for one in re.findall(r"^## \[([\d.]+)\]", changelog, re.MULTILINE) if one != VERSION]
    books = {path.stem.removeprefix("release-"): path for path in DATA.glob("release-*.xlsm")}
    assert set(released) <= set(books)
    for release, book in books.items():
        path = tmp_path / book.name
        shutil.copy(book, path)
        before = {row["account"]: row for one in Layout(tables(path)).accounts for row in one.rows()}
        done = upgrade_file(path)
        assert (done.macros, done.blocked, done.own) == (True, {}, {}), release
        code, _, err = run_command(capsys, "refresh", path, today=TODAY)
        assert (code, err) == (0, "")
        layout = Layout(tables(path))
        assert set(layout.named) == {table.key for table in TABLES}, release
        now = {row["account"]: row for one in layout.accounts for row in one.rows()}
        assert {code: row["class"] for code, row in now.items()} == {"C001": "A", "C002": "D", "P001": "B"}
        own = own_key("Own & <note>")
        assert {code: row[own] for code, row in now.items()} == {
            code: row[own] for code, row in before.items()
        }
        assert not upgrade_file(path).any
        assert sdk_errors(path) == []


def test_a_second_upgrade_finds_nothing_to_do(old):
    assert upgrade_file(old).any
    before = old.read_bytes()
    assert not upgrade_file(old).any
    assert old.read_bytes() == before


def test_a_workbook_of_today_is_left_alone(tmp_path, capsys):
    path = tmp_path / "today.xlsx"
    new_workbook(path, "fr")
    before = path.read_bytes()
    code, out, _ = run_command(capsys, "upgrade", path)
    assert code == 0
    assert "Rien n’a changé" in out
    assert path.read_bytes() == before


def test_new_columns_look_and_are_checked_as_those_of_today(old):
    upgrade_file(old)
    layout = Layout(tables(old))
    place = layout.accounts[0]
    letters = re.match("[A-Z]+", place.address(None, "target"))[0]
    sheet = next(
        part for part in parts(old).values() if f'sqref="{letters}{place.table.top}:'.encode() in part
    )
    assert re.search(rb'<dataValidation type="list"[^>]*sqref="%b' % letters.encode(), sheet)
    held = place.columns["held"] + place.table.left
    assert re.search(rb'<col min="%d" max="%d"[^>]*hidden="1"' % (held, held), sheet)


def test_ribbon_and_macros_are_those_of_today_where_all_of_them_are_ours(tmp_path):
    old = tmp_path / "book.xlsm"
    shutil.copy(DATA / OLD[0], old)
    assert upgrade_file(old).macros
    found = parts(old)
    assert b"ClientScore_uses" in found["customUI/customUI14.xml"]
    assert any('Case "effort"' in source for source in module_sources(found["xl/vbaProject.bin"]))


def test_macros_of_the_companys_own_are_never_replaced(tmp_path, capsys):
    old = tmp_path / "book.xlsm"
    shutil.copy(DATA / OLD[0], old)
    ribbon = parts(old)["customUI/customUI14.xml"].replace(b"ClientScoreTab", b"OurOwnTab")
    with_parts(old, {"customUI/customUI14.xml": ribbon})
    before = parts(old)
    code, out, _ = run_command(capsys, "upgrade", old, "--lang", "en")
    assert code == 0
    assert "macros of your own" in out
    after = parts(old)
    assert after["xl/vbaProject.bin"] == before["xl/vbaProject.bin"]
    assert after["customUI/customUI14.xml"] == ribbon


def test_parts_that_nobody_knows_stay_byte_for_byte(old):
    precious = {"customXml/item1.xml": b"<mine>kept</mine>", "xl/media/image9.png": bytes(range(200))}
    with_parts(old, precious)
    before = parts(old)
    upgrade_file(old)
    after = parts(old)
    assert {name: after[name] for name in precious} == precious
    assert set(before) <= set(after)
    charts = [name for name in before if name.startswith(("xl/charts/", "xl/drawings/", "xl/theme/"))]
    assert charts
    assert all(after[name] == before[name] for name in charts)


def test_cells_beside_a_table_are_in_the_way_and_are_named(tmp_path, capsys):
    old = tmp_path / "book.xlsx"
    shutil.copy(DATA / OLD[1], old)
    layout = Layout(tables(old))
    table = layout.accounts[0].table
    (name,) = (part for part, content in parts(old).items() if b'codeName="ClientsSheet"' in content)
    address = f"{column_letters(table.left + len(table.headers) + 2)}{table.top}"
    row = re.compile(rb'(<row r="%d"[^>]*>.*?)(</row>)' % table.top, re.DOTALL)
    content = row.sub(rb'\1<c r="%b"><v>7</v></c>\2' % address.encode(), parts(old)[name], count=1)
    with_parts(old, {name: content})
    code, out, _ = run_command(capsys, "upgrade", old)
    assert code == 0
    assert f"{address} is in the way" in out
    assert "target" not in Layout(tables(old)).accounts[0].columns


def test_a_table_of_the_companys_own_with_one_of_our_names_is_left_alone(old, capsys):
    """The company once called a table of its own Effort."""
    before = {name: content for name, content in parts(old).items() if name.startswith("xl/tables/")}
    (name,) = (name for name, content in before.items() if b'displayName="History"' in content)
    with_parts(old, {name: before[name].replace(b'"History"', b'"Effort"')})
    code, out, _ = run_command(capsys, "upgrade", old, "--lang", "en")
    assert code == 0
    assert "that of ClientScore is called Effort_2" in out
    assert Layout(tables(old)).named["effort"].table.name == "Effort_2"
    assert next(table for table in tables(old) if table.name == "Effort").headers[0] == "Date"


def test_a_column_of_the_companys_own_that_is_called_like_ours_is_never_written_over(old, capsys):
    """The company once called a column of its own Profile; its words happen to be ours."""
    layout = Layout(tables(old))
    located, words = layout.accounts[0], catalogue(layout.language)
    header, word = words.header("accounts", "profile"), words.word("profile", "loyal")
    for name, content in parts(old).items():
        if name.startswith(("xl/tables/", "xl/worksheets/", "xl/sharedStrings")):
            with_parts(old, {name: content.replace(b"Own &amp; &lt;note&gt;", header.encode())})
    rows = [list(cells) for cells in zip(*Layout(tables(old)).accounts[0].table.columns, strict=True)]
    rows[0][-1] = word
    PackageBook(old).apply(Changes(rows=[RowsFill(located.table.name, 0, [tuple(row) for row in rows])]))
    for _ in range(2):
        code, out, err = run_command(capsys, "refresh", old, "--lang", "en", today=TODAY)
        assert code == 0
        assert f"“{word}”: it counts as yours and is left as it is" in err
        (table,) = [table for table in tables(old) if table.name == located.table.name]
        assert table.headers.count(header) == 1
        assert table.columns[table.headers.index(header)][0] == word
        _, out, _ = run_command(capsys, "upgrade", old, "--lang", "en")
    assert f"columns of your own called {header}" in out
    assert "risk" not in Layout(tables(old)).accounts[0].columns


def test_an_upgrade_to_another_file_leaves_the_workbook_as_it_is(old, tmp_path, capsys):
    before, target = old.read_bytes(), tmp_path / f"new{old.suffix}"
    code, _, _ = run_command(capsys, "upgrade", old, "--output", target)
    assert code == 0
    assert old.read_bytes() == before
    assert "effort" in Layout(tables(target)).named


def test_the_command_of_a_use_brings_an_older_workbook_up_to_date_first(old, capsys):
    code, out, _ = run_command(capsys, "worklist", old, "--lang", "en", today=TODAY)
    assert code == 0
    assert "New sheets:" in out
    assert shown_uses(Layout(tables(old))) == ["worklist"]


def test_a_workbook_in_the_strict_dialect_is_refused_with_what_to_do(old):
    workbook = parts(old)["xl/workbook.xml"].replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    with_parts(old, {"xl/workbook.xml": workbook})
    with pytest.raises(Refusal, match="strict_dialect"):
        upgrade_file(old)


def test_a_workbook_that_is_none_of_ours_is_refused_with_what_to_do(tmp_path, capsys):
    path = tmp_path / "other.xlsx"
    with Workbook(path) as workbook:
        workbook.add_worksheet("Prices").add_table("A1:B3", {"name": "Prices"})
    before = path.read_bytes()
    code, _, err = run_command(capsys, "upgrade", path, "--lang", "en")
    assert code == 1
    assert "clientscore new" in err
    assert path.read_bytes() == before
