"""What the formulas answer, in the cell where they stand."""

import pytest
from support.formula_cells import ALL, FORMULAS, STRONG, header, shown, stored
from support.formulas import NO_VALUE, NOT_AVAILABLE, VbaError

from addin.catalogue import catalogue

SITUATIONS = {
    "Windows": {},
    "without Python": {"machine": "missing"},
    "broken Python": {"machine": "broken"},
    "Mac": {"mac": True},
}


@pytest.fixture(params=SITUATIONS)
def situation(request):
    return SITUATIONS[request.param]


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
