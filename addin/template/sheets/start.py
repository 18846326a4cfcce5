"""The sheet Start: what to do today, the first time and before a tour, and what the classes mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.content import Content
from addin.template.figures import Column, Constant, calculate, nth
from addin.template.page import Page
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.uses import Use, of_menu
from scoring.terms import UNKNOWN_CLASS

# Columns: margin, number, title, text, gap, then the class legend in four columns, margin.
_WIDTHS: Final = (2.5, 5, 34, 62, 4, 18, 22, 13, 18, 2.5)
_NUMBER, _TITLE, _TEXT, _LEGEND = 1, 2, 3, 5
_LAST: Final = len(_WIDTHS) - 1
_TOP: Final = 3
_STEPS: Final = (("first", "first_time"), ("tour", "before_tour"))
_PLACES: Final = (
    *("settings", "criteria", "scales", "classes", "dashboard"),
    *("imports", "import_columns", "checks", "history"),
)


def build(workbook: Workbook, styles: Styles, words: Words, content: Content, *, macro_enabled: bool) -> Page:
    """Add the sheet Start: with the ribbon in a workbook with macros, with the command in another."""
    page = Page(workbook, styles, words, words.sheet("start"), "StartSheet", style.TAB_HOME)
    sheet = page.worksheet
    sheet.hide_gridlines(2)
    for position, width in enumerate(_WIDTHS):
        sheet.set_column(position, position, width)
    page.band(words.text("start", "title"), words.text("start", "subtitle"), _LAST, home=None)
    sheet.set_row(0, 42)
    sheet.set_row(1, 28)
    targets = {key: words.sheet(key) for key in words.catalogue.surface("fields")["sheets"]}
    targets["clients"] = content.accounts[0].sheet
    way = "ribbon" if macro_enabled else "text"
    row = _to_do(page, _TOP, "today", of_menu("uses"), targets, way) + 1
    for part, heading in _STEPS:
        _heading(page, row, _NUMBER, _TEXT, words.text("start", heading))
        steps = [step | {"text": step.get(way, step["text"])} for step in words.entries("start", part)]
        row = _steps(page, row + 1, steps, targets) + 1
    row = _to_do(page, row, "trust", of_menu("trust"), targets, way) + 1
    right = _legend(page, _TOP)
    right = _shades(page, right + 1)
    right = _where(page, right + 1, targets)
    last = max(row, right + 1)
    for each in range(_TOP, last):
        sheet.set_row(each, 20)  # one height for all: both halves of the sheet share the rows
    privacy = styles(
        font_size=9,
        font_color=style.MUTED,
        italic=True,
        text_wrap=True,
        valign="top",
        top=1,
        top_color=style.LINE,
    )
    sheet.merge_range(last, _NUMBER, last + 1, _LEGEND + 3, words.text("start", "privacy"), privacy)
    page.printing()
    sheet.fit_to_pages(1, 1)
    return page


def _heading(page: Page, row: int, first: int, last: int, text: str) -> None:
    look: dict[str, Any] = {"bottom": 2, "bottom_color": style.NAVY, "font_color": style.NAVY}
    for column in range(first, last + 1):
        page.worksheet.write_blank(row, column, None, page.styles(**look))
    page.worksheet.write_string(row, first, text, page.styles(bold=True, font_size=13, **look))


def _to_do(page: Page, row: int, part: str, uses: Sequence[Use], targets: dict[str, str], way: str) -> int:
    """Write a heading and a line a use, which leads to its sheet; return the row after them.

    A use that has no words of its own there goes by those of its button.

    Excel does not follow a link to a sheet that is out of the way: in a workbook with macros the
    sheet is filled and shown then, in another one the line says the command that does so.
    """
    words, styles, sheet = page.words, page.styles, page.worksheet
    _heading(page, row, _NUMBER, _TEXT, words.text("start", f"what_{part}"))
    how = styles(font_size=10, font_color=style.MUTED, italic=True)
    sheet.write_string(row + 1, _NUMBER, words.text("start", f"{part}_{way}"), how)
    mark = styles(bold=True, align="center", font_color=style.CLASS_FILLS[1])
    title = styles(bold=True, font_color=style.CLASS_FILLS[1], underline=1, indent=1)
    text = styles(font_size=10, font_color=style.MUTED)
    own = words.catalogue.surface("template")["start"].get(part, {})
    for at, use in enumerate(uses, start=row + 2):
        sheet.write_string(at, _NUMBER, "›", mark)
        button = words.catalogue.surface("ribbon")["buttons"][use.button]
        asked = own.get(use.key, button["label"])
        page.link(at, _TITLE, targets[use.sheets[0]], words.typeset(asked), title)
        said = words.typeset(button["title"])
        command = "" if way == "ribbon" else f"  -  clientscore {use.key}"
        sheet.write_string(at, _TEXT, said + command, text)
    return row + 2 + len(uses)


def _steps(page: Page, row: int, steps: list[dict[str, str]], targets: dict[str, str]) -> int:
    """Write numbered steps, two rows each, and return the row after them."""
    styles, sheet = page.styles, page.worksheet
    chip = styles(bold=True, align="center", bg_color=style.CLASS_FILLS[4], font_color=style.NAVY)
    title = styles(bold=True, font_color=style.CLASS_FILLS[1], underline=1, indent=1, valign="bottom")
    text = styles(font_size=10, font_color=style.MUTED, indent=1, valign="top")
    for number, step in enumerate(steps, start=1):
        sheet.write_number(row, _NUMBER, number, chip)
        page.link(row, _TITLE, targets[step["sheet"]], step["title"], title)
        sheet.write_string(row + 1, _TITLE, step["text"], text)
        row += 2
    return row


def _legend(page: Page, row: int) -> int:
    """Write the classes as the table Classes has them, and return the row after them."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    _heading(page, row, _LEGEND, _LEGEND + 3, words.text("start", "legend"))
    headers = {"class": "center", "category": "left", "score": "center", "answer": "center"}
    for offset, (key, align) in enumerate(headers.items()):
        indent = {"indent": 1} if align == "left" else {}
        look = styles(font_size=9, font_color=style.MUTED, align=align, **indent)
        sheet.write_string(row + 1, _LEGEND + offset, words.text("start", f"legend_{key}"), look)
    rows = defaults.classes(words)
    columns = [
        Column("Classes", words.header("classes", key), tuple(each[key] for each in rows))
        for key in ("class", "label", "min_score", "answer_hours")
    ]
    looks = [styles(bold=True, align="center", font_size=12), styles(indent=1), *[styles(align="center")] * 2]
    beyond = [UNKNOWN_CLASS, words.text("dashboard", "unknown")]
    first = row + 2
    last = first + defaults.MOST_CLASSES
    for place in range(1, defaults.MOST_CLASSES + 2):
        for offset, (column, look) in enumerate(zip(columns, looks, strict=True)):
            figure = nth(column, place)
            if offset < len(beyond):  # the unknown class follows the last class in use
                figure = calculate(
                    "IF(ROWS({0})+1={1},{2},{3})",
                    lambda cells, number, unknown, known: unknown if len(cells) + 1 == number else known,
                    columns[0],
                    Constant(float(place)),
                    Constant(beyond[offset]),
                    figure,
                )
            page.figure(first + place - 1, _LEGEND + offset, figure, look)
    page.colour_classes((first, _LEGEND), (last, _LEGEND))
    return last + 1


