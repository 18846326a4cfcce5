"""The Dashboard to steer by: lists for all or for a rep that is chosen, reps and their load."""

import datetime as dt
import shutil
import subprocess
import warnings

import openpyxl
import pytest
from support.books import TODAY, Tables, cells, written

from addin.fresh import demo_workbook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.workbook.located_tables import Layout


def ago(days):
    return dt.datetime.combine(TODAY, dt.time()) - dt.timedelta(days=days)


def noted(rows):
    """A workbook in which the note for growth alone makes the score."""
    tables = Tables()
    for at in range(tables.tables["Criteria"].n_rows):
        tables.set("Criteria", at, "weight", 0.0)
    tables.set("Criteria", tables.find("Criteria", "criterion", "Growth"), "weight", 100.0)
    return tables.rows("Clients", [{"status": "Client", "growth": 9.0} | row for row in rows])


def refreshed(tables, today=TODAY):
    """The tables after a refresh."""
    after = written(tables.list(), tables.score(today=today))
    tables.tables = {table.name: table for table in after}
    return after


def lines(after, name, table="Shown"):
    """Lines of a list that hold anything: class, name, and the two that are shown of figure, detail, day."""
    last = {"win_back": ("figure", "day"), "late": ("figure", "day"), "moves": ("day", "detail")}
    keys = ("class", "name", *last.get(name.rpartition("|")[2], ("figure", "detail")))
    found = [row for row in cells(after, table) if str(row["line"]).rpartition("|")[0] == name]
    shown = [tuple(row[key] for key in keys) for row in found]
    return [line for line in shown if any(cell is not None for cell in line)]


def figure(after, start):
    return next(row for row in cells(after, "Figures") if str(row["figure"]).startswith(start))


# ---- lists ---------------------------------------------------------------------------------------


def buyers(n=25, **more):
    """Clients whose last purchase is ever longer ago, with ever more at stake."""
    return [
        {
            "account": f"C{at:02d}",
            "name": f"Name {at}",
            "turnover": 10.0 * at,
            "turnover_1": 5.0,
            "last_purchase": ago(at),
            "purchases": 3.0,
        }
        | {key: value(at) for key, value in more.items()}
        for at in range(n)
    ]


def test_whom_to_win_back_stands_by_risk_then_money_with_names():
    found = lines(refreshed(noted(buyers())), "win_back")
    assert [line[1] for line in found] == [f"Name {at}" for at in (24, 23, 22, 21, 20, 19, 18, 17, 16, 15)]
    assert found[0] == ("A", "Name 24", 240.0, ago(24))


def test_without_purchases_a_list_says_why_it_is_empty():
    assert lines(refreshed(noted(buyers(5))), "win_back") == [(None, "No loss risk is known.", None, None)]


def test_late_visits_are_those_of_the_two_best_classes_beyond_their_cycle():
    rows = [
        {"account": "late", "last_visit": ago(41)},
        {"account": "in time", "last_visit": ago(30)},
        {"account": "never"},
        {"account": "B", "growth": 6.0, "last_visit": ago(71)},
        {"account": "C", "growth": 4.0, "last_visit": ago(999)},
    ]
    found = lines(refreshed(noted(rows)), "late")
    assert [(line[1], line[2], line[3]) for line in found] == [
        ("never", "no visit", None),
        ("late", 10.0, ago(41)),
        ("B", 10.0, ago(71)),
    ]


def test_the_largest_stand_with_their_share_of_wallet():
    rows = [
        {"account": "one", "turnover": 50.0, "potential": 200.0},
        {"account": "two", "turnover": 70.0},
        {"account": "none", "turnover": 0.0},
    ]
    assert lines(refreshed(noted(rows)), "top") == [("A", "two", 70.0, None), ("A", "one", 50.0, 0.25)]


def test_overdue_money_stands_by_class_and_a_credit_takes_nothing_from_it():
    rows = [
        {"account": "1", "open_amount": 100.0, "overdue": 40.0},
        {"account": "2", "open_amount": -900.0, "overdue": -900.0},
        {"account": "3", "growth": 4.0, "open_amount": 50.0, "overdue": 20.0},
    ]
    after = refreshed(noted(rows))
    assert lines(after, "owed") == [
        ("A", "Strategic: 1 account", 40.0, 0.4),
        ("C", "Medium: 1 account", 20.0, 0.4),
        (None, "Total: 2 accounts", 60.0, 0.4),
    ]
    assert figure(after, "Overdue")["value"] == 60.0


def test_a_code_that_stands_twice_is_in_no_list():
    rows = [{"account": "same", "turnover": 5.0, "overdue": 5.0, "open_amount": 5.0}] * 2
    after = refreshed(noted(rows))
    assert lines(after, "top") == [(None, "No turnover is known.", None, None)]
    assert lines(after, "owed") == [(None, "Nothing is overdue.", None, None)]


def test_a_change_of_class_stays_listed_with_its_day_however_often_one_refreshes():
    tables = noted([{"account": "up", "growth": 4.0}, {"account": "same"}])
    assert lines(refreshed(tables), "moves") == [(None, "No class has changed yet.", None, None)]
    tables.set("Clients", 0, "growth", 9.0)
    tomorrow = TODAY + dt.timedelta(days=1)
    first = lines(refreshed(tables, tomorrow), "moves")
    assert [line[:3] for line in first] == [("C → A", "up", ago(-1))]
    assert lines(refreshed(tables, tomorrow + dt.timedelta(days=30)), "moves") == first


