"""What makes Excel repair a workbook, or take it otherwise than meant, though the schemas allow it.

Each trap has a function of its own, which yields findings in words.
"""

import io
import re
import zipfile
from itertools import combinations

from lxml import etree
from openpyxl.utils import range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CELL = re.compile(r"[A-Za-z]{1,3}[1-9]\d{0,6}")


class Workbook:
    """The parts of a package."""

    def __init__(self, package):
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.book = self.xml("xl/workbook.xml")
        targets = self.related("xl/workbook.xml")
        self.sheets = {
            sheet.get("name"): self.xml(targets[sheet.get(f"{RELATED}id")])
            for sheet in self.book.iter(f"{MAIN}sheet")
        }
        self.places = {
            sheet.get("name"): targets[sheet.get(f"{RELATED}id")] for sheet in self.book.iter(f"{MAIN}sheet")
        }
        self.tables = {
            part: self.xml(part) for part in self.parts if re.fullmatch(r"xl/tables/table\d+\.xml", part)
        }
        strings = self.xml("xl/sharedStrings.xml")
        self.strings = [
            "".join(text.text or "" for text in one.iter(f"{MAIN}t")) for one in strings.iter(f"{MAIN}si")
        ]

    def xml(self, part):
        return etree.fromstring(self.parts[part])

    def related(self, part):
        folder, _, name = part.rpartition("/")
        found = {}
        relations = f"{folder}/_rels/{name}.rels"
        for one in etree.fromstring(self.parts[relations]) if relations in self.parts else ():
            target = one.get("Target")
            steps = (
                target[1:].split("/") if target.startswith("/") else [*folder.split("/"), *target.split("/")]
            )
            while ".." in steps:
                at = steps.index("..")
                del steps[at - 1 : at + 1]
            found[one.get("Id")] = "/".join(steps)
        return found

    def text(self, cell):
        value = cell.findtext(f"{MAIN}v")
        return self.strings[int(value)] if cell.get("t") == "s" else value

    def sheet_of(self, table):
        for name, part in self.places.items():
            if table in self.related(part).values():
                return name
        return None

    def formulas(self):
        """Formulas with where they stand."""
        for name, sheet in self.sheets.items():
            for cell in sheet.iter(f"{MAIN}c"):
                formula = cell.findtext(f"{MAIN}f")
                if formula:
                    yield f"{name}!{cell.get('r')}", formula
            for kind in ("formula", "formula1", "formula2"):
                for formula in sheet.iter(f"{MAIN}{kind}"):
                    if formula.text:
                        yield f"{name} ({kind})", formula.text
        for one in self.book.iter(f"{MAIN}definedName"):
            yield f"the name {one.get('name')}", one.text or ""


def tables_match_their_cells(book):
    for part, table in book.tables.items():
        left, top, right, _ = range_boundaries(table.get("ref"))
        columns = list(table.iter(f"{MAIN}tableColumn"))
        holder = table.find(f"{MAIN}tableColumns")
        name = table.get("name")
        if not int(holder.get("count")) == len(columns) == right - left + 1:
            yield f"{name} counts its columns wrongly"
        sheet = book.sheet_of(part)
        if sheet is None:
            yield f"{name} stands on no sheet"
            continue
        row = next((one for one in book.sheets[sheet].iter(f"{MAIN}row") if one.get("r") == str(top)), None)
        cells = {cell.get("r"): book.text(cell) for cell in row} if row is not None else {}
        shown = [
            text
            for address, text in cells.items()
            if left <= range_boundaries(address)[0] <= right and text is not None
        ]
        if shown != [column.get("name") for column in columns]:
            yield f"the headers of {name} are not those of its cells"


def names_are_single_and_no_cells(book):
    tables = [table.get("name") for table in book.tables.values()]
    names = [
        one.get("name") for one in book.book.iter(f"{MAIN}definedName") if one.get("localSheetId") is None
    ]
    folded = [name.casefold() for name in tables + names]
    for name in sorted({one for one in folded if folded.count(one) > 1}):
        yield f"{name} is there twice"
    for name in tables + names:
        if CELL.fullmatch(name):
            yield f"{name} reads as a cell"
    ids = [table.get("id") for table in book.tables.values()]
    if len(ids) != len(set(ids)):
        yield "two tables share an id"


def areas_are_apart(book):
    for name, sheet in book.sheets.items():
        merged = [one.get("ref") for one in sheet.iter(f"{MAIN}mergeCell")]
        tables = [table.get("ref") for part, table in book.tables.items() if book.sheet_of(part) == name]
        for one, other in combinations(merged + tables, 2):
            if _meet(range_boundaries(one), range_boundaries(other)):
                yield f"{name}: {one} and {other} overlap"


