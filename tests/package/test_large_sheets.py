"""A large worksheet, read and written piece by piece, is read and written like any other."""

import datetime as dt

import pytest
from package.fills import column
from package.raw_package import HEADER, SHEET, RawBook, parts

from addin.package import PackageBook, edit, sheet_stream
from addin.refusals import Refusal

N = 150
FIRST, LAST = 2, N + 1


def usual(number, text="B&amp;C"):
    return (
        f'<row r="{number}" spans="1:3"><c r="A{number}" s="1" t="str"><v>{text} {number}</v></c>'
        f'<c r="B{number}" t="inlineStr"><is><t xml:space="preserve"> é </t></is></c>'
        f'<c r="C{number}" s="3"><v>{number / 4}</v></c></row>'
    )


def book(tmp_path, odd=None, **how):
    """Write a table of rows of which some are odd: those that ``odd`` has by their numbers."""
    odd = odd or {}
    rows = "".join(odd.get(number, usual(number)) for number in range(FIRST, LAST + 1))
    return RawBook(HEADER + rows, ref=f"A1:C{LAST}", shared="<si><t>old</t></si>", **how).save(
        tmp_path / "book.xlsx"
    )


@pytest.fixture(params=["piece by piece", "as a whole"])
def way(request, monkeypatch):
    large = request.param == "piece by piece"
    monkeypatch.setattr(sheet_stream, "LARGE", 0 if large else 1 << 30)
    monkeypatch.setattr(edit, "MOST_ECHOED", 0)
    return request.param


def both_ways(path, monkeypatch, work):
    """Return what some work comes to, piece by piece and as a whole."""
    monkeypatch.setattr(edit, "MOST_ECHOED", 0)
    found = []
    for large in (0, 1 << 30):
        monkeypatch.setattr(sheet_stream, "LARGE", large)
        found.append(work(PackageBook(path)))
    return found


A100 = '<c r="A100" s="1" t="str"><v>x</v></c>'
ODD = {
    "its own number in a text": {100: f'<row r="100">{A100.replace("x", "say 100&quot; or 100")}</row>'},
    "a quotation mark": {100: '<row r="100"><c r="A100" t="str"><v>100"</v></c></row>'},
    "another cell": {100: f'<row r="100">{A100}<c r="D100"><v>1</v></c></row>'},
    "no cell": {100: '<row r="100"/>', 101: '<row r="101" ht="3"></row>'},
    "a row that is missing": {100: ""},
    "a formula": {100: f'<row r="100">{A100}<c r="C100"><f>1+1</f><v>2</v></c></row>'},
    "an error and a truth value": {
        100: '<row r="100"><c r="A100" t="e"><v>#N/A</v></c><c r="B100" t="b"><v>1</v></c></row>'
    },
    "no number at all": {100: f"<row>{A100}</row>"},
    "another order of attributes": {100: '<row r="100"><c t="str" r="A100"><v>x</v></c></row>'},
    "an unusual attribute": {100: '<row r="100"><c r="A100" cm="1" t="str"><v>x</v></c></row>'},
    "a comment": {100: f'<row r="100"><!-- <c r="B100"/> -->{A100}</row>'},
    "CDATA": {100: '<row r="100"><c r="A100" t="str"><v><![CDATA[<x>]]></v></c></row>'},
    "a character reference": {100: '<row r="100"><c r="A100" t="str"><v>&#233;&#10;</v></c></row>'},
    "a shared string": {100: '<row r="100"><c r="A100" t="s"><v>0</v></c></row>'},
    "a date": {100: '<row r="100"><c r="C100" s="1"><v>45352.5</v></c></row>'},
    "no number in a number": {100: '<row r="100"><c r="C100"><v>1e999</v></c></row>'},
    "other rows below": {LAST: f'{usual(LAST)}<row r="{LAST + 4}"><c r="B{LAST + 4}"/></row>'},
    "a sign beyond the basic plane": {100: usual(100, "😀 naïve")},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_a_table_is_read_alike(odd, tmp_path, monkeypatch):
    streamed, whole = both_ways(book(tmp_path, odd), monkeypatch, lambda one: one.tables())
    assert streamed == whole


VALUES = [
    None if number % 7 == 0 else f"B & <{number}> " if number % 3 else number / 8 for number in range(N - 1)
]


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_column_is_written_alike(odd, at, tmp_path, monkeypatch):
    path = book(tmp_path, odd)

    def write(one):
        values = [*VALUES, dt.datetime(2026, 11, 29)]
        out = tmp_path / "out.xlsx"
        one.apply(column(at, values, skip=[3, 98], same=[5, 97, N - 1]), out)
        return parts(out), one.inverse.columns[0].values

    streamed, whole = both_ways(path, monkeypatch, write)
    assert streamed == whole


@pytest.mark.parametrize(
    ("odd", "code", "details"),
    [
        ({100: '<row r="100"><c r="A100"><v>1</c></row>'}, "ill_formed", {"line": 2}),
        ({100: '<row r="100"><c r="A100"><v>a & b</v></c></row>'}, "ill_formed", {"line": 2}),
        ({100: '<row r="100"><c r="A100" s="1" s="1"/></row>'}, "ill_formed", {"line": 2}),
        ({100: '<row r="100" r="100"><c r="A100"/></row>'}, "ill_formed", {"line": 2}),
        ({100: '<row r="100"><c r="A100"><v>\x01</v></c></row>'}, "ill_formed", {"line": 2}),
        ({100: '<row r="100"><c r="A100"><v>]]></v></c></row>'}, "ill_formed", {"line": 2}),
        ({100: '<row r="100"><c r="A100"><v>\ufffe</v></c></row>'}, "ill_formed", {"line": 2}),
        ({100: '<row r="100"><c r="A100"><x:v>1</x:v></c></row>'}, "ill_formed", {"line": 2}),
        ({100: usual(99)}, "damaged_part", {}),
        ({100: '<row r="100"><c r="A100" t="s"><v>7</v></c></row>'}, "damaged_part", {}),
    ],
)
@pytest.mark.usefixtures("way")
def test_what_is_wrong_is_refused_alike(odd, code, details, tmp_path):
    with pytest.raises(Refusal, match=code) as refused:
        PackageBook(book(tmp_path, odd)).tables()
    assert refused.value.details == {"file": "book.xlsx", "part": SHEET} | details


@pytest.mark.usefixtures("way")
def test_a_formula_that_fills_several_cells_is_not_broken(tmp_path):
    odd = {100: '<row r="100"><c r="A100"><f t="array" ref="A100:A101">B1:B2</f><v>1</v></c></row>'}
    values = [None] * 98 + [1.0] + [None] * (N - 99)
    skip = [row for row in range(N) if row != 98]
    with pytest.raises(Refusal, match="array_formula"):
        PackageBook(book(tmp_path, odd)).apply(column(0, values, skip=skip))


def test_a_large_sheet_in_the_usual_shape_is_never_read_as_a_whole(tmp_path, monkeypatch):
    """Not even where a text says the number of its row, or some rows have other cells."""
    monkeypatch.setattr(sheet_stream, "LARGE", 0)
    monkeypatch.setattr(edit, "MOST_ECHOED", 0)
    monkeypatch.setattr("addin.package.contents.SheetText", None)
    path = book(tmp_path, ODD["a quotation mark"] | {50: '<row r="50"><c r="A50"/><c r="C50"/></row>'})
    package = PackageBook(path)
    assert package.tables()[0].columns[0][97:99] == ["B&C 99", '100"']
    monkeypatch.setattr(edit, "SheetText", None)
    assert package.apply(column(0, [1.0] * N))
