"""Call desk: the card as a command, the log of requests, and the settings of working time."""

import datetime as dt
import json

import pytest
from support.commands import run_command
from support.made import layout, new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.refresh.score_tables import check_tables, score_tables
from addin.template.words import Words
from addin.undo.last import undo_last, write
from addin.uses.sorted_requests import sorted_requests
from addin.workbook.port import Changes, RowsFill
from addin.workbook.settings_table import setting_changes

TODAY = dt.date(2026, 11, 27)
FRIDAY = dt.datetime(2026, 11, 27, 16, 30)
MONDAY = dt.datetime(2026, 11, 30, 17, 0)
NOW = dt.datetime(2026, 11, 27, 17, 0)
PHONES = {"C-A": "01 23 45 67 89", "C-C": "+33 6 12 34 56 78"}


def accounts(words):
    client = words.word("status", "client")
    rows = [
        {
            "account": code,
            "name": name,
            "status": client,
            "phone": PHONES.get(code),
            "company_no": "732829320" if code == "C-A" else None,
            "turnover": turnover,
            "turnover_1": turnover,
            "turnover_2": turnover,
            "potential": 2 * turnover,
            "days_late": late,
            "overdue": 1200.0 if late > 60 else 0.0,
            "last_visit": dt.datetime(2026, 10, 1),
        }
        for code, name, turnover, late in (
            ("C-A", "Nordvik", 900_000.0, 0.0),
            ("C-C", "Nordsee", 30_000.0, 90.0),
            ("T-1", "Twice", 90_000.0, 0.0),
            ("T-1", "Twice too", 90_000.0, 0.0),
        )
    ]
    return [*rows, {"account": "C-U", "name": "Unknown", "status": client}]


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, request.param, accounts(catalogue(request.param)))
    return path


def words_of(path):
    return catalogue(layout(path).language)


def kind(path, place):
    return words_of(path).surface("template")["shipped"]["requesttypes"][place]["request"]


def change(path, table, rows):
    """Other rows in a table, by the keys of its columns."""
    located = layout(path).named[table]
    PackageBook(path).apply(Changes(rows=[RowsFill(located.table.name, 0, located.tuples(rows))]), path)


def setting(path, key, value):
    located = layout(path)
    changes = setting_changes(located.named["settings"], key, value, located.language)
    PackageBook(path).apply(changes, path)


def refresh(path, now=NOW):
    """Refresh with the call desk shown; what there is to say."""
    package = PackageBook(path)
    tables = package.tables()
    scoring = score_tables(tables, TODAY, asked={"call": {"now": now}})
    write(package, path, tables, scoring.changes, "refresh")
    return [note.keys[-1] for note in scoring.uses["call"].notes]


def told(capsys, path, *arguments):
    return json.loads(run_command(capsys, "call", path, *arguments, "--json", today=TODAY)[1])


def log(path):
    return layout(path).named["requests"].rows()


# --------------------------------------------------------------------------------- card


@pytest.mark.parametrize("text", ["C-C", "c-c", "nords", "0612345678", "+33 6 12 34 56 78"])
def test_the_card_of_a_single_account_is_printed(book, capsys, text):
    (match,) = told(capsys, book, text)["matches"]
    words = words_of(book)
    assert match == {
        "account": "C-C",
        "name": "Nordsee",
        "class": "C",
        "label": words.text("template", "classes", "C", "label"),
        "score": pytest.approx(50, abs=25),
        "reasons": match["reasons"],
        "holds": [words.text("template", "gates", "reasons", "days_late")],
        "overdue": 1200.0,
        "risk": match["risk"],
        "share_of_wallet": 0.5,
        "rep": None,
        "town": None,
        "phone": "+33 6 12 34 56 78",
        "last_visit": "2026-10-01",
        "state": "active",
        "shipping": Words(words.language).text("classes", "C", "shipping"),
        "instructions": Words(words.language).text("classes", "C", "instructions"),
    }


