"""Formulas in Excel's dialect and in the host's, and addresses, as functions that know no host."""

import re

# -- the two dialects of formulas

_SHEET = r"'(?:[^']|'')+'|[^\W\d][\w.]*"
_CELL = r"\$?[A-Z]{1,3}\$?\d|\$?[A-Z]{1,3}:|\$?\d+:|#REF!"
_STRUCTURED = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"
_TEXT = r'(?P<text>"(?:[^"]|"")*"|#(?:REF!|N/A|NULL!|DIV/0!|VALUE!|NAME\?|NUM!))'
_EXCEL = re.compile(
    rf"{_TEXT}|(?P<sheet>{_SHEET})!|(?P<braces>\{{[^}}]*\}})|(?P<table>[^\W\d][\w.]*)?(?P<ref>{_STRUCTURED})|(?P<comma>,)"
)
_CALC = re.compile(
    rf"{_TEXT}|\$?(?P<sheet>{_SHEET}|[^\W\d]\w*)\.(?={_CELL})|(?P<braces>\{{[^}}]*\}})|(?P<table>[^\W\d][\w.]*)?(?P<ref>{_STRUCTURED})|(?P<semicolon>;)"
)


def to_calc(formula, table=None):
    """A formula as the host takes it: ``;`` between arguments, ``$Sheet.A1``, no ``[@Column]``.

    Parameters
    ----------
    formula
        As Excel writes it.
    table
        The table the cell is in, which ``[@Column]`` means.
    """

    def swap(match):
        if match["text"]:
            return match["text"]
        if match["sheet"]:
            return f"${match['sheet']}."
        if match["braces"]:
            return match["braces"].replace(";", "|").replace(",", ";")
        if match["ref"]:
            return (match["table"] or table or "") + _reference_to_calc(match["ref"])
        return ";"

    return _EXCEL.sub(swap, formula.replace("_xlfn.", ""))


def _reference_to_calc(reference):
    inner = reference[1:-1]
    if inner == "@":
        return "[#This Row]"
    if inner.startswith("@"):
        column = inner[1:] if inner[1] == "[" else f"[{inner[1:]}]"
        return f"[[#This Row];{column}]"
    return re.sub(r"\](\s*),(\s*)\[", "];[", reference)


def to_excel(formula, table=None):
    """A formula as Excel writes it, from what the host gives; the inverse of `to_calc`."""

    def swap(match):
        if match["text"]:
            return match["text"]
        if match["sheet"]:
            return f"{match['sheet']}!"
        if match["braces"]:
            return match["braces"].replace(";", ",").replace("|", ";")
        if match["ref"]:
            return _reference_to_excel(match["table"] or "", match["ref"], table)
        return ","

    return _CALC.sub(swap, formula)


def _reference_to_excel(owner, reference, table):
    reference = reference.replace("];[", "],[")
    if this := re.fullmatch(r"\[\[#This Row\],\[([^\]]*)\]\]", reference, re.IGNORECASE):
        column = this[1] if re.fullmatch(r"\w+", this[1]) else f"[{this[1]}]"
        return f"{'' if owner == table else owner}[@{column}]"
    return owner + reference


# -- addresses


def column_letters(number):
    """Letters of a column counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters):
    """Number, from 1, of a column by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


ROWS, COLUMNS = 1_048_576, 16_384
_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")
_WHOLE_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_WHOLE_ROWS = re.compile(r"\$?(\d+):\$?(\d+)")


def area(address):
    """(top, left, rows, columns), from 1, of a plain address, or None if it is not one."""
    if cells := _A1.fullmatch(address):
        left, top = column_number(cells[1]), int(cells[2])
        right, bottom = (column_number(cells[3]), int(cells[4])) if cells[3] else (left, top)
    elif columns := _WHOLE_COLUMNS.fullmatch(address):
        left, right, top, bottom = column_number(columns[1]), column_number(columns[2]), 1, ROWS
    elif rows := _WHOLE_ROWS.fullmatch(address):
        left, right, top, bottom = 1, COLUMNS, int(rows[1]), int(rows[2])
    else:
        return None
    (left, right), (top, bottom) = sorted((left, right)), sorted((top, bottom))
    if top < 1 or bottom > ROWS or right > COLUMNS:
        return None
    return top, left, bottom - top + 1, right - left + 1


def table_reference(text):
    """(table, item, first column, last column) of a reference such as ``Clients[[#All],[Name]]``, or None."""
    match = re.fullmatch(rf"([^\W\d][\w.]*|\\[\w.]*)({_STRUCTURED})?", text)
    if match is None or (match[2] is None and area(text)):
        return None
    inner = (match[2] or "[]")[1:-1].strip()
    parts = re.findall(r"\[((?:[^\[\]']|'.)*)\]", inner) or ([inner] if inner else [])
    items = [part for part in parts if part.startswith("#")]
    columns = [re.sub(r"'(.)", r"\1", part) for part in parts if not part.startswith("#")]
    item = items[0].lower() if items else "#data"
    return match[1], item, columns[0] if columns else None, columns[-1] if columns else None


def locale_format(code):
    """A number format as Excel spells it: lower-case dates and times, as the host does not."""
    if not re.search(r"[MDYHS]", re.sub(r'"[^"]*"|\[[^\]]*\]|General|AM/PM', "", code)):
        return code
    return re.sub(
        r'"[^"]*"|\\.|AM/PM|\[\$[^\]]*\]|[MDYHS]+',
        lambda m: m[0].lower() if m[0][0] in "MDYHS" else m[0],
        code,
    )
