"""What views of the Dashboard ask of the scored accounts, each worked out in one place."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.views.scored import Scored
from addin.workbook.settings import BY_KEY
from scoring.forced import class_positions
from scoring.loss_risk import LEVELS, at_stake, win_back
from scoring.portfolio import duplicates
from scoring.uses.call_cycles import rep_names
from scoring.uses.services import Service
from scoring.uses.steering import late_visits, needed_visits, overdue_money, share_of_wallet

__all__ = ["BEST", "Facts"]

BEST: Final = 2
"""Classes whose visits are watched: the best ones."""
Floats = npt.NDArray[np.float64]


class Facts:
    """The scored accounts as the Dashboard looks at them.

    Parameters
    ----------
    scored
        All that a refresh knows.
    """

    def __init__(self, scored: Scored) -> None:
        self.scored = scored
        self.accounts = scored.intake.portfolio.accounts
        self.letters = pd.Series(scored.cells["class"], dtype=object)
        self._numbers: dict[str, Floats] = {}
        self._days: dict[str, npt.NDArray[np.generic]] = {}

    def numbers(self, key: str) -> Floats:
        """Return a column of numbers, NaN where unknown."""
        if key not in self._numbers:
            self._numbers[key] = (
                self.accounts[key].to_numpy(dtype=np.float64, na_value=np.nan)
                if key in self.accounts
                else np.full(len(self.accounts), np.nan)
            )
        return self._numbers[key]

    def day(self, key: str, at: int) -> dt.datetime | None:
        """Return the day in a column of an account, None where unknown."""
        if key not in self.accounts:
            return None
        if key not in self._days:
            self._days[key] = self.accounts[key].to_numpy()
        day = pd.Timestamp(self._days[key][at])
        return None if pd.isna(day) else day.to_pydatetime()

    @cached_property
    def places(self) -> npt.NDArray[np.intp]:
        """Position of the class in force, the number of classes for ``?``."""
        letters = self.scored.model.letters()
        found = class_positions(self.letters, letters).astype(np.intp)
        return np.where(found < 0, len(letters), found)

    @cached_property
    def once(self) -> npt.NDArray[np.bool_]:
        """Accounts whose code stands once: no list names others."""
        return ~duplicates(self.accounts["account"])

    @cached_property
    def reps(self) -> npt.NDArray[np.object_]:
        """Rep of each account, in one spelling; empty for none."""
        return rep_names(self.accounts).to_numpy(dtype=object)

    @cached_property
    def names(self) -> list[str]:
        """Name of each account, its code where it has none."""
        codes = self.accounts["account"].astype(str).to_list()
        if "name" not in self.accounts:
            return codes
        named = self.accounts["name"].to_list()
        return [
            name if isinstance(name, str) and name else code for name, code in zip(named, codes, strict=True)
        ]

    @property
    def services(self) -> Sequence[Service]:
        """What is done for each class."""
        return self.scored.intake.services

    @cached_property
    def risk(self) -> npt.NDArray[np.intp]:
        """Position of the loss risk among its levels, -1 for none."""
        risk = pd.Categorical(self.scored.assessment.results["risk"], categories=list(LEVELS))
        return np.asarray(risk.codes, dtype=np.intp)

    def to_win_back(self) -> npt.NDArray[np.intp]:
        """Return the positions of those to win back, the most pressing first."""
        found = win_back(self.accounts, self.risk)
        return found[self.once[found]]

    @cached_property
    def at_stake(self) -> Floats:
        """Money at stake with each account."""
        return at_stake(self.accounts)

    @cached_property
    def wallet(self) -> Floats:
        """Share of its potential that each account buys, NaN where unknown."""
        return share_of_wallet(self.accounts)

    @cached_property
    def late(self) -> pd.DataFrame:
        """Late visits of the best classes, as :func:`scoring.uses.steering.late_visits` gives them."""
        day = self.scored.intake.reference_date
        return late_visits(self.accounts, self.letters, self.services, day, BEST)

    @cached_property
    def needed(self) -> Floats:
        """Visits a year that each account is to get."""
        return needed_visits(self.accounts, self.letters, self.services)

    @cached_property
    def owed(self) -> tuple[Floats, Floats]:
        """What each account owes, and what of it is past due."""
        return overdue_money(self.accounts)

    def possible_visits(self) -> float:
        """Return the visits that a rep can make in a year: weeks x days a week x visits a day."""
        settings = self.scored.intake.settings
        values = [settings.get(key) for key in ("weeks", "visit_days", "visits_per_day")]
        shipped = [BY_KEY[key].shipped for key in ("weeks", "visit_days", "visits_per_day")]
        numbers = [
            float(one if isinstance(one, float | int) else str(default))
            for one, default in zip(values, shipped, strict=True)
        ]
        return math.prod(numbers)
