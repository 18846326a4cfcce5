"""What is written on the sheet of a participant: the criteria to weigh, and whose sheet it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from addin.catalogue import Catalogue
from addin.refusals import Refusal
from addin.workbook.ballots import NO_POINTS, located_as, read_ballots
from addin.workbook.kept_rows import Row
from addin.workbook.located_tables import Layout, Located, kind_of
from addin.workbook.port import Cell, Changes, RowsFill, Table, rows_below
from addin.workbook.typed_cells import read_text
from scoring import Model
from scoring.model import Criterion
from scoring.terms import STATUSES
from scoring.text import fold
from scoring.trust.workshop import MOST_PAIRED

__all__ = ["NewBallot", "ballots_for", "blank_sheet", "filled", "new_participants", "sheet_name"]

_MOST_SIGNS = 31
"""Signs that the name of a sheet may have."""


@dataclass(frozen=True, slots=True)
class NewBallot:
    """A sheet to be added.

    Attributes
    ----------
    participant, role
        Whose it is.
    method
        ``"points"`` or ``"pairs"``.
    sheet
        What it is called.
    """

    participant: str
    role: str
    method: str
    sheet: str


def ballots_for(
    people: Sequence[tuple[str, str, str]],
    layout: Layout,
    model: Model,
    taken: Sequence[str],
    words: Catalogue,
) -> list[NewBallot]:
    """Return the sheets to be added for some people.

    Parameters
    ----------
    people
        Name, role and method of each.
    layout, model
        The workbook.
    taken
        Names of all its sheets.
    words
        The language of the workbook.

    Raises
    ------
    Refusal
        If somebody has a sheet already, no criterion counts, or too many do to be compared in pairs.
    """
    have = {fold(ballot.participant) for ballot in read_ballots(layout)}
    again = [name for name, *_ in people if fold(name) in have]
    if again:
        raise Refusal("workshop_has_sheet", names=again)
    n_criteria = len(model.criteria)
    if not n_criteria:
        raise Refusal("workshop_no_criteria")
    if n_criteria > MOST_PAIRED and any(method == "pairs" for *_, method in people):
        raise Refusal("workshop_too_many_criteria", count=n_criteria, most=MOST_PAIRED)
    known = {name.casefold() for name in taken}
    found = []
    for name, role, method in people:
        sheet = sheet_name(words.text("workshop", "sheet_name", name=name), known)
        known.add(sheet.casefold())
        found.append(NewBallot(name, role, method, sheet))
    return found


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and that none has yet.

    >>> sheet_name("Weights - A/B: [x]", {"weights - a b x"})
    'Weights - A B x (2)'
    """
    plain = " ".join("".join(" " if sign in "[]:*?/\\" else sign for sign in wanted).split()).strip("'")
    name, number = plain[:_MOST_SIGNS].strip("' "), 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = plain[: _MOST_SIGNS - len(ending)].strip("' ") + ending
    return name


def blank_sheet(layout: Layout, method: str) -> Located:
    """Return the table of the sheet that ships blank, of which each participant gets a copy.

    Raises
    ------
    Refusal
        If it is not there.
    """
    for table in layout.tables:
        if kind_of(table.headers) == f"{method}head":
            head = located_as(f"{method}head", table, layout.language)
            if not isinstance(read_text((head.cells("participant") or [None])[0]), str):
                return head
    raise Refusal("no_workshop")


def filled(
    ballots: Sequence[NewBallot],
    tables: Sequence[Table],
    model: Model,
    comments: Mapping[str, Cell],
    language: str,
) -> Changes:
    """Return what fills the sheets that were added.

    Parameters
    ----------
    ballots, tables
        The sheets, and all tables of the workbook, theirs among them.
    model
        Whose criteria are weighed.
    comments
        What each criterion measures, by its folded name.
    language
        Language of the workbook.
    """
    by_sheet = {ballot.sheet: ballot for ballot in ballots}
    changes = Changes()
    for table in tables:
        ballot, kind = by_sheet.get(table.sheet), kind_of(table.headers)
        if ballot is None or kind is None:
            continue
        located = located_as(kind, table, language)
        rows: list[Row]
        if kind == f"{ballot.method}head":
            rows = [{"participant": ballot.participant, "role": ballot.role or None}]
        elif kind == "points":
            rows = list(_points(model, comments))
        elif kind == "pairs":
            rows = [{"first": one.name, "second": two.name} for one, two in combinations(model.criteria, 2)]
        else:
            continue
        changes.rows.append(RowsFill(table.name, 0, located.tuples(rows)))
    return changes


def new_participants(layout: Layout, people: Sequence[tuple[str, str, str]], words: Catalogue) -> Changes:
    """Return what lists people who are not on the list of participants yet."""
    located = layout.named.get("participants")
    if located is None:
        raise Refusal("no_workshop")
    listed = (read_text(cell) for cell in located.cells("participant"))
    known = {fold(name) for name in listed if isinstance(name, str)}
    rows: list[Row] = [
        {"participant": name, "role": role or None, "method": words.word("workshop_method", method)}
        for name, role, method in people
        if fold(name) not in known
    ]
    return Changes(rows=[rows_below(located.table, located.tuples(rows))] if rows else [])


def _points(model: Model, comments: Mapping[str, Cell]) -> Iterator[Row]:
    for criterion in model.criteria:
        cells = {status: None if _applies(criterion, status) else NO_POINTS for status in STATUSES}
        yield {"criterion": criterion.name, "comment": comments.get(fold(criterion.name)), **cells}


def _applies(criterion: Criterion, status: str) -> bool:
    return criterion.applies_to is None or status in criterion.applies_to
