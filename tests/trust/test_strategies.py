"""Strategies: what other weights would do, said truly, and taking one of them."""

import datetime as dt
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.commands import run_command
from support.made import layout

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import new_workbook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.refusals import Refusal
from addin.trust.chosen_strategy import strategy_at
from addin.workbook.port import Changes, RowsFill
from scoring.trust.strategies import effect

TODAY = dt.date(2026, 11, 29)


def rows(words):
    client = words.word("status", "client")
    rated = words.surface("template")["solidity"]
    known = {"status": client, "turnover_1": 60_000.0, "turnover_2": 55_000.0, "days_late": 5.0}
    known |= {"growth": 6.0, "influence": 5.0}
    return [
        {"account": "C-1", "turnover": 200_000.0, "potential": 20_000.0, "sector": "Nord", **known}
        | {"solidity": rated["weak"], "potential_new": 0.0, "relationship": 9.0},
        {"account": "C-2", "turnover": 20_000.0, "potential": 300_000.0, "sector": "Sud", **known}
        | {"solidity": rated["good"], "potential_new": 90_000.0, "relationship": 2.0},
        {"account": "C-3", "turnover": 60_000.0, "potential": 70_000.0, "sector": "Nord", **known}
        | {"solidity": rated["excellent"], "potential_new": 30_000.0, "relationship": 5.0},
        {"account": "C-4", "turnover": 5_000.0, "potential": 9_000.0, "sector": "Sud", **known}
        | {"solidity": rated["fair"], "potential_new": 1_000.0, "relationship": 8.0},
    ]


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, request.param, rows(catalogue(request.param)))
    package = PackageBook(path)
    package.apply(score_tables(package.tables(), TODAY).changes)
    return path


def change(path, table, **columns):
    """Put values into columns of a table, by key: a value for all rows, or one a row."""
    located = layout(path).named[table]
    body = [list(row) for row in zip(*located.table.columns, strict=True)]
    for key, values in columns.items():
        for row, value in zip(body, values, strict=True):
            row[located.columns[key]] = value
    PackageBook(path).apply(Changes(rows=[RowsFill(located.table.name, 0, [tuple(row) for row in body])]))


def told(capsys, book, *arguments):
    code, out, err = run_command(capsys, "strategies", book, *arguments, "--json", today=TODAY)
    assert code == 0, err
    return json.loads(out)


def classes(path):
    located = layout(path).accounts[0]
    return dict(zip(located.cells("account"), located.cells("class"), strict=True))


def name_of(book, key):
    return catalogue(layout(book).language).header("strategies", key)


@pytest.mark.parametrize("key", ["conquest", "loyalty", "safety"])
def test_the_classes_shown_are_those_of_a_refresh_with_the_weights_applied(key, book, capsys):
    name = name_of(book, key)
    before = book.read_bytes()
    tables = told(capsys, book)["tables"]
    assert book.read_bytes() == before, "nothing in force is touched"
    shown = {row["account"]: row["classes"][name] for row in tables["StrategyAccounts"]}
    assert {row["account"]: row["class"] for row in tables["StrategyAccounts"]} == classes(book)
    assert shown != classes(book), "or the test would show nothing"
    code, out, _ = run_command(capsys, "strategies", book, "--apply", name.upper(), today=TODAY)
    assert code == 0
    assert name in out
    weights = [row["weights"][name] for row in tables["Strategies"]]
    assert layout(book).named["criteria"].cells("weight") == weights
    assert run_command(capsys, "refresh", book, today=TODAY)[0] == 0
    assert classes(book) == shown


def test_a_criterion_that_is_off_today_is_scored_in_a_strategy_that_weighs_it(book, capsys):
    weights = layout(book).named["criteria"].cells("weight")
    change(book, "criteria", weight=[0.0, *weights[1:]])
    assert run_command(capsys, "refresh", book, today=TODAY)[0] == 0
    name = name_of(book, "loyalty")
    tables = told(capsys, book)["tables"]
    shown = {row["account"]: row["classes"][name] for row in tables["StrategyAccounts"]}
    assert told(capsys, book, "--apply", name)["written"]
    assert run_command(capsys, "refresh", book, today=TODAY)[0] == 0
    assert classes(book) == shown


def test_the_matrix_has_every_account_and_the_totals_those_that_change(book, capsys):
    tables = told(capsys, book)["tables"]
    assert [row["strategy"] for row in tables["StrategyTotals"]] == [
        name_of(book, key) for key in ("conquest", "loyalty", "safety")
    ]
    for total in tables["StrategyTotals"]:
        moves = [row for row in tables["StrategyMoves"] if row["strategy"] == total["strategy"]]
        changed = [row for row in moves if row["from"] != row["to"]]
        assert sum(row["accounts"] for row in moves) == 4
        assert sum(row["turnover"] for row in moves) == 285_000.0
        assert total["accounts"] == sum(row["accounts"] for row in changed)
        assert total["turnover"] == sum(row["turnover"] for row in changed)
        assert total["share"] == pytest.approx(total["turnover"] / 285_000.0)


