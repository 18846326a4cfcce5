"""How the numbers of a column are read, and what is said of them."""

import pytest
from imports.harness import lines, sentences, sheet, taken
from support.books import Tables
from support.columns import DAY

from addin.refusals import Refusal


def amounts(folder, *cells, language="en"):
    """Import cells as the turnover of accounts, and return the import with what stands there then."""
    rows = [[f"C{at}", "n", cell] for at, cell in enumerate(cells)]
    found = taken(folder, lines(["Account", "Name", "Turnover"], *rows, sign="\t"), Tables(language))
    column = found.column("turnover")
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
        (" $(200.00)", -200.0),
        ("($200.00)", -200.0),
        ("(200.00)", -200.0),
        ("200.00-", -200.0),
        ("200.00- EUR", -200.0),
        ("'-200.00", -200.0),
        ("\u2011200.00", -200.0),
        ("\u2013 200.00", -200.0),
        ("200.00 CR", -200.0),
        ("200.00CR", -200.0),
        ("Cr 200.00", -200.0),
        ("200.00 crédit", -200.0),
        ("200.00 DR", 200.0),
        ("DR 200.00", 200.0),
        ("200.00 C", -200.0),
        ("C 200.00", -200.0),
        ("200.00 D", 200.0),
        (" $-   ", 0.0),
        ("- €", 0.0),
        ("1'000.--", 1000.0),
        ("1’000.50", 1000.5),
        ("CHF 1'000.-", 1000.0),
        ("1,200.00 USD", 1200.0),
        ("$1,200.00 USD", 1200.0),
        ("1\u202f200.00\u00a0€ HT", 1200.0),
        ("12.50 EUR HT", 12.5),
        ("12 k€", 12_000.0),
        ("1.2 M€", 1_200_000.0),
        ("1000000000000", 1e12),
    ],
)
def test_signs_currencies_and_per_cent_are_understood(tmp_path, cell, number):
    found, values = amounts(tmp_path, cell, "7.25")
    assert values == [pytest.approx(number), 7.25]
    assert not found.notes()


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "--", "null", "NULL", "None", "n/a", "FALSE", "Faux"])
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
            "12 km",
            "-200.00 CR",
            "C200",
            "$5 €",
            "200 X",
            "2.43E+13",
        ),
    ],
)
def test_what_is_no_number_is_left_out_and_counted_with_its_line(tmp_path, cell):
    found, values = amounts(tmp_path, "1.5", cell, "2.5")
    assert values == [1.5, None, 2.5]
    assert "unread" in found.notes()
    assert f"Turnover: 1 cell could not be read and was left out (line 3: {cell})" in found.said("en")
    assert (
        f"CA N\u00a0: 1 cellule n’a pas pu être lue et a été laissée de côté (ligne 3\u00a0: {cell})"
        in found.said("fr")
    )


@pytest.mark.parametrize("cells", [("1.200,-", "5,-"), ("1.200,50 €", "12 k€"), ("1 200,00 € HT", "3 HT")])
def test_what_stands_around_a_number_tells_its_mark_too(tmp_path, cells):
    found, values = amounts(tmp_path, *cells)
    assert values[0] == pytest.approx(1200.0, abs=0.5)
    assert values[1] in (5.0, 12_000.0, 3.0)
    assert not found.guesses()


def test_credits_and_debits_of_a_column_are_signs_and_that_is_said(tmp_path):
    found, values = amounts(tmp_path, "1.200,00 D", "200,00 C", "0,00", "300,00 D")
    assert values == [1200.0, -200.0, 0.0, 300.0]
    assert "Turnover: amounts marked C or CR (credit) count as negative" in found.said("en")
    assert "CA N\u00a0: les montants marqués C ou CR (crédit) comptent en négatif" in found.said("fr")


@pytest.mark.parametrize("cells", [("200.00 C", "300.00 CR"), ("9.50 C", "0.00", "8.50 C", "7.50 D")])
def test_a_column_of_credits_is_refused_for_it_may_be_seen_from_the_other_side(tmp_path, cells):
    with pytest.raises(Refusal, match="import_one_side") as refused:
        amounts(tmp_path, *cells)
    texts = sentences(refused.value)
    assert '--map "Turnover=(not imported)"' in texts["en"]
    assert '--map "Turnover=(non importé)"' in texts["fr"]
    rows = [[f"C{at}", "n", cell] for at, cell in enumerate(cells)]
    content = lines(["Account", "Name", "Turnover"], *rows, sign="\t")
    without = taken(tmp_path, content, columns={"Turnover": "(not imported)"})
    assert not without.column("turnover")


def test_a_single_credit_beside_a_number_of_a_sheet_is_negative(tmp_path):
    rows = [["Account", "Turnover"], ["A", 1200], ["B", "200,00 CR"]]
    assert taken(tmp_path, sheet(rows), name="export.xlsx").column("turnover") == {"A": 1200.0, "B": -200.0}


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        (("1 200 €", "$300.00"), "import_mixed_currencies"),
        (("1 200 EUR", "300 JPY", "5"), "import_mixed_currencies"),
        (("1 200 HT", "300 TTC"), "import_mixed_taxes"),
    ],
)
def test_amounts_that_cannot_be_added_up_are_refused_with_what_to_do(tmp_path, cells, refusal):
    with pytest.raises(Refusal, match=refusal) as refused:
        amounts(tmp_path, *cells)
    assert '--map "Turnover=' in sentences(refused.value)["en"]


@pytest.mark.parametrize(
    "cells", [("1 €", "2 EUR", "3 euros"), ("$1", "2 USD", "$3 USD"), ("1 CHF", "Fr. 2.-")]
)
def test_two_ways_to_write_one_currency_are_one(tmp_path, cells):
    assert amounts(tmp_path, *cells)[1] == [float(at + 1) for at in range(len(cells))]


def test_amounts_that_say_that_they_hold_tax_are_named(tmp_path):
    found, values = amounts(tmp_path, "1 200,00 € TTC", "300,00 € TTC")
    assert values == [1200.0, 300.0]
    assert found.guesses() == {"with_tax_cells"}


WRITTEN = [
    "$(200.00)",
    "1,200.00 USD",
    "200.00-",
    "'-200.00",
    "$ -",
    "200.00 CR",
    "12 k$",
    "FALSE",
    "1'000.--",
]


def test_a_text_file_and_a_sheet_give_the_same_numbers(tmp_path):
    rows = [[f"C{at}", "n", cell] for at, cell in enumerate(WRITTEN)]
    header = ["Account", "Name", "Turnover"]
    text = taken(tmp_path, lines(header, *rows, sign="\t")).column("turnover")
    book = taken(tmp_path, sheet([header, *rows]), name="export.xlsx").column("turnover")
    assert text == book
    assert list(text.values()) == [-200.0, 1200.0, -200.0, -200.0, 0.0, -200.0, 12_000.0, 1000.0]


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
