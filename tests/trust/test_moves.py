"""Moves: the model of then is read back from the workbook, and every change is split without a rest."""

import base64
import datetime as dt
import itertools
import json
import zlib

import pytest
from hypothesis import given, settings
from laws.portfolios import models
from support.commands import run_command
from support.made import new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, RowsFill
from scoring.trust.kept_model import packed, unpacked
from scoring.trust.moves import STEPS, reasons_of

THEN, TODAY = dt.date(2026, 1, 5), dt.date(2026, 11, 29)


@settings(max_examples=80)
@given(models())
def test_a_model_is_read_back_as_it_was(model):
    text = packed(model)
    assert unpacked(text) == model
    assert unpacked(text).fingerprint() == model.fingerprint()
    assert text[0] not in "=+-@"


@pytest.mark.parametrize("text", ["", "x", "m1:", "m1:!!", "m1:eJwDAAAAAAE=", packed.__doc__])
def test_a_text_that_is_no_model_is_none(text):
    assert unpacked(text) is None


def test_a_text_that_swells_is_not_unpacked():
    bomb = "m1:" + base64.urlsafe_b64encode(zlib.compress(b" " * 50_000_000)).decode()
    assert unpacked(bomb) is None


def test_the_steps_of_a_path_lead_from_the_class_of_then_to_that_of_now():
    assert reasons_of(["B", "C", "C", "A", "A"]) == [("data", "B", "C"), ("limits", "C", "A")]
    assert reasons_of(["B", None, None, None, "C"]) == [("forced", "B", "C")]
    assert reasons_of(["A", "A", "A", "A", "A"]) == []


# ---- in a workbook -------------------------------------------------------------------------------


def rows(words):
    known = {"status": words.word("status", "client"), "turnover_1": 90e3, "turnover_2": 80e3}
    known |= {"potential": 100e3, "days_late": 10.0}
    turnovers = {"C-1": 300e3, "C-2": 90e3, "C-3": 40e3, "C-4": 5e3}
    return [{"account": code, "name": code, "turnover": value, **known} for code, value in turnovers.items()]


@pytest.fixture
def book(request, tmp_path):
    path, language = tmp_path / "book.xlsx", getattr(request, "param", "fr")
    new_workbook(path, language, rows(catalogue(language)))
    refresh(path, THEN)
    return path


def layout(book):
    return Layout(PackageBook(book).tables())


def refresh(book, day):
    package = PackageBook(book)
    package.apply(score_tables(package.tables(), day).changes)


def change(book, key, edit):
    """Change rows of a table: `edit` takes a row and returns it as it is from now on."""
    located = layout(book).named.get(key) or layout(book).accounts[0]
    fill = RowsFill(located.table.name, 0, located.tuples([edit(row) for row in located.rows()]))
    PackageBook(book).apply(Changes(rows=[fill]))


def weight(name, value):
    return lambda row: row | {"weight": value} if row["column"] == name else row


def cutoff(letter, value):
    return lambda row: row | {"min_score": value} if row["class"] == letter else row


def account(code, **values):
    return lambda row: row | values if row["account"] == code else row


def told(book, capsys, *arguments):
    code, out, err = run_command(capsys, "moves", book, *arguments, "--json", today=TODAY)
    assert code == 0, err
    return json.loads(out)["tables"]


def moved(book, capsys):
    return {row["account"]: row for row in told(book, capsys)["Moves"] if row["kind"] == "moved"}


def classes(book):
    return {row["account"]: row["class"] for row in layout(book).accounts[0].rows()}


def path_of(row):
    return [row[key] for key in ("before", "by_data", "by_weights", "by_limits", "now")]


@pytest.mark.parametrize("book", LANGUAGES, indirect=True)
def test_data_alone_is_the_reason_where_the_model_stayed(book, capsys):
    before = classes(book)
    change(book, "clients", account("C-1", turnover=1_000.0))
    found = moved(book, capsys)
    assert set(found) == {"C-1"}
    row = found["C-1"]
    assert row["before"] == before["C-1"]
    assert row["by_data"] == row["by_weights"] == row["by_limits"] == row["now"] != row["before"]


def test_weights_limits_and_a_person_each_are_the_reason_of_their_step(book, capsys):
    words = catalogue(layout(book).language)
    before = classes(book)
    change(book, "criteria", weight(words.header("accounts", "turnover"), 300.0))
    for row in moved(book, capsys).values():
        assert row["by_data"] == row["before"]
        assert row["by_weights"] == row["now"]
    change(book, "criteria", weight(words.header("accounts", "turnover"), 30.0))
    assert moved(book, capsys) == {}
    change(book, "classes", cutoff("A", 99.0))
    found = moved(book, capsys)
    assert found
    for row in found.values():
        assert row["by_weights"] == row["before"]
        assert row["by_limits"] == row["now"]
    change(book, "classes", cutoff("A", 75.0))
    until = dt.datetime(2027, 1, 1)
    change(book, "clients", account("C-2", forced="D", forced_reason="x", forced_until=until))
    (row,) = moved(book, capsys).values()
    assert path_of(row) == [before["C-2"]] * 4 + ["D"]