def test_a_request_gets_priority_time_to_answer_and_whom_to_tell(book, capsys):
    asked = ("--request", kind(book, 2), "--received", "2026-11-27 16:30")
    found = told(capsys, book, "C-C", *asked)
    assert found["answer_by"] == MONDAY.isoformat()  # one hour on Friday, seven on Monday
    assert (
        found["escalate_to"]
        == words_of(book).surface("template")["shipped"]["requesttypes"][2]["escalate_to"]
    )
    assert found["priority"] in {"P1", "P2", "P3", "P4"}
    urgent = told(capsys, book, "C-C", "--request", kind(book, 0), *asked[2:])
    assert urgent["answer_by"] == "2026-11-30T11:30:00"
    unknown = told(capsys, book, "C-U", *asked)
    assert unknown["answer_by"] == MONDAY.isoformat()  # as the second last class, never as the best


def test_without_a_request_there_is_no_priority(book, capsys):
    found = told(capsys, book, "C-C")
    assert (found["priority"], found["answer_by"], found["escalate_to"]) == (None, None, None)


def test_several_accounts_are_listed_to_choose_from(book, capsys):
    found = told(capsys, book, "nord", "--request", kind(book, 0))
    assert [match["account"] for match in found["matches"]] == ["C-C", "C-A"]  # by name
    assert "priority" not in found
    assert told(capsys, book, "nobody") == {"matches": [], "found": 0}


def test_a_code_that_stands_twice_is_on_no_card(book, capsys):
    assert told(capsys, book, "T-1")["matches"] == []


def test_a_card_is_printed_in_words(book, capsys):
    code, out, err = run_command(capsys, "call", book, "C-C", "--request", kind(book, 0), today=TODAY)
    assert code == 0, err
    for text in ("Nordsee", "C-C", kind(book, 0), words_of(book).text("template", "call", "fields", "holds")):
        assert text in out


def test_looking_somebody_up_writes_nothing(book, capsys):
    before = book.read_bytes()
    run_command(capsys, "call", book, "C-C", today=TODAY)
    told(capsys, book)
    assert book.read_bytes() == before


def test_an_unknown_kind_of_request_is_refused_with_those_there_are(book, capsys):
    code, _, err = run_command(capsys, "call", book, "C-C", "--request", "greeting", today=TODAY)
    assert code != 0
    assert all(kind(book, place) in err for place in range(6))


def test_a_moment_that_is_none_is_refused(book, capsys):
    asked = ("--request", kind(book, 0), "--received", "yesterday")
    code, _, err = run_command(capsys, "call", book, "C-C", *asked, today=TODAY)
    assert code != 0
    assert "yesterday" in err


# ---------------------------------------------------------------------------- the log


def requests(path):
    return [
        {"received": FRIDAY, "account": "C-C", "request": kind(path, 2), "subject": "=1+1"},
        {"received": FRIDAY, "account": "c-a", "request": kind(path, 0), "answered": MONDAY, "by": "Ana"},
        {"received": FRIDAY, "account": "C-U", "request": kind(path, 4)},
        {"received": FRIDAY, "account": "C-A", "request": kind(path, 4)},
    ]


def test_a_refresh_fills_in_what_follows_from_a_request_and_leaves_what_was_typed(book):
    change(book, "requests", requests(book))
    assert refresh(book) == []
    rows = log(book)
    yes, no = (words_of(book).word("yes_no", key) for key in ("yes", "no"))
    filled = [(row["name"], row["class"], row["answer_by"], row["late"]) for row in rows]
    assert filled == [
        ("Nordsee", "C", MONDAY, no),
        ("Nordvik", "A", dt.datetime(2026, 11, 27, 17, 30), yes),
        ("Unknown", "?", dt.datetime(2026, 12, 1, 17, 30), no),
        ("Nordvik", "A", dt.datetime(2026, 11, 30, 11, 30), no),
    ]
    assert [row["priority"] for row in rows] == ["P4", "P1", "P4", "P3"]
    assert [row["subject"] for row in rows] == ["=1+1", None, None, None]


def test_a_program_is_told_the_log_and_the_blank_rows_are_left_out(book, capsys):
    assert told(capsys, book)["tables"]["Requests"] == []
    change(book, "requests", [{}, *requests(book)[:1]])
    (row,) = told(capsys, book)["tables"]["Requests"]
    assert (row["received"], row["account"], row["class"]) == ("2026-11-27T16:30:00", "C-C", "C")
    assert isinstance(row["late"], bool)


