"""Packages written by hand, so that a test can spell the XML of a workbook as it needs it."""

# ruff: noqa: E501 - XML reads better unbroken

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = (
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd;@"/>'
    '<numFmt numFmtId="165" formatCode="&quot;day&quot; 0"/></numFmts>'
    "<cellXfs count='5'><xf numFmtId='0'/><xf numFmtId='14'/><xf xfId='0' numFmtId='164'/>"
    '<xf numFmtId="165"/><xf numFmtId="46"/></cellXfs>'
)
"""Cell formats 0 general, 1 and 2 dates, 3 a number after a word, 4 a duration."""


@dataclass
class RawBook:
    """A workbook of one sheet, ``Data``, with one table, ``T``.

    ``rows`` is the content of ``sheetData``; ``before`` and ``after`` stand
    around it. ``replaced`` overrides whole parts, None leaves one out.
    """

    rows: str
    ref: str = "A1:C3"
    headers: tuple[str, ...] = ("one", "two", "three")
    table: str = ""
    table_inner: str = ""
    before: str = ""
    after: str = ""
    shared: str | None = None
    workbook_properties: str = ""
    calc: str = '<calcPr calcId="191029"/>'
    chain: str | None = None
    prefix: str = ""
    strict: bool = False
    absolute: bool = False
    sheet: str | None = None
    more_tables: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    replaced: dict[str, bytes | None] = field(default_factory=dict)

    def save(self, path: Path) -> Path:
        """Write the package and return its path."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in (self.parts() | self.replaced).items():
                if content is not None:
                    package.writestr(
                        zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), content, zipfile.ZIP_DEFLATED
                    )
        return path

    def parts(self) -> dict[str, bytes]:
        """Return the parts by name."""
        p = f"{self.prefix}:" if self.prefix else ""
        office = _STRICT_OFFICE if self.strict else _OFFICE
        folder = "/xl/" if self.absolute else ""
        related = [
            ("r1", "worksheet", f"{folder}worksheets/sheet1.xml"),
            ("r2", "styles", f"{folder}styles.xml"),
        ]
        parts = {
            "[Content_Types].xml": self._types(),
            "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")], office),
            "xl/workbook.xml": self._part(
                "workbook",
                f'{self.workbook_properties}<{p}sheets><{p}sheet name="Data" sheetId="7" '
                f'xmlns:r="{office}" r:id="r1"/></{p}sheets>{self.calc}',
            ),
            "xl/worksheets/sheet1.xml": self._sheet(),
            "xl/styles.xml": self._part("styleSheet", STYLES, plain=True),
        }
        if self.shared is not None:
            parts["xl/sharedStrings.xml"] = self._part("sst", self.shared)
            related.append(("r3", "sharedStrings", f"{folder}sharedStrings.xml"))
        if self.chain is not None:
            parts["xl/calcChain.xml"] = self._part("calcChain", self.chain, plain=True)
            related.append(("r4", "calcChain", f"{folder}calcChain.xml"))
        parts["xl/_rels/workbook.xml.rels"] = _relations(related, office)
        tables = (("T", self.ref, self.headers), *self.more_tables)
        names = [f"table{number}.xml" for number in range(1, len(tables) + 1)]
        up = "/xl" if self.absolute else ".."
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = _relations(
            [(f"t{name}", "table", f"{up}/tables/{name}") for name in names], office
        )
        for number, (name, (title, ref, headers)) in enumerate(zip(names, tables, strict=True), start=1):
            own = self.table if number == 1 else ""
            columns = "".join(f'<tableColumn id="{n}" name="{h}"/>' for n, h in enumerate(headers, start=1))
            inner = f'<autoFilter ref="{ref}"/>{self.table_inner if number == 1 else ""}'
            parts[f"xl/tables/{name}"] = (
                f'{_HEAD}<table xmlns="{TRANSITIONAL}" id="{number}" name="{title}" displayName="{title}" '
                f'ref="{ref}"{own}>{inner}<tableColumns count="{len(headers)}">{columns}</tableColumns>'
                '<tableStyleInfo name="TableStyleMedium2"/></table>'
            ).encode()
        return parts

    def _types(self) -> bytes:
        spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        overrides = {"/xl/workbook.xml": "sheet.main", "/xl/worksheets/sheet1.xml": "worksheet"}
        overrides |= {"/xl/styles.xml": "styles", "/xl/tables/table1.xml": "table"}
        if self.chain is not None:
            overrides["/xl/calcChain.xml"] = "calcChain"
        if self.shared is not None:
            overrides["/xl/sharedStrings.xml"] = "sharedStrings"
        listed = "".join(
            f'<Override PartName="{name}" ContentType="{spreadsheet}.{kind}+xml"/>'
            for name, kind in overrides.items()
        )
        return (
            f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
        ).encode()

    def _sheet(self) -> bytes:
        if self.sheet is not None:
            return self.sheet.encode()
        p = f"{self.prefix}:" if self.prefix else ""
        return self._part("worksheet", f"{self.before}<{p}sheetData>{self.rows}</{p}sheetData>{self.after}")

    def _part(self, root: str, inner: str, *, plain: bool = False) -> bytes:
        space = STRICT if self.strict else TRANSITIONAL
        prefix = "" if plain else self.prefix
        name = f"{prefix}:{root}" if prefix else root
        declared = f"xmlns:{prefix}" if prefix else "xmlns"
        return f'{_HEAD}<{name} {declared}="{space}">{inner}</{name}>'.encode()


def _relations(listed: list[tuple[str, str, str]], office: str) -> bytes:
    inner = "".join(
        f'<Relationship Target="{target}" Type="{office}/{kind}" Id="{key}"/>' for key, kind, target in listed
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'.encode()


def part(path: Path, name: str) -> str:
    """Return the text of a part of a saved package."""
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def parts(path: Path) -> dict[str, bytes]:
    """Return all parts of a saved package, in order."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


SHEET = "xl/worksheets/sheet1.xml"
TABLE = "xl/tables/table1.xml"
WORKBOOK = "xl/workbook.xml"
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>one</t></is></c><c r="B1" t="inlineStr"><is><t>two</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>three</t></is></c></row>'
)
