"""The sheet Explain: one account, its criteria as a waterfall, and what would raise its class."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.page import LAST_ROW, Page, table_columns
from addin.template.sheets import listing
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.definitions import Table
from addin.workbook.tables import BY_KEY

__all__ = ["ACCOUNT_CELL", "EXACT_CELL", "build"]

_ACCOUNT: Final = BY_KEY["explainaccount"]
_CRITERIA: Final = BY_KEY["explain"]
_LEVERS: Final = BY_KEY["levers"]
_WORDS: Final = BY_KEY["explainwords"]
_TOP: Final = 3
_WHY, _WAY, _LIST = 6, 7, 10
_LAST: Final = len(_ACCOUNT.columns) - 1
_RIGHT: Final = _LAST + 2
_LEVERS_TOP: Final = 19
_END: Final = _RIGHT + len(_LEVERS.columns) - 1
_WORDS_LEFT: Final = listing.BEHIND + 2
_BARS_LEFT: Final = _WORDS_LEFT + len(_WORDS.columns) + 1
"""Where the bars of the chart stand: behind the words, a column apart."""
_BARS: Final = 11
"""Rows of the chart: the mean, nine criteria, the score."""
ACCOUNT_CELL: Final = (_TOP + 1, 0)
"""Where a person types the code of an account."""
EXACT_CELL: Final = (1, _WORDS_LEFT)
"""Where the score stands with all its decimals."""
_LOOKS: Final = {
    "base": None,
    "whole": style.NAVY,
    "rise": style.CLASS_FILLS[2],
    "fall": style.TAB_RULES,
}
"""How the parts of a bar look; what lies under it is not drawn."""


def build(workbook: Workbook, styles: Styles, words: Words, notes: Table) -> Page:
    """Add the sheet.

    Parameters
    ----------
    workbook, styles, words
        What all sheets share.
    notes
        The table of one cell that holds what is said above.
    """
    page = Page(
        workbook, styles, words, words.sheet(_ACCOUNT.sheet), f"{_ACCOUNT.name}Sheet", style.TAB_RESULTS
    )
    sheet = page.worksheet
    sheet.hide_gridlines(2)
    sheet.set_default_row(19)
    page.band(words.text("explain", "title"), words.text("explain", "subtitle"), _END, home=_END)
    listing.say(page, notes, 0, _LAST)
    sheet.set_row(2, 22)
    page.table(_ACCOUNT.name, _TOP, 0, table_columns(words, _ACCOUNT), (), filters=False)
    sheet.set_row(_TOP + 1, 30)
    entry = {"bg_color": style.PANEL, "border": 1, "border_color": style.NAVY, "font_size": 13, "bold": True}
    sheet.write_blank(*ACCOUNT_CELL, None, styles(**styles.column(_ACCOUNT["account"].holds) | entry))
    page.colour_classes((_TOP + 1, 3), (_TOP + 1, 3))
    for row, place, height, key in ((_WHY, 1, 34, "why"), (_WAY, 2, 106, "way_up")):
        _said(page, row, place, height, key)
    page.table(_CRITERIA.name, _LIST, 0, table_columns(words, _CRITERIA), (), header_height=32)
    for place, column in enumerate(_CRITERIA.columns):  # below the first row, too
        look = styles(**styles.column(column.holds) | ({"align": "center"} if column.centred else {}))
        for row in range(_LIST + 2, _LIST + 42):
            sheet.write_blank(row, place, None, look)
    points = _CRITERIA.keys.index("points")
    page.bars((_LIST + 1, points), (LAST_ROW, points), 10, style.CLASS_FILLS[3])
    unknown = styles.change(italic=True, font_color=style.AMBER)
    no = words.word("yes_no", "no").replace('"', '""')
    known = len(_CRITERIA.columns) - 1
    page.when((_LIST + 1, 0), (LAST_ROW, known), f'=$G{_LIST + 2}="{no}"', unknown)
    page.table(_LEVERS.name, _LEVERS_TOP, _RIGHT, table_columns(words, _LEVERS), (), filters=False)
    page.colour_classes((_LEVERS_TOP + 1, _END), (LAST_ROW, _END))
    _waterfall(workbook, page)
    sheet.set_selection(*ACCOUNT_CELL, *ACCOUNT_CELL)
    page.printing(last_column=_END, last_row=_LIST + 30)
    sheet.fit_to_pages(1, 1)
    return page


def _said(page: Page, row: int, place: int, height: float, key: str) -> None:
    """Show a text of the words behind the sheet, beside what it is."""
    styles, sheet = page.styles, page.worksheet
    sheet.set_row(row, height)
    label = styles(bold=True, font_color=style.NAVY, indent=1, valign="top", text_wrap=True)
    sheet.write_string(row, 0, page.words.text("explain", key), label)
    look = styles(text_wrap=True, valign="top", bg_color=style.PANEL, indent=1)
    sheet.merge_range(row, 1, row, _LAST, "", look)
    page.echo(row, 1, (1, _WORDS_LEFT + place), "", look)


def _waterfall(workbook: Workbook, page: Page) -> None:
    """Add the chart: stacked columns, of which the lowest part is not drawn."""
    table = BY_KEY["waterfall"]
    chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    first, last = 1, _BARS
    for place, key in enumerate(table.keys[1:], start=_BARS_LEFT + 1):
        fill = _LOOKS[key]
        look = {"none": True} if fill is None else {"color": fill}
        labels = {} if fill is None else {"data_labels": _labels(key)}
        chart.add_series(
            {
                "name": page.words.header(table.key, key),
                "categories": [page.name, first, _BARS_LEFT, last, _BARS_LEFT],
                "values": [page.name, first, place, last, place],
                "fill": look,
                "border": {"none": True},
                "gap": 35,
                **labels,
            }
        )
    font = {"name": style.FONT, "size": 9, "color": style.INK}
    title = page.words.text("explain", "chart")
    name_font = {"name": style.FONT, "size": 12, "bold": True, "color": style.NAVY}
    chart.set_title({"name": title, "name_font": name_font, "overlay": False})
    chart.set_x_axis({"num_font": font, "line": {"color": style.LINE}, "major_tick_mark": "none"})
    grid = {"visible": True, "line": {"color": style.LINE}}
    chart.set_y_axis({"num_font": font | {"color": style.MUTED}, "min": 0, "major_gridlines": grid})
    chart.set_legend({"position": "bottom", "font": font, "delete_series": [0]})
    chart.set_chartarea({"border": {"color": style.LINE}})
    chart.show_hidden_data()
    chart.set_size({"width": 604, "height": 430})
    page.worksheet.insert_chart(_TOP, _RIGHT, chart, {"object_position": 3, "description": title})


def _labels(key: str) -> dict[str, object]:
    sign = {"rise": '"+"0.0;;', "fall": '"−"0.0;;', "whole": "0.0;;"}[key]
    colour = style.WHITE if key == "whole" else style.INK
    return {"value": True, "num_format": sign, "font": {"name": style.FONT, "size": 8, "color": colour}}
