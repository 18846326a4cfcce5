"""What the sheets of the weights workshop have beside their tables: bars, and points as they are typed."""

from __future__ import annotations

from typing import Final

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.page import LAST_ROW, Page
from addin.template.sheets.listing import BEHIND, FIRST, TOP
from addin.workbook.tables import BY_KEY
from addin.workbook.uses.workshop import SEATS

__all__ = ["WIDTH", "finish_votes", "finish_weights"]

_LEFT: Final = len(BY_KEY["workshopvotes"].columns) + 1
WIDTH: Final = 1 + SEATS + 2
"""Columns beside the table: a gap, a column a participant, mean and median."""
_LINES: Final = 60
_SEATS_LEFT: Final = BEHIND + 2
"""Where the table of participants stands out of sight: the first one behind the list."""


def finish_weights(_: Workbook, page: Page) -> None:
    """Draw the weights as bars, and set the disputed criteria apart."""
    table = BY_KEY["workshopweights"]
    for key, colour in (("current", style.TAB_RESULTS), ("mean", style.CLASS_FILLS[2])):
        place = table.keys.index(key)
        page.bars((FIRST, place), (LAST_ROW, place), 60, colour)
    disputed = table.keys.index("disputed")
    mark = xl_col_to_name(disputed)
    look = page.styles.change(bold=True, font_color=style.AMBER)
    page.when((FIRST, 0), (LAST_ROW, disputed), f'=${mark}{FIRST + 1}<>""', look)


def finish_votes(_: Workbook, page: Page) -> None:
    """Show the points of each participant as they are typed, with their mean and median."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    header = styles.header({"align": "center"}, by_refresh=True, tall=True)
    sheet.set_row(TOP, 46)
    sheet.set_column(_LEFT - 1, _LEFT - 1, 2)
    sheet.set_column(_LEFT, _LEFT + SEATS + 1, 11)
    voices = "{}:{}".format(*(_seat("voice", place) for place in (1, SEATS)))
    for place in range(1, SEATS + 1):
        name = _seat("seat", place)
        sheet.write_formula(TOP, _LEFT + place - 1, f'=IF({name}="","",{name})', header, "")
    for offset, key in enumerate(("mean", "median")):
        sheet.write_string(TOP, _LEFT + SEATS + offset, words.text("workshopvotes", key), header)
    plain = styles(align="center", num_format="0.##")
    bold = styles(align="center", num_format="0.0", bold=True, bg_color=style.SAND_SOFT)
    for row in range(FIRST, FIRST + _LINES):
        where = f"$C{row + 1}"
        for place in range(1, SEATS + 1):
            name = _seat("sheet", place)
            cell = f'INDIRECT("\'"&SUBSTITUTE({name},"\'","\'\'")&"\'!"&{where})'
            formula = f'=IF(OR({where}="",{name}=""),"",IFERROR(IF({cell}="","",{cell}),""))'
            sheet.write_formula(row, _LEFT + place - 1, formula, plain, "")
        given = f"{xl_rowcol_to_cell(row, _LEFT)}:{xl_rowcol_to_cell(row, _LEFT + SEATS - 1)}"
        heard = f"SUMPRODUCT(ISNUMBER({given})*ISNUMBER({voices})*1,{voices})"
        mean = f'=IF({heard}=0,"",SUMPRODUCT({given},{voices})/{heard})'
        sheet.write_formula(row, _LEFT + SEATS, mean.replace("=IF", "=IFERROR(IF") + ',"")', bold, "")
        median = f'=IF(COUNT({given})=0,"",MEDIAN({given}))'
        sheet.write_formula(row, _LEFT + SEATS + 1, median, bold, "")


def _seat(key: str, place: int) -> str:
    """Return the address of what the table of participants holds of one."""
    column = _SEATS_LEFT + BY_KEY["workshopseats"].keys.index(f"{key}_{place}")
    address: str = xl_rowcol_to_cell(1, column, row_abs=True, col_abs=True)
    return address
