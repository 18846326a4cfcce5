"""Workbooks drawn and spoilt, over check, refresh, undo and every use."""

from fuzz import laws
from fuzz.runs import inputs, run, workplace
from fuzz.workbooks import damaged, drawn, respelled, whole
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.books import TODAY

from addin.workbook.uses import USES

few = settings(max_examples=6, phases=[Phase.generate])
more = settings(few, max_examples=10)
USED = [use.key for use in USES if use.key != "backtest"]


def put(folder, book):
    inputs.update(f"workbook: {kind}" for kind in book.kinds)
    inputs["workbooks"] += 1
    path = folder / "book.xlsx"
    path.write_bytes(book.content)
    return path


@few
@given(whole)
def test_a_workbook_is_refreshed_rightly_and_undone_or_declined_plainly(book):
    with workplace() as folder:
        path = put(folder, book)
        laws.check_changes_nothing(path)
        laws.refresh_is_right(path)


@few
@given(drawn(), st.sampled_from(USED), st.integers(0, 3))
def test_a_use_is_filled_rightly_and_undone_or_declined_plainly(book, use, way):
    with workplace() as folder:
        laws.use_is_right(put(folder, book), use, way)


@few
@given(drawn(), st.sampled_from(laws.COMMANDS))
def test_a_command_is_carried_out_or_declined_plainly(book, command):
    with workplace() as folder:
        laws.command_is_right(put(folder, book), command)


@settings(few, max_examples=1)
@given(drawn(respelled), st.sampled_from(USED))
def test_nothing_is_faulted_that_was_not_before(book, use):
    with workplace() as folder:
        laws.nothing_new_is_faulted(put(folder, book), use)


@more
@given(drawn(), st.randoms(use_true_random=False))
def test_the_order_of_the_accounts_changes_nothing(book, random):
    with workplace() as folder:
        laws.order_is_irrelevant(put(folder, book), random)


@more
@given(damaged)
def test_a_damaged_workbook_is_read_or_declined_plainly(book):
    with workplace() as folder:
        path = put(folder, book)
        before = path.read_bytes()
        for arguments in (["check"], ["refresh"], ["undo"], ["tour"]):
            code, _, _ = run(arguments[0], path, *arguments[1:], today=TODAY)
            if code:
                assert path.read_bytes() == before
            before = path.read_bytes()
