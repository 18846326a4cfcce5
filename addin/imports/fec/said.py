"""What is said of FEC files: which year is which turnover, what reconciles, what to ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from addin.imports.describe import column_name
from addin.imports.facts import TURNOVERS
from addin.imports.fec.clients import changed_codes
from addin.imports.fec.measures import Measured
from addin.imports.fec.years import FiscalYear
from addin.imports.report import FileReport, phrase
from addin.imports.rules import STALE, Rules
from scoring.books.periods import years_before

__all__ = ["say"]

_OPEN_END: Final = 62
"""Days without an entry before the end of a year from which it is taken for not finished."""
_MOSTLY: Final = 0.5
"""Share of the sales without a client from which the clients are not what the books are kept by."""


def say(found: Measured, rules: Rules, filled: Sequence[bool]) -> None:
    """Say in the reports of a company's files what was made of them.

    Parameters
    ----------
    found
        The measured books, in whose reports it is said.
    rules
        The choices of the workbook.
    filled
        Whether each column of turnover is filled in.
    """
    for year in found.years:
        _say_year(year, found, rules)
        _say_clients(year, found)
    last = found.years[-1].files[0].report
    _say_all(last, found, rules)
    _say_missing(last, found, rules, filled)


def _say_year(year: FiscalYear, found: Measured, rules: Rules) -> None:
    """Say of a year what it is, and that its clients and the rest make its 70x total."""
    report = year.files[0].report
    turnover = found.found
    total, rest = (int(of.get(year.number, 0)) for of in (turnover.total, turnover.not_assigned))
    details = {"start": year.start, "end": year.end, "count": year.months}
    slot = next((place for place, one in enumerate(found.chosen) if one is year), None)
    if slot is not None:
        report.notes.append(phrase("fec", "slot", field=column_name(TURNOVERS[slot]), **details))
    elif year.end <= rules.reference and not year.is_closed(rules.reference):
        report.notes.append(phrase("fec", "under_way", reference=rules.reference, **details))
    else:
        report.notes.append(phrase("fec", "no_slot", **details))
    report.units_read, report.units_used, report.units_aside = total * 100, (total - rest) * 100, rest * 100
    amounts = {"total": total / 100, "clients": (total - rest) / 100, "rest": rest / 100}
    report.notes.append(phrase("fec", "reconciled", **amounts))
    if year.months != 12 and slot is not None:
        length = "not_scaled" if year.months < 12 else "not_scaled_long"
        report.notes.append(phrase("fec", "scaled" if year.certain else length, **details))
    for file in year.files:
        if not year.named and file.named_end is not None:
            file.report.guesses.append(phrase("fec", "name_differs", named=file.named_end, **details))
        elif file.named_end is None:
            file.report.guesses.append(phrase("fec", "no_name", **details))
    unfinished = (year.end - year.last).days > _OPEN_END
    for file in year.files:
        file.report.last = min(year.last if unfinished else year.end, rules.today)
    if unfinished:
        report.notes.append(phrase("fec", "unfinished", last=year.last, end=year.end))
    if slot == 0 and year.end > rules.reference:
        report.notes.append(phrase("fec", "not_closed", end=year.end, reference=rules.reference))
    if slot == 0 and rules.is_stale(year.end, by_year=True):
        report.notes.append(phrase("fec", "old", end=year.end, reference=rules.reference))
    if len(year.files) > 1:
        report.notes.append(phrase("fec", "joined", files=[file.report.file for file in year.files]))


def _say_clients(year: FiscalYear, found: Measured) -> None:
    """Say where the sales of a year are not by client, and what to ask for."""
    report, turnover = year.files[0].report, found.found
    total, rest = (int(of.get(year.number, 0)) for of in (turnover.total, turnover.not_assigned))
    if rest > _MOSTLY * total > 0:
        report.guesses.append(phrase("fec", "mostly_nobodys", share=rest / total, rest=rest / 100))
    of_year = turnover.clients[turnover.clients.index.get_level_values("year") == year.number]
    if len(of_year) == 1 and int(of_year["invoices"].iloc[0]) > 1:
        code = str(of_year.index[0][1])
        details = {
            "account": code,
            "name": found.names.get(code, ""),
            "count": int(of_year["invoices"].iloc[0]),
        }
        report.guesses.append(phrase("fec", "one_client", **details))


def _say_all(last: FileReport, found: Measured, rules: Rules) -> None:
    notes, years = last.notes, found.years
    if found.quality.empty:
        if len(found.clients):
            notes.append(phrase("fec", "by_buyer"))
    else:
        notes.append(phrase("fec", "terms", days=rules.terms))
        if found.as_of != rules.reference:
            notes.append(phrase("ledger", "as_of", date=found.as_of))
    if found.undated:
        notes.append(phrase("fec", "undated", count=found.undated, start=years[0].start))
    by_year = found.found.clients.reset_index()
    for old, new in changed_codes(by_year, found.names, years[-1].number + 1):
        notes.append(phrase("fec", "same_client", old=old, new=new, name=found.names.get(new, "")))
    if not found.found.total.any():
        notes.append(phrase("fec", "no_sales"))


def _say_missing(last: FileReport, found: Measured, rules: Rules, filled: Sequence[bool]) -> None:
    """Name the file that would fill in a column of turnover, as it is called."""
    known = rules.ends("fec")
    end: dt.date | None = None
    for slot, (year, name) in enumerate(zip(found.chosen, TURNOVERS, strict=True)):
        if year is not None:
            # A file that begins late is as likely a year of which nothing happened before.
            is_whole = year.certain or year.months >= 12
            end = year.start - dt.timedelta(days=1) if is_whole else years_before(year.end, 1)
            if not filled[slot]:
                last.guesses.append(phrase("fec", "slot_of_some", field=column_name(name)))
            continue
        known_end = known[slot]
        there = known_end is not None and (end is None or abs((known_end - end).days) <= STALE)
        wanted = known_end if there else end
        if wanted is not None and not there:
            file = f"{found.years[-1].files[0].company or '…'}FEC{wanted:%Y%m%d}.txt"
            last.guesses.append(phrase("fec", "slot_left", field=column_name(name), end=wanted, file=file))
        end = years_before(wanted, 1) if wanted is not None else None
