"""What many formulas cost, and when their answers are forgotten."""

from marshalling.conftest import refreshed, tables
from support.formula_cells import ALL, STRONG, header, heavier, shown, stored, with_account

# ------------------------------------------------------------------------- the count


def test_hundreds_of_cells_cost_one_scoring_run(excel, demo):
    opened = excel(path=demo("en"))
    expected = refreshed(tables(demo("en")))
    codes = (list(expected) * 2)[:500]
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
