"""Excel that refuses, is busy or filters while a button is at work: all is written or nothing, and said."""

import functools
import re
import time

import pytest
from windows.on_windows.pressing import press, shown, state, text

from addin.log import log_failure

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture(scope="module")
def language():
    return "fr"


@pytest.fixture(scope="module")
def write_workbook():
    """Without the sheets of the uses: a press comes to every one of its writes, some hundred times."""
    from support.calc.portfolio import light_workbook

    return functools.partial(light_workbook, dashboard=True)


def interrupted(excel, button, interrupt, every=1):
    """Press a button once for each of its writes, interrupted there; yields the last box each time."""
    before, first = state(excel), excel.writes
    press(excel, button)
    n_writes = excel.writes - first
    if button != "new_sheet":
        press(excel, "undo")
    else:
        excel.book.sheets.pop(excel.book.sheets.index(excel.book.active))
        excel.book.active = excel.book.sheet("Clients")
    assert state(excel) == before
    for nth in range(1, n_writes + 1, every):
        at = excel.writes + nth
        excel.before_write = lambda number, at=at: interrupt() if number == at else None
        press(excel, button)
        yield excel.boxes[-1]
        excel.before_write = lambda _: None
    assert n_writes >= 1


def refuse():
    """Decline a write as Excel does."""
    from support.calc.semantics import FAILED, ExcelError

    raise ExcelError(FAILED, "refused here")


@pytest.mark.parametrize("button", ["refresh", "fit_scales", "new_sheet"])
def test_a_write_that_excel_refuses_leaves_all_as_it_was_whichever_it_is(excel, button):
    """And the log says what Excel answered."""
    before = state(excel)
    for said in interrupted(excel, button, refuse):
        assert "\n" not in said, said
        assert state(excel) == before
    log = log_failure(ValueError("the end")).read_text(encoding="utf-8")
    assert "refused here" in log
    assert "excel_declines" in log


def test_an_undo_that_excel_refuses_leaves_all_as_it_was_whichever_write_it_is(excel):
    press(excel, "refresh")
    filled, first = state(excel), excel.writes
    press(excel, "undo")
    n_writes = excel.writes - first
    press(excel, "refresh")
    assert state(excel) == filled
    for nth in range(1, n_writes + 1):
        at = excel.writes + nth
        excel.before_write = lambda number, at=at: refuse() if number == at else None
        press(excel, "undo")
        excel.before_write = lambda _: None
        assert state(excel) == filled, nth
    assert n_writes > 5


def test_a_block_is_written_in_parts_and_put_back_whole_whichever_part_is_refused(excel, monkeypatch):
    """xlwings writes 100,000 cells at a time; here 150, so that a table takes several."""
    from xlwings.base_classes import Range

    first = excel.writes
    press(excel, "refresh")
    whole, n_whole = state(excel), excel.writes - first
    press(excel, "undo")
    monkeypatch.setattr(Range, "max_cells_per_write", 150)
    before = state(excel)
    for _ in interrupted(excel, "refresh", refuse, every=3):
        assert state(excel) == before
    first = excel.writes
    press(excel, "refresh")
    assert state(excel) == whole
    assert excel.writes - first > n_whole


def test_a_person_who_begins_to_type_at_a_write_is_waited_for_to_put_all_back(excel):
    def type_for_a_while():
        excel.busy_until = time.monotonic() + 0.4

    before, busy = state(excel), text(excel, "refusals", "excel_busy")
    for said in interrupted(excel, "refresh", type_for_a_while, every=3):
        assert said == busy
        assert state(excel) == before
        assert excel.get_Calculation() == -4105
        assert excel.get_EnableEvents() is True


@pytest.mark.parametrize("calls", [0, 1, 2, 5, 30, 100, 300])
def test_a_person_who_goes_on_typing_is_told_so_and_nothing_is_written(excel, calls):
    """From whichever call on: Excel rejects what it is asked for, names and values."""
    before, answer = state(excel), excel.reject
    asked = iter(range(calls))
    excel.reject = lambda: next(asked, None) is None
    from windows.on_windows.com_objects import Modelled

    Modelled.is_busy = excel.reject
    try:
        with pytest.raises(Exception, match=r"."):  # the box itself asks Excel for its window
            press(excel, "refresh")
    finally:
        Modelled.is_busy = answer
        del excel.reject
    assert state(excel) == before


FILTERS = {
    "one value": ("values", ["{name}"]),
    "two values": ("values", ["{name}", "nobody"]),
    "three values": ("values", ["{name}", "nobody", "else"]),
    "a comparison": ("comparison", "not_equal_to", "{name}"),
    "a range": ("comparison", "between", "b", "p"),
}


@pytest.mark.parametrize("kind", FILTERS)
def test_a_filtered_table_is_filled_whole_and_filtered_again(excel, kind):
    import xlwings as xw

    press(excel, "refresh")
    plain = state(excel)
    press(excel, "undo")
    how, *arguments = FILTERS[kind]
    name = shown(excel, "Clients")[3][1]
    if how == "values":
        arguments = [[value.format(name=name) for value in arguments[0]]]
    arguments = [one.format(name=name) if isinstance(one, str) else one for one in arguments]
    clients = xw.Book.caller().sheets["Clients"].tables["Clients"]
    getattr(clients.autofilter, f"apply_{how}")(2, *arguments)
    table = excel.book.sheet("Clients").table("Clients")
    criteria = dict(table.criteria)
    top, _, bottom, _ = table.area
    assert 0 < sum(map(table.hides, range(top, bottom + 1))) < bottom - top
    assert re.match(r"26 .* 30 ", press(excel, "refresh"))
    assert state(excel) == plain
    assert table.criteria == criteria


def test_a_filter_that_cannot_be_put_back_is_refused_before_anything_is_written(excel):
    excel.book.sheet("Clients").table("Clients").criteria[2] = (8, None, None)  # by colour
    before, writes = state(excel), excel.writes
    assert press(excel, "refresh") == text(excel, "refusals", "filtered", sheet="Clients")
    assert (state(excel), excel.writes) == (before, writes)