def test_of_the_changes_of_one_day_the_largest_account_comes_first():
    rows = [{"account": code, "growth": 4.0, "turnover": amount} for code, amount in (("a", 5.0), ("b", 9.0))]
    tables = noted(rows)
    refreshed(tables)
    tables.set("Clients", 0, "growth", 9.0).set("Clients", 1, "growth", 9.0)
    assert [line[1] for line in lines(refreshed(tables), "moves")] == ["b", "a"]


# ---- a rep that is chosen ------------------------------------------------------------------------


def by_rep():
    return noted(buyers(30, rep=lambda at: ("Zoé", "zoe ", "Max", None)[at % 4]))


def test_the_lists_are_those_of_the_rep_that_is_chosen():
    tables = by_rep()
    tables.set("Board", 0, "rep", "max")
    after = refreshed(tables)
    own = {f"Name {at}" for at in range(2, 30, 4)}
    assert {line[1] for line in lines(after, "top")} == own
    for name in ("win_back", "late", "top", "owed", "moves"):
        assert lines(after, name) == lines(after, f"Max|{name}", "Highlights")


def test_every_rep_can_be_chosen_in_one_spelling_and_those_without():
    after = refreshed(by_rep())
    assert [row["rep"] for row in cells(after, "RepNames")] == ["All", "Max", "Zoé", "(no rep)"]
    assert len(lines(after, "(no rep)|top", "Highlights")) == 7


def test_nobody_of_that_name_has_no_list():
    tables = by_rep()
    tables.set("Board", 0, "rep", "Nobody")
    after = refreshed(tables)
    assert not any(lines(after, name) for name in ("win_back", "late", "top", "owed", "moves"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
def test_formulas_show_the_lists_of_another_rep_as_a_refresh_would(tmp_path):
    path = tmp_path / "book.xlsx"
    demo_workbook(path, "en", TODAY)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
        sheet = book["Dashboard"]
        assert sheet["C14"].value == "All"
        before = sheet["P118"].value
        sheet["C14"] = "R291"
        book.save(path)
        out = tmp_path / "out"
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
        for _ in range(2):
            subprocess.run(command, check=False, capture_output=True, timeout=300)
            if (out / "book.xlsx").exists():
                break
        shown = openpyxl.load_workbook(out / "book.xlsx", data_only=True)["Dashboard"]
    wanted = score_tables(PackageBook(path).tables(), TODAY).changes
    fill = next(fill for fill in wanted.rows if fill.table == "Shown")
    keys = [f"{name}|{line}" for name in ("win_back", "late", "top") for line in range(1, 11)]
    rows = {row[0]: row for row in fill.rows}
    names = [shown.cell(18 + line, 3).value or None for line in range(10)]
    assert names == [rows[key][2] for key in keys[:10]]
    assert [shown.cell(18 + line, 8).value or None for line in range(10)] == [
        rows[key][2] for key in keys[10:20]
    ]
    assert [shown.cell(31 + line, 5).value for line in range(10)] == [rows[key][3] for key in keys[20:]]
    assert names[0] != before


# ---- reps and figures ----------------------------------------------------------------------------


def test_load_is_the_visits_of_the_classes_against_weeks_days_and_visits_a_day():
    rows = [{"account": f"A{at}", "rep": "Max", "turnover": 3.0, "turnover_1": 2.0} for at in range(10)]
    rows += [{"account": f"C{at}", "rep": "Zoé", "growth": 4.0} for at in range(20)]
    tables = noted(rows).setting("weeks", 10.0).setting("visit_days", 2.0).setting("visits_per_day", 3.0)
    found = {row["rep"]: row for row in cells(refreshed(tables), "RepLines") if row["rep"]}
    assert (found["Max"]["needed"], found["Max"]["possible"], found["Max"]["load"]) == (120.0, 60.0, 2.0)
    assert (found["Zoé"]["third"], found["Zoé"]["load"]) == (20.0, 1.0)
    assert (found["Total"]["load"], found["Max"]["growth"], found["Zoé"]["growth"]) == (1.5, 0.5, None)


def test_more_reps_than_lines_share_the_last_line():
    rows = [{"account": f"{at}", "rep": f"R{at:02d}", "turnover": float(at)} for at in range(15)]
    found = [row for row in cells(refreshed(noted(rows)), "RepLines") if row["rep"]]
    assert len(found) == 13
    assert (found[0]["rep"], found[11]["rep"], found[11]["first"]) == ("R14", "4 others", 4.0)
    assert sum(row["first"] for row in found[:-1]) == found[-1]["first"] == 15.0


def test_the_first_figures_say_growth_core_risk_visits_and_money():
    after = refreshed(noted(buyers()))
    assert figure(after, "Turnover against")["value"] == round(3000 / 125 - 1, 9)
    assert figure(after, "Make 80")["value"] == 14.0
    assert figure(after, "Make 80")["note"] == "of 24 accounts with turnover"
    assert figure(after, "At high risk")["value"] == 240.0 + 230 + 220 + 210 + 200
    assert figure(after, "Late visits, A, B")["value"] == 25.0
    (mark,) = cells(after, "CoreMark")
    assert mark["mark"] == "14 of 24 accounts make 80% of the turnover"
    assert mark["share_accounts"] == round(14 / 24, 9)


def test_a_refresh_of_a_file_stores_the_lines_that_the_lists_show(tmp_path):
    path = tmp_path / "book.xlsm"
    demo_workbook(path, "en", TODAY)
    book = PackageBook(path)
    book.apply(score_tables(book.tables(), TODAY + dt.timedelta(days=40)).changes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = openpyxl.load_workbook(path, data_only=True)["Dashboard"]
    rows = Layout(PackageBook(path).tables()).named["shown"].rows()
    late = [row for row in rows if str(row["line"]).startswith("late|")]
    assert [sheet.cell(18 + at, 10).value for at in range(10)] == [row["figure"] or None for row in late]
