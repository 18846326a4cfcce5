"""What an accounting export says of payments, value by value: days late, open and overdue amounts."""

import datetime as dt

import pytest
from imports.harness import put, taken_from
from support.books import Tables
from support.plain_payments import payments
from support.small_fec import SmallFec

from addin.sample.exports import sample_files

TODAY = dt.date(2026, 3, 1)
LAST_ENTRY = dt.date(2025, 12, 31)


def found_of(taken, code):
    """Days late, open and overdue amount of an account; None where there is nothing."""
    return tuple(taken[code].get(name) for name in ("days_late", "open_amount", "overdue"))


# ---- a small export, worked out by hand ----------------------------------------------------------


def small():
    export = SmallFec()
    # Due on 31 March; 100 paid 10 days later, 200 paid 20 days later: (100 x 10 + 200 x 20) / 300.
    export.invoice("0301", "LATE", 300).paid("0410", "LATE", 100).paid("0420", "LATE", 200)
    # Due on 9 February, paid 8 days earlier: that counts 0.
    export.invoice("0110", "EARLY", 1000).paid("0201", "EARLY", 1000)
    # 10 days early does not make up for 20 days late: (100 x 0 + 100 x 20) / 200.
    export.invoice("0301", "MIXED", 100, "A").paid("0321", "MIXED", 100, "A")
    export.invoice("0501", "MIXED", 100, "B").paid("0620", "MIXED", 100, "B")
    # Due on 1 December and still open on 31 December; the other one is due in January.
    export.invoice("1101", "OPEN", 100).invoice("1215", "OPEN", 50)
    # Due on the last day of the books: not overdue before the day after.
    export.invoice("1201", "EDGE", 70)
    # Due on 30 December: one day.
    export.invoice("1130", "ONE DAY", 70)
    # A credit note of 50 clears without days; what is left, due on 3 March, is paid 10 days later.
    export.invoice("0201", "CREDIT", 200).invoice("0215", "CREDIT", -50).paid("0313", "CREDIT", 150)
    # Without letters the oldest invoice is paid first: due on 31 January, paid 59 days later; the other one
    # was due on 20 December, 11 days ago: (40 x 59 + 40 x 11) / 80.
    export.invoice("0101", "OLDEST", 40).invoice("1120", "OLDEST", 40).paid("0331", "OLDEST", 40)
    # Letters say which invoice it was: the second, due on 31 March and paid then; the first is open, and
    # was due on 31 January, 334 days ago: (40 x 334 + 40 x 0) / 80.
    export.invoice("0101", "LETTER", 40).invoice("0301", "LETTER", 40, "C").paid("0331", "LETTER", 40, "C")
    # The days of an invoice begin with the date of its piece, 1 March, not with its entry.
    export.invoice("0331", "PIECE", 60, piece_day="0301").paid("0410", "PIECE", 60)
    # A payment often bears the piece of its invoice: it is made on the day of its entry all the same.
    export.invoice("0301", "REFERS", 60).paid("0410", "REFERS", 60, piece_day="0301")
    # The cheque of 1 March is returned on 1 May: due at once, and still open 244 days later. The invoice
    # was paid on time: (80 x 0 + 80 x 244) / 160.
    export.invoice("0201", "BOUNCED", 80).paid("0301", "BOUNCED", 80).paid("0501", "BOUNCED", -80)
    # A transfer clears without days.
    export.invoice("0201", "TRANSFER", 30).entry("OD", "0601", "TRANSFER", -30, "467000")
    return export.text()


WORKED = {
    "LATE": (16.67, 0.0, 0.0),
    "EARLY": (0.0, 0.0, 0.0),
    "MIXED": (10.0, 0.0, 0.0),
    "OPEN": (30.0, 150.0, 100.0),
    "EDGE": (None, 70.0, 0.0),
    "ONE DAY": (1.0, 70.0, 70.0),
    "CREDIT": (10.0, 0.0, 0.0),
    "OLDEST": (35.0, 40.0, 40.0),
    "LETTER": (167.0, 40.0, 40.0),
    "PIECE": (10.0, 0.0, 0.0),
    "REFERS": (10.0, 0.0, 0.0),
    "BOUNCED": (122.0, 80.0, 80.0),
    "TRANSFER": (None, 0.0, 0.0),
}


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    return put(tmp_path_factory.mktemp("small"), {"123456789FEC20251231.txt": small()})


@pytest.fixture(scope="module")
def worked(export):
    return taken_from(export, today=TODAY)


@pytest.mark.parametrize("code", WORKED)
def test_the_payments_of_a_small_export_are_as_worked_out_by_hand(worked, code):
    assert found_of(worked, code) == WORKED[code]


@pytest.mark.parametrize(
    ("code", "payments"),
    [("LATE", (0.0, 0.0, 0.0)), ("OPEN", (None, 150.0, 0.0)), ("LETTER", (152.0, 40.0, 40.0))],
)
def test_the_terms_of_the_workbook_say_when_an_invoice_is_due(export, code, payments):
    # 60 days: LATE pays by 30 April; of LETTER one invoice was due on 2 March, 304 days ago.
    tables = Tables("en").setting("payment_terms", 60.0)
    assert found_of(taken_from(export, tables, today=TODAY), code) == payments


def test_what_comes_after_the_reference_date_is_not_known_yet(export):
    tables = Tables("en").setting("reference_date", dt.datetime(2025, 12, 10))
    found = taken_from(export, tables, today=TODAY)
    # Due on 1 December, nine days ago; what is written on 15 December has not happened.
    assert found_of(found, "OPEN") == (9.0, 100.0, 100.0)


def test_orders_and_days_of_purchase_are_those_of_the_invoices(worked):
    found = {
        code: [worked[code][name] for name in ("orders", "first_purchase", "last_purchase")]
        for code in WORKED
    }
    assert found["OPEN"] == [2.0, dt.datetime(2025, 11, 1), dt.datetime(2025, 12, 15)]
    assert found["CREDIT"] == [1.0, dt.datetime(2025, 2, 1), dt.datetime(2025, 2, 1)]  # a credit note is none


# ---- the exports that are shipped ----------------------------------------------------------------


def shipped(tmp_path, years):
    """What an import of these years fills in, and what the plain reading finds."""
    files = {file.name: file.read_bytes() for file in sample_files() if file.name.endswith(".txt")}
    files = {name: content for name, content in files.items() if int(name[12:16]) in years}
    return taken_from(put(tmp_path, files), today=TODAY), payments(years, LAST_ENTRY)


@pytest.mark.parametrize("years", [(2023, 2024, 2025), (2024, 2025), (2025,)])
def test_the_payments_of_every_client_of_the_shipped_exports_are_those_of_a_plain_reading(tmp_path, years):
    found, plain = shipped(tmp_path, years)
    assert len(found.accounts) > 60
    for code in found.accounts:
        days_late, still, overdue = found_of(found, code)
        # What a client is in credit for is not looked at here.
        assert (days_late, max(still, 0.0), overdue) == plain[code], code


def test_the_payments_of_the_shipped_exports_are_these(tmp_path):
    found, _ = shipped(tmp_path, (2023, 2024, 2025))
    assert found_of(found, "00102") == (33.03, 84043.51, 35997.06)
    assert found_of(found, "CL90003") == (3.7, 8066.9, 0.0)
    assert found_of(found, "00184") == (97.96, 739.78, 739.78)
    assert found_of(found, "00199") == (845.6, 8060.42, 8060.42)  # never paid
    assert len(found.column("days_late")) == 73
    assert sum(found.column("overdue").values()) == pytest.approx(361_627.38, abs=0.005)
