"""Which criteria, scales and settings are sound."""

import math

import pandas as pd
import pytest
from support.model_rows import CLASSES, CRITERIA, GATE, SCALES, criterion, only, read, scale

from scoring.read_model import read_model


def test_a_sound_model_has_no_faults_and_keeps_the_order_of_its_tables():
    model, faults = read(
        gates=[GATE, GATE | {"column": "growth", "condition": "unknown", "value": None, "reason": None}]
    )
    assert faults == []
    assert [one.name for one in model.criteria] == ["Sales", "Growth"]
    assert [(one.letter, one.label) for one in model.classes] == [("A", "Best"), ("B", "Rest")]
    told = [(one.column, one.condition, one.value, one.best_class, one.reason) for one in model.gates]
    assert told == [("days_late", ">", 60.0, 1, "late"), ("growth", "unknown", None, 1, "")]


@pytest.mark.parametrize("empty", [None, math.nan, "", "  ", pd.NaT])
def test_a_row_without_anything_is_no_row_and_the_others_keep_their_places(empty):
    nothing = dict.fromkeys(CRITERIA[0], empty)
    criteria = [CRITERIA[0], nothing, CRITERIA[1] | {"weight": -1.0}]
    assert read(criteria)[1] == only("criteria", 2, "weight", "weight_negative!")


# ---- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "most"), [("margin", 50), ("min_completeness", 1), ("max_subjective", 1), ("core_share", 1)]
)
def test_a_setting_may_be_what_its_bounds_say_both_included(name, most):
    for value in (0.0, float(most), most / 2):
        model, faults = read(settings={name: value, "max_subjective": 1.0} | {name: value})
        assert [one for one in faults if one[3] != "subjective_too_heavy"] == []
        assert getattr(model.settings, name) == value
    what = "setting_out_of_range!" if name == "margin" else "setting_share_out_of_range!"
    for value in (-0.001, most + 0.001, "much", math.inf):
        assert read(settings={name: value})[1] == only("settings", 0, "value", what)
    assert read(settings={name: None})[1] == only("settings", 0, "value", "setting_empty!")


def test_settings_that_do_not_bear_on_the_score_are_passed_over():
    model, faults = read(settings={"currency": "EUR", "weeks": "x", "margin": 7.0, "visits": None})
    assert (faults, model.settings.margin) == ([], 7.0)


def test_a_setting_that_stands_twice_stops():
    tables = {"criteria": CRITERIA, "scales": SCALES, "classes": CLASSES}
    frames = {name: pd.DataFrame(list(rows)) for name, rows in tables.items()}
    rows = [("margin", 3.0), ("core_share", 0.5), ("margin", 4.0)]
    frames["settings"] = pd.DataFrame(rows, columns=["setting", "value"])
    _, (fault,) = read_model(frames)
    assert (fault.row, fault.field, fault.what, fault.stops) == (2, "setting", "setting_twice", True)


def test_without_settings_and_gates_those_that_ship_serve():
    frames = {"criteria": CRITERIA, "scales": SCALES, "classes": CLASSES}
    model, faults = read_model({name: pd.DataFrame(list(rows)) for name, rows in frames.items()})
    assert faults == []
    assert (model.settings.method, model.settings.margin, model.settings.core_share) == ("cutoffs", 3.0, 0.8)
    assert model.gates == ()


# ---- criteria ------------------------------------------------------------------------------------


@pytest.mark.parametrize("weight", [0.001, 40, 1e6])
def test_a_weight_counts_up_to_a_million(weight):
    model, faults = read(criterion(weight=weight))
    assert faults == []
    assert model.criteria[0].weight == weight


@pytest.mark.parametrize(
    ("weight", "what"),
    [
        (-0.001, "weight_negative!"),
        ("much", "weight_negative!"),
        (None, "weight_empty!"),
        (1e6 + 1, "weight_too_large!"),
        (math.inf, "weight_too_large!"),
    ],
)
def test_what_is_no_weight_stops(weight, what):
    assert read(criterion(weight=weight))[1] == only("criteria", 0, "weight", what)


def test_a_weight_of_0_switches_a_criterion_off_whatever_else_its_row_says():
    model, faults = read(criterion(weight=0.0, scale="nonsense", column=None))
    assert faults == []
    assert [one.name for one in model.criteria] == ["Growth"]


