"""Which classes and gates are sound."""

import datetime as dt

import numpy as np
import pytest
from support.model_rows import CRITERIA, GATE, SCALES, criterion, only, read, scale


def gate(**cells):
    return [GATE | cells]


# ---- classes -------------------------------------------------------------------------------------


def classes(*rows):
    return [{"class": letter, "min_score": least, "share": share} for letter, least, share in rows]


def test_cutoffs_fall_strictly_from_100_at_most_to_0():
    assert read(classes=classes(("A", 100.0, None), ("B", 99.999, None), ("C", 0.0, None)))[1] == []
    told = read(classes=classes(("A", 50.0, None), ("B", 50.0, None), ("C", 0.0, None)))[1]
    assert told == only("classes", 1, "min_score", "cutoffs_not_descending!")
    told = read(classes=classes(("A", 80.0, None), ("B", 50.0, None), ("C", 60.0, None), ("D", 0.0, None)))[1]
    assert told == only("classes", 2, "min_score", "cutoffs_not_descending!")
    told = read(classes=classes(("A", 50.0, None), ("B", 0.001, None)))[1]
    assert told == only("classes", 1, "min_score", "last_cutoff_not_zero!")


@pytest.mark.parametrize(
    ("least", "what"),
    [(100.001, "min_score_out_of_range!"), (-0.001, "min_score_out_of_range!"), (None, "min_score_empty!")],
)
def test_a_cutoff_that_is_none_names_its_cell(least, what):
    assert (
        only("classes", 0, "min_score", what)[0]
        in read(classes=classes(("A", least, None), ("B", 0.0, None)))[1]
    )


@pytest.mark.parametrize("shares", [(1.0, 0.0), (0.333_333_5, 0.666_666_4), (0.5, 0.500_000_9)])
def test_quotas_fill_the_whole_to_a_millionth_and_need_no_cutoffs(shares):
    for least in (("none", 999.0), (10.0, 20.0), (None, None)):
        rows = classes(*zip("AB", least, shares, strict=True))
        model, faults = read(classes=rows, settings={"method": "quota"})
        assert faults == []
        assert model.shares().tolist() == list(shares)


@pytest.mark.parametrize(
    ("shares", "row", "what"),
    [
        ((0.5, 0.500_001_1), 1, "shares_not_whole!"),
        ((0.5, 0.499_998_9), 1, "shares_not_whole!"),
        ((1.001, 0.0), 0, "share_out_of_range!"),
        ((-0.001, 1.0), 0, "share_out_of_range!"),
        ((None, 1.0), 0, "share_empty!"),
    ],
)
def test_quotas_that_do_not_fill_the_whole_name_the_cell(shares, row, what):
    rows = classes(("A", None, shares[0]), ("B", None, shares[1]))
    assert read(classes=rows, settings={"method": "quota"})[1] == only("classes", row, "share", what)


def test_natural_breaks_need_cutoffs_for_want_of_scores():
    rows = classes(("A", None, 0.5), ("B", 0.0, 0.5))
    assert read(classes=rows, settings={"method": "breaks"})[1] == only(
        "classes", 0, "min_score", "min_score_empty!"
    )


@pytest.mark.parametrize("letter", [None, "?", " ? ", " "])
def test_a_class_without_a_letter_stops_and_those_after_it_are_looked_at(letter):
    rows = classes((letter, 50.0, None), (letter, 40.0, None), ("B", 175.0, None), ("C", 0.0, None))
    assert [(row, what) for _, row, _, what in read(classes=rows)[1]] == [
        (0, "class_without_letter!"),
        (1, "class_without_letter!"),
        (2, "min_score_out_of_range!"),
    ]


@pytest.mark.parametrize("again", ["A", "a", " A "])
def test_a_letter_stands_there_once_whatever_its_case(again):
    rows = classes(("A", 50.0, None), (again, 20.0, None), ("C", 0.0, None))
    assert read(classes=rows)[1] == only("classes", 1, "class", "class_twice!")


