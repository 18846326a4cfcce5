"""Likeness to the best clients: what is more frequent among them than among all, and who has it.

The lift of a value says how many times more frequent it is among the clients of
the best class than among all that are scored, drawn towards 1 where few clients
speak for it. The likeness of an account is the mean of the logarithms of the
lifts of its values: that of a naive Bayes classifier but for a constant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.uses.effort import efforts, rep_order, share
from scoring.uses.services import Service
from scoring.uses.thirds import Grouped

__all__ = ["FEWEST_BEST", "Likeness", "likeness", "lookalikes", "model_of", "smoothed_lift", "target_gap"]

FEWEST_BEST: Final = 30
"""Best clients below which lifts are hints and no findings."""
_FEW: Final = 5
"""Best clients below which a value says little by itself."""
_LEAST_GROUPS: Final = 2
_MOST_GROUPS: Final = 30
"""Values of a column: fewer tell nothing apart, more are names."""
_STRONGEST: Final = 3
_EXACT: Final = 9
"""Decimals to which likeness is compared: the mean of equal parts may differ in the last ones."""

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the best clients have more often than others, and how like them each account is.

    Attributes
    ----------
    profile
        One row a value: column, value, in_best, share_best, in_all, share_all
        [counts of clients, fractions], lift, small (bool: fewer than five best clients have it).
        By lift, the highest first, small ones behind.
    alike
        Array of shape (n_accounts,): likeness [doublings of the lift]; 0 of nothing known.
    strongest
        Array of shape (n_accounts, 3): rows of the profile, by their position, that speak most for the
        account, the strongest first; -1 for none.
    known
        Array of shape (n_accounts,): share of the columns of the profile in which the account has a
        value that a scored client has too [fraction]; NaN without columns.
    n_best, n_all
        Scored clients of the best class, and all.
    mean_best
        Mean likeness of the clients of the best class; NaN where there are none.
    """

    profile: pd.DataFrame
    alike: Floats
    strongest: Places
    known: Floats
    n_best: int
    n_all: int
    mean_best: float

    @property
    def above_mean(self) -> Bools:
        """Accounts more like the best class than the mean of that class: those in the target."""
        above: Bools = self.alike > self.mean_best
        return above


def smoothed_lift(n_best: Floats, n_all: Floats, best: int, scored: int, k: int) -> Floats:
    """Lift of values among the best clients, smoothed.

    Parameters
    ----------
    n_best, n_all
        Arrays of shape (n_values,): clients of the best class, and scored clients, that have the value.
    best, scored
        Clients of the best class, and scored clients.
    k
        Number of values of the column: as many clients, spread as in the whole, are added to the best.

    Notes
    -----
    p = n_all / scored; lift = ((n_best + k p) / (best + k)) / p.

    Examples
    --------
    >>> lifts = smoothed_lift(np.array([0.0, 8.0]), np.array([1.0, 20.0]), 20, 250, 10)
    >>> np.log2(lifts).round(2).tolist()
    [-1.58, 1.87]
    """
    p = n_all / scored
    lifts: Floats = ((n_best + k * p) / (best + k)) / p
    return lifts


def model_of(accounts: pd.DataFrame, letters: Sequence[str]) -> Bools:
    """Tell which accounts the profile is made of: clients that have a score and a class.

    Parameters
    ----------
    accounts
        One row an account: ``class``, ``score``, and ``status`` where it is known.
    letters
        The classes.
    """
    status = accounts["status"].to_numpy(dtype=object) if "status" in accounts else None
    scored = accounts["score"].notna() & accounts["class"].astype(object).isin(list(letters))
    model: Bools = scored.to_numpy(dtype=bool) & (status == "client")
    return model


def likeness(columns: Mapping[str, Grouped], model: Bools, best: Bools) -> Likeness:
    """Work out the profile of the best clients, and the likeness of all accounts to it.

    Parameters
    ----------
    columns
        The columns in groups, by key; those of fewer than 2 or more than 30 groups tell nothing.
    model, best
        Bool arrays of shape (n_accounts,): the scored clients, and those of them in the best class.

    Notes
    -----
    A value that no scored client has, and an unknown one, count 0.
    """
    n_accounts, n_all, n_best = len(model), int(model.sum()), int(best.sum())
    used = {key: one for key, one in columns.items() if _LEAST_GROUPS <= len(one.groups) <= _MOST_GROUPS}
    if not n_best:
        used = {}
    rows: list[dict[str, Any]] = []
    logs = np.zeros((n_accounts, len(used)))
    places = np.full((n_accounts, len(used)), -1, dtype=np.intp)
    for column, (key, grouped) in enumerate(used.items()):
        k = len(grouped.groups)
        in_all, in_best = (_counts(grouped.codes[which], k) for which in (model, best))
        lift = smoothed_lift(in_best, in_all, n_best, n_all, k)
        has = grouped.codes >= 0
        logs[has, column] = np.log2(lift)[grouped.codes[has]]
        places[has, column] = len(rows) + grouped.codes[has]
        rows += [
            {"column": key, "value": value, "in_best": int(one), "in_all": int(of_all), "lift": up}
            for value, one, of_all, up in zip(
                grouped.groups, in_best.tolist(), in_all.tolist(), lift.tolist(), strict=True
            )
        ]
    profile, moved = _sorted_profile(rows, n_best, n_all)
    values = np.round(logs.mean(axis=1), _EXACT) if used else np.zeros(n_accounts)
    known = (places >= 0).mean(axis=1) if used else np.full(n_accounts, np.nan)
    mean = round(float(values[best].mean()), _EXACT) if used else float("nan")
    return Likeness(profile, values, _strongest(logs, places, moved), known, n_best, n_all, mean)


