"""Ranges: blocks of cells in and out, as COM carries them."""

import functools
import re

import numpy as np
import xlwings.base_classes as base
from support.calc import references, semantics
from support.calc.host import guarded, uno
from support.calc.native import Native
from support.calc.semantics import ERRORS, Formula, failed

_CONTENT = 1 | 2 | 4 | 16
"""com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA."""
_FORMULAS = 16
_DATE, _CURRENCY, _TEXT, _LOGICAL = 2, 8, 256, 1024
"""com.sun.star.util.NumberFormat."""
_ERROR_CODES = {
    521: "#NULL!",
    532: "#DIV/0!",
    519: "#VALUE!",
    502: "#VALUE!",
    504: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    503: "#NUM!",
    523: "#NUM!",
    32767: "#N/A",
}
_BROKEN = range(501, 520)
_NOT_BROKEN = (502, 503, 504, 519)


@guarded
class Range(base.Range):
    """A rectangle of cells of a sheet, counted from 1; it may have no rows.

    Nothing crosses to the host before a value is asked for.
    """

    sheet = row = column = shape = None  # base.Range has properties that cannot be set

    def __init__(self, sheet, row, column, n_rows=1, n_columns=1):
        if (
            n_rows
            and n_columns
            and not (
                1 <= row <= row + n_rows - 1 <= references.ROWS
                and 1 <= column <= column + n_columns - 1 <= references.COLUMNS
            )
        ):
            raise failed("beyond the edges of the sheet")
        self.sheet, self.row, self.column, self.shape = sheet, row, column, (n_rows, n_columns)
        self.options = {}

    @property
    def coords(self):
        return (self.sheet, self.row, self.column, *self.shape)

    @functools.cached_property
    def cells(self):
        """The host's range."""
        top, left, (height, width) = self.row - 1, self.column - 1, self.shape
        return self.sheet.uno.getCellRangeByPosition(left, top, left + width - 1, top + height - 1)

    @property
    def api(self):
        if not all(self.shape):
            return None
        return Native("Range", {"HasArray": self._has_array}, Delete=self._no_delete)

    def _has_array(self):
        """Whether there is an array formula, which the host shows in braces."""
        return any(
            text.startswith("{") for _, formulas in self.formulas() for row in formulas for text in row
        )

    def _no_delete(self, *_):
        raise NotImplementedError  # the product deletes through tables alone

    def part(self, top, left, height, width):
        """A part of the range, counted from 0."""
        return Range(self.sheet, self.row + top, self.column + left, height, width)

    def __len__(self):
        return self.shape[0] * self.shape[1]

    def __call__(self, row, column=None):
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return Range(self.sheet, self.row + row - 1, self.column + column - 1)

    # -- addresses

    @property
    def address(self):
        return self.get_address(row_absolute=True, col_absolute=True, external=False)

    def get_address(self, row_absolute, col_absolute, external):
        row, column = "$" * bool(row_absolute), "$" * bool(col_absolute)

        def cell(at_row, at_column):
            return f"{column}{references.column_letters(at_column)}{row}{at_row}"

        text = cell(self.row, self.column)
        if len(self) > 1:
            text += ":" + cell(self.row + self.shape[0] - 1, self.column + self.shape[1] - 1)
        if not external:
            return text
        owner = f"[{self.sheet.book.name}]{self.sheet.name}"
        return f"{owner}!{text}" if re.fullmatch(r"[\w.\[\]]+", owner) else f"'{owner}'!{text}"

    def intersection(self, other):
        """Rows and columns that two ranges of one sheet have in common, as a Range or None."""
        top, left = max(self.row, other.row), max(self.column, other.column)
        bottom = min(self.row + self.shape[0], other.row + other.shape[0])
        right = min(self.column + self.shape[1], other.column + other.shape[1])
        if self.sheet.index != other.sheet.index or top >= bottom or left >= right:
            return None
        return Range(self.sheet, top, left, bottom - top, right - left)

    # -- values out

    @property
    def raw_value(self):
        if not len(self):
            return None
        self._cross("reads", "value")
        block = self._values()
        return block[0][0] if len(self) == 1 else tuple(map(tuple, block))

    def _values(self):
        """What the cells show, as COM gives it."""
        block = self._plain()
        numbers = any(type(value) is float for line in block for value in line)
        for kind, part in self._kinds((_DATE, _CURRENCY, _LOGICAL)) if numbers else ():
            convert = {_DATE: semantics.moment, _CURRENCY: semantics.currency, _LOGICAL: bool}[kind]
            self._map(block, part, lambda value, to=convert: to(value) if type(value) is float else value)
        for part, formulas in self.formulas():
            for i, line in enumerate(formulas, part.row - self.row):
                for j, formula in enumerate(line, part.column - self.column):
                    if block[i][j] in (None, 0.0, 1.0):  # an error, a logical or nothing to see
                        block[i][j] = self._result(i, j, block[i][j], formula)
        return block

    def _plain(self):
        """Numbers and texts, with None in empty cells."""
        return [[None if value == "" else value for value in line] for line in self.cells.getDataArray()]

    def _result(self, row, column, value, formula):
        """What the formula of a cell, counted from 0, shows where the host's data does not tell."""
        bare = formula.removeprefix("=").upper()
        if bare in ("TRUE()", "FALSE()"):
            return bare == "TRUE()"
        if bare in ERRORS:
            return ERRORS[bare]
        cell = self.cells.getCellByPosition(column, row)
        if value is None:
            code = cell.getError()
            return ERRORS[_ERROR_CODES.get(code, "#NAME?")] if code else ""
        return bool(value) if cell.getString() in ("TRUE", "FALSE") else value

    def _map(self, block, part, function):
        top, left = part.row - self.row, part.column - self.column
        for i in range(top, top + part.shape[0]):
            block[i][left : left + part.shape[1]] = map(function, block[i][left : left + part.shape[1]])

    def _kinds(self, wanted):
        """Pairs of a kind of number format and a part of the range that has it."""
        for key, addresses in self._formats():
            kind = self.sheet.book.format_type(key)
            for found in wanted:
                if kind & found:
                    yield from ((found, self._within(address)) for address in addresses)
                    break

    def _formats(self):
        """Pairs of a number format and its areas, noted until some format is set or cells move."""
        noted = self.sheet.book.formats
        place = (self.sheet.name, self.row, self.column, self.shape)
        if place not in noted:
            groups = self.cells.getUniqueCellFormatRanges()
            found = [groups.getByIndex(i) for i in range(groups.Count)]
            noted[place] = [(group.getByIndex(0).NumberFormat, group.RangeAddresses) for group in found]
        return noted[place]

    @classmethod
    def over(cls, sheet, area):
        """The range of an area of the host's, a CellRangeAddress, which counts from 0."""
        height, width = area.EndRow - area.StartRow + 1, area.EndColumn - area.StartColumn + 1
        return cls(sheet, area.StartRow + 1, area.StartColumn + 1, height, width)

    def _within(self, area):
        return Range.over(self.sheet, area)

    def formulas(self):
        """Pairs of a part of the range that has formulas and these, in the host's dialect."""
        found = self.cells.queryContentCells(_FORMULAS)
        for address in found.RangeAddresses:
            part = self._within(address)
            yield part, part.cells.getFormulaArray()

    @property
    def formula(self):
        if not len(self):
            return None
        self._cross("reads", "formula")
        block = self._plain()
        numbers = any(type(value) is float for line in block for value in line)
        for _, part in self._kinds((_LOGICAL,)) if numbers else ():
            self._map(block, part, lambda value: bool(value) if type(value) is float else value)
        block = [[semantics.constant_text(value) for value in line] for line in block]
        for part, formulas in self.formulas():
            table = self.sheet.table_over(part)
            for i, line in enumerate(formulas, part.row - self.row):
                for j, text in enumerate(line, part.column - self.column):
                    if text:
                        block[i][j] = _shown_formula(text, table and table.name)
        return block[0][0] if len(self) == 1 else tuple(map(tuple, block))

    formula2 = formula

    @property
    def has_array(self):
        found = [text.startswith("{") for _, block in self.formulas() for line in block for text in line]
        return None if any(found) and (not all(found) or len(found) < len(self)) else any(found)

    # -- values in

    @raw_value.setter
    def raw_value(self, data):
        if not len(self):
            return
        fill = not isinstance(data, list | tuple)
        height, width = self.shape
        if fill:
            data = [[data] * width] * height
        elif not isinstance(data[0], list | tuple):
            data = [data] * height  # a flat list goes across, once in each row
        if len(data) != height or any(len(line) != width for line in data):
            message = f"{self.address} takes {height} rows of {width} cells"
            raise TypeError(message)
        for value in {id(v): v for line in data for v in line}.values():
            semantics.check_type(value)
        self._cross("writes", "value")
        self.check_writable()
        if self.sheet.book.filters and len(self) > 1 and self._spread_over_a_filter(data[0][0]):
            return
        self._enter(data, fill=fill)

    def _spread_over_a_filter(self, first):
        """What Excel does with a block where a filter hides rows: its first value fills what is visible."""
        visible = self.cells.queryVisibleCells().RangeAddresses
        if sum((a.EndRow - a.StartRow + 1) * (a.EndColumn - a.StartColumn + 1) for a in visible) == len(self):
            return False
        for area in visible:
            part = type(self).over(self.sheet, area)
            part._enter([[first] * part.shape[1]] * part.shape[0], fill=True)  # noqa: SLF001
        return True

    @formula.setter
    def formula(self, data):
        self.raw_value = data

    formula2 = property(formula2.fget, formula.fset)

    def _enter(self, data, *, fill):
        as_text = np.zeros(self.shape, bool)
        general = np.ones(self.shape, bool)
        for _, part in self._kinds((_TEXT,)):
            as_text[self._slices(part)] = True
        entries = [
            [semantics.enter(value, as_text=text) for value, text in zip(line, texts, strict=True)]
            for line, texts in zip(data, as_text.tolist(), strict=True)
        ]
        formats, formulas = {}, {}
        for i, line in enumerate(entries):
            for j, entry in enumerate(line):
                if entry.number_format:
                    formats.setdefault(entry.number_format, []).append((i, j))
                if isinstance(entry.content, Formula | bool):
                    formulas[i, j] = entry.content
        if formats:
            for part in self._formatted():
                general[self._slices(part)] = False
        self.cells.setDataArray(tuple(tuple(map(_plain_data, line)) for line in entries))
        for number_format, cells in formats.items():
            for top, left, height in _runs([at for at in cells if general[at]]):
                key = self.sheet.book.format_key(number_format)
                self.part(top, left, height, 1).cells.NumberFormat = key
            self.sheet.book.formats.clear()
        self.enter_formulas(formulas, fill=fill)
        self.sheet.after_write(self, any(e.content is not None for line in entries for e in line))

    def _slices(self, part):
        top, left = part.row - self.row, part.column - self.column
        return slice(top, top + part.shape[0]), slice(left, left + part.shape[1])

    def _formatted(self):
        for key, addresses in self._formats():
            if self.sheet.book.format_code(key) != "General":
                yield from map(self._within, addresses)

    def enter_formulas(self, formulas, *, fill):
        """Put formulas into cells, counted from 0; a fill adjusts that of the first cell for the others."""
        if fill and len(self) > 1 and any(isinstance(content, Formula) for content in formulas.values()):
            first = self.part(0, 0, 1, 1)
            first.enter_formulas({(0, 0): formulas[0, 0]}, fill=False)
            for direction, count in (("TO_BOTTOM", self.shape[0]), ("TO_RIGHT", self.shape[1])):
                if count > 1:
                    part = self.part(0, 0, self.shape[0], 1 if direction == "TO_BOTTOM" else self.shape[1])
                    part.cells.fillAuto(uno().Enum("com.sun.star.sheet.FillDirection", direction), 1)
            self.sheet.book.formats.clear()  # a fill takes them along
            return
        table = self.sheet.table_over(self)
        for top, left, height in _runs(list(formulas)):
            part = self.part(top, left, height, 1)
            texts = [_formula_data(formulas[top + i, left], table and table.name) for i in range(height)]
            part.cells.setFormulaArray(tuple((text,) for text in texts))
            part.check_formulas(texts)

    def check_formulas(self, texts):
        """Take back formulas that the host could not read, and say so as Excel does."""
        code = self.cells.getCellByPosition(0, 0).getError()
        if code in _BROKEN and code not in _NOT_BROKEN:
            self.cells.clearContents(_CONTENT)
            raise failed(f"There's a problem with this formula (Err:{code}): {texts[0]}")

    def clear_contents(self):
        if len(self):
            self._cross("writes", "clear")
            self.check_writable()
            self.cells.clearContents(_CONTENT)

    def check_writable(self):
        """Refuse to touch locked cells of a protected sheet, as Excel does."""
        if self.sheet.uno.isProtected():
            state = self.cells.getPropertyState("CellProtection").value
            if state == "AMBIGUOUS_VALUE" or self.cells.CellProtection.IsLocked:
                raise failed("The cell or chart you're trying to change is on a protected sheet.")

    def _cross(self, direction, kind):
        self.sheet.book.app.host.check_ready()
        self.sheet.book.app.calls.add(direction, self.sheet.name, self.address.replace("$", ""), kind)

    # -- the rest

    @property
    def number_format(self):
        cells = self.cells
        if cells.getPropertyState("NumberFormat").value == "AMBIGUOUS_VALUE":
            return None
        return self.sheet.book.format_code(cells.NumberFormat)

    @number_format.setter
    def number_format(self, value):
        self.sheet.book.app.host.check_ready()
        self.check_writable()
        self.cells.NumberFormat = self.sheet.book.format_key(value)
        self.sheet.book.formats.clear()

    @property
    def row_hidden(self):
        rows = self.cells.Rows
        found = {not rows.getByIndex(i).IsVisible for i in range(rows.Count)}
        return found.pop() if len(found) == 1 else None

    @row_hidden.setter
    def row_hidden(self, value):
        self.cells.Rows.IsVisible = not value

    @property
    def table(self):
        return self.sheet.table_over(self)

    def select(self):
        self.sheet.book.app.host.check_ready()
        if self.sheet.book.sheets.active.name != self.sheet.name:
            raise failed("Select method of Range class failed")
        self.sheet.book.uno.CurrentController.select(self.cells)


def _plain_data(entry):
    content = entry.content
    return "" if content is None or isinstance(content, Formula | bool) else content


def _formula_data(content, table):
    return (
        references.to_calc(content.text, table) if isinstance(content, Formula) else f"={content}()".upper()
    )


def _shown_formula(text, table):
    """A formula, or the constant that the host keeps as one."""
    bare = text.removeprefix("=")
    if bare in ("TRUE()", "FALSE()"):
        return bare[:-2]
    if bare.upper() in ERRORS:
        return bare.upper()
    if text.startswith("{="):  # an array formula
        text = text[1:-1]
    return references.to_excel(text, table)


def _runs(cells):
    """Cells, pairs of row and column, as (top, column, height) of unbroken pieces of columns."""
    runs = []
    for row, column in sorted(cells, key=lambda at: (at[1], at[0])):
        if runs and runs[-1][1] == column and runs[-1][0] + runs[-1][2] == row:
            runs[-1][2] += 1
        else:
            runs.append([row, column, 1])
    return runs
