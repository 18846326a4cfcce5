"""Visits: the last one of each account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from addin.imports.describe import describe
from addin.imports.facts import Facts, code_fault, code_text
from addin.imports.files.dates import EPOCH, NO_DATE, UNREADABLE, Dates, moment
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport
from addin.imports.rules import Rules

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
        who, when = file.places["account"], file.places["visit"]
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
            report.begin(chunk)
            days = dates.days(chunk.columns[when])
            texts = chunk.columns[when].cells()
            codes = [code_text(cell) for cell in chunk.columns[who].cells().tolist()]
            for row, (code, day) in enumerate(zip(codes, days.tolist(), strict=True)):
                reason = code_fault(code) or _date_fault(day, (rules.reference - EPOCH).days)
                if reason:
                    shown = code if reason == "code_destroyed" else str(texts[row])
                    report.set_aside([chunk.lines[row]], reason, details=[{"value": shown[:40]}])
                    continue
                report.n_used += 1
                key = facts.account(code)
                last[key] = max(last.get(key, np.iinfo(np.int64).min), day)
        describe(report, file, dates)
    for key, day in last.items():
        facts.put("last_visit", key, moment(day))
    return facts, reports


def _date_fault(day: int, reference: int) -> str:
    if day == NO_DATE:
        return "date_empty"
    if day == UNREADABLE:
        return "no_date"
    return "date_after" if day > reference else ""
