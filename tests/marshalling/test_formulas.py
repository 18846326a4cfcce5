"""The formulas: the product's VBA, run on scored workbooks, with Python behind xlwings' own code."""

import dataclasses
import datetime as dt
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from marshalling.conftest import refreshed, tables
from support.books import TODAY
from support.formulas import INTERPRETER, NO_VALUE, NOT_AVAILABLE, STUBS, VbaError

from addin.catalogue import catalogue
from addin.refresh import score_answers
from addin.screen import fault_line

LANGUAGES = ("en", "fr")
FORMULAS = ("CLIENTSCORE", "CLIENTCLASS", "CLIENTRANK", "CLIENTWHY")
SITUATIONS = {
    "Windows": {},
    "without Python": {"machine": "missing"},
    "broken Python": {"machine": "broken"},
    "Mac": {"mac": True},
}
ALL = "Criteria[#All]"
STRONG = "AW00000010"


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(params=SITUATIONS)
def situation(request):
    return SITUATIONS[request.param]


def header(language, kind, key):
    return catalogue(language).header(kind, key)


def text(language, key):
    return catalogue(language).surface("ribbon")["vba"][key]


def stored(path):
    """Code -> score, class, rank, reasons, as they stand in the account tables of a workbook."""
    return refreshed(tables(path))  # a workbook just refreshed holds what a refresh gives


def shown(cell):
    return NOT_AVAILABLE if cell is None else cell


def changed(found, name, **columns):
    """Tables with other cells in some columns of one."""
    result = []
    for table in found:
        if table.name == name:
            after = [columns.get(f"c{at}", column) for at, column in enumerate(table.columns)]
            table = dataclasses.replace(table, columns=tuple(after))  # noqa: PLW2901
        result.append(table)
    return result


def heavier(found, row=0, weight=90.0):
    """The tables with another weight of a criterion, and the place of the weights."""
    criteria = next(table for table in found if table.name == "Criteria")
    at = next(i for i, name in enumerate(criteria.headers) if name in ("Weight", "Poids"))
    weights = list(criteria.columns[at])
    weights[row] = weight
    return changed(found, "Criteria", **{f"c{at}": weights}), at


def account_cells(excel, name="Clients"):
    """Addresses of the cells with account codes."""
    area = excel.table(name).vba_get("DataBodyRange").first
    sheet = excel.table(name).sheet.name
    return [f"{sheet}!A{row}" for row in range(area.top, area.bottom + 1)]


# ------------------------------------------------------------- without tables: stored values


def test_every_account_answers_with_the_last_refresh_and_python_is_not_asked(excel, demo, language):
    opened = excel(language, path=demo(language))
    expected = stored(demo(language))
    assert len(expected) > 320
    codes = [list(row) for row in zip(expected)]
    for place, formula in enumerate(FORMULAS):
        assert opened.formula(formula, codes) == [[shown(answer[place])] for answer in expected.values()]
    assert opened.machine.commands == opened.machine.calls == []
    assert opened.machine.started == 0


def test_stored_values_wherever_it_runs(excel, small, situation, language):
    opened = excel(language, **situation)
    expected = stored(small(language))
    codes = [cell for cell in account_cells(opened) if opened.value(cell) is not None]
    for cell in codes:
        code = opened.value(cell)
        answer = expected[f"{code:.0f}" if isinstance(code, float) else code]
        for place, formula in enumerate(FORMULAS):
            assert opened.formula(formula, cell) == shown(answer[place])
            assert opened.formula(formula, code) == shown(answer[place])
    assert opened.machine.commands == opened.machine.calls == []
    assert opened.status_bar is False
    assert opened.messages == []


@pytest.mark.parametrize("code", ["abc-1", "ABC-1", "  Abc-1 ", "\u00a0Abc-1\u202f", "Abc-1\n"])
def test_codes_are_found_whatever_their_case_and_blanks(excel, small, code):
    assert excel().formula("CLIENTSCORE", code) == stored(small("en"))["Abc-1"][0]


