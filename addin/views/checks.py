"""Checks: what the last refresh could not use, with its cell and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from addin.views.scored import Scored
from addin.views.view import How, View
from addin.workbook.finding import Finding
from addin.workbook.kept_rows import Row

__all__ = ["VIEWS", "check_rows"]


def check_rows(day: dt.datetime, summary: str, findings: Sequence[Finding]) -> list[Row]:
    """Return notes and findings as rows, below a summary that dates them."""
    rows: list[Row] = [{"date": day, "finding": summary}]
    rows.extend(
        {
            "date": day,
            "sheet": finding.sheet or None,
            "cell": finding.cell or None,
            "account": finding.account or None,
            "finding": finding.what,
            "remedy": finding.remedy,
        }
        for finding in findings
    )
    return rows


def _rows(scored: Scored) -> list[Row]:
    return check_rows(scored.day, scored.summary, [*scored.notes, *scored.findings])


VIEWS: Final = (View("checks", How.ANEW, _rows, always=True),)
