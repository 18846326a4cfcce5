"""Test on the past: accounts scored as of a day, and what came in the twelve months after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from addin.catalogue import Phrase
from addin.trust.past import Past
from addin.trust.seed import seed_of
from addin.uses.result import Record, Result
from addin.views.scored import Scored
from scoring import Assessment, Model, assess
from scoring.books.periods import years_before
from scoring.terms import UNKNOWN_CLASS
from scoring.trust.backtest import Backtest, Figures, as_then, best_of, left_out, lift
from scoring.trust.backtest import backtest as tested
from scoring.trust.bootstrap import Interval

__all__ = ["backtest"]

_LATE_START: Final = 31
"""Days into a year within which its first sale may lie: companies invoice at least monthly."""
_EARLY_END: Final = 10
"""Days before the end of the year after, from which it is said that the files end early."""
_NOTHING: Final = 1e-9
"""A difference of shares that is one of rounding alone."""
_LEAST: Final = 20
"""With fewer accounts nothing can be concluded."""
_LEAST_LOST: Final = 5
"""Lost accounts, and kept ones, without which nothing can be said of foreseeing losses."""


def backtest(scored: Scored, *, past: Past | None = None) -> Result | None:
    """Tell what the model would have foreseen; without files, None where the sheet holds a test already.

    Parameters
    ----------
    scored
        The scored workbook, whose model is tested.
    past
        What files told of a day in the past.
    """
    if past is None:
        located = scored.intake.layout.named.get("backtest")
        if located is not None and any(row["class"] is not None for row in located.rows()):
            return None
        return _empty([_note("empty")])
    dated = _dated(past.accounts)
    model = as_then(scored.model, dated)
    absent = [_note("left_out", names=names)] if (names := left_out(scored.model, dated)) else []
    if not model.criteria:
        return _empty([_note("no_criteria"), *absent])
    then = assess(past.accounts, model, past.on, period_end=past.period_end, explain=False)
    score = pd.Series(then.results["score"].to_numpy(np.float64), index=past.accounts.index)
    found = tested(past.sold, score, past.on, seed_of(scored))
    tables: dict[str, list[Record]] = {
        "backtest": _by_class(found, then, past, model),
        "backtesttop": _top(found.figures),
        "backtestlosses": _losses(found),
    }
    return Result(tables, notes=[*_verdicts(found, past, scored.intake.reference_date), *absent])


def _empty(notes: list[Phrase]) -> Result:
    return Result({"backtest": [], "backtesttop": [], "backtestlosses": []}, notes=notes)


def _dated(accounts: pd.DataFrame) -> list[str]:
    """Return the columns of which it is known what they held, those that follow from others too."""
    dated = [column for column in accounts.columns if column not in ("account", "status")]
    if {"turnover", "turnover_1"} <= set(dated):
        dated += ["trend", "state"]
    return [*dated, "completeness"]


def _by_class(found: Backtest, then: Assessment, past: Past, model: Model) -> list[Record]:
    """Return a line a class: what its accounts had bought, and what they bought then."""
    classes = pd.Series(then.results["class"].astype(object).to_numpy(), index=past.accounts.index)
    of = found.around.assign(lost=found.lost, letter=classes.reindex(found.around.index))
    lines: list[Record] = []
    for letter in (*model.letters(), UNKNOWN_CLASS):
        mine = of[of["letter"] == letter]
        if not len(mine) and letter == UNKNOWN_CLASS:
            continue
        n_lost = int(mine["lost"].sum())
        lines.append(
            {
                "class": letter,
                "accounts": len(mine),
                "turnover_before": round(float(mine["turnover"].sum()), 2),
                "turnover_after": round(float(mine["after"].sum()), 2),
                "lost": n_lost,
                "lost_share": n_lost / len(mine) if len(mine) else None,
            }
        )
    return lines


def _top(figures: Figures | None) -> list[Record]:
    if figures is None:
        return []
    return [
        {
            "order": name,
            "caught": one.value,
            "low": one.low,
            "high": one.high,
            "lift": lift(one.value),
        }
        for name, one in figures.caught.items()
    ]


def _losses(found: Backtest) -> list[Record]:
    """Return the areas, the largest first: it is the best where there are enough accounts to say so."""
    figures = found.figures
    if figures is None:
        return []
    best = best_of(figures.auc) if _tells_losses(found) else None
    return [
        {"candidate": name, "auc": one.value, "low": one.low, "high": one.high, "best": name == best}
        for name, one in sorted(figures.auc.items(), key=lambda pair: -round(pair[1].value, 9))
    ]


def _verdicts(found: Backtest, past: Past, today: dt.date) -> Iterator[Phrase]:
    """Yield what the figures say, in words."""
    count, lost = len(found.around), int(found.lost.sum())
    end = years_before(past.on, -1)
    details = {"date": past.on, "end": end, "files": list(past.files), "today": today}
    yield _note("tested", count=count, lost=lost, **details)
    first, last = past.span
    if first > years_before(past.on, 1) + dt.timedelta(days=_LATE_START):
        yield _note("short_before", first=first)
    if (end - last).days > _EARLY_END:
        yield _note("short_after", last=last, count=(end - last).days)
    if found.figures is None or count < _LEAST:
        yield _note("too_few", count=count, least=_LEAST)
        return
    yield _of_turnover(found.figures)
    if not _tells_losses(found):
        yield _note("too_few_lost", count=lost, kept=count - lost, least=_LEAST_LOST)
        return
    yield from _of_losses(found.figures)


def _tells_losses(found: Backtest) -> bool:
    """Whether enough accounts were lost, and enough kept, to say what foresees it."""
    count, lost = len(found.lost), int(found.lost.sum())
    return count >= _LEAST and min(lost, count - lost) >= _LEAST_LOST


def _of_turnover(figures: Figures) -> Phrase:
    score, plain, gain = figures.caught["score"], figures.caught["turnover"], figures.gain
    if max(abs(gain.low), abs(gain.high)) < _NOTHING:
        return _note("identical", share=plain.value)
    key = "same" if _by_chance(gain) else "score_better" if gain.value > 0 else "turnover_better"
    shares = {"score": score.value, "turnover": plain.value}
    return _note(key, **shares, low=100 * gain.low, high=100 * gain.high)


def _of_losses(figures: Figures) -> Iterator[Phrase]:
    best = best_of(figures.auc)
    assert best is not None
    near = [name for name in figures.auc if name != best and _by_chance(figures.lead[name])]
    yield _note("best", name=_called(best), auc=round(figures.auc[best].value, 2))
    if near:
        yield _note("near", names=[_called(name) for name in near])
    if best != "score" and "score" not in near:
        yield _note("score_behind", auc=round(figures.auc["score"].value, 2))
    if round(figures.auc["risk"].value, 9) < round(figures.auc["days"].value, 9):
        areas = {name: round(figures.auc[name].value, 3) for name in ("risk", "days")}
        yield _note("risk_behind", **areas)


def _by_chance(difference: Interval) -> bool:
    """Whether a difference may be chance alone: its interval holds 0."""
    return difference.low <= 0 <= difference.high


def _called(candidate: str) -> Phrase:
    return Phrase("views", ("backtest", "names", candidate))


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("backtest", key), details)
