"""Likeness: what the best clients have more often than others, and who has it too."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.uses.likeness import likeness, lookalikes, model_of, smoothed_lift, target_gap
from scoring.uses.services import Service
from scoring.uses.thirds import Range, by_thirds, by_words

LETTERS = ("A", "B")
SECTORS = ("Food", "Metal", "Wood", "Paper")


def accounts(rows):
    names = ("account", "status", "class", "score", "sector", "trade")
    table = pd.DataFrame(rows, columns=names)
    return table.astype({"score": float})


def found(table, columns=("sector", "trade")):
    model = model_of(table, LETTERS)
    best = model & (table["class"] == "A").to_numpy()
    return likeness({key: by_words(table[key].tolist(), model) for key in columns}, model, best)


def portfolio_of_the_contract():
    """250 clients, 20 of them best, ten sectors: one of a single client, one of 20 with 8 best."""
    sectors = ["Single"] + ["Twenty"] * 20 + [f"S{at % 8}" for at in range(229)]
    best = [False] + [True] * 8 + [False] * 12 + [True] * 12 + [False] * 217
    rows = [
        (f"C{at}", "client", "A" if one else "B", 50, sector, "x")
        for at, (sector, one) in enumerate(zip(sectors, best, strict=True))
    ]
    rows += [
        (f"P{at}", "prospect", "B", 40, sector, "x") for at, sector in enumerate(["None", "Single", "Twenty"])
    ]
    return accounts(rows)


def test_the_worked_values():
    of = found(portfolio_of_the_contract(), ("sector",))
    assert (of.n_best, of.n_all) == (20, 250)
    assert of.alike[-3:].round(2).tolist() == [0, -1.58, 1.87]
    row = of.profile.set_index("value").loc["Twenty"]
    assert row[["in_best", "in_all", "share_best", "share_all", "small"]].tolist() == [
        8,
        20,
        0.4,
        0.08,
        False,
    ]
    assert of.profile.set_index("value").loc["Single", "small"]


def test_few_speak_little_and_stand_below_whatever_their_lift():
    rows = [
        ("C0", "client", "A", 9, "Rare", "x"),
        *[(f"B{at}", "client", "A", 9, "Food", "x") for at in range(6)],
    ]
    rows += [(f"D{at}", "client", "B", 9, "Wood" if at % 2 else "Food", "x") for at in range(20)]
    profile = found(accounts(rows), ("sector",)).profile
    assert profile["value"].tolist() == ["Food", "Rare", "Wood"]
    assert profile["lift"].iat[1] > profile["lift"].iat[0]


def test_what_tells_nothing_apart_is_no_column_of_the_profile():
    rows = [(f"C{at}", "client", "A" if at % 2 else "B", 9, f"S{at}", "same") for at in range(31)]
    of = found(accounts(rows))
    assert of.profile.empty
    assert of.alike.tolist() == [0] * 31


def test_only_scored_clients_make_the_profile():
    rows = [
        ("1", "client", "A", 90, "Food", "x"),
        ("2", "client", "B", 40, "Wood", "x"),
        ("3", "client", "?", None, "Food", "x"),
        ("4", "prospect", "A", 80, "Food", "x"),
        ("5", None, "A", 80, "Food", "x"),
    ]
    of = found(accounts(rows), ("sector",))
    assert of.profile[["value", "in_best", "in_all"]].to_numpy().tolist() == [["Food", 1, 1], ["Wood", 0, 1]]


def test_thirds_keep_equal_numbers_together():
    numbers = np.array([0.0] * 7 + [5, 6, 9])
    grouped = by_thirds(numbers, np.ones(10, dtype=bool))
    assert [(one.above, one.up_to) for one in grouped.groups] == [(None, 0.0), (0.0, None)]
    assert by_thirds(np.full(3, np.nan), np.ones(3, dtype=bool)).groups == []
    assert isinstance(grouped.groups[0], Range)


def test_the_gap_of_a_rep_beside_the_companys():
    table = accounts(
        [
            ("1", "client", "A", 90, "Food", "x"),
            ("2", "client", "A", 90, "Wood", "x"),
            ("3", "client", "B", 40, "Wood", "x"),
            ("4", "client", "B", 40, "Wood", "x"),
            ("5", "prospect", "B", 30, "Food", "x"),
        ]
    ).assign(
        rep=["Ana", "Ana", "Ben", "Ben", None],
        visits=[2.0, 6, 4, None, 1],
        turnover=[300.0, 100, 0, 0, np.nan],
    )
    services = (Service("A", visits=12, minutes=60), Service("B", visits=6, minutes=30))
    gap = target_gap(table, found(table, ("sector",)), services).to_dict("records")
    assert [row["rep"] for row in gap] == ["Ana", "Ben", ""]
    assert [row["in_target"] for row in gap] == [1, 0, 1]
    ana, ben, nobody = gap
    assert (ana["share_hours_done"], ana["share_turnover"]) == (0.25, 0.75)
    assert ben["share_hours_done"] == 0
    assert math.isnan(ben["share_turnover"])
    assert nobody["share_hours_done"] == 1
    assert ana["company_hours_done"] == pytest.approx(2.5 / 10.5)
    assert ana["company_turnover"] == 0.75


CLIENTS = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from(SECTORS), st.sampled_from(SECTORS)),
    min_size=2,
    max_size=40,
).filter(lambda rows: any(row[0] == "A" for row in rows))
PROSPECTS = st.lists(
    st.tuples(st.sampled_from([*SECTORS, "Glass", None]), st.sampled_from([*SECTORS, "Glass", None])),
    max_size=12,
)


def table_of(clients, prospects):
    rows = [(f"C{at}", "client", letter, 50, one, other) for at, (letter, one, other) in enumerate(clients)]
    rows += [(f"P{at}", "prospect", "B", 40, one, other) for at, (one, other) in enumerate(prospects)]
    return accounts(rows)


@given(CLIENTS, PROSPECTS)
def test_who_has_the_value_of_the_highest_lift_in_every_column_is_first(clients, prospects):
    profile = found(table_of(clients, []), ("sector", "trade")).profile
    highest = profile.sort_values("lift").groupby("column").last()["value"] if len(profile) else {}
    winner = tuple(highest.get(key, "Food") for key in ("sector", "trade"))
    table = table_of(clients, [*prospects, winner])
    of = found(table)
    at = lookalikes(table, of)
    assert of.alike[at[0]] == of.alike[len(table) - 1]


@given(CLIENTS, PROSPECTS)
def test_a_value_that_no_client_has_is_no_merit_and_the_order_of_rows_changes_nothing(clients, prospects):
    table = table_of(clients, [*prospects, ("Glass", "Glass"), (None, None)])
    of = found(table)
    assert of.alike[-2:].tolist() == [0, 0]
    assert (of.strongest[-2:] == -1).all()
    turned = table.iloc[::-1].reset_index(drop=True)
    again = found(turned)
    assert again.alike[::-1].tolist() == of.alike.tolist()
    pd.testing.assert_frame_equal(again.profile, of.profile)
    ranked, turned_ranked = (
        one["account"].iloc[lookalikes(one, which)].tolist() for one, which in ((table, of), (turned, again))
    )
    assert ranked == turned_ranked


@given(st.integers(1, 40), st.integers(0, 300), st.integers(1, 30), st.data())
def test_smoothing_draws_a_lift_towards_one(best, others, k, data):
    in_all = data.draw(st.integers(1, best + others))
    in_best = data.draw(st.integers(max(0, in_all - others), min(best, in_all)))
    plain = (in_best / best) / (in_all / (best + others))
    smoothed = float(smoothed_lift(np.array([in_best]), np.array([in_all]), best, best + others, k)[0])
    assert min(plain, 1) - 1e-9 <= smoothed <= max(plain, 1) + 1e-9
