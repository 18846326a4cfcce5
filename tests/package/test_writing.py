"""What PackageBook writes, to the byte."""

# ruff: noqa: E501 - XML reads better unbroken

import datetime as dt
import zipfile

import openpyxl
import pytest
import xlsxwriter
from package.fills import column, rows
from package.raw_package import HEADER, SHEET, TABLE, WORKBOOK, RawBook, part, parts

from addin.package import PackageBook
from addin.refusals import Refusal
from addin.workbook.port import CellError

BODY = (
    '<row r="2" spans="1:3"><c r="A2" s="3"><v>1</v></c><c r="B2" t="s" s="1"><v>0</v></c><c r="C2" s="2"/></row>'
    '<row r="3"><c r="A3"><v>2</v></c><c r="C3" cm="1" vm="2" s="2"><v>9</v></c></row>'
)


def saved(tmp_path, body=BODY, **how):
    return RawBook(HEADER + body, shared="<si><t>old</t></si>", **how).save(tmp_path / "book.xlsx")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (1.5, '<c r="A2" s="3"><v>1.5</v></c>'),
        (50.0, '<c r="A2" s="3"><v>50</v></c>'),
        (0.1 + 0.2, '<c r="A2" s="3"><v>0.30000000000000004</v></c>'),
        (1e300, '<c r="A2" s="3"><v>1e+300</v></c>'),
        (True, '<c r="A2" s="3" t="b"><v>1</v></c>'),
        ("A", '<c r="A2" s="3" t="inlineStr"><is><t>A</t></is></c>'),
        (" é&<\x07", '<c r="A2" s="3" t="inlineStr"><is><t xml:space="preserve"> é&amp;&lt;</t></is></c>'),
        ("=1+1", '<c r="A2" s="3" t="inlineStr"><is><t>=1+1</t></is></c>'),
        ("_x0041_", '<c r="A2" s="3" t="inlineStr"><is><t>_x005F_x0041_</t></is></c>'),
        (dt.datetime(2024, 3, 1, 12), '<c r="A2" s="3"><v>45352.5</v></c>'),
        (None, '<c r="A2" s="3"/>'),
        ("", '<c r="A2" s="3"/>'),
    ],
)
def test_value_in_place(value, cell, tmp_path):
    """A value replaces the cell's content, keeps its style and leaves all else."""
    path = saved(tmp_path)
    before = part(path, SHEET)
    assert PackageBook(path).apply(column(0, [value, 0.0], skip=[1])) is True
    assert part(path, SHEET) == before.replace('<c r="A2" s="3"><v>1</v></c>', cell)


def test_only_sheet_and_workbook_change(tmp_path):
    """The shared strings and all parts but the sheet and the flag to recalculate stay."""
    path = saved(tmp_path)
    before = parts(path)
    PackageBook(path).apply(column(0, [5.0, 6.0]))
    after = parts(path)
    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} == {SHEET, WORKBOOK}
    with_flag = b'<calcPr calcId="191029" fullCalcOnLoad="1"/>'
    assert after[WORKBOOK] == before[WORKBOOK].replace(b'<calcPr calcId="191029"/>', with_flag)


@pytest.mark.parametrize(
    ("calc", "becomes"),
    [
        ("", '<calcPr fullCalcOnLoad="1"/>'),
        ("<definedNames/><oleSize/>", '<definedNames/><calcPr fullCalcOnLoad="1"/><oleSize/>'),
        ("<calcPr fullCalcOnLoad='0'></calcPr>", "<calcPr fullCalcOnLoad='1'></calcPr>"),
        ('<calcPr fullCalcOnLoad="1"/>', '<calcPr fullCalcOnLoad="1"/>'),
        ("<!-- <calcPr/> -->", '<calcPr fullCalcOnLoad="1"/><!-- <calcPr/> -->'),
    ],
)
def test_recalculation_flag(calc, becomes, tmp_path):
    """The flag is set where it is, or the element is put where the schema wants it."""
    path = saved(tmp_path, calc=calc)
    before = part(path, WORKBOOK)
    PackageBook(path).apply(column(0, [5.0, 6.0]))
    assert part(path, WORKBOOK) == before.replace(f"</sheets>{calc}", f"</sheets>{becomes}")


