"""Formulas that give way to values, and those that cannot."""

import pytest
from package.fills import column
from package.raw_package import HEADER, SHEET, WORKBOOK, RawBook, part, parts

from addin.package import PackageBook
from addin.refusals import Refusal

CHAIN = "xl/calcChain.xml"


def formulas(*cells):
    """Return rows 2 and 3 with formula elements in the columns given: ``("A2", "<f>...</f>")``."""
    lines = {2: "", 3: ""}
    for address, formula in cells:
        lines[int(address[1:])] += f'<c r="{address}" s="3">{formula}<v>1</v></c>'
    return HEADER + "".join(f'<row r="{n}">{cells}</row>' for n, cells in lines.items())


def refused(tmp_path, body, changes):
    path = RawBook(body).save(tmp_path / "book.xlsx")
    before = path.read_bytes()
    with pytest.raises(Refusal, match="formula") as refusal:
        PackageBook(path).apply(changes)
    assert path.read_bytes() == before
    return refusal.value.code, refusal.value.details


def test_formula_becomes_value_and_leaves_the_chain(tmp_path):
    """The entry leaves the chain; the sheet number that it carried passes to the next entry."""
    body = formulas(("A2", "<f>1</f>"), ("A3", "<f>2</f>"), ("B2", "<f>3</f>"))
    chain = '<c r="X1" i="3"/><c r="A2" i="7"/><c r="A3" s="1"/><c r="B2"/><c r="A2" i="3"/><c r="A2" l="1"/>'
    path = RawBook(body, chain=chain).save(tmp_path / "book.xlsx")
    before = part(path, CHAIN)
    PackageBook(path).apply(column(0, [5.0, 6.0]))
    kept = '<c r="X1" i="3"/><c r="B2" i="7"/><c r="A2" i="3"/><c r="A2" l="1"/>'
    assert part(path, CHAIN) == before.replace(chain, kept)
    assert "<f>1</f>" not in part(path, SHEET)
    assert "<f>3</f>" in part(path, SHEET)


def test_empty_chain_goes(tmp_path):
    """A chain without entries may not exist: its part, its type and its relation go."""
    path = RawBook(formulas(("A2", "<f>1</f>")), chain='<c r="A2" i="7"/>').save(tmp_path / "book.xlsx")
    before = parts(path)
    PackageBook(path).apply(column(0, [5.0, None]))
    after = parts(path)
    assert list(after) == [name for name in before if name != CHAIN]
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {SHEET, WORKBOOK, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    assert b"calcChain" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]
    assert PackageBook(path).tables()[0].columns[0] == [5.0, None]


def test_chain_stays_without_formulas(tmp_path):
    """Values that replace values leave the chain as it is."""
    path = RawBook(HEADER, chain='<c r="A9" i="7"/>').save(tmp_path / "book.xlsx")
    before = part(path, CHAIN)
    PackageBook(path).apply(column(0, [5.0, None]))
    assert part(path, CHAIN) == before


def test_part_of_an_array(tmp_path):
    """One cell of an array formula cannot change alone, be it the first or another."""
    body = formulas(("A2", '<f t="array" ref="A2:A3">X</f>'), ("A3", ""))
    expected = ("array_formula", {"sheet": "Data", "range": "A2:A3"})
    for row in (0, 1):
        code, details = refused(tmp_path, body, column(0, [5.0, 6.0], skip=[1 - row]))
        assert (code, details) == (expected[0], expected[1] | {"cell": f"A{row + 2}"})


def test_part_of_a_data_table(tmp_path):
    """A what-if table is filled by one formula too."""
    body = formulas(("B2", '<f t="dataTable" ref="B2:C3" r1="A1"/>'))
    assert refused(tmp_path, body, column(1, [5.0, 6.0]))[0] == "array_formula"


def test_array_that_stays_the_same(tmp_path):
    """An array whose first cell gives way, though it shows the value, is refused like any other."""
    body = formulas(("A2", '<f t="array" ref="A2:B2">X</f>'), ("B2", ""))
    assert refused(tmp_path, body, column(0, [1.0, None], same=[0, 1]))[0] == "array_formula"


def test_whole_array(tmp_path):
    """An array whose cells all change gives way, and so does one of a single cell."""
    body = formulas(
        ("A2", '<f t="array" ref="A2:A3">X</f>'), ("B2", '<f t="array" ref="B2">Y</f>'), ("A3", "")
    )
    path = RawBook(body).save(tmp_path / "book.xlsx")
    PackageBook(path).apply(column(0, [5.0, 6.0]))
    PackageBook(path).apply(column(1, [7.0, None]))
    assert "<f" not in part(path, SHEET)


def test_array_elsewhere(tmp_path):
    """An array outside the changed cells does not matter."""
    path = RawBook(formulas(("C2", '<f t="array" ref="C2:C3">X</f>'))).save(tmp_path / "book.xlsx")
    assert PackageBook(path).apply(column(0, [5.0, 6.0])) is True


def test_master_of_a_shared_formula(tmp_path):
    """The cell that spells a shared formula cannot go while another cell refers to it."""
    body = formulas(("A2", '<f t="shared" ref="A2:A3" si="0">X</f>'), ("A3", '<f t="shared" si="0"/>'))
    found = refused(tmp_path, body, column(0, [5.0, 6.0], skip=[1]))
    assert found == ("shared_formula", {"sheet": "Data", "cell": "A2", "other": "A3"})


def test_child_of_a_shared_formula(tmp_path):
    """A cell that only refers to a shared formula may go, and so may all of them."""
    body = formulas(("A2", '<f t="shared" ref="A2:A3" si="0">X</f>'), ("A3", '<f t="shared" si="0"/>'))
    path = RawBook(body).save(tmp_path / "book.xlsx")
    PackageBook(path).apply(column(0, [5.0, 6.0], skip=[0]))
    assert part(path, SHEET).count("<f") == 1
    path = RawBook(body).save(tmp_path / "book.xlsx")
    PackageBook(path).apply(column(0, [5.0, 6.0]))
    assert "<f" not in part(path, SHEET)
