"""Cut-offs with their margin, quotas, natural breaks and the classes of a company, beside the oracle."""

import random

import pytest
from golden.portfolios import some

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.mark.parametrize("margin", [0, 3, 12.5])
def test_cutoffs_with_margin(make, margin):
    book = make([{"account": f"a{i}", "status": "client", "Points": i / 4} for i in range(41)], ["Points"])
    book.criteria(("Points", "note", 10, {})).setting("margin", margin)
    rng = random.Random(margin)
    book.check()
    for _ in range(3):
        columns = book.columns("Clients")
        for row in book.cells("Clients")[1:]:
            at = row[columns["Points"]]
            at.value = min(10, max(0, at.value + rng.choice((-1.25, -0.3, -0.1, 0, 0.1, 0.3, 1.25, 2))))
        book.check()


def test_worked_margins(make):
    held = {
        "a": ("B", 7.6),
        "b": ("B", 7.8),
        "c": ("A", 7.3),
        "d": ("A", 7.19),
        "e": ("D", 8),
        "f": ("C", 5.79),
    }
    book = make(
        [{"account": key, "Note": note, "status": "client"} for key, (_, note) in held.items()], ["Note"]
    )
    book.criteria(("Note", "note", 1, {}))
    letters = [letter for letter, _ in held.values()]
    book.put("computed", letters).put("class", letters).check()
    assert book.column("class") == ["B", "A", "A", "B", "A", "C"]


def test_a_gate_that_has_gone_and_a_time_without_a_class_leave_no_trace(make):
    book = make(
        [{"account": key, "status": "client", "Note": 7.6, "days_late": 10} for key in "ab"], ["Note"]
    )
    book.criteria(("Note", "note", 1, {})).gates(("days_late", ">", 60, "C"))

    def change(key, values):
        book.put(key, values).check()
        return [(row["held"], row["computed"]) for row in book.records("Clients")]

    assert change("days_late", (10, 10)) == [("A", "A"), ("A", "A")]
    assert change("days_late", (90, 10)) == [("A", "C"), ("A", "A")]
    assert change("Note", (7.6, None)) == [("A", "C"), ("A", "?")]
    assert change("Note", (7.6, 7.3)) == [("A", "C"), ("A", "A")]
    assert change("days_late", (10, 10)) == [("A", "A"), ("A", "A")]
    book.check_twice()


@pytest.mark.parametrize("shares", [(0.1, 0.2, 0.3, 0.4), (0.25, 0.25, 0.25, 0.25), (0.7, 0.1, 0.1, 0.1)])
def test_quota(make, shares):
    book = make(some(3, 40)).method("quota")
    classes = book.records("Classes")
    for row, share in zip(classes, shares, strict=True):
        row["share"] = share
    book.rows("Classes", classes).check_twice()
    for row in book.cells("Clients")[1:]:
        row[book.columns("Clients")["growth"]].value = 5
    book.check()


def test_quota_with_ties(make):
    rows = [
        {"account": f"q{i}", "status": "client", "growth": (9, 9, 9, 7, 7, 5, 5, 5, 5, 1)[i]}
        for i in range(10)
    ]
    book = make(rows).method("quota").criteria(("growth", "note", 1, {}))
    book.check_twice()


def test_breaks(make):
    book = make(some(5, 60)).method("breaks")
    book.check_twice()
    book.rows("Classes", [row | {"label": "x"} for row in book.records("Classes")[1:]]).check()


def test_worked_breaks(make):
    notes = (1.3, 7.1, 7.3, 2.3, 3.9, 4.1, 7.8, 1.2, 4.3, 7.3, 5.0, 4.3)
    book = make([{"account": f"b{i}", "status": "client", "growth": v} for i, v in enumerate(notes)])
    book.method("breaks").criteria(("growth", "note", 1, {}))
    book.rows(
        "Classes", [row | {"min_score": 70 - 35 * i} for i, row in enumerate(book.records("Classes")[:3])]
    )
    book.check_twice()
    upper = {}
    for row in book.records("Clients"):
        upper[row["class"]] = max(upper.get(row["class"], 0), row["growth"])
    assert upper == {"A": 7.8, "B": 5.0, "C": 2.3}


def test_breaks_with_too_few_scores(make):
    notes = (9, 9, 6, 6, 2)
    book = make([{"account": f"b{i}", "status": "client", "growth": v} for i, v in enumerate(notes)])
    book.method("breaks").criteria(("growth", "note", 1, {})).check_twice()


def test_own_classes(make):
    book = make(some(11, 30))
    letters = [
        ("Top", "VIP", 80),
        ("1", "First", 60),
        ("2", "Second", 45.5),
        ("3", "Third", 20),
        ("Z", "Last", 0),
    ]
    rows = [{"class": c, "label": n, "min_score": s, "share": 0.2} for c, n, s in letters]
    book.rows("Classes", rows).gates(("growth", ">", 8, "3"), ("potential", "unknown", None, "Z"))
    book.check_twice()
    book.method("quota").check()
    book.method("breaks").check()
