"""The parts of a workbook that the product made, to be changed as no well-meaning program would."""

import datetime as dt
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from math import isfinite

from lxml import etree

from addin.workbook.port import column_letters

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DAY = re.compile("[0-9]{4}-[01][0-9]-[0-3][0-9]")
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WORKBOOK = "xl/workbook.xml"


@dataclass
class Place:
    """Where a table stands: its part, its sheet's part, and its area, counted from 1 with the headers."""

    part: str
    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def n_rows(self):
        return self.bottom - self.top

    @property
    def n_columns(self):
        return self.right - self.left + 1

    @property
    def ref(self):
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


class Package:
    """A workbook as its parts; those that are looked into are kept as trees until they are saved."""

    def __init__(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self._trees = {}
        self._cells = {}
        self.tables = self._places()

    def bytes(self):
        """The package as a file."""
        for name, tree in self._trees.items():
            self.parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._trees, self._cells = {}, {}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, content in self.parts.items():
                package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def chosen(self, name, at):
        """The name of a table: the one that is meant, or any where it went."""
        names = sorted(self.tables)
        return name if name in self.tables else names[at % len(names)]

    def without(self, name):
        """Take away a part, and nothing that leads to it."""
        self._trees.pop(name, None)
        del self.parts[name]

    def instead(self, name, content):
        """Put other bytes in place of a part."""
        self._trees.pop(name, None)
        self._cells.pop(name, None)
        self.parts[name] = content

    def tree(self, name):
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.parts[name])
        return self._trees[name]

    def related(self, owner):
        """Targets of the relations of a part, by their kind."""
        folder, name = posixpath.split(owner)
        rels = f"{folder}/_rels/{name}.rels"
        if rels not in self.parts:
            return []
        return [
            (one, posixpath.normpath(posixpath.join(folder, one.get("Target"))).lstrip("/"))
            for one in self.tree(rels)
        ]

    def _places(self):
        found = {}
        for _, sheet in self.related(WORKBOOK):
            if not sheet.startswith("xl/worksheets/"):
                continue
            for _, part in self.related(sheet):
                if part.startswith("xl/tables/"):
                    head = self.parts[part].decode()
                    ends = re.search(r' ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"', head)
                    left, right = (_number(ends[at]) for at in (1, 3))
                    name = re.search(r' name="([^"]+)"', head)[1]
                    found[name] = Place(part, sheet, int(ends[2]), left, int(ends[4]), right)
        return found

    def cells(self, sheet):
        """The cells of a sheet by row and column; a row or cell that is not there is made by :meth:`cell`."""
        if sheet not in self._cells:
            rows = self.tree(sheet).iter(f"{MAIN}row")
            self._cells[sheet] = {
                (int(row.get("r")), _number(re.match("[A-Z]+", cell.get("r"))[0])): cell
                for row in rows
                for cell in row
            }
        return self._cells[sheet]

    def cell(self, sheet, row, column):
        cells = self.cells(sheet)
        if (row, column) not in cells:
            data = self.tree(sheet).find(f"{MAIN}sheetData")
            line = next((one for one in data if int(one.get("r")) >= row), None)
            if line is None or int(line.get("r")) != row:
                made = etree.Element(f"{MAIN}row", r=str(row))
                data.append(made) if line is None else line.addprevious(made)
                line = made
            cell = etree.Element(f"{MAIN}c", r=f"{column_letters(column)}{row}")
            after = next((cells[row, at] for r, at in sorted(cells) if r == row and at > column), None)
            line.append(cell) if after is None else after.addprevious(cell)
            cells[row, column] = cell
        return cells[row, column]

    def put(self, sheet, row, column, cell):
        """Put a raw cell, its attributes and the XML inside, where another was; its look stays."""
        attributes, inner = cell
        old = self.cell(sheet, row, column)
        inner = inner.replace("@@", f"{column_letters(column)}{row}")
        kept = {key: old.get(key) for key in ("r", "s") if old.get(key) is not None}
        made = etree.fromstring(f'<c xmlns="{MAIN[1:-1]}" {attributes}>{inner}</c>')
        old[:] = list(made)
        old.attrib.clear()
        for key, value in (*kept.items(), *made.attrib.items()):
            old.set(key, value)

    def raw(self, sheet, row, column):
        """What stands in a cell, as :meth:`put` takes it."""
        cell = self.cells(sheet).get((row, column))
        if cell is None:
            return "", ""
        attributes = " ".join(f'{key}="{value}"' for key, value in cell.attrib.items() if key != "r")
        inner = "".join(etree.tostring(one, encoding="unicode", with_tail=False) for one in cell)
        return attributes, inner

    def resize(self, name):
        """Write the area of a table into its part, after it was changed."""
        place = self.tables[name]
        tree = self.tree(place.part)
        tree.set("ref", place.ref)
        for one in tree.iter(f"{MAIN}autoFilter"):
            one.set("ref", place.ref)

    def headers(self, name):
        """The elements of the columns of a table."""
        return list(self.tree(self.tables[name].part).find(f"{MAIN}tableColumns"))

    def drop(self, name):
        """Take a table away; its cells stay."""
        place = self.tables.pop(name)
        for relation, part in self.related(place.sheet):
            if part == place.part:
                key = relation.get("Id")
                relation.getparent().remove(relation)
        listed = self.tree(place.sheet).find(f"{MAIN}tableParts")
        for one in list(listed):
            if one.get(f"{OFFICE}id") == key:
                listed.remove(one)
        if len(listed):
            listed.set("count", str(len(listed)))
        else:
            listed.getparent().remove(listed)
        types = self.tree("[Content_Types].xml")
        for one in list(types):
            if one.get("PartName") == f"/{place.part}":
                types.remove(one)
        self.without(place.part)


