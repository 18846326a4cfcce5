"""Rows of a table replaced, and its extent with them."""

# ruff: noqa: E501 - XML reads better unbroken

import pytest
from package.fills import rows
from package.raw_package import HEADER, SHEET, TABLE, WORKBOOK, RawBook, part, parts

from addin.package import PackageBook
from addin.refusals import Refusal

BODY = "".join(
    f'<row r="{n}"><c r="A{n}" s="3"><v>{n}</v></c><c r="B{n}" t="str"><v>t{n}</v></c><c r="C{n}" s="2"/></row>'
    for n in (2, 3, 4)
)


def saved(tmp_path, after_body="", **how):
    how.setdefault("ref", "A1:C4")
    return RawBook(HEADER + BODY + after_body, **how).save(tmp_path / "book.xlsx")


def test_rows_appended(tmp_path):
    """New rows follow the kept ones, with the styles of the last of them; the extent follows."""
    path = saved(tmp_path, before='<dimension ref="A1:C4"/>')
    assert PackageBook(path).apply(rows(3, (8.0, "x", None), (9.0, None, 1.0))) is True
    sheet = part(path, SHEET)
    assert BODY in sheet
    assert sheet.count(
        '<row r="5"><c r="A5" s="3"><v>8</v></c><c r="B5" t="inlineStr"><is><t>x</t></is></c><c r="C5" s="2"/></row>'
        '<row r="6"><c r="A6" s="3"><v>9</v></c><c r="C6" s="2"><v>1</v></c></row></sheetData>'
    )
    assert '<dimension ref="A1:C6"/>' in sheet
    assert part(path, TABLE).count('ref="A1:C6"') == 2


def test_table_part_changes_in_its_ranges_only(tmp_path):
    """Extent, filter and sort follow; every other byte of the table's part stays."""
    inner = '<sortState ref="A2:C4"><sortCondition ref="B2:B4"/></sortState>'
    path = saved(tmp_path, table_inner=inner)
    before = part(path, TABLE)
    PackageBook(path).apply(rows(3, (8.0, "x", None)))
    assert part(path, TABLE) == before.replace("C4", "C5").replace("B4", "B5")


def test_rows_removed(tmp_path):
    """What the body held beyond is emptied and keeps its style."""
    path = saved(tmp_path)
    PackageBook(path).apply(rows(1, (7.0, None, None)))
    sheet = part(path, SHEET)
    assert '<row r="3"><c r="A3" s="3"><v>7</v></c><c r="B3"/><c r="C3" s="2"/></row>' in sheet
    assert '<row r="4"><c r="A4" s="3"/><c r="B4"/><c r="C4" s="2"/></row>' in sheet
    assert 'ref="A1:C3"' in part(path, TABLE)
    (table,) = PackageBook(path).tables()
    assert table.columns == ([2.0, 7.0], ["t2", None], [None, None])


def test_last_row_stays(tmp_path):
    """A table without rows keeps one, an empty one."""
    path = saved(tmp_path)
    PackageBook(path).apply(rows(0))
    (table,) = PackageBook(path).tables()
    assert table.columns == ([None], [None], [None])
    assert PackageBook(path).apply(rows(0)) is False


def test_rows_that_are_there_already(tmp_path):
    """Rows that the body shows already leave the file untouched, shared strings included."""
    path = saved(tmp_path)
    before = path.read_bytes()
    assert PackageBook(path).apply(rows(0, *((float(n), f"t{n}", None) for n in (2, 3, 4)))) is False
    assert path.read_bytes() == before


def test_same_length_leaves_the_table_part(tmp_path):
    """Where the number of rows stays, so does the table's part, totals row or not."""
    total = '<row r="5"><c r="A5"><v>9</v></c></row>'
    path = saved(tmp_path, total, ref="A1:C5", table=' totalsRowCount="1"')
    before = parts(path)
    PackageBook(path).apply(rows(2, (5.0, "x", 1.0)))
    after = parts(path)
    assert {name for name in after if after[name] != before[name]} == {SHEET, WORKBOOK}
    assert total in after[SHEET].decode()


def test_table_without_any_row(tmp_path):
    """A header alone takes its first row; the mark of the empty table goes."""
    book = RawBook(HEADER, ref="A1:C1", table=' insertRow="1"')
    path = book.save(tmp_path / "book.xlsx")
    assert PackageBook(path).tables()[0].n_rows == 0
    PackageBook(path).apply(rows(0, (1.0, "x", None)))
    assert PackageBook(path).tables()[0].columns == ([1.0], ["x"], [None])
    assert "insertRow" not in part(path, TABLE)


def test_totals_row_in_the_way(tmp_path):
    """A totals row is not moved: the sentence names its first cell."""
    path = saved(tmp_path, ref="A1:C4", table=' totalsRowCount="1"')
    before = path.read_bytes()
    with pytest.raises(Refusal, match="totals_row") as refused:
        PackageBook(path).apply(rows(2, (1.0, "x", None)))
    assert refused.value.details == {"table": "T", "sheet": "Data", "cell": "A4"}
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("below", "cell"),
    [
        ('<row r="6"><c r="B6"><v>1</v></c></row>', "B6"),
        ('<row r="5"><c r="C5"><f>A1</f></c></row>', "C5"),
        ('<row r="6"><c r="A6" t="inlineStr"><is><t><![CDATA[x]]></t></is></c></row>', "A6"),
    ],
)
def test_cells_in_the_way(below, cell, tmp_path):
    """A table never grows over cells that hold something."""
    with pytest.raises(Refusal, match="cells_below") as refused:
        PackageBook(saved(tmp_path, below)).apply(rows(3, *[(1.0, "x", None)] * 2))
    assert refused.value.details == {"table": "T", "sheet": "Data", "cell": cell}


def test_empty_cells_are_not_in_the_way(tmp_path):
    """Cells that only have a style, and cells beside the table, do not matter."""
    path = saved(tmp_path, '<row r="5"><c r="A5" s="1"/><c r="B5"></c><c r="D5"><v>1</v></c></row>')
    PackageBook(path).apply(rows(3, (1.0, None, None)))
    new = '<row r="5"><c r="A5" s="3"><v>1</v></c><c r="B5"/><c r="C5" s="2"/><c r="D5"><v>1</v></c></row>'
    assert new in part(path, SHEET)


def test_merged_cells_in_the_way(tmp_path):
    """A table never grows over merged cells, which no table may hold."""
    path = saved(tmp_path, after='<mergeCells count="1"><mergeCell ref="C5:D6"/></mergeCells>')
    with pytest.raises(Refusal, match="cells_below"):
        PackageBook(path).apply(rows(3, (1.0, "x", None)))


def test_table_in_the_way(tmp_path):
    """A table never grows over another one."""
    path = saved(tmp_path, more_tables=(("Below", "C6:D7", ("c", "d")),))
    assert PackageBook(path).apply(rows(3, (1.0, "x", None))) is True
    with pytest.raises(Refusal, match="table_below") as refused:
        PackageBook(path).apply(rows(4, (1.0, "x", None)))
    assert refused.value.details == {"table": "T", "other": "Below", "sheet": "Data", "cell": "C6"}


def test_end_of_the_sheet(tmp_path):
    """A table never grows beyond the last row of the sheet."""
    path = saved(tmp_path, ref="A1048575:C1048576")
    with pytest.raises(Refusal, match="sheet_full"):
        PackageBook(path).apply(rows(1, (1.0, "x", None)))
