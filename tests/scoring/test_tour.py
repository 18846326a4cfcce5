"""The tour plan: cycles, due dates, order, capacity and days, by worked values."""

import datetime as dt
import itertools
import math

import pytest
from support.tours import Planned

from scoring.uses.days import visit_days
from scoring.uses.services import Service

MANY = (
    Service("A", visits=365 / 30),
    Service("B", visits=365 / 60),
    Service("C", visits=365 / 120),
    Service("D", visits=0),
)


def many(choice="none", possible=1200.0):
    counts = {"A": 40, "B": 80, "C": 150, "D": 9}
    rows = [
        {"account": f"{letter}{n}", "rep": "Zoé", "class": letter}
        for letter, count in counts.items()
        for n in range(count)
    ]
    return Planned(rows, classes=MANY, possible=possible, choices={"zoe": choice}).capacity


def test_a_client_of_class_a_seen_on_the_first_of_october_is_overdue_at_the_end_of_november():
    found = Planned([{"account": "1", "class": "A", "score": 80.0, "last_visit": "2026-10-01"}]).of("1")
    assert round(found["cycle"], 4) == 30.4167
    assert str(found["due_date"].date()) == "2026-10-31"
    assert round(found["share"], 4) == 1.9397
    assert found["due_status"] == "overdue"


def test_capacity_of_forty_a_eighty_b_and_a_hundred_and_fifty_c():
    row = many().table.iloc[0]
    assert (row["rep"], row["accounts"], row["possible"]) == ("Zoé", 270, 1200)
    assert round(row["needed"], 2) == 1429.58
    assert round(row["load"], 4) == 1.1913
    assert round(row["stretch"], 4) == 1.1913
    assert round(row["protect"], 4) == 1.3218


@pytest.mark.parametrize(
    ("choice", "cycles"),
    [
        ("none", [30, 60, 120]),
        ("stretch", [35.7395, 71.479, 142.9579]),
        ("protect", [30, 79.3084, 158.6168]),
    ],
)
def test_the_choice_of_a_rep_stretches_the_cycles(choice, cycles):
    found = many(choice).cycles[0].tolist()
    assert [round(days, 2) for days in found[:3]] == [round(days, 2) for days in cycles]
    assert math.isnan(found[3])


def test_with_the_chosen_factor_the_visits_fit():
    for choice in ("stretch", "protect"):
        cycles = many(choice).cycles[0]
        assert math.isclose(40 * 365 / cycles[0] + 80 * 365 / cycles[1] + 150 * 365 / cycles[2], 1200)


def test_where_the_best_class_alone_is_too_much_protecting_it_stretches():
    row = many("protect", possible=400).table.iloc[0]
    assert math.isnan(row["protect"])
    assert (row["choice"], row["applied"]) == ("protect", "stretch")
    assert round(row["stretch"], 4) == 3.5740


def test_without_visit_days_there_is_no_load_and_no_remedy():
    found = many("stretch", possible=0)
    row = found.table.iloc[0]
    assert all(math.isnan(row[key]) for key in ("load", "stretch", "protect"))
    assert row["applied"] == "none"
    assert found.cycles[0, 0] == pytest.approx(30)


def test_who_has_room_keeps_the_cycles_whatever_the_choice():
    for choice in ("stretch", "protect"):
        assert many(choice, possible=5000).factors.tolist() == [[1, 1, 1, 1]]


def test_the_status_of_a_visit_by_the_share_of_the_cycle():
    classes = (Service("A", visits=3.65),)  # a cycle of 100 days
    today = dt.date(2026, 6, 30)
    seen = {
        "never": None,
        "overdue": today - dt.timedelta(days=101),
        "due at the end": today - dt.timedelta(days=100),
        "due": today - dt.timedelta(days=70),
        "later": today - dt.timedelta(days=69),
        "to come": today + dt.timedelta(days=3),
    }
    rows = [{"account": name, "class": "A", "last_visit": day} for name, day in seen.items()]
    tour = Planned(rows, today, classes=classes).tour
    assert dict(zip(tour["account"], tour["due_status"], strict=True)) == {
        "never": "never",
        "overdue": "overdue",
        "due at the end": "due",
        "due": "due",
        "later": "later",
        "to come": "later",
    }


@pytest.mark.parametrize(("visits", "due"), [(365 / 30.5, "2026-01-01"), (365 / 30.4, "2025-12-31")])
def test_half_a_day_rounds_up(visits, due):
    rows = [{"account": "1", "class": "A", "last_visit": "2025-12-01"}]
    assert str(Planned(rows, classes=(Service("A", visits=visits),)).of("1")["due_date"].date()) == due


