"""Actions in a workbook: the catalogue as people type it, what is proposed and why, target lists."""

import csv
import datetime as dt
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.books import Tables, cells, written
from support.commands import run_command

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import new_workbook
from addin.package import PackageBook
from addin.uses import printed
from addin.uses.conditions import Misread, read_conditions
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, RowsFill

TODAY = dt.date(2026, 11, 29)


def accounts(words):
    client, prospect = (words.word("status", key) for key in ("client", "prospect"))
    forced = {"forced_reason": "test", "forced_until": dt.datetime(2027, 1, 1)}
    bought = {"status": client, "turnover_1": 400.0, "turnover_2": 400.0, **forced}
    return [
        {"account": "1", **bought, "forced": "A", "turnover": 400.0, "potential": 1000.0, "town": "Lyon"},
        {
            "account": "2",
            **bought,
            "forced": "D",
            "turnover": 400.0,
            "potential": 500.0,
            "potential_new": 9.0,
        },
        {"account": "3", **bought, "forced": "B", "turnover": 0.0},
        {"account": "4", **bought, "forced": "B", "turnover": 90.0, "overdue": 50.0, "days_late": 40.0},
        {"account": "5", "status": prospect, "potential": 10.0, "name": "=1+1"},
        {"account": "6", "status": client},
    ]


def tables(language="en", actions=None):
    book = Tables(language)
    book.rows("Clients", accounts(book.words))
    return book if actions is None else book.rows("ActionCatalogue", actions)


def proposed(book, **options):
    scoring = book.score(asked={"actions": {}}, today=TODAY, **options)
    return printed(scoring.uses), scoring


def shipped(language, place):
    return catalogue(language).surface("template")["shipped"]["actioncatalogue"][place]["action"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_that_ships_is_read_whole_and_proposes_what_fits(language):
    found, scoring = proposed(tables(language))
    assert not scoring.uses["actions"].faults
    assert len(found["ActionCatalogue"]) == 8
    chosen = {row["account"]: row["action"].replace("\u00a0", " ") for row in found["Actions"]}
    places = {"1": 4, "2": 5, "3": 2, "4": 0, "5": 6}
    assert chosen == {code: shipped(language, place).replace("\u00a0", " ") for code, place in places.items()}
    assert [note.keys[-1] for note in scoring.uses["actions"].notes] == ["without"]


def test_because_says_what_the_action_looks_at_and_the_account_has():
    because = {row["account"]: row["because"] for row in proposed(tables())[0]["Actions"]}
    assert because["1"] == "Class A; Status Client; Share of wallet < 50% (40%)"
    assert because["3"] == "State Lost; Turnover Y-1 > 0 (400)"
    assert because["4"] == "Status Client; Overdue amount > 0 (50); Days late > 30 (40)"
    assert because["5"] == "Status Prospect; Potential known"


def test_actions_stand_by_priority_then_class_then_score():
    actions = [
        {"action": "Second", "classes": "A, B, D", "priority": 2.0},
        {"action": "First", "classes": "?", "priority": 1.0},
        {"action": "Last", "classes": "A"},
    ]
    found = proposed(tables(actions=actions))[0]["Actions"]
    assert [row["action"] for row in found] == ["First"] + ["Second"] * 5
    assert [row["class"] for row in found] == ["?", "A", "B", "B", "D", "D"]
    assert [row["account"] for row in found[:2]] == ["6", "1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Days late > 30", [("days_late", ">", 30.0)]),
        (
            "retard de paiement (j) >= 30 ; POTENTIEL connu",
            [("days_late", ">=", 30.0), ("potential", "known", None)],
        ),
        ("Share of wallet ≤ 50 %", [("share_of_wallet", "<=", 0.5)]),
        ("Part de portefeuille<0.5", [("share_of_wallet", "<", 0.5)]),
        ("Loss risk = high", [("risk", "=", "high")]),
        ("State <> Lost;", [("state", "<>", "lost")]),
        ("Last visit < 2026-01-31", [("last_visit", "<", dt.datetime(2026, 1, 31))]),
        ("Core 80% = Yes", [("core", "=", "yes")]),
        ("Town unknown", [("town", "unknown", None)]),
        ("Region = North", [("+region", "=", "North")]),
        ("a = b = 5", [("+a = b", "=", 5.0)]),
    ],
)
def test_conditions_are_read_by_the_words_of_gates(text, expected):
    book = tables().add_column("Clients", "Region").add_column("Clients", "a = b")
    read = read_conditions(text, Layout(book.list()))
    assert [(gate.column, gate.condition, gate.value) for gate in read] == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("soon", "no_sign"),
        ("Weather = fine", "no_column"),
        ("Weather known", "no_column"),
        ("Days late >", "no_value"),
        ("Days late > many", "wrong_kind"),
        ("Share of wallet = most", "wrong_kind"),
        ("Last visit < yesterday", "wrong_kind"),
        ("Loss risk > low", "no_order"),
        ("Town < Lyon", "no_order"),
        ("State = Missing", "no_word"),
    ],
)
def test_a_condition_that_cannot_be_read_says_why(text, why):
    with pytest.raises(Misread) as misread:
        read_conditions(f"Potential known; {text}", Layout(tables().list()))
    assert misread.value.why.keys[-1] == why


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("condition", "nonsense"),
        ("classes", "A, Z"),
        ("statuses", "friend"),
        ("states", "gone"),
        ("from", "soon"),
        ("priority", "high"),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_fault_with_its_place_and_its_action_is_left_out(
    language, column, cell
):
    good, bad = {"action": "Good", "priority": 2.0}, {"action": "Bad", "priority": 1.0, column: cell}
    book = tables(language, [good, bad])
    found, scoring = proposed(book)
    assert {row["action"] for row in found["Actions"]} == {"Good"}
    sheet = book.words.sheet("action_catalogue")
    (fault,) = [one for one in scoring.report.findings if one.sheet == sheet]
    assert fault.cell == book.address("ActionCatalogue", 1, column)
    assert str(cell).split(", ")[-1] in fault.what
    assert not fault.stops


