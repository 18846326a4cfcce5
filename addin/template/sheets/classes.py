"""The sheet Classes: what each class means, and under it the gates that cap a class."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.page import LAST_ROW, Page, TableColumn
from addin.template.style import Styles
from addin.template.words import Words

# Width and kind of each column. Gates stand under the columns from _GATES_LEFT on.
_COLUMNS: Final[dict[str, tuple[float, str]]] = {
    "class": (9, "note"),
    "label": (15, "word"),
    "min_score": (10, "note"),
    "share": (12, "share"),
    "visits": (24, "note"),
    "minutes": (12, "note"),
    "call_priority": (24, "word"),
    "answer_hours": (12, "note"),
    "shipping": (36, "word"),
    "instructions": (58, "word"),
}
_KEYS: Final = tuple(_COLUMNS)
_TOP: Final = 3
_FIRST: Final = _TOP + 1
_GATE_KEYS: Final = ("column", "condition", "value", "best_class", "reason")
_GATES_LEFT: Final = _KEYS.index("visits")
_GATES_TOP: Final = _FIRST + defaults.MOST_CLASSES + 4
_LAST_CLASS: Final = _GATES_TOP - 3
_WRAPPED: Final = frozenset({"shipping", "instructions"})


def build(workbook: Workbook, styles: Styles, words: Words) -> Page:
    """Add the sheet Classes with its two tables."""
    page = Page(workbook, styles, words, words.sheet("classes"), "ClassesSheet", style.TAB_RULES)
    last = len(_KEYS) - 1
    page.band(words.text("classes", "title"), words.text("classes", "subtitle"), last, home=last)
    page.worksheet.set_row(2, 10)
    rows = defaults.classes(words)
    bottom = page.table("Classes", _TOP, 0, _class_columns(words), rows, header_height=36, filters=False)
    for row in range(_FIRST, bottom + 1):
        page.worksheet.set_row(row, 50)
    page.colour_classes((_FIRST, 0), (_LAST_CLASS, 0))
    _class_rules(page)
    _gates(page)
    page.printing()
    return page


def _class_columns(words: Words) -> list[TableColumn]:
    return [
        TableColumn(
            key,
            words.header("classes", key),
            kind,
            width,
            words.text("notes", "classes", key),
            wrap=key in _WRAPPED,
            align="center" if key == "share" else None,
        )
        for key, (width, kind) in _COLUMNS.items()
    ]


def _class_rules(page: Page) -> None:
    between: dict[str, Any] = {"validate": "decimal", "criteria": "between", "minimum": 0}
    positive = {"validate": "decimal", "criteria": ">=", "value": 0}
    rules: dict[str, tuple[str, dict[str, Any]]] = {
        "min_score": ("score", between | {"maximum": 100}),
        "share": ("share", between | {"maximum": 1}),
        "visits": ("positive", positive),
        "minutes": ("positive", positive),
        "answer_hours": ("positive", positive),
    }
    for key, (message, rule) in rules.items():
        place = _KEYS.index(key)
        page.allow((_FIRST, place), (_LAST_CLASS, place), message, rule)


def _gates(page: Page) -> None:
    words, styles, sheet = page.words, page.styles, page.worksheet
    heading = _GATES_TOP - 1
    sheet.set_row(heading, 26)
    for place in range(len(_KEYS)):
        sheet.write_blank(heading, place, None, styles(top=2, top_color=style.NAVY))
    sheet.write_string(
        heading,
        0,
        words.text("gates", "title"),
        styles(top=2, top_color=style.NAVY, bold=True, font_size=14, font_color=style.NAVY),
    )
    sheet.merge_range(
        _GATES_TOP,
        0,
        _GATES_TOP + 5,
        _GATES_LEFT - 1,
        words.text("gates", "text"),
        styles(text_wrap=True, valign="top", font_color=style.MUTED),
    )
    columns = [
        TableColumn(
            key,
            words.header("gates", key),
            "text" if key == "condition" else "word",
            None,
            words.text("notes", "gates", key),
            align="center" if key in ("condition", "best_class") else None,
        )
        for key in _GATE_KEYS
    ]
    bottom = page.table(
        "Gates", _GATES_TOP, _GATES_LEFT, columns, defaults.gates(words), header_height=36, filters=False
    )
    for row in range(_GATES_TOP + 1, bottom + 1):
        sheet.set_row(row, 22)
    places = {key: _GATES_LEFT + position for position, key in enumerate(_GATE_KEYS)}
    first = _GATES_TOP + 1
    page.colour_classes((first, places["best_class"]), (LAST_ROW, places["best_class"]))
    conditions = ["<", "<=", "=", ">=", ">", "<>", *words.listed("condition")]
    lists: dict[str, tuple[str, dict[str, Any]]] = {
        "column": ("column", {"validate": "list", "source": "=AccountColumns", "error_type": "warning"}),
        "condition": ("list", {"validate": "list", "source": conditions}),
        "best_class": ("class", {"validate": "list", "source": "=ClassLetters"}),
    }
    for key, (message, rule) in lists.items():
        page.allow((first, places[key]), (LAST_ROW, places[key]), message, rule)
