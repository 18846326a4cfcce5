"""The yearly review: ages, sums, accounts to look at, and classes against those of a year ago."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.books import TODAY, Tables, cells, written

from addin.uses import printed
from scoring.profile import profile
from scoring.uses.review import class_matrix, classes_at, forced_ending, without_purchase

LETTERS = ("A", "B", "C", "D")


def history(*rows):
    table = pd.DataFrame(rows, columns=["account", "date", "class"], dtype=object)
    return table.assign(date=pd.to_datetime(table["date"]))


def test_the_class_of_a_day_is_that_of_the_last_row_up_to_it():
    rows = history(
        ("c1", "2025-06-01", "C"),
        ("C1", "2024-01-01", "D"),
        ("c1", "2026-01-01", "A"),
        ("c2", "2026-01-01", "B"),
    )
    assert classes_at(rows, dt.date(2025, 11, 29)) == {"c1": "C"}


def test_the_matrix_counts_accounts_and_turnover_from_class_to_class():
    accounts = pd.DataFrame(
        {
            "account": ["a", "B", "c", "d", "e"],
            "class": ["A", "A", "?", "D", "A"],
            "turnover": [1.0, None, 3.0, 4.0, 5.0],
        }
    )
    found = class_matrix(accounts, {"a": "B", "b": "B", "c": "A", "d": "?"}, LETTERS)
    assert found.to_dict("records") == [
        {"before": "A", "now": "?", "accounts": 1, "turnover": 3.0},
        {"before": "B", "now": "A", "accounts": 2, "turnover": 1.0},
        {"before": "?", "now": "D", "accounts": 1, "turnover": 4.0},
    ]


@given(
    st.lists(st.tuples(st.sampled_from("ABCD?"), st.sampled_from("ABCD?")), min_size=1, max_size=30),
    st.randoms(use_true_random=False),
)
def test_every_account_with_a_class_of_then_is_in_one_cell_of_the_matrix(moves, chance):
    accounts = pd.DataFrame(
        {
            "account": [f"c{at}" for at in range(len(moves))],
            "class": [now for _, now in moves],
            "turnover": 1.0,
        }
    )
    before = {f"c{at}": then for at, (then, _) in enumerate(moves)}
    found = class_matrix(accounts, before, LETTERS)
    assert found["accounts"].sum() == found["turnover"].sum() == len(moves)
    order = list(range(len(moves)))
    chance.shuffle(order)
    pd.testing.assert_frame_equal(class_matrix(accounts.iloc[order], before, LETTERS), found)


def test_clients_without_a_purchase_have_a_known_turnover_of_nothing():
    accounts = pd.DataFrame(
        {"status": ["client", "client", "client", "prospect"], "turnover": [0.0, None, -5.0, 0.0]}
    )
    assert without_purchase(accounts).tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("until", "ends"),
    [("2026-11-29", True), ("2027-01-28", True), ("2027-01-29", False), ("2026-11-28", False)],
)
def test_a_forced_class_ends_soon_within_sixty_days_while_it_lasts(until, ends):
    accounts = pd.DataFrame(
        {"forced": ["A"], "forced_reason": ["launch"], "forced_until": [pd.Timestamp(until)]}
    )
    assert forced_ending(accounts, LETTERS, dt.date(2026, 11, 29)).tolist() == [ends]


END = dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("turnovers", "first", "purchases", "expected"),
    [
        ((0, 10, 10), "2020-01-01", 5, "dormant"),
        ((-3, 0, 10), "2020-01-01", 5, "dormant"),
        ((10, 0, 0), "2026-03-01", 5, "new"),
        ((10, None, None), "2026-03-01", 5, None),
        ((100, 5, 5), "2020-01-01", 9, "volatile"),
        ((10, 10, 10), "2020-01-01", 9, "loyal"),
        ((10, 10, 10), "2020-01-01", 4, None),
        ((10, 10, None), "2020-01-01", 9, None),
        ((10, 10, 10), "2020-01-01", None, None),
    ],
)
def test_a_client_has_the_first_profile_that_fits(turnovers, first, purchases, expected):
    others = [(7.0, 7.0, 7.0, "2020-01-01", count) for count in (5.0, 5.0, 9.0)]
    rows = [(*turnovers, first, purchases), *others]
    table = pd.DataFrame(
        rows, columns=["turnover", "turnover_1", "turnover_2", "first_purchase", "purchases"]
    )
    table = table.astype(dict.fromkeys(["turnover", "turnover_1", "turnover_2", "purchases"], float))
    assert profile(table.assign(first_purchase=pd.to_datetime(table["first_purchase"])), END)[0] == expected


def book(language="en"):
    tables = Tables(language)
    client = tables.words.word("status", "client")
    known = {"status": client, "turnover_1": 50.0, "turnover_2": 50.0, "days_late": 5.0, "potential": 900.0}
    return tables.rows(
        "Clients",
        [
            {**known, "account": "1", "turnover": 800.0, "purchases": 3.0},
            {
                **known,
                "account": "2",
                "turnover": 0.0,
                "purchases": 2.0,
                "last_purchase": dt.datetime(2025, 1, 9),
            },
            {**known, "account": "3", "turnover": 40.0, "purchases": 30.0},
            {"account": "4", "status": client},
            {
                **known,
                "account": "5",
                "turnover": 90.0,
                "purchases": 1.0,
                "forced": "A",
                "forced_reason": "launch",
                "forced_until": dt.datetime(2026, 12, 24),
            },
        ],
    )


def reviewed(tables, today=TODAY):
    scoring = tables.score(asked={"review": {}}, today=today)
    return printed(scoring.uses), scoring


def test_accounts_to_look_at_stand_topic_by_topic_with_why():
    found, _ = reviewed(book())
    listed = {(row["topic"], row["account"]) for row in found["ReviewAccounts"]}
    assert listed == {("no_purchase", "2"), ("not_scored", "4"), ("small_loyal", "3"), ("forced_ending", "5")}
    counts = {row["topic"]: row["accounts"] for row in found["Review"] if row["topic"] in dict(listed)}
    assert counts == {"no_purchase": 1, "not_scored": 1, "small_loyal": 1, "forced_ending": 1}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_classes_are_compared_with_those_of_a_year_ago_and_twice_gives_the_same(language):
    tables = book(language)
    first = reviewed(tables, dt.date(2025, 11, 1))[1]
    after = written(tables.list(), first)
    tables.tables = {table.name: table for table in after}
    tables.set("Clients", 0, "turnover", 900_000.0)
    found, again = reviewed(tables)
    assert sum(row["accounts"] for row in found["ReviewMatrix"]) == 5
    assert ("1", "?") not in [(row["before"], row["now"]) for row in found["ReviewMatrix"]]
    tables.tables = {table.name: table for table in written(tables.list(), again)}
    assert not reviewed(tables)[1].changes.rows
    said = {row["topic"] for row in cells(tables.list(), "ReviewAccounts")}
    assert tables.words.word("review", "no_purchase") in said


def test_without_a_history_of_a_year_the_review_says_so():
    found, scoring = reviewed(book())
    assert found["ReviewMatrix"] == []
    assert [note.keys[-1] for note in scoring.uses["review"].notes] == ["no_year"]


def test_sums_are_set_against_the_last_import():
    tables = book()
    words = tables.words
    table = tables.tables["Imports"]
    item, header = words.text("imports", "item", "after"), words.header("accounts", "turnover")
    row = {"date": dt.datetime(2026, 5, 1), "file": "erp.csv", "item": item, "amount": 900.0, "note": header}
    keys = ("date", "file", "line", "account", "item", "rows", "amount", "note")
    tables.tables["Imports"] = type(table)(
        table.name, table.sheet, table.top, table.left, table.headers, tuple([row.get(key)] for key in keys)
    )
    found, _ = reviewed(tables)
    (sums,) = (one for one in found["Review"] if one["item"] == header)
    assert (sums["turnover"], sums["imported"], sums["note"]) == (930.0, 900.0, "more")
    (erp,) = (one for one in found["Review"] if one["topic"] == "import")
    assert (erp["item"], erp["date"]) == ("erp.csv", "2026-05-01")
    assert erp["age"] == pytest.approx(206 / (365.25 / 12))


def test_profiles_of_an_empty_portfolio_are_none():
    assert profile(pd.DataFrame({"account": []}), END).tolist() == []
    assert np.array_equal(profile(pd.DataFrame({"account": ["1"]}), END), [None])
