"""The formula CLIENTPRIORITY: plain VBA over what the last refresh has left, without Python."""

import datetime as dt
import json

import pytest
from support.commands import run_command
from support.formulas import NO_VALUE, NOT_AVAILABLE, Excel
from support.made import new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables

ACCOUNTS = (("C-A", 900_000.0), ("C-B", 90_000.0), ("C-C", 30_000.0), ("C-D", 500.0), ("1001", None))


def workbook(path, language, *, desk):
    words = catalogue(language)
    known = {"status": words.word("status", "client"), "days_late": 5.0}
    rows = [
        {"account": code}
        | {"status": known["status"]}
        | ({} if amount is None else known | dict.fromkeys(("turnover", "turnover_1", "turnover_2"), amount))
        | ({} if amount is None else {"potential": amount})
        for code, amount in ACCOUNTS
    ]
    new_workbook(path, language, rows)
    book = PackageBook(path)
    today = dt.date.today()  # noqa: DTZ011 - the macros look at the clock
    book.apply(score_tables(book.tables(), today, asked={"call": {}} if desk else {}).changes, path)
    return path


@pytest.fixture(scope="module", params=LANGUAGES)
def opened(request, python, tmp_path_factory):
    """Excel without Python, a workbook open whose call desk was shown; the language and the file."""
    path = workbook(tmp_path_factory.mktemp("priority") / "book.xlsm", request.param, desk=True)
    return Excel(path, request.param, python, python="missing"), request.param, path


def kinds(language):
    return [row["request"] for row in catalogue(language).surface("template")["shipped"]["requesttypes"]]


def serial(moment):
    return (moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)


def test_it_is_what_the_command_says_of_a_request_that_has_not_waited(opened, capsys):
    excel, language, path = opened
    for code, _ in ACCOUNTS:
        for kind in kinds(language)[::2]:  # one of each urgency
            told = json.loads(run_command(capsys, "call", path, code, "--request", kind, "--json")[1])
            assert excel.formula("CLIENTPRIORITY", code, kind) == told["priority"]


@pytest.mark.parametrize("days", [-1, 0, 1, 3, 9, 40])
def test_it_is_what_the_command_says_of_one_that_has(opened, capsys, days):
    excel, language, path = opened
    now = dt.datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - as the macros see it
    received = now - dt.timedelta(days=days, minutes=17)
    kind = kinds(language)[-1]
    for code in ("C-A", "C-C", "1001"):
        asked = ("--request", kind, "--received", received.isoformat(" "), "--json")
        told = json.loads(run_command(capsys, "call", path, code, *asked)[1])
        assert excel.formula("CLIENTPRIORITY", code, kind, serial(received)) == told["priority"]


def test_what_is_unknown_is_not_available(opened):
    excel, language, _ = opened
    kind = kinds(language)[0]
    for account, request in (("C-Z", kind), ("", kind), ("C-A", "greeting"), ("C-A", "")):
        assert excel.formula("CLIENTPRIORITY", account, request) == NOT_AVAILABLE


def test_names_are_found_whatever_their_case_and_blanks(opened):
    excel, language, _ = opened
    kind = kinds(language)[0]
    assert excel.formula("CLIENTPRIORITY", " c-a ", f" {kind.upper()}\u00a0") == "P1"


def test_a_time_of_receipt_needs_the_working_hours(python, tmp_path):
    path = workbook(tmp_path / "book.xlsm", "en", desk=False)
    excel = Excel(path, "en", python, python="missing")
    assert excel.formula("CLIENTPRIORITY", "C-C", "Quote") == "P4"
    assert excel.formula("CLIENTPRIORITY", "C-C", "Quote", 46000.5) == NO_VALUE
    assert excel.formula("CLIENTPRIORITY", "C-C", "Quote", "yesterday") == NO_VALUE
