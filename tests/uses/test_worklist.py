"""The worklist: the core by turnover, with what is unknown or old."""

import datetime as dt
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.books import TODAY, Tables

from addin.uses import printed
from scoring.portfolio import core
from scoring.uses.worklist import months_before, stale, worklist


def portfolio(turnovers):
    table = pd.DataFrame(
        {
            "account": [f"C{at:02}" for at in range(len(turnovers))],
            "turnover": pd.Series(turnovers, dtype=float),
        }
    )
    return table.assign(core=core(table["turnover"].to_numpy(), 0.8))


def test_the_core_stands_by_turnover_with_its_share_so_far():
    found = worklist(portfolio([100, 500, 300, None, 100, -50]))
    assert found["account"].tolist() == ["C01", "C02"]
    assert found["rank"].tolist() == [1, 2]
    assert found["cumulated_share"].tolist() == [0.5, 0.8]


@given(st.lists(st.one_of(st.none(), st.integers(-100, 10_000)), min_size=1, max_size=30))
def test_shares_rise_to_the_core_share_and_all_of_it_is_listed(turnovers):
    table = portfolio(turnovers)
    found = worklist(table)
    assert set(found["account"]) == set(table["account"][table["core"]])
    shares = found["cumulated_share"].tolist()
    assert shares == sorted(shares)
    assert not shares or 0.8 - 1e-9 <= shares[-1] <= 1 + 1e-9
    turnover = found["turnover"].tolist()
    assert turnover == sorted(turnover, reverse=True)


@pytest.mark.parametrize(
    ("until", "old"),
    [(dt.date(2025, 11, 22), True), (dt.date(2025, 11, 23), False), (dt.date(2026, 1, 1), False)],
)
def test_what_is_older_than_the_months_of_the_setting_is_to_be_looked_at_again(until, old):
    found = stale({"Sales": "turnover", "Growth": "growth"}, {"turnover": until}, dt.date(2026, 11, 23), 12)
    assert list(found) == (["Sales"] if old else [])


def test_a_trend_is_as_old_as_the_newest_of_its_turnovers():
    days = {"turnover": dt.date(2026, 10, 31), "turnover_1": dt.date(2025, 10, 31)}
    assert stale({"Trend": "trend"}, days, dt.date(2026, 11, 23), 12) == {}


def test_a_month_earlier_the_end_of_a_shorter_month_counts():
    assert months_before(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 28)


def tables(language="en"):
    book = Tables(language)
    client = book.words.word("status", "client")
    known = {"status": client, "turnover_1": 50.0, "turnover_2": 50.0, "days_late": 5.0, "growth": 5.0}
    return book.rows(
        "Clients",
        [
            {**known, "account": "1", "turnover": 800.0, "potential": 1000.0, "solidity": None},
            {**known, "account": "2", "turnover": 900.0, "growth": None, "days_late": None},
            {**known, "account": "3", "turnover": 700.0, "potential": 1000.0},
            {**known, "account": "4", "turnover": 1.0, "potential": 1000.0},
            {**known, "account": "5", "turnover": 350.0},
            {**known, "account": "5", "turnover": 350.0},
        ],
    )


def listed(book, today=TODAY):
    scoring = book.score(asked={"worklist": {}}, today=today)
    return printed(scoring.uses), scoring


def test_missing_criteria_in_use_are_named_the_heaviest_first_and_a_code_that_stands_twice_is_in_no_list():
    found, _ = listed(tables())
    rows = {row["account"]: row for row in found["Worklist"]}
    assert list(rows) == ["2", "1", "3"]
    assert rows["2"]["missing"] == ["Potential", "Payment", "Growth"]
    assert rows["1"]["missing"] == [], "what nobody has begun to use makes nobody incomplete"
    assert rows["1"]["completeness"] == 1.0
    assert {row["accounts"] for row in found["WorklistProgress"]} == {3}


def test_the_bar_is_known_weight_over_all_weight_in_the_core():
    found, _ = listed(tables())
    # In use: turnover 30, trend 10, potential 15, payment 10, growth 5 = 70; of account 2 unknown: 30.
    assert found["WorklistProgress"][0]["known"] == pytest.approx((3 * 70 - 30) / (3 * 70))


def test_old_figures_are_named_where_an_import_noted_their_day():
    book = tables()
    words = book.words
    row = {
        "kind": "FEC",
        "source": "x",
        "target": words.header("accounts", "turnover"),
        "until": dt.datetime(2024, 12, 31),
    }
    book.tables["ImportColumns"] = type(book.tables["ImportColumns"])(
        *(
            getattr(book.tables["ImportColumns"], name)
            for name in ("name", "sheet", "top", "left", "headers")
        ),
        tuple([row.get(key)] for key in ("kind", "source", "target", "known", "until")),
    )
    found, scoring = listed(book)
    assert {tuple(row["stale"]) for row in found["Worklist"]} == {("Turnover", "Trend")}
    assert [note.keys[-1] for note in scoring.uses["worklist"].notes] == ["stale"]


def test_without_a_core_the_list_says_why_it_is_empty():
    found, scoring = listed(Tables("fr"))
    assert found["Worklist"] == []
    assert [note.keys[-1] for note in scoring.uses["worklist"].notes] == ["empty"]
    assert json.dumps(found)
