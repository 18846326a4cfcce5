"""Test on the past, from the command to the sheet: figures, verdicts in words, and a sheet that stays."""

import datetime as dt
import json
from contextlib import nullcontext
from random import Random
from types import SimpleNamespace

import pytest
from support.commands import run_command

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import new_workbook
from addin.package import PackageBook
from addin.presses import Press, backtest
from addin.refresh.score_tables import score_tables
from addin.refusals import Refusal
from addin.undo.last import write
from addin.workbook.located_tables import Layout

TODAY = dt.date(2026, 2, 1)
ON = dt.date(2024, 12, 31)


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("backtest") / "book.xlsx"
    new_workbook(path, request.param, [])
    return path


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    path = tmp_path_factory.mktemp("backtest") / "book.xlsx"
    new_workbook(path, "en", [])
    return path


def invoices(path, sales):
    rows = [
        f"{account},{(ON + dt.timedelta(days=days)).isoformat()},{amount}" for account, days, amount in sales
    ]
    path.write_text("\n".join(["Customer,Invoice date,Amount", *rows, ""]), encoding="utf-8")
    return path


def steady(n=30, *, lost=range(0)):
    """Clients with a turnover of 100, 200 .. a year, in two invoices, some of them lost; and a new one."""
    for at in range(n):
        amount = 50 * (at + 1)
        for year in range(3):
            yield from ((f"C{at:02}", -30 - 365 * year, amount), (f"C{at:02}", -200 - 365 * year, amount))
        if at not in lost:
            yield f"C{at:02}", 100, 2 * amount
    yield "New", 364, 77


def told(capsys, book, file, *options):
    code, out, err = run_command(
        capsys, "backtest", book, file, "--as-of", ON.isoformat(), "--json", *options, today=TODAY
    )
    assert (code, err) == (0, "")
    return json.loads(out)["tables"]


def said(capsys, book, file, *options):
    code, out, err = run_command(
        capsys, "backtest", book, file, "--as-of", ON.isoformat(), *options, today=TODAY
    )
    assert (code, err) == (0, "")
    return out.replace("\u00a0", " ")


def test_each_class_has_what_its_accounts_bought_before_and_after(english, tmp_path, capsys):
    file = invoices(tmp_path / "f.csv", steady(lost=range(6)))
    before = english.read_bytes()
    tables = told(capsys, english, file)
    assert english.read_bytes() == before
    by_class = tables["Backtest"]
    assert [row["class"] for row in by_class] == ["A", "B", "C", "D"]
    assert sum(row["accounts"] for row in by_class) == 30, "who is new after the day is not tested"
    assert sum(row["turnover_before"] for row in by_class) == 100 * 30 * 31 / 2
    assert sum(row["turnover_after"] for row in by_class) == 100 * (30 * 31 / 2 - 6 * 7 / 2)
    assert sum(row["lost"] for row in by_class) == 6
    of_all = [row for row in by_class if row["accounts"]]
    assert [row["lost_share"] for row in of_all] == [row["lost"] / row["accounts"] for row in of_all]


def test_the_top_fifth_and_the_areas_are_those_of_the_contract(english, tmp_path, capsys):
    tables = told(capsys, english, invoices(tmp_path / "f.csv", steady(lost=range(6))))
    top = {row["order"]: row for row in tables["BacktestTop"]}
    # The six largest of 30: 2,500 .. 3,000 of what 24 bought.
    assert top["turnover"]["caught"] == pytest.approx(sum(range(25, 31)) / sum(range(7, 31)))
    assert top["turnover"]["lift"] == pytest.approx(5 * top["turnover"]["caught"])
    assert top["turnover"]["low"] < top["turnover"]["caught"] < top["turnover"]["high"]
    areas = {row["candidate"]: row for row in tables["BacktestLosses"]}
    assert set(areas) == {"score", "turnover", "days", "purchases", "silence", "risk"}
    assert areas["turnover"]["auc"] == 1, "the six smallest are lost"
    assert areas["days"]["auc"] == areas["risk"]["auc"] == 0.5, "all bought last on one day"
    largest = max(row["auc"] for row in areas.values())
    assert [areas[row["candidate"]]["auc"] for row in areas.values() if row["best"]] == [largest]