def _meet(one, other):
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def indexes_are_in_range(book):
    styles = book.xml("xl/styles.xml")
    n_formats = len(list(styles.find(f"{MAIN}cellXfs")))
    n_differences = len(list(styles.find(f"{MAIN}dxfs") if styles.find(f"{MAIN}dxfs") is not None else []))
    for name, sheet in book.sheets.items():
        for cell in sheet.iter(f"{MAIN}c"):
            if int(cell.get("s", 0)) >= n_formats:
                yield f"{name}!{cell.get('r')} has a format that is not there"
            if cell.get("t") == "s" and int(cell.findtext(f"{MAIN}v")) >= len(book.strings):
                yield f"{name}!{cell.get('r')} has a text that is not there"
        for rule in sheet.iter(f"{MAIN}cfRule"):
            if int(rule.get("dxfId", 0)) >= max(n_differences, 1):
                yield f"{name} has a rule whose look is not there"


def cells_are_in_order(book):
    for name, sheet in book.sheets.items():
        rows = [int(row.get("r")) for row in sheet.iter(f"{MAIN}row")]
        if rows != sorted(set(rows)):
            yield f"{name}: rows are out of order"
        for row in sheet.iter(f"{MAIN}row"):
            columns = [range_boundaries(cell.get("r"))[0] for cell in row]
            if columns != sorted(set(columns)):
                yield f"{name}: cells of row {row.get('r')} are out of order"


def rules_hold_no_table_reference(book):
    for name, sheet in book.sheets.items():
        for element in sheet.iter(f"{MAIN}dataValidation", f"{MAIN}conditionalFormatting"):
            for part in element.iter(f"{MAIN}formula", f"{MAIN}formula1", f"{MAIN}formula2"):
                text = part.text or ""
                if "[" in re.sub(r'"[^"]*"', "", text):
                    yield f"{name}: a rule refers to a table: {text}"
                if text.startswith('"') and len(text) > 257:
                    yield f"{name}: a list is over 255 characters"


def formulas_are_as_files_hold_them(book):
    for place, formula in book.formulas():
        bare = re.sub(r'"[^"]*"', '""', formula)
        if bare.startswith("="):
            yield f"{place} begins with ="
        if ";" in bare:
            yield f"{place} parts arguments by semicolons"
        if "[@" in bare:
            yield f"{place} holds [@, which files write in full"
        for literal in re.findall(r'"([^"]*)"', formula):
            if len(literal) > 255:
                yield f"{place} holds a text over 255 characters"
        for sheet in re.findall(r"'([^']+)'!", bare):
            if sheet not in book.sheets:
                yield f"{place} names the sheet {sheet}, which is not there"
        known = {table.get("name") for table in book.tables.values()}
        for table in re.findall(r"\b([A-Za-z_]\w*)\[", bare):
            if table not in known:
                yield f"{place} names the table {table}, which is not there"
        if re.search(r"\bCLIENT(?:SCORE|CLASS|RANK|WHY)\(", bare):
            yield f"{place} calls Python as the workbook opens"


def sheets_can_be_shown(book):
    states = [sheet.get("state", "visible") for sheet in book.book.iter(f"{MAIN}sheet")]
    if "visible" not in states:
        yield "all sheets are hidden"
    for name in book.sheets:
        if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name):
            yield f"{name} is no name of a sheet"
        if name.endswith(".py"):
            yield f"{name} would be taken for code by xlwings"


def nothing_is_calculated_on_opening(book):
    properties = book.book.find(f"{MAIN}calcPr")
    if properties is not None and properties.get("fullCalcOnLoad") in ("1", "true"):
        yield "all formulas are calculated as the workbook opens"


def parts_have_types(book):
    types = etree.fromstring(book.parts["[Content_Types].xml"])
    defaults = {one.get("Extension") for one in types if one.get("Extension")}
    given = {one.get("PartName")[1:] for one in types if one.get("PartName")}
    for part in book.parts:
        if part != "[Content_Types].xml" and part not in given and part.rpartition(".")[2] not in defaults:
            yield f"{part} has no content type"
    for part in sorted(given - set(book.parts)):
        yield f"{part} has a content type but is not there"


TRAPS = (
    tables_match_their_cells,
    names_are_single_and_no_cells,
    areas_are_apart,
    indexes_are_in_range,
    cells_are_in_order,
    rules_hold_no_table_reference,
    formulas_are_as_files_hold_them,
    sheets_can_be_shown,
    nothing_is_calculated_on_opening,
    parts_have_types,
)


def package_findings(package):
    """Everything found in a workbook, in words."""
    book = Workbook(package)
    return [finding for trap in TRAPS for finding in trap(book)]
