"""Days weighted by amount, and what clears what."""

import numpy as np
import pytest

from scoring.books.settlement import Items, amount_weighted_days, settle


def items(*pairs, group=0):
    day, amount = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Items(np.full(len(day), group, dtype=np.int64), day, amount)


def both(one, other):
    return Items(*(np.concatenate(pair) for pair in zip(one, other, strict=True)))


def parts(found):
    return list(zip(found.invoice.tolist(), found.clearing.tolist(), found.amount.tolist(), strict=True))


def test_10_paid_in_5_days_and_100_in_10_take_9_5455_days():
    """The worked value of "The best little payment performance formula"."""
    assert amount_weighted_days([10, 100], [5, 10]) == pytest.approx(9.5455, abs=5e-5)


def test_nothing_paid_has_no_days():
    """Amounts that add up to 0 have no mean."""
    assert np.isnan(amount_weighted_days([], []))
    assert np.isnan(amount_weighted_days([0], [30]))


def test_the_oldest_invoice_is_cleared_first():
    """A payment clears invoices in the order of their days, whatever the order of the rows."""
    found = settle(items((20, 50), (10, 100)), items((30, 120)), items())
    assert parts(found) == [(1, 0, 100), (0, 0, 20)]
    assert found.open.tolist() == [30, 0]


def test_a_payment_that_is_too_large_is_left_over():
    """What no invoice asks for stays with the payment."""
    found = settle(items((0, 100)), items((5, 70), (9, 70)), items())
    assert parts(found) == [(0, 0, 70), (0, 1, 30)]
    assert found.unused_payments.tolist() == [0, 40]


def test_a_credit_note_clears_without_a_payment():
    """A part cleared by a credit note has no payment, hence no days."""
    found = settle(items((0, 100)), items((9, 100)), items((5, 30)))
    assert parts(found) == [(0, ~0, 30), (0, 0, 70)]
    assert found.unused_payments.tolist() == [30]
    assert found.unused_credits.tolist() == [0]


def test_of_one_day_the_smaller_comes_first():
    """Invoices, and payments, of the same day are taken in the order of their amounts."""
    found = settle(items((0, 50), (0, 30)), items((5, 60), (5, 10)), items((5, 1)))
    assert parts(found) == [(1, 1, 10), (1, 0, 20), (0, 0, 40), (0, ~0, 1)]


def test_groups_do_not_meet():
    """The payment of one group clears no invoice of another."""
    found = settle(both(items((0, 100)), items((0, 70), group=3)), items((5, 90), group=3), items())
    assert parts(found) == [(1, 0, 70)]
    assert found.open.tolist() == [100, 0]
    assert found.unused_payments.tolist() == [20]


def test_what_is_paid_too_much_in_one_group_clears_nothing_of_the_next():
    """Neither does what one group owes too much wait for the payments of another."""
    asked = both(items((0, 50)), items((0, 100), group=1))
    found = settle(asked, both(items((5, 120)), items((6, 30), group=1)), items())
    assert parts(found) == [(0, 0, 50), (1, 1, 30)]
    assert found.open.tolist() == [0, 70]
    assert found.unused_payments.tolist() == [70, 0]
    found = settle(asked, both(items((5, 20)), items((6, 130), group=1)), items())
    assert parts(found) == [(0, 0, 20), (1, 1, 100)]
    assert found.open.tolist() == [30, 0]
    assert found.unused_payments.tolist() == [0, 30]


def test_nothing_to_settle():
    """No items make no parts."""
    found = settle(items(), items(), items())
    assert parts(found) == []
    assert found.open.tolist() == []


@pytest.mark.parametrize("place", range(3))
def test_a_negative_amount_is_refused(place):
    """A negative invoice is a credit note, and must come as one; 0 is nothing, and no fault."""
    for amount in (-1, 0):
        given = [items((0, 5)) for _ in range(3)]
        given[place] = items((0, amount))
        if amount < 0:
            with pytest.raises(ValueError, match="negative"):
                settle(*given)
        else:
            settle(*given)
