"""Unusual but well-formed XML is read right, or refused by the name of its part."""

import pytest
from package.fills import column
from package.raw_package import HEADER, SHEET, STRICT, TABLE, TRANSITIONAL, WORKBOOK, RawBook

from addin.package import PackageBook
from addin.refusals import Refusal

ROWS = '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>'
OTHER = "urn:other"
STRINGS = "<si><t>one</t></si><si><t>two</t></si>"


def worksheet(inner, root="", opening="worksheet", space="xmlns"):
    return f'<{opening} {space}="{TRANSITIONAL}"{root}>{inner}</{opening}>'


def data(rows):
    return worksheet(f"<sheetData>{rows}</sheetData>")


def first_column(path):
    (table,) = PackageBook(path).tables()
    return table.columns[0]


@pytest.mark.parametrize(
    "sheet",
    [
        data(ROWS),
        data(ROWS.replace("<row ", f'<row xmlns="{TRANSITIONAL}" ')),
        worksheet(f"<sheetData>{ROWS}</sheetData>", f" xmlns:y='{TRANSITIONAL}'"),
        worksheet(f"<sheetData>{ROWS}</sheetData>", f' xmlns:y="{OTHER}" y:row="1"'),
        data(
            ROWS.replace("<v>1</v>", '<v>1</v><extLst><ext xmlns:y="urn:other"><y:v>9</y:v></ext></extLst>')
        ),
        data(ROWS.replace('<c r="A2">', f"<c xmlns:y='{TRANSITIONAL}' r=\"A2\">")),
        worksheet(
            f"<x:sheetData>{ROWS}</x:sheetData>".replace("<", "<x:")
            .replace("<x:/", "</x:")
            .replace("x:x:", "x:"),
            opening="x:worksheet",
            space="xmlns:x",
        ),
        worksheet(  # what Excel itself writes for controls
            f'<sheetData>{ROWS}</sheetData><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="x14"/>'
            "</mc:AlternateContent>"
        ),
    ],
)
def test_prefixes_that_mean_one_thing_are_read(tmp_path, sheet):
    path = RawBook("", sheet=sheet).save(tmp_path / "book.xlsx")
    assert first_column(path) == [1.0, 2.0]
    assert PackageBook(path).apply(column(0, [7.0, 8.0]))
    assert first_column(path) == [7.0, 8.0]


@pytest.mark.parametrize(
    "sheet",
    [
        # a second prefix for rows or cells: declared outside, at them, in other quotes, with other signs
        worksheet(f"<sheetData>{ROWS.replace('row', 'y:row')}</sheetData>", f' xmlns:y="{TRANSITIONAL}"'),
        data(
            ROWS.replace('<row r="2">', f'<y:row xmlns:y="{TRANSITIONAL}" r="2">').replace(
                "</row>", "</y:row>", 1
            )
        ),
        data(
            ROWS.replace("<v>1</v>", f"<y:v xmlns:y = '{TRANSITIONAL.replace('main', 'm&#97;in')}' >1</y:v>")
        ),
        data(
            ROWS.replace('<c r="A2">', f'<c xmlns:y="{TRANSITIONAL}" r="A2">').replace(
                "<v>1</v>", "<y:v>1</y:v>"
            )
        ),
        # none beside one, and one beside none
        worksheet(
            f"<x:sheetData>{ROWS}</x:sheetData>",
            f' xmlns="{TRANSITIONAL}"',
            opening="x:worksheet",
            space="xmlns:x",
        ),
        worksheet(
            "<x:sheetData>" + ROWS.replace("<row", f"<row xmlns='{TRANSITIONAL}'") + "</x:sheetData>",
            opening="x:worksheet",
            space="xmlns:x",
        ),
        # elements of another vocabulary that are called like ours
        data(ROWS.replace("<v>1</v>", f'<v xmlns="{OTHER}">1</v>')),
        data(ROWS.replace("<row ", f'<row xmlns="{STRICT}" ')),
        data(ROWS.replace("<row ", '<row xmlns="" ')),
        # alternatives, of which a program takes one
        data(
            '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="z">'
            f"{ROWS}</mc:Choice><mc:Fallback>{ROWS}</mc:Fallback></mc:AlternateContent>"
        ),
    ],
)
def test_prefixes_that_could_be_misread_are_refused_with_the_part(tmp_path, sheet):
    path = RawBook("", sheet=sheet).save(tmp_path / "book.xlsx")
    with pytest.raises(Refusal, match=r"^unusual_xml$") as refused:
        PackageBook(path).tables()
    assert refused.value.details == {"file": "book.xlsx", "part": SHEET}


