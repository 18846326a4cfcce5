"""The sample portfolio that the template ships with; see ``PROVENANCE.md``.

AdventureWorks, Copyright (c) Microsoft Corporation, MIT licence.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from importlib import resources
from typing import Final

from scoring.terms import FIELDS, NUMERIC

__all__ = ["read_sample"]

_NUMBERS: Final = frozenset(key for key, field in FIELDS.items() if field.kind in NUMERIC)
_PLAIN_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAYS_BEFORE: Final = "last_visit_days"
_DAYS_AFTER: Final = "forced_until_days"


def read_sample(language: str, reference: dt.date) -> list[dict[str, str | float | dt.datetime | None]]:
    """Return the sample portfolio, one mapping from field key to cell for each account.

    Parameters
    ----------
    language
        ``"en"`` or ``"fr"``: the language of the sectors, the reasons and the
        deliberate faults.
    reference
        The reference date: visits lie before it, ends of forced classes count
        from it.

    Returns
    -------
    list of dict
        In the order of the file. An empty cell is None. Numbers are floats and
        dates datetimes, but for the deliberate faults, which stay texts.
        ``status`` and ``solidity`` are keys of the list words; the two faults
        among them are words of no list.

    Examples
    --------
    >>> second = read_sample("fr", dt.date(2026, 1, 31))[1]
    >>> second["account"], second["sector"], second["turnover_2"], second["last_visit"]
    ('AW00000011', 'Canada', 48761.86, datetime.datetime(2025, 2, 11, 0, 0))
    """
    folder = resources.files(__package__)
    texts = tomllib.loads(folder.joinpath(f"texts_{language}.toml").read_text(encoding="utf-8"))
    midnight = dt.datetime.combine(reference, dt.time())

    def cell(column: str, text: str) -> str | float | dt.datetime | None:
        if not text:
            return None
        if _PLAIN_NUMBER.fullmatch(text):
            if column in _NUMBERS:
                return float(text)
            if column in (_DAYS_BEFORE, _DAYS_AFTER):
                days = dt.timedelta(days=int(text))
                return midnight - days if column == _DAYS_BEFORE else midnight + days
        return str(texts.get(column.removesuffix("_days"), {}).get(text, text))

    lines = folder.joinpath("accounts.csv").read_text(encoding="utf-8").splitlines()
    return [
        {
            column if column in _NUMBERS else column.removesuffix("_days"): cell(column, text)
            for column, text in row.items()
        }
        for row in csv.DictReader(lines)
    ]
