"""Accounts that may be the same company: which pairs are listed, once and in which order."""

import itertools

import pytest
from imports.harness import known, lines, taken

from addin.imports.duplicates import suspects

SIREN, OTHER = "732829320", "552100554"


def pairs(folder, header, *rows, tables=None):
    """Code, other code and reason of each pair that an import lists."""
    found = taken(folder, lines(header, *rows), tables)
    return [(double.code, double.other, double.reason) for double in found.done.doubles]


def test_pairs_stand_in_the_order_of_their_codes_whatever_their_case_and_the_order_of_the_rows(tmp_path):
    rows = [["b2", "x", SIREN], ["C3", "y", SIREN], ["A1", "z", SIREN]]
    expected = [("A1", "C3", "number"), ("A1", "b2", "number"), ("b2", "C3", "number")]
    for order in (rows, rows[::-1], rows[1:] + rows[:1]):
        assert pairs(tmp_path, ["Account", "Name", "SIREN"], *order) == expected


def test_a_pair_that_shares_number_and_name_is_listed_once_for_its_number():
    both = {"name": "Alpha", "postcode": "75001"}
    accounts = [("A", both | {"company_no": SIREN}), ("B", both | {"company_no": SIREN}), ("C", both)]
    for order in itertools.permutations(accounts):
        found = [(double.code, double.other, double.reason) for double in suspects(order, ["a", "b", "c"])]
        assert found == [("A", "B", "number"), ("A", "C", "name"), ("B", "C", "name")]


@pytest.mark.parametrize(("count", "listed"), [(50, 50 * 49 // 2), (51, 0)])
def test_a_number_that_fifty_accounts_bear_is_one_company_and_one_that_more_bear_is_a_default(
    tmp_path, count, listed
):
    rows = [[f"A{n:02}", f"Company {n}", SIREN] for n in range(count)]
    rows += [["Y", "one", OTHER], ["Z", "two", OTHER]]
    found = pairs(tmp_path, ["Account", "Name", "SIREN"], *rows)
    assert len(found) == listed + 1
    assert found[-1] == ("Y", "Z", "number")  # the others are listed all the same


@pytest.mark.parametrize("postcode", ["SW1A 1AA", "sw1a  1aa", " SW1A 1AA "])
def test_a_postcode_is_the_same_whatever_its_case_and_blanks(tmp_path, postcode):
    rows = [["A", "Alpha", "SW1A 1AA"], ["B", "ALPHA", postcode], ["C", "Alpha", "SW1A 1AB"]]
    assert pairs(tmp_path, ["Account", "Name", "Postcode"], *rows) == [("A", "B", "name")]


@pytest.mark.parametrize("code", ["new", "NEW"])
def test_a_new_account_makes_a_pair_with_a_known_one_and_two_known_ones_make_none(tmp_path, code):
    clients = [{"account": name, "company_no": SIREN} for name in ("Known", "OLD")]
    found = pairs(tmp_path, ["Account", "SIREN"], [code, SIREN], tables=known(clients=clients))
    assert {frozenset(pair[:2]) for pair in found} == {frozenset((code, "Known")), frozenset((code, "OLD"))}


@pytest.mark.parametrize(("name", "postcode"), [("", "75001"), ("Alpha", "")])
def test_without_a_name_or_a_postcode_there_is_nothing_to_share(tmp_path, name, postcode):
    rows = [["A", name, postcode, "a"], ["B", name, postcode, "b"]]
    assert pairs(tmp_path, ["Account", "Name", "Postcode", "Rep"], *rows) == []


# ---- codes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "reason"), [(255, None), (256, "code_too_long")])
def test_a_code_has_255_signs_at_most(tmp_path, length, reason):
    found = taken(tmp_path, lines(["Account", "Name"], ["x" * length, "a"], ["B", "b"]))
    assert found.aside == ([(2, reason)] if reason else [])


@pytest.mark.parametrize("sign", ["\x07", "\x1f", "\x7f", "\u00a0", "  "])
def test_a_sign_that_no_cell_shows_is_a_blank(tmp_path, sign):
    found = taken(tmp_path, lines(["Account", "Name"], [f"C{sign}1", "a"], [f"{sign}D{sign}", "b"]))
    assert sorted(found.accounts) == ["C 1", "D"]


def test_a_code_that_was_imported_is_found_again_however_it_was_written(tmp_path):
    for code in ("C\x071", "C 1", "c  1 "):
        found = taken(tmp_path, lines(["Account", "Name"], [code, "a"]), known(clients=[{"account": "C 1"}]))
        assert found.done.merged.added == []
