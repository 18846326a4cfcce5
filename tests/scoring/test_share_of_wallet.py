"""Share of wallet: a gate or a criterion may look at it, in either language, though no sheet has it."""

import datetime as dt

import pandas as pd
import pytest
from support.books import Tables, cells, written

from addin.catalogue import LANGUAGES
from scoring import Criterion, Gate, Model, Points, ScoreClass, Settings, assess
from scoring.explanation import explain

ON = dt.date(2026, 11, 29)
SHARE = Criterion("Share of wallet", "share_of_wallet", None, 1, "linear", Points((0.0, 1.0), (0.0, 10.0)))


def portfolio(turnovers, potentials):
    codes = [str(at) for at in range(len(turnovers))]
    return pd.DataFrame({"account": codes, "turnover": turnovers, "potential": potentials})


def model(*criteria, gates=()):
    letters = (ScoreClass("A", "", 50.0, 0.5), ScoreClass("B", "", 0, 0.5))
    return Model(criteria, letters, gates, Settings(min_completeness=0.5))


def test_it_is_turnover_over_potential_and_unknown_where_either_is():
    found = assess(portfolio([30.0, 90, -5, None, 50], [60.0, 60, 10, 60, 0]), model(SHARE), ON).results
    assert found["score"].tolist()[:3] == [50.0, 100.0, 0.0]
    assert found["class"].astype(str).tolist() == ["A", "A", "B", "?", "?"]


def test_the_lever_is_the_turnover_that_reaches_the_class():
    (lever,) = explain(portfolio([20.0], [80.0]), model(SHARE), ON, 0).levers
    (change,) = lever.changes
    assert (change.column, change.value) == ("turnover", 40.0)


def test_the_lever_lifts_the_cap_of_a_gate():
    gate = Gate("share_of_wallet", "<", 0.3, best_class=1, reason="buys elsewhere")
    worth = Criterion("Potential", "potential", None, 1, "linear", Points((0.0, 80.0), (5.0, 10.0)))
    accounts = portfolio([20.0], [80.0])
    assert assess(accounts, model(worth, gates=[gate]), ON).results["class"].tolist() == ["B"]
    turnover = Criterion("Turnover", "turnover", None, 1, "linear", Points((0.0, 80.0), (0.0, 10.0)))
    levers = explain(accounts, model(worth, turnover, gates=[gate]), ON, 0).levers
    assert ("turnover", 24.0) in [(one.changes[0].column, one.changes[0].value) for one in levers]


def gated(language, header=None):
    tables = Tables(language)
    words = tables.words
    client = words.word("status", "client")
    known = {"status": client, "turnover_1": 9e6, "turnover_2": 9e6, "days_late": 0.0}
    tables.rows(
        "Clients",
        [
            {"account": "low", "turnover": 9e6, "potential": 90e6, **known},
            {"account": "high", "turnover": 9e6, "potential": 10e6, **known},
        ],
    )
    tables.set("Gates", 0, "column", header or words.headers("worked_out")["share_of_wallet"])
    tables.set("Gates", 0, "condition", "<").set("Gates", 0, "value", 0.5).set("Gates", 0, "best_class", "C")
    return tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_gate_names_it_by_its_header(language):
    tables = gated(language)
    scoring = tables.score()
    assert not scoring.report.stopped
    after = {row["account"]: row["class"] for row in cells(written(tables.list(), scoring), "Clients")}
    assert after["low"] == "C"
    assert after["high"] in ("A", "B")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_gate_that_compares_it_with_a_word_is_a_fault_in_its_cell(language):
    tables = gated(language).set("Gates", 0, "value", "much")
    (fault,) = [finding for finding in tables.score().report.findings if finding.stops]
    assert fault.cell == tables.address("Gates", 0, "value")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_of_the_companys_own_with_that_header_is_the_one_that_is_meant(language):
    header = Tables(language).words.headers("worked_out")["share_of_wallet"]
    tables = gated(language).add_column("Clients", header, [0.9, 0.1])
    scoring = tables.score()
    after = {row["account"]: row["class"] for row in cells(written(tables.list(), scoring), "Clients")}
    assert after["high"] == "C"
    assert after["low"] in ("A", "B")
