"""The columns of a portfolio in the types that scoring wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from scoring import trend
from scoring.model import Criterion
from scoring.terms import FIELDS, STATUSES, Kind
from scoring.wallet import wallet_share

__all__ = ["Accounts", "categories"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def categories(codes: npt.NDArray[np.integer], names: Sequence[str]) -> pd.Series:
    """Series of names by their position; a negative one is missing."""
    return pd.Series(pd.Categorical.from_codes(codes.astype(np.int64), categories=pd.Index(names)))


class Accounts:
    """The columns of a portfolio, each in the type that scoring wants; a missing column is unknown."""

    def __init__(self, accounts: pd.DataFrame) -> None:
        self._accounts = accounts
        self._trend: Floats | None = None
        self._series: dict[str, pd.Series] = {}
        self._numbers: dict[str, Floats] = {}
        self._of_status: list[tuple[int, Bools]] | None = None
        self._applies: dict[frozenset[str], Bools] = {}
        self._status: npt.NDArray[np.int8] | None = None

    def __len__(self) -> int:
        return len(self._accounts)

    def __contains__(self, column: str) -> bool:
        return column in self._accounts

    def series(self, column: str) -> pd.Series:
        """Values of a column, trend, share of wallet and state worked out."""
        if column in ("trend", "share_of_wallet"):
            return pd.Series(self.numbers(column))
        if column == "state":
            codes = trend.state(*self.turnovers())
            return categories(codes, trend.STATES).astype(object)
        if column in self._series:
            return self._series[column]
        if column in self._accounts:
            values = self._accounts[column].reset_index(drop=True)
            if not (is_numeric_dtype(values) or is_datetime64_any_dtype(values)):
                # Texts are few and repeat: numbered once, for every criterion and gate that looks at them.
                numbers, uniques = pd.factorize(values)
                values = pd.Series(pd.Categorical.from_codes(numbers, categories=uniques))
            self._series[column] = values
            return values
        numeric = column in FIELDS and FIELDS[column].kind is not Kind.TEXT
        return pd.Series(np.full(len(self), np.nan), dtype=np.float64 if numeric else object)

    def numbers(self, column: str) -> Floats:
        """Values of a column as an array of shape (n_accounts,), NaN where unknown."""
        if column == "trend":
            return self.trend()
        if column == "share_of_wallet":
            return wallet_share(self.numbers("turnover"), self.numbers("potential"))
        if column not in self._numbers:
            self._numbers[column] = self._read_numbers(column)
        return self._numbers[column]

    def _read_numbers(self, column: str) -> Floats:
        if column not in self._accounts:
            return np.full(len(self), np.nan)
        values = self._accounts[column]
        if values.dtype == np.float64:  # they are what is wanted: no copy
            return values.to_numpy()
        return values.to_numpy(dtype=np.float64, na_value=np.nan)

    def turnovers(self) -> tuple[Floats, Floats, Floats]:
        """Turnover of this year and of the two before."""
        return self.numbers("turnover"), self.numbers("turnover_1"), self.numbers("turnover_2")

    def trend(self) -> Floats:
        """Trend, worked out once."""
        if self._trend is None:
            self._trend = trend.trend(*self.turnovers())
        return self._trend

    def status_codes(self) -> npt.NDArray[np.int8]:
        """Position of each status among :data:`STATUSES`; -1 for none."""
        if self._status is None:
            if "status" in self._accounts:
                codes, found = pd.factorize(self._accounts["status"])
                places = {status: place for place, status in enumerate(STATUSES)}
                of_found = [places.get(status, -1) for status in found]
                self._status = np.array([*of_found, -1], dtype=np.int8)[codes]  # -1 takes the last one
            else:
                self._status = np.full(len(self), -1, dtype=np.int8)
        return self._status

    def status_places(self) -> npt.NDArray[np.intp]:
        """Position of each status among :data:`STATUSES`, one beyond the last for none."""
        codes = self.status_codes().astype(np.intp)
        return np.where(codes < 0, len(STATUSES), codes)

    def by_status(self, accounts: Bools | None) -> npt.NDArray[np.intp]:
        """Count accounts, all of them for None, by the place of their status."""
        if self._of_status is None:
            places = self.status_places()
            found = np.bincount(places, minlength=len(STATUSES) + 1)
            self._of_status = [(place, places == place) for place in np.flatnonzero(found).tolist()]
        counts = np.zeros(len(STATUSES) + 1, dtype=np.intp)
        for place, has_it in self._of_status:
            counts[place] = np.count_nonzero(has_it if accounts is None else has_it & accounts)
        return counts

    def applies(self, criterion: Criterion) -> Bools | None:
        """Accounts to which a criterion applies; None for all."""
        if criterion.applies_to is None:
            return None
        if criterion.applies_to not in self._applies:
            allowed = np.array([status in criterion.applies_to for status in STATUSES] + [False])
            self._applies[criterion.applies_to] = allowed[self.status_codes()]  # -1 takes the last one
        return self._applies[criterion.applies_to]

    def with_completeness(self, completeness: Floats) -> Columns:
        """Columns as gates see them."""
        return Columns(self, completeness)


@dataclass(frozen=True, slots=True)
class Columns:
    accounts: Accounts
    completeness: Floats

    def __call__(self, column: str) -> pd.Series:
        return pd.Series(self.completeness) if column == "completeness" else self.accounts.series(column)
