"""The uses of the classes, each defined once: its tables, what it looks at, what works it out.

The tables of the workbook, the sheets of the template, the ribbon's menu, the
commands and the refresh follow from :data:`USES`. What a use is called stands
in the catalogue (``ribbon``, ``buttons``; ``cli``, ``help``) under its key.

Uses of the menu ``uses`` say what the classes are for, those of the menu
``trust`` why anybody should believe them; else they are alike. What works one
out stands in :mod:`addin.uses` or :mod:`addin.trust`, its figures in
:mod:`scoring.uses` or :mod:`scoring.trust`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from addin.workbook.uses.actions import ACTIONS
from addin.workbook.uses.allocate import ALLOCATE
from addin.workbook.uses.backtest import BACKTEST
from addin.workbook.uses.call import CALL
from addin.workbook.uses.effort import EFFORT
from addin.workbook.uses.explain import EXPLAIN
from addin.workbook.uses.handover import HANDOVER
from addin.workbook.uses.method import METHOD
from addin.workbook.uses.moves import MOVES
from addin.workbook.uses.overrides import OVERRIDES
from addin.workbook.uses.review import REVIEW
from addin.workbook.uses.robustness import ROBUSTNESS
from addin.workbook.uses.strategies import STRATEGIES
from addin.workbook.uses.target import TARGET
from addin.workbook.uses.tour import TOUR
from addin.workbook.uses.use import Use
from addin.workbook.uses.worklist import WORKLIST
from addin.workbook.uses.workshop import WORKSHOP

__all__ = ["BY_KEY", "BY_LINE", "MENUS", "USES", "Use", "of_menu"]

USES: Final[tuple[Use, ...]] = (
    *(TOUR, EFFORT, CALL, ALLOCATE, ACTIONS),
    *(WORKLIST, REVIEW, TARGET, HANDOVER),
    *(EXPLAIN, MOVES, ROBUSTNESS, BACKTEST, OVERRIDES, METHOD),
    *(STRATEGIES, WORKSHOP),
)
"""In the order of the menu and of the sheets."""

BY_KEY: Final[Mapping[str, Use]] = MappingProxyType({use.key: use for use in USES})

BY_LINE: Final[Mapping[str, Use]] = MappingProxyType({use.button: use for use in USES})
"""By the lines of the menus."""

MENUS: Final = ("uses", "trust")
"""The menus, in the order of the ribbon and of the sheet Start."""


def of_menu(menu: str) -> tuple[Use, ...]:
    """Return the uses that have their lines in a menu."""
    return tuple(use for use in USES if use.menu == menu)