def _number(letters):
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def sight(content):
    """All that can be seen in the sheets of a workbook: cells with their formulas, areas of tables, states.

    By sheet and address; a cell that holds nothing is left out, whatever its look.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    strings = _strings(parts)
    found = {}
    for name, part in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            number = 0
            for row in etree.fromstring(part).iter(f"{MAIN}row"):
                number, column = int(row.get("r") or number + 1), 0
                for cell in row:
                    place = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r") or "")
                    column = _number(place[1]) if place else column + 1
                    seen = _seen(cell, strings)
                    if seen is not None:
                        found[name, number, column] = seen
        elif name.startswith("xl/tables/"):
            found[name] = re.search(rb' ref="([^"]+)"', part)[1]
        elif name == WORKBOOK:
            sheets = etree.fromstring(part).find(f"{MAIN}sheets")
            found[name] = [(one.get("name"), one.get("state", "visible")) for one in sheets]
    return found


def _strings(parts):
    if "xl/sharedStrings.xml" not in parts:
        return []
    items = etree.fromstring(parts["xl/sharedStrings.xml"]).iter(f"{MAIN}si")
    return ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in items]


def _seen(cell, strings):
    """What a cell shows: its kind and value, or its formula, whose value is worked out anew."""
    formula = cell.find(f"{MAIN}f")
    if formula is not None and (formula.text or formula.get("t")):
        of_several = formula.get("t") in ("array", "dataTable")
        return "formula", formula.text, (formula.get("t"), formula.get("ref")) if of_several else None
    kind, value = cell.get("t", "n"), cell.find(f"{MAIN}v")
    shown = None if value is None else value.text or ""
    if kind == "inlineStr":
        shown = "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
    elif kind == "s" and shown is not None:
        shown = strings[int(shown)]
    if shown in (None, ""):
        return None
    if kind == "b":
        return kind, shown in ("1", "true"), None
    if kind == "d" and _DAY.fullmatch(shown):
        return "n", (dt.date.fromisoformat(shown) - dt.date(1899, 12, 30)).days, None
    if kind == "n" and _NUMBER.fullmatch(shown.strip()) and isfinite(float(shown)):
        return kind, float(shown), None
    return kind if kind == "e" else "text", shown, None