@pytest.mark.parametrize("code", [1001, 1001.0, "1001", " 1001 "])
def test_a_number_is_the_code_that_would_be_typed(excel, small, code):
    assert excel().formula("CLIENTSCORE", code) == stored(small("en"))["1001"][0]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("code", ["no such account", "", " ", VbaError(2042), VbaError(2023), True, 5.5])
def test_what_is_no_account_is_not_available(excel, formula, code):
    assert excel().formula(formula, code) == NOT_AVAILABLE


def test_an_empty_cell_is_no_account(excel):
    opened = excel()
    assert opened.value("Clients!A900") is None
    assert opened.formula("CLIENTSCORE", "Clients!A900") == NOT_AVAILABLE
    assert opened.formula("CLIENTSCORE", [[None], [None]]) == [[NOT_AVAILABLE], [NOT_AVAILABLE]]


def test_too_little_known_is_a_question_mark_without_a_score(excel, situation, language):
    opened = excel(language, **situation)
    assert opened.formula("CLIENTCLASS", "NOTHING") == "?"
    assert opened.formula("CLIENTSCORE", "NOTHING") == NOT_AVAILABLE
    assert opened.formula("CLIENTRANK", "NOTHING") == NOT_AVAILABLE
    if not situation:
        assert opened.formula("CLIENTCLASS", "NOTHING", ALL) == "?"
        assert opened.formula("CLIENTSCORE", "NOTHING", ALL) == NOT_AVAILABLE


def test_a_range_gives_a_range_of_the_same_shape(excel, small):
    opened = excel()
    expected = stored(small("en"))
    assert opened.formula("CLIENTCLASS", "Clients!A5:A6") == [
        [expected[STRONG][1]],
        [expected["AW00000011"][1]],
    ]
    opened.machine.restart("works")
    wide = opened.formula("CLIENTSCORE", "Clients!A4:B6")
    assert wide == [
        [NOT_AVAILABLE, NOT_AVAILABLE],
        [expected[STRONG][0], NOT_AVAILABLE],
        [expected["AW00000011"][0], NOT_AVAILABLE],
    ]
    column = opened.formula("CLIENTSCORE", f"Clients[{header('en', 'accounts', 'account')}]")
    assert [len(row) for row in column] == [1] * len(account_cells(opened))


def test_one_cell_gives_a_value_and_not_an_array(excel, small):
    opened = excel()
    score = stored(small("en"))[STRONG][0]
    assert opened.formula("CLIENTSCORE", "Clients!A5") == score
    assert opened.formula("CLIENTSCORE", [[STRONG]]) == [[score]]


def test_constants_of_one_row_come_without_rows(excel, small):
    from pyopenvba.interpreter import VBAArray

    opened = excel()
    score = stored(small("en"))[STRONG][0]
    row = VBAArray([(1, 2)], items=[STRONG, "unknown"])
    assert opened.formula("CLIENTSCORE", row) == [[score, NOT_AVAILABLE]]


# --------------------------------------------------------------------------- the own row


@pytest.mark.parametrize("formula", FORMULAS)
def test_left_out_it_is_the_account_of_the_own_row(excel, small, formula, language):
    opened = excel(language)
    opened.in_cell("Clients!AC5")
    assert opened.formula(formula) == stored(small(language))[STRONG][FORMULAS.index(formula)]


def test_left_out_in_several_rows_it_is_each_of_their_accounts(excel, small):
    opened = excel()
    opened.in_cell("Clients!AC5:AC6")
    expected = stored(small("en"))
    assert opened.formula("CLIENTSCORE") == [[expected[STRONG][0]], [expected["AW00000011"][0]]]


@pytest.mark.parametrize("place", ["Clients!AZ900", "Criteria!B8", "Clients!A1"])
def test_left_out_anywhere_else_there_is_no_account(excel, place):
    opened = excel()
    opened.in_cell(place)
    assert opened.formula("CLIENTSCORE") == NO_VALUE


def test_left_out_with_a_table(excel, small):
    opened = excel()
    opened.in_cell("Clients!AC5")
    assert opened.formula("CLIENTSCORE", None, ALL) == stored(small("en"))[STRONG][0]
    assert len(opened.machine.calls) == 1


# --------------------------------------------------------------------------------- why


