"""The agenda of 90 days: the days of a tour week after week, each visit moving the next due date."""

import datetime as dt

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from support.tours import CLASSES, Planned, portfolio

from scoring.uses.agenda import AGENDA_DAYS, agenda
from scoring.uses.call_cycles import DAYS_OF_YEAR, rep_names, visited
from scoring.uses.capacity import capacity
from scoring.uses.days import visit_days

TODAY = dt.date(2026, 11, 29)
CYCLES = {one.letter: DAYS_OF_YEAR / one.visits for one in CLASSES if one.visits}


def placed(rows, per_day=5, due_from=0.7, today=TODAY):
    accounts = portfolio(rows)
    reps = rep_names(accounts)
    seen = visited(accounts, accounts["class"], CLASSES)
    load = capacity(seen, reps, CLASSES, 900.0, {})
    days = visit_days(today, 4, weeks=AGENDA_DAYS // 7 + 1)
    found = agenda(accounts, reps, seen, CLASSES, load, days, per_day, today, due_from)
    return found.assign(account=accounts["account"].to_numpy()[found["row"]], date=found["date"].dt.date)


def dates_of(found, account):
    return [str(day) for day in found.loc[found["account"] == account, "date"]]


def test_each_visit_moves_the_next_due_date():
    rows = [{"account": "1", "rep": "Ana", "class": "A", "town": "Lyon", "postcode": "69001"}]
    found = placed(rows)
    # every 30.4 days, due from 70 % of it: the first visit day on which 21.3 days have gone by at its Monday
    assert dates_of(found, "1") == ["2026-11-30", "2026-12-28", "2027-01-25", "2027-02-22"]
    assert found["due_status"].tolist() == ["never", "due", "due", "due"]


def test_the_first_week_is_that_of_the_tour():
    rows = [
        {
            "account": str(at),
            "rep": "Ana",
            "class": "AB"[at % 2],
            "sector": "NS"[at % 3 > 0],
            "last_visit": "2026-09-01",
        }
        for at in range(30)
    ]
    stops = Planned(rows, per_day=3).stops()
    found = placed(rows, per_day=3)
    first = found[found["date"] <= dt.date(2026, 12, 6)]
    of_agenda = {str(day): group["account"].tolist() for day, group in first.groupby("date")}
    assert of_agenda == {day: codes for day, codes in stops.items() if day <= "2026-12-06"}


def test_a_planned_date_stands_and_nothing_comes_before_it():
    rows = [
        {"account": "1", "rep": "Ana", "class": "A", "planned": "2027-01-10"},  # a Sunday
        {"account": "2", "rep": "Ana", "class": "A", "planned": "2027-06-01"},  # beyond the agenda
        {"account": "3", "rep": "Ana", "class": "A", "planned": "2026-11-30"},
    ]
    found = placed(rows)
    assert dates_of(found, "1")[0] == "2027-01-10"
    assert dates_of(found, "1")[1] == "2027-02-01"
    assert dates_of(found, "2") == []
    assert found.loc[found["account"] == "3", "planned"].tolist() == [True, False, False, False]


def test_nobody_to_visit_makes_an_empty_agenda():
    assert placed([{"account": "1", "rep": "Ana", "class": "D"}]).empty
    assert placed([]).empty


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABCD?"),
        st.sampled_from(["N", "S", None]),
        st.one_of(st.none(), st.dates(dt.date(2026, 6, 1), TODAY)),
        st.one_of(st.none(), st.dates(dt.date(2026, 11, 1), dt.date(2027, 3, 31))),
    ),
    max_size=25,
)


@given(ROWS, st.integers(1, 4))
def test_laws_of_an_agenda(rows, per_day):
    table = [
        {
            "account": f"C{at}",
            "rep": "Ana",
            "class": letter,
            "sector": sector,
            "last_visit": last,
            "planned": planned,
        }
        for at, (letter, sector, last, planned) in enumerate(rows)
    ]
    found = placed(table, per_day)
    assert found["date"].between(TODAY, TODAY + dt.timedelta(days=AGENDA_DAYS)).all()
    assert not set(found["account"]) & {row["account"] for row in table if row["class"] in "D?"}
    free = found[~found["planned"]]
    assert free.empty or free.groupby("date").size().max() <= per_day
    for row in table:
        visits = found[found["account"] == row["account"]]
        fixed = row["planned"] is not None and TODAY <= row["planned"] <= TODAY + dt.timedelta(
            days=AGENDA_DAYS
        )
        assert not fixed or row["class"] in "D?" or row["planned"] in visits["date"].tolist()
        days = pd.to_datetime(visits.loc[~visits["planned"], "date"])
        # nobody comes again before a good part of the cycle, counted from the Monday of the week
        assert (days.diff().dt.days.dropna() >= 0.7 * CYCLES.get(row["class"], 0) - 1e-6).all()
