"""What an import did, in five lines: files, last day, rows and money, accounts, what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from addin.catalogue import Catalogue, Phrase
from addin.imports.files.numbers import UNITS
from addin.imports.importing import Import
from addin.imports.report import FileReport, phrase

__all__ = ["n_to_look_at", "summary_lines"]

_MOST_FILES: Final = 6
_MOST_REASONS: Final = 4


def summary_lines(done: Import, words: Catalogue) -> Iterator[str]:
    """Yield the five lines.

    Parameters
    ----------
    done
        The import.
    words
        The language, with the currency of the amounts.
    """
    reports = done.reports
    files = [
        phrase("summary", "file", file=one.file, kind=phrase("kinds", one.kind))
        for one in reports[:_MOST_FILES]
    ]
    more = len(reports) - len(files)
    files += [phrase("summary", "more_files", count=more)] if more else []
    yield _say(words, "files", files=files)
    yield _say(words, "until", last=done.last) if done.last else _say(words, "no_days")
    yield " ".join(_rows(reports, words))
    merged = done.merged
    counts = {key: len(getattr(merged, key)) for key in ("added", "changed", "unchanged")}
    yield _say(words, "accounts", **counts)
    look = [
        phrase("summary", key, count=count)
        for key, count in (
            ("doubles", len(done.doubles)),
            ("guesses", sum(len(one.guesses) for one in reports)),
            ("aside", sum(one.n_aside for one in reports)),
            ("promoted", len(merged.promoted)),
        )
        if count
    ]
    yield _say(words, "look", what=look) if look else _say(words, "nothing")


def n_to_look_at(done: Import) -> int:
    """Return how many guesses, duplicates and rows set aside there are."""
    return len(done.doubles) + sum(len(report.guesses) + report.n_aside for report in done.reports)


def _rows(reports: Sequence[FileReport], words: Catalogue) -> Iterator[str]:
    """Yield how many rows and how much money were used, and what was set aside for what."""
    counts = {"count": sum(one.n_read for one in reports), "used": sum(one.n_used for one in reports)}
    weighed = [one for one in reports if one.kind in ("ledger", "fec") and one.units_used is not None]
    if weighed:
        amount = sum(one.units_used or 0 for one in weighed) / UNITS
        yield _say(words, "rows_amount", **counts, amount=amount)
    else:
        yield _say(words, "rows", **counts)
    n_aside = sum(one.n_aside for one in reports)
    if not n_aside:
        return
    why: Counter[str] = Counter()
    for one in reports:
        why.update(one.by_reason)
    reasons = [
        phrase("summary", "reason", why=_why(key, words), rows=count)
        for key, count in why.most_common(_MOST_REASONS)
    ]
    rest = n_aside - sum(count for _, count in why.most_common(_MOST_REASONS))
    reasons += [phrase("summary", "reason", why=phrase("why", "others"), rows=rest)] if rest else []
    weights = list(_weights(reports))
    yield _say(
        words, "set_aside_amount" if weights else "set_aside", count=n_aside, amount=weights, why=reasons
    )


def _weights(reports: Sequence[FileReport]) -> Iterator[Phrase]:
    """Yield the sums set aside, that in the currency of the workbook first."""
    own = sum(one.units_aside or 0 for one in reports if one.kind == "ledger")
    if own:
        yield phrase("weight", "own", amount=own / UNITS)
    foreign: Counter[str] = Counter()
    for one in reports:
        foreign.update({currency: units for currency, (_, units) in one.foreign.items()})
    for currency, units in sorted(foreign.items()):
        yield phrase("weight", "foreign", amount=units / UNITS, currency=currency)


def _why(key: str, words: Catalogue) -> Phrase:
    """Return a reason in a few words."""
    return phrase("why", key if key in words.surface("imports")["why"] else "others")


def _say(words: Catalogue, key: str, **details: object) -> str:
    return words.text("imports", "summary", key, **details)
