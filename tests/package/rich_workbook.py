"""A workbook with everything that careless programs lose, beside tables like ours."""

# ruff: noqa: E501 - XML reads better unbroken

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import xlsxwriter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

HEADERS = ("Account", "Sector", "Turnover", "Score", "Class")
N_ACCOUNTS = 6

PRECIOUS = {
    "pivot table": "xl/pivotTables/pivotTable1.xml",
    "pivot cache": "xl/pivotCache/pivotCacheDefinition1.xml",
    "pivot records": "xl/pivotCache/pivotCacheRecords1.xml",
    "slicer": "xl/slicers/slicer1.xml",
    "slicer cache": "xl/slicerCaches/slicerCache1.xml",
    "chart": "xl/charts/chart1.xml",
    "drawing": "xl/drawings/drawing1.xml",
    "picture": "xl/media/image1.png",
    "comment": "xl/comments1.xml",
    "comment shape": "xl/drawings/vmlDrawing1.vml",
    "threaded comment": "xl/threadedComments/threadedComment1.xml",
    "persons": "xl/persons/person.xml",
    "custom XML": "customXml/item1.xml",
    "macros": "xl/vbaProject.bin",
    "ribbon": "customUI/customUI14.xml",
    "shared strings": "xl/sharedStrings.xml",
    "styles": "xl/styles.xml",
    "properties": "docProps/core.xml",
}
"""The parts that must come through unharmed, by what a person calls them."""


def build_rich_workbook(path: Path) -> Path:
    """Write the workbook and return its path."""
    memory = io.BytesIO()
    _base(memory)
    with zipfile.ZipFile(memory) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, text in _NEW_PARTS.items():
        parts[name] = (text if name.endswith(".bin") else _HEAD + text).encode()
    for name, mark, added in _INSERTED:
        content = parts.get(name, b"").decode()
        if name not in parts:
            content = f'{_HEAD}<Relationships xmlns="{_RELATIONS}"></Relationships>'
        assert mark in content, (name, mark)
        parts[name] = content.replace(mark, added + mark, 1).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), content, zipfile.ZIP_DEFLATED)
    return path


