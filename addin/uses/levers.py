"""What would lift an account to the next class, in one line: the value that takes the fewest points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from addin.catalogue import Catalogue, Phrase
from addin.views.scored import Scored
from addin.workbook.own_columns import header_of, is_own
from scoring import Assessment
from scoring.before import read_before
from scoring.columns import Accounts
from scoring.explanation import explanations
from scoring.terms import FIELDS, Kind
from scoring.text import entry

__all__ = ["MOST_LEVERS", "levers_of"]

MOST_LEVERS: Final = 40
"""Accounts for which levers are worked out: each is scored again many times, and every refresh does it."""
_DECIMALS: Final = 2


def levers_of(scored: Scored, places: Sequence[int]) -> list[Mapping[str, Any] | None]:
    """Return the lever of each of some accounts: one value alone, the fewest points first.

    Parameters
    ----------
    scored
        The scored workbook.
    places
        The accounts, by their positions in the portfolio.

    Returns
    -------
    One an account: class, criterion, from, to (values as scoring takes them), and shown, the line in words;
    None for the best class, where no single value does, and beyond the first :data:`MOST_LEVERS` below it.
    """
    best = scored.model.letters()[0]
    computed = scored.assessment.results["computed"].astype(object).to_numpy()
    wanted = [place for place in places if computed[place] != best][:MOST_LEVERS]
    found = dict(zip(wanted, _found(scored, wanted), strict=True))
    return [found.get(place) for place in places]


def _found(scored: Scored, places: Sequence[int]) -> Iterator[Mapping[str, Any] | None]:
    model, letters = scored.model, scored.model.letters()
    accounts = scored.intake.portfolio.accounts
    written = {
        entry(value): value
        for value in scored.intake.layout.named["scales"].cells("value")
        if isinstance(value, str)
    }
    for one in explanations(accounts, model, _as_written(scored), places, pairs=False):
        if not one.levers:
            yield None
            continue
        lever = one.levers[0]
        change, letter = lever.changes[0], letters[lever.class_after]
        criterion = model.criteria[change.criterion]
        name = criterion.name if criterion.column == change.column else _header(change.column, scored.words)
        value = written.get(str(change.value), change.value) if criterion.scale == "list" else change.value
        now = _shown(_rounded(change.current, change.column), change.column, scored.words)
        to = _shown(value, change.column, scored.words)  # whole: rounded down it would not do
        details = {"letter": letter, "criterion": name, "value": to, "current": now}
        said = scored.words.show(Phrase("views", ("handover", "lever" if now else "find_out"), details))
        yield {"class": letter, "criterion": name, "from": change.current, "to": value, "shown": said}


def _as_written(scored: Scored) -> Assessment:
    """Return the assessment with the classes held as the workbook will hold them: the next finds the same."""
    held = scored.assessment.results["held"].astype(object).to_numpy()
    accounts = scored.intake.portfolio.accounts.assign(held=held)
    return replace(scored.assessment, before=read_before(Accounts(accounts), scored.model.letters()))


def _header(column: str, words: Catalogue) -> str:
    return header_of(column) if is_own(column) else words.header("accounts", column)


def _shown(value: Any, column: str, words: Catalogue) -> str:
    """Return a value of an account column as a reader writes it; empty for an unknown one."""
    if value is None:
        return ""
    if _kind(column) is Kind.WORD:
        return str(words.words(column).get(value, value))
    return words.show(value)


def _rounded(value: Any, column: str) -> Any:
    """Return a number with the decimals that tell a reader something."""
    if not isinstance(value, float | int):
        return value
    return round(float(value), 0 if _kind(column) is Kind.MONEY else _DECIMALS)


def _kind(column: str) -> Kind | None:
    return FIELDS[column].kind if column in FIELDS else None