def _shades(page: Page, row: int) -> int:
    """Write what the colours mean, and return the row after it."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    _heading(page, row, _LEGEND, _LEGEND + 3, words.text("start", "shades"))
    swatches: dict[str, tuple[str, dict[str, Any]]] = {
        "person": ("", {"bg_color": style.NAVY}),
        "refresh": ("", {"bg_color": style.SAND}),
        "class": ("A", {"bg_color": style.CLASS_FILLS[1], "font_color": style.WHITE, "bold": True}),
        "unknown": (
            UNKNOWN_CLASS,
            {"border": 3, "border_color": style.DASHES, "bold": True, "italic": True},
        ),
    }
    for offset, (key, (letter, look)) in enumerate(swatches.items(), start=1):
        line = {} if key == "unknown" else {"bottom": 1, "bottom_color": style.WHITE}
        sheet.write_string(row + offset, _LEGEND, letter, styles(align="center", **line | look))
        text = words.text("start", "shade", key)
        sheet.write_string(row + offset, _LEGEND + 1, text, styles(indent=1, font_size=10))
    return row + len(swatches) + 1


def _where(page: Page, row: int, targets: dict[str, str]) -> int:
    """Write a link to each sheet with what it holds, and return the row after them."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    _heading(page, row, _LEGEND, _LEGEND + 3, words.text("start", "where"))
    link = styles(font_color=style.CLASS_FILLS[1], underline=1)
    text = styles(font_size=10, font_color=style.MUTED, indent=1)
    for offset, key in enumerate(_PLACES, start=1):
        page.link(row + offset, _LEGEND, targets[key], targets[key], link)
        sheet.write_string(row + offset, _LEGEND + 1, words.text("start", "change", key), text)
    return row + len(_PLACES) + 1