def test_what_is_unknown_in_the_log_is_said_and_gets_no_priority(book):
    rows = [
        {"received": "soon", "account": "C-A", "request": kind(book, 0)},
        {"received": FRIDAY, "account": "T-1", "request": kind(book, 0)},
        {"received": FRIDAY, "account": "nobody", "request": kind(book, 0)},
        {"received": FRIDAY, "account": "C-A", "request": "greeting"},
    ]
    change(book, "requests", rows)
    assert sorted(refresh(book)) == ["accounts_unknown", "moments_unread", "requests_unknown"]
    found = log(book)
    assert [row["priority"] for row in found] == ["P1", None, None, None]
    assert [row["answer_by"] for row in found] == [None] * 4
    sheet = words_of(book).sheet("requests")
    listed = {(row["cell"], row["finding"]) for row in checks(book) if row["sheet"] == sheet}
    what = words_of(book).surface("faults")["what"]
    headers = words_of(book).headers("requests")
    assert listed == {
        ("A5", what["no_date"].format(field=headers["received"], value="soon")),
        ("B6", what["request_account_twice"].format(field=headers["account"], value="T-1")),
        ("B7", what["request_account_unknown"].format(field=headers["account"], value="nobody")),
        ("C8", what["request_unknown"].format(field=headers["request"], value="greeting")),
    }


def checks(path):
    return layout(path).named["checks"].rows()


def test_check_lists_the_faults_of_the_log_while_it_is_shown(book):
    change(book, "requests", [{"received": FRIDAY, "account": "nobody", "request": kind(book, 0)}])
    sheet = words_of(book).sheet("requests")
    tables = PackageBook(book).tables()
    assert sheet not in {finding.sheet for finding in check_tables(tables, TODAY).report.findings}
    refresh(book)
    found = check_tables(PackageBook(book).tables(), TODAY).report.findings
    assert [finding.cell for finding in found if finding.sheet == sheet] == ["B5"]


def test_a_use_says_in_one_line_where_all_that_needs_a_look_is_listed(book, capsys):
    change(book, "requests", [{"received": "soon", "account": "nobody", "request": "greeting"}])
    code, out, err = run_command(capsys, "call", book, today=TODAY)
    count = len(check_tables(PackageBook(book).tables(), TODAY).report.findings)
    line = words_of(book).text("cli", "result", "faults", count=count)
    assert (code, err, out.splitlines().count(line)) == (0, "", 1)
    code, out, err = run_command(capsys, "call", book, "--json", today=TODAY)
    assert err.splitlines() == [
        words_of(book).text("cli", "result", "faults_elsewhere", count=count, book=book)
    ]
    assert json.loads(out)["tables"]["Requests"]


def test_waiting_lifts_a_request_and_makes_it_late(book):
    change(book, "requests", requests(book)[:1])
    refresh(book)
    assert log(book)[0]["priority"] == "P4"
    refresh(book, now=dt.datetime(2026, 12, 3, 16, 30))
    (row,) = log(book)
    assert (row["priority"], row["late"]) == ("P1", words_of(book).word("yes_no", "yes"))


def test_the_log_is_sorted_by_priority_then_time_answered_ones_last(book):
    change(book, "requests", [{}, *requests(book)])
    refresh(book)
    located = layout(book)
    package = PackageBook(book)
    write(package, book, located.tables, sorted_requests(located), "refresh")
    rows = [(row["account"], row["priority"], row["by"]) for row in log(book)]
    assert rows == [
        ("C-A", "P3", None),
        ("C-C", "P4", None),
        ("C-U", "P4", None),
        ("c-a", "P1", "Ana"),
        (None, None, None),
    ]
    assert sorted_requests(layout(book)) == Changes()
    undo_last(book, lambda _: None)
    assert [row["account"] for row in log(book)] == [None, "C-C", "c-a", "C-U", "C-A"]


