"""The sheet Criteria: what counts, and how much."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.figures import (
    At,
    Calculation,
    Column,
    Constant,
    Figure,
    Where,
    calculate,
    percentage,
    ratio,
    sentence,
    total,
)
from addin.template.page import LAST_ROW, Page, table_columns
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.definitions import Holds
from addin.workbook.tables import BY_KEY

_TABLE: Final = BY_KEY["criteria"]
_TOP: Final = 6
_FIRST: Final = _TOP + 1
_SUM, _SHARE = (3, 1), (4, 1)


def build(workbook: Workbook, styles: Styles, words: Words) -> Page:
    """Add the sheet Criteria."""
    page = Page(workbook, styles, words, words.sheet("criteria"), "CriteriaSheet", style.TAB_RULES)
    page.worksheet.set_default_row(20)
    page.band(
        words.text("criteria", "title"),
        words.text("criteria", "subtitle"),
        len(_TABLE.keys) - 1,
        home=len(_TABLE.keys) - 1,
    )
    rows = defaults.criteria(words)
    page.table(_TABLE.name, _TOP, 0, table_columns(words, _TABLE), rows, filters=False)
    page.worksheet.freeze_panes(_FIRST, 1)
    weight = _TABLE.keys.index("weight")
    page.bars((_FIRST, weight), (LAST_ROW, weight), 50, style.CLASS_FILLS[3])
    _summary(page)
    page.check(_TABLE, _FIRST, LAST_ROW)
    page.printing(header_row=_TOP)
    return page


def _summary(page: Page) -> None:
    """Write the sum of the weights and the subjective share, each with its verdict in words."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    rows = defaults.criteria(words)
    weight, nature = (
        Column("Criteria", words.header("criteria", key), tuple(row[key] for row in rows))
        for key in ("weight", "nature")
    )
    weights = total(weight)
    subjective = Where(nature, Constant(words.word("nature", "subjective")))
    share = ratio(total(weight, subjective), At(xl_rowcol_to_cell(*_SUM), weights))
    most = At("MaxSubjectiveShare", Constant(0.2))
    lines: tuple[tuple[tuple[int, int], str, Figure, Holds, Calculation], ...] = (
        (
            _SUM,
            words.text("criteria", "sum_label"),
            weights,
            Holds.NOTE,
            _verdict(
                "ABS({0}-100)<0.005", lambda value: abs(value - 100) < 0.005, words, "sum", At("B4", weights)
            ),
        ),
        (
            _SHARE,
            words.text("criteria", "share_label"),
            share,
            Holds.SHARE,
            _verdict(
                "{0}<={3}+0.000001",
                lambda value, most: value <= most + 1e-6,
                words,
                "share",
                At("B5", share),
                most,
            ),
        ),
    )
    sheet.set_row(2, 12)
    for (row, column), label, figure, holds, verdict in lines:
        sheet.set_row(row, 22)
        panel = {"bg_color": style.PANEL}
        sheet.write_string(row, column - 1, label, styles(bold=True, indent=1, **panel))
        page.figure(
            row,
            column,
            figure,
            styles(**styles.column(holds) | panel | {"bold": True, "align": "center", "font_size": 13}),
        )
        page.figure(row, column + 1, verdict, styles(**panel))
        for rest in range(column + 2, len(_TABLE.keys)):
            sheet.write_blank(row, rest, None, styles(**panel))
        shown = xl_rowcol_to_cell(row, column + 1)
        attention = styles.change(bold=True, font_color=style.AMBER)
        page.when((row, column), (row, column + 1), f'=LEFT(${shown[0]}${shown[1:]},2)<>"OK"', attention)
    sheet.write_string(
        _TOP - 1, 0, words.text("criteria", "hint"), styles(font_color=style.MUTED, italic=True, indent=1)
    )


def _verdict(pattern: str, rule: Any, words: Words, key: str, value: Figure, *limits: Figure) -> Calculation:
    def text(ending: str) -> Figure:
        template = words.template("criteria", f"{key}_{ending}")
        return sentence(template, max=percentage(limits[0])) if limits else Constant(template)

    return calculate(
        "IF(" + pattern + ",{1},{2})",
        lambda value, good, bad, *limits: good if rule(value, *limits) else bad,
        value,
        text("good"),
        text("bad"),
        *limits,
    )
