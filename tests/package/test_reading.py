"""What PackageBook reads, whatever program wrote the workbook."""

# ruff: noqa: E501 - XML reads better unbroken

import datetime as dt

import openpyxl
import pytest
import xlsxwriter
from package.raw_package import HEADER, SHEET, TABLE, TRANSITIONAL, RawBook

from addin.package import PackageBook
from addin.refusals import Refusal
from addin.workbook.port import CellError, Uncalculated


def one_row(cells, tmp_path, **how):
    """Return the three values of the first row of the body."""
    book = RawBook(f'{HEADER}<row r="2">{cells}</row>', ref="A1:C2", **how)
    (table,) = PackageBook(book.save(tmp_path / "book.xlsx")).tables()
    return [column[0] for column in table.columns]


def test_table_with_its_place(tmp_path):
    """Name, sheet, place and headers come from the table's part."""
    rows = '<row r="4"><c r="B4"><v>1</v></c><c r="D4"><v>3</v></c></row>'
    book = RawBook(rows, ref="B3:D5", headers=("Account", "Turnover_x000a_Y-1", "R&amp;D"))
    (table,) = PackageBook(book.save(tmp_path / "book.xlsx")).tables()
    assert (table.name, table.sheet, table.top, table.left) == ("T", "Data", 4, 2)
    assert table.headers == ("Account", "Turnover\nY-1", "R&D")
    assert table.columns == ([1.0, None], [None, None], [3.0, None])
    assert table.cell(0, 0) == "B4"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A2"><v>1.5</v></c>', 1.5),
        ('<c r="A2" t="n"><v>1e3</v></c>', 1000.0),
        ("<c r='A2' t='n'><v>7</v></c>", 7.0),
        ('<c r="A2" t="str"><v>a&lt;b &#233;</v></c>', "a<b é"),
        ('<c r="A2" t="str"><f>A1</f><v></v></c>', None),
        ('<c r="A2" t="str"><f>A1</f><v/></c>', None),
        ('<c r="A2" t="str"><f>A1</f></c>', Uncalculated("A1")),
        ('<c r="A2"><f>1&lt;2</f></c>', Uncalculated("1<2")),
        ('<c r="A2"><f>SUM(1)</f><v/></c>', Uncalculated("SUM(1)")),
        ('<c r="A2"><f>SUM(1)</f><v>3</v></c>', 3.0),
        ('<c r="A2"><f t="shared" si="0"/><v>3</v></c>', 3.0),
        ('<c r="A2" t="b"><v>1</v></c>', True),
        ('<c r="A2" t="b"><v>0</v></c>', False),
        ('<c r="A2" t="e"><v>#N/A</v></c>', CellError("#N/A")),
        ('<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellError("#DIV/0!")),
        ('<c r="A2" t="d"><v>2024-02-29T12:30:00</v></c>', dt.datetime(2024, 2, 29, 12, 30)),
        ('<c r="A2" t="d"><v>2024-02-29</v></c>', dt.datetime(2024, 2, 29)),
        ('<c r="A2" t="d"><v>soon</v></c>', "soon"),
        ('<c r="A2" t="inlineStr"><is><t>x</t></is></c>', "x"),
        ('<c r="A2" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>', " x "),
        ('<c r="A2" t="inlineStr"><is><t></t></is></c>', None),
        ('<c r="A2" t="inlineStr"><is><r><t>x</t></r><r><rPr><b/></rPr><t>y</t></r></is></c>', "xy"),
        ('<c r="A2" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', "a\rb_x0041_"),
        (
            '<c r="A2" t="inlineStr"><is><t><![CDATA[<c r="B2"><v>9</v></c>]]>&amp;</t></is></c>',
            '<c r="B2"><v>9</v></c>&',
        ),
        ('<c r="A2"><!-- <v>8</v> --><v>1</v></c>', 1.0),
        ('<c r="A2"><v>1<?x <v>?>2</v></c>', 12.0),
        ('<c r="A2" s="1"/>', None),
        ('<c r="A2"></c>', None),
        ('<c r="A2"><v>12 euros</v></c>', "12 euros"),
        ('<c r="A2"><v>NaN</v></c>', "NaN"),
        ('<c s="0" r="A2" ><v >5</v ></c >', 5.0),
        ("<c><v>5</v></c>", 5.0),
        ('<c r="A2" s="1"><v>45352</v></c>', dt.datetime(2024, 3, 1)),
        ('<c r="A2" s="2"><v>45352.5</v></c>', dt.datetime(2024, 3, 1, 12)),
        ('<c r="A2" s="3"><v>45352</v></c>', 45352.0),
        ('<c r="A2" s="4"><v>1.25</v></c>', 1.25),
        ('<c r="A2" s="1"><v>60</v></c>', 60.0),
        ('<c r="A2" s="1"><v>59</v></c>', dt.datetime(1900, 2, 28)),
        ('<c r="A2" s="1"><v>61</v></c>', dt.datetime(1900, 3, 1)),
        ('<c r="A2" s="1"><v>-1</v></c>', -1.0),
        ('<c r="A2" s="1"><v>0.5</v></c>', 0.5),
        ('<c r="A2" s="1"><v>2958465</v></c>', dt.datetime(9999, 12, 31)),
        ('<c r="A2" s="1"><v>2958466</v></c>', 2958466.0),
        ('<c r="A2" s="1"><v>1E+300</v></c>', 1e300),
    ],
)
def test_cell(cell, value, tmp_path):
    """Each way to write a cell gives the value that Excel shows."""
    found = one_row(cell, tmp_path)[0]
    assert found == value
    assert type(found) is type(value)


