"""What makes Excel repair a workbook, or take it otherwise than meant, though the schemas allow it.

Each trap has a function of its own, which yields findings in words.
"""

import io
import re
import zipfile
from itertools import combinations

from lxml import etree
from openpyxl.utils import range_boundaries
from support import formula_lint

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
CELL = re.compile(r"[A-Za-z]{1,3}[1-9]\d{0,6}")
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = {
    r"xl/worksheets/sheet\d+\.xml": f"{SPREADSHEET}.worksheet+xml",
    r"xl/tables/table\d+\.xml": f"{SPREADSHEET}.table+xml",
    r"xl/comments\d+\.xml": f"{SPREADSHEET}.comments+xml",
    r"xl/sharedStrings\.xml": f"{SPREADSHEET}.sharedStrings+xml",
    r"xl/styles\.xml": f"{SPREADSHEET}.styles+xml",
    r"xl/charts/chart\d+\.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    r"xl/drawings/drawing\d+\.xml": "application/vnd.openxmlformats-officedocument.drawing+xml",
    r"xl/drawings/vmlDrawing\d+\.vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    r".*\.rels": "application/vnd.openxmlformats-package.relationships+xml",
    r".*\.png": "image/png",
}
LONGEST = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}


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
        part = "xl/sharedStrings.xml"
        strings = self.xml(part).iter(f"{MAIN}si") if part in self.parts else ()
        self.strings = ["".join(text.text or "" for text in one.iter(f"{MAIN}t")) for one in strings]

    def xml(self, part):
        return etree.fromstring(self.parts[part])

    def related(self, part):
        folder, _, name = part.rpartition("/")
        found = {}
        relations = f"{folder}/_rels/{name}.rels".removeprefix("/")
        for one in etree.fromstring(self.parts[relations]) if relations in self.parts else ():
            if one.get("TargetMode") == "External":
                continue
            target = one.get("Target")
            beside = [] if target.startswith("/") or not folder else folder.split("/")
            steps = [*beside, *target.removeprefix("/").split("/")]
            while ".." in steps:
                at = steps.index("..")
                del steps[at - 1 : at + 1]
            found[one.get("Id")] = "/".join(steps)
        return found

    def text(self, cell):
        if cell.get("t") == "inlineStr":
            return "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
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
            for formula in sheet.iter(f"{XM}f"):
                yield f"{name} (x14)", formula.text or ""
        for table in self.tables.values():
            for kind in ("calculatedColumnFormula", "totalsRowFormula"):
                for formula in table.iter(f"{MAIN}{kind}"):
                    yield f"{table.get('name')} ({kind})", formula.text or ""
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


def tables_are_whole(book):
    for part, table in book.tables.items():
        name = table.get("name")
        left, top, right, bottom = range_boundaries(table.get("ref"))
        if bottom <= top:
            yield f"{name} has headers only"
        columns = [column.get("name").casefold() for column in table.iter(f"{MAIN}tableColumn")]
        if len(columns) != len(set(columns)):
            yield f"{name} has two columns of one name"
        sheet = book.sheet_of(part)
        for cell in book.sheets[sheet].iter(f"{MAIN}c") if sheet else ():
            column, row, _, _ = range_boundaries(cell.get("r"))
            if row == top and left <= column <= right and cell.get("t") not in ("s", "str", "inlineStr"):
                yield f"the header {sheet}!{cell.get('r')} is no text"


def defined_names_lead_somewhere(book):
    seen = set()
    for one in book.book.iter(f"{MAIN}definedName"):
        name, sheet = one.get("name"), one.get("localSheetId")
        if sheet is not None and int(sheet) >= len(book.sheets):
            yield f"{name} belongs to a sheet that is not there"
        if (name.casefold(), sheet) in seen:
            yield f"{name} is defined twice for one sheet"
        seen.add((name.casefold(), sheet))
        if not re.fullmatch(r"[^\W\d][\w.]*", name) or name.upper() in ("R", "C"):
            yield f"{name} is no name"


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


def merges_are_more_than_a_cell(book):
    for name, sheet in book.sheets.items():
        for one in sheet.iter(f"{MAIN}mergeCell"):
            left, top, right, bottom = range_boundaries(one.get("ref"))
            if (left, top) == (right, bottom):
                yield f"{name}: the one cell {one.get('ref')} is merged"