def reasons_of(language):
    """A text with reasons of all kinds, and they by strength: gate, 12, 8, 8, 3."""
    words = catalogue(language).surface("reasons")
    up, down, between = words["raising"][0], words["lowering"][0], words["between"]
    gate = "Overdue 45 > 30: at best C"
    why = between.join(
        [gate, f"{up} Growth, outlook 5 +12, B2B +3", f"{down} Payment, 30 days −8, Visits −8"]
    )
    first = [
        gate,
        f"{up} Growth, outlook 5 +12",
        f"{down} Payment, 30 days −8",
        f"{down} Visits −8",
        f"{up} B2B +3",
    ]
    return why, first, between


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 99, 2.9, "2"])
def test_the_strongest_reasons_come_first_whether_raising_or_lowering(own_excel, language, n):
    opened = own_excel(language)
    why, first, between = reasons_of(language)
    cell = next(
        cell
        for cell, name in zip(
            opened.table("Clients").vba_get("DataBodyRange").vba_get("Rows", [1]).positions(),
            opened.table("Clients").vba_get("HeaderRowRange").vba_get("Value2").items,
            strict=True,
        )
        if name == header(language, "accounts", "reasons")
    )
    opened.put(opened.sheet("Clients").vba_get("Cells", list(cell)), why)
    assert opened.formula("CLIENTWHY", STRONG) == why
    assert opened.formula("CLIENTWHY", STRONG, n) == between.join(first[: int(float(n))])


def test_as_many_reasons_as_a_cell_says(excel, small):
    opened = excel()
    why = stored(small("en"))[STRONG][3]
    assert opened.formula("CLIENTWHY", STRONG, "Criteria!A900") == why
    assert opened.value("Criteria!A1") is not None
    assert opened.formula("CLIENTWHY", STRONG, "Criteria!A1") == NO_VALUE


@pytest.mark.parametrize("n", [None, 0, -1, 0.5])
def test_no_number_of_reasons_is_all_of_them(excel, small, n):
    assert excel().formula("CLIENTWHY", STRONG, n) == stored(small("en"))[STRONG][3]


@pytest.mark.parametrize("n", ["many", 1e300])
def test_no_such_number_of_reasons(excel, n):
    assert excel().formula("CLIENTWHY", STRONG, n) == NO_VALUE


def test_reasons_by_python(excel, small, language):
    opened = excel(language)
    why = stored(small(language))[STRONG][3]
    assert opened.formula("CLIENTWHY", STRONG, None, ALL) == why
    assert opened.formula("CLIENTWHY", STRONG, 1, ALL) == opened.formula("CLIENTWHY", STRONG, 1)
    assert len(opened.machine.calls) == 1


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
    expected = {row[0]: row[1:] for row in score_answers([*model, some], TODAY)[0]}
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


@pytest.mark.parametrize("machine", ["missing", "no library", "broken", "silent"])
def test_without_python_the_stored_values_stand_in_and_it_is_said_once(excel, small, language, machine):
    opened = excel(language, machine=machine)
    expected = stored(small(language))[STRONG]
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == expected[0]
    assert opened.status_bar == text(language, "no_formulas")
    opened.clear_status_bar()
    clock = opened.machine.seconds
    asked = list(opened.machine.commands)
    assert len(asked) == (machine in ("broken", "silent"))
    for place, formula in enumerate(FORMULAS):
        given = (STRONG, None, ALL) if formula == "CLIENTWHY" else (STRONG, ALL)
        assert opened.formula(formula, *given) == expected[place]
        opened.run("ForgetAnswers")
    assert opened.status_bar is False
    assert opened.machine.commands == asked, "Python is asked for a sign of life once a session"
    assert opened.machine.seconds == clock, "and never waited for again"
    assert opened.machine.started == 0, "xlwings would keep Excel waiting for two minutes"
    assert opened.machine.files == {} or machine == "silent"


def test_a_python_that_does_not_answer_is_given_up_after_twenty_seconds(excel):
    opened = excel(machine="silent")
    before = opened.machine.seconds
    opened.formula("CLIENTSCORE", STRONG, ALL)
    assert 20 <= opened.machine.seconds - before < 21


