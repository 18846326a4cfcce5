"""The formulas of the workbook, each defined once.

Their functions in VBA and what the function wizard is told of them are made
from :data:`FORMULAS` (addin/template/formula_macros.py), and so is the order
in which Python answers. What they say of themselves stands in the catalogue
(``ribbon``, ``functions``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["ANSWER_FIELDS", "FORMULAS", "PLACE_FIELDS", "Formula"]

_PREFIX: Final = "CLIENT"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that answers a result of an account.

    Attributes
    ----------
    name
        What is typed into a cell; it begins with ``CLIENT``.
    field
        Key of the account column that it answers.
    has_n
        Whether it takes how many of the reasons to give, after the account.
    """

    name: str
    field: str
    has_n: bool = False

    @property
    def key(self) -> str:
        """Key of what is said of it.

        >>> Formula("CLIENTWHY", "reasons").key
        'why'
        """
        return self.name.removeprefix(_PREFIX).lower()


FORMULAS: Final = (
    Formula("CLIENTSCORE", "score"),
    Formula("CLIENTCLASS", "class"),
    Formula("CLIENTRANK", "rank"),
    Formula("CLIENTWHY", "reasons", has_n=True),
)
"""In the order in which the function wizard is told of them; new ones go to the end, since the macros of a
workbook that was made before count on the order of what is answered."""

ANSWER_FIELDS: Final = ("account", *dict.fromkeys(formula.field for formula in FORMULAS))
"""What is answered of an account, in this order: its code, then what any of the formulas asks for."""

PLACE_FIELDS: Final = ("name", "sheet", "row", "column", "given")
"""What is told of each table that is handed to Python, in this order."""
