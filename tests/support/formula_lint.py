"""What makes Excel repair a formula, or read it otherwise than meant: references that lead nowhere."""

import re

from openpyxl.utils import range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PIECES = re.compile(
    r"""
      (?P<literal>"(?:[^"]|"")*")
    | (?P<error>\#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!))
    | (?P<quoted>'(?:[^']|'')+'!)
    | (?P<table>[^\W\d][\w.]*)?(?P<reference>\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\])
    | (?P<sheet>[^\W\d][\w.]*!)
    | (?P<function>[^\W\d][\w.]*\()
    | (?P<number>\d+(?:\.\d*)?(?:[Ee][+-]?\d+)?)
    | (?P<word>[^\W\d][\w.]*)
    """,
    re.VERBOSE,
)
CELL_OR_COLUMN = re.compile(r"[A-Za-z]{1,3}(?:[1-9]\d{0,6})?")
ITEMS = {"#all", "#data", "#headers", "#totals", "#this row"}
FUTURE = re.compile(
    r"""
      ANCHORARRAY | BYCOL | BYROW | CHOOSECOLS | CHOOSEROWS | CONCAT | DAYS | DROP | EXPAND | FILTER
    | FORECAST\.LINEAR | FORMULATEXT | HSTACK | IFNA | IFS | ISFORMULA | ISOWEEKNUM | LAMBDA | LET | MAKEARRAY
    | MAP | MAXIFS | MINIFS | MODE\.SNGL | NORM\.DIST | NORM\.INV | NUMBERVALUE | PERCENTILE\.(EXC|INC)
    | PERCENTRANK\.(EXC|INC) | QUARTILE\.(EXC|INC) | RANDARRAY | RANK\.(AVG|EQ) | REDUCE | SCAN | SEQUENCE
    | SHEETS? | SORT | SORTBY | STDEV\.[PS] | SWITCH | TAKE | TEXTAFTER | TEXTBEFORE | TEXTJOIN | TEXTSPLIT
    | TOCOL | TOROW | UNIQUE | VALUETOTEXT | VAR\.[PS] | VSTACK | XLOOKUP | XMATCH | XOR
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Functions newer than the file format, which files hold with _xlfn. before their names."""


def pieces(formula):
    """The pieces of a formula that name something: what each is, and its text."""
    for found in PIECES.finditer(formula):
        yield found.lastgroup, found


def columns_of(book):
    return {
        table.get("name").casefold(): {
            column.get("name").casefold() for column in table.iter(f"{MAIN}tableColumn")
        }
        for table in book.tables.values()
    }


def chart_formulas(book):
    for part in book.parts:
        if re.fullmatch(r"xl/charts/chart\d+\.xml", part):
            for one in book.xml(part).iter(f"{CHART}f"):
                yield part, one.text or ""


def structured_references_lead_somewhere(book):
    known = columns_of(book)
    for place, formula in book.formulas():
        for kind, found in pieces(formula):
            if kind != "reference":
                continue
            table, reference = found["table"], found["reference"]
            if table is None:
                yield f"{place} refers to {reference} of no table: {formula}"
            elif table.casefold() in known:
                for problem in flaws(reference, known[table.casefold()]):
                    yield f"{place}: {table}{reference} {problem}"


def flaws(reference, columns):
    """What is wrong with the part of a structured reference that stands in brackets."""
    inner = reference[1:-1]
    inside = re.findall(r"\[((?:'.|[^\[\]'])*)\]", inner) if inner.lstrip().startswith("[") else [inner]
    if inner.lstrip().startswith("[") and re.sub(r"\[(?:'.|[^\[\]'])*\]", "", inner).strip(",: "):
        yield "holds a column without brackets of its own"
    for one in inside:
        if one.startswith("#"):
            if one.casefold() not in ITEMS:
                yield f"asks for {one}"
        elif one and re.sub(r"'(.)", r"\1", one).casefold() not in columns:
            yield f"names the column {one}, which is not there"


def sheets_and_names_are_known(book):
    sheets = {name.casefold() for name in book.sheets}
    names = {one.get("name").casefold() for one in book.book.iter(f"{MAIN}definedName")}
    names |= {table.get("name").casefold() for table in book.tables.values()}
    for place, formula in [*book.formulas(), *chart_formulas(book)]:
        for kind, found in pieces(formula):
            text = found[0]
            if kind in ("quoted", "sheet"):
                sheet = text[1:-2].replace("''", "'") if kind == "quoted" else text[:-1]
                if sheet.casefold() not in sheets:
                    yield f"{place} names the sheet {sheet}, which is not there"
            elif kind == "word" and not CELL_OR_COLUMN.fullmatch(text):
                free = text.upper() in ("TRUE", "FALSE") or text.startswith("_xlpm.")
                if not free and text.casefold() not in names:
                    yield f"{place} uses the name {text}, which is not there"
            elif kind == "error":
                yield f"{place} holds {text}"


def new_functions_are_marked(book):
    for place, formula in book.formulas():
        for kind, found in pieces(formula):
            if kind == "function" and FUTURE.fullmatch(found[0][:-1]):
                yield f"{place} holds {found[0]}) without _xlfn."


def charts_name_cells(book):
    for part, formula in chart_formulas(book):
        if any(kind == "reference" for kind, _ in pieces(formula)):
            yield f"{part} refers to a table: {formula}"


def columns_hold_their_formulas(book):
    for part, table in book.tables.items():
        sheet = book.sheet_of(part)
        left, top, _, bottom = range_boundaries(table.get("ref"))
        for place, column in enumerate(table.iter(f"{MAIN}tableColumn"), start=left):
            wanted = column.findtext(f"{MAIN}calculatedColumnFormula")
            if wanted is None or sheet is None:
                continue
            for cell in book.sheets[sheet].iter(f"{MAIN}c"):
                at, _, _, row = range_boundaries(cell.get("r"))
                formula = cell.findtext(f"{MAIN}f")
                if at == place and top < row <= bottom and formula != wanted:
                    yield f"{sheet}!{cell.get('r')} holds {formula}, its column {wanted}"


TRAPS = (
    structured_references_lead_somewhere,
    sheets_and_names_are_known,
    new_functions_are_marked,
    charts_name_cells,
    columns_hold_their_formulas,
)