def test_same_stays_but_for_formulas(tmp_path):
    """A cell that shows the value stays to the byte; a formula that shows it gives way."""
    body = '<row r="2"><c r="A2"><f>1+4</f><v>5</v></c></row><row r="3"><c r="A3"><v>6.0</v></c></row>'
    path = saved(tmp_path, body)
    assert PackageBook(path).apply(column(0, [5.0, 6.0], same=[0, 1])) is True
    assert '<c r="A2"><v>5</v></c></row><row r="3"><c r="A3"><v>6.0</v></c>' in part(path, SHEET)


def test_nothing_to_change_leaves_the_file(tmp_path):
    """With no change the file is not touched, not even its date."""
    path = saved(tmp_path)
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
    assert PackageBook(path).apply(column(0, [1.0, 2.0], same=[0, 1])) is False
    assert PackageBook(path).apply(column(0, [7.0, 8.0], skip=[0, 1])) is False
    assert PackageBook(path).apply(column(0, [1.0, 2.0])) is False
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_output_elsewhere(tmp_path):
    """With an output the book's own file stays; without a change the output is its copy."""
    path = saved(tmp_path)
    before = path.read_bytes()
    other = tmp_path / "other.xlsx"
    assert PackageBook(path).apply(column(0, [1.0, 2.0]), other) is False
    assert other.read_bytes() == before
    assert PackageBook(path).apply(column(0, [5.0, 6.0]), other) is True
    assert path.read_bytes() == before
    assert PackageBook(other).tables()[0].columns[0] == [5.0, 6.0]


def test_missing_cell_in_column_order(tmp_path):
    """A cell that is missing comes between its neighbours, with the style of the row or the column."""
    path = saved(tmp_path, before='<cols><col min="2" max="2" style="3"/></cols>')
    PackageBook(path).apply(column(1, ["x", "y"]))
    new = '<c r="B3" s="3" t="inlineStr"><is><t>y</t></is></c>'
    assert f'<c r="A3"><v>2</v></c>{new}<c r="C3"' in part(path, SHEET)
    path = saved(tmp_path, '<row r="3" s="2" customFormat="1"><c r="A3"/></row>')
    PackageBook(path).apply(column(2, [None, 4.0]))
    assert '<c r="A3"/><c r="C3" s="2"><v>4</v></c></row>' in part(path, SHEET)


def test_missing_rows(tmp_path):
    """A missing row is written only where there is something in it; the used range widens."""
    path = saved(tmp_path, '<row r="9"/>', ref="A1:C5", before='<dimension ref="A1:B9"/>')
    PackageBook(path).apply(column(2, [None, 1.0, None, 2.0]))
    sheet = part(path, SHEET)
    assert (
        f'{HEADER}<row r="3"><c r="C3"><v>1</v></c></row><row r="5"><c r="C5"><v>2</v></c></row><row r="9"/>'
        in sheet
    )
    assert '<dimension ref="A1:C9"/>' in sheet


def test_empty_sheet_data_is_opened(tmp_path):
    """The first row of a sheet opens its ``sheetData``."""
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    path = saved(tmp_path, sheet=sheet)
    PackageBook(path).apply(column(0, [None, 1.0]))
    assert '<sheetData><row r="3"><c r="A3"><v>1</v></c></row></sheetData></worksheet>' in part(path, SHEET)


def test_empty_row_is_opened(tmp_path):
    """A row without cells keeps its attributes and takes the cell."""
    path = saved(tmp_path, '<row r="2" ht="30" />')
    PackageBook(path).apply(column(0, [1.0, None]))
    assert '<row r="2" ht="30"><c r="A2"><v>1</v></c></row>' in part(path, SHEET)


def test_spans_that_become_wrong_go(tmp_path):
    """The hint of the used columns goes only where a new cell lies outside it."""
    body = '<row r="2" spans="1:2"><c r="A2"/></row><row r="3" ht="9" spans="1:1"><c r="A3"/></row>'
    path = saved(tmp_path, body)
    PackageBook(path).apply(column(1, [1.0, 2.0]))
    sheet = part(path, SHEET)
    assert '<row r="2" spans="1:2"><c r="A2"/><c r="B2"><v>1</v></c></row><row r="3" ht="9"><c' in sheet


