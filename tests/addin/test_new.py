"""A workbook made of exports holds what an import of them holds, and is complete or not there."""

import datetime as dt
import tempfile
from functools import partial

import openpyxl
import pytest
from imports.harness import lines, put, sheet, workbook
from support.commands import run_command
from support.validator import sdk_errors

from addin import fresh
from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.workbook.located_tables import Layout

pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning:openpyxl")  # of what it would lose


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return partial(run_command, capsys)


@pytest.fixture
def new(run, tmp_path):
    """Make a workbook of files by name, and return what was said and the accounts by code."""

    def make(files, *options, name="book.xlsx", language="en"):
        path = tmp_path / name
        named = [part for file in put(tmp_path, files) for part in ("--accounts", file)]
        code, out, err = run("new", path, "--lang", language, *named, *options)
        assert (code, err) == (0, "")
        return out, accounts(path)

    return make


def accounts(path):
    """Filled cells of each account of a workbook, and the table it stands in."""
    found = {}
    for located in Layout(PackageBook(path).tables()).accounts:
        columns = {key: located.cells(key) for key in located.columns}
        for row, code in enumerate(columns["account"]):
            if code is not None:
                filled = {key: cells[row] for key, cells in columns.items() if cells[row] is not None}
                found[code] = {"table": located.table.name, **filled}
    return found


TOTALS = lines(
    ["Code client", "Nom", "Statut", "CA N", "Région"],
    ["C1", "Alpha", "Client", "1.200", "Nord"],
    ["C2", "Beta", "Prospect", "2.500", "Sud"],
    ["Total", "", "", "3.700", ""],
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_of_totals_is_no_account_and_all_rows_are_accounted_for(new, language):
    said, found = new({"export.csv": TOTALS}, language=language)
    assert set(found) == {"C1", "C2"}
    words = catalogue(language)
    assert words.text("imports", "aside", "totals_line") in said
    assert found["C1"].items() >= {"table": "Clients", "turnover": 1200.0, "+region": "Nord"}.items()
    assert found["C2"]["table"] == "Prospects"
    assert words.text("cli", "new", "own", columns=["Région"]) in said


def test_what_is_printed_is_what_an_import_prints(new, run, tmp_path):
    said, _ = new({"export.csv": TOTALS.replace("Région", "Zone")})
    assert run("new", tmp_path / "other.xlsx")[0] == 0
    _, imported, _ = run("import", tmp_path / "other.xlsx", tmp_path / "export.csv", "--yes")
    report = imported[: imported.index("\nWritten")]
    assert said.startswith(report)
    assert accounts(tmp_path / "other.xlsx") == accounts(tmp_path / "book.xlsx")


def test_no_sheet_of_accounts_is_dropped(new):
    customers = [["Code", "Name", "Turnover"], ["C1", "Alpha", 1000]]
    prospects = [["Code", "Name", "Status", "Potential"], ["P1", "Pi", "Prospect", 5000]]
    said, found = new({"export.xlsx": workbook(Customers=customers, Prospects=prospects)})
    assert set(found) == {"C1", "P1"}
    assert "export.xlsx [Customers] has no column Status: all its accounts are taken for clients." in said


def test_a_line_that_counts_the_clients_is_none(new):
    content = lines(
        ["Code client", "Nom", "Ville"], ["C1", "Alpha", "Lyon"], ["Nombre de clients : 1", "", ""]
    )
    assert set(new({"export.csv": content})[1]) == {"C1"}


def test_dates_are_read_as_the_whole_column_says(new):
    content = lines(["Account", "Last visit"], ["C1", "05/11/2026"], ["C2", "30/08/2026"])
    _, found = new({"export.csv": content})
    assert found["C1"]["last_visit"] == dt.datetime(2026, 11, 5)


def test_what_cannot_be_read_is_unknown_and_said_with_its_line(new):
    said, found = new({"export.csv": lines(["Account", "Turnover"], ["C1", "n/k"], ["C2", 5])})
    assert "turnover" not in found["C1"]
    assert "Turnover: 1 cell could not be read and was left out (line 2: n/k)." in said


def test_text_that_looks_like_a_formula_is_text(new, tmp_path):
    _, found = new({"export.csv": lines(["Compte", "Raison sociale", "Note"], ["C1", "=1+1", "=2+2"])})
    assert found["C1"].items() >= {"name": "=1+1", "+note": "=2+2"}.items()
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "book.xlsx")["Clients"] for cell in row]
    assert {cell.data_type for cell in cells if cell.value in ("=1+1", "=2+2")} == {"s"}


