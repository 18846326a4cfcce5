"""Visits: the last one of each account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from addin.imports.choices import Rules
from addin.imports.dates import EPOCH, NO_DATE, UNREADABLE, Dates
from addin.imports.describe import describe
from addin.imports.facts import LONGEST_CODE, Facts, code_text, destroyed, is_total
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport

__all__ = ["read_visit_files"]


def read_visit_files(
    files: Sequence[Recognised], rules: Rules, progress: Callable[[Recognised, int], None]
) -> tuple[Facts, list[FileReport]]:
    """Read files of visits: later ones than the reference date are planned, not made."""
    facts = Facts(by_name=all(file.position("account") is None for file in files))
    last: dict[str, int] = {}
    reports = []
    for file in files:
        report = FileReport(file.name, "visits")
        reports.append(report)
        at = {match.target: match.position for match in file.matches}
        who, when = at.get("account", at.get("name", 0)), at["visit"]
        dates = Dates(file.path.name)
        wanted = {0: True, who: True, when: True}
        chunks = list(
            file.source.chunks(
                file.header_line,
                len(file.headers),
                wanted,
                progress=partial(progress, file),
            )
        )
        for chunk in chunks:
            dates.observe(chunk.columns[when].coded()[1])
        dates.settle()
        for chunk in chunks:
            report.n_read += chunk.n_rows + sum(not one.mended for one in chunk.broken)
            for one in chunk.broken:
                if not one.mended:
                    report.set_aside([one.line], one.reason, details=[one.details])
            days = dates.days(chunk.columns[when])
            texts = chunk.columns[when].cells()
            codes = [code_text(cell) for cell in chunk.columns[who].cells().tolist()]
            for row, (code, day) in enumerate(zip(codes, days.tolist(), strict=True)):
                reason = _reason(code, day, (rules.reference - EPOCH).days)
                if reason:
                    shown = code if reason == "code_destroyed" else str(texts[row])
                    report.set_aside([chunk.lines[row]], reason, details=[{"value": shown[:40]}])
                    continue
                report.n_used += 1
                key = facts.account(code)
                last[key] = max(last.get(key, np.iinfo(np.int64).min), day)
        describe(report, file, dates)
    for key, day in last.items():
        facts.put("last_visit", key, dt.datetime.combine(EPOCH + dt.timedelta(days=day), dt.time()))
    return facts, reports


def _reason(code: str, day: int, reference: int) -> str:
    if not code:
        return "no_account"
    if is_total(code):
        return "totals_line"
    if len(code) > LONGEST_CODE:
        return "code_too_long"
    if destroyed(code):
        return "code_destroyed"
    if day == NO_DATE:
        return "date_empty"
    if day == UNREADABLE:
        return "no_date"
    return "date_after" if day > reference else ""
