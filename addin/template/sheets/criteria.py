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
from addin.template.page import LAST_ROW, Page, TableColumn
from addin.template.style import Styles
from addin.template.words import Words

_WIDTHS: Final = {
    "criterion": 28,
    "column": 27,
    "applies_to": 18,
    "weight": 11,
    "scale": 11,
    "better": 10,
    "missing": 11,
    "nature": 13,
    "axis": 12,
    "comment": 62,
}
_KEYS: Final = tuple(_WIDTHS)
_TOP: Final = 6
_FIRST: Final = _TOP + 1
_SUM, _SHARE = (3, 1), (4, 1)
_LISTS: Final = ("scale", "better", "missing", "nature", "axis")


def columns(words: Words) -> list[TableColumn]:
    """Return the columns of the table Criteria."""
    return [
        TableColumn(
            key,
            words.header("criteria", key),
            "note" if key == "weight" else "word",
            width,
            words.text("notes", "criteria", key),
        )
        for key, width in _WIDTHS.items()
    ]


def build(workbook: Workbook, styles: Styles, words: Words) -> Page:
    """Add the sheet Criteria."""
    page = Page(workbook, styles, words, words.sheet("criteria"), "CriteriaSheet", style.TAB_RULES)
    page.worksheet.set_default_row(20)
    page.band(
        words.text("criteria", "title"),
        words.text("criteria", "subtitle"),
        len(_KEYS) - 1,
        home=len(_KEYS) - 1,
    )
    rows = defaults.criteria(words)
    page.table("Criteria", _TOP, 0, columns(words), rows, filters=False)
    page.worksheet.freeze_panes(_FIRST, 1)
    weight = _KEYS.index("weight")
    page.bars((_FIRST, weight), (LAST_ROW, weight), 50, style.CLASS_FILLS[3])
    _summary(page)
    _validations(page)
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
    subjective = Where(nature, "", Constant(words.word("nature", "subjective")))
    share = ratio(total(weight, subjective), At(xl_rowcol_to_cell(*_SUM), weights))
    most = At("MaxSubjectiveShare", Constant(0.2))
    lines: tuple[tuple[tuple[int, int], str, Figure, str, Calculation], ...] = (
        (
            _SUM,
            words.text("criteria", "sum_label"),
            weights,
            "note",
            _verdict(
                "ABS({0}-100)<0.005", lambda value: abs(value - 100) < 0.005, words, "sum", At("B4", weights)
            ),
        ),
        (
            _SHARE,
            words.text("criteria", "share_label"),
            share,
            "share",
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
    for (row, column), label, figure, kind, verdict in lines:
        sheet.set_row(row, 22)
        panel = {"bg_color": style.PANEL}
        sheet.write_string(row, column - 1, label, styles(bold=True, indent=1, **panel))
        page.figure(
            row,
            column,
            figure,
            styles(**styles.column(kind) | panel | {"bold": True, "align": "center", "font_size": 13}),
        )
        page.figure(row, column + 1, verdict, styles(**panel))
        for rest in range(column + 2, len(_KEYS)):
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


def _validations(page: Page) -> None:
    words = page.words
    rules: dict[str, tuple[str, dict[str, Any]]] = {
        "column": ("column", {"validate": "list", "source": "=AccountColumns", "error_type": "warning"}),
        "applies_to": (
            "applies_to",
            {"validate": "list", "source": words.listed("applies_to"), "error_type": "information"},
        ),
        "weight": ("positive", {"validate": "decimal", "criteria": ">=", "value": 0}),
    }
    rules |= {key: ("list", {"validate": "list", "source": words.listed(key)}) for key in _LISTS}
    for key, (message, rule) in rules.items():
        place = _KEYS.index(key)
        page.allow((_FIRST, place), (LAST_ROW, place), message, rule)