def test_columns_of_the_companys_own_hold_what_they_held_and_dates_show_as_dates(new, tmp_path):
    since = dt.date(2019, 4, 1)
    rows = [
        ["Account", "Name", "Since", "Staff", "Score"],
        ["C1", "a", since, 12, 99],
        ["C2", "b", None, 0.5, 1],
    ]
    _, found = new({"export.xlsx": sheet(rows)})
    assert (
        found["C1"].items() >= {"+since": dt.datetime(2019, 4, 1), "+staff": 12.0, "+score (2)": 99.0}.items()
    )
    assert found["C2"].items() >= {"+staff": 0.5, "+score (2)": 1.0}.items()
    assert "score" not in found["C1"]
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "book.xlsx")["Clients"] for cell in row]
    (shown,) = [cell for cell in cells if cell.value == dt.datetime(2019, 4, 1)]
    assert shown.is_date


def test_the_same_files_imported_again_change_nothing(new, run, tmp_path):
    files = {"a.csv": lines(["Account", "Name", "Class", "Region"], ["C1", "a", "K", "Sud"])}
    new(files)
    before = (tmp_path / "book.xlsx").read_bytes()
    assert run("import", tmp_path / "book.xlsx", tmp_path / "a.csv", "--yes")[0] == 0
    assert (tmp_path / "book.xlsx").read_bytes() == before


def test_a_column_can_be_told_where_it_goes(new):
    files = {"a.csv": lines(["Kunde", "Umsatz", "Ort"], ["C1", 5, "Ulm"])}
    _, found = new(files, "--map", "Kunde=Account", "--map", "Umsatz=Turnover")
    assert found["C1"].items() >= {"turnover": 5.0, "+ort": "Ulm"}.items()


def test_a_macro_workbook_with_columns_of_its_own_is_valid_and_is_scored(new, run, tmp_path):
    rows = [["Account", "Name", "Since", "Région"], ["C1", "a", dt.date(2019, 4, 1), "Sud"]]
    new({"export.xlsx": sheet(rows)}, name="book.xlsm", language="fr")
    assert sdk_errors(tmp_path / "book.xlsm") == []
    assert run("refresh", tmp_path / "book.xlsm")[0] == 0
    assert accounts(tmp_path / "book.xlsm")["C1"]["class"] == "?"


class TestNothingIsLeftBehind:
    @pytest.fixture(autouse=True)
    def places(self, tmp_path, monkeypatch):
        """A folder of its own for drafts, which must be empty afterwards."""
        drafts, self.place = tmp_path / "drafts", tmp_path / "place"
        for folder in (drafts, self.place):
            folder.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(drafts))
        yield
        assert list(drafts.iterdir()) == []
        assert list(self.place.iterdir()) == []

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("bad.csv", "Fruit;Colour\napple;red\n"),
            ("bad.csv", ""),
            ("bad.pdf", "%PDF"),
            ("bad.xlsx", b"PK\x03\x04"),
            ("bad.csv", lines(["Account", "Last visit"], ["C1", "13/01/2026"], ["C2", "01/13/2026"])),
        ],
    )
    def test_a_file_that_cannot_be_imported_is_named(self, run, tmp_path, name, content):
        good, bad = put(tmp_path, {"good.csv": TOTALS, name: content})
        code, out, err = run("new", self.place / "book.xlsx", "--accounts", good, "--accounts", bad)
        assert (code, out) == (1, "")
        assert name in err

    def test_a_file_that_is_not_there_is_named(self, run, tmp_path):
        code, _, err = run("new", self.place / "book.xlsx", "--accounts", tmp_path / "none.csv")
        assert code == 1
        assert "none.csv" in err

    @pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError])
    def test_an_interruption_leaves_no_half_of_a_workbook(self, run, tmp_path, monkeypatch, failure):
        def interrupted(*_):
            raise failure

        monkeypatch.setattr(PackageBook, "apply", interrupted)
        monkeypatch.setattr("platformdirs.user_log_dir", lambda *_, **__: str(tmp_path / "logs"))
        (good,) = put(tmp_path, {"good.csv": TOTALS})
        assert run("new", self.place / "book.xlsx", "--accounts", good)[0] == 1


def test_a_workbook_that_appears_meanwhile_is_left_alone(run, tmp_path, monkeypatch):
    path = tmp_path / "book.xlsx"
    plain = fresh.new_workbook

    def meanwhile(*arguments):
        plain(*arguments)
        path.write_bytes(b"somebody's")

    monkeypatch.setattr(fresh, "new_workbook", meanwhile)
    (good,) = put(tmp_path, {"good.csv": TOTALS})
    assert run("new", path, "--accounts", good)[0] == 1
    assert path.read_bytes() == b"somebody's"
