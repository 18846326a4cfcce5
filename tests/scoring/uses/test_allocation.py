"""Allocation: worked values, and what holds of any orders and any stock."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.uses.allocation import allocate, urgent_before

A, B, C, D, UNKNOWN = range(5)
N = 4
DAY = dt.datetime(2026, 12, 1)


def line(place, quantity, due=DAY, score=50.0, order="1", account="x", product=0, held=False):  # noqa: FBT002
    return {
        "product": product,
        "quantity": quantity,
        "due": due,
        "place": place,
        "score": score,
        "held": held,
        "order": order,
        "account": account,
    }


def frame(lines):
    table = pd.DataFrame(lines, columns=list(line(A, 1.0)))
    return table.assign(due=pd.to_datetime(table["due"]))


def shared(lines, *available, share=0.1, n_classes=N):
    return allocate(frame(lines), np.array(available, dtype=float), n_classes, share)


def proposed(lines, *available, **rules):
    return shared(lines, *available, **rules).lines["proposed"].tolist()


def test_the_share_kept_serves_the_lower_classes_first_and_what_is_left_goes_on():
    found = shared([line(D, 5.0), line(A, 8.0)], 10.0)
    assert found.lines["proposed"].tolist() == [2.0, 8.0]
    assert found.lines["reason"].tolist() == ["part", "first"]
    assert found.products.to_dict("records") == [
        {"asked": 13.0, "available": 10.0, "proposed": 10.0, "left": 0.0}
    ]


def test_what_is_kept_for_nobody_goes_to_those_who_ask_and_a_tie_to_the_higher_score():
    assert proposed([line(B, 5.0, score=score) for score in (10.0, 90.0, 50.0)], 10.0) == [3.0, 4.0, 3.0]


@pytest.mark.parametrize(
    ("keys", "found"),
    [({"order": "2"}, [0.0, 1.0]), ({"account": "y"}, [0.0, 1.0]), ({"order": "0"}, [1.0, 0.0])],
)
def test_ties_of_one_score_go_by_order_code_then_by_account(keys, found):
    assert proposed([line(B, 1.0, **keys), line(B, 1.0)], 1.0) == found


def test_enough_for_everybody_is_what_was_asked():
    found = shared([line(D, 5.0), line(A, 5.0)], 10.0)
    assert found.lines["proposed"].tolist() == [5.0, 5.0]
    assert set(found.lines["reason"]) == {"enough"}


def test_an_earlier_due_date_comes_before_a_better_class_and_a_blank_one_last():
    late = DAY + dt.timedelta(days=1)
    lines = [line(A, 4.0, due=None), line(A, 4.0, due=late), line(B, 4.0)]
    assert proposed(lines, 6.0) == [0.0, 2.0, 4.0]


def test_unknown_class_is_last_and_takes_part_in_the_share_kept():
    assert proposed([line(UNKNOWN, 4.0), line(C, 4.0)], 6.0, share=0.0) == [2.0, 4.0]
    assert proposed([line(UNKNOWN, 4.0), line(A, 8.0)], 8.0, share=0.5) == [4.0, 4.0]
    assert proposed([line(1, 4.0), line(0, 8.0)], 8.0, share=0.5, n_classes=1) == [4.0, 4.0]


def test_the_second_class_takes_no_part_in_the_share_kept():
    assert proposed([line(B, 5.0), line(A, 10.0)], 10.0, share=0.5) == [0.0, 10.0]


def test_held_orders_get_nothing_and_ask_for_nothing():
    found = shared([line(A, 8.0, held=True), line(B, 8.0)], 8.0)
    assert found.lines["proposed"].tolist() == [0.0, 8.0]
    assert found.lines["reason"].tolist() == ["held", "enough"]
    assert found.products["asked"].tolist() == [8.0]


def test_a_fraction_anywhere_shares_the_whole_product_exactly():
    assert proposed([line(B, 5.0), line(B, 2.5)], 3.0) == pytest.approx([2.0, 1.0])
    assert proposed([line(B, 5.0), line(B, 5.0)], 2.5) == pytest.approx([1.25, 1.25])
    assert proposed([line(A, 8.5), line(D, 5.0)], 8.5) == pytest.approx([7.65, 0.85])
    held = line(A, 0.5, held=True)
    assert proposed([held, line(B, 5.0), line(B, 5.0)], 3.0) == pytest.approx([0.0, 1.5, 1.5])


def test_a_stock_below_nothing_counts_as_nothing():
    found = shared([line(A, 1.0)], -3.0)
    assert found.lines["proposed"].tolist() == [0.0]
    assert found.lines["reason"].tolist() == ["no_stock"]
    assert found.products["available"].tolist() == [0.0]


def test_what_cannot_be_told_is_blank_and_never_nothing():
    lines = [line(A, 1.0, product=-1), line(-1, 1.0), line(A, np.nan), line(A, 1.0)]
    found = shared(lines, 5.0)
    assert [math.isnan(one) for one in found.lines["proposed"]] == [True, True, True, False]
    assert found.lines["reason"].tolist() == ["", "", "", "enough"]
    assert found.products["asked"].tolist() == [1.0]


def test_amounts_beyond_any_product_of_two_stay_exact():
    big = 2.0**40
    found = proposed([line(B, big), line(B, big), line(B, big)], 2 * big)
    assert sum(found) == 2 * big
    assert all(one % 1 == 0 for one in found)


def test_a_floor_of_a_share_that_floating_point_falls_short_of_is_whole():
    lines = [line(D, 50.0), line(A, 100.0)]
    assert proposed(lines, 100.0, share=0.29) == [29.0, 71.0]


@pytest.mark.parametrize(
    ("today", "closed", "day"),
    [
        (dt.date(2026, 11, 29), (), dt.date(2026, 12, 2)),  # a Sunday: Monday and Tuesday
        (dt.date(2026, 11, 30), (), dt.date(2026, 12, 3)),
        (dt.date(2026, 11, 26), (), dt.date(2026, 12, 1)),
        (dt.date(2026, 12, 24), (dt.date(2026, 12, 25),), dt.date(2026, 12, 30)),
    ],
)
def test_urgent_is_due_within_two_working_days(today, closed, day):
    assert urgent_before(today, range(5), closed) == day


def amounts(fractions):
    whole = st.integers(1, 40).map(float)
    return st.one_of(whole, st.integers(1, 400).map(lambda one: one / 8)) if fractions else whole


@st.composite
def cases(draw, *, fractions=True):
    n_products = draw(st.integers(1, 3))
    of = st.builds(
        line,
        st.integers(-1, N),
        st.one_of(amounts(fractions), st.just(np.nan)),
        due=st.one_of(st.none(), st.integers(0, 2).map(lambda days: DAY + dt.timedelta(days=days))),
        score=st.one_of(st.just(np.nan), st.integers(0, 3).map(float)),
        order=st.sampled_from(["1", "2"]),
        account=st.sampled_from(["x", "y"]),
        product=st.integers(-1, n_products - 1),
        held=st.sampled_from([False, False, False, True]),
    )
    lines = draw(st.lists(of, min_size=1, max_size=12))
    stock = st.one_of(st.integers(-5, 120).map(float), *([amounts(fractions)] if fractions else []))
    available = draw(st.lists(stock, min_size=n_products, max_size=n_products))
    return frame(lines), np.array(available), draw(st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0]))


@given(cases())
def test_never_more_than_asked_or_there_is_and_the_parts_add_up(case):
    lines, available, share = case
    found = allocate(lines, available, N, share)
    told = found.lines["proposed"].notna()
    expected = (lines["product"] >= 0) & lines["quantity"].notna() & (lines["place"] >= 0)
    assert told.equals(expected)
    given_out = found.lines["proposed"][told]
    assert (given_out >= 0).all()
    assert (given_out <= lines["quantity"][told]).all()
    assert (given_out[lines["held"][told]] == 0).all()
    for product, sums in enumerate(found.products.itertuples()):
        of = told & (lines["product"] == product)
        asked = lines["quantity"][of & ~lines["held"]].sum()
        assert sums.asked == pytest.approx(asked)
        assert sums.proposed == pytest.approx(min(asked, max(available[product], 0)), abs=1e-9)
        assert sums.proposed == pytest.approx(found.lines["proposed"][of].sum(), abs=1e-9)
        assert sums.left == pytest.approx(sums.available - sums.proposed, abs=1e-9)
        if available[product] % 1 == 0 and not (lines["quantity"][lines["product"] == product] % 1 > 0).any():
            assert (found.lines["proposed"][of] % 1 == 0).all(), "whole where all of the product is"


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(case, random):
    lines, available, share = case
    places = list(range(len(lines)))
    random.shuffle(places)

    def said(table):
        found = allocate(table, available, N, share).lines
        both = table.astype(str).assign(proposed=found["proposed"].round(9), reason=found["reason"])
        return sorted(map(str, both.itertuples(index=False)))

    assert said(lines.iloc[places].reset_index(drop=True)) == said(lines)


@given(cases())
def test_the_share_kept_is_honoured(case):
    lines, available, share = case
    found = allocate(lines, available, N, share).lines["proposed"]
    for product, stock in enumerate(np.maximum(available, 0)):
        asks = (lines["product"] == product) & ~lines["held"] & found.notna()
        low = asks & (lines["place"] >= C)
        kept = min(math.floor(stock * share + 1e-9), lines["quantity"][low].sum())
        assert found[low].sum() >= kept - 1e-9


@given(cases(), st.integers(0, 2))
def test_one_more_unit_in_stock_never_lowers_the_sum(case, product):
    lines, available, share = case
    more = available.copy()
    more[product % len(more)] += 1
    less_of, more_of = (allocate(lines, stock, N, share).products["proposed"] for stock in (available, more))
    assert (more_of >= less_of - 1e-9).all()


@given(cases(fractions=False))
def test_a_group_that_is_not_served_leaves_nothing_for_a_later_one(case):
    lines, available, share = case
    found = allocate(lines, available, N, share).lines["proposed"]
    upper = (lines["place"] >= 0) & (lines["place"] < C) & ~lines["held"] & found.notna()
    rank = lines["due"].rank(method="dense", na_option="bottom") * 10 + lines["place"]
    for product in range(len(available)):
        of = upper & (lines["product"] == product)
        short = of & (found < lines["quantity"])
        if short.any():
            later = of & (rank > rank[short].min())
            assert (found[later] == 0).all()