def test_midnight_does_not_make_it_wait_a_day(excel):
    opened = excel(machine="silent")
    opened.machine.seconds = 86390.0
    passed = opened.machine.vba_member("Pass")
    ticks = []

    def pass_over_midnight(machine, milliseconds):
        ticks.append(milliseconds)
        machine.seconds = (machine.seconds + milliseconds / 1000) % 86400

    kept, passed.getter = passed.getter, pass_over_midnight
    try:
        opened.formula("CLIENTSCORE", STRONG, ALL)
    finally:
        passed.getter = kept
    assert 20 <= sum(ticks) / 1000 < 21


def test_on_a_mac_the_stored_values_stand_in(excel, small, language):
    opened = excel(language, mac=True)
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == stored(small(language))[STRONG][0]
    assert opened.formula("CLIENTSCORE", STRONG, 5) == NO_VALUE
    assert opened.machine.commands == opened.machine.calls == []
    assert opened.status_bar is False


# -------------------------------------------------------------------- which tables count


def test_renamed_headers_are_still_found(own_excel, small, language):
    opened = own_excel(language)
    expected = stored(small(language))[STRONG]
    renamed = {
        "en": {
            "Account": " ACCOUNT\u00a0",
            "Score": "sçore",
            "Class": "Classe",
            "Rank": "rang",
            "Why": "POURQUOI",
        },
        "fr": {
            "Compte": "COMPTÉ",
            "Score": "\u202fScore",
            "Classe": "class",
            "Rang": "RÀNG",
            "Pourquoi": "why",
        },
    }[language]
    row = opened.table("Clients").vba_get("HeaderRowRange")
    for position, name in enumerate(opened.value("Clients[#Headers]")[0], start=1):
        if name in renamed:
            opened.put(row.vba_get("Cells", [1, position]), renamed.pop(name))
    assert renamed == {}
    for place, formula in enumerate(FORMULAS):
        assert opened.formula(formula, STRONG) == expected[place]
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == expected[0]


def with_account(opened, code, score):
    """Rows of an account table that holds one account, known like another."""
    headers, row, *_ = opened.value("Clients[#All]")
    language = "fr" if "Compte" in headers else "en"
    cells = {"account": code, "score": score, "class": "A"}
    known = {header(language, "accounts", key): value for key, value in cells.items()}
    return [headers, [known.get(name, cell) for name, cell in zip(headers, row, strict=True)]]


def test_an_added_account_sheet_is_included(own_excel, language):
    opened = own_excel(language)
    opened.add_table("North", "North", with_account(opened, "NEW-1", 61.5))
    assert opened.formula("CLIENTSCORE", "new-1") == 61.5
    found = opened.formula("CLIENTSCORE", "NEW-1", ALL)
    assert isinstance(found, float)
    assert found != 61.5
    assert len(opened.machine.calls) == 1


@pytest.mark.parametrize("name", ["History2", "Copy_of_History"])
def test_a_copy_of_history_is_no_account_table(own_excel, language, name):
    opened = own_excel(language)
    rows = opened.value("History[#Headers]")
    cells = {"date": 46000.0, "account": "OLD-1", "score": 12.0, "class": "D", "model": "x"}
    known = {header(language, "history", key): value for key, value in cells.items()}
    opened.add_table(name, "Old", [*rows, [known.get(cell) for cell in rows[0]]])
    assert opened.formula("CLIENTSCORE", "OLD-1") == NOT_AVAILABLE
    assert opened.formula("CLIENTSCORE", "OLD-1", ALL) == NOT_AVAILABLE


def test_neither_history_nor_checks_is_an_account_table(excel):
    opened = excel()
    opened.formula("CLIENTSCORE", STRONG, ALL)
    (arguments,) = opened.machine.calls
    places = arguments.items[0]
    names = [places.get([row, 0]) for row in range(places.bounds[0][1] + 1)]
    assert names == ["Clients", "Prospects", "Criteria", "Scales", "Classes", "Gates", "Settings", "Criteria"]
    assert [places.get([row, 4]) for row in range(8)] == [False] * 7 + [True]


