"""The Dashboard: totals by class, key figures and the points of its charts, as of the last refresh."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from addin.catalogue import Catalogue
from addin.views.portfolio_facts import BEST, Facts
from addin.views.rep_lines import LINES
from addin.views.scored import Scored
from addin.views.steering import empty_lists
from addin.views.view import How, View
from addin.workbook.kept_rows import Row
from addin.workbook.typed_cells import is_blank, read_date
from scoring import Model
from scoring.forced import class_positions
from scoring.terms import UNKNOWN_CLASS
from scoring.totals import Sums, by_completeness, by_group, core_known, turnover_curve
from scoring.uses.steering import growth

__all__ = ["BANDS", "CARDS", "CLASSES", "POINTS", "VIEWS", "empty_dashboard"]

CLASSES: Final = 6
"""Lines for classes: from one more class on, the last line holds all the others."""
POINTS: Final = 25
"""Points of the curve of turnover."""
BANDS: Final = 5
"""Bands of completeness."""
_DECIMALS: Final = 9
CARDS: Final = (
    *("growth", "core", "at_stake", "late", "overdue"),
    *("scored", "held", "completeness", "moves", "scored_on"),
)
"""The key figures that open the Dashboard, in their order; below them its subtitle and what reps can do."""


def _text(words: Catalogue, *keys: str, **details: object) -> str:
    return words.text("template", "dashboard", *keys, **details)


def _class_rows(letters: Sequence[str], labels: Sequence[str], sums: Sums, words: Catalogue) -> list[Row]:
    """Return a line a class, then the accounts of which too little is known, then the total.

    ``sums`` has an entry for each letter, and one for ``?``.
    """
    lines = [*zip(letters, labels, sums.accounts.tolist(), sums.turnover.tolist(), strict=False)]
    if len(lines) > CLASSES:
        rest = lines[CLASSES - 1 :]
        others = (
            f"{rest[0][0]} - {rest[-1][0]}",
            _text(words, "others"),
            sum(one[2] for one in rest),
            math.fsum(one[3] for one in rest),
        )
        lines = [*lines[: CLASSES - 1], others]
    all_accounts, all_turnover = int(sums.accounts.sum()), math.fsum(sums.turnover)

    def row(letter: str, label: str, accounts: float, turnover: float) -> Row:
        return {
            "class": letter or None,
            "label": label or None,
            "accounts": float(accounts),
            "share_accounts": _share(accounts, all_accounts),
            "turnover": round(turnover, 2),
            "share_turnover": _share(turnover, all_turnover),
        }

    rows = [row(*line) for line in lines]
    rows += [{}] * (CLASSES - len(rows))
    rows.append(row(UNKNOWN_CLASS, _text(words, "unknown"), int(sums.accounts[-1]), float(sums.turnover[-1])))
    rows.append(row("", _text(words, "total"), all_accounts, all_turnover))
    return rows


def _share(part: float, whole: float) -> float | None:
    """Return a share, rounded so that it survives programs that keep 15 digits; None of nothing."""
    return round(part / whole, _DECIMALS) if whole > 0 else None


def _turnover(scored: Scored) -> Any:
    accounts = scored.intake.portfolio.accounts
    if "turnover" not in accounts:
        return np.full(len(accounts), np.nan)
    return accounts["turnover"].to_numpy(dtype=np.float64, na_value=np.nan)


def _sums(scored: Scored) -> Sums:
    letters = scored.model.letters()
    positions = class_positions(pd.Series(scored.cells["class"]), letters)
    groups = np.where(positions < 0, len(letters), positions)
    return by_group(groups, _turnover(scored), len(letters) + 1)


def _totals(scored: Scored) -> list[Row]:
    labels = [one.label for one in scored.model.classes]
    return _class_rows(scored.model.letters(), labels, _sums(scored), scored.words)


def _figures(scored: Scored) -> list[Row]:
    """Return the key figures: what each is, its value, and a note."""
    words, model = scored.words, scored.model
    results, sums = scored.assessment.results, _sums(scored)
    n_accounts, turnover = int(sums.accounts.sum()), math.fsum(sums.turnover)
    known = core_known(
        results["completeness"].to_numpy(dtype=np.float64), results["core"].to_numpy(dtype=bool)
    )
    held = _share(float(sums.turnover[0]), turnover)
    share = float(sums.accounts[0]) / n_accounts if n_accounts else 0.0
    facts = scored.once("facts", Facts)
    steering, said = _steering(facts)
    values = {
        **steering,
        "scored": float(results["score"].notna().sum()),
        "held": held,
        "completeness": None if math.isnan(known) else round(known, _DECIMALS),
        "moves": _n_moves(scored),
        "scored_on": scored.day,
    }
    details = {"count": n_accounts, "share": share, "class": _best_letter(model), **said}
    return [
        *_cards(words, values, details),
        {"figure": _text(words, "subtitle")},
        {"figure": _text(words, "capacity", visits=round(facts.possible_visits()))},
    ]


def _steering(facts: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the key figures that steer, and what their notes say."""
    turnover, before = facts.numbers("turnover"), facts.numbers("turnover_1")
    known = ~np.isnan(turnover) & ~np.isnan(before)
    change = growth(turnover, before)
    core = facts.scored.assessment.results["core"].to_numpy(dtype=bool)
    high = np.flatnonzero((facts.risk == 0) & facts.once)
    owed, overdue = (math.fsum(amounts[facts.once]) for amounts in facts.owed)
    letters = facts.scored.model.letters()
    values = {
        "growth": None if math.isnan(change) else round(change, _DECIMALS),
        "core": float(np.count_nonzero(core)),
        "at_stake": round(math.fsum(facts.at_stake[high]), 2) if (facts.risk >= 0).any() else None,
        "late": float(len(facts.late)),
        "overdue": round(overdue, 2),
    }
    details = {
        "now": float(round(math.fsum(turnover[known]))),
        "before": float(round(math.fsum(before[known]))),
        "bought": int(np.count_nonzero(np.nan_to_num(turnover) > 0)),
        "core": facts.scored.model.settings.core_share,
        "risky": len(high),
        "never": int(facts.late["days"].isna().sum()),
        "best": ", ".join(letters[:BEST]),
        "late_share": _share(overdue, owed) or 0.0,
        "open": float(round(owed)),
    }
    return values, details


