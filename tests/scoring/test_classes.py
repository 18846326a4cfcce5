"""From scores to classes: where exactly each class begins."""

import pytest
from support.portfolios import UNKNOWN, letters, model, scored

LEAST = 1e-6
"""A score has six decimals: nothing lies nearer to a cut-off."""


def held(letters_before):
    """The classes of the last scoring, as one text."""
    before = list(letters_before)
    return {"computed": before, "class": before}


# ---- cut-offs ------------------------------------------------------------------------------------


def test_a_score_that_is_a_cutoff_is_in_the_class_that_begins_there():
    assert letters(scored([75, 55, 35, 0])) == "ABCD"


def test_a_score_just_below_a_cutoff_is_in_the_class_below():
    assert letters(scored([75 - LEAST, 55 - LEAST, 35 - LEAST])) == "BCD"


def test_the_best_score_is_in_the_best_class_and_no_score_in_none():
    assert letters(scored([100, UNKNOWN, 0])) == "A?D"


def test_a_score_below_every_cutoff_is_in_the_last_class():
    assert letters(scored([50, 10, 5, 0]), model(classes=(("A", 50.0, 0.5), ("B", 10.0, 0.5)))) == "ABBB"


# ---- margin --------------------------------------------------------------------------------------


def test_a_class_moves_up_where_the_score_less_the_margin_is_its_cutoff():
    assert letters(scored([78, 78 - LEAST], **held("BB")), model(margin=3.0)) == "AB"


def test_a_class_moves_down_where_the_score_and_the_margin_do_not_reach_its_cutoff():
    assert letters(scored([72, 72 - LEAST], **held("AA")), model(margin=3.0)) == "AB"


def test_a_score_far_beyond_the_margin_moves_over_several_classes():
    assert letters(scored([100, 80, 0, 30], **held("DDAA")), model(margin=3.0)) == "AADD"


def test_a_score_moves_no_further_than_the_margin_allows():
    # From D, 76 surely reaches B but not A; from A, 37 may still be B by a margin of 18, and no better.
    assert letters(scored([76], **held("D")), model(margin=3.0)) == "B"
    assert letters(scored([37], **held("A")), model(margin=18.0)) == "B"


def test_the_margin_is_cleared_in_decimals_not_in_binary_fractions():
    # 64.1 - 4.1 is 59.99999999999999 in floating point.
    classes = (("A", 60.0, 0.5), ("B", 0.0, 0.5))
    assert letters(scored([64.1], **held("B")), model(classes=classes, margin=4.1)) == "A"


def test_a_margin_is_no_reason_for_a_class_that_was_never_held():
    assert letters(scored([76, 76, 76, 76], **held("B? Z")), model(margin=3.0)) == "BAAA"
    assert letters(scored([73, 73, 73], **held("A? ")), model(margin=3.0)) == "ABB"


def test_without_a_margin_the_class_held_so_far_says_nothing():
    assert letters(scored([76, 74], **held("BA")), model(margin=0.0)) == "AB"


def test_an_account_without_a_score_has_no_class_whatever_it_held():
    assert letters(scored([UNKNOWN, 90], **held("AD")), model(margin=3.0)) == "?A"


@pytest.mark.parametrize("method", ["quota", "breaks"])
def test_a_margin_holds_no_class_of_another_method(method):
    portfolio = scored([90, 60, 40, 10], **held("DCBA"))
    quarters = [(letter, 0.0, 0.25) for letter in "ABCD"]
    assert letters(portfolio, model(classes=quarters, method=method, margin=50.0)) == "ABCD"


# ---- quotas --------------------------------------------------------------------------------------


def test_a_quota_that_is_full_leaves_the_next_account_to_the_next_class():
    thirds = (("A", 0.0, 0.2), ("B", 0.0, 0.4), ("C", 0.0, 0.4))
    portfolio = scored([90, 80, 70, 60, 50, 40, 30, 20, 10, 0])
    assert letters(portfolio, model(classes=thirds, method="quota")) == "AABBBBCCCC"


def test_a_quota_of_a_part_of_an_account_takes_the_whole_account():
    shares = (("A", 0.0, 0.21), ("B", 0.0, 0.79))
    assert letters(scored([90, 80, 70, 60, 50]), model(classes=shares, method="quota")) == "AABBB"


def test_a_quota_is_full_in_decimals_not_in_binary_fractions():
    # 0.1 + 0.2 of ten accounts is 3.0000000000000004: three accounts, not a part of a fourth.
    shares = (("A", 0.0, 0.1), ("B", 0.0, 0.2), ("C", 0.0, 0.7))
    portfolio = scored([90, 80, 70, 60, 50, 40, 30, 20, 10, 0])
    assert letters(portfolio, model(classes=shares, method="quota")) == "ABBCCCCCCC"


def test_the_last_class_takes_whom_the_shares_leave_over():
    short = (("A", 0.0, 0.4), ("B", 0.0, 0.4))
    assert letters(scored([50, 40, 30, 20, 10]), model(classes=short, method="quota")) == "AABBB"


def test_quotas_are_shares_of_the_accounts_that_have_a_score():
    halves = (("A", 0.0, 0.5), ("B", 0.0, 0.5))
    portfolio = scored([UNKNOWN, 60, UNKNOWN, 50, UNKNOWN, UNKNOWN])
    assert letters(portfolio, model(classes=halves, method="quota")) == "?A?B??"


def test_a_class_with_a_quota_of_0_has_no_account():
    shares = (("A", 0.0, 0.0), ("B", 0.0, 0.5), ("C", 0.0, 0.5))
    assert letters(scored([90, 80]), model(classes=shares, method="quota")) == "BC"


# ---- natural breaks ------------------------------------------------------------------------------


def test_the_score_on_which_a_natural_group_ends_is_in_that_group():
    classes = [(letter, 0.0, 0.0) for letter in "ABC"]
    portfolio = scored([10, 11, 12, 50, 51, 52, 90, 91, 92, UNKNOWN])
    assert letters(portfolio, model(classes=classes, method="breaks")) == "CCCBBBAAA?"


def test_as_many_distinct_scores_as_classes_are_a_class_each():
    classes = [(letter, 0.0, 0.0) for letter in "ABC"]
    assert letters(scored([20, 80, 50, 80, UNKNOWN]), model(classes=classes, method="breaks")) == "CABA?"


def test_with_fewer_distinct_scores_than_classes_the_cutoffs_serve():
    assert letters(scored([80, 60, 60, 40]), model(method="breaks")) == "ABBC"


def test_a_single_class_has_every_account_that_has_a_score():
    classes = (("A", 0.0, 1.0),)
    for method in ("cutoffs", "quota", "breaks"):
        assert letters(scored([3, 97, UNKNOWN]), model(classes=classes, method=method)) == "AA?"
