"""Laws of a refresh on whole workbooks: sheets, languages, twice."""

import dataclasses
import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from support.books import TODAY, Tables, cells, written

from addin.refresh.score_tables import score_tables

STATUS = {"en": ("Client", "Prospect", "Suspect"), "fr": ("Client", "Prospect", "Suspect")}
SOLIDITY = {
    "en": ("Excellent", "good ", "FAIR", "Weak", "In default", "unheard of"),
    "fr": ("Excellente", "bonne ", "MOYENNE", "Fragile", "Défaillante", "unheard of"),
}
STATES = {
    "en": ("New", "Returned", "Lost", "Dormant", "Active"),
    "fr": ("Nouveau", "De retour", "Perdu", "Dormant", "Actif"),
}
amounts = st.one_of(st.none(), st.integers(-500, 300_000).map(float))
notes = st.one_of(st.none(), st.integers(-1, 11).map(float))
choice = st.one_of(st.none(), st.integers(0, 5))

account = st.fixed_dictionaries(
    {
        "status": st.integers(0, 2),
        "turnover": amounts,
        "turnover_1": amounts,
        "turnover_2": amounts,
        "potential": amounts,
        "potential_new": amounts,
        "solidity": choice,
        "days_late": amounts,
        "growth": notes,
        "influence": notes,
        "relationship": notes,
        "forced": st.sampled_from([None, None, None, "A", "D"]),
        "forced_reason": st.sampled_from([None, "x"]),
        "forced_until": st.sampled_from([None, dt.datetime(2027, 1, 1), dt.datetime(2020, 1, 1)]),
    }
)
portfolios = st.lists(account, min_size=1, max_size=12)


def in_language(rows, language):
    return [
        row
        | {
            "account": f"C{position:03}",
            "status": STATUS[language][row["status"]],
            "solidity": None if row["solidity"] is None else SOLIDITY[language][row["solidity"]],
        }
        for position, row in enumerate(rows)
    ]


def outcome(tables, name, language):
    """What refresh fills, by account, free of language."""
    found = {}
    for row in cells(tables, name):
        if row["account"]:
            state = row["state"]
            found[row["account"]] = (
                row["score"],
                row["class"],
                row["computed"],
                row["previous"],
                row["completeness"],
                row["rank"],
                row["trend"],
                None if state is None else STATES[language].index(state),
                row["core"] in ("Yes", "Oui"),
            )
    return found


@given(portfolios)
@settings(max_examples=40)
def test_french_equals_english(rows):
    found = {}
    for language in ("en", "fr"):
        tables = Tables(language).rows("Clients", in_language(rows, language))
        scoring = tables.score()
        found[language] = outcome(written(tables.list(), scoring), "Clients", language)
        found[language, "places"] = [(f.cell, f.account, f.stops) for f in scoring.report.findings]
    assert found["en"] == found["fr"]
    assert found["en", "places"] == found["fr", "places"]


@given(portfolios, st.randoms())
@settings(max_examples=40)
def test_the_order_of_rows_and_sheets_changes_nothing(rows, random):
    accounts = in_language(rows, "en")
    straight = Tables().rows("Clients", accounts)
    expected = outcome(written(straight.list(), straight.score()), "Clients", "en")

    shuffled = list(accounts)
    random.shuffle(shuffled)
    cut = random.randint(0, len(shuffled))
    moved = Tables().rows("Clients", shuffled[:cut]).rows("Prospects", shuffled[cut:])
    tables = moved.list()
    random.shuffle(tables)
    scoring = score_tables(tables, TODAY)
    after = written(tables, scoring)
    found = outcome(after, "Clients", "en") | outcome(after, "Prospects", "en")
    assert found == expected
    history = sorted(map(repr, cells(after, "History")))
    assert history == sorted(map(repr, cells(written(straight.list(), straight.score()), "History")))
    assert scoring.report.n_accounts == len(rows)