def test_texts_that_look_like_declarations_are_texts(tmp_path):
    text = f' xmlns:y="{TRANSITIONAL}" xmlns="{OTHER}" &lt;mc:AlternateContent> '
    cell = f'<c r="A2" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    hidden = f'<!-- <y:row xmlns:y="{TRANSITIONAL}"/> --><![CDATA[]]>'
    path = RawBook(f'<row r="2">{cell}</row>{hidden}').save(tmp_path / "book.xlsx")
    assert first_column(path)[0] == text.replace("&lt;", "<")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", "<si><t>one</t></si>", '<y:si xmlns:y="{}"><y:t>one</y:t></y:si>'),
        ("xl/sharedStrings.xml", "<t>two</t>", '<y:t xmlns:y="{}">two</y:t>'),
        ("xl/styles.xml", "<cellXfs", '<cellXfs xmlns:y="{}"><y:xf/></cellXfs><cellXfs'),
        (TABLE, '<tableColumn id="1" name="one"/>', '<y:tableColumn xmlns:y="{}" id="1" name="one"/>'),
        (WORKBOOK, "<sheets>", '<sheets xmlns:y="{}"><y:sheet name="Other" sheetId="8"/>'),
    ],
)
def test_every_part_that_is_read_is_looked_at(tmp_path, part, old, new):
    raw = RawBook(HEADER + ROWS, shared=STRINGS)
    content = raw.parts()[part].decode()
    assert old in content
    raw.replaced = {part: content.replace(old, new.format(TRANSITIONAL), 1).encode()}
    with pytest.raises(Refusal, match=r"^unusual_xml$") as refused:
        PackageBook(raw.save(tmp_path / "book.xlsx")).tables()
    assert refused.value.details["part"] == part


def test_what_is_called_like_ours_in_another_vocabulary_is_left_out(tmp_path):
    raw = RawBook(HEADER + ROWS)
    others = {
        WORKBOOK: ("</sheets>", '<z:sheet name="Z"/></sheets>'),
        TABLE: ("</table>", '<z:tableColumn name="z"/></table>'),
    }
    for part, (old, new) in others.items():
        content = (
            raw.parts()[part].decode().replace(old, new).replace("xmlns=", f'xmlns:z="{OTHER}" xmlns=', 1)
        )
        raw.replaced[part] = content.encode()
    assert first_column(raw.save(tmp_path / "book.xlsx")) == [1.0, 2.0]


def test_any_prefix_may_name_the_relations(tmp_path):
    raw = RawBook(HEADER + ROWS)
    content = raw.parts()[WORKBOOK].decode()
    raw.replaced = {
        WORKBOOK: content.replace("xmlns:r=", f"xmlns:q='{OTHER}' q:id='r9' xmlns:rel=")
        .replace("r:id", "rel:id")
        .encode()
    }
    assert first_column(raw.save(tmp_path / "book.xlsx")) == [1.0, 2.0]


RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
TABLE_PARTS = '<tableParts count="1"><tablePart xmlns:r="{}" r:id="ttable1.xml"/></tableParts>'.format(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)


@pytest.mark.parametrize(
    ("missing", "code", "named"),
    [
        (SHEET, "sheet_missing", SHEET),
        (TABLE, "table_missing", TABLE),
        (RELATIONS, "table_missing", "ttable1.xml"),
    ],
)
def test_a_sheet_or_table_that_is_missing_is_named(tmp_path, missing, code, named):
    raw = RawBook(HEADER + ROWS, after=TABLE_PARTS, replaced={missing: None})
    with pytest.raises(Refusal, match=f"^{code}$") as refused:
        PackageBook(raw.save(tmp_path / "book.xlsx")).tables()
    assert refused.value.details == {"file": "book.xlsx", "sheet": "Data", "part": named}


def test_a_sheet_that_no_relation_leads_to_is_named(tmp_path):
    raw = RawBook(HEADER + ROWS)
    related = raw.parts()["xl/_rels/workbook.xml.rels"].replace(b'Id="r1"', b'Id="r7"')
    raw.replaced = {"xl/_rels/workbook.xml.rels": related}
    with pytest.raises(Refusal, match=r"^sheet_missing$") as refused:
        PackageBook(raw.save(tmp_path / "book.xlsx")).tables()
    assert refused.value.details["sheet"] == "Data"


def test_a_sheet_without_tables_is_no_fault(tmp_path):
    path = RawBook(HEADER + ROWS, replaced={RELATIONS: None, TABLE: None}).save(tmp_path / "book.xlsx")
    assert PackageBook(path).tables() == []