def test_the_seed_of_the_settings_gives_the_same_again(english, tmp_path, capsys):
    file = invoices(tmp_path / "f.csv", steady(lost=range(6)))
    assert told(capsys, english, file) == told(capsys, english, file)


def test_plain_turnover_that_does_as_well_is_said_to(book, tmp_path, capsys):
    out = said(capsys, book, invoices(tmp_path / "f.csv", steady(lost=range(6))))
    words = catalogue(Layout(PackageBook(book).tables()).language)
    assert {"en": "Plain turnover does as well", "fr": "Le CA seul fait aussi bien"}[words.language] in out
    assert words.sheet("backtest") in out
    assert words.header("backtestlosses", "candidate") in out
    assert words.word("foresight", "silence") in out
    rows = Layout(PackageBook(book).tables()).named["backtestnotes"].rows()
    assert rows[0]["note"].replace("\u00a0", " ") in " ".join(out.split("\n"))


def test_a_score_that_does_worse_than_plain_turnover_is_said_to(english, tmp_path, capsys):
    # Trend and payment count in the score: those who grow from little to something stand above the largest.
    random = Random(3)
    sales = []
    for at in range(60):
        large = at < 12
        for year, factor in enumerate((1.0, 1.6, 2.0) if large else (1.0, 0.5, 0.3)):
            amount = (40_000 if large else 30_000) * factor + random.randint(1, 999)
            sales.append((f"C{at:02}", -30 - 365 * year, round(amount, 2)))
        sales.append((f"C{at:02}", 90, 60_000 if large else 1_000))
    sales += [("End", 364, 1)]
    out = said(capsys, english, invoices(tmp_path / "f.csv", sales))
    tables = told(capsys, english, tmp_path / "f.csv")
    top = {row["order"]: row["caught"] for row in tables["BacktestTop"]}
    assert top["score"] < top["turnover"]
    assert "Plain turnover did better" in out


def test_a_score_that_orders_as_turnover_does_is_said_to_pick_the_same_accounts(english, tmp_path, capsys):
    # Of one year, turnover alone is known: no trend yet.
    sales = [(f"C{at:02}", days, 10 * at + 1) for at in range(40) for days in (-300, -20, 100)]
    out = said(capsys, english, invoices(tmp_path / "f.csv", [*sales, ("Old", -364, 1), ("New", 364, 1)]))
    assert "the score puts the same accounts into the top fifth" in out


def test_too_few_accounts_or_losses_are_said_and_not_judged(english, tmp_path, capsys):
    few = said(capsys, english, invoices(tmp_path / "few.csv", steady(n=8)))
    assert "With fewer than 20 accounts nothing can be concluded" in few
    assert "Plain turnover d" not in few, "neither that it does as well nor that it did better"
    none_lost = said(capsys, english, invoices(tmp_path / "none.csv", steady()))
    assert "Lost accounts: 0; kept ones: 30" in none_lost
    assert "foreseen best" not in none_lost
    one_lost = invoices(tmp_path / "one.csv", steady(lost=range(1)))
    losses = told(capsys, english, one_lost)["BacktestLosses"]
    assert len(losses) == 6
    assert not any(row["best"] for row in losses)


def test_loss_risk_that_does_less_well_than_the_days_alone_is_said(english, tmp_path, capsys):
    # Lost are those whose last purchase is oldest, though they bought most often.
    sales = []
    for at in range(40):
        lost = at < 10
        days = [-200 - at - 7 * place for place in range(40)] if lost else [-60 - 4 * at, -500]
        sales += [(f"C{at:02}", one, 100) for one in days]
        sales += [] if lost else [(f"C{at:02}", 100, 200)]
    sales += [("End", 364, 1), ("End", -1090, 1)]
    out = said(capsys, english, invoices(tmp_path / "f.csv", sales))
    assert "Losses were foreseen best by" in out
    assert "the loss risk (AUC" in out
    areas = {
        row["candidate"]: row["auc"] for row in told(capsys, english, tmp_path / "f.csv")["BacktestLosses"]
    }
    assert areas["days"] > areas["risk"]


