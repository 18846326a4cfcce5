"""Why and Explain account: what they say is true, in both languages."""

import datetime as dt
import re

import pytest
from support.books import TODAY, Tables, cells, written

from addin.refresh.explain_account import explain_account

SAID = {
    "en": {
        "average": "Close to the average on every criterion",
        "margin": "Stays B: within 3 points of the cut-off",
        "short": "Just short of A: 74.96 where 75 is needed",
        "unknown": "▼ what is not known −",
        "next": "Any one of these would lift it to class A",
        "pair": "No single value is enough for class A",
        "find out": "To be found out: any one of these values would give class",
        "none": "Neither one value nor two are enough for class A",
        "limits": "Reckoned with the limits between the classes as they are now",
        "now": "now",
        "not known": "not known",
    },
    "fr": {
        "average": "Proche de la moyenne sur chaque critère",
        "margin": "Reste B\u00a0: à moins de 3 points du seuil",
        "short": "Juste sous A\u00a0: 74,96 pour un minimum de 75",
        "unknown": "▼ ce qui n’est pas connu −",
        "next": "Un seul de ces changements suffirait pour la classe A",
        "pair": "Aucune valeur à elle seule ne suffit pour la classe A",
        "find out": "À renseigner\u00a0: une seule de ces valeurs donnerait la classe",
        "none": "Ni une valeur ni deux ne suffisent pour la classe A",
        "limits": "Calculé avec les limites actuelles entre les classes",
        "now": "actuellement",
        "not known": "sans valeur",
    },
}


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


@pytest.fixture
def said(language):
    return SAID[language]


def notes(language, rows, weights=(1.0, 1.0, 1.0), **settings):
    """A workbook whose criteria are the three notes, and whose accounts have nothing else."""
    tables = Tables(language)
    scale, missing, status = (
        tables.words.word("scale", "note"),
        tables.words.word("missing", "skip"),
        tables.words.word("status", "client"),
    )
    keys = ("growth", "influence", "relationship")
    tables.rows(
        "Criteria",
        [
            {
                "criterion": key.capitalize(),
                "column": tables.words.header("accounts", key),
                "applies_to": tables.words.surface("fields")["words"]["applies_to"]["all"],
                "weight": weight,
                "scale": scale,
                "missing": missing,
            }
            for key, weight in zip(keys, weights, strict=True)
            if weight
        ],
    ).rows("Scales", [{}])
    for key, value in settings.items():
        tables.setting(key, value)
    filled = [{"account": f"C{at}", "status": status} | row for at, row in enumerate(rows)]
    return tables.rows("Clients", filled)


def why(tables):
    return [row["reasons"] for row in cells(written(tables.list(), tables.score()), "Clients")]


def explained(tables, code="C0"):
    return explain_account(tables.list(), code, TODAY)


def test_a_class_that_the_margin_holds_is_said_beside_an_equal_score_that_it_does_not_hold(language, said):
    held, fresh = why(
        notes(language, [{"growth": 7.5, "held": "B", "computed": "B"}, {"growth": 7.5}], (1, 0, 0))
    )
    assert held.startswith(said["margin"])
    assert fresh == said["average"]


def test_a_score_that_shows_as_the_minimum_but_is_below_it_is_explained(language, said):
    short, reached = why(notes(language, [{"growth": 7.496}, {"growth": 7.5}], (1, 0, 0)))
    assert short.startswith(said["short"])
    assert reached == said["average"]


def test_close_to_the_average_is_only_said_of_a_score_that_is(language, said):
    """No criterion is worth a whole point of score, all together are worth 2.5."""
    low = {"growth": 0.0, "influence": 0.0, "relationship": 0.0}
    high = {"growth": 0.3, "influence": 0.3, "relationship": 0.3}
    found = why(notes(language, [low] + [high] * 5))
    low, *others = (text.split("   ")[0] for text in found)
    assert low == "▼ Growth −0.8, Influence −0.8".replace(".", "," if language == "fr" else ".")
    assert others == [said["average"]] * 5


def test_a_score_that_only_the_unknown_keeps_down_says_so(language, said):
    some = {"growth": 5.0, "influence": None, "relationship": None}
    all_known = {"growth": 5.0, "influence": 10.0, "relationship": 10.0}
    found = why(notes(language, [some] + [all_known] * 9, (8, 1, 1)))
    assert said["unknown"] in found[0]


def test_the_lever_is_named_in_the_words_of_the_workbook(language, said):
    text = explained(notes(language, [{"growth": 5.0, "influence": 9.0, "relationship": 8.0}]))
    assert said["next"] in text
    assert re.search(rf"Growth\s?: {'5,5' if language == 'fr' else '5.5'} \({said['now']} 5\)", text)