def validations_are_sound(book):
    for name, sheet in book.sheets.items():
        areas = []
        for one in sheet.iter(f"{MAIN}dataValidation", f"{X14}dataValidation"):
            areas += (one.get("sqref") or one.findtext(f"{XM}sqref") or "").split()
            for key, longest in LONGEST.items():
                if len(one.get(key, "")) > longest:
                    yield f"{name}: the {key} of a rule is over {longest} characters"
        for one, other in combinations(areas, 2):
            if _meet(range_boundaries(one), range_boundaries(other)):
                yield f"{name}: two rules for {one} and {other}"


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


def styles_are_sound(book):
    styles = book.xml("xl/styles.xml")

    def count(kind):
        holder = styles.find(f"{MAIN}{kind}")
        return 0 if holder is None else len(holder)

    of = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
    for kind in ("cellStyleXfs", "cellXfs"):
        for number, xf in enumerate(styles.find(f"{MAIN}{kind}")):
            for key, holder in of.items():
                if int(xf.get(key, 0)) >= max(count(holder), 1):
                    yield f"{kind} {number} has a {key} that is not there"
    named = [one.get("name").casefold() for one in styles.iter(f"{MAIN}cellStyle")]
    for name in sorted({one for one in named if named.count(one) > 1}):
        yield f"the style {name} is there twice"
    for table in book.tables.values():
        for element in table.iter():
            for key, value in element.attrib.items():
                if key.casefold().endswith("dxfid") and int(value) >= count("dxfs"):
                    yield f"{table.get('name')} has a look that is not there"


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
        for element in sheet.iter(
            f"{MAIN}dataValidation",
            f"{MAIN}conditionalFormatting",
            f"{X14}dataValidation",
            f"{X14}conditionalFormatting",
        ):
            for part in element.iter(f"{MAIN}formula", f"{MAIN}formula1", f"{MAIN}formula2", f"{XM}f"):
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
    given = [sheet.get("name") for sheet in book.book.iter(f"{MAIN}sheet")]
    if len(given) != len({name.casefold() for name in given}):
        yield "two sheets share a name"
    for view in book.book.iter(f"{MAIN}workbookView"):
        for key in ("activeTab", "firstSheet"):
            if [*states, ""][min(int(view.get(key, 0)), len(states))] != "visible":
                yield f"the workbook opens at a sheet that cannot be shown ({key})"
    for name in book.sheets:
        wrong = re.search(r"[\[\]:*?/\\]", name) or name.startswith("'") or name.endswith("'")
        if not 0 < len(name) <= 31 or wrong:
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
    by_part = {one.get("PartName")[1:]: one.get("ContentType") for one in types if one.get("PartName")}
    by_ending = {one.get("Extension"): one.get("ContentType") for one in types if one.get("Extension")}
    for part in book.parts:
        found = by_part.get(part, by_ending.get(part.rpartition(".")[2]))
        for pattern, wanted in TYPES.items():
            if found is not None and re.fullmatch(pattern, part) and found != wanted:
                yield f"{part} has the content type {found}"


def relations_lead_somewhere(book):
    for part in book.parts:
        found = re.fullmatch(r"(.*/|)_rels/(.*)\.rels", part)
        if not found:
            continue
        owner = found[1] + found[2]
        targets = book.related(owner)
        for key, target in targets.items():
            if target not in book.parts:
                yield f"{owner}: the relationship {key} leads to {target}, which is not there"
        used = re.findall(
            r'\br:(?:id|embed|link)="([^"]+)"', book.parts.get(owner, b"").decode(errors="replace")
        )
        for key in sorted(set(used) - set(targets)):
            yield f"{owner} uses the relationship {key}, which is not there"


TRAPS = (
    tables_match_their_cells,
    tables_are_whole,
    defined_names_lead_somewhere,
    names_are_single_and_no_cells,
    areas_are_apart,
    merges_are_more_than_a_cell,
    validations_are_sound,
    indexes_are_in_range,
    styles_are_sound,
    cells_are_in_order,
    rules_hold_no_table_reference,
    formulas_are_as_files_hold_them,
    sheets_can_be_shown,
    nothing_is_calculated_on_opening,
    parts_have_types,
    relations_lead_somewhere,
    *formula_lint.TRAPS,
)


def package_findings(package):
    """Everything found in a workbook, in words."""
    book = Workbook(package)
    return [finding for trap in TRAPS for finding in trap(book)]
