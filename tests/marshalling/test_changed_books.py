"""Formulas in workbooks that a person changed: headers, sheets, totals."""

import pytest
from support.formula_cells import ALL, FORMULAS, STRONG, header, stored, with_account
from support.formulas import NOT_AVAILABLE, VbaError

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
