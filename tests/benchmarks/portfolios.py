"""Made-up account rows for workbooks."""

import datetime as dt

import numpy as np


def account_rows(n):
    """Rows of clients by field key; the relationship is unknown, and so is a rating in five."""
    rng = np.random.default_rng(1)
    solidity = ["Excellent", "Good", "Fair", "Weak", None]
    return [
        {
            "account": f"C{number:06}",
            "name": f"Company number {number} Ltd",
            "status": "Client",
            "rep": f"R{number % 40:02}",
            "sector": f"Sector {number % 12}",
            "postcode": f"{number % 95_000:05}",
            "turnover": float(money[0]),
            "turnover_1": float(money[1]),
            "turnover_2": float(money[2]),
            "potential": float(money[3]),
            "potential_new": float(money[4]),
            "solidity": solidity[number % 5],
            "days_late": float(number % 70),
            "growth": float(number % 11),
            "influence": float(number % 10),
            "relationship": None,
            "last_visit": dt.datetime(2026, 1, 1) + dt.timedelta(days=number % 300),
        }
        for number, money in enumerate(rng.lognormal(10, 1.5, (n, 5)).round(2))
    ]
