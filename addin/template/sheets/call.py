"""The card of the call desk, in plain formulas: who calls, what the class means, how urgent it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.figures import quoted, reference
from addin.template.page import Page
from addin.template.sheets import listing
from addin.template.sheets.call_formulas import LETTER_STEPS, CardCells, field_formula, steps
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.definitions import Holds, Table
from addin.workbook.tables import BY_KEY
from scoring.uses.caller import MOST_MATCHES

__all__ = ["ROWS", "build", "finish_index"]

# Columns: margin, label, input, class of a match, gap, label, value, label, value.
_WIDTHS: Final = (2, 22, 36, 9, 3, 17, 26, 17, 40)
_LABEL, _INPUT, _CLASS = 1, 2, 3
_LEFT, _LAST = 5, len(_WIDTHS) - 1
_TEXT, _HINT, _CHOICE, _REQUEST, _RECEIVED, _SAID, _HEADING = range(3, 10)
_MATCHES: Final = _HEADING + 1
_NAME: Final = _TEXT
_PRIORITY: Final = _HEADING + 1
_HOLDS, _SERVICE, _SHIPPING, _INSTRUCTIONS = range(_PRIORITY + 2, _PRIORITY + 6)
_REASONS: Final = _INSTRUCTIONS + 3
_AS_OF: Final = _REASONS + 3
ROWS: Final[Mapping[str, int]] = {
    "text": _TEXT,
    "choice": _CHOICE,
    "request": _REQUEST,
    "received": _RECEIVED,
    "said": _SAID,
    "matches": _MATCHES,
    "state": _PRIORITY + 1,
}
"""Where a person types, and what the card says of the search and of the request, by row from 0."""
_HEIGHT: Final = 19
_CARD: Final = BY_KEY["callcard"]
_CARD_LEFT: Final = listing.BEHIND + 2
"""Column of what a refresh says of the card: far to the right and hidden."""

_PAIRS: Final = (
    (_HINT, ("class", "label")),
    (_CHOICE, ("score", "state")),
    (_REQUEST, ("rep", "phone")),
    (_RECEIVED, ("last_visit", "risk")),
    (_SAID, ("share_of_wallet", "overdue")),
)
"""What stands side by side, by its row."""

_STEPS_LEFT: Final = 32
"""Column of the steps on the sheet of the index: behind its two tables."""
_STEPS_TOP: Final = 3


def build(workbook: Workbook, styles: Styles, words: Words, notes: Table) -> Page:
    """Add the sheet with the card.

    Parameters
    ----------
    workbook, styles, words
        What all sheets share.
    notes
        The table of one cell that holds what is said above it.
    """
    page = Page(workbook, styles, words, words.sheet(_CARD.sheet), f"{_CARD.name}Sheet", style.TAB_RESULTS)
    sheet = page.worksheet
    sheet.hide_gridlines(2)
    sheet.set_default_row(_HEIGHT)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    page.band(words.text("call", "title"), words.text("call", "subtitle"), _LAST, home=_LAST)
    listing.put_behind(page, _CARD, _CARD_LEFT)
    sheet.set_row(2, 20)
    listing.say(page, notes, 0, _LAST)
    sheet.set_row(_TEXT, 30)
    found = _steps_of(words, page.name)
    _inputs(page)
    _matches(page, found)
    _account(page, found)
    _request(page, found)
    _service(page, found)
    _as_of(page)
    sheet.set_selection(_TEXT, _INPUT, _TEXT, _INPUT)
    page.printing(last_column=_LAST)
    sheet.print_area(0, 0, _AS_OF, _LAST)
    return page


def finish_index(_: Workbook, page: Page) -> None:
    """Write the steps of the reckoning on the sheet of the index."""
    sheet = page.worksheet
    sheet.set_column(_STEPS_LEFT, _STEPS_LEFT, 18)
    card = page.words.sheet(_CARD.sheet)
    for row, step in enumerate(_all_steps(page.words, card), start=_STEPS_TOP):
        sheet.write_string(row, _STEPS_LEFT, step.key)
        at, value = _STEPS_LEFT + 1, _EMPTY.get(step.key, 0)
        if step.array:
            sheet.write_array_formula(row, at, row, at, f"{{={step.formula}}}", None, value)
        else:
            sheet.write_formula(row, at, f"={step.formula}", None, value)


_EMPTY: Final[Mapping[str, str]] = dict.fromkeys(
    (
        *LETTER_STEPS,
        *("plain", "bare", "digits", "rest", "dialled", "phone", "joined", "company"),
        *("company_used", "priority", "answer_by"),
    ),
    "",
)
"""Steps that are empty, and not 0, while nobody calls."""


def _cells(sheet: str) -> CardCells:
    def at(row: int, column: int) -> str:
        return f"{_sheet(sheet)}{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    last = xl_rowcol_to_cell(_MATCHES + MOST_MATCHES - 1, _LABEL, row_abs=True, col_abs=True)
    return CardCells(
        at(_TEXT, _INPUT),
        at(_CHOICE, _INPUT),
        at(_REQUEST, _INPUT),
        at(_RECEIVED, _INPUT),
        f"{at(_MATCHES, _LABEL)}:{last}",
    )


def _sheet(name: str) -> str:
    return f"'{name.replace(chr(39), chr(39) * 2)}'!"


def _all_steps(words: Words, card: str) -> Sequence[Any]:
    """Return the steps, each referring to the others by where they stand."""
    keys = [step.key for step in steps(words, _cells(card), str)]
    places = {
        key: xl_rowcol_to_cell(row, _STEPS_LEFT + 1, row_abs=True, col_abs=True)
        for row, key in enumerate(keys, start=_STEPS_TOP)
    }
    return list(steps(words, _cells(card), places.__getitem__))


def _steps_of(words: Words, card: str) -> Callable[[str], str]:
    """Return what gives the address of a step, seen from the card."""
    keys = [step.key for step in steps(words, _cells(card), str)]
    sheet = _sheet(words.sheet(BY_KEY["callindex"].sheet))
    places = {
        key: f"{sheet}{xl_rowcol_to_cell(row, _STEPS_LEFT + 1, row_abs=True, col_abs=True)}"
        for row, key in enumerate(keys, start=_STEPS_TOP)
    }
    return places.__getitem__


def _inputs(page: Page) -> None:
    """Write the cells in which a person types."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    border = {"border": 2, "border_color": style.CLASS_FILLS[1], "bold": True, "indent": 1}
    for row, key, look in (
        (_TEXT, "text", {"num_format": "@", "font_size": 14}),
        (_CHOICE, "choice", {"num_format": "@"}),
        (_REQUEST, "request", {"num_format": "@"}),
        (_RECEIVED, "received", {"num_format": style.NUMBER_FORMATS[Holds.MOMENT], "align": "left"}),
    ):
        sheet.write_string(row, _LABEL, words.text("call", "inputs", key), styles(bold=True))
        sheet.write_blank(row, _INPUT, None, styles(**border, **look))
    hint = styles(font_size=9, italic=True, font_color=style.MUTED, indent=1)
    sheet.write_string(_HINT, _INPUT, words.text("call", "hint"), hint)
    labels = f"={xl_rowcol_to_cell(_MATCHES, _LABEL, row_abs=True, col_abs=True)}:" + xl_rowcol_to_cell(
        _MATCHES + MOST_MATCHES - 1, _LABEL, row_abs=True, col_abs=True
    )
    warning = {"validate": "list", "error_type": "warning"}
    page.allow((_CHOICE, _INPUT), (_CHOICE, _INPUT), "choice", warning | {"source": labels})
    page.allow((_REQUEST, _INPUT), (_REQUEST, _INPUT), "request", warning | {"source": "=RequestNames"})
    sheet.ignore_errors({"number_stored_as_text": xl_rowcol_to_cell(_TEXT, _INPUT)})


