"""Portfolios to be visited, and their tours worked out as a view does."""

import datetime as dt

import numpy as np
import pandas as pd

from scoring.uses.call_cycles import rep_names, visited
from scoring.uses.capacity import capacity
from scoring.uses.days import place, visit_days
from scoring.uses.services import Service
from scoring.uses.tour import tour

CLASSES = (
    Service("A", visits=12, minutes=60),
    Service("B", visits=6, minutes=45),
    Service("C", visits=3, minutes=30),
    Service("D", visits=0, minutes=20),
)
_WHERE = ("town", "postcode", "sector")
COLUMNS = ("account", "rep", "class", "score", "target", "last_visit", *_WHERE, "planned")


def portfolio(rows):
    """Accounts from dicts; what one does not name is missing."""
    table = pd.DataFrame([{key: row.get(key) for key in COLUMNS} for row in rows], columns=list(COLUMNS))
    for key in ("last_visit", "planned"):
        table[key] = pd.to_datetime(table[key])
    table["score"] = table["score"].astype(np.float64)
    for key in set(COLUMNS) - {"last_visit", "planned", "score"}:
        table[key] = table[key].astype(object)
    return table


class Planned:
    """Capacity, tour and days of a portfolio."""

    def __init__(
        self,
        rows,
        today=dt.date(2026, 11, 29),
        *,
        classes=CLASSES,
        possible=900.0,
        choices=None,
        due_from=0.7,
        days=None,
        per_day=5,
        closed=(),
    ):
        self.accounts = portfolio(rows)
        reps = rep_names(self.accounts)
        seen = visited(self.accounts, self.accounts["class"], classes)
        self.capacity = capacity(seen, reps, classes, possible, choices or {})
        self.tour = tour(self.accounts, self.accounts, reps, seen, classes, self.capacity, today, due_from)
        for key in (*_WHERE, "planned"):
            self.tour[key] = self.accounts[key].to_numpy()[self.tour["row"]]
        self.tour["fixed"] = self.tour["planned"] >= pd.Timestamp(today)
        self.visit_days = visit_days(today, 4, closed) if days is None else days
        visits = place(self.tour, self.visit_days, per_day, today)
        self.days = (
            self.tour.iloc[visits["place"]]
            .reset_index(drop=True)
            .assign(**{key: visits[key] for key in ("date", "slot", "beyond", "off")})
        )

    def of(self, account):
        return self.tour.set_index("account").loc[account]

    def stops(self):
        """Accounts of each day, ``{date: [code, ...]}``."""
        found = {}
        for date, account in zip(self.days["date"].dt.date, self.days["account"], strict=True):
            found.setdefault(str(date), []).append(account)
        return found
