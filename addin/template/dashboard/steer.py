"""What to look at first: five lists, for all accounts or for the rep that is chosen in a cell.

The lists of that rep stand in the table Shown and are repeated. When a person
chooses another one, plain formulas take his lines out of the table Highlights
until a refresh writes Shown anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from addin.template import style
from addin.template.dashboard.board import ASIDE, LEFT, SHARE, SMALL, STEER, Board
from addin.template.figures import number, quoted, reference
from addin.template.names import literal
from addin.views.steering import LENGTHS, line_key
from addin.workbook.definitions import Holds
from addin.workbook.port import Cell
from addin.workbook.tables import BY_KEY

_CHOICE: Final = (STEER + 2, LEFT + 1)
_LISTS: Final = STEER + 4
_SHOWN: Final = BY_KEY["shown"]
_DAY: Final = ("day", style.NUMBER_FORMATS[Holds.DATE])
_FIGURE: Final = ("figure", "#,##0")


@dataclass(frozen=True)
class _Place:
    """Where a list stands, the spans of its four columns, and what the last two show and how."""

    name: str
    top: int
    spans: tuple[tuple[int, int], ...]
    figure: tuple[str, str | int]
    detail: tuple[str, str | int]

    @property
    def fields(self) -> tuple[str, ...]:
        """What its columns show of a line."""
        return ("class", "name", self.figure[0], self.detail[0])


_LEFT_SPANS: Final = ((1, 1), (2, 3), (4, 4), (5, 5))
_RIGHT_SPANS: Final = ((6, 6), (7, 8), (9, 9), (10, 10))
_WIDE_SPANS: Final = ((1, 1), (2, 3), (4, 4), (5, 10))
_BELOW: Final = LENGTHS["top"] + 3
_PLACES: Final = (
    _Place("win_back", _LISTS, _LEFT_SPANS, _FIGURE, _DAY),
    _Place("late", _LISTS, _RIGHT_SPANS, _FIGURE, _DAY),
    _Place("top", _LISTS + _BELOW, _LEFT_SPANS, _FIGURE, ("detail", SHARE)),
    _Place("owed", _LISTS + _BELOW, _RIGHT_SPANS, _FIGURE, ("detail", SHARE)),
    _Place("moves", _LISTS + 2 * _BELOW, _WIDE_SPANS, _DAY, ("detail", "@")),
)


@dataclass(frozen=True)
class _Sources:
    """Where the lines stand that are shown.

    Attributes
    ----------
    top
        Row of the headers of the table Shown.
    choice, mark
        Addresses of the cell in which a rep is chosen, and of the one that says for whom Shown is.
    fields
        References to the columns of Highlights.
    """

    top: int
    choice: str
    mark: str
    fields: dict[str, str]


def build(board: Board, top: int) -> int:
    """Write the lists, and beside them, from a row on, the tables behind; return the first free column."""
    words, kept = board.words, board.kept
    board.heading(STEER, board.text("steer"))
    board.table("board", _CHOICE[0] - 1, _CHOICE[1])
    chosen = kept["board"][0].get("rep") if kept["board"] else None
    frame = {"border": 1, "border_color": style.NAVY, "bg_color": style.PANEL, "bold": True, "indent": 1}
    board.page.put(*_CHOICE, chosen, board.styles(**frame))
    board.page.check(BY_KEY["board"], _CHOICE[0], _CHOICE[0], _CHOICE[1])
    board.write(_CHOICE[0], LEFT + 3, board.text("steer_hint"), **SMALL)
    left = ASIDE + len(_SHOWN.keys) + 1
    board.table("shown", top, ASIDE)
    board.table("highlights", top, left)
    names = left + len(_SHOWN.keys) + 1
    board.table("repnames", top, names)
    choice = xl_rowcol_to_cell(*_CHOICE, row_abs=True, col_abs=True)
    lines = BY_KEY["highlights"]
    sources = _Sources(
        top,
        choice,
        xl_rowcol_to_cell(top + 1, ASIDE + _SHOWN.keys.index("name"), row_abs=True, col_abs=True),
        {key: reference(lines.name, words.header(lines.key, key)) for key in lines.keys},
    )
    everybody = words.text("dashboard", "all_reps")
    _positions(board, sources, (top, names + 1), everybody, str(chosen or everybody))
    _warning(board, sources, everybody, str(chosen or everybody))
    for place in _PLACES:
        _list(board, place, sources)
    return names + 2


def _positions(board: Board, sources: _Sources, helper: tuple[int, int], everybody: str, chosen: str) -> None:
    """Write beside each line of Shown where Highlights has it for the rep that is chosen, 0 for nowhere."""
    sheet = board.page.worksheet
    look = board.styles(**SMALL)
    name = literal(f'IF({sources.choice}="",{quoted(everybody)},{sources.choice})')
    sheet.write_formula(*helper, f"={name}", look, chosen)
    prefix = xl_rowcol_to_cell(*helper, row_abs=True, col_abs=True)
    is_shown = board.kept["board"][0].get("rep") == board.kept["shown"][0].get("name")
    places = {row.get("line"): at for at, row in enumerate(board.kept["highlights"], start=1)}
    for offset, row in enumerate(board.kept["shown"][1:], start=2):
        line = xl_rowcol_to_cell(sources.top + offset, ASIDE)
        # Not looked for while Shown is for that rep: so nothing is stored here that a refresh makes untrue.
        search = f'IFERROR(MATCH({prefix}&"|"&{line},{sources.fields["line"]},0),0)'
        formula = f"=IF({sources.choice}={sources.mark},0,{search})"
        found = 0 if is_shown else places.get(f"{chosen}|{row.get('line')}", 0)
        sheet.write_formula(sources.top + offset, ASIDE + len(_SHOWN.keys), formula, look, found)


def _warning(board: Board, sources: _Sources, everybody: str, chosen: str) -> None:
    """Say it where nobody has the name that was typed."""
    names = reference("RepNames", board.words.header("repnames", "rep"))
    text = board.text("no_such_rep")
    formula = f'=IF(OR({sources.choice}="",SUMPRODUCT(({names}={sources.choice})*1)>0),"",{quoted(text)})'
    known = chosen == everybody or any(row.get("rep") == chosen for row in board.kept["repnames"])
    look = board.styles(font_size=9, bold=True, font_color=style.AMBER)
    board.page.worksheet.write_formula(_CHOICE[0] - 1, LEFT + 3, formula, look, "" if known else text)


def _list(board: Board, place: _Place, sources: _Sources) -> None:
    words, styles = board.words, board.styles
    first, last = place.spans[0][0], place.spans[-1][1]
    under: dict[str, Any] = {"bottom": 1, "bottom_color": style.NAVY_SOFT}
    for column in range(first, last + 1):
        board.page.worksheet.write_blank(place.top, column, None, styles(**under))
    title = words.text("dashboard", "lists", place.name, "title")
    board.write(place.top, first, title, bold=True, font_color=style.NAVY, **under)
    heads = [words.text("dashboard", "lists", key) for key in ("class", "name")]
    heads += [words.text("dashboard", "lists", place.name, key) for key in ("figure", "detail")]
    looks = _looks(place)
    for span, head, look in zip(place.spans, heads, looks, strict=True):
        own = {key: look[key] for key in ("align", "indent") if key in look}
        _put(board, place.top + 1, span, styles(**SMALL, **own), text=head)
    first_line = list(LENGTHS).index(place.name) * LENGTHS["top"]
    for line in range(LENGTHS[place.name]):
        row = board.kept["shown"][1 + first_line + line]
        assert row.get("line") == line_key(place.name, line + 1)
        at = sources.top + 2 + first_line + line
        for span, key, look in zip(place.spans, place.fields, looks, strict=True):
            formula = _formula(sources, at, key)
            _put(
                board,
                place.top + 2 + line,
                span,
                styles.body(**look),
                formula=formula,
                shown=number(row.get(key)),
            )
    if place.name != "moves":
        top, bottom = place.top + 2, place.top + 1 + LENGTHS[place.name]
        board.page.colour_classes((top, first), (bottom, first))


def _looks(place: _Place) -> tuple[dict[str, Any], ...]:
    words = {"align": "left", "indent": 1, "font_size": 9}
    detail = words if place.detail[1] == "@" else {"align": "center"}
    return (
        {"align": "center", "bold": True},
        {"align": "left", "indent": 1, "shrink": True},
        {"align": "right", "num_format": place.figure[1]},
        {"num_format": place.detail[1], **detail},
    )


def _formula(sources: _Sources, row: int, key: str) -> str:
    """Return the formula of a line: the cell of Shown, or the line of another rep in Highlights."""
    cell = xl_rowcol_to_cell(row, ASIDE + _SHOWN.keys.index(key), row_abs=True, col_abs=True)
    at = xl_rowcol_to_cell(row, ASIDE + len(_SHOWN.keys), row_abs=True, col_abs=True)
    other = f"INDEX({sources.fields[key]},{at})"
    return (
        f'=IF({sources.choice}={sources.mark},IF({cell}="","",{cell}),'
        f'IF({at}=0,"",IF({other}="","",{other})))'
    )


def _put(
    board: Board,
    row: int,
    span: tuple[int, int],
    look: Format,
    *,
    text: str = "",
    formula: str = "",
    shown: Cell = None,
) -> None:
    """Write a text or a formula into a cell, or over some."""
    sheet = board.page.worksheet
    if span[0] != span[1]:
        sheet.merge_range(row, span[0], row, span[1], "", look)
    if formula:
        sheet.write_formula(row, span[0], formula, look, "" if shown is None else shown)
    else:
        sheet.write_string(row, span[0], text, look)