def test_a_cycle_beyond_all_calendars_has_no_due_date():
    rows = [{"account": "1", "class": "A", "last_visit": "2025-12-01"}]
    found = Planned(rows, classes=(Service("A", visits=1e-9),)).tour
    assert found["due_date"].isna().all()
    assert found["due_status"].tolist() == ["later"]


def test_a_target_is_visited_as_often_as_the_worst_class_that_is_visited():
    rows = [
        {"account": "d", "class": "D", "target": "yes"},
        {"account": "?", "class": "?", "target": "yes"},
        {"account": "a", "class": "A", "target": "yes"},
        {"account": "left", "class": "D"},
        {"account": "out", "class": "?", "target": "no"},
    ]
    tour = Planned(rows).tour
    assert tour["account"].tolist() == ["a", "d", "?"]
    assert [round(days, 2) for days in tour["cycle"]] == [30.42, 121.67, 121.67]
    assert tour["minutes"].tolist() == [60, 20, 30]
    assert tour["target"].tolist() == [True, True, True]


def test_targets_count_in_the_visits_that_are_needed():
    rows = [{"account": "d", "class": "D", "target": "yes"}, {"account": "a", "class": "A"}]
    assert Planned(rows).capacity.table["needed"].tolist() == [15]


def test_a_code_that_stands_twice_is_in_no_tour():
    rows = [{"account": "c1", "class": "A"}, {"account": "C1", "class": "A"}, {"account": "c2", "class": "A"}]
    assert Planned(rows).tour["account"].tolist() == ["c2"]


def test_without_any_class_that_is_visited_nobody_is():
    found = Planned([{"account": "1", "class": "A", "target": "yes"}], classes=(Service("A", visits=0),))
    assert found.tour.empty
    assert found.days.empty
    assert found.capacity.table["needed"].tolist() == [0]


def test_the_order_of_a_tour():
    rows = [
        {"account": "later", "class": "A", "last_visit": "2026-11-20"},
        {"account": "due", "class": "A", "last_visit": "2026-11-05"},
        {"account": "b never", "class": "B"},
        {"account": "b overdue", "class": "B", "last_visit": "2025-11-05", "score": 99.0},
        {"account": "a less", "class": "A", "last_visit": "2026-10-20", "score": 95.0},
        {"account": "a more", "class": "A", "last_visit": "2026-09-20", "score": 80.0},
        {"account": "a tie 10", "class": "A", "last_visit": "2026-08-20", "score": 80.0},
        {"account": "A TIE 9", "class": "A", "last_visit": "2026-08-20", "score": 80.0},
        {"account": "a best", "class": "A", "last_visit": "2026-08-20", "score": 90.0},
        {"account": "a without score", "class": "A", "last_visit": "2026-08-20"},
        {"account": "unknown", "class": "?", "target": "yes"},
    ]
    tour = Planned(rows).tour
    assert tour["account"].tolist() == [
        "a best",
        "a tie 10",
        "A TIE 9",
        "a without score",
        "a more",
        "a less",
        "b never",
        "b overdue",
        "unknown",
        "due",
        "later",
    ]
    assert tour["order"].tolist() == list(range(1, 12))


def test_reps_come_by_name_in_one_spelling_and_nobody_last():
    reps = {"1": "Zoé", "2": "zoe ", "3": "Zoé", "4": "Abel", "5": None, "6": "  "}
    rows = [{"account": code, "rep": rep, "class": "A"} for code, rep in reps.items()]
    found = Planned(rows)
    assert found.capacity.table["rep"].tolist() == ["Abel", "Zoé", ""]
    assert found.tour["rep"].tolist() == ["Abel", "Zoé", "Zoé", "Zoé", "", ""]
    assert found.tour["order"].tolist() == [1, 1, 2, 3, 1, 2]


def test_a_rep_without_anybody_to_visit_has_a_line_all_the_same():
    rows = [{"account": "1", "rep": "Abel", "class": "D"}, {"account": "2", "rep": "Zoé", "class": "A"}]
    table = Planned(rows).capacity.table
    assert table[["rep", "accounts", "needed", "load"]].to_numpy().tolist()[0] == ["Abel", 0, 0, 0]


@pytest.mark.parametrize(
    ("today", "monday"),
    [("2026-11-29", "2026-11-30"), ("2026-11-30", "2026-11-30"), ("2026-12-01", "2026-12-07")],
)
def test_the_plan_begins_on_the_first_monday_from_today(today, monday):
    assert str(visit_days(dt.date.fromisoformat(today), 4)[0]) == monday


def test_holidays_give_their_day_to_the_next_one_of_the_week():
    closed = {dt.date(2026, 12, 25), dt.date(2026, 12, 21), dt.date(2026, 12, 28)}
    days = visit_days(dt.date(2026, 12, 20), 4, closed)
    assert [day.day for day in days] == [22, 23, 24, 29, 30, 31, 1]


