"""Who calls: by letters, code, phone or company number."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.uses.caller import card_keys, find, phone_key, phone_keys, plain_key

ACCOUNTS = pd.DataFrame(
    [
        ("C001", "Dupont & Fils", "01 23 45 67 89", "732 829 320 00074"),
        ("C002", "Dupont", "+33 6 12 34 56 78", "732 829 320 00082"),
        ("C003", "L’Épicerie du Cœur", "0596 12 34 56", ""),
        ("123", "Garage Dupuis", "+32 2 123 45 67", "BE 0123.456.789"),
        ("1234", "Hôtel A*", None, "FR 83 404 833 048"),
        ("DUP", "Martin", "01.23.45.67.89 (Paul) poste 12", None),
    ],
    columns=["account", "name", "phone", "company_no"],
)
KEYS = card_keys(ACCOUNTS)


def found(text):
    return [ACCOUNTS["account"][row] for row in find(KEYS, text).rows]


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("c00", ["C001", "C002", "C003"]),
        ("dupo", ["C001", "C002"]),
        ("DUP", ["DUP"]),  # an exact code comes before any beginning
        ("123", ["123"]),
        ("12", ["123", "1234"]),
        ("l'epicerie", ["C003"]),
        ("L\u2019ÉPI", ["C003"]),
        ("dupuis", ["123"]),  # inside a name, since nothing begins so
        ("hotel a*", ["1234"]),
        ("*", []),
        ("?", []),
        ("", []),
        (" \u00a0", []),
        ("nobody", []),
        ("732829320 00074", ["C001"]),
        ("732 829 320", ["C001", "C002"]),
        ("732 829 320 00090", ["C001", "C002"]),  # another establishment: the company is known
        ("FR44732829320", ["C001", "C002"]),
        ("404833048", ["1234"]),
        ("be0123456789", ["123"]),
        ("0123", ["C001", "DUP"]),
    ],
)
def test_a_text_finds(text, accounts):
    assert found(text) == accounts


WAYS_OF_THE_SAME_NUMBER = [
    "06 12 34 56 78",
    "0612345678",
    "06.12.34.56.78",
    "06-12-34-56-78",
    "06/12/34/56/78",
    "+33 6 12 34 56 78",
    "+33 (0)6 12 34 56 78",
    "+33(0)612345678",
    "+330612345678",
    "0033 6 12 34 56 78",
    "0033612345678",
    "06\u202f12\u202f34\u202f56\u202f78",
    "06\u00a012\u00a034\u00a056\u00a078",
    "06\u200912\u200934\u200956\u200978",
    "612345678",  # Excel takes the number for one, and drops its zero
    "33612345678",
]


@pytest.mark.parametrize("text", WAYS_OF_THE_SAME_NUMBER)
def test_a_phone_number_is_the_same_however_it_is_written(text):
    assert phone_keys(text) == ("0612345678",)
    assert found(text) == ["C002"]


@pytest.mark.parametrize("code", ["590", "594", "596", "262"])
def test_numbers_overseas_are_the_same_at_home_and_from_abroad(code):
    at_home = phone_key(f"0{code} 12 34 56")
    assert at_home == phone_key(f"+{code} {code} 12 34 56") == phone_key(f"+33 {code} 12 34 56")
    assert phone_key("+262 269 61 23 45") == phone_key("0269 61 23 45")  # Mayotte
    assert phone_key("+596 696 12 34 56") == phone_key("0696 12 34 56")


def test_a_foreign_number_is_no_french_one_that_ends_alike():
    assert phone_key("+32 2 123 45 67") == "3221234567"
    assert found("+32 2 123 45 67") == found("0032 2 123 45 67") == ["123"]
    assert "123" not in found("02 21 23 45 67")


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("01 23 45 67 89 / 06 12 34 56 78", ("0123456789", "0612345678")),
        ("01 23 45 67 89 ou 06 12 34 56 78", ("0123456789", "0612345678")),
        ("01 23 45 67 89;06 12 34 56 78", ("0123456789", "0612345678")),
        ("01 23 45 67 89 poste 1234", ("0123456789",)),
        ("Standard : 01 23 45 67 89, ext. 1234", ("0123456789",)),
        ("3949", ("3949",)),
        ("à rappeler", ()),
        ("12", ()),
    ],
)
def test_a_cell_may_hold_several_numbers_names_and_extensions(cell, keys):
    assert phone_keys(cell) == keys


@given(st.from_regex(r"0[1-9](?:[ .\-]?[0-9]{2}){4}", fullmatch=True))
def test_what_is_found_at_home_is_found_from_abroad(number):
    assert phone_key(number) == phone_key(f"+33 {number.lstrip('0')}") == phone_key(f"+33 (0){number[1:]}")
    assert phone_keys(number) == (phone_key(number),)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20))
def test_every_account_is_found_by_its_own_code(code):
    keys = card_keys(pd.DataFrame({"account": [code, "other"]}))
    assert not plain_key(code) or 0 in find(keys, code).rows.tolist()


@given(st.text("aeiouéèœ’ ", min_size=1, max_size=12), st.integers(1, 12))
def test_every_account_is_found_by_the_first_letters_of_its_name(name, letters):
    keys = card_keys(pd.DataFrame({"account": ["X-1"], "name": [name]}))
    begun = name.strip()[:letters]
    assert not plain_key(begun) or find(keys, begun).rows.tolist() == [0]
