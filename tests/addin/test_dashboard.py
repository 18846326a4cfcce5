"""The Dashboard shows the portfolio of the last refresh, on whatever sheets it is, in any program."""

import re
import zipfile

import numpy as np
import pytest
from support.books import TODAY, Tables, cells, written

from addin.catalogue import catalogue
from addin.fresh import demo_workbook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, ColumnFill


def totals(tables):
    return {row["class"]: row for row in cells(written(tables.list(), tables.score()), "Totals")}


def clients(**scores):
    """Accounts of whom nothing but a note is known, so that the note is the score."""
    return [
        {"account": code, "status": "Client", "growth": note, "turnover": amount}
        for code, (note, amount) in scores.items()
    ]


def noted(rows):
    """A workbook in which the note for growth alone makes the score."""
    tables = Tables()
    for at in range(tables.tables["Criteria"].n_rows):
        tables.set("Criteria", at, "weight", 0.0)
    tables.set("Criteria", tables.find("Criteria", "criterion", "Growth"), "weight", 100.0)
    return tables.rows("Clients", rows)


def test_totals_count_each_class_and_all_of_them():
    found = totals(noted(clients(C1=(9.0, 100.0), C2=(8.0, 50.0), C3=(6.0, 30.0), C4=(None, 20.0))))
    assert [(found[key]["accounts"], found[key]["turnover"]) for key in ("A", "B", "C", "?")] == [
        (2.0, 150.0),
        (1.0, 30.0),
        (0.0, 0.0),
        (1.0, 20.0),
    ]
    assert found["A"]["share_turnover"] == 0.75
    total = next(row for key, row in found.items() if key is None and row["accounts"])
    assert (total["accounts"], total["turnover"]) == (4.0, 200.0)


def test_a_class_called_like_a_pattern_counts_its_own_accounts_only():
    tables = noted(clients(C1=(9.0, 1.0), C2=(7.0, 1.0), C3=(7.0, 1.0)))
    tables.set("Classes", 0, "class", "A*").set("Classes", 1, "class", "A")
    found = totals(tables)
    assert (found["A*"]["accounts"], found["A"]["accounts"]) == (1.0, 2.0)


def test_accounts_on_sheets_that_a_company_adds_are_counted():
    tables = noted(clients(C1=(9.0, 1.0)))
    tables.copy_of("Clients", "North", "North").rows("North", clients(N1=(9.0, 7.0)))
    assert totals(tables)["A"]["turnover"] == 8.0


def test_more_classes_than_lines_share_the_last_line():
    tables = noted(clients(C1=(0.5, 5.0), C2=(1.5, 7.0)))
    rows = [
        {"class": letter, "label": f"Class {letter}", "min_score": score}
        for letter, score in zip("ABCDEFGH", (70.0, 60.0, 50.0, 40.0, 30.0, 20.0, 10.0, 0.0), strict=True)
    ]
    found = totals(tables.rows("Classes", rows))
    assert [key for key in found if key] == ["A", "B", "C", "D", "E", "F - H", "?"]
    assert (found["F - H"]["accounts"], found["F - H"]["turnover"]) == (2.0, 12.0)


@pytest.fixture(scope="module", params=["en", "fr"])
def demo(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "book.xlsm"
    demo_workbook(path, request.param, TODAY)
    return path, request.param


def figures(path, language):
    """Values that are stored in the cards of the Dashboard, and those of the table that they repeat."""
    book = PackageBook(path)
    located = Layout(book.tables()).named["figures"]
    with zipfile.ZipFile(path) as package:
        workbook = package.read("xl/workbook.xml").decode()
        sheets = re.findall(r'<sheet name="([^"]+)"', workbook)
        at = 1 + sheets.index(catalogue(language).sheet("dashboard"))
        sheet = package.read(f"xl/worksheets/sheet{at}.xml").decode()
    found = dict(re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>IF\(\$[^<]*</f><v>([^<]*)</v>', sheet))
    return found, located


def test_a_refresh_of_a_file_stores_the_figures_that_the_cards_show(demo):
    path, language = demo
    book = PackageBook(path)
    located = Layout(book.tables()).accounts[0]
    table, column = located.table, located.columns["turnover"]
    skip = np.ones(table.n_rows, dtype=bool)
    skip[:5] = False
    fill = ColumnFill(table.name, column, [2e6] * table.n_rows, skip, np.zeros(table.n_rows, dtype=bool))
    book.apply(Changes([fill]))
    before, _ = figures(path, language)
    tables = PackageBook(path)
    tables.apply(score_tables(tables.tables(), TODAY).changes)
    after, located = figures(path, language)
    assert float(after["D5"]) == located.rows()[1]["value"]
    assert before["D5"] != after["D5"]
    assert float(after["B5"]) == located.rows()[0]["value"]


def test_the_cards_stay_formulas(demo):
    path, language = demo
    found, _ = figures(path, language)
    assert {"A2", "B4", "B5", "B6", "J5"} <= found.keys()


def test_without_a_history_no_number_of_moves_is_told():
    """A second refresh of the day could not tell it, and would show another."""
    tables = noted(clients(C1=(9.0, 1.0), C2=(7.0, 1.0)))
    del tables.tables["History"]
    once = written(tables.list(), tables.score(asked={"review": {}}))
    assert not score_tables(once, TODAY, asked={"review": {}}).changes.rows
    label = catalogue("en").text("template", "dashboard", "moves")
    assert next(row["value"] for row in cells(once, "Figures") if row["figure"] == label) == "-"
