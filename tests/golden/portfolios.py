"""Accounts of all kinds, some of their fields empty."""

import datetime as dt
import random

SOLIDITY = (
    ("Excellent", "Excellente"),
    ("Good", "Bonne"),
    ("Fair", "Moyenne"),
    ("Weak", "Fragile"),
    ("In default", "Défaillante"),
)


def some(seed, count, **fixed):
    """Accounts of all kinds, some of their fields empty."""
    rng = random.Random(seed)
    rows = []
    for i in range(count):
        row = {
            "account": f"{i:04d}",
            "name": f"Company {i}",
            "status": rng.choice(("client", "client", "client", "prospect", "suspect")),
            "turnover": maybe(rng, money(rng)),
            "turnover_1": maybe(rng, money(rng)),
            "turnover_2": maybe(rng, money(rng)),
            "potential": maybe(rng, money(rng)),
            "potential_new": maybe(rng, money(rng), 0.5),
            "days_late": maybe(rng, rng.randint(-5, 90)),
            "growth": maybe(rng, rng.randint(0, 10)),
            "influence": maybe(rng, rng.choice((0, 2.5, 7, 10))),
            "relationship": maybe(rng, rng.randint(0, 10)),
            "last_visit": maybe(rng, dt.datetime(2026, 1, 1) + dt.timedelta(days=rng.randint(0, 300))),
        }
        row |= bought(random.Random(f"{seed}/{i}"))
        rows.append(row | fixed)
    return rows


def maybe(rng, value, share=0.85):
    return value if rng.random() < share else None


def money(rng):
    return rng.choice((0, 0, rng.randint(1, 300) * 1000, round(rng.uniform(-500, 250000), 2)))


def bought(rng):
    """Purchases; their own numbers, so that the rest of an account stays as it was."""
    first = dt.datetime(2023, 11, 1) + dt.timedelta(days=rng.randint(0, 1100))
    return {
        "first_purchase": maybe(rng, first),
        "last_purchase": maybe(rng, first + dt.timedelta(days=rng.choice((0, 30, rng.randint(0, 1100))))),
        "purchases": maybe(rng, rng.choice((0, 1, 2, 3, rng.randint(1, 90)))),
    }
