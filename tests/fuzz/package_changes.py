"""Sheets that are shown, parts in other XML, and files that something damaged."""

import re
from dataclasses import dataclass

from fuzz.packages import MAIN, WORKBOOK
from lxml import etree

from addin.workbook.port import column_letters


@dataclass(frozen=True)
class Show:
    """All sheets are shown: every use is filled by a refresh."""

    kind = "sheets"

    def apply(self, package):
        for sheet in package.tree(WORKBOOK).find(f"{MAIN}sheets"):
            sheet.attrib.pop("state", None)


@dataclass(frozen=True)
class From1904:
    """Dates count from 1904, as on old Macs."""

    kind = "sheets"

    def apply(self, package):
        package.tree(WORKBOOK).find(f"{MAIN}workbookPr").set("date1904", "1")


@dataclass(frozen=True)
class Prefix:
    """The elements of a sheet have a prefix, as some programs write them."""

    table: str
    kind = "xml"

    def apply(self, package):
        sheet = package.tables[package.chosen(self.table, 6)].sheet
        plain = etree.tostring(package.tree(sheet))
        named = re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", plain)
        package.instead(sheet, named.replace(b' xmlns="', b' xmlns:x="', 1))


@dataclass(frozen=True)
class Respell:
    """The same sheet in other XML that means the same."""

    table: str
    way: str
    kind = "xml"

    def apply(self, package):
        place = package.tables[package.chosen(self.table, 5)]
        WAYS[self.way](package.tree(place.sheet).find(f"{MAIN}sheetData"))


def _without_empty_rows(data):
    for row in list(data):
        if not len(row):
            data.remove(row)


def _with_comments(data):
    for row in list(data)[::2]:
        row.insert(0, etree.Comment(" a <c r='A1'><v>7</v></c> "))


def _with_spaces(data):
    for row in data:
        row.text = "\n  "
        for cell in row:
            cell.tail = "\n  "


def _with_wrong_hints(data):
    for row in data:
        row.attrib.pop("spans", None)
    for one in data.getparent().iter(f"{MAIN}dimension"):
        one.set("ref", "A1")


def _with_plain_strings(data):
    for cell in data.iter(f"{MAIN}c"):
        if cell.get("t") == "inlineStr":
            shown = "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
            cell[:] = []
            cell.set("t", "str")
            etree.SubElement(cell, f"{MAIN}v").text = shown


def _without_addresses(data):
    """Take away the addresses of rows and cells, with cells in between that hold nothing."""
    number = 0
    for row in list(data):
        while number + 1 < int(row.get("r")):
            row.addprevious(etree.Element(f"{MAIN}row"))
            number += 1
        number += 1
        cells, column = list(row), 0
        for cell in cells:
            while f"{column_letters(column + 1)}{number}" != cell.get("r"):
                cell.addprevious(etree.Element(f"{MAIN}c"))
                column += 1
            column += 1
            del cell.attrib["r"]
        del row.attrib["r"]


WAYS = {
    "no addresses": _without_addresses,
    "no empty rows": _without_empty_rows,
    "comments": _with_comments,
    "spaces": _with_spaces,
    "wrong hints": _with_wrong_hints,
    "plain strings": _with_plain_strings,
}


@dataclass(frozen=True)
class Damage:
    """Bytes of the file that are others, or missing; drawn last, on the file as it is."""

    at: int
    way: str
    kind = "damaged"

    def spoilt(self, content):
        place = self.at % len(content)
        if self.way == "cut":
            return content[:place]
        if self.way == "flip":
            return content[:place] + bytes([content[place] ^ 0x41]) + content[place + 1 :]
        return content[:place] + bytes(64) + content[place:]


@dataclass(frozen=True)
class SpoilPart:
    """A part whose XML is cut off, empty, doubled or gone."""

    at: int
    way: str
    kind = "damaged"

    def apply(self, package):
        names = sorted(package.parts)
        name = names[self.at % len(names)]
        content = package.parts[name]
        if self.way == "gone":
            package.without(name)
        else:
            spoilt = {"cut": content[: len(content) // 2], "empty": b"", "twice": content + content}
            package.instead(name, spoilt[self.way])
