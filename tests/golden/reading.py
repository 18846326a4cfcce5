"""The cells of a workbook as openpyxl reads them: tables by kind, rows by field key, plain values."""

import datetime as dt
import functools
import re
import unicodedata

from golden.terms import ACCOUNTS, ERRORS, FIELDS


@functools.lru_cache(maxsize=None, typed=True)
def fold(text):
    """A text without case, accents and surplus blanks, its apostrophes straight."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", str(text)) if not unicodedata.combining(c))
    return " ".join(bare.replace("’", "'").casefold().split())


def key_of(names, text):
    if not isinstance(text, str):
        return None
    for key, written in names.items():
        if fold(text) in [fold(name) for name in written]:
            return key
    return None


def clean(value):
    """A cell's value: None where nothing usable stands, a date without its midnight."""
    if isinstance(value, str):
        if value.strip() in ERRORS or not value.strip():
            return None
        return value
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    return value


class Table:
    def __init__(self, sheet, name, kind, first_row, first_column, headers, rows):
        self.sheet, self.name, self.kind = sheet, name, kind
        self.first_row, self.first_column = first_row, first_column
        self.headers, self.rows = headers, rows
        self.keys = []
        for header in headers:
            key = key_of(FIELDS.get(kind, {}), header)
            self.keys.append(key if key and key not in self.keys else "own:" + fold(header))

    def records(self):
        return [dict(zip(self.keys, [clean(v) for v in row], strict=True)) for row in self.rows]


def tables_of(book):
    """The tables of a workbook by kind; those of accounts are a list."""
    found = {"accounts": []}
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            cells = list(sheet[table.ref])
            if table.totalsRowCount:
                cells = cells[: -table.totalsRowCount]
            headers = [str(cell.value) for cell in cells[0]]
            rows = [[cell.value for cell in row] for row in cells[1:]]
            kind = table.displayName.lower()
            if kind not in (*FIELDS, "checks") or kind == "accounts":
                keys = [key_of(ACCOUNTS, header) for header in headers]
                if not {"account", "score", "class"} <= set(keys):
                    continue
                kind = "accounts"
            place = (cells[0][0].row, cells[0][0].column)
            read_table = Table(sheet.title, table.displayName, kind, *place, headers, rows)
            if kind == "accounts":
                found["accounts"].append(read_table)
            else:
                found[kind] = read_table
    return found


def number(value):
    """A number out of a cell, or None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, dt.date):
        return None
    text = re.sub(r"\s", "", value).replace("\u2212", "-").replace("EUR", "")
    for sign in "€$£":
        text = text.replace(sign, "")
    factor = 1.0
    if text.endswith("%"):
        text, factor = text[:-1], 0.01
    elif text[-1:] in ("k", "K"):
        text, factor = text[:-1], 1000.0
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text):
        return None
    return float(text) * factor


def same(value, other):
    """Whether two cells hold the same: numbers as numbers, days as days, words as words."""
    if value is None or other is None:
        return False
    if day(value) is not None or day(other) is not None:
        return day(value) == day(other)
    a, b = number(value), number(other)
    if a is not None and b is not None:
        return a == b
    return fold(value) == fold(other)


def day(value):
    """A date as a day number, or None."""
    if isinstance(value, dt.datetime):
        return value.date().toordinal()
    return value.toordinal() if isinstance(value, dt.date) else None
