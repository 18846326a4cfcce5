"""Score history: a row for each account whose class changed or whose score moved."""

from __future__ import annotations

from typing import Final

import numpy as np

from addin.views.scored import Scored
from addin.views.view import How, View
from addin.workbook.kept_rows import Row

__all__ = ["VIEWS"]


def _rows(scored: Scored) -> list[Row]:
    model, cells = scored.model.fingerprint(), scored.cells
    accounts = scored.intake.portfolio.accounts
    codes = accounts["account"].to_numpy(dtype=object)
    names = accounts["name"].tolist() if "name" in accounts else [None] * len(codes)
    before = scored.assessment.before.in_force()
    # By code, so that the order of rows and sheets changes nothing here either.
    rows = sorted(np.flatnonzero(scored.moving).tolist(), key=lambda row: (str(codes[row]).casefold(), row))
    return [
        {
            "date": scored.day,
            "account": codes[row],
            "score": cells["score"][row],
            "class": cells["class"][row],
            "completeness": cells["completeness"][row],
            "model": model,
            "name": names[row] if isinstance(names[row], str) else None,  # one that is not known is no number
            "before": before[row] or None,
        }
        for row in rows
    ]


VIEWS: Final = (View("history", How.BELOW, _rows, always=True),)
