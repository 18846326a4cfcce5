"""Laws of the tour plan: due dates and order as defined, days in one area, nobody twice, nobody lost."""

import datetime as dt
import math
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.tours import CLASSES, Planned

from scoring.uses.services import Service

TODAY = dt.date(2026, 11, 25)  # a Wednesday
LETTERS = ["A", "B", "C", "D", "?"]
PLACE_IN_ORDER = {"never": 0, "overdue": 0, "due": 1, "later": 2}

texts = st.sampled_from([None, "", "Lyon", "LYON ", "Lille", "Nice"])
accounts = st.fixed_dictionaries(
    {
        "rep": st.sampled_from(["Abel", "abel", "Zoé", None]),
        "class": st.sampled_from(LETTERS),
        "score": st.sampled_from([None, 10.0, 50.0, 90.0]),
        "target": st.sampled_from([None, "yes", "no"]),
        "last_visit": st.one_of(st.none(), st.dates(dt.date(2025, 6, 1), dt.date(2026, 12, 5))),
        "town": texts,
        "postcode": st.sampled_from([None, "6", "69001", "69002", "59000", "06000", "5 900"]),
        "sector": st.sampled_from([None, "North", "north", "South"]),
        "planned": st.one_of(st.none(), st.none(), st.dates(dt.date(2026, 11, 20), dt.date(2026, 12, 20))),
    }
)
portfolios = st.lists(accounts, max_size=25).map(
    lambda rows: [{"account": f"C{place}", **row} for place, row in enumerate(rows)]
)
choices = st.fixed_dictionaries(
    {}, optional={rep: st.sampled_from(["none", "stretch", "protect"]) for rep in ("Abel", "Zoé", "")}
)
planned = st.builds(
    lambda rows, **more: Planned(rows, TODAY, **more),
    portfolios,
    possible=st.sampled_from([0.0, 10.0, 40.0, 900.0]),
    choices=choices,
    per_day=st.integers(0, 6),
)


@settings(max_examples=40)
@given(planned)
def test_due_date_and_share_are_as_defined(plan):
    for row in plan.tour.to_dict("records"):
        visited = plan.accounts["last_visit"].iloc[row["row"]]
        if pd.isna(visited):
            assert row["due_status"] == "never"
            assert math.isnan(row["share"])
            continue
        days = (TODAY - visited.date()).days
        assert row["share"] == pytest.approx(days / row["cycle"])
        assert (row["due_date"] - visited).days == math.floor(row["cycle"] + 0.5)
        expected = "overdue" if days > row["cycle"] else "due" if days >= 0.7 * row["cycle"] else "later"
        assert row["due_status"] == expected


@settings(max_examples=40)
@given(planned)
def test_a_rep_sees_first_what_presses_most(plan):
    for _, tour in plan.tour.groupby("rep"):
        keys = [
            (
                PLACE_IN_ORDER[row["due_status"]],
                LETTERS.index(row["class"]),
                -math.inf if row["due_status"] == "never" else -row["share"],
                math.inf if math.isnan(row["score"]) else -row["score"],
                row["account"],
            )
            for row in tour.to_dict("records")
        ]
        assert keys == sorted(keys)
        assert tour["order"].tolist() == list(range(1, len(tour) + 1))


@settings(max_examples=40)
@given(planned)
def test_everybody_to_be_visited_is_in_one_tour_and_nobody_else(plan):
    wanted = {
        row["account"]
        for row in plan.accounts.to_dict("records")
        if row["class"] in "ABC" or row["target"] == "yes"
    }
    assert Counter(plan.tour["account"]) == Counter(wanted)


@settings(max_examples=40)
@given(planned)
def test_nobody_is_placed_twice(plan):
    assert plan.days["account"].is_unique


@settings(max_examples=40)
@given(planned)
def test_what_was_placed_stands_on_visit_days_behind_what_was_planned(plan):
    for (_, date), day in plan.days.groupby(["rep", "date"]):
        fixed = day["fixed"]
        placed = int((~fixed).sum())
        assert day["slot"].tolist() == list(range(1, len(day) + 1))
        if placed:
            assert date.date() in plan.visit_days
            assert fixed.tolist() == sorted(fixed.tolist(), reverse=True)


@settings(max_examples=40)
@given(portfolios, st.integers(0, 6))
def test_a_day_is_never_over_capacity_by_what_was_placed(rows, per_day):
    plan = Planned(rows, TODAY, per_day=per_day)
    for _, day in plan.days.groupby(["rep", "date"]):
        fixed = day["fixed"]
        assert len(day) <= max(per_day, int(fixed.sum()))
        assert day["beyond"].tolist() == [slot > per_day for slot in day["slot"]]


