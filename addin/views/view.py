"""What a view is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from addin.views.scored import Scored
from addin.workbook.kept_rows import Row, appended, refilled, rewritten
from addin.workbook.located_tables import Located
from addin.workbook.port import RowsFill

__all__ = ["How", "View"]


class How(Enum):
    """How a view fills its table."""

    BELOW = "below"
    """Rows come below those there are."""
    ANEW = "anew"
    """All rows are written anew."""
    BY_KEY = "by key"
    """All rows are written anew, and what a person typed stays beside its key."""


@dataclass(frozen=True, slots=True)
class View:
    """A table that a refresh fills.

    Attributes
    ----------
    table
        Key of the table.
    how
        How it is filled.
    rows
        Gives its rows, cells by the keys of the columns.
    always
        Whether it is filled while its sheet is hidden, too.
    """

    table: str
    how: How
    rows: Callable[[Scored], Sequence[Row]]
    always: bool = False

    def fill(self, located: Located, scored: Scored) -> RowsFill | None:
        """Return what the table is to hold; None where it holds it already."""
        rows = self.rows(scored)
        match self.how:
            case How.BELOW:
                return appended(located, rows)
            case How.ANEW:
                return rewritten(located, rows)
            case How.BY_KEY:
                return refilled(located, rows, scored.words.text("views", "gone"))