def test_a_column_of_words_has_no_more_and_no_less():
    book = tables(actions=[{"action": "Bad", "condition": "Mood > 3"}, {"action": "Good"}])
    book.add_column("Clients", "Mood", ["fine", "fine", "bad", "bad", "fine", "fine"])
    found, scoring = proposed(book)
    assert {row["action"] for row in found["Actions"]} == {"Good"}
    assert "fine" in next(one.what for one in scoring.report.findings if one.sheet == "Action catalogue")


def test_a_column_of_the_companys_own_and_one_that_scoring_does_not_read_may_be_looked_at():
    book = tables(
        actions=[
            {"action": "Own", "condition": "Staff >= 20"},
            {"action": "Town", "condition": "Town = lyon"},
        ]
    )
    book.add_column("Clients", "Staff", [None, 30.0, "25", 5.0])
    chosen = {row["account"]: row["action"] for row in proposed(book)[0]["Actions"]}
    assert chosen == {"1": "Town", "2": "Own", "3": "Own"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_done_stays_and_the_next_action_is_proposed(language):
    book = tables(language, [{"action": "First", "priority": 1.0}, {"action": "Second", "priority": 2.0}])
    _, scoring = proposed(book)
    book.tables = {table.name: table for table in written(book.list(), scoring)}
    at = [row["account"] for row in cells(book.list(), "Actions")].index("3")
    book.set("Actions", at, "done", dt.datetime(2026, 11, 20)).set("Actions", at, "result", "ordered")
    found, scoring = proposed(book)
    assert {row["account"]: row["action"] for row in found["Actions"]}["3"] == "Second"
    book.tables = {table.name: table for table in written(book.list(), scoring)}
    rows = cells(book.list(), "Actions")
    assert (rows[-1]["account"], rows[-1]["action"], rows[-1]["done"]) == (
        "3",
        "First",
        dt.datetime(2026, 11, 20),
    )
    assert rows[-1]["result"] == f"{book.words.text('views', 'gone')} ordered"
    found, scoring = proposed(book)
    assert {row["account"]: row["action"] for row in found["Actions"]}["3"] == "Second"
    assert not scoring.changes.rows, "twice gives the same"
    book.set("ActionCatalogue", 0, "from", dt.datetime(2026, 11, 21))
    assert {row["account"]: row["action"] for row in proposed(book)[0]["Actions"]}["3"] == "First"


def test_what_is_noted_as_done_but_is_no_date_counts_as_not_done_and_is_said():
    book = tables(actions=[{"action": "First"}])
    book.tables = {table.name: table for table in written(book.list(), proposed(book)[1])}
    book.set("Actions", 0, "done", "yes")
    found, scoring = proposed(book)
    assert len(found["Actions"]) == 6
    (note,) = scoring.uses["actions"].notes
    assert note.details["cell"] == book.address("Actions", 0, "done")


@pytest.mark.parametrize(
    ("actions", "key"),
    [([], "no_actions"), ([{"action": "Past", "until": dt.datetime(2026, 11, 28)}], "nobody")],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_list_says_why(actions, key, language):
    book = tables(language, actions)
    _, scoring = proposed(book)
    (said,) = (row["note"] for row in cells(written(book.list(), scoring), "ActionsNotes"))
    assert said == catalogue(language).text("views", "actions", key)


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, request.param, accounts(catalogue(request.param)))
    return path


def test_a_target_list_is_written_for_a_mailing_with_addresses(book, capsys):
    language = Layout(PackageBook(book).tables()).language
    words, file = catalogue(language), book.with_name("mailing.csv")
    action = shipped(language, 6)
    code, out, _ = run_command(
        capsys, "actions", book, "--export", "csv", file, "--action", action, today=TODAY
    )
    assert code == 0
    assert words.sheet("actions") in out
    text = file.read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";" if language == "fr" else ",")
    assert row[words.header("actions", "account")] == "5"
    assert row[words.header("actions", "name")] == "'=1+1", "no text becomes a formula"
    assert words.header("accounts", "address") in row
    whole = book.with_name("all.xlsx")
    assert run_command(capsys, "actions", book, "--export", "xlsx", whole, today=TODAY)[0] == 0
    assert whole.stat().st_size > 0


