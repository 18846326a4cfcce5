"""Formulas on Windows: from xlwings' DLL through the COM server to the scores, as the workbook's VBA goes."""

import dataclasses
import datetime as dt
import struct
import subprocess
import sys
import time
from decimal import Decimal

import pytest
from support.calc.semantics import ERRORS
from support.marshalling import NEWER_ERRORS, com_arguments
from windows.on_windows.excel_side import activate, command, through_com, to_com

from addin.catalogue import catalogue
from addin.excel.values import cell_of
from addin.fresh import _sample_words, new_workbook
from addin.functions import _asked
from addin.package import PackageBook
from addin.sample import read_sample
from addin.workbook.formulas import ANSWER_FIELDS
from addin.workbook.port import CellError

WIDTH = len(ANSWER_FIELDS)
VT_EMPTY, VT_CY, VT_DATE, VT_ERROR = 0, 6, 7, 10


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The tables of a French workbook with thirty accounts."""
    words = catalogue("fr")
    rows = [_sample_words(row, words) for row in read_sample("fr", dt.date(2026, 11, 23))]
    prospects = [row for row in rows if row["status"] == words.word("status", "prospect")]
    path = tmp_path_factory.mktemp("book") / "Portefeuille d’été.xlsx"
    new_workbook(path, "fr", [*rows[:24], *prospects[:6]])
    return [table for table in PackageBook(path).tables() if table.n_rows]


@pytest.fixture(scope="module")
def server():
    """The server, and the seconds until Excel had it and until it gave its first answer."""
    start = time.perf_counter()
    found = activate(command())
    yield found, time.perf_counter() - start
    activate(command(), -1)


def ask(server, arguments):
    """Ask as the VBA does; rows of cells as the VBA gets them."""
    return [list(row) for row in server[0].CallUDF("addin.functions", "score_portfolio", to_com(arguments))]


def direct(arguments):
    """The same without COM, an empty cell as xlwings gives it to VBA: as an empty text."""
    answer = _asked(
        [list(place) for place in arguments[0]], [list(map(list, rows)) for rows in arguments[1:]]
    )
    return [["" if cell is None else cell for cell in row] for row in answer]


def with_cells(table, header, values):
    at = table.headers.index(header)
    columns = [list(column) for column in table.columns]
    columns[at][: len(values)] = values
    return dataclasses.replace(table, columns=tuple(columns))


def named(tables, name):
    return next(table for table in tables if table.name == name)


def block(table):
    return (table.headers, *zip(*table.columns, strict=True))


def test_answers_are_those_of_a_call_without_com(server, tables, record_property):
    arguments = com_arguments(tables)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        answer = ask(server, arguments)
        times.append(time.perf_counter() - start)
    record_property(
        "seconds until the server, its first answer, a warm one", [server[1], times[0], min(times)]
    )
    assert answer == direct(arguments)
    assert answer[0] == ["ok", *[""] * (WIDTH - 1)]
    assert len(answer) == 31
    assert {row[ANSWER_FIELDS.index("class")] for row in answer[1:]} - {"?"}
    # a score is a number to Excel and everything else a text, whatever the call without COM gives
    kinds = {field: {type(row[at]) for row in answer[1:]} for at, field in enumerate(ANSWER_FIELDS)}
    assert kinds["account"] == kinds["class"] == {str}
    assert float in kinds["score"]
    scored = [row for row in answer[1:] if row[ANSWER_FIELDS.index("class")] != "?"]
    assert {type(row[ANSWER_FIELDS.index("score")]) for row in scored} == {float}


def test_a_given_table_stands_in_for_that_of_the_workbook(server, tables):
    criteria = with_cells(named(tables, "Criteria"), "Poids", [99.0])
    arguments = com_arguments(tables, given=[block(criteria)])
    answer = ask(server, arguments)
    assert answer == direct(arguments)
    assert answer[0][0] == "ok"
    assert answer != ask(server, com_arguments(tables))


def test_a_bad_table_is_a_sentence_with_its_accents(server, tables):
    criteria = with_cells(named(tables, "Criteria"), "Poids", [-5.0])
    answer = ask(server, com_arguments(tables, given=[block(criteria)]))
    assert answer[0][0] == "fault"
    assert "Un poids est de 0 ou plus" in answer[0][1]
    assert "premier en-tête" in answer[0][1]


@pytest.mark.parametrize(("error", "number"), (ERRORS | NEWER_ERRORS).items())
def test_an_error_value_is_received_as_a_whole_number_and_is_no_amount(error, number):
    """xlwings knows only the seven older ones."""
    assert through_com(VT_ERROR, number & 0xFFFFFFFF) == number
    assert cell_of(number) == CellError(error)


def test_currency_dates_and_empty_cells_are_received_as_the_product_expects_them():
    assert through_com(VT_CY, 125_000) == Decimal("12.5")
    assert cell_of(through_com(VT_CY, 125_000)) == 12.5
    (noon,) = struct.unpack("<q", struct.pack("<d", 46204.5))
    assert cell_of(through_com(VT_DATE, noon)) == dt.datetime(2026, 7, 1, 12)
    assert cell_of(through_com(VT_EMPTY, 0)) is None


@pytest.mark.parametrize("error", NEWER_ERRORS)
def test_an_error_value_is_never_taken_for_a_number(server, tables, error):
    """Those that Excel got later arrive as whole numbers below minus two thousand million."""
    clients = named(tables, "Clients")
    amounts = [column for column in clients.headers if column.startswith("CA")][:1]
    spoilt = with_cells(clients, amounts[0], [CellError(error)])
    emptied = with_cells(clients, amounts[0], [None])
    answers = [
        ask(server, com_arguments([other if table is clients else table for table in tables]))
        for other in (spoilt, emptied)
    ]
    score = ANSWER_FIELDS.index("score")
    assert [row[score] for row in answers[0][1:]] == [row[score] for row in answers[1][1:]]


def test_two_workbooks_of_one_excel_have_a_server_each_and_their_own_answers(server, tables):
    criteria = with_cells(named(tables, "Criteria"), "Poids", [99.0])
    mine, other = com_arguments(tables), com_arguments(tables, given=[block(criteria)])
    text = command(book=r"C:\Données\autre.xlsm")
    second = (activate(text), 0.0)
    try:
        for _ in range(2):
            assert ask(server, mine) == direct(mine)
            assert ask(second, other) == direct(other)
    finally:
        activate(text, -1)


def test_python_says_that_it_works_as_the_macros_ask_it(tmp_path, record_property):
    """Without cmd, whose || Wine does not heed."""
    file = tmp_path / "clientscore-answer.txt"
    start = time.perf_counter()
    line = [sys.executable, "-B", "-P", "-m", "addin.python_works", str(file)]
    subprocess.run(line, stdin=subprocess.PIPE, capture_output=True, check=True)
    record_property("seconds until Python says that it works", time.perf_counter() - start)
    assert file.read_text(encoding="ascii").startswith("works ")