def test_rich_value_marks_go(tmp_path):
    """Metadata of the old value does not describe the new one."""
    path = saved(tmp_path)
    PackageBook(path).apply(column(2, [1.0, 2.0]))
    assert '<c r="C3" s="2"><v>2</v></c>' in part(path, SHEET)


def test_prefix_of_the_sheet(tmp_path):
    """New cells and rows take the prefix of the sheet's elements."""
    rows_ = '<x:row r="2"><x:c r="B2" s="1"><x:v>1</x:v></x:c></x:row>'
    path = RawBook(rows_, prefix="x").save(tmp_path / "book.xlsx")
    PackageBook(path).apply(column(1, [2.0, "a"]))
    assert part(path, SHEET).count(
        '<x:row r="2"><x:c r="B2" s="1"><x:v>2</x:v></x:c></x:row><x:row r="3"><x:c r="B3" t="inlineStr">'
        "<x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData>"
    )
    assert '<x:calcPr fullCalcOnLoad="1"/>' not in part(path, WORKBOOK)  # the builder's calcPr has no prefix


def test_hidden_text_stays(tmp_path):
    """Comments and CDATA around the cell stay, and are no cells."""
    body = (
        '<!-- <row r="2"><c r="A2"><v>0</v></c></row> --><row r="2"><!-- <c r="A2"> --><c r="A2"><v>1</v></c>'
        '<c r="B2" t="str"><v><![CDATA[<c r="A2">]]></v></c></row>'
    )
    path = saved(tmp_path, body)
    before = part(path, SHEET)
    PackageBook(path).apply(column(0, [5.0, None]))
    assert part(path, SHEET) == before.replace('<c r="A2"><v>1</v></c>', '<c r="A2"><v>5</v></c>')


def test_cells_without_addresses(tmp_path):
    """Cells known by position alone are found, and written with their address."""
    path = RawBook("<row><c/></row><row><c><v>1</v></c><c s='3'><v>2</v></c></row>").save(
        tmp_path / "book.xlsx"
    )
    PackageBook(path).apply(column(1, [7.0, 8.0]))
    (table,) = PackageBook(path).tables()
    assert table.columns == ([1.0, None], [7.0, 8.0], [None, None])


def test_dates_from_1904(tmp_path):
    """Dates are written in the workbook's own system."""
    path = saved(tmp_path, workbook_properties="<workbookPr date1904='1'/>")
    PackageBook(path).apply(column(2, [dt.datetime(2024, 3, 1), dt.datetime(1904, 1, 1)]))
    assert '<c r="C2" s="2"><v>43890</v></c>' in part(path, SHEET)
    assert PackageBook(path).tables()[0].columns[2] == [dt.datetime(2024, 3, 1), dt.datetime(1904, 1, 1)]


def test_text_of_any_length(tmp_path):
    """A text is cut at the 32,767 units that a cell holds, never within a sign."""
    path = saved(tmp_path)
    PackageBook(path).apply(column(0, ["x" * 40_000, "x" + "\N{GRINNING FACE}" * 20_000]))
    long, wide = PackageBook(path).tables()[0].columns[0]
    assert len(long) == 32_767
    assert wide == "x" + "\N{GRINNING FACE}" * 16_383


@pytest.mark.parametrize("value", [float("nan"), float("inf"), dt.datetime(1899, 1, 1)])
def test_values_that_no_cell_holds(value, tmp_path):
    """What no cell can hold is a fault of the program, and nothing is written."""
    path = saved(tmp_path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"no number|lies before"):
        PackageBook(path).apply(column(0, [value, 1.0]))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("changes", "kind", "message"),
    [
        (column(0, [1.0]), ValueError, "1 values for 2 rows"),
        (column(9, [1.0, 2.0]), ValueError, "no column 9"),
        (column(0, [1.0, 2.0], table="Nope"), KeyError, "nope"),
        (column(0, [CellError("#N/A"), 2.0]), TypeError, "never written"),
        (rows(3, (None,) * 3), ValueError, "rows that do not fit"),
        (rows(0, (1.0,)), ValueError, "rows that do not fit"),
    ],
)
def test_changes_that_do_not_fit(changes, kind, message, tmp_path):
    """Changes that do not fit the tables are a fault of the program."""
    with pytest.raises(kind, match=message):
        PackageBook(saved(tmp_path)).apply(changes)