@settings(max_examples=40)
@given(planned)
def test_a_planned_date_stands_on_its_date(plan):
    placed = dict(zip(plan.days["account"], plan.days["date"].dt.date, strict=True))
    for row in plan.tour.to_dict("records"):
        if row["fixed"]:
            assert placed[row["account"]] == row["planned"].date()


@settings(max_examples=40)
@given(planned)
def test_only_what_presses_is_placed_where_nobody_planned(plan):
    days = plan.days
    unplanned = days[~days["fixed"]]
    assert set(unplanned["due_status"]) <= {"never", "overdue", "due"}


def _near(one, other):
    """Whether two accounts are near by one of the four rules."""

    def same(key, length=None):
        left, right = (" ".join((row[key] or "").casefold().split())[:length] for row in (one, other))
        return bool(left) and left == right and (length is None or len(left) == length)

    town_and_two = same("town") and same("postcode", 2)
    return town_and_two or same("sector") or same("postcode", 2)


@settings(max_examples=40)
@given(planned)
def test_a_day_stays_in_the_area_of_what_stands_first(plan):
    for _, day in plan.days.groupby(["rep", "date"]):
        rows = day.astype(object).where(day.notna(), None).to_dict("records")
        first = rows[0]
        if not any((first[key] or "").strip() for key in ("town", "postcode", "sector")):
            continue
        placed = [row for row in rows[1:] if not row["fixed"]]
        assert all(_near(first, row) for row in placed)


@settings(max_examples=40)
@given(planned)
def test_the_first_that_presses_is_on_the_first_day_with_room(plan):
    for rep, tour in plan.tour.groupby("rep"):
        days = plan.days[plan.days["rep"] == rep]
        free = tour[tour["due_status"].isin(["never", "overdue", "due"]) & ~tour["fixed"]]
        taken = set(days["date"].dt.date[days["fixed"]])
        opened = [day for day in plan.visit_days if day not in taken]
        filled = set(days["date"].dt.date)
        if len(free) and opened and filled & set(opened):
            first = days[days["date"].dt.date == opened[0]].iloc[0]
            left = free[~free["account"].isin(days["account"][days["date"].dt.date < opened[0]])]
            assert first["account"] == left["account"].iloc[0]


@settings(max_examples=40)
@given(st.randoms(use_true_random=False), portfolios, choices)
def test_the_order_of_rows_changes_nothing(random, rows, chosen):
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = (Planned(each, TODAY, choices=chosen, possible=20.0) for each in (rows, shuffled))
    assert one.capacity.table.equals(other.capacity.table)
    assert one.tour.drop(columns="row").equals(other.tour.drop(columns="row"))
    assert one.days.drop(columns="row").equals(other.days.drop(columns="row"))


@settings(max_examples=40)
@given(portfolios, st.floats(1, 2000), st.sampled_from(["stretch", "protect"]))
def test_what_a_rep_chooses_makes_the_visits_fit(rows, possible, choice):
    chosen = dict.fromkeys(("Abel", "Zoé", ""), choice)
    plan = Planned(rows, TODAY, choices=chosen, possible=possible)
    for place, row in enumerate(plan.capacity.table.to_dict("records")):
        mine = plan.tour[plan.tour["rep"] == row["rep"]]
        assert (365 / mine["cycle"]).sum() <= max(possible, 0) * (1 + 1e-9)
        assert row["needed"] == pytest.approx((365 / mine["cycle"]).sum()) or row["load"] > 1
        assert (plan.capacity.factors[place] >= 1).all()
        if row["applied"] == "protect":
            assert plan.capacity.factors[place, 0] == 1


@settings(max_examples=40)
@given(portfolios)
def test_needed_is_the_sum_of_the_visits_of_the_classes(rows):
    plan = Planned(rows, TODAY)
    by_rep = Counter()
    visits = {one.letter: one.visits for one in CLASSES}
    for row in plan.tour.to_dict("records"):
        by_rep[row["rep"]] += visits.get(row["class"], 0) or 3
    table = plan.capacity.table
    assert dict(zip(table["rep"], table["needed"], strict=True)) == {rep: by_rep[rep] for rep in table["rep"]}


def test_a_class_with_a_blank_for_visits_is_like_one_with_none():
    blank = (Service("A", visits=12), Service("B", visits=float("nan")))
    rows = [{"account": "1", "class": "B"}, {"account": "2", "class": "B", "target": "yes"}]
    plan = Planned(rows, TODAY, classes=blank)
    assert plan.tour["account"].tolist() == ["2"]
    assert plan.capacity.table["needed"].tolist() == [12]