def test_other_working_days_are_heeded():
    days = visit_days(dt.date(2026, 12, 20), 3, weekdays={5, 1, 2}, weeks=1)
    assert [day.day for day in days] == [22, 23, 26]


def places(*towns, **more):
    """Accounts of class A never visited, each ``code: town postcode sector``."""
    rows = []
    for text in towns:
        code, _, place = text.partition(": ")
        town, postcode, sector = place.split("/")
        rows.append(
            {
                "account": code,
                "rep": "Zoé",
                "class": "A",
                "town": town,
                "postcode": postcode,
                "sector": sector,
            }
            | more.get(code, {})
        )
    return rows


def test_a_day_is_filled_with_the_nearest_and_stays_in_one_area():
    rows = places(
        "a: Lyon/69001/Rhône",
        "b: Lille/59000/Nord",
        "c: Vienne/38200/Rhône",  # same sector
        "d: Bron/69500/",  # same first two
        "e: Givors/69001/Rhône",  # same sector and first three
        "f: LYON/69 009/Ain",  # same town and first two
        "g: Lyon/01000/",  # same town, elsewhere
    )
    assert Planned(rows).stops() == {
        "2026-11-30": ["a", "f", "e", "c", "d"],
        "2026-12-01": ["b"],
        "2026-12-02": ["g"],
    }


def test_a_blank_matches_nothing():
    rows = places("a: Lyon//", "b: Lyon//", "c: /69/", "d: /6/", "e: /69/")
    assert list(Planned(rows).stops().values()) == [["a"], ["b"], ["c", "e"], ["d"]]


def test_where_nothing_is_known_of_the_place_the_next_in_order_fill_the_day():
    rows = places("a: //", "b: Lyon/69001/", "c: //")
    assert list(Planned(rows, per_day=2).stops().values()) == [["a", "b"], ["c"]]


def test_a_day_has_room_for_so_many_and_the_plan_for_so_many_days():
    rows = places(*(f"{n:03d}: Lyon/69001/" for n in range(50)))
    stops = Planned(rows, per_day=5).stops()
    assert [len(accounts) for accounts in stops.values()] == [5] * 8
    assert [*itertools.chain.from_iterable(stops.values())] == [f"{n:03d}" for n in range(40)]


def test_who_is_not_due_is_not_placed():
    rows = places("a: Lyon/69001/", "b: Lyon/69001/", b={"last_visit": "2026-11-28"})
    assert Planned(rows).stops() == {"2026-11-30": ["a"]}


def test_a_planned_date_stands_first_on_its_day_and_gives_it_its_area():
    rows = places(
        "a: Lyon/69001/",
        "b: Lille/59000/",
        "c: Lille/59200/",
        b={"planned": "2026-11-30", "last_visit": "2026-11-28"},
    )
    assert Planned(rows).stops() == {"2026-11-30": ["b", "c"], "2026-12-01": ["a"]}


def test_a_planned_date_holds_off_visit_days_and_beyond_the_two_weeks_and_is_said():
    rows = places(
        "a: Lyon/69001/",
        "b: Lyon/69001/",
        "c: Lyon/69001/",
        a={"planned": "2026-11-29"},
        b={"planned": "2027-02-01"},
    )
    found = Planned(rows)
    assert found.stops() == {"2026-11-29": ["a"], "2026-11-30": ["c"], "2027-02-01": ["b"]}
    assert found.days["off"].tolist() == [True, False, True]


def test_more_planned_than_a_day_has_room_for_all_stand_and_are_said():
    codes = ["a", "b", "c", "d"]
    planned = {code: {"planned": "2026-11-30"} for code in codes[:3]}
    found = Planned(places(*(f"{code}: Lyon/69001/" for code in codes), **planned), per_day=2)
    assert found.stops() == {"2026-11-30": ["a", "b", "c"], "2026-12-01": ["d"]}
    assert found.days["beyond"].tolist() == [False, False, True, False]


def test_a_planned_date_that_has_gone_by_counts_as_none():
    rows = places("a: Lyon/69001/", a={"planned": "2026-11-28"})
    assert Planned(rows).stops() == {"2026-11-30": ["a"]}


def test_each_rep_has_days_of_his_own():
    rows = [
        {"account": f"{rep}{n}", "rep": rep, "class": "A", "postcode": "69001"}
        for n in range(3)
        for rep in ("Zoé", "Abel")
    ]
    found = Planned(rows, per_day=2)
    assert found.days[["rep", "date", "slot"]].astype(str).to_numpy().tolist() == [
        ["Abel", "2026-11-30", "1"],
        ["Abel", "2026-11-30", "2"],
        ["Abel", "2026-12-01", "1"],
        ["Zoé", "2026-11-30", "1"],
        ["Zoé", "2026-11-30", "2"],
        ["Zoé", "2026-12-01", "1"],
    ]
