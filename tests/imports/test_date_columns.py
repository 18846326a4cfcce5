"""How the dates of a column are read, and what is said of them."""

import pytest
from imports.harness import lines, sentences, sheet, taken
from support.books import Tables
from support.columns import DAY

from addin.refusals import Refusal


def dates(folder, *cells, language="en"):
    """Import cells as the last visits of accounts, and return the import with what stands there then."""
    rows = [[f"C{at}", "n", cell] for at, cell in enumerate(cells)]
    found = taken(folder, lines(["Account", "Name", "Last visit"], *rows, sign="\t"), Tables(language))
    column = found.column("last_visit")
    return found, [column.get(row[0]) for row in rows]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("cells", "days", "order"),
    [
        (("31/12/2025", "01/02/2025"), [DAY(2025, 12, 31), DAY(2025, 2, 1)], "day/month/year, as 31/12/2025"),
        (("12/31/2025", "01/02/2025"), [DAY(2025, 12, 31), DAY(2025, 1, 2)], "month/day/year, as 12/31/2025"),
        (
            ("31.12.2025", "01-02-2025", "3 4 2025"),
            [DAY(2025, 12, 31), DAY(2025, 2, 1), DAY(2025, 4, 3)],
            "day/",
        ),
        (("31/12/25", "01/02/70", "01/02/69"), [DAY(2025, 12, 31), DAY(1970, 2, 1), DAY(2069, 2, 1)], "day/"),
        (("31/12/2025 23:59", "01/02/2025 8h05"), [DAY(2025, 12, 31), DAY(2025, 2, 1)], "day/"),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_column(tmp_path, language, cells, days, order):
    found, values = dates(tmp_path, *cells, language=language)
    assert values == days
    assert f"Dates are {order}" in found.said("en")
    assert not found.guesses()


@pytest.mark.parametrize(
    "cell",
    [
        *("2025-12-31", "2025/12/31", "2025.12.31", "2025-12-31 10:20", "2025-12-31T10:20:30Z", "20251231"),
        *("2025-12-31 00:00:00.000", "2025-12-31T00:00:00+01:00", " 2025-12-31 "),
    ],
)
def test_dates_that_begin_with_the_year_need_no_guess(tmp_path, cell):
    found, values = dates(tmp_path, cell, "2025-01-02")
    assert values == [DAY(2025, 12, 31), DAY(2025, 1, 2)]
    assert not found.guesses()


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("31 janv. 2026", DAY(2026, 1, 31)),
        ("1er avril 2026", DAY(2026, 4, 1)),
        ("15-mai-26", DAY(2026, 5, 15)),
        ("20-févr.-26", DAY(2026, 2, 20)),
        ("20 FEVR 2026", DAY(2026, 2, 20)),
        ("samedi 1 août 2026", DAY(2026, 8, 1)),
        ("mar. 3 mars 2026", DAY(2026, 3, 3)),
        ("Mar 5, 2026", DAY(2026, 3, 5)),
        ("Tuesday, 3rd of March 2026", DAY(2026, 3, 3)),
        ("5 March 2026", DAY(2026, 3, 5)),
        ("2026-mars-05", DAY(2026, 3, 5)),
        ("2026-01-31T23:30:00+01:00", DAY(2026, 1, 31)),
        ("20260131", DAY(2026, 1, 31)),
        ("31012026", DAY(2026, 1, 31)),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_dates_that_can_be_read_in_one_way_only_need_no_other(tmp_path, language, cell, day):
    found, values = dates(tmp_path, cell, language=language)
    assert values == [day]
    assert not found.guesses()


def test_dates_with_names_of_months_are_said_with_one(tmp_path):
    found, _ = dates(tmp_path, "31 janv. 2026", "1er avril 2026", "02/03/2026")
    assert "Dates name their month, as 1er avril 2026 does." in found.said("en")
    assert "Les dates nomment leur mois, comme 1er avril 2026." in found.said("fr")
    assert found.guesses() == {"day_first"}  # of the third one


def test_a_column_of_serial_numbers_holds_dates_and_that_is_said(tmp_path):
    found, values = dates(tmp_path, "46037", "46038,5", "", "soon")
    assert values == [DAY(2026, 1, 15), DAY(2026, 1, 16), None, None]
    assert "Dates are the serial numbers of Excel: 46037 is 2026-01-15." in found.said("en")
    assert "46037 est le 15/01/2026" in found.said("fr")


@pytest.mark.parametrize("other", ["2025-01-02", "12", "99999", "2026", "15 mai 2026"])
def test_serial_numbers_beside_something_else_are_unknown(tmp_path, other):
    found, values = dates(tmp_path, "46037", other)
    assert values[0] is None
    assert "46037" in found.said("en")


def test_serial_numbers_of_one_column_leave_the_others_as_they_are(tmp_path):
    header = ["Account", "Invoice date", "Due date", "Amount"]
    found = taken(tmp_path, lines(header, ["A", "46200", "31/07/2026", 1], ["A", "46201", "46250", 1]))
    assert found["A"]["last_purchase"] == DAY(2026, 6, 27)
    assert found.aside == [(3, "no_due_date")]


@pytest.mark.parametrize(
    ("cells", "days", "said"),
    [
        (
            ("150125", "200225", "100325"),
            [DAY(2025, 1, 15), DAY(2025, 2, 20), DAY(2025, 3, 10)],
            "day, month",
        ),
        (
            ("250115", "250220", "250310"),
            [DAY(2025, 1, 15), DAY(2025, 2, 20), DAY(2025, 3, 10)],
            "year, month",
        ),
        (("012025", "112825"), [DAY(2025, 1, 20), DAY(2025, 11, 28)], "month, day"),
        (("150125", "50225"), [DAY(2025, 1, 15), DAY(2025, 2, 5)], "day, month"),
    ],
)
def test_dates_of_six_figures_are_read_in_the_order_that_makes_the_fewest_years(tmp_path, cells, days, said):
    found, values = dates(tmp_path, *cells)
    assert values == days
    assert f"Dates of six figures are {said}" in found.said("en")
    assert not found.guesses()
    rows = [["Account", "Last visit"], *[[f"C{at}", int(cell)] for at, cell in enumerate(cells)]]
    book = taken(tmp_path, sheet(rows), name="export.xlsx")
    assert list(book.column("last_visit").values()) == days


def test_dates_of_six_figures_that_could_begin_with_the_month_are_a_guess(tmp_path):
    found, values = dates(tmp_path, "010226", "050226")
    assert values == [DAY(2026, 2, 1), DAY(2026, 2, 5)]
    assert found.guesses() == {"day_first"}


def test_dates_that_excel_turned_where_it_could_are_refused(tmp_path):
    cells = [DAY(2026, 1, 5), DAY(2026, 2, 5), DAY(2026, 12, 5), "13/05/2026", "25/05/2026", "31/05/2026"]
    rows = [["Account", "Last visit"], *[[f"C{at}", cell] for at, cell in enumerate(cells)]]
    with pytest.raises(Refusal, match="import_turned_dates") as refused:
        taken(tmp_path, sheet(rows), name="export.xlsx")
    assert "13/05/2026" in sentences(refused.value)["en"]
    rows += [["C7", DAY(2026, 5, 13)]]  # Excel can read days beyond the 12th: these texts are something else
    assert len(taken(tmp_path, sheet(rows), name="export.xlsx").column("last_visit")) == 7


@pytest.mark.parametrize("language", ["en", "fr"])
def test_dates_that_could_all_be_either_are_read_day_first_and_that_is_said(tmp_path, language):
    found, values = dates(tmp_path, "01/02/2025", "03/04/2025", language=language)
    assert values == [DAY(2025, 2, 1), DAY(2025, 4, 3)]
    assert found.guesses() == {"day_first"}
    assert "they were read as day/month" in found.said("en")
    assert "elles ont été lues jour/mois" in found.said("fr")


def test_dates_that_are_the_same_in_both_orders_need_no_guess(tmp_path):
    found, values = dates(tmp_path, "05/05/2025", "2025-04-03")
    assert values == [DAY(2025, 5, 5), DAY(2025, 4, 3)]
    assert not found.guesses()


@pytest.mark.parametrize(("due", "first"), [("31/03/2026", DAY(2026, 2, 1)), ("03/31/2026", DAY(2026, 1, 2))])
def test_another_date_column_of_the_file_decides(tmp_path, due, first):
    header = ["Account", "Invoice date", "Due date", "Amount"]
    found = taken(tmp_path, lines(header, ["A", "01/02/2026", due, 1], ["A", "05/06/2026", "", 1]))
    assert found["A"]["first_purchase"] == first
    assert "day_first" not in found.guesses()


def test_two_files_may_write_their_dates_in_two_ways(tmp_path):
    header = ["Account", "Invoice date", "Amount"]
    french = lines(header, ["A", "31/01/2026", 1], ["A", "02/03/2026", 1])
    american = lines(header, ["B", "01/31/2026", 1], ["B", "02/03/2026", 1])
    found = taken(tmp_path, {"a.csv": french, "b.csv": american})
    assert found.column("last_purchase") == {"A": DAY(2026, 3, 2), "B": DAY(2026, 2, 3)}


@pytest.mark.parametrize("cells", [("31/12/2025", "12/31/2025"), ("12/13/2025", "01/02/2025", "13/12/2025")])
def test_a_file_whose_dates_are_in_both_orders_is_refused_with_one_of_each(tmp_path, cells):
    with pytest.raises(Refusal, match="import_mixed_dates") as refused:
        dates(tmp_path, *cells)
    english = sentences(refused.value)["en"]
    assert cells[0] in english
    assert cells[-1] in english


def test_dates_in_both_orders_are_found_in_two_columns_of_one_file(tmp_path):
    header = ["Account", "Invoice date", "Due date", "Amount"]
    with pytest.raises(Refusal, match="import_mixed_dates"):
        taken(tmp_path, lines(header, ["A", "31/01/2026", "02/28/2026", 1]))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025-05", DAY(2025, 5, 31)),
        ("05/2025", DAY(2025, 5, 31)),
        ("2024/02", DAY(2024, 2, 29)),
        ("2025", DAY(2025, 12, 31)),
    ],
)
def test_a_month_or_a_year_counts_as_its_last_day_and_that_is_said(tmp_path, cell, day):
    found, values = dates(tmp_path, cell)
    assert values == [day]
    assert found.guesses() == {"coarse"}


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "31/02/2025",
            "2025-13-01",
            "2025-02-30",
            "20250231",
            "13/2025",
            "1949-12-31",
            "2201-01-01",
            "soon",
        ),
        *("45000", "31/12/2025x", "=TODAY()", "1e400"),
    ],
)
def test_what_is_no_date_is_left_out_and_counted_with_its_line(tmp_path, cell):
    found, values = dates(tmp_path, "2025-01-02", cell, "2025-01-03")
    assert values == [DAY(2025, 1, 2), None, DAY(2025, 1, 3)]
    assert f"Last visit: 1 cell could not be read and was left out (line 3: {cell})" in found.said("en")


@pytest.mark.parametrize(
    "cell", ["", "0", "00000000", "null", "-", "00/00/0000", "0000-00-00 00:00:00", "/  /", "FALSE"]
)
def test_a_date_that_says_nothing_is_empty_and_no_fault(tmp_path, cell):
    found, values = dates(tmp_path, cell, "2025-01-03")
    assert values == [None, DAY(2025, 1, 3)]
    assert not found.notes()


def test_dates_of_an_excel_sheet_are_dates_however_they_are_typed(tmp_path):
    cells = [DAY(2025, 12, 31), 46022, "31/12/2025", 20251231, "2025-12-31"]
    rows = [["Account", "Last visit"], *[[f"C{at}", cell] for at, cell in enumerate(cells)]]
    found = taken(tmp_path, sheet(rows), name="export.xlsx")
    assert set(found.column("last_visit").values()) == {DAY(2025, 12, 31)}
    assert len(found.column("last_visit")) == len(cells)
