"""Files of a tour plan for other programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from addin.catalogue import Catalogue
from addin.exports import Exported, Rows, calendar_file, portatour, rows_file, toursolver
from addin.refusals import Refusal
from addin.uses.exported import Records, plain_file, sheet_rows, with_contact
from addin.workbook.tables import BY_KEY
from scoring.text import fold

__all__ = ["Export", "tour_file"]

_CONTACT: Final = ("address", "email")
"""What a route planner needs beside the columns of the plan."""


@dataclass(frozen=True, slots=True)
class Export:
    """A file that is wanted.

    Attributes
    ----------
    kind
        One of :data:`addin.workbook.uses.tour.FILES`.
    file
        Its name.
    stamp
        When it is written, in UTC.
    rep
        Whose accounts it holds; None for all.
    """

    kind: str
    file: str
    stamp: dt.datetime
    rep: str | None = None


def tour_file(export: Export, words: Catalogue, tour: Records, days: Records, visit_days: float) -> Exported:
    """Return the file that is wanted.

    Parameters
    ----------
    export
        What is wanted.
    words
        The language of the workbook.
    tour, days
        The accounts of the plan, and the visits on their days, by field key.
    visit_days
        Days of a week on which visits are made.

    Raises
    ------
    Refusal
        ``rep_unknown`` where the plan has no such rep.
    """
    tour, days = (_of_rep(records, export.rep, tour) for records in (tour, days))
    match export.kind:
        case "csv" | "xlsx":
            sheets = [_tour_rows(words, tour), sheet_rows(words, BY_KEY["days"], days)]
            return plain_file(export.kind, sheets, words.language)
        case "portatour":
            return rows_file([portatour(tour)], export.file, words.language)
        case "toursolver":
            return rows_file([toursolver(tour, visit_days)], export.file, words.language)
        case _:
            return calendar_file(days, words.text("exports", "calendar"), export.stamp)


def _of_rep(records: Records, rep: str | None, tour: Records) -> Records:
    if rep is None:
        return records
    known = {fold(record["rep"] or ""): record["rep"] or "" for record in tour}
    if fold(rep) not in known:
        raise Refusal("rep_unknown", rep=rep, known=sorted(filter(None, known.values())))
    return [record for record in records if fold(record["rep"] or "") == fold(rep)]


def _tour_rows(words: Catalogue, tour: Records) -> Rows:
    """Return all columns of the plan, and behind them what is needed to find the account."""
    return with_contact(sheet_rows(words, BY_KEY["tour"], tour), words, tour, _CONTACT)