def test_a_letter_is_shown_without_its_outer_blanks_and_a_label_may_be_missing():
    rows = [{"class": " A* ", "label": None, "min_score": 0.0}]
    (one,) = read(classes=rows)[0].classes
    assert (one.letter, one.label) == ("A*", "")


# ---- gates ---------------------------------------------------------------------------------------

DAY = dt.datetime(2026, 6, 1)


@pytest.mark.parametrize(
    "cells",
    [
        {"column": "trend", "value": 0.0},
        {"column": "completeness", "value": 0.5},
        {"column": "state", "condition": "=", "value": "lost"},
        {"column": "status", "condition": "<>", "value": "client"},
        {"column": "solidity", "condition": "=", "value": "In default"},
        {"column": "solidity", "condition": "<", "value": 30.0},
        {"column": "last_visit", "condition": "<", "value": DAY},
        {"column": "own", "condition": ">=", "value": 5},
        {"column": "own", "condition": "=", "value": "x"},
        {"column": "own", "condition": ">", "value": DAY},
        {"condition": "known", "value": None},
        {"condition": "unknown", "value": "whatever"},
        {"best_class": "a "},
    ],
)
def test_a_gate_may_compare_like_with_like(cells):
    model, faults = read(gates=gate(**cells), own=["own"])
    assert faults == []
    assert len(model.gates) == 1


@pytest.mark.parametrize(
    ("cells", "field", "what"),
    [
        ({"column": None}, "column", "gate_column_empty!"),
        ({"column": "own"}, "column", "gate_column_not_found!"),
        ({"column": "score"}, "column", "gate_column_is_a_result!"),
        ({"column": "rank"}, "column", "gate_column_is_a_result!"),
        ({"condition": None}, "condition", "gate_condition_unknown!"),
        ({"condition": "about"}, "condition", "gate_condition_unknown!"),
        ({"value": None}, "value", "gate_value_empty!"),
        ({"value": "long"}, "value", "gate_value_of_wrong_kind!"),
        ({"value": DAY}, "value", "gate_value_of_wrong_kind!"),
        ({"condition": "=", "value": "long"}, "value", "gate_value_of_wrong_kind!"),
        ({"column": "last_visit"}, "value", "gate_value_of_wrong_kind!"),
        ({"column": "status", "value": "client"}, "condition", "gate_words_have_no_order!"),
        ({"column": "forced", "value": "A"}, "condition", "gate_words_have_no_order!"),
        ({"column": "solidity", "value": "Good"}, "value", "gate_text_has_no_order!"),
        ({"best_class": "Z"}, "best_class", "gate_class_unknown!"),
        ({"best_class": None}, "best_class", "gate_class_unknown!"),
    ],
)
def test_a_gate_that_cannot_be_used_names_its_cell(cells, field, what):
    assert read(gates=gate(**cells))[1] == only("gates", 0, field, what)


def test_all_that_is_wrong_with_a_gate_is_told_at_once():
    told = read(gates=gate(column=None, condition="about", best_class="Z"))[1]
    assert [field for _, _, field, _ in told] == ["column", "condition", "best_class"]


def test_faults_stand_in_the_order_of_the_tables_and_their_rows():
    told = read(
        [CRITERIA[0] | {"weight": -1.0}, CRITERIA[1] | {"scale": "stairs"}],
        [*SCALES, *scale((1.0, 1.0), criterion="Wallet")],
        classes(("A", 50.0, None), ("B", 10.0, None)),
        gate(value="long"),
        {"margin": -1.0},
    )[1]
    assert [(table, row) for table, row, *_ in told] == [
        ("settings", 0),
        ("criteria", 0),
        ("criteria", 1),
        ("scales", 2),
        ("classes", 1),
        ("gates", 0),
    ]


def test_numbers_of_numpy_are_numbers():
    assert read(criterion(weight=np.float64(5.0)))[1] == []
