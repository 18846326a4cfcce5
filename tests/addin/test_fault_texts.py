"""The sentences of faults, and the kinds of numbers and words that a gate compares."""

import re
import string
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from support.books import Tables, cells, written
from support.faulty import GOOD


def _messages(language):
    text = resources.files("addin.catalogue").joinpath(language, "faults.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _fields(sentence):
    forms = [sentence["many"]] if isinstance(sentence, dict) else [sentence]
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


def test_both_languages_have_the_same_sentences_that_name_the_same_things():
    english, french = _messages("en"), _messages("fr")
    for part in ("what", "remedy"):
        assert english[part].keys() == french[part].keys()
        for key, sentence in english[part].items():
            assert _fields(sentence) == _fields(french[part][key]), key
            assert sentence != french[part][key], key


def test_no_sentence_is_left_that_nothing_says():
    code = "".join(
        path.read_text(encoding="utf-8")
        for package in ("addin", "scoring")
        for path in Path(str(resources.files(package))).rglob("*.py")
    )
    # The sentences on the numbers of classes are named after their columns.
    said = set(re.findall(r'"([a-z_0-9]+)"', code))
    said |= {
        f"{column}_{end}" for column in ("min_score", "share") for end in ("empty", "out_of_range", "range")
    }
    for sentences in _messages("en").values():
        assert sentences.keys() <= said


def _with_solidity(*values):
    """A workbook without shipped gates whose accounts have these ratings."""
    tables = Tables().rows("Gates", [])
    accounts = [
        GOOD | {"account": f"C{number}", "solidity": value} for number, value in enumerate(values, start=1)
    ]
    return tables.rows("Clients", accounts)


def test_a_gate_compares_ratings_as_numbers_however_they_were_typed():
    tables = _with_solidity(5.5, "9", 31.0, 100.0, "29,5", None)
    tables.set("Settings", tables.find("Settings", "setting", "Language"), "value", "fr")
    rows = [
        {"column": "Financial solidity", "condition": "<", "value": 30.0, "best_class": "C", "reason": "weak"}
    ]
    criterion = tables.find("Criteria", "criterion", "Solidity")
    tables.rows("Gates", rows).set("Criteria", criterion, "weight", 0.0)
    accounts = cells(written(tables.list(), tables.score()), "Clients")
    assert [one["account"] for one in accounts if "weak" in one["reasons"]] == ["C1", "C2", "C5"]


def test_words_among_numbers_are_told_at_their_cells_and_meet_no_gate_of_numbers():
    tables = _with_solidity(5.5, "Good", 40.0)
    rows = [
        {"column": "Financial solidity", "condition": "<", "value": 30.0, "best_class": "C", "reason": "weak"}
    ]
    report = tables.rows("Gates", rows).score().report
    (found,) = [one for one in report.findings if "weak" in one.what]
    assert (found.cell, found.stops) == (tables.address("Clients", 1, "solidity"), False)


def test_a_gate_of_numbers_over_a_column_of_words_stops_at_its_cell():
    tables = _with_solidity("Good", "Fair")
    rows = [
        {"column": "Financial solidity", "condition": "<", "value": 30.0, "best_class": "C", "reason": "weak"}
    ]
    report = tables.rows("Gates", rows).score().report
    (found,) = [one for one in report.findings if one.stops]
    assert found.cell == tables.address("Gates", 0, "value")
    assert "Good" in found.what


def test_words_of_a_list_have_no_order_for_a_gate():
    tables = Tables()
    rows = [{"column": "Status", "condition": "<", "value": 3.0, "best_class": "C", "reason": "early"}]
    report = tables.rows("Gates", rows).score().report
    (found,) = [one for one in report.findings if one.stops]
    assert found.cell == tables.address("Gates", 0, "condition")


def test_a_scale_of_numbers_over_a_column_of_words_stops_at_its_cell():
    tables = _with_solidity("Good", "Fair")
    at = tables.find("Criteria", "criterion", "Solidity")
    report = tables.set("Criteria", at, "scale", "note").score().report
    (found,) = [one for one in report.findings if one.stops]
    assert found.cell == tables.address("Criteria", at, "scale")


def test_a_rating_in_numbers_may_have_a_scale_of_numbers():
    tables = _with_solidity(8.0, "9", 2.0)
    at = tables.find("Criteria", "criterion", "Solidity")
    scoring = tables.set("Criteria", at, "scale", "note").score()
    assert not scoring.report.stopped
    assert not [one for one in scoring.report.findings if "Solidity" in one.what]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("weeks", -3.0),
        ("weeks", 60.0),
        ("visits_per_day", -1.0),
        ("review_months", 0.0),
        ("visit_days", 8.0),
        ("margin", 51.0),
        ("year_end", 12.5),
    ],
)
def test_a_setting_beyond_its_bounds_stops_at_its_cell(setting, value):
    tables = Tables().setting(setting, value)
    report = tables.score().report
    (found,) = [one for one in report.findings if one.stops]
    row = tables.find("Settings", "setting", tables.words.surface("fields")["setting_names"][setting])
    assert found.cell == tables.address("Settings", row, "value")
