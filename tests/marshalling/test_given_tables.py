"""Formulas with tables of their own: weights, classes and accounts of elsewhere."""

import dataclasses

import pytest
from marshalling.conftest import answered, refreshed, tables
from support.books import TODAY
from support.formula_cells import (
    ALL,
    FORMULAS,
    STRONG,
    header,
    heavier,
    shown,
    stored,
)
from support.formulas import NO_VALUE, NOT_AVAILABLE, VbaError

from addin.catalogue import catalogue
from addin.refresh.located_faults import fault_line
from addin.refresh.score_tables import score_answers

# ------------------------------------------------------------------------- with tables


def test_the_own_criteria_give_what_a_refresh_gives(excel, demo, language):
    opened = excel(language, path=demo(language))
    expected = refreshed(tables(demo(language)))
    codes = [list(row) for row in zip(expected)]
    runs = opened.machine.worker.scoring_runs()
    for place, formula in enumerate(FORMULAS):
        given = (codes, None, ALL) if formula == "CLIENTWHY" else (codes, ALL)
        assert opened.formula(formula, *given) == [[shown(answer[place])] for answer in expected.values()]
    assert opened.machine.worker.scoring_runs() - runs == 1
    assert len(opened.machine.calls) == 1
    assert opened.status_bar is False


@pytest.mark.parametrize("name", ["Criteria", "Scales", "Classes", "Settings", "Gates"])
def test_each_table_of_the_model_may_be_given(excel, small, name, language):
    opened = excel(language)
    assert opened.formula("CLIENTSCORE", STRONG, f"{name}[#All]") == stored(small(language))[STRONG][0]
    assert opened.status_bar is False


def scores(opened, expected, *given):
    return opened.formula("CLIENTSCORE", [list(row) for row in zip(expected)], *given)


def column(expected):
    return [[shown(answer[0])] for answer in expected.values()]


def test_other_weights_elsewhere_give_other_scores(own_excel, small, language):
    opened = own_excel(language)
    other, at = heavier(tables(small(language)))
    opened.copy_table("Criteria", "Strategy", "What if")
    opened.put(opened.table("Strategy").vba_get("Range").vba_get("Cells", [2, at + 1]), 90)
    expected = refreshed(other)
    assert column(expected) != column(stored(small(language)))
    assert scores(opened, expected, "Strategy[#All]") == column(expected)
    assert scores(opened, expected, "Strategy[#Data]") == column(expected)
    assert scores(opened, expected, "What if!B4") == column(expected)
    plain_range = opened.value("Strategy[#All]")
    assert scores(opened, expected, plain_range) == column(expected)
    assert scores(opened, expected, None, None, "Strategy[#All]") == column(expected)


def test_the_body_of_a_table_is_the_table(excel, small):
    opened = excel()
    assert opened.formula("CLIENTSCORE", STRONG, "Criteria[#Data]") == stored(small("en"))[STRONG][0]
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == stored(small("en"))[STRONG][0]
    assert len(opened.machine.calls) == 1


def test_two_strategies_side_by_side(own_excel, small):
    opened = own_excel()
    other, at = heavier(tables(small("en")))
    opened.copy_table("Criteria", "Strategy", "What if")
    opened.put(opened.table("Strategy").vba_get("Range").vba_get("Cells", [2, at + 1]), 90)
    runs = opened.machine.worker.scoring_runs()
    for _ in range(3):
        assert opened.formula("CLIENTSCORE", STRONG, ALL) == stored(small("en"))[STRONG][0]
        assert opened.formula("CLIENTSCORE", STRONG, "Strategy[#All]") == refreshed(other)[STRONG][0]
        assert opened.formula("CLIENTSCORE", STRONG) == stored(small("en"))[STRONG][0]
    assert opened.machine.worker.scoring_runs() - runs == 2
    assert len(opened.machine.calls) == 2


def test_classes_of_ones_own_give_other_classes(own_excel):
    opened = own_excel()
    table = opened.copy_table("Classes", "Generous", "What if")
    at = opened.value("Generous[#Headers]")[0].index(header("en", "classes", "min_score"))
    opened.put(table.vba_get("Range").vba_get("Cells", [2, at + 1]), 65)
    assert opened.formula("CLIENTCLASS", "AW00000012") == "B"
    assert opened.formula("CLIENTCLASS", "AW00000012", "Generous[#All]") == "A"


@pytest.mark.parametrize("as_range", [True, False])
def test_account_tables_of_elsewhere_stand_in_for_those_of_the_workbook(own_excel, small, language, as_range):
    opened = own_excel(language)
    rows = opened.value("Clients[#All]")[:4]
    found = tables(small(language))
    clients = next(table for table in found if table.name == "Clients")
    some = dataclasses.replace(clients, columns=tuple(column[:3] for column in clients.columns))
    model = [table for table in found if table.name not in ("Clients", "Prospects")]
    expected = answered(score_answers([*model, some], TODAY)[0])
    given = opened.add_cells("Some of them", rows) if as_range else rows
    for place, formula in enumerate(FORMULAS[:3]):
        assert opened.formula(formula, STRONG, given) == expected[STRONG][place]
        assert opened.formula(formula, STRONG, given, ALL) == expected[STRONG][place]
    assert opened.formula("CLIENTSCORE", "Abc-1", given) == NOT_AVAILABLE


def test_the_account_tables_of_the_workbook_may_be_given_to_say_on_what_a_formula_depends(
    excel, small, language
):
    opened = excel(language)
    given = ("Clients[#All]", "Prospects[#All]")
    for place, formula in enumerate(FORMULAS[:3]):
        assert opened.formula(formula, STRONG, *given) == stored(small(language))[STRONG][place]
        assert opened.formula(formula, STRONG, given[0]) == stored(small(language))[STRONG][place]


# ---------------------------------------------------------------- what cannot be used


def test_a_negative_weight_is_said_once_in_the_status_bar(own_excel, small, language):
    opened = own_excel(language)
    faulty, at = heavier(tables(small(language)), weight=-5.0)
    opened.put(opened.table("Criteria").vba_get("Range").vba_get("Cells", [2, at + 1]), -5)
    for _ in range(3):
        for formula in FORMULAS[:3]:
            assert opened.formula(formula, STRONG, ALL) == NO_VALUE
    assert len(opened.machine.calls) == 1
    sentence = fault_line(score_answers(faulty, TODAY)[1][0], catalogue(language))
    assert opened.status_bar == f"ClientScore: {sentence}"[:240]
    assert opened.formula("CLIENTSCORE", STRONG) == stored(small(language))[STRONG][0]


@pytest.mark.parametrize("table", [5, "Criteria", True, "", VbaError(2023), VbaError(2042)])
def test_what_is_no_table_is_refused(excel, table):
    opened = excel()
    assert opened.formula("CLIENTSCORE", STRONG, table) == NO_VALUE
    assert opened.formula("CLIENTSCORE", STRONG, ALL, table) == NO_VALUE
    assert opened.machine.calls == []