def test_the_command_sorts_when_told(book, capsys):
    change(book, "requests", requests(book))
    assert run_command(capsys, "call", book, "--sort", today=TODAY)[0] == 0
    assert log(book)[-1]["by"] == "Ana"
    before = book.read_bytes()
    assert run_command(capsys, "call", book, "--sort", today=TODAY)[0] == 0
    assert book.read_bytes() == before  # what is said of a request names the cell in which it stands now


# ----------------------------------------------------------------------- working time


@pytest.mark.parametrize(
    ("key", "value", "note"),
    [
        ("working_hours", "mornings", "working_hours_unread"),
        ("working_hours", None, "working_hours_blank"),
        ("working_days", "5 mai", "working_days_unread"),
        ("working_days", None, "working_days_blank"),
    ],
)
def test_without_working_hours_nothing_is_due_and_it_is_said(book, key, value, note):
    setting(book, key, value)
    change(book, "requests", requests(book)[:1])
    assert refresh(book) == [note]
    (row,) = log(book)
    assert (row["priority"], row["answer_by"], row["late"]) == ("P4", None, None)
    assert layout(book).named["callhours"].cells("start") == [None]


def test_holidays_that_are_not_known_are_said(book):
    setting(book, "country", "Atlantis")
    assert refresh(book) == ["country_unread"]


@pytest.mark.parametrize(
    ("country", "received", "answer_by"),
    [
        ("FR", dt.datetime(2026, 12, 24, 16, 30), dt.datetime(2026, 12, 28, 17, 0)),
        ("", dt.datetime(2026, 12, 24, 16, 30), dt.datetime(2026, 12, 25, 17, 0)),
        ("FR", dt.datetime(2027, 3, 25, 16, 30), dt.datetime(2027, 3, 26, 17, 0)),
        ("FR-67", dt.datetime(2027, 3, 25, 16, 30), dt.datetime(2027, 3, 30, 17, 0)),  # Good Friday, too
        ("FR-972", dt.datetime(2026, 5, 21, 16, 30), dt.datetime(2026, 5, 26, 17, 0)),  # 22 May, Whit Monday
        ("FR", dt.datetime(2026, 5, 21, 16, 30), dt.datetime(2026, 5, 22, 17, 0)),
    ],
)
def test_public_holidays_are_no_working_days(book, country, received, answer_by):
    setting(book, "country", country or None)
    change(book, "requests", [{"received": received, "account": "C-C", "request": kind(book, 2)}])
    refresh(book)
    assert log(book)[0]["answer_by"] == answer_by


def test_days_on_which_the_company_is_closed_are_none_either(book):
    change(book, "closingdays", [{"date": dt.datetime(2026, 11, 30)}, {"date": "soon"}])
    change(book, "requests", requests(book)[:1])
    assert refresh(book) == ["closing_days_unread"]
    assert log(book)[0]["answer_by"] == MONDAY + dt.timedelta(days=1)


def test_a_kind_of_request_without_an_urgency_is_said(book):
    rows = layout(book).named["requesttypes"].rows()
    change(book, "requesttypes", [rows[0] | {"urgency": 4.0}, *rows[1:]])
    change(book, "requests", [{"received": FRIDAY, "account": "C-C", "request": kind(book, 0)}])
    assert refresh(book) == ["urgency_unread", "requests_unknown"]
    assert log(book)[0]["priority"] is None
    words = words_of(book)
    details = {"request": kind(book, 0), "value": words.show(4.0)}
    assert words.text("faults", "what", "urgency_unknown", **details) in {
        row["finding"] for row in checks(book)
    }


def test_of_a_kind_that_stands_twice_the_first_row_counts_and_the_second_is_said(book):
    rows = layout(book).named["requesttypes"].rows()
    change(book, "requesttypes", [*rows, rows[0] | {"urgency": 3.0}, {"request": "Visit"}])
    refresh(book)
    words, name = words_of(book), kind(book, 0)
    assert {row["finding"] for row in checks(book)} >= {
        words.text("faults", "what", "request_twice", value=name),
        words.text("faults", "what", "urgency_empty", request="Visit"),
    }


def test_refreshed_twice_at_the_same_moment_nothing_changes(book):
    change(book, "requests", requests(book))
    refresh(book)
    before = book.read_bytes()
    refresh(book)
    assert book.read_bytes() == before