def test_two_values_for_one_cell(tmp_path):
    """Two fills of one column contradict each other."""
    changes = column(0, [1.0, 2.0])
    changes.columns.append(changes.columns[0])
    with pytest.raises(ValueError, match="two values for the cell A2"):
        PackageBook(saved(tmp_path)).apply(changes)


def test_zip_metadata_stays(tmp_path):
    """Names, dates, attributes, comments and order of the entries stay, and Excel's way to stream sizes is read."""
    path = tmp_path / "book.xlsx"
    content = RawBook(HEADER + BODY, shared="<si><t>old</t></si>").parts()
    with path.open("wb") as file, zipfile.ZipFile(_Unseekable(file), "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, (1999, 12, 31, 23, 59, 58))
            info.external_attr, info.comment, info.extra = 0o600 << 16, b"note", b"\xfe\xca\x02\x00ab"
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
        package.comment = b"whole"
    with zipfile.ZipFile(path) as package:
        before = package.infolist()
    PackageBook(path).apply(column(0, [5.0, 6.0]))
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert package.comment == b"whole"
        after = package.infolist()
    keys = ("filename", "date_time", "external_attr", "comment", "extra", "create_system", "compress_type")
    assert [[getattr(info, key) for key in keys] for info in after] == [
        [getattr(info, key) for key in keys] for info in before
    ]


def test_sizes_in_64_bits(tmp_path):
    """Entries written with 64-bit sizes, as some programs always do, are read, kept and replaced."""
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in RawBook(HEADER + BODY, shared="<si><t>old</t></si>").parts().items():
            with package.open(name, "w", force_zip64=True) as entry:
                entry.write(data)
    PackageBook(path).apply(column(0, [5.0, 6.0]))
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
    assert PackageBook(path).tables()[0].columns[0] == [5.0, 6.0]
    assert PackageBook(path).apply(column(0, [7.0, 8.0])) is True


class _Unseekable:
    """A stream as of a socket: zipfile then writes the sizes after the data."""

    def __init__(self, file):
        self.write, self.flush = file.write, file.flush


def test_openpyxl_reads_the_same(tmp_path):
    """An independent reader sees the values that were written."""
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Data").add_table("A1:B3", {"name": "T", "data": [["a", "old"], ["b", 2]]})
    PackageBook(path).apply(column(0, ["R&D <1>", 2.5]))
    sheet = openpyxl.load_workbook(path)["Data"]
    assert [sheet["A2"].value, sheet["A3"].value, sheet["B2"].value] == ["R&D <1>", 2.5, "old"]


def test_changed_meanwhile(tmp_path):
    """A change by another program between reading and writing is never overwritten."""
    path = saved(tmp_path)
    book = PackageBook(path)
    book.tables()
    saved(tmp_path, '<row r="2"><c r="A2"><v>77</v></c></row>')
    with pytest.raises(Refusal, match="changed_meanwhile"):
        book.apply(column(0, [5.0, 6.0]))
    assert "<v>77</v>" in part(path, SHEET)


def test_same_book_again(tmp_path):
    """After a write the book reads its own new values, and the same changes change nothing."""
    path = saved(tmp_path)
    book = PackageBook(path)
    assert book.apply(column(0, [5.0, "x"])) is True
    assert book.tables()[0].columns[0] == [5.0, "x"]
    assert book.apply(column(0, [5.0, "x"])) is False


def test_table_names_ignore_case(tmp_path):
    """As in Excel, ``t`` is the table ``T``."""
    path = saved(tmp_path)
    assert PackageBook(path).apply(column(0, [5.0, 6.0], table="t")) is True
    assert part(path, TABLE).count('name="T"') == 1
