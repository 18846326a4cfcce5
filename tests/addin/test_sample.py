"""The sample portfolio: what it says of an account hangs together."""

import datetime as dt
from collections import Counter

import pytest
from stdnum import luhn

from addin.catalogue import LANGUAGES, catalogue
from addin.sample import read_requests, read_sample

TODAY = dt.date(2026, 11, 29)


@pytest.fixture(scope="module")
def rows():
    return read_sample("en", TODAY)


def typed(row, *keys):
    """Whether the cells hold what belongs there, not one of the deliberate faults."""
    return all(not isinstance(row[key], str) for key in keys)


def test_every_account_but_the_one_twice_has_an_address_and_a_telephone_of_its_own(rows):
    once = rows[:-1]
    assert all(row["address"] and row["town"] and row["phone"] for row in once)
    assert set(Counter(row["phone"] for row in once).values()) == {1}


def test_purchases_lie_before_the_day_and_agree_with_the_turnovers(rows):
    clients = [row for row in rows[:-1] if row["purchases"] is not None]
    assert len(clients) == 293
    for row in clients:
        assert dt.datetime(2023, 11, 29) < row["first_purchase"] <= row["last_purchase"]
        assert row["last_purchase"] <= dt.datetime(2026, 11, 29)
        assert row["purchases"] > 0
        if typed(row, "turnover"):
            assert (row["orders"] > 0) == (row["turnover"] > 0)


def test_what_is_overdue_is_part_of_what_is_open(rows):
    owing = [row for row in rows if row["open_amount"] is not None and row["open_amount"] >= 0]
    assert all(0 <= row["overdue"] <= row["open_amount"] for row in owing)
    assert any(row["overdue"] for row in owing)
    assert any(row["open_amount"] < 0 for row in rows if row["open_amount"] is not None)


def test_visits_agree_with_the_last_visit(rows):
    for row in rows:
        if row["visits"] is None:
            assert row["last_visit"] is None
        elif typed(row, "last_visit"):
            assert (row["visits"] > 0) == ((dt.datetime(2026, 11, 29) - row["last_visit"]).days <= 365)
            assert row["visits"] <= 12


def test_addresses_are_kept_for_examples_and_company_numbers_are_nobodys(rows):
    mails = [row["email"] for row in rows if row["email"]]
    assert len(mails) == len(set(mails)) > 300
    assert all(mail.endswith(".example") for mail in mails)
    numbers = [row["company_no"] for row in rows if row["company_no"]]
    assert len(numbers) == len(set(numbers)) > 100
    assert all(len(number) == 9 and not luhn.is_valid(number) for number in numbers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_of_requests_names_kinds_that_ship_and_accounts_but_one(rows, language):
    requests = read_requests(language, TODAY)
    shipped = {one["request"] for one in catalogue(language).surface("template")["shipped"]["requesttypes"]}
    assert {one["request"] for one in requests} == shipped
    assert [one["account"] for one in requests if one["account"] not in {row["account"] for row in rows}] == [
        "AW00000999"
    ]
    for one in requests:
        assert one["received"].weekday() < 5
        assert one["received"].date() < TODAY
        assert one["answered"] is None or one["received"] < one["answered"] < dt.datetime(2026, 11, 29)
        assert (one["answered"] is None) == (one["by"] is None)