def test_a_totals_row_is_left_out(own_excel, small):
    opened = own_excel()
    table = opened.table("Clients")
    rows = opened.value("Clients[#All]")
    table.vba_set("ShowTotals", value=True)
    area = table.vba_get("Range").first
    opened.put(f"Clients!A{area.bottom}", "Total")
    opened.run("ForgetAnswers")
    assert opened.formula("CLIENTSCORE", "Total") == NOT_AVAILABLE
    assert opened.formula("CLIENTSCORE", "Total", ALL) == NOT_AVAILABLE
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == stored(small("en"))[STRONG][0]
    clients = opened.machine.calls[0].items[1]
    assert clients.bounds[0] == (1, len(rows))


def test_of_a_code_that_stands_twice_the_first_answers(own_excel, small):
    opened = own_excel()
    opened.put("Prospects!A5", STRONG.lower())
    assert opened.formula("CLIENTSCORE", STRONG) == stored(small("en"))[STRONG][0]


def test_errors_in_the_account_column_are_passed_over(own_excel, small):
    opened = own_excel()
    opened.put("Clients!A6", VbaError(2042))
    assert opened.formula("CLIENTSCORE", STRONG) == stored(small("en"))[STRONG][0]
    assert isinstance(opened.formula("CLIENTSCORE", STRONG, ALL), float)


# ------------------------------------------------------------------------- the count


def test_two_thousand_cells_cost_one_scoring_run(excel, demo):
    opened = excel(path=demo("en"))
    expected = refreshed(tables(demo("en")))
    codes = (list(expected) * 7)[:2000]
    procedure = "CLIENTSCORE"
    runs = opened.machine.worker.scoring_runs()
    given = opened.range(ALL)
    assert all(opened.formula(procedure, code, given) == shown(expected[code][0]) for code in codes)
    assert opened.machine.worker.scoring_runs() - runs == 1
    assert len(opened.machine.calls) == 1
    assert opened.machine.started == 1
    assert len(opened.machine.commands) == 1
    opened.run("ForgetAnswers")  # as the end of a recalculation and every edit do
    for code in codes[:40]:
        opened.formula(procedure, code, given)
    assert opened.machine.worker.scoring_runs() - runs == 2
    assert opened.machine.started == 1, "the same Python answers on"


def test_an_edit_and_the_end_of_a_recalculation_forget_the_answers(own_excel):
    opened = own_excel()
    opened.formula("CLIENTSCORE", STRONG, ALL)
    opened.put("Clients!AZ900", 1)  # through Workbook_SheetChange
    opened.formula("CLIENTSCORE", STRONG, ALL)
    assert len(opened.machine.calls) == 2
    document = opened.book.vba_document
    opened.interpreter.call(
        document.module.procedure("Workbook_SheetCalculate"),
        document.module,
        [opened.sheet("Clients")],
        {},
        me=document,
    )
    opened.formula("CLIENTSCORE", STRONG, ALL)
    assert len(opened.machine.calls) == 3


def test_a_stored_score_that_changes_shows_at_once(own_excel):
    opened = own_excel()
    at = opened.value("Clients[#Headers]")[0].index(header("en", "accounts", "score")) + 1
    assert opened.formula("CLIENTSCORE", STRONG) != 12.5
    opened.put(opened.table("Clients").vba_get("Range").vba_get("Cells", [2, at]), 12.5)
    assert opened.formula("CLIENTSCORE", STRONG) == 12.5


def test_tables_that_are_calculated_later_give_the_final_answer(own_excel, small):
    """Excel may ask before the cells of a table are calculated: what counts is what it asks last."""
    opened = own_excel()
    found = tables(small("en"))
    _, at = heavier(found)
    cell = opened.table("Criteria").vba_get("Range").vba_get("Cells", [2, at + 1])
    cells = cell.sheet.cells_
    before = cell.vba_get("Value2")
    answers = []
    for weight in (None, 40.0, 90.0):
        cells[cell.first.top, cell.first.left].value = (
            before if weight is None else weight
        )  # without an event
        answers.append(opened.formula("CLIENTSCORE", STRONG, ALL))
    assert answers == [
        stored(small("en"))[STRONG][0],
        refreshed(heavier(found, weight=40.0)[0])[STRONG][0],
        refreshed(heavier(found, weight=90.0)[0])[STRONG][0],
    ]
    assert len(set(answers)) == 3
    assert len(opened.machine.calls) == 3


