"""The weighted sum model: score, completeness and range.

References
----------
Fishburn, P. C. (1967), "Additive utilities with incomplete product sets",
*Operations Research* 15(3), 537-542.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scoring.scales import MAX_POINTS

__all__ = ["MISSING_POINTS", "SCORE_DECIMALS", "WeightedSum"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

SCORE_DECIMALS = 6
"""A score is rounded before it meets anything: 74.99999999999999 is worth 75."""

MISSING_POINTS = {"zero": 0.0, "neutral": MAX_POINTS / 2}
"""Points of an unknown value by missing policy; ``skip`` leaves the criterion out."""


class WeightedSum:
    """Running totals of a weighted sum that takes one criterion at a time.

    Parameters
    ----------
    n_accounts
        Number of accounts.

    Examples
    --------
    >>> total = WeightedSum(1)
    >>> for weight, points in [(40, 8.0), (30, np.nan), (20, 4.0), (10, 10.0)]:
    ...     total.add(np.array([points]), weight)
    >>> float(total.score()[0].round(2)), float(total.completeness()[0])
    (71.43, 0.7)
    >>> low, high = total.range()
    >>> float(low[0]), float(high[0])
    (50.0, 80.0)
    """

    def __init__(self, n_accounts: int) -> None:
        self._needed_weight = np.zeros(n_accounts)
        self._known_sum = np.zeros(n_accounts)
        self._known_weight = np.zeros(n_accounts)
        self._filled_sum = np.zeros(n_accounts)
        self._filled_weight = np.zeros(n_accounts)
        self._weight = np.zeros(n_accounts)
        self._part = np.empty(n_accounts)  # a criterion's part of a total, before it is added

    def add(
        self,
        points: Floats,
        weight: float,
        *,
        missing: str = "skip",
        applies: Bools | None = None,
        in_use: Bools | None = None,
    ) -> None:
        """Add a criterion.

        Parameters
        ----------
        points
            Array of shape (n_accounts,) [0-10 points], NaN where unknown.
        weight
            Weight of the criterion, > 0.
        missing
            What an unknown value counts: ``"skip"``, ``"zero"`` or ``"neutral"``.
        applies
            Bool array of shape (n_accounts,); None where it applies to all.
        in_use
            Bool array of shape (n_accounts,): whether its absence makes an
            account incomplete; None where it would for all.
        """
        unknown = np.isnan(points)
        known = ~unknown
        if applies is not None:
            known &= applies
            unknown &= applies
        np.fmax(points, 0.0, out=self._part)  # 0 for NaN
        self._part *= weight
        if applies is not None:
            self._part *= applies
        self._known_sum += self._part
        self._add(weight, known, self._known_weight)
        if in_use is None:
            self._add(weight, applies, self._weight, self._needed_weight)
        else:
            self._add(weight, applies, self._weight)
            self._add(weight, known | (unknown & in_use), self._needed_weight)
        if missing != "skip":
            self._add(weight * MISSING_POINTS[missing], unknown, self._filled_sum)
            self._add(weight, unknown, self._filled_weight)

    def _add(self, amount: float, accounts: Bools | None, *totals: Floats) -> None:
        """Add an amount to totals of some accounts, of all for None."""
        part: float | Floats = amount
        if accounts is not None:
            part = np.multiply(accounts, amount, out=self._part)
        for total in totals:
            np.add(total, part, out=total)

    def counted_weight(self) -> Floats:
        """Sum of the weights that count in the score, shape (n_accounts,)."""
        return self._known_weight + self._filled_weight

    def applying_weight(self) -> Floats:
        """Sum of the weights of the criteria that apply, known or not, shape (n_accounts,)."""
        return self._weight

    def score(self) -> Floats:
        """Score, 10 sum(w p) / sum(w) over the criteria that count [0-100, 6 decimals].

        NaN where no criterion counts.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            mean_points = (self._known_sum + self._filled_sum) / self.counted_weight()
        return np.round(MAX_POINTS * mean_points, SCORE_DECIMALS)

    def known_score(self) -> Floats:
        """Score of the known part alone, whatever an unknown value counts [0-100, 6 decimals].

        NaN where nothing is known.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            mean_points = self._known_sum / self._known_weight
        return np.round(MAX_POINTS * mean_points, SCORE_DECIMALS)

    def completeness(self) -> Floats:
        """Weight of the known values over that of the criteria in use or known [fraction].

        0 where nothing is in use nor known, NaN where no criterion applies.
        Rounded to 9 decimals, so that 30 % + 20 % reach 50 %.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.round(self._known_weight / self._needed_weight, 9)
        share[self._needed_weight == 0] = 0.0
        share[self._weight == 0] = np.nan
        return share

    def range(self) -> tuple[Floats, Floats]:
        """Score with every unknown value at 0 points, and with every one at 10 [0-100]."""
        with np.errstate(invalid="ignore", divide="ignore"):
            low = MAX_POINTS * self._known_sum / self._weight
            span = MAX_POINTS * MAX_POINTS * (self._weight - self._known_weight) / self._weight
        return np.round(low, SCORE_DECIMALS), np.round(low + span, SCORE_DECIMALS)