def test_the_sheets_show_the_names_and_the_classes_side_by_side(book, capsys):
    code, out, err = run_command(capsys, "strategies", book, today=TODAY)
    assert (code, err) == (0, "")
    assert catalogue(layout(book).language).sheet("strategies") in out
    found = layout(book).named
    assert [found["strategynames"].rows()[0][f"name_{at}"] for at in (1, 2, 3, 4)] == [
        *(name_of(book, key) for key in ("conquest", "loyalty", "safety")),
        None,
    ]
    first = found["strategyaccounts"].rows()[0]
    assert first["strategy_1"] in "ABCD"
    assert first["strategy_4"] is None
    assert found["strategies"].cells("current") == layout(book).named["criteria"].cells("weight")


def test_taking_a_strategy_can_be_undone(book, capsys):
    before = layout(book).named["criteria"].table.columns
    assert told(capsys, book, "--apply", name_of(book, "conquest"))["written"]
    assert layout(book).named["criteria"].table.columns != before
    assert run_command(capsys, "undo", book)[0] == 0
    assert layout(book).named["criteria"].table.columns == before


def test_weights_that_cannot_be_used_are_said_with_their_cell_and_never_taken_for_nothing(book, capsys):
    weights = layout(book).named["strategies"].cells("conquest")
    loyalty = layout(book).named["strategies"].cells("loyalty")
    change(
        book,
        "strategies",
        conquest=[None, *weights[1:]],
        loyalty=[*loyalty[:-1], -4.0],
        safety=[0.0] * len(weights),
    )
    code, out, _ = run_command(capsys, "strategies", book, today=TODAY)
    assert code == 0
    located = layout(book).named["strategies"]
    assert located.address(0, "conquest") in out
    assert located.address(len(weights) - 1, "loyalty") in out
    assert layout(book).named["strategytotals"].rows()[0]["strategy"] is None
    assert layout(book).named["strategytotalsnotes"].rows()[0]["note"]
    before = book.read_bytes()
    code, _, err = run_command(capsys, "strategies", book, "--apply", name_of(book, "conquest"), today=TODAY)
    assert code == 1
    assert located.address(0, "conquest") in err
    assert book.read_bytes() == before


def test_a_criterion_without_a_row_stops_the_strategy_and_one_of_old_is_named(book, capsys):
    names = layout(book).named["strategies"].cells("criterion")
    change(book, "strategies", criterion=["Prestige", *names[1:]])
    code, out, _ = run_command(capsys, "strategies", book, today=TODAY)
    assert code == 0
    assert "Prestige" in out
    assert out.count(names[0]) >= 3


def test_a_strategy_for_an_area_is_tried_on_its_accounts_alone(book):
    located = layout(book).named["strategies"]
    table = located.table
    renamed = [*table.headers]
    renamed[located.columns["conquest"]] = "Percée (nord)"
    tables = [
        other
        if other.name != table.name
        else type(table)(
            *(table.name, table.sheet, table.top, table.left, tuple(renamed), table.columns, table.shown)
        )
        for other in PackageBook(book).tables()
    ]
    found = score_tables(tables, TODAY, asked={"strategies": {}}).uses["strategies"]
    of_area = {
        row["account"] for row in found.tables["strategyaccounts"] if "Percée (nord)" in row["classes"]
    }
    assert of_area == {"C-1", "C-3"}
    counted = [row for row in found.tables["strategymoves"] if row["strategy"] == "Percée (nord)"]
    assert sum(row["accounts"] for row in counted) == 2
    assert found.notes[0].details["count"] == 2


def test_a_strategy_is_chosen_by_any_cell_of_its_column(book):
    found = layout(book)
    table = found.named["strategies"].table
    column = table.left + found.named["strategies"].columns["safety"]
    for row in (table.top - 1, table.top, table.top + table.n_rows - 1):
        assert strategy_at(found, table.sheet, row, column).key == "safety"
    for place in ((table.top + table.n_rows, column), (table.top, table.left), (table.top, table.left + 1)):
        with pytest.raises(Refusal):
            strategy_at(found, table.sheet, *place)
    with pytest.raises(Refusal):
        strategy_at(found, "Start", table.top, column)


def test_a_name_that_is_none_is_refused_with_those_there_are(book, capsys):
    code, _, err = run_command(capsys, "strategies", book, "--apply", "Blitz", today=TODAY)
    assert code == 1
    assert name_of(book, "conquest") in err


LETTERS = st.sampled_from("ABCD?")


@given(st.lists(st.tuples(LETTERS, LETTERS, st.floats(0, 1e6) | st.just(np.nan)), max_size=30))
def test_every_account_that_changes_is_counted_once(rows):
    now, then, turnover = ([row[at] for row in rows] for at in range(3))
    found = effect(now, then, np.array(turnover, dtype=float), "ABCD")
    changed = [row for row in rows if row[0] != row[1]]
    assert found.accounts == len(changed)
    assert found.up + found.down == sum("?" not in row[:2] for row in changed)
    assert found.turnover == pytest.approx(sum(row[2] for row in changed if row[2] == row[2]))
    assert not found.share > 1 + 1e-9