def _best_letter(model: Model) -> str:
    return model.letters()[0]


def _cards(words: Catalogue, values: dict[str, Any], details: dict[str, Any]) -> list[Row]:
    return [
        {
            "figure": _text(words, key, **details),
            "value": _text(words, "never") if values[key] is None else values[key],
            "note": _text(words, f"{key}_note", **details),
        }
        for key in CARDS
    ]


def _n_moves(scored: Scored) -> float | None:
    """Return how many accounts moved on the day of the scoring, by Score history as it is written now.

    None without it: a second scoring of the day could not tell.
    """
    if not scored.remembers:
        return None
    dates = scored.intake.layout.named["history"].cells("date")
    days = (read_date(cell, scored.words.language) for cell in dates if not is_blank(cell))
    before = sum(isinstance(day, dt.datetime) and day >= scored.day for day in days)
    return float(before + int(scored.moving.sum()))


def _curve(scored: Scored) -> list[Row]:
    points = turnover_curve(_turnover(scored), POINTS)
    core = scored.model.settings.core_share
    return [
        {"share_accounts": round(x, _DECIMALS), "share_turnover": round(y, _DECIMALS), "core": core}
        for x, y in zip(points.accounts.tolist(), points.turnover.tolist(), strict=True)
    ]


def _core_mark(scored: Scored) -> list[Row]:
    """Return the point of the curve where the core ends, and what it says."""
    turnover = np.maximum(np.nan_to_num(_turnover(scored)), 0.0)
    core = scored.assessment.results["core"].to_numpy(dtype=bool)
    n_core, n_bought = int(np.count_nonzero(core)), int(np.count_nonzero(turnover))
    if not n_core:
        return [{"mark": _text(scored.words, "chart_curve")}]
    return [
        {
            "share_accounts": _share(n_core, n_bought),
            "share_turnover": _share(math.fsum(turnover[core]), math.fsum(turnover)),
            "mark": _text(
                scored.words,
                "mark",
                count=n_core,
                bought=n_bought,
                share=scored.model.settings.core_share,
            ),
        }
    ]


def _bands(scored: Scored) -> list[Row]:
    counts = by_completeness(scored.assessment.results["completeness"].to_numpy(dtype=np.float64), BANDS)
    return _band_rows(counts.tolist(), scored.words)


def _band_rows(counts: Sequence[int], words: Catalogue) -> list[Row]:
    return [
        {"band": _text(words, "bands", f"b{band}"), "accounts": float(count)}
        for band, count in enumerate(counts)
    ]


def empty_dashboard(letters: Sequence[str], labels: Sequence[str], words: Catalogue) -> dict[str, list[Row]]:
    """Return the rows of all tables of the Dashboard before a first scoring.

    Parameters
    ----------
    letters, labels
        Of the classes that ship.
    words
        The language of the workbook.
    """
    n_groups = len(letters) + 1
    nothing = by_group(np.array([], dtype=np.int64), np.array([], dtype=np.float64), n_groups)
    details: dict[str, Any] = {"count": 0, "share": 0.0, "class": letters[0], "core": 0.8}
    details |= dict.fromkeys(("now", "before", "open", "bought", "risky", "never"), 0)
    details |= {"late_share": 0.0, "best": ", ".join(letters[:BEST])}
    values = dict.fromkeys(CARDS) | {"scored": 0.0}
    return {
        "totals": _class_rows(letters, labels, nothing, words),
        "figures": [*_cards(words, values, details), {"figure": _text(words, "empty")}, {}],
        "curve": [{"share_accounts": 0.0, "share_turnover": 0.0, "core": 0.8}] * POINTS,
        "bands": _band_rows([0] * BANDS, words),
        "coremark": [{"mark": _text(words, "chart_curve")}],
        "replines": [{}] * (LINES + 1),
        **empty_lists(words),
    }


VIEWS: Final = (
    View("totals", How.ANEW, _totals, always=True),
    View("figures", How.ANEW, _figures, always=True),
    View("curve", How.ANEW, _curve, always=True),
    View("bands", How.ANEW, _bands, always=True),
    View("coremark", How.ANEW, _core_mark, always=True),
)