@pytest.mark.parametrize(
    ("cells", "field", "what"),
    [
        ({"scale": "stairs"}, "scale", "scale_unknown!"),
        ({"scale": None}, "scale", "scale_unknown!"),
        ({"column": None}, "column", "column_empty!"),
        ({"column": "shoe size"}, "column", "column_not_found!"),
        ({"column": "score"}, "column", "column_is_a_result!"),
        ({"column": "completeness"}, "column", "column_is_a_result!"),
        ({"column": "status"}, "scale", "column_holds_no_numbers!"),
        ({"column": "last_visit"}, "scale", "column_holds_no_numbers!"),
        ({"column": "forced"}, "scale", "column_holds_no_numbers!"),
        ({"applies_to": None}, "applies_to", "applies_to_empty!"),
    ],
)
def test_a_criterion_that_cannot_be_used_names_its_cell(cells, field, what):
    assert read(criterion(**cells))[1] == only("criteria", 0, field, what)


@pytest.mark.parametrize("column", ["trend", "potential", "days_late", "own"])
def test_a_criterion_may_look_at_any_numbers_that_are_there_before_the_score(column):
    model, faults = read(criterion(column=column), own=["own"])
    assert faults == []
    assert model.criteria[0].column == column


@pytest.mark.parametrize("column", ["state", "status", "solidity", "last_visit", "forced"])
def test_a_list_may_look_at_words_and_dates_too(column):
    model, faults = read(criterion(column=column, scale="list"))
    assert faults == []
    assert dict(model.criteria[0].scale_points.entries) == {"0": 0.0, "1000": 10.0}


@pytest.mark.parametrize("name", ["Sales", "sales ", "SALES"])
def test_a_criterion_that_stands_twice_stops_and_those_after_it_are_looked_at(name):
    criteria = [
        *CRITERIA,
        CRITERIA[0] | {"criterion": name},
        CRITERIA[1] | {"criterion": "X", "weight": -1.0},
    ]
    assert read(criteria)[1] == [
        ("criteria", 2, "criterion", "criterion_twice!"),
        ("criteria", 3, "weight", "weight_negative!"),
    ]


def test_a_criterion_without_a_name_stops_and_those_after_it_are_looked_at():
    criteria = [CRITERIA[0] | {"criterion": None, "weight": -1.0}, CRITERIA[1] | {"weight": -1.0}]
    assert read(criteria, scales=())[1] == [
        ("criteria", 0, "criterion", "criterion_without_name!"),
        ("criteria", 1, "weight", "weight_negative!"),
    ]


def test_without_criteria_or_classes_there_is_nothing_to_score_with():
    assert read((), ())[1] == only("criteria", None, None, "no_criteria!")
    assert read(classes=())[1] == only("classes", None, None, "no_classes!")


@pytest.mark.parametrize(
    ("applies_to", "found"),
    [
        ("all", None),
        (["client", "prospect", "suspect"], None),
        (["client"], {"client"}),
        (["client", "suspect"], {"client", "suspect"}),
    ],
)
def test_a_criterion_applies_to_the_statuses_named_and_all_of_them_are_everybody(applies_to, found):
    model, faults = read(criterion(applies_to=applies_to))
    assert faults == []
    assert model.criteria[0].applies_to == found


def test_a_table_without_statuses_has_criteria_for_everybody():
    criteria = [{key: value for key, value in one.items() if key != "applies_to"} for one in CRITERIA]
    assert [one.applies_to for one in read(criteria)[0].criteria] == [None, None]


@pytest.mark.parametrize(
    ("cells", "low", "missing", "subjective"),
    [
        ({}, False, "skip", False),
        ({"better": "low"}, False, "skip", False),  # steps say by their points which way is better
        ({"better": "low", "scale": "rank"}, True, "skip", False),
        ({"better": "high", "scale": "rank"}, False, "skip", False),
        ({"missing": "zero", "nature": "subjective"}, False, "zero", True),
        ({"missing": "neutral", "nature": "objective"}, False, "neutral", False),
    ],
)
def test_what_a_row_says_of_its_criterion_is_what_counts(cells, low, missing, subjective):
    scales = () if cells.get("scale") == "rank" else SCALES
    one = read(criterion(**cells), scales, settings={"max_subjective": 1.0})[0].criteria[0]
    assert (one.low_is_better, one.missing, one.subjective) == (low, missing, subjective)