def test_dates_from_1904(tmp_path):
    """In the 1904 system day 0 is 1 January 1904."""
    cells = '<c r="A2" s="1"><v>0</v></c><c r="B2" s="1"><v>43890</v></c>'
    found = one_row(cells, tmp_path, workbook_properties='<workbookPr date1904="1"/>')
    assert found[:2] == [dt.datetime(1904, 1, 1), dt.datetime(2024, 3, 1)]


def test_shared_strings(tmp_path):
    """Runs are joined, phonetic guides left out, blanks kept, empty ones are None."""
    shared = (
        "<si><t>plain</t></si><si><r><t>a</t></r><r><rPr/><t xml:space='preserve'> b</t></r>"
        "<rPh sb='0' eb='1'><t>no</t></rPh></si><si><t/></si><si/><si><t> x&#10;</t></si>"
    )
    cells = "".join(
        f'<c t="s" r="{letter}2"><v>{n}</v></c>' for letter, n in zip("ABC", (0, 1, 2), strict=True)
    )
    assert one_row(cells, tmp_path, shared=shared) == ["plain", "a b", None]
    cells = "".join(
        f'<c r="{letter}2" t="s"><v>{n}</v></c>' for letter, n in zip("ABC", (3, 4, 1), strict=True)
    )
    assert one_row(cells, tmp_path, shared=shared) == [None, " x\n", "a b"]


def test_shared_string_that_is_missing(tmp_path):
    """A number beyond the shared strings is a damaged part, not a guess."""
    with pytest.raises(Refusal, match="damaged_part"):
        one_row('<c r="A2" t="s"><v>5</v></c>', tmp_path, shared="<si><t>x</t></si>")


def test_prefixed_strict_absolute(tmp_path):
    """Elements with a prefix, the strict dialect and absolute targets are read alike."""
    rows = '<x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c><x:c t="s" r="C2"><x:v>0</x:v></x:c></x:row>'
    book = RawBook(
        rows, ref="A1:C2", prefix="x", strict=True, absolute=True, shared="<x:si><x:t>s</x:t></x:si>"
    )
    (table,) = PackageBook(book.save(tmp_path / "book.xlsx")).tables()
    assert [column[0] for column in table.columns] == [1.0, None, "s"]