def _base(target: io.BytesIO) -> None:
    """What XlsxWriter can write: tables, chart, picture, sparkline, comment, formats, macros."""
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_vba_project(
            io.BytesIO(b"\xd0\xcf\x11\xe0 bytes that nobody may touch \x00\x01\x02"), is_stream=True
        )
        book.set_vba_name("ThisWorkbook")
        sheet = book.add_worksheet("Clients")
        sheet.set_vba_name("Sheet1")
        grey = book.add_format({"bg_color": "#DDDDDD", "num_format": "0.0"})
        data = [[f"C{n}", "North" if n % 2 else "South", 1000.0 * n] for n in range(N_ACCOUNTS)]
        columns = [{"header": header} for header in HEADERS]
        sheet.add_table(3, 1, 3 + N_ACCOUNTS, 5, {"name": "Clients", "data": data, "columns": columns})
        for row in range(N_ACCOUNTS):
            sheet.write_formula(4 + row, 4, "=1+1", grey, 2)
            sheet.write_blank(4 + row, 5, None, grey)
        sheet.conditional_format("E5:E10", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("C5:C10", {"validate": "list", "source": ["North", "South"]})
        sheet.write_comment("B5", "old style note")
        sheet.add_sparkline("H5", {"range": "Clients!D5:D10"})
        sheet.insert_image("J2", "dot.png", {"image_data": io.BytesIO(_png())})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Clients!$D$5:$D$10"})
        sheet.insert_chart("J8", chart)
        sheet.protect("secret")
        history = book.add_worksheet("History")
        history.set_vba_name("Sheet2")
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        history.add_table(
            0, 0, 1, 2, {"name": "History", "columns": [{"header": h} for h in ("Date", "Account", "Score")]}
        )
        history.write_blank(1, 0, None, date)
        pivot = book.add_worksheet("Pivot")
        pivot.set_vba_name("Sheet3")
        pivot.write_row("A3", ["Sector", "Sum of Turnover"])
        pivot.write_row("A4", ["North", 9000])
        pivot.write_row("A5", ["South", 6000])


def _png() -> bytes:
    """A picture of one red dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office"
_X14 = f"{_MICROSOFT}/spreadsheetml/2009/9/main"
_X15 = f"{_MICROSOFT}/spreadsheetml/2010/11/main"
_THREADS = f"{_MICROSOFT}/spreadsheetml/2018/threadedcomments"
_PERSON = "{6CB0D4A5-6B0A-4D3F-9C50-5F0C6A3B1E11}"
_THREAD = "{0B1E0A0E-6B9B-4B43-9C0A-0C3C6A8E2B22}"
_XML_ITEM = "{9F4A3C52-1E4B-4B9C-8B4E-5B0A7C1D2E33}"

_FIELDS = (
    '<cacheFields count="3"><cacheField name="Account" numFmtId="0"><sharedItems/></cacheField>'
    '<cacheField name="Sector" numFmtId="0"><sharedItems count="2"><s v="North"/><s v="South"/></sharedItems></cacheField>'
    '<cacheField name="Turnover" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" '
    'containsNumber="1" containsInteger="1" minValue="0" maxValue="5000"/></cacheField></cacheFields>'
)

_NEW_PARTS = {
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        f'<pivotCacheDefinition xmlns="{_MAIN}" xmlns:r="{_OFFICE}" r:id="rId1" refreshOnLoad="1" recordCount="1">'
        f'<cacheSource type="worksheet"><worksheetSource name="Clients"/></cacheSource>{_FIELDS}</pivotCacheDefinition>'
    ),
    "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/pivotCacheRecords" '
        'Target="pivotCacheRecords1.xml"/></Relationships>'
    ),
    "xl/pivotCache/pivotCacheRecords1.xml": (
        f'<pivotCacheRecords xmlns="{_MAIN}" count="1"><r><s v="C1"/><x v="0"/><n v="1000"/></r></pivotCacheRecords>'
    ),
    "xl/pivotTables/pivotTable1.xml": (
        f'<pivotTableDefinition xmlns="{_MAIN}" name="Sectors" cacheId="1" dataCaption="Values">'
        '<location ref="A3:B5" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="3"><pivotField showAll="0"/><pivotField axis="axisRow" showAll="0"><items count="3">'
        '<item x="0"/><item x="1"/><item t="default"/></items></pivotField><pivotField dataField="1" showAll="0"/>'
        '</pivotFields><rowFields count="1"><field x="1"/></rowFields><rowItems count="2"><i><x/></i><i><x v="1"/></i>'
        '</rowItems><colItems count="1"><i/></colItems><dataFields count="1">'
        '<dataField name="Sum of Turnover" fld="2" baseField="0" baseItem="0"/></dataFields></pivotTableDefinition>'
    ),
    "xl/pivotTables/_rels/pivotTable1.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/pivotCacheDefinition" '
        'Target="../pivotCache/pivotCacheDefinition1.xml"/></Relationships>'
    ),
    "xl/slicers/slicer1.xml": (
        f'<slicers xmlns="{_X14}"><slicer name="Sector" cache="Slicer_Sector" caption="Sector" rowHeight="241300"/></slicers>'
    ),
    "xl/slicerCaches/slicerCache1.xml": (
        f'<slicerCacheDefinition xmlns="{_X14}" xmlns:x="{_MAIN}" name="Slicer_Sector" sourceName="Sector"><extLst>'
        f'<x:ext uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}" xmlns:x15="{_X15}">'
        '<x15:tableSlicerCache tableId="1" column="2"/></x:ext></extLst></slicerCacheDefinition>'
    ),
    "xl/threadedComments/threadedComment1.xml": (
        f'<ThreadedComments xmlns="{_THREADS}"><threadedComment ref="B5" dT="2024-01-02T03:04:05.00" '
        f'personId="{_PERSON}" id="{_THREAD}"><text>Call them back</text></threadedComment></ThreadedComments>'
    ),
    "xl/persons/person.xml": (
        f'<personList xmlns="{_THREADS}"><person displayName="Ada" id="{_PERSON}" userId="ada" providerId="None"/></personList>'
    ),
    "customXml/item1.xml": '<crm xmlns="urn:example:crm"><key>42</key></crm>',
    "customXml/itemProps1.xml": (
        '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
        f'ds:itemID="{_XML_ITEM}"><ds:schemaRefs><ds:schemaRef ds:uri="urn:example:crm"/></ds:schemaRefs></ds:datastoreItem>'
    ),
    "customXml/_rels/item1.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/customXmlProps" '
        'Target="itemProps1.xml"/></Relationships>'
    ),
    "customUI/customUI14.xml": (
        f'<customUI xmlns="{_MICROSOFT}/2009/07/customui"><ribbon><tabs><tab id="score" label="Score"/></tabs></ribbon></customUI>'
    ),
}


def _relation(key: str, kind: str, target: str, base: str = _OFFICE) -> str:
    return f'<Relationship Id="{key}" Type="{base}/{kind}" Target="{target}"/>'


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{kind}+xml"/>'


_END = "</Relationships>"
_INSERTED = (
    (
        "_rels/.rels",
        _END,
        _relation("rIdU", "ui/extensibility", "customUI/customUI14.xml", f"{_MICROSOFT}/2007/relationships"),
    ),
    (
        "xl/_rels/workbook.xml.rels",
        _END,
        _relation("rIdP", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
        + _relation(
            "rIdS", "slicerCache", "slicerCaches/slicerCache1.xml", f"{_MICROSOFT}/2007/relationships"
        )
        + _relation("rIdQ", "person", "persons/person.xml", f"{_MICROSOFT}/2017/10/relationships")
        + _relation("rIdX", "customXml", "../customXml/item1.xml"),
    ),
    (
        "xl/worksheets/_rels/sheet1.xml.rels",
        _END,
        _relation("rIdS", "slicer", "../slicers/slicer1.xml", f"{_MICROSOFT}/2007/relationships")
        + _relation(
            "rIdT",
            "threadedComment",
            "../threadedComments/threadedComment1.xml",
            f"{_MICROSOFT}/2017/10/relationships",
        ),
    ),
    (
        "xl/worksheets/_rels/sheet3.xml.rels",
        _END,
        _relation("rIdP", "pivotTable", "../pivotTables/pivotTable1.xml"),
    ),
    (
        "xl/workbook.xml",
        "</workbook>",
        (
            '<pivotCaches><pivotCache cacheId="1" r:id="rIdP"/></pivotCaches>'
            f'<extLst><ext uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}" xmlns:x15="{_X15}"><x15:slicerCaches xmlns:x14="{_X14}">'
            '<x14:slicerCache r:id="rIdS"/></x15:slicerCaches></ext></extLst>'
        ),
    ),
    (
        "xl/worksheets/sheet1.xml",
        "</extLst>",
        (
            f'<ext uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}" xmlns:x15="{_X15}">'
            f'<x14:slicerList xmlns:x14="{_X14}"><x14:slicer r:id="rIdS"/></x14:slicerList></ext>'
        ),
    ),
    (
        "[Content_Types].xml",
        "</Types>",
        _override("xl/pivotCache/pivotCacheDefinition1.xml", f"{_SPREADSHEET}.pivotCacheDefinition")
        + _override("xl/pivotCache/pivotCacheRecords1.xml", f"{_SPREADSHEET}.pivotCacheRecords")
        + _override("xl/pivotTables/pivotTable1.xml", f"{_SPREADSHEET}.pivotTable")
        + _override("xl/slicers/slicer1.xml", "application/vnd.ms-excel.slicer")
        + _override("xl/slicerCaches/slicerCache1.xml", "application/vnd.ms-excel.slicerCache")
        + _override("xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments")
        + _override("xl/persons/person.xml", "application/vnd.ms-excel.person")
        + _override(
            "customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties"
        ),
    ),
)
