"""Who takes part in a weights workshop, as the list of participants has them."""

from __future__ import annotations

from collections.abc import Sequence

from addin.catalogue import word_key
from addin.workbook.ballots import METHODS, read_ballots
from addin.workbook.located_tables import Layout
from addin.workbook.port import Cell
from addin.workbook.typed_cells import read_text
from scoring.text import fold

__all__ = ["comments_of", "people_named", "people_without_sheet"]

Person = tuple[str, str, str]
"""Name, role and method."""


def people_named(layout: Layout, names: Sequence[str], *, pairs: bool) -> list[Person]:
    """Return some people by their names, each once, with the role and the method that the list has."""
    listed = {fold(name): (role, method) for name, role, method in _listed(layout)}
    found: dict[str, Person] = {}
    for name in (" ".join(name.split()) for name in names):
        if name:
            role, method = listed.get(fold(name), ("", METHODS[0]))
            found.setdefault(fold(name), (name, role, "pairs" if pairs else method))
    return list(found.values())


def people_without_sheet(layout: Layout) -> list[Person]:
    """Return the people of the list who have no sheet yet."""
    have = {fold(ballot.participant) for ballot in read_ballots(layout)}
    found: dict[str, Person] = {}
    for person in _listed(layout):
        if fold(person[0]) not in have:
            found.setdefault(fold(person[0]), person)
    return list(found.values())


def comments_of(layout: Layout) -> dict[str, Cell]:
    """Return what each criterion measures, by its folded name."""
    criteria = layout.named["criteria"]
    pairs = zip(criteria.cells("criterion"), criteria.cells("comment"), strict=True)
    return {fold(name): comment for name, comment in pairs if isinstance(name, str)}


def _listed(layout: Layout) -> list[Person]:
    located = layout.named.get("participants")
    found = []
    for row in located.rows() if located is not None else []:
        name, role, method = (read_text(row.get(key)) for key in ("participant", "role", "method"))
        if isinstance(name, str):
            word = word_key("workshop_method", method, layout.language) if isinstance(method, str) else None
            found.append((name, role if isinstance(role, str) else "", word or METHODS[0]))
    return found
