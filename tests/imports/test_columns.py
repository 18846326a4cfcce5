"""Numbers and dates of a column are read as the whole column shows, and what was guessed is said."""

import datetime as dt

import pytest
from imports.harness import lines, sentences, sheet, taken
from support.books import Tables

from addin.refusals import Refusal

DAY = dt.datetime


def amounts(folder, *cells, language="en"):
    """Import cells as the turnover of accounts, and return the import with what stands there then."""
    rows = [[f"C{at}", "n", cell] for at, cell in enumerate(cells)]
    found = taken(folder, lines(["Account", "Name", "Turnover"], *rows, sign="\t"), Tables(language))
    column = found.column("turnover")
    return found, [column.get(row[0]) for row in rows]


def dates(folder, *cells, language="en"):
    """Import cells as the last visits of accounts, and return the import with what stands there then."""
    rows = [[f"C{at}", "n", cell] for at, cell in enumerate(cells)]
    found = taken(folder, lines(["Account", "Name", "Last visit"], *rows, sign="\t"), Tables(language))
    column = found.column("last_visit")
    return found, [column.get(row[0]) for row in rows]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (("1,5", "1.234"), [1.5, 1234.0]),
        (("1.5", "1,234"), [1.5, 1234.0]),
        (("12,50", "1.234.567,89", "3"), [12.5, 1234567.89, 3.0]),
        (("12.50", "1,234,567.89", "3"), [12.5, 1234567.89, 3.0]),
        (("1234,567",), [1234.567]),
        (("1234.567",), [1234.567]),
        (("0,123", "1.500"), [0.123, 1500.0]),
        (("1.2345", "2,000"), [1.2345, 2000.0]),
        (("5,", "1.000"), [5.0, 1000.0]),
    ],
)
def test_the_decimal_mark_is_that_of_the_column_whatever_the_language(tmp_path, language, cells, numbers):
    found, values = amounts(tmp_path, *cells, language=language)
    assert values == numbers
    assert not found.guesses()


@pytest.mark.parametrize(
    "blank", [" ", "\u00a0", "\u202f", "\u2009", "'", "’"], ids=["blank", "NBSP", "NNBSP", "thin", "'", "’"]
)
def test_blanks_and_apostrophes_part_thousands(tmp_path, blank):
    cells = [text.replace("_", blank) for text in ("1_234_567,89", "-12_345", "999")]
    assert amounts(tmp_path, *cells)[1] == [1234567.89, -12345.0, 999.0]


@pytest.mark.parametrize("cells", [("1.234", "5.678"), ("1,234", "5,678"), ("1.234.567", "2.000")])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_column_of_three_digits_behind_each_mark_is_whole_numbers_and_that_is_said(
    tmp_path, cells, language
):
    found, values = amounts(tmp_path, *cells, language=language)
    assert values == [float(cell.replace(".", "").replace(",", "")) for cell in cells]
    assert "thousands" in found.guesses()
    assert "three digits" in found.said("en")
    assert "trois chiffres" in found.said("fr")


def test_numbers_with_marks_of_both_kinds_are_read_as_written_and_that_is_said(tmp_path):
    found, values = amounts(tmp_path, "1.234,5", "1,234.5", "2,5", "2.5")
    assert values == [1234.5, 1234.5, 2.5, 2.5]
    assert "both_marks" in found.guesses()


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("-5", -5.0),
        ("+5", 5.0),
        ("- 5", -5.0),
        ("−5", -5.0),
        ("5-", -5.0),
        ("1,234.50-", -1234.5),
        ("(5)", -5.0),
        ("(1,234.50)", -1234.5),
        ("5 €", 5.0),
        ("€5", 5.0),
        ("EUR 5.10", 5.1),
        ("5.10 CHF", 5.1),
        ("-$5", -5.0),
        ("12 %", 0.12),
        ("12.5%", 0.125),
        ("15 k€", 15_000.0),
        ("1e3", 1000.0),
        (" 5 ", 5.0),
        (".5", 0.5),
        ("1000000000000", 1e12),
    ],
)
def test_signs_currencies_and_per_cent_are_understood(tmp_path, cell, number):
    found, values = amounts(tmp_path, cell, "7.25")
    assert values == [pytest.approx(number), 7.25]
    assert not found.notes()


@pytest.mark.parametrize("cell", ["", " ", "-", "null", "NULL", "None", "n/a"])
def test_a_cell_that_says_nothing_is_empty_and_no_fault(tmp_path, cell):
    found, values = amounts(tmp_path, cell, "7.25")
    assert values == [None, 7.25]
    assert not found.notes()


@pytest.mark.parametrize(
    "cell",
    [
        *("1e400", "inf", "-inf", "nan", "Infinity", "1e13", "-1000000000001", "0x1A", "1_000", "True"),
        *(
            "abc",
            "n/c",
            "1.2.3",
            "12,5,3",
            "1 23",
            "--5",
            "(5",
            "5)",
            "=1+1",
            "18446744073709551616",
            "5 apples",
        ),
    ],
)
def test_what_is_no_number_is_left_out_and_counted_with_its_line(tmp_path, cell):
    found, values = amounts(tmp_path, "1.5", cell, "2.5")
    assert values == [1.5, None, 2.5]
    assert "unread" in found.notes()
    assert f"Turnover: 1 cell could not be read and was left out (line 3: {cell})" in found.said("en")
    assert f"CA N : 1 cellule n’a pas pu être lue et a été laissée de côté (ligne 3 : {cell})" in found.said(
        "fr"
    )


@pytest.mark.parametrize("cell", ["1e400", "inf", "nan", "1e13", "abc", "", "-"])
def test_an_invoice_without_an_amount_is_set_aside_and_adds_nothing(tmp_path, cell):
    header = ["Account", "Invoice date", "Amount"]
    found = taken(tmp_path, lines(header, ["A", "2026-06-30", "1.5"], ["A", "2026-06-29", cell]))
    assert found.aside in ([(3, "no_amount_readable")], [(3, "no_amount")])
    assert found.report.units_read == found.report.units_used == 15_000


def test_amounts_that_cannot_be_added_up_exactly_are_refused(tmp_path):
    rows = [["A", "2026-06-30", "999999999999"]] * 600
    with pytest.raises(Refusal, match="import_amounts_too_large") as refused:
        taken(tmp_path, lines(["Account", "Invoice date", "Amount"], *rows))
    sentences(refused.value)


@pytest.mark.parametrize("value", ["1e400", "NaN", "-1E+999"])
def test_a_number_that_no_number_is_in_a_workbook_is_set_aside(tmp_path, value):
    import zipfile

    rows = [
        ["Account", "Invoice date", "Amount"],
        ["A", DAY(2026, 6, 30), 5],
        ["B", 45678, 7],
        ["C", DAY(2026, 6, 29), 1234],
    ]
    source, path = tmp_path / "plain.xlsx", tmp_path / "export.xlsx"
    source.write_bytes(sheet(rows))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for number in (b"45678", b"1234"):
                content = content.replace(b"<v>%s</v>" % number, f"<v>{value}</v>".encode())
            new.writestr(name, content)
    found = taken(tmp_path, path.read_bytes(), name="export.xlsx")
    assert found.aside == [(3, "no_date"), (4, "no_amount_readable")]


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
    assert not found.guesses()


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


@pytest.mark.parametrize("cell", ["", "0", "00000000", "null", "-", "00/00/0000"])
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
