"""Rows of invoices or statements that are used, once their cells are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["NOTHING", "Block", "joined"]

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

NOTHING: Final = np.iinfo(np.int64).min
"""In a column of amounts or days, a cell that holds none."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows; arrays of shape (n_rows,).

    Attributes
    ----------
    accounts, days
        Number of the account, and day.
    units
        Amount in parts of the currency unit; of a statement debit less credit.
    orders
        A number for each order.
    kinds
        Kind of document.
    settled
        Whether a status says that nothing is open.
    lines, place
        Line of each row in its file, and place of the file.
    money
        Other amounts in parts of the currency unit, by what they are, :data:`NOTHING` for an empty cell.
    days_of
        Other days, by what they are.
    said
        What other columns say, by what they are: sides, journals, labels, letters, hashes of cells.
    """

    accounts: Ints
    days: Ints
    units: Ints
    orders: Keys
    kinds: Ints
    settled: Bools
    lines: Ints
    place: Ints
    money: Mapping[str, Ints] = field(default_factory=dict)
    days_of: Mapping[str, Ints] = field(default_factory=dict)
    said: Mapping[str, Ints] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.accounts)

    def only(self, rows: Bools | Ints) -> Block:
        """Return some of the rows."""
        if rows.dtype == np.bool_ and rows.all():
            return self
        return _each([self], lambda columns: columns[0][rows])


def joined(blocks: Sequence[Block]) -> Block:
    """Return all rows of blocks that hold the same columns."""
    return _each(blocks, np.concatenate)


def _each(blocks: Sequence[Block], make: Callable[[list[Any]], Any]) -> Block:
    """Return a block each column of which is made of that column of all blocks."""

    def plain(name: str) -> Any:
        return make([getattr(block, name) for block in blocks])

    def named(name: str) -> dict[str, Ints]:
        return {
            key: make([getattr(block, name)[key] for block in blocks]) for key in getattr(blocks[0], name)
        }

    return Block(
        accounts=plain("accounts"),
        days=plain("days"),
        units=plain("units"),
        orders=plain("orders"),
        kinds=plain("kinds"),
        settled=plain("settled"),
        lines=plain("lines"),
        place=plain("place"),
        money=named("money"),
        days_of=named("days_of"),
        said=named("said"),
    )