def _matches(page: Page, found: Callable[[str], str]) -> None:
    """Write what is said of the search, and the accounts that it found."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    count, picked = found("found"), found("picked")
    said = {key: quoted(words.text("call", "said", key)) for key in ("nobody", "choose")}
    many = words.template("call", "said", "many").split("{count}")
    accounts = reference(_CARD.name, words.header(_CARD.key, "accounts"))
    unfilled = quoted(words.text("call", "said", "refresh"))
    formula = (
        f'IF(SUM({accounts})=0,{unfilled},IF({found("plain")}="","",IF({count}=0,{said["nobody"]},'
        f"IF({count}>{MOST_MATCHES},{quoted(many[0])}&{count}&{quoted(many[1])},"
        f'IF(AND({count}>1,{picked}=0),{said["choose"]},"")))))'
    )
    look = styles(font_color=style.AMBER, bold=True, text_wrap=True, font_size=10)
    sheet.merge_range(_SAID, _LABEL, _SAID, _CLASS, "", look)
    sheet.write_formula(_SAID, _LABEL, f"={formula}", look, words.text("call", "said", "refresh"))
    _heading(page, _HEADING, _LABEL, _CLASS, "matches")
    index = {
        key: reference("CallIndex", words.header("callindex", key)) for key in ("name", "account", "class")
    }
    line = {"bottom": 1, "bottom_color": style.LINE}
    for place in range(1, MOST_MATCHES + 1):
        row, at = _MATCHES + place - 1, found(f"row_{place}")
        name = f'IF(INDEX({index["name"]},{at})="","",INDEX({index["name"]},{at})&" · ")'
        sheet.merge_range(row, _LABEL, row, _INPUT, "", styles(indent=1, **line))
        label = f'IF({at}=0,"",{name}&INDEX({index["account"]},{at}))'
        sheet.write_formula(row, _LABEL, f"={label}", styles(indent=1, **line), "")
        letter = f'IF({at}=0,"",INDEX({index["class"]},{at})&"")'
        sheet.write_formula(row, _CLASS, f"={letter}", styles(align="center", bold=True, **line), "")
    page.colour_classes((_MATCHES, _CLASS), (_MATCHES + MOST_MATCHES - 1, _CLASS))


def _heading(page: Page, row: int, first: int, last: int, key: str) -> None:
    look: dict[str, Any] = {"bottom": 2, "bottom_color": style.NAVY, "font_color": style.NAVY, "bold": True}
    for column in range(first, last + 1):
        page.worksheet.write_blank(row, column, None, page.styles(**look))
    page.worksheet.write_string(row, first, page.words.text("call", "headings", key), page.styles(**look))


def _label(page: Page, row: int, column: int, key: str, *, rows: int = 1) -> None:
    look = page.styles(font_color=style.MUTED, font_size=10, bg_color=style.PANEL, indent=1)
    for below in range(1, rows):
        page.worksheet.write_blank(row + below, column, None, look)
    page.worksheet.write_string(row, column, page.words.text("call", "fields", key), look)


def _account(page: Page, found: Callable[[str], str]) -> None:
    """Write who it is, and what is known of the account."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    row = found("account")
    name, code = (field_formula(words, key, row) for key in ("name", "account"))
    look = styles(bold=True, font_size=16, font_color=style.NAVY, bottom=2, bottom_color=style.NAVY, indent=1)
    sheet.merge_range(_NAME, _LEFT, _NAME, _LAST, "", look)
    sheet.write_formula(_NAME, _LEFT, f'=IF({row}=0,"",IF({name}="","",{name}&"  ·  ")&{code})', look, "")
    columns = BY_KEY["callindex"]
    for line, keys in _PAIRS:
        for column, key in zip((_LEFT, _LEFT + 2), keys, strict=True):
            _label(page, line, column, key)
            form = style.NUMBER_FORMATS.get(columns[key].holds, "General")
            form = "General" if form == "@" else form
            value = styles(num_format=form, align="left", indent=1, bottom=1, bottom_color=style.LINE)
            sheet.write_formula(line, column + 1, f"={field_formula(words, key, row)}", value, "")
    page.colour_classes((_HINT, _LEFT + 1), (_HINT, _LEFT + 1))
    overdue = _SAID, _LEFT + 3
    here = xl_rowcol_to_cell(*overdue)
    alert = styles.change(bold=True, font_color=style.AMBER)
    page.when(overdue, overdue, f"=AND(ISNUMBER({here}),{here}>0)", alert)
    _label(page, _HOLDS, _LEFT, "holds")
    _wide(page, _HOLDS, _HOLDS, f"={field_formula(words, 'holds', row)}", bold=True, font_color=style.AMBER)
    _label(page, _REASONS, _LEFT, "reasons", rows=3)
    why = f"={field_formula(words, 'reasons', row)}"
    _wide(page, _REASONS, _REASONS + 2, why, valign="top", font_size=10)