@given(portfolios)
@settings(max_examples=40)
def test_refreshing_twice_gives_the_same_cells(rows):
    tables = Tables().rows("Clients", in_language(rows, "en"))
    once = written(tables.list(), tables.score())
    again = Tables()
    again.tables = {table.name: table for table in once}
    second = again.score()
    assert all((fill.same | fill.skip).all() for fill in second.changes.columns)
    assert not second.changes.rows
    assert not second.report.moves


@given(portfolios, st.sampled_from(["skip", "zero", "neutral"]))
@settings(max_examples=25)
def test_a_criterion_of_weight_0_changes_nothing(rows, missing):
    accounts = in_language(rows, "en")
    plain, more = Tables().rows("Clients", accounts), Tables().rows("Clients", accounts)
    criterion = {
        "criterion": "Extra",
        "column": "Postcode",
        "applies_to": "All",
        "weight": 0.0,
        "scale": "note",
        "missing": missing,
    }
    at = more.tables["Criteria"].n_rows
    for key, value in criterion.items():
        more.set("Criteria", at, key, value)
    left, right = (written(t.list(), t.score()) for t in (plain, more))
    assert [t.columns for t in left if t.name != "Criteria"] == [
        t.columns for t in right if t.name != "Criteria"
    ]


@given(portfolios, st.integers(0, 11), st.integers(0, 100_000))
@settings(max_examples=40)
def test_more_turnover_never_lowers_a_score_when_the_trend_is_off(rows, at, more):
    at %= len(rows)
    richer = [dict(row) for row in rows]
    if richer[at]["turnover"] is None:
        return
    richer[at]["turnover"] += more
    scores = []
    for portfolio in (rows, richer):
        tables = Tables().rows("Clients", in_language(portfolio, "en"))
        tables.set("Criteria", tables.find("Criteria", "column", "Trend"), "weight", 0.0)
        scores.append(outcome(written(tables.list(), tables.score()), "Clients", "en")[f"C{at:03}"][0])
    assert scores[0] is None or scores[1] >= scores[0]


def test_the_summary_of_checks_counts_what_was_scored():
    tables = Tables().rows(
        "Clients", [{"account": "C1", "status": "Client", "turnover": 5.0}, {"name": "no code"}, {}]
    )
    rows = cells(written(tables.list(), tables.score()), "Checks")
    in_use = tables.tables["Criteria"].header_cell(tables.column("Criteria", "weight"))
    assert [row["cell"] for row in rows] == [None, in_use, tables.address("Clients", 1, "account")]
    assert rows[0]["finding"].startswith(
        "Scored: 1 of 1 accounts; not classed (?): 0; rows without a code, left out: 1."
    )
    assert rows[0]["date"] == dt.datetime(2026, 11, 23)


def test_rows_without_a_code_keep_whatever_they_hold():
    tables = Tables().rows(
        "Clients", [{"account": "C1", "status": "Client", "turnover": 5.0}, {"name": "x", "class": "B"}]
    )
    fills = tables.score().changes.columns
    assert all(fill.skip.tolist() == [False, True] for fill in fills if fill.table == "Clients")
    assert np.all([fill.skip.all() for fill in fills if fill.table == "Prospects"])


def test_an_account_table_may_lie_anywhere_and_miss_optional_columns():
    tables = Tables().rows(
        "Clients",
        [
            {
                "account": "C1",
                "status": "Client",
                "turnover": 90_000.0,
                "turnover_1": 9.0,
                "turnover_2": 9.0,
                "potential": 10.0,
            }
        ],
    )
    tables.drop_column("Clients", "reasons").drop_column("Clients", "rank").drop_column("Clients", "forced")
    tables.tables["Clients"] = dataclasses.replace(
        tables.tables["Clients"], top=50, left=20, name="Zone_7", sheet="Zone 7"
    )
    scoring = tables.score()
    assert not scoring.report.findings
    assert scoring.report.n_accounts == 1
    assert {fill.table for fill in scoring.changes.columns} == {"Zone_7", "Prospects"}