def test_what_the_files_do_not_date_is_left_out_and_named(english, tmp_path, capsys):
    out = said(capsys, english, invoices(tmp_path / "f.csv", steady()))
    left_out = out[out.index("Left out") :].split("\n")[0]
    assert "Potential" in left_out
    assert "Relationship" in left_out
    assert "Turnover" not in left_out


def test_a_refresh_leaves_the_sheet_and_before_a_test_it_says_what_to_do(book, tmp_path, capsys):
    said(capsys, book, invoices(tmp_path / "f.csv", steady()))
    package = PackageBook(book)
    before = Layout(package.tables()).named
    scoring = score_tables(package.tables(), TODAY)
    write(package, book, package.tables(), scoring.changes, "refresh")
    after = Layout(PackageBook(book).tables()).named
    for key in ("backtest", "backtesttop", "backtestlosses", "backtestnotes"):
        assert after[key].rows() == before[key].rows()
        assert after[key].rows()[0] != {}
    fresh = tmp_path / "fresh.xlsx"
    new_workbook(fresh, "en", [])
    package = PackageBook(fresh)
    scoring = score_tables(package.tables(), TODAY, asked={"backtest": {}})
    write(package, fresh, package.tables(), scoring.changes, "refresh")
    assert (
        "choose invoices or FEC"
        in Layout(PackageBook(fresh).tables()).named["backtestnotes"].rows()[0]["note"]
    )


def test_without_a_day_the_latest_that_a_year_follows_is_tested(english, tmp_path, capsys):
    file = invoices(tmp_path / "f.csv", steady())
    code, out, err = run_command(capsys, "backtest", english, file, today=TODAY)
    assert (code, err) == (0, "")
    assert "as of 2024-12-31" in out


def test_a_day_that_is_none_is_refused(english, tmp_path, capsys):
    file = invoices(tmp_path / "f.csv", steady())
    code, _, err = run_command(capsys, "backtest", english, file, "--as-of", "soon", today=TODAY)
    assert code != 0
    assert "“soon” is no day" in err


class Excel:
    """An Excel in which a person chooses files and types a day."""

    def __init__(self, files, typed):
        self.files, self.typed, self.asked = files, typed, []

    def press(self, monkeypatch, path):
        """What the line of the menu asks of the use, of the tables of a workbook."""
        tables = PackageBook(path).tables()
        monkeypatch.setattr(backtest, "choose_files", lambda *_: self.files)
        monkeypatch.setattr(
            backtest,
            "typed_text",
            lambda _, question, default: self.asked.append((question, default)) or self.typed,
        )
        monkeypatch.setattr(backtest, "LiveBook", lambda _: SimpleNamespace(tables=lambda: tables))
        monkeypatch.setattr(Press, "quiet", lambda _: nullcontext(lambda _: None))
        book = SimpleNamespace(app=None)
        return backtest.ask(Press(book, catalogue("en"), "backtest", TODAY), Layout(tables))


def test_the_line_of_the_menu_asks_for_files_and_a_day(english, tmp_path, monkeypatch):
    file = invoices(tmp_path / "f.csv", steady())
    excel = Excel([file], "30/11/2024")
    asked = excel.press(monkeypatch, english)
    assert asked.options["past"].on == dt.date(2024, 11, 30)
    ((question, default),) = excel.asked
    assert "2025-12-30" in question
    assert default == "2024-12-31"
    assert Excel([file], None).press(monkeypatch, english) is None
    with pytest.raises(Refusal) as refused:
        Excel([file], "one day").press(monkeypatch, english)
    assert refused.value.code == "since_unread"


def test_without_files_the_line_shows_the_test_that_there_is(tmp_path, monkeypatch, capsys):
    path = tmp_path / "book.xlsx"
    new_workbook(path, "en", [])
    assert Excel([], None).press(monkeypatch, path) is None
    said(capsys, path, invoices(tmp_path / "f.csv", steady()))
    assert Excel([], None).press(monkeypatch, path).options == {}