def test_large_tables_are_told_apart_without_reading_each_cell(own_excel):
    opened = own_excel()
    headers = opened.value("Clients[#Headers]")[0]
    body = with_account(opened, "BIG-1", None)[1]
    opened.add_table("Big", "Big", [headers, *[[f"BIG-{row}", *body[1:]] for row in range(1, 100)]])
    opened.run("ForgetAnswers")
    first = opened.formula("CLIENTSCORE", "BIG-1", "Big[#All]")
    assert opened.formula("CLIENTSCORE", "BIG-1", "Big[#All]") == first
    assert len(opened.machine.calls) == 1
    at = headers.index(header("en", "accounts", "turnover_1")) + 1
    cell = opened.table("Big").vba_get("Range").vba_get("Cells", [3, at])
    cell.sheet.cells_[cell.first.top, cell.first.left].value = 1.0
    opened.formula("CLIENTSCORE", "BIG-1", "Big[#All]")
    assert len(opened.machine.calls) == 2


def test_no_more_than_a_dozen_strategies_are_kept(own_excel, small):
    opened = own_excel()
    _, at = heavier(tables(small("en")))
    rows = opened.value(ALL)
    for weight in range(1, 14):
        rows[1][at] = float(weight)
        opened.formula("CLIENTSCORE", STRONG, rows)
    assert len(opened.machine.calls) == 13
    opened.formula("CLIENTSCORE", STRONG, rows)
    assert len(opened.machine.calls) == 13
    rows[1][at] = 1.0  # the oldest had to go
    opened.formula("CLIENTSCORE", STRONG, rows)
    assert len(opened.machine.calls) == 14


def test_after_a_refresh_all_formulas_are_due(own_excel):
    opened = own_excel()
    frozen = opened.sheet("Prospects")
    frozen.calculates = False
    opened.run("AnswerAnew")
    every = [sheet.name for sheet in opened.book.sheets_]
    assert opened.machine.due == [name for name in every if name != "Prospects"]
    assert frozen.calculates is False


# ------------------------------------------------------------------------- the server


def test_a_server_that_has_ended_is_started_once_more(excel, small):
    opened = excel()
    expected = stored(small("en"))[STRONG][0]
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == expected
    opened.run("ForgetAnswers")
    opened.machine.ends = 1
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == expected
    assert opened.machine.started == 2
    assert len(opened.machine.commands) == 2  # and asked first whether Python still works
    assert opened.status_bar is False


def test_what_fails_twice_is_a_fault_and_starts_nothing_more(excel, language):
    opened = excel(language)
    opened.machine.ends = 99
    for _ in range(3):
        assert opened.formula("CLIENTSCORE", STRONG, ALL) == NO_VALUE
    assert len(opened.machine.calls) == 2
    assert opened.machine.started == 2
    assert opened.status_bar == f"ClientScore: {text(language, 'failed')}"
    assert isinstance(opened.formula("CLIENTSCORE", STRONG), float)


def test_a_server_that_does_not_start_is_asked_for_once(excel, small):
    opened = excel()
    start = opened.machine.vba_member("StartServer")
    tries = []

    def fails(machine):
        from pyopenvba.interpreter import VBARuntimeError

        tries.append(machine)
        raise VBARuntimeError(1, "Could not activate Python COM server, hr = -2147221164")

    kept, start.getter = start.getter, fails
    try:
        for _ in range(3):
            assert opened.formula("CLIENTSCORE", STRONG, ALL) == stored(small("en"))[STRONG][0]
    finally:
        start.getter = kept
    assert len(tries) == 1
    assert opened.status_bar == text("en", "no_formulas")


def test_python_is_asked_for_a_sign_of_life_at_its_fixed_place(excel):
    opened = excel()
    opened.formula("CLIENTSCORE", STRONG, ALL)
    (command,) = opened.machine.commands
    assert command.startswith(f'cmd.exe /D /C ""{INTERPRETER}" -B -P -m addin.alive "C:\\Temp\\')
    assert opened.machine.files == {}, "the answer is cleared away"


