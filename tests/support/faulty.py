"""A sound workbook to put faults in."""

GOOD = {
    "account": "C1",
    "status": "Client",
    "turnover": 60_000.0,
    "turnover_1": 50_000.0,
    "turnover_2": 50_000.0,
    "potential": 80_000.0,
    "potential_new": 10_000.0,
    "days_late": 5.0,
    "growth": 5.0,
}
