"""One source for the three periods: which figures may stand beside each other, and which give way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from addin.imports.facts import TURNOVERS, Facts, Source
from addin.imports.recognise import Recognised
from addin.imports.rules import STALE, Rules
from addin.refusals import Refusal
from scoring.books.periods import years_before

__all__ = ["FRESH", "PRECEDENCE", "check_mixture", "givers", "is_fresher", "misfits", "tells_purchases"]

PRECEDENCE: Final = ("fec", "ledger", "visits", "accounts")
"""Of two kinds of file that give the same field, the first one counts: entries before what was typed."""
FRESH: Final = ("open_amount", "overdue", "days_late")
"""Fields of which the latest day that is known counts, whatever the kind of file."""


def check_mixture(facts: Mapping[str, Facts], files: Sequence[Recognised]) -> None:
    """Refuse invoices beside fiscal years: a month would count in two periods, or in none.

    Raises
    ------
    Refusal
        If both would fill in turnover.
    """
    given = {
        kind: [facts[kind].until[name] for name in TURNOVERS if name in facts[kind].until]
        for kind in ("fec", "ledger")
        if kind in facts
    }
    if not all(given.get(kind) for kind in ("fec", "ledger")):
        return
    named = {kind: [file.name for file in files if file.kind == kind] for kind in given}
    raise Refusal(
        "import_mixed_sources",
        invoices=named["ledger"],
        invoices_until=given["ledger"][0],
        fec=named["fec"],
        fec_until=given["fec"][0],
        first=named["ledger"][0],
    )


def givers(facts: Mapping[str, Facts]) -> dict[str, str]:
    """Return the kind of file from which each account has its turnover, by key: all periods from one."""
    found: dict[str, str] = {}
    for kind in PRECEDENCE:
        for name in TURNOVERS if kind in facts else ():
            for key in facts[kind].values.get(name, {}):
                found.setdefault(key, kind)
    return found


def misfits(rules: Rules, kind: str, until: Mapping[str, dt.date]) -> dict[str, Source]:
    """Return the columns of turnover that hold what may not stand beside what a kind of file gives.

    Parameters
    ----------
    rules
        The choices of the workbook, with what it knows of its figures.
    kind
        The kind of file.
    until
        The ends of the periods that it gives, by field.

    Notes
    -----
    That is what another kind of file gave, and a period that is not the one before: one that ends later
    than a year before the last one counts some months twice, one that ends much earlier leaves some out.
    What nobody noted the source of stays: a person may have typed it.
    """
    if not until.keys() & set(TURNOVERS):
        return {}
    ends = rules.ends(kind)
    latest = until.get("turnover", ends[0])
    found = {}
    for slot, name in enumerate(TURNOVERS):
        source = rules.filled.get(name)
        if source is None or name in until:
            continue
        follows = (
            kind == "accounts"
            or latest is None
            or 0 <= (years_before(latest, slot) - source.until).days <= STALE
        )
        if source.kind != kind or not follows:
            found[name] = source
    return found


def tells_purchases(rules: Rules, kind: str, until: Mapping[str, dt.date]) -> bool:
    """Whether a kind of file covers all periods that are known: else it knows of fewer purchases."""
    gives_way = misfits(rules, kind, until)
    return all(name in until or name in gives_way or name not in rules.filled for name in TURNOVERS)


def is_fresher(rules: Rules, name: str, until: dt.date | None) -> bool:
    """Whether the workbook holds what a later day knew of a field than a file does."""
    source = rules.filled.get(name)
    return name in FRESH and source is not None and until is not None and source.until > until