@pytest.mark.parametrize("book", LANGUAGES, indirect=True)
def test_all_together_the_steps_lead_to_the_class_in_force_and_are_said_in_words(book, capsys):
    words = catalogue(layout(book).language)
    change(book, "clients", account("C-1", turnover=20e3))
    change(book, "criteria", weight(words.header("accounts", "potential"), 90.0))
    change(book, "classes", cutoff("B", 65.0))
    change(
        book, "clients", account("C-3", forced="A", forced_reason="x", forced_until=dt.datetime(2027, 1, 1))
    )
    found = moved(book, capsys)
    refresh(book, TODAY)
    now = classes(book)
    assert "C-1" in found
    for code, row in found.items():
        assert row["now"] == now[code]
        steps = reasons_of(path_of(row))
        assert steps[0][1] == row["before"]
        assert steps[-1][2] == row["now"]
        assert all(one[2] == other[1] for one, other in itertools.pairwise(steps))
        for step, old, new in steps:
            assert step in STEPS
            assert words.text("views", "moves", "because", step, old=old, new=new) in row["because"]


def test_the_model_of_then_is_read_back_after_twenty_others(book, capsys):
    """Each of them is kept, none is kept twice, and the sizes stay small."""
    words = catalogue(layout(book).language)
    turnover = words.header("accounts", "turnover")
    for number in range(20):
        change(book, "criteria", weight(turnover, 31.0 + number))
        refresh(book, dt.date(2026, 2, 1) + dt.timedelta(days=number))
    kept = layout(book).named["models"].rows()
    assert len(kept) == 21
    assert len({row["model"] for row in kept}) == 21
    assert sum(len(row["content"]) for row in kept) < 21 * 3_000
    change(book, "clients", account("C-1", turnover=1_000.0))
    row = moved(book, capsys)["C-1"]
    assert None not in path_of(row)
    change(book, "criteria", weight(turnover, 31.0))
    refresh(book, TODAY)
    last = layout(book).named["models"].rows()[-1]
    assert (last["model"], last["content"]) == (kept[1]["model"], None), "kept once, noted again"
    assert None not in path_of(moved(book, capsys)["C-1"])


def test_a_refresh_with_the_same_model_keeps_nothing_more(book):
    before = layout(book).named["models"].rows()
    refresh(book, TODAY)
    assert layout(book).named["models"].rows() == before


def test_a_model_that_was_changed_or_is_gone_is_said_and_nothing_is_split(book, capsys):
    words = catalogue(layout(book).language)
    change(book, "criteria", weight(words.header("accounts", "turnover"), 40.0))
    change(book, "clients", account("C-1", turnover=1_000.0))
    change(book, "models", lambda row: row | {"content": row["content"][:-9] + "AAAAAAAA="})
    (row,) = moved(book, capsys).values()
    assert path_of(row)[1:4] == [None] * 3
    assert run_command(capsys, "moves", book, today=TODAY)[0] == 0
    note = layout(book).named["movesnotes"].rows()[0]["note"]
    assert words.text("views", "moves", "not_kept", date=THEN) in note


def test_new_and_gone_accounts_and_those_that_the_margin_holds_are_listed_apart(book, capsys):
    change(book, "clients", lambda row: row | {"account": "C-9"} if row["account"] == "C-4" else row)
    kinds = {(row["kind"], row["account"]) for row in told(book, capsys)["Moves"]}
    assert {("new", "C-9"), ("gone", "C-4")} <= kinds
    change(book, "classes", cutoff("A", 1.0 + max(row["score"] for row in layout(book).accounts[0].rows())))
    held = [row for row in told(book, capsys)["Moves"] if row["kind"] == "held"]
    assert [row["account"] for row in held] == ["C-1"]
    assert "B" in held[0]["because"]


def test_the_matrix_counts_the_accounts_of_then(book, capsys):
    change(book, "clients", account("C-1", turnover=1_000.0))
    matrix = told(book, capsys)["MovesMatrix"]
    assert sum(row["accounts"] for row in matrix) == 4
    assert sum(row["accounts"] for row in matrix if row["before"] != row["now"]) == 1


def test_a_day_without_classes_and_a_text_that_is_no_day_are_said(book, capsys):
    assert told(book, capsys, "--since", "2020-01-01")["Moves"] == []
    code, _, err = run_command(capsys, "moves", book, "--since", "yesterday", today=TODAY)
    assert code == 1
    assert "yesterday" in err
