"""What puts back the cells that were replaced, formulas included."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from package.fills import column, rows
from package.raw_package import HEADER, SHEET, WORKBOOK, RawBook, part, parts
from package.test_laws import build, cases, typed

from addin.package import PackageBook
from addin.package.formula_text import fits_file, moved
from addin.refusals import Refusal
from addin.workbook.port import CellError, Changes, ColumnFill, Formula, RowsFill, Uncalculated

CHAIN = "xl/calcChain.xml"


def formulas(*cells):
    """Return rows 2 to 4 with the cells given: ``("A2", "<f>...</f>")``."""
    lines = {2: "", 3: "", 4: ""}
    for address, formula in cells:
        lines[int(address[1:])] += f'<c r="{address}" s="3">{formula}<v>1</v></c>'
    return HEADER + "".join(f'<row r="{n}">{cells}</row>' for n, cells in lines.items())


def saved(tmp_path, body, **how):
    return RawBook(body, ref="A1:C4", **how).save(tmp_path / "book.xlsx")


def spelled(path):
    book = PackageBook(path)
    return [book.spelled(table) for table in book.tables()]


def there_and_back(path, changes):
    """Apply changes and what undoes them; the cells as they were, as they became and as they are again."""
    before = spelled(path)
    book = PackageBook(path)
    book.apply(changes)
    between = spelled(path)
    book.apply(book.inverse)
    return before, between, spelled(path)


def test_values_come_back(tmp_path):
    """Numbers, texts, dates and blanks are what they were; the sheet is what it was but for texts."""
    body = (
        '<row r="2"><c r="A2" s="3"><v>1</v></c><c r="B2" s="1"><v>45352</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>old</t></is></c><c r="B3" t="b"><v>1</v></c></row>'
        '<row r="4"><c r="A4"/></row>'
    )
    path = saved(tmp_path, HEADER + body)
    sheet = part(path, SHEET)
    changes = Changes([*column(0, ["x", 2.0, 3.0]).columns, *column(1, [None, "y", 7.0]).columns])
    before, between, after = there_and_back(path, changes)
    assert between[0][0] == ["x", 2.0, 3.0]
    assert after == before
    assert part(path, SHEET) == sheet.replace('<c r="A4"/>', '<c r="A4"/><c r="B4"/>')


def test_only_what_changes_is_put_back(tmp_path):
    path = saved(tmp_path, formulas(("A2", "<f>1</f>"), ("A3", ""), ("A4", "")))
    book = PackageBook(path)
    book.apply(column(0, [1.0, 1.0, 9.0], same=[0, 1]))
    (fill,) = book.inverse.columns
    assert fill.skip.tolist() == [False, True, False]
    assert [fill.values[0], fill.values[2]] == [Formula("=1"), 1.0]
    book.apply(column(0, [1.0, 1.0, 9.0], same=[0, 1, 2]))
    assert book.inverse == Changes()


def test_formulas_come_back_without_a_value_and_the_chain_goes(tmp_path):
    """Excel calculates them as it opens the workbook, and makes a new chain."""
    body = formulas(
        ("A2", "<f>B2&amp;&quot;&lt;&quot;</f>"),
        ("A3", '<f ca="1">NOW()</f>'),
        ("A4", ""),
        ("C4", "<f>2</f>"),
    )
    path = saved(tmp_path, body, chain='<c r="A2" i="7"/><c r="A3" i="7"/><c r="C4" i="7"/>')
    before, _, after = there_and_back(path, column(0, [5.0, 6.0, 7.0]))
    assert after == before
    assert after[0][0] == [Formula('=B2&"<"'), Formula("=NOW()"), 1.0]
    assert '<c r="A2" s="3"><f>B2&amp;"&lt;"</f></c><' in part(path, SHEET)
    assert PackageBook(path).tables()[0].columns[0][:2] == [Uncalculated('B2&"<"'), Uncalculated("NOW()")]
    assert 'fullCalcOnLoad="1"' in part(path, WORKBOOK)
    assert CHAIN not in parts(path)
    assert "calcChain" not in part(path, "[Content_Types].xml")


def test_shared_formulas_come_back_each_for_its_cell(tmp_path):
    body = formulas(
        ("A2", '<f t="shared" ref="A2:A4" si="0">$B2+C$2</f>'),
        ("B2", '<f t="shared" ref="B2:B3" si="1">SUM(C2:C9)</f>'),
        ("A3", '<f t="shared" si="0"/>'),
        ("B3", '<f t="shared" si="1"/>'),
        ("A4", '<f t="shared" si="0"/>'),
    )
    path = saved(tmp_path, body)
    before, _, after = there_and_back(path, column(0, [5.0, 6.0, 7.0]))
    assert after == before
    assert after[0][0] == [Formula("=$B2+C$2"), Formula("=$B3+C$2"), Formula("=$B4+C$2")]
    before, _, after = there_and_back(path, column(1, [5.0, 6.0, 7.0], skip=[0]))
    assert after == before
    assert after[0][1][:2] == [Formula("=SUM(C2:C9)"), Formula("=SUM(C3:C10)")]


def test_what_the_writer_refuses_stays_refused(tmp_path):
    body = formulas(("A2", '<f t="shared" ref="A2:A3" si="0">X</f>'), ("A3", '<f t="shared" si="0"/>'))
    book = PackageBook(saved(tmp_path, body))
    with pytest.raises(Refusal, match="shared_formula"):
        book.apply(column(0, [5.0, 6.0, 7.0], skip=[1]))


ARRAYS = {
    "one cell": ("A2", '<f t="array" ref="A2">SUM(C2:C3*2)</f>', [0]),
    "several cells": ("A2", '<f t="array" ref="A2:A4">C2:C4*2</f>', [0]),
    "a square": ("A2", '<f t="array" ref="A2:B3" aca="1">TRANSPOSE(E2:F3)</f>', [0, 1]),
    "a data table": ("A2", '<f t="dataTable" ref="A2:B3" dt2D="1" dtr="1" r1="E1" r2="F1"></f>', [0, 1]),
}


@pytest.mark.parametrize(("cell", "formula", "columns"), ARRAYS.values(), ids=list(ARRAYS))
def test_what_one_formula_fills_comes_back_with_it(tmp_path, cell, formula, columns):
    """Array formulas and data tables: the formula, what it fills, and the values that the rest shows."""
    path = saved(tmp_path, formulas((cell, formula), ("B2", ""), ("A3", ""), ("B3", ""), ("A4", "")))
    fills = [column(number, [5.0, 6.0, 7.0]).columns[0] for number in columns]
    before, between, after = there_and_back(path, Changes(fills))
    assert between[0][0] == [5.0, 6.0, 7.0]
    assert after == before
    assert f'<c r="{cell}" s="3">{formula}</c>' in part(path, SHEET)


def test_a_dynamic_array_comes_back_as_one(tmp_path):
    """Excel knows by an attribute of the cell that it shows no braces."""
    cell = '<c r="A2" s="3" cm="1"><f t="array" ref="A2">UNIQUE(C2:C3)</f>'
    path = saved(tmp_path, formulas(("A3", "")).replace('<row r="2">', f'<row r="2">{cell}<v>1</v></c>'))
    before, _, after = there_and_back(path, column(0, [5.0, 6.0, 7.0]))
    assert after == before
    assert cell in part(path, SHEET)


def test_an_error_comes_back_as_the_constant_that_it_was(tmp_path):
    """As in Excel, where no program can type an error."""
    path = saved(tmp_path, HEADER + '<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>')
    assert PackageBook(path).tables()[0].columns[0][0] == CellError("#N/A")
    before, _, after = there_and_back(path, column(0, [5.0, 6.0, 7.0]))
    assert after == before
    assert PackageBook(path).tables()[0].columns[0][0] == CellError("#N/A")
    assert "<f>" not in part(path, SHEET)


def test_rows_and_cells_of_one_table(tmp_path):
    """A table takes new cells and new rows at once, and gives up both."""
    body = formulas(("A2", ""), ("A3", "<f>A2</f>"))
    for new in [(("n", None, 2.0),), (("n", None, 2.0), ("m", 1.0, None), (None, None, None))]:
        path = saved(tmp_path, body)
        table = PackageBook(path).tables()
        changes = column(0, [8.0, 9.0, None], skip=[2])
        changes.rows.append(RowsFill("T", 2, new))
        before, between, after = there_and_back(path, changes)
        assert between[0][0] == [8.0, 9.0, *(row[0] for row in new)]
        assert after == before
        assert PackageBook(path).tables()[0].n_rows == table[0].n_rows


def test_the_prefix_of_the_sheet(tmp_path):
    rows_ = '<x:row r="2"><x:c r="A2"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>'
    path = RawBook(rows_, prefix="x").save(tmp_path / "book.xlsx")
    before, _, after = there_and_back(path, column(0, [5.0, None]))
    assert after == before
    assert '<x:c r="A2"><x:f>1+1</x:f></x:c>' in part(path, SHEET)


def test_a_table_of_no_name_is_not_spelled(tmp_path):
    book = PackageBook(saved(tmp_path, HEADER))
    (table,) = book.tables()
    book.apply(rows(0, ("a", "b", "c")))
    with pytest.raises(KeyError):
        book.spelled(type(table)("Nope", "Data", 2, 1, ("a",), ([],)))


@settings(max_examples=100, deadline=None)
@given(cases())
def test_everything_comes_back(case):
    """Whatever is written, what undoes it gives back the same table."""
    place, content, fills, keep, new = case
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "book.xlsx", place, content)
        book = PackageBook(path)
        (before,) = book.tables()
        changes = Changes(rows=[RowsFill("T", keep, new)])
        for number, (values, skip) in fills.items():
            kept = np.array(skip) | (np.arange(len(skip)) >= keep)
            changes.columns.append(ColumnFill("T", number, values, kept, np.zeros(len(skip), dtype=bool)))
        book.apply(changes)
        book.apply(book.inverse)
        (after,) = PackageBook(path).tables()
        assert [list(map(typed, cells)) for cells in after.columns] == [
            list(map(typed, cells)) for cells in before.columns
        ]


REFERENCES = st.from_regex(r"\$?[A-C]\$?[1-9]|\$?[A-C]:\$?[D-F]|\$?[2-4]:\$?[5-9]", fullmatch=True)
PIECES = st.one_of(
    REFERENCES,
    REFERENCES.filter(lambda text: ":" not in text).map(lambda text: f"Data!{text}:$B9"),
    st.sampled_from(
        [
            '"A1 ""B2"""',
            "'A1 B2'!C3",
            "LOG10(A1)",
            "1E5",
            "2.5",
            "T[[#This Row],[A1]]",
            "Name_A1",
            "TRUE",
            "A1.B",
        ]
    ),
)