def _counts(codes: Places, k: int) -> Floats:
    return np.bincount(codes[codes >= 0], minlength=k).astype(np.float64)


def _sorted_profile(rows: Sequence[Mapping[str, Any]], best: int, scored: int) -> tuple[pd.DataFrame, Places]:
    """Return the rows in their order, and the new place of each."""
    keys = ["column", "value", "in_best", "in_all", "lift"]
    found = pd.DataFrame([[row[key] for key in keys] for row in rows], columns=keys)
    found["value"] = pd.Series([row["value"] for row in rows], index=found.index, dtype=object)
    found["small"] = found["in_best"] < _FEW
    found["share_best"] = found["in_best"] / best if best else np.nan
    found["share_all"] = found["in_all"] / scored if scored else np.nan
    shown = found["lift"].astype(np.float64).round(_EXACT)
    order = np.lexsort((-shown.to_numpy(), found["small"].to_numpy(dtype=bool)))
    moved = np.empty(len(order), dtype=np.intp)
    moved[order] = np.arange(len(order))
    return found.iloc[order].reset_index(drop=True), moved


def _strongest(logs: Floats, places: Places, moved: Places) -> Places:
    """Rows of the profile that speak most for each account, those above a lift of 1."""
    found = np.full((len(logs), _STRONGEST), -1, dtype=np.intp)
    if not logs.size:
        return found
    order = np.argsort(-np.round(logs, _EXACT), axis=1, kind="stable")[:, :_STRONGEST]
    rows = np.arange(len(logs))[:, np.newaxis]
    speaks = logs[rows, order] > 0
    found[:, : order.shape[1]] = np.where(speaks, moved[places[rows, order]], -1)
    return found


def lookalikes(accounts: pd.DataFrame, found: Likeness) -> Places:
    """Return the positions of the prospects and suspects, those most like the best clients first.

    Equal likeness goes by score, then by code.
    """
    if "status" not in accounts:
        return np.array([], dtype=np.intp)
    at = np.flatnonzero(accounts["status"].astype(object).isin(["prospect", "suspect"]).to_numpy(dtype=bool))
    score = accounts["score"].to_numpy(dtype=np.float64, na_value=np.nan)[at]
    codes = np.array([str(code).casefold() for code in accounts["account"].to_numpy(dtype=object)[at]])
    order = np.lexsort((codes, -np.nan_to_num(score, nan=-1.0), -found.alike[at]))
    return at[order]


def target_gap(accounts: pd.DataFrame, found: Likeness, services: Sequence[Service]) -> pd.DataFrame:
    """Return how much of the hours and of the turnover of each rep goes to accounts in the target.

    Parameters
    ----------
    accounts
        As of :func:`scoring.uses.effort.efforts`.
    found
        The likeness of all of them; in the target are those above the mean of the best class.
    services
        Best class first.

    Returns
    -------
    One row a rep, none last: rep, accounts, in_target [counts], share_hours_done and share_turnover
    [fractions of all of the rep, NaN of nothing], company_hours_done and company_turnover [the same of
    all reps].
    """
    of_accounts = efforts(accounts, services)
    inside = found.above_mean
    whole = of_accounts.assign(in_target=inside.astype(int))
    for key in ("hours_done", "turnover"):
        known = whole[key].to_numpy(dtype=np.float64)
        whole[f"target_{key}"] = np.where(inside, known, np.where(np.isnan(known), np.nan, 0.0))
    measures = ["accounts", "in_target", "hours_done", "target_hours_done", "turnover", "target_turnover"]
    rows = whole.groupby("rep", as_index=False, sort=False)[measures].sum(min_count=1)
    rows = rows.sort_values("rep", key=rep_order).reset_index(drop=True)
    company = whole[measures].sum(min_count=1).to_frame().T.astype(np.float64)
    for key in ("hours_done", "turnover"):
        rows[f"share_{key}"] = share(rows[f"target_{key}"], rows[key])
        rows[f"company_{key}"] = float(share(company[f"target_{key}"], company[key])[0])
    wanted = ["share_hours_done", "share_turnover", "company_hours_done", "company_turnover"]
    return rows[["rep", "accounts", "in_target", *wanted]]