def test_where_one_value_is_not_enough_two_are_named_on_two_lines(language, said):
    text = explained(notes(language, [{"growth": 5.0, "influence": 5.0, "relationship": 6.6}]))
    assert said["pair"] in text
    lines = text[text.index(said["pair"]) :].splitlines()[1:]
    assert [re.findall(r"\w+", line)[0] for line in lines] == ["Growth", "Influence"]


def test_what_to_find_out_is_named_for_an_account_that_has_no_class(language, said):
    text = explained(notes(language, [{"growth": 8.0}], min_completeness=0.5, in_use_from=0.0))
    assert f"{said['find out']} A" in text
    assert f"({said['now']} {said['not known']})" in text


def test_nothing_is_named_where_even_two_values_are_not_enough(language, said):
    row = {"growth": 8.0, "influence": 8.0, "relationship": 0.5, "held": "B"}
    assert said["none"] in explained(notes(language, [row], margin=30.0))


def test_classes_that_lie_with_the_others_say_that_the_limits_may_move(language, said):
    tables = notes(language, [{"growth": float(at)} for at in (1, 2, 4, 5, 8, 9)], (1, 0, 0))
    tables.setting("method", tables.words.word("method", "breaks"))
    assert said["limits"] in explained(tables)
    tables.setting("method", tables.words.word("method", "quota"))
    assert said["limits"] not in explained(tables)


def test_the_effect_of_what_is_not_known_stands_beside_it(language):
    tables = notes(
        language,
        [{"growth": 5.0, "influence": 5.0}, {"growth": 5.0, "influence": 5.0, "relationship": 8.0}],
    )
    line = next(line for line in explained(tables).splitlines() if line.startswith("•  Relationship"))
    assert line.endswith("−13")


WAYS = {
    "en": (
        "4 pts from B: by Growth",
        "4 pts from B: find out Growth",
        "38 pts from C: by Growth and Influence together",
        "No A as long as: x",
    ),
    "fr": (
        "À 4 pts de B\u00a0: par Growth",
        "À 4 pts de B\u00a0: renseigner Growth",
        "À 38 pts de C\u00a0: par Growth et Influence ensemble",
        "Pas de A tant que\u00a0: x",
    ),
}


def test_why_ends_with_the_short_way_up(language):
    """Three points of margin, and so much more than the next class takes."""
    by, find_out, both, _ = WAYS[language]
    known = dict.fromkeys(("growth", "influence", "relationship"), 5.4)
    rows = [known, known | {"growth": None}]
    found = why(notes(language, rows, (8, 1, 1), in_use_from=0.9, min_completeness=0.0))
    assert [text.split("   ")[-1] for text in found] == [by, find_out]
    (low,) = why(notes(language, [dict.fromkeys(known, 0.0)]))
    assert low.split("   ")[-1] == both


def test_what_is_unknown_stays_the_last_that_is_said(language):
    rows = [{"growth": 5.4, "influence": 5.4}]
    (text,) = why(notes(language, rows, (6, 1, 4), in_use_from=0.0))
    assert " B" in text.split("   ")[-2]
    assert text.endswith("Relationship")


def test_a_gate_in_the_way_is_what_has_to_go(language):
    tables = notes(language, [{"growth": 6.0, "days_late": 90.0}], (1, 0, 0))
    gate = {"column": tables.words.header("accounts", "days_late"), "condition": ">", "value": 60.0}
    tables.rows("Gates", [gate | {"best_class": "B", "reason": "x"}])
    assert why(tables)[0].split("   ")[-1] == WAYS[language][3]


def test_a_lapsed_forced_class_and_a_gate_that_has_gone_leave_no_trace(language):
    row = {"growth": 7.6, "held": "A", "computed": "C", "class": "D"}
    tables = notes(language, [row], (1, 0, 0))
    tables.set("Clients", 0, "forced", "D").set("Clients", 0, "forced_reason", "x")
    tables.set("Clients", 0, "forced_until", dt.datetime(2020, 1, 1))
    (after,) = [row for row in cells(written(tables.list(), tables.score()), "Clients") if row["account"]]
    assert (after["class"], after["computed"], after["held"]) == ("A", "A", "A")


def test_in_a_workbook_without_the_column_the_computed_class_is_the_class_held(language):
    tables = notes(language, [{"growth": 7.6, "computed": "B", "class": "B"}], (1, 0, 0))
    tables.drop_column("Clients", "held")
    (after,) = [row for row in cells(written(tables.list(), tables.score()), "Clients") if row["account"]]
    assert after["class"] == "B"