# ----------------------------------------------------------------------------- buttons

BUTTONS = ("refresh", "check", "explain", "undo", "new_sheet")


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("mac", [False, True])
def test_a_button_runs_python(excel, language, button, mac):
    opened = excel(language, mac=mac)
    opened.run("PressButton", button)
    assert opened.machine.scripts == [f"import addin.ribbon; addin.ribbon.press('{button}', '{language}')"]
    assert opened.messages == []
    assert opened.status_bar == (text(language, "starting") if mac else False)


@pytest.mark.parametrize("machine", ["missing", "no library", "broken", "silent"])
def test_a_button_without_python_says_so_once_a_press(excel, language, machine):
    opened = excel(language, machine=machine)
    for press in (1, 2):
        opened.run("PressButton", "refresh")
        assert opened.messages == [text(language, "no_python")] * press
    assert opened.machine.scripts == []
    assert opened.machine.started == 0
    assert opened.status_bar is False
    opened.machine.restart("works")  # a person has repaired it
    opened.run("PressButton", "refresh")
    assert len(opened.machine.scripts) == 1


def test_on_a_mac_a_button_leaves_it_to_xlwings_to_find_python(excel, language):
    """Excel's sandbox hides the files outside of it: looking for Python there would find nothing."""
    opened = excel(language, mac=True, machine="missing")
    opened.run("PressButton", "refresh")
    assert opened.messages == []
    assert len(opened.machine.scripts) == 1


@pytest.mark.parametrize("button", ["", "Refresh", "delete_everything", "refresh'); import os #"])
def test_an_unknown_button_does_nothing(excel, button):
    opened = excel()
    opened.run("PressButton", button)
    assert opened.machine.scripts == opened.machine.commands == []
    assert opened.messages == []
    assert opened.status_bar is False


def test_a_busy_excel_is_left_alone(excel, language):
    opened = excel(language)
    opened.machine.ready = False
    opened.run("PressButton", "refresh")
    assert opened.messages == [text(language, "busy")]
    assert opened.machine.scripts == opened.machine.commands == []


def test_a_run_that_fails_is_said_and_the_status_bar_is_given_back(excel, language):
    opened = excel(language)
    opened.app.application.vba_set("StatusBar", "Somebody else's")
    opened.machine.script_fails = True
    opened.run("PressButton", "check")
    (message,) = opened.messages
    assert message.startswith(text(language, "failed"))
    assert opened.status_bar == "Somebody else's"


def test_the_note_that_python_is_missing_goes_once_it_works(excel, language):
    opened = excel(language, machine="missing")
    opened.formula("CLIENTSCORE", STRONG, ALL)
    assert opened.status_bar == text(language, "no_formulas")
    opened.run("PressButton", "refresh")
    assert opened.status_bar is False


def test_the_function_wizard_is_told_what_the_formulas_are_for(excel, language):
    opened = excel(language)
    opened.run("DescribeFunctions")
    described = {
        name: (about, category, arguments) for name, about, category, arguments in opened.machine.described
    }
    assert tuple(described) == ("CLIENTSCORE", "CLIENTCLASS", "CLIENTRANK", "CLIENTWHY")
    for about, category, arguments in described.values():
        assert category == "ClientScore"
        assert 0 < len(about) <= 255
        assert all(0 < len(argument) <= 255 for argument in arguments.items)


# ------------------------------------------------------------------------- the harness


def test_the_stand_ins_have_the_names_of_what_xlwings_offers():
    stock = (Path(find_spec("xlwings").origin).parent / "xlwings.bas").read_text(encoding="utf-8")
    names = set(re.findall(r"Public (?:Function|Sub|Const) (\w+)", STUBS)) - {"Environ", "Timer", "Sleep"}
    assert len(names) == 9
    for name in names:
        found = re.search(rf"(?m)^(Public )?(Function|Sub|Const) {name}\b", stock)
        assert found, name
    assert not re.search(r"(?m)^Option Private Module", stock)


def test_a_date_of_the_day_is_that_of_the_test(python):
    assert python.exec("result = addin.functions.dt.date.today()") == TODAY
    assert isinstance(TODAY, dt.date)
