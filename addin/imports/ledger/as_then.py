"""Invoices as they would have been on an earlier day: later lines, payments and letters are not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from addin.imports.files.chunks import Chunk, Column
from addin.imports.files.dates import EPOCH, NO_DATE, UNREADABLE, Dates
from addin.imports.ledger.blocks import NOTHING, Block
from addin.imports.ledger.cell_marks import letters
from addin.imports.ledger.reasons import Reasons
from scoring.books.ledger import NEVER

__all__ = ["Then", "without_letters", "without_rest"]

Ints = npt.NDArray[np.int64]


@dataclass
class Then:
    """What one file would have said on an earlier day.

    Attributes
    ----------
    until
        The day; None where all of the file counts.
    undated
        Whether a row says that something is paid, and not when: what was open then is not known.
    later_letters
        Accounts and letters of the rows of a later day, the arrays of each pair of one shape.
    """

    until: dt.date | None
    undated: bool = False
    later_letters: list[tuple[Ints, Ints]] = field(default_factory=list)

    def rows(
        self,
        chunk: Chunk,
        at: Mapping[str, int],
        dates: Dates,
        numbers: Callable[[Column, Column], tuple[Ints, Reasons]],
    ) -> Chunk:
        """Return a chunk without the rows of a later day, whose letters are noted.

        Parameters
        ----------
        chunk, at, dates
            Rows, places of their columns by what they are, and how the file writes its dates.
        numbers
            Takes the column of accounts and the first one, and returns the number of each row's account.
        """
        if self.until is None:
            return chunk
        days = dates.days(chunk.columns[at["date"]], "date")
        later = (days != NO_DATE) & (days != UNREADABLE) & (days > (self.until - EPOCH).days)
        if not later.any():
            return chunk
        if "letter" in at:
            accounts, _ = numbers(chunk.columns[at["account"]], chunk.columns[0])
            lettered = later & ((said := letters(chunk.columns[at["letter"]], chunk.n_rows)) > 0)
            self.later_letters.append((accounts[lettered], said[lettered]))
        return chunk.only(~later)

    def known(self, block: Block) -> Block:
        """Return rows without what a status says of payments, which is as of the day of the export.

        The day of a payment tells when it was made. Where the file tells of one
        that has no day, it is noted that nothing is known of what was open.
        """
        if self.until is None:
            return block
        told = block.settled & (block.units > 0)
        for key in ("outstanding", "paid_amount"):
            if (amounts := block.money.get(key)) is not None:
                differs = amounts != (block.units if key == "outstanding" else 0)
                told = told | ((amounts != NOTHING) & differs)
        paid = block.days_of.get("paid")
        self.undated |= bool(told.any() if paid is None else (told & (paid == NEVER)).any())
        return replace(block, settled=np.zeros_like(block.settled))


def without_rest(rows: Block, until: dt.date | None) -> Block:
    """Return rows of invoices without what is left of them, which is as of the day of the export."""
    if until is None or "outstanding" not in rows.money:
        return rows
    return replace(rows, money={key: one for key, one in rows.money.items() if key != "outstanding"})


def without_letters(rows: Block, files: Sequence[Then]) -> Block:
    """Return rows without the letters that rows of a later day bear, too."""
    noted = [pair for then in files for pair in then.later_letters]
    if not noted:
        return rows
    later = {pair for one in noted for pair in zip(*(column.tolist() for column in one), strict=True)}
    pairs = zip(rows.accounts.tolist(), rows.said["letter"].tolist(), strict=True)
    cleared = np.array([pair in later for pair in pairs], dtype=bool)
    return replace(rows, said={**rows.said, "letter": np.where(cleared, 0, rows.said["letter"])})
