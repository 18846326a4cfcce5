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

__all__ = ["read_orders", "read_requests", "read_sample", "read_stock"]

_NUMBERS: Final = frozenset(key for key, field in FIELDS.items() if field.kind in NUMERIC)
_PLAIN_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAYS_BEFORE: Final = frozenset({"last_visit_days", "first_purchase_days", "last_purchase_days"})
_DAYS_AFTER: Final = "forced_until_days"
_SATURDAY: Final = 5


def read_sample(language: str, reference: dt.date) -> list[dict[str, str | float | dt.datetime | None]]:
    """Return the sample portfolio, one mapping from field key to cell for each account.

    Parameters
    ----------
    language
        ``"en"`` or ``"fr"``: the language of the sectors, the reasons and the
        deliberate faults.
    reference
        The reference date: visits and purchases lie before it, ends of forced
        classes count from it.

    Returns
    -------
    list of dict
        In the order of the file. An empty cell is None. Numbers are floats and
        dates datetimes, but for the deliberate faults, which stay texts.
        ``status``, ``solidity`` and ``target`` are keys of the list words; the
        two faults among them are words of no list.

    Examples
    --------
    >>> second = read_sample("fr", dt.date(2026, 1, 31))[1]
    >>> second["account"], second["sector"], second["turnover_2"], second["last_visit"]
    ('AW00000011', 'Canada', 48761.86, datetime.datetime(2025, 2, 11, 0, 0))
    """
    texts = _texts(language)
    midnight = dt.datetime.combine(reference, dt.time())

    def cell(column: str, text: str) -> str | float | dt.datetime | None:
        if not text:
            return None
        if _PLAIN_NUMBER.fullmatch(text):
            if column in _NUMBERS:
                return float(text)
            if column in _DAYS_BEFORE or column == _DAYS_AFTER:
                days = dt.timedelta(days=int(text))
                return midnight - days if column in _DAYS_BEFORE else midnight + days
        return str(texts.get(column.removesuffix("_days"), {}).get(text, text))

    return [
        {
            column if column in _NUMBERS else column.removesuffix("_days"): cell(column, text)
            for column, text in row.items()
        }
        for row in _rows("accounts.csv")
    ]


def read_orders(reference: dt.date) -> list[dict[str, str | float | dt.datetime | None]]:
    """Return open orders of accounts of the sample, one mapping from field key to cell for each line.

    Parameters
    ----------
    reference
        The reference date: due dates count from it.

    Examples
    --------
    >>> last = read_orders(dt.date(2026, 1, 31))[-1]
    >>> last["order"], last["product"], last["quantity"], last["due"]
    ('5033', 'PK-7098', 6.0, None)
    """
    midnight = dt.datetime.combine(reference, dt.time())
    return [
        {
            **{key: row[key] for key in ("order", "account", "product")},
            "quantity": float(row["quantity"]),
            "due": midnight + dt.timedelta(days=int(row["due_days"])) if row["due_days"] else None,
        }
        for row in _rows("orders.csv")
    ]


def read_stock() -> list[dict[str, str | float]]:
    """Return what there is of each product that the orders of the sample name.

    >>> read_stock()[0]
    {'product': 'BK-M68B-42', 'available': 5.0}
    """
    return [{"product": row["product"], "available": float(row["available"])} for row in _rows("stock.csv")]


def read_requests(language: str, reference: dt.date) -> list[dict[str, str | dt.datetime | None]]:
    """Return the log of requests of the sample, one mapping from field key to cell for each request.

    Parameters
    ----------
    language
        ``"en"`` or ``"fr"``.
    reference
        The reference date: all came and were answered on working days before it.

    Returns
    -------
    list of dict
        In the order of the file; ``request`` is one of the kinds that the template ships with.

    Examples
    --------
    >>> first = read_requests("en", dt.date(2026, 11, 29))[0]
    >>> str(first["received"]), first["account"], first["request"], first["by"]
    ('2026-11-20 10:05:00', 'AW00000010', 'Order', 'Sales administration')
    """
    texts = _texts(language)

    def moment(days: str, time: str) -> dt.datetime | None:
        if not days:
            return None
        return dt.datetime.combine(_working_days_before(reference, int(days)), dt.time.fromisoformat(time))

    return [
        {
            "received": moment(row["received_days"], row["received_time"]),
            "account": row["account"],
            "request": texts["request"][row["request"]],
            "subject": texts["subject"][row["subject"]],
            "answered": moment(row["answered_days"], row["answered_time"]),
            "by": texts["by"][row["by"]] if row["by"] else None,
        }
        for row in _rows("requests.csv")
    ]


def _working_days_before(day: dt.date, count: int) -> dt.date:
    """Return the day so many days from Monday to Friday before another.

    >>> [str(_working_days_before(dt.date(2026, 11, day), 1)) for day in (27, 29, 30)]
    ['2026-11-26', '2026-11-27', '2026-11-27']
    """
    while count:
        day -= dt.timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def _rows(file: str) -> list[dict[str, str]]:
    lines = resources.files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines))


def _texts(language: str) -> dict[str, dict[str, str]]:
    file = resources.files(__package__).joinpath(f"texts_{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
