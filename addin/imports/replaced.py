"""Figures of turnover that give way, since all periods of a client come from one source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from addin.imports.facts import TURNOVERS, Source
from addin.imports.offered_fields import Offered
from addin.imports.offers import OfferedCells, Spot
from addin.imports.rules import Rules
from addin.imports.sources import PRECEDENCE, misfits

__all__ = ["Replaced", "made_way"]


@dataclass(frozen=True, slots=True)
class Replaced:
    """A column of turnover that another source had filled in.

    Attributes
    ----------
    field
        The column.
    before
        Where its figures came from.
    now
        Where those of the import come from; None where it gives none for this column.
    replaced, emptied
        Number of cells with another figure, and of those without one, since what stood there cannot stand
        beside the figures of the import.
    """

    field: str
    before: Source
    now: Source | None
    replaced: int
    emptied: int


def made_way(
    offered: Offered, spots: Mapping[str, Spot], cells: OfferedCells, rules: Rules
) -> tuple[list[Replaced], set[str]]:
    """Empty the turnover that does not fit beside that of the import.

    Returns
    -------
    What another source had filled in and is replaced or emptied, and the keys of the accounts of which a
    cell is emptied.
    """
    found: list[Replaced] = []
    touched: set[str] = set()
    for kind in PRECEDENCE:
        keys = {key for key, giver in offered.givers.items() if giver == kind} & spots.keys()
        if not keys:
            continue
        until = offered.until.get(kind, {})
        gives_way = misfits(rules, kind, until)
        for name in TURNOVERS:
            before = rules.filled.get(name)
            if before is None or (kind, name) in rules.keep:
                continue
            if name in gives_way:
                emptied = {key for key in keys if cells.empty(spots[key], name)}
                touched |= emptied
                if emptied:
                    found.append(Replaced(name, before, None, 0, len(emptied)))
            elif name in until and before.kind != kind:
                replaced = sum(cells.is_replaced(spots[key], name) for key in keys)
                if replaced:
                    found.append(Replaced(name, before, Source(kind, until[name]), replaced, 0))
    return found, touched