@given(st.lists(PIECES, min_size=1, max_size=5), st.integers(0, 9), st.integers(0, 9))
def test_shared_formulas_move_as_an_independent_reader_moves_them(pieces, down, right):
    text = "+".join(pieces)
    there = Translator(f"={text}", "A1").translate_formula(row_delta=down, col_delta=right)
    assert moved(text, down, right) == there[1:]


def test_a_shared_formula_that_leaves_the_sheet():
    assert moved("A1048576+XFD1+$A$1+XYZ9", 1, 1) == "#REF!+#REF!+$A$1+XYZ9"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ('=IF(B2>0,SUM(C$2:C9),NA())&"[@#{"', True),
        ("=Sheet1!B2+'Ma feuille'!C3+My.Name", True),
        ("=#DIV/0!", True),
        ("=[@Turnover]*2", False),
        ("=Clients[Turnover]", False),
        ("='[Other.xlsx]Data'!A1", False),
        ("=XLOOKUP(A1,B:B,C:C)", False),
        ("=SUM(A1#)", False),
        ("=@A1:A9", False),
        ("={1,2}", False),
        ("{=SUM(A1:A9*2)}", False),
    ],
)
def test_formulas_of_excel_that_fit_a_file(text, fits):
    assert fits_file(Formula(text)) is fits