def _wide(page: Page, first: int, last: int, formula: str, **look: Any) -> None:
    """Write a text over all columns of the card, in one row or several."""
    shown = page.styles(**{"text_wrap": True, "indent": 1, "bottom": 1, "bottom_color": style.LINE} | look)
    page.worksheet.merge_range(first, _LEFT + 1, last, _LAST, "", shown)
    page.worksheet.write_formula(first, _LEFT + 1, formula, shown, "")


def _request(page: Page, found: Callable[[str], str]) -> None:
    """Write how urgent the request is, when it is to be answered, and whom to tell."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    _heading(page, _HEADING, _LEFT, _LAST, "request")
    big = {"bold": True, "font_size": 14, "font_color": style.NAVY, "align": "left", "indent": 1}
    line = {"bottom": 1, "bottom_color": style.LINE}
    _label(page, _PRIORITY, _LEFT, "priority")
    sheet.write_formula(_PRIORITY, _LEFT + 1, f"={found('priority')}", styles(**big, **line), "")
    _label(page, _PRIORITY, _LEFT + 2, "answer_by")
    moment = style.NUMBER_FORMATS[Holds.MOMENT]
    sheet.write_formula(
        _PRIORITY, _LEFT + 3, f"={found('answer_by')}", styles(num_format=moment, **big, **line), ""
    )
    first = _PRIORITY, _LEFT + 1
    here = xl_rowcol_to_cell(*first)
    urgent = styles.change(bold=True, bg_color=style.AMBER, font_color=style.WHITE)
    page.when(first, first, f'={here}="P1"', urgent)
    kinds = reference("RequestTypes", words.header("requesttypes", "escalate_to"))
    kind, account = found("kind"), found("account")
    _label(page, _PRIORITY + 1, _LEFT, "escalate_to")
    tell = f'IF(OR({kind}=0,{account}=0),"",INDEX({kinds},{kind})&"")'
    sheet.write_formula(_PRIORITY + 1, _LEFT + 1, f"={tell}", styles(indent=1, **line), "")
    said = {
        key: quoted(words.text("call", "said", key))
        for key in ("request", "urgency", "moment", "untimed", "late")
    }
    asked = _address(_REQUEST, _INPUT)
    state = (
        f'IF({account}=0,"",IF({asked}="",{said["request"]},IF({found("urgency")}=0,{said["urgency"]},'
        f'IF({found("received")}=0,{said["moment"]},IF({found("answer_by")}="",{said["untimed"]},'
        f'IF({found("now")}>ROUND({found("answer_by")}*1440,0),{said["late"]},""))))))'
    )
    look = styles(bold=True, font_color=style.AMBER, font_size=10, **line)
    sheet.merge_range(_PRIORITY + 1, _LEFT + 2, _PRIORITY + 1, _LAST, "", look)
    sheet.write_formula(_PRIORITY + 1, _LEFT + 2, f"={state}", look, "")


def _address(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def _service(page: Page, found: Callable[[str], str]) -> None:
    """Write what the class of the account is to get."""
    words = page.words
    _heading(page, _SERVICE, _LEFT, _LAST, "service")
    row = found("account")
    letter = field_formula(words, "class", row)
    unclassed = quoted(words.text("call", "said", "unclassed"))
    for key, first, rows in (("shipping", _SHIPPING, 1), ("instructions", _INSTRUCTIONS, 3)):
        known = field_formula(words, key, row)
        text = f'=IF({letter}="?",{unclassed},{known})' if key == "instructions" else f"={known}"
        _label(page, first, _LEFT, key, rows=rows)
        place = {"valign": "top"} if rows > 1 else {}
        _wide(page, first, first + rows - 1, text, font_size=10, **place)


def _as_of(page: Page) -> None:
    """Say how old the figures are, and of how many accounts."""
    number = {"align": "left", "indent": 1, "font_color": style.MUTED, "font_size": 10}
    for place, key in ((_LEFT, "as_of"), (_LEFT + 2, "accounts")):
        _label(page, _AS_OF, place, key)
        look = page.styles(num_format=style.NUMBER_FORMATS[_CARD[key].holds], **number)
        page.echo(_AS_OF, place + 1, (1, _CARD_LEFT + _CARD.keys.index(key)), "", look)
