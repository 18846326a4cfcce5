"""A sheet under construction: title band, tables with their notes, validations, printing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.template import style
from addin.template.content import Row
from addin.template.figures import Constant, Figure, calculate
from addin.template.style import Styles
from addin.template.validations import rule_of
from addin.template.words import Words
from addin.workbook.definitions import Column, FilledBy, Role, Table
from addin.workbook.port import Cell, CellError, Uncalculated
from addin.workbook.same_cell import MOST_TEXT

LAST_ROW: Final = 1_048_575
"""Last row of a sheet, counted from 0: lists and colours reach it, so that a growing table keeps them."""
_A4: Final = 9


@dataclass(frozen=True)
class TableColumn:
    """A column of a table on a sheet.

    Attributes
    ----------
    column
        What it holds, and how it looks.
    header
        What stands above it.
    note
        The comment on the header.
    """

    column: Column
    header: str
    note: str

    @property
    def key(self) -> str:
        """Key of its cells in a row."""
        return self.column.key

    @property
    def by_refresh(self) -> bool:
        """Whether nobody types in it."""
        return self.column.filled_by in (FilledBy.REFRESH, FilledBy.IMPORT_ALONE)

    def look(self) -> dict[str, Any]:
        """Return what the column adds to the format of what it holds."""
        return ({"text_wrap": True} if self.column.wrapped else {}) | (
            {"align": "center", "indent": 0} if self.column.centred else {}
        )


def table_columns(words: Words, table: Table) -> list[TableColumn]:
    """Return the columns of a table with their headers and notes."""
    return [
        TableColumn(
            column,
            words.header(table.key, column.key),
            "\n".join([words.text("notes", table.key, column.key), *_filled_by(words, table, column)]),
        )
        for column in table.columns
    ]


def _filled_by(words: Words, table: Table, column: Column) -> list[str]:
    """Say who fills in a column, where it is not always a person."""
    return [] if table.role is Role.MODEL else [words.text("page", f"filled_by_{column.filled_by}")]


class Page:
    """One sheet.

    Parameters
    ----------
    workbook, styles, words
        What all sheets share.
    sheet
        Name of the sheet.
    code_name
        Its name in code: English and stable, whatever the language.
    tab
        Colour of its tab.
    """

    def __init__(
        self, workbook: Workbook, styles: Styles, words: Words, sheet: str, code_name: str, tab: str
    ) -> None:
        self.styles = styles
        self.words = words
        self.name = sheet
        self.worksheet: Worksheet = workbook.add_worksheet(sheet)
        self.worksheet.set_vba_name(code_name)
        self.worksheet.set_tab_color(tab)
        self.worksheet.set_comments_author("ClientScore")

    def band(self, title: str, subtitle: str, last: int, *, home: int | None) -> None:
        """Write the title band over the columns up to the last, with a link home in one of them."""
        sheet = self.worksheet
        dark = {"bg_color": style.NAVY}
        sheet.set_row(0, 33)
        sheet.set_row(1, 21)
        for column in range(last + 1):
            sheet.write_blank(0, column, None, self.styles(**dark))
            sheet.write_blank(1, column, None, self.styles(**dark))
        sheet.write_string(
            0, 0, title, self.styles(font_size=18, bold=True, font_color=style.WHITE, indent=1, **dark)
        )
        sheet.write_string(
            1, 0, subtitle, self.styles(font_color=style.NAVY_SOFT, valign="top", indent=1, **dark)
        )
        if home is not None:
            # A formula and no plain link: its colour holds on the dark band in every program.
            target = self.words.sheet("start").replace("'", "''")
            text = self.words.text("page", "home")
            link = calculate(
                "HYPERLINK({0},{1})", lambda _, shown: shown, Constant(f"#'{target}'!A1"), Constant(text)
            )
            self.figure(
                0, home, link, self.styles(font_color=style.NAVY_SOFT, align="right", indent=1, **dark)
            )

    def link(self, row: int, column: int, sheet: str, text: str, look: Format) -> None:
        """Write a link to the top of another sheet."""
        quoted = sheet.replace("'", "''")
        self.worksheet.write_url(row, column, f"internal:'{quoted}'!A1", look, text)

    def put(self, row: int, column: int, cell: Cell, look: Format) -> None:
        """Write a value; text is never taken for a formula, and an error or formula becomes text.

        Raises
        ------
        TypeError
            If it is none that a cell holds, such as a date without a time: its cell would be empty.
        """
        sheet = self.worksheet
        match cell:
            case None:
                sheet.write_blank(row, column, None, look)
            case bool():
                sheet.write_boolean(row, column, cell, look)
            case int() | float():
                sheet.write_number(row, column, cell, look)
            case dt.datetime():
                sheet.write_datetime(row, column, cell.replace(tzinfo=None), look)
            case str():
                sheet.write_string(row, column, cell[:MOST_TEXT], look)
            case CellError(text) | Uncalculated(text):
                sheet.write_string(row, column, text[:MOST_TEXT], look)
            case _:
                raise TypeError(f"No cell is written from {cell!r}.")

    def figure(self, row: int, column: int, figure: Figure, look: Format) -> None:
        """Write a formula with the value that it shows."""
        self.worksheet.write_formula(row, column, "=" + figure.formula(), look, figure.value())

    def echo(self, row: int, column: int, source: tuple[int, int], shown: Any, look: Format) -> None:
        """Repeat a cell of a table elsewhere on the sheet: a refresh of a file keeps it true."""
        address = xl_rowcol_to_cell(*source, row_abs=True, col_abs=True)
        formula = f'=IF({address}="","",{address})'
        self.worksheet.write_formula(row, column, formula, look, "" if shown is None else shown)

    def table(
        self,
        name: str,
        top: int,
        left: int,
        columns: Sequence[TableColumn],
        rows: Sequence[Row],
        *,
        header_height: float = 26,
        filters: bool = True,
    ) -> int:
        """Write a table with its headers, notes and body, and return its last row."""
        sheet = self.worksheet
        last = top + max(1, len(rows))
        sheet.set_row(top, header_height)
        sheet.add_table(
            top,
            left,
            last,
            left + len(columns) - 1,
            {
                "name": name,
                "style": "Table Style Light 1",
                "banded_rows": False,
                "autofilter": filters,
                "columns": [
                    {"header": column.header, "header_format": self._header(column, tall=header_height > 40)}
                    for column in columns
                ],
            },
        )
        for position, column in enumerate(columns, start=left):
            if column.column.width is not None:
                # The format reaches below the table, so that pasted codes keep their zeros.
                look = self.styles(**(self.styles.column(column.column.holds) | column.look()))
                hidden = {"hidden": True} if column.column.hidden else {}
                sheet.set_column(position, position, column.column.width, look, hidden)
            self._note(top, position, column)
        looks = [self._looks(column) for column in columns]
        for offset, row in enumerate(rows or ({},), start=1):
            for position, (column, (plain, marked)) in enumerate(
                zip(columns, looks, strict=True), start=left
            ):
                cell = row.get(column.key)
                self.put(top + offset, position, cell, marked if _like_a_formula(cell) else plain)
        return last

    def _looks(self, column: TableColumn) -> tuple[Format, Format]:
        """Return the format of a column's cells, and that of text which begins like a formula.

        The quote mark keeps such text what it is when a person edits the cell.
        """
        look = self.styles.column(column.column.holds) | column.look()
        return self.styles.body(**look), self.styles.body(**look, quote_prefix=True)

    def _header(self, column: TableColumn, *, tall: bool) -> Format:
        look = self.styles.column(column.column.holds) | column.look()
        align: dict[str, Any] = {name: look[name] for name in ("align", "indent") if name in look}
        return self.styles.header(align or {"indent": 1}, by_refresh=column.by_refresh, tall=tall)

    def _note(self, row: int, position: int, column: TableColumn) -> None:
        lines = sum(1 + len(line) // 38 for line in column.note.splitlines())
        self.worksheet.write_comment(
            row,
            position,
            column.note,
            {
                "font_name": style.FONT,
                "font_size": 10,
                "color": "#FFFDF5",
                "width": 260,
                "height": 16 + 17 * lines,
            },
        )

    def check(self, table: Table, first: int, last: int, left: int = 0) -> None:
        """Check what is typed into the columns of a table from one row to another."""
        for place, column in enumerate(table.columns, start=left):
            rule = rule_of(column, self.words)
            if rule is not None:
                self.allow((first, place), (last, place), rule[0], rule[1])

    def allow(
        self, first: tuple[int, int], last: tuple[int, int], message: str, rule: dict[str, Any]
    ) -> None:
        """Allow only certain values in a range and say so in plain words."""
        self.worksheet.data_validation(
            *first,
            *last,
            {
                "error_title": self.words.text("validation", message, "title"),
                "error_message": self.words.text("validation", message, "text"),
                "ignore_blank": True,
            }
            | rule,
        )

    def colour_classes(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Shade the classes of a range by their place in the table Classes, ``?`` dashed."""
        here = xl_rowcol_to_cell(*first)
        unknown = self.styles.change(
            bold=True,
            italic=True,
            font_color=style.INK,
            bg_color=style.WHITE,
            border=3,
            border_color=style.DASHES,
        )
        self.when(first, last, f'={here}="?"', unknown, stop=True)
        for place, (fill, ink) in enumerate(zip(style.CLASS_FILLS, style.CLASS_INKS, strict=True), start=1):
            look = self.styles.change(bold=True, bg_color=fill, font_color=ink)
            # By equality: MATCH would take the letters A* and ? for patterns.
            self.when(first, last, f'=AND({here}<>"",INDEX(ClassLetters,{place})={here})', look, stop=True)

    def when(
        self, first: tuple[int, int], last: tuple[int, int], formula: str, look: Format, *, stop: bool = False
    ) -> None:
        """Change the look of a range where a formula, written for its first cell, holds."""
        rule = {"type": "formula", "criteria": formula, "format": look, "stop_if_true": stop}
        self.worksheet.conditional_format(*first, *last, rule)

    def bars(self, first: tuple[int, int], last: tuple[int, int], most: float, colour: str) -> None:
        """Draw a plain bar behind the numbers of a range, from 0 to the most."""
        self.worksheet.conditional_format(
            *first,
            *last,
            {
                "type": "data_bar",
                "bar_color": colour,
                "bar_solid": True,
                "bar_border_color": colour,
                "bar_no_border": True,
                "min_type": "num",
                "max_type": "num",
                "min_value": 0,
                "max_value": most,
                "data_bar_2010": True,
            },
        )

    def printing(
        self,
        *,
        header_row: int | None = None,
        last_column: int | None = None,
        last_row: int = LAST_ROW,
        portrait: bool = False,
    ) -> None:
        """Set the sheet up for A4, one page wide, its name and the page number in the footer."""
        sheet = self.worksheet
        sheet.set_paper(_A4)
        sheet.set_portrait() if portrait else sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        sheet.set_footer(f"&L&9ClientScore - &A&R&9{self.words.text('page', 'footer')}")
        if header_row is not None:
            sheet.repeat_rows(header_row)
        if last_column is not None:
            sheet.print_area(0, 0, last_row, last_column)


def _like_a_formula(cell: Cell) -> bool:
    text = cell.formula if isinstance(cell, Uncalculated) else cell
    return isinstance(text, str) and text.startswith(("=", "+", "-", "@"))