def test_rows_and_cells_without_addresses(tmp_path):
    """Where addresses are left out, position counts."""
    rows = "<row><c/></row><row><c><v>1</v></c><c><v>2</v></c></row><row><c r='C3'><v>3</v></c></row>"
    (table,) = PackageBook(RawBook(rows).save(tmp_path / "book.xlsx")).tables()
    assert table.columns == ([1.0, None], [2.0, None], [None, 3.0])


def test_totals_row_is_no_body(tmp_path):
    """The totals row is left out, and without a header row the body starts at the top."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (1, 2, 3))
    book = RawBook(rows, table=' headerRowCount="0" totalsRowCount="1"')
    (table,) = PackageBook(book.save(tmp_path / "book.xlsx")).tables()
    assert (table.top, table.columns[0]) == (1, [1.0, 2.0])


def test_two_tables_side_by_side(tmp_path):
    """Rows that two tables share give each its own cells."""
    rows = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{c}{n}"><v>{n}{i}</v></c>' for i, c in enumerate("ABCDE"))
        + "</row>"
        for n in range(1, 6)
    )
    book = RawBook(rows, ref="A1:B3", headers=("a", "b"), more_tables=(("U", "D2:E5", ("d", "e")),))
    one, other = PackageBook(book.save(tmp_path / "book.xlsx")).tables()
    assert one.columns == ([20.0, 30.0], [21.0, 31.0])
    assert other.columns == ([33.0, 43.0, 53.0], [34.0, 44.0, 54.0])


def test_cell_far_away_costs_nothing(tmp_path):
    """A cell in the last corner of the sheet does not fill the memory."""
    rows = f'{HEADER}<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    (table,) = PackageBook(RawBook(rows, ref="A1:C2").save(tmp_path / "book.xlsx")).tables()
    assert table.columns[0] == [1.0]


def test_table_of_the_whole_sheet(tmp_path):
    """A table that claims more cells than anyone fills is refused before memory is asked for."""
    headers = tuple(f"h{n}" for n in range(100))
    book = RawBook("", ref="A1:CV1048576", headers=headers)
    with pytest.raises(Refusal, match="table_too_large"):
        PackageBook(book.save(tmp_path / "book.xlsx")).tables()


def test_sheets_without_tables_are_not_read(tmp_path):
    """A sheet without tables may hold anything."""
    book = RawBook(
        "", replaced={SHEET: b"<not xml", "xl/worksheets/_rels/sheet1.xml.rels": None, TABLE: None}
    )
    assert PackageBook(book.save(tmp_path / "book.xlsx")).tables() == []


def test_empty_sheet_data(tmp_path):
    """A sheet without any row gives a body of empty cells."""
    sheet = f'<worksheet xmlns="{TRANSITIONAL}"><sheetData/></worksheet>'
    (table,) = PackageBook(RawBook("", sheet=sheet).save(tmp_path / "book.xlsx")).tables()
    assert table.columns == ([None, None], [None, None], [None, None])


def test_order_of_sheets(tmp_path):
    """Tables come in the order of the tabs."""
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Zeta", "Alpha", "Plain"):
            sheet = book.add_worksheet(name)
            if name != "Plain":
                sheet.add_table(0, 0, 2, 1, {"name": name, "data": [[name, 1], [None, True]]})
    assert [(table.name, table.columns) for table in PackageBook(path).tables()] == [
        ("Zeta", (["Zeta", None], [1.0, True])),
        ("Alpha", (["Alpha", None], [1.0, True])),
    ]


def test_workbook_by_openpyxl(tmp_path):
    """What openpyxl writes is read: dates, formulas without values, text in cells."""
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["a", "b", "c"], [dt.datetime(2024, 5, 6, 7, 8, 9), "=1+1", " é "], [None, 2, False]):
        sheet.append(row)
    sheet.add_table(openpyxl.worksheet.table.Table(displayName="Data", ref="A1:C3"))
    book.save(path)
    (table,) = PackageBook(path).tables()
    assert table.columns == (
        [dt.datetime(2024, 5, 6, 7, 8, 9), None],
        [Uncalculated("1+1"), 2.0],
        [" é ", False],
    )
