"""Taking the weights of a workshop: what is asked, what is written, and who is on record."""

from __future__ import annotations

import datetime as dt

from addin.catalogue import Catalogue
from addin.refusals import Refusal
from addin.trust.workshop import Proposal
from addin.workbook.kept_rows import appended
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes
from addin.workbook.strategy_columns import weights_written

__all__ = ["proposal_lines", "taken", "written"]


def taken(proposal: Proposal, weighing: str | None, words: Catalogue) -> tuple[str, list[float | None]]:
    """Return the way of weighing that is taken, and its weights by the rows of the table Criteria.

    Raises
    ------
    Refusal
        If there are no weights by that way.
    """
    way = weighing or proposal.weighing
    if way not in proposal.weights:
        raise Refusal("workshop_no_weights", sheet=words.sheet("workshop"))
    return way, list(proposal.weights[way])


def proposal_lines(
    proposal: Proposal, way: str, weights: list[float | None], layout: Layout, words: Catalogue
) -> list[str]:
    """Say whose weights they are, and each weight beside that of today, both of 100."""
    criteria = layout.named["criteria"]
    before = [cell if isinstance(cell, float) else 0.0 for cell in criteria.cells("weight")]
    whole = sum(before) or 1.0
    details = {"weighing": words.word("workshop_weighing", way), "names": list(proposal.took_part)}
    lines = [words.text("workshop", "title", count=len(proposal.took_part), **details)]
    for name, old, new in zip(criteria.cells("criterion"), before, weights, strict=True):
        if new is not None:
            lines.append(words.text("workshop", "line", criterion=name, before=100 * old / whole, after=new))
    return lines


def written(
    proposal: Proposal,
    way: str,
    weights: list[float | None],
    approved_by: str,
    on: dt.date,
    layout: Layout,
    words: Catalogue,
) -> Changes:
    """Return what writes the weights, and who took part, who approved and when."""
    changes = weights_written(layout.named["criteria"], weights)
    approvals = layout.named.get("approvals")
    if approvals is None:
        raise Refusal("no_workshop")
    row = {
        "date": dt.datetime.combine(on, dt.time()),
        "approved_by": approved_by or None,
        "took_part": ", ".join(proposal.took_part),
        "note": words.text("workshop", "note", weighing=words.word("workshop_weighing", way)),
    }
    fill = appended(approvals, [row])
    assert fill is not None
    changes.rows.append(fill)
    return changes