def test_judgements_may_weigh_as_much_as_the_setting_says_and_more_is_told_but_does_not_stop():
    criteria = criterion(nature="subjective")  # 40 of 50
    assert read(criteria, settings={"max_subjective": 0.8})[1] == []
    assert read(criteria, settings={"max_subjective": 0.799})[1] == only(
        "criteria", None, "weight", "subjective_too_heavy"
    )


# ---- scales --------------------------------------------------------------------------------------


def test_rows_of_a_scale_count_by_their_values_whatever_their_order_and_the_case_of_its_name():
    rows = scale((1000.0, 10.0), (-5.0, 0.0), (20, 5.5), criterion="SALES ")
    points = read(scales=rows)[0].criteria[0].scale_points
    assert (points.thresholds, points.points) == ((-5.0, 20.0, 1000.0), (0.0, 5.5, 10.0))


@pytest.mark.parametrize(
    ("rows", "row", "field", "what"),
    [
        ([(0.0, -0.001), (1.0, 5.0)], 0, "points", "points_out_of_range!"),
        ([(0.0, 0.0), (1.0, 10.001)], 1, "points", "points_out_of_range!"),
        ([(0.0, "many")], 0, "points", "points_out_of_range!"),
        ([(0.0, None)], 0, "points", "points_empty!"),
        ([(None, 5.0)], 0, "value", "scale_value_empty!"),
        ([("much", 5.0)], 0, "value", "scale_value_no_number!"),
        ([(1.0, 5.0), (2.0, 6.0), (1, 7.0)], 2, "value", "scale_value_twice!"),
    ],
)
def test_a_row_of_a_scale_that_cannot_be_used_names_its_cell(rows, row, field, what):
    assert read(scales=scale(*rows))[1] == only("scales", row, field, what)


def test_every_row_of_a_scale_is_looked_at():
    rows = scale((None, 5.0), ("much", 5.0), (1.0, 11.0), (2.0, 5.0), (2.0, 5.0))
    assert [(row, what) for _, row, _, what in read(scales=rows)[1]] == [
        (0, "scale_value_empty!"),
        (1, "scale_value_no_number!"),
        (2, "points_out_of_range!"),
        (4, "scale_value_twice!"),
    ]


@pytest.mark.parametrize("again", ["Good", "good ", "GÓOD"])
def test_an_entry_of_a_list_stands_there_once_whatever_its_writing(again):
    rows = scale(("good", 8.0), ("Bad", 0.0), (again, 5.0))
    found = read(criterion(scale="list", column="solidity"), rows)[1]
    assert found == only("scales", 2, "value", "scale_value_twice!")


@pytest.mark.parametrize("kind", ["steps", "list"])
def test_the_order_of_its_rows_makes_no_other_model_of_a_scale(kind):
    rows = scale((10.0, 1.0), (9.0, 2.0), (200.0, 3.0))
    first, second = (read(criterion(scale=kind), order)[0] for order in (rows, rows[::-1]))
    assert first.fingerprint() == second.fingerprint()
    other = read(criterion(scale=kind), scale((10.0, 1.0), (9.0, 2.0), (200.0, 3.1)))[0]
    assert first.fingerprint() != other.fingerprint()


@pytest.mark.parametrize("kind", ["steps", "linear", "list"])
def test_a_scale_that_needs_rows_has_some(kind):
    assert read(criterion(scale=kind), scales=())[1] == only("criteria", 0, "scale", "scale_without_rows!")


def test_rows_of_no_criterion_are_told_and_do_not_stop_and_rows_without_a_name_do():
    rows = [*SCALES, *scale((1.0, 1.0), criterion="Wallet"), *scale((1.0, 1.0), criterion=None)]
    assert read(scales=rows)[1] == [
        ("scales", 2, "criterion", "scale_of_no_criterion"),
        ("scales", 3, "criterion", "scale_without_criterion!"),
    ]