def test_an_action_that_there_is_not_is_declined_with_those_that_there_are(book, capsys):
    language = Layout(PackageBook(book).tables()).language
    file = book.with_name("mailing.csv")
    code, _, err = run_command(
        capsys, "actions", book, "--export", "csv", file, "--action", "Nothing", today=TODAY
    )
    assert code == 1
    assert shipped(language, 0).split("\u00a0")[0] in err
    assert not file.exists()
    assert run_command(capsys, "actions", book, "--action", "x", today=TODAY)[0] == 1


def test_a_program_is_told_and_nothing_is_written(book, capsys):
    before = book.read_bytes()
    code, out, _ = run_command(capsys, "actions", book, "--json", today=TODAY)
    found = json.loads(out)["tables"]
    assert code == 0
    assert book.read_bytes() == before
    assert list(found) == ["Actions", "ActionCatalogue"]
    assert {row["account"] for row in found["Actions"]} == {"1", "2", "3", "4", "5"}
    assert found["ActionCatalogue"][0]["priority"] == 1.0


def test_undo_takes_the_list_back_and_leaves_what_was_typed(book, capsys):
    run_command(capsys, "actions", book, today=TODAY)
    located = Layout(PackageBook(book).tables()).named["actions"]
    rows = [{**row, "result": "called"} for row in located.rows()]
    PackageBook(book).apply(Changes(rows=[RowsFill("Actions", 0, located.tuples(rows))]))
    run_command(capsys, "refresh", book, today=TODAY)
    found = Layout(PackageBook(book).tables()).named["actions"].rows()
    assert {row["result"] for row in found} == {"called"}


LAYOUTS = {language: Layout(tables(language).list()) for language in LANGUAGES}
WORDS = st.sampled_from(
    ["Days late", "Potentiel", "Town", "=", "<>", "<", ">= ", " ", ";", "5", "50 %", "unknown", "é"]
)


@given(st.one_of(st.text(), st.lists(WORDS).map("".join)), st.sampled_from(LANGUAGES))
def test_any_text_is_read_as_conditions_or_says_why_not(text, language):
    try:
        said = len(read_conditions(text, LAYOUTS[language]))
    except Misread as misread:
        said = catalogue(language).show(misread.why)
    assert said == sum(bool(part.strip()) for part in text.split(";")) or isinstance(said, str)
