"""Workbooks drawn at random, and what a while does to them, beside the oracle."""

import datetime as dt
import random

import pytest
from golden import terms
from golden.book import LANGUAGES, TODAY, Book, midnight
from golden.portfolios import SOLIDITY, maybe, some

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_sweep(tmp_path, seed):
    rng = random.Random(seed)
    book = random_book(rng, tmp_path / "sweep.xlsx")
    book.check(exact_breaks=False)
    shake(rng, book)
    book.check(exact_breaks=False)


def test_the_sweep_holds_forced_classes_in_force_lapsed_and_incomplete():
    rows = [row for seed in SEEDS for row in random_rows(random.Random(seed))]
    forced = [row for row in rows if row.get("forced") and row["forced_reason"] and row["forced_until"]]
    days = [(row["forced_until"].date() - TODAY).days for row in forced]
    assert sum(day < 0 for day in days) > 5
    assert sum(day >= 0 for day in days) > 5
    assert len(forced) < sum(bool(row.get("forced")) for row in rows), "none lacks its reason or its end"


OWN = ("Effectif", "Canal", "Signé le")


def random_rows(rng):
    rows = some(rng.random(), rng.randint(1, 28))
    for row in rows:
        row["Effectif"] = rng.choice((None, 1, 7, 12.5, 250, "1 200", "n/a"))
        row["Canal"] = rng.choice((None, "Web", "agent", "Téléphone", "TELEPHONE", "autre"))
        row["Signé le"] = rng.choice((None, dt.datetime(2024, 2, 29), dt.datetime(2026, 7, 1)))
        if rng.random() < 0.1:
            row["forced"] = rng.choice(("A", "B", "C", "D", "E"))
            row["forced_reason"] = maybe(rng, "because")
            row["forced_until"] = maybe(rng, midnight(TODAY + dt.timedelta(days=rng.randint(-30, 30))))
        if rng.random() < 0.05:
            row["account"] = rows[0]["account"]
    return rows


def random_book(rng, path):
    rows = random_rows(rng)
    book = Book(path, rng.choice(LANGUAGES), rows, OWN)
    for name in ("Clients", "Prospects"):
        columns = book.columns(name)
        for row in book.cells(name)[1:]:
            if row[0].value is not None:
                row[columns["solidity"]].value = rng.choice((None, *(pair[book.at] for pair in SOLIDITY)))
    if rng.random() < 0.8:
        random_criteria(rng, book)
    random_model(rng, book)
    return book


def random_criteria(rng, book):
    criteria = []
    for _ in range(rng.randint(1, 7)):
        scale = rng.choice(tuple(terms.SCALE_WORDS))
        column = rng.choice(("turnover", "potential", "days_late", "trend", "Effectif", "growth"))
        points = {}
        if scale == "list":
            column = rng.choice(("solidity", "Canal", "state"))
            words = {"solidity": SOLIDITY, "state": tuple(terms.STATES.values())}.get(column)
            words = [pair[book.at] for pair in words] if words else ["Web", "Agent", "telephone"]
            points = {word: rng.randint(0, 10) for word in words}
        elif scale in ("steps", "linear"):
            values = sorted(rng.sample((-1, -0.5, 0, 0.25, 3, 10, 50, 1000, 20000, 90000), rng.randint(2, 5)))
            points = {value: rng.choice((0, 1, 2.5, 5, 8, 10)) for value in values}
        elif scale == "note":
            column = rng.choice(("growth", "influence", "relationship", "Effectif"))
        to = rng.choice((("all",), ("all",), ("client",), ("client", "prospect"), ("prospect", "suspect")))
        options = {"scale": points, "to": to, "better": rng.choice(("high", "low"))}
        options["missing"] = rng.choice(tuple(terms.MISSING))
        criteria.append((column, scale, rng.choice((0, 1, 5, 12.5, 40)), options))
    book.criteria(*criteria, ("relationship", "note", 1, {"name": "always"}))


def random_model(rng, book):
    book.method(rng.choice(("cutoffs", "cutoffs", "quota", "breaks")))
    book.setting("margin", rng.choice((0, 1, 3, 3, 7.5)))
    book.setting("min_completeness", rng.choice((0, 0.3, 0.5, "50 %", 1)))
    book.setting("core_share", rng.choice((0.2, 0.8, 1)))
    classes = book.records("Classes")[: rng.randint(2, 4)]
    for row, score in zip(classes, sorted(rng.sample(range(5, 95), len(classes)), reverse=True), strict=True):
        row["min_score"], row["share"] = score, 1 / len(classes)
    classes[-1]["min_score"] = 0
    book.rows("Classes", classes)
    letters = [row["class"] for row in classes]
    gates = []
    for _ in range(rng.randint(0, 3)):
        column, value = rng.choice(
            (
                ("days_late", 30),
                ("potential", 40000),
                ("Canal", "WEB"),
                ("Signé le", dt.datetime(2026, 7, 1)),
                ("trend", 0),
                ("solidity", SOLIDITY[4][book.at]),
                ("Effectif", 12.5),
            )
        )
        condition = rng.choice(("=", "<>", "known", "unknown"))
        if not isinstance(value, str):
            condition = rng.choice(("<", "<=", ">", ">=", condition))
        value = None if condition in terms.KNOWLEDGE else value
        gates.append((column, condition, value, rng.choice(letters[1:])))
    book.gates(*gates)


def shake(rng, book):
    """Data, and sometimes the model, a while later."""
    for name in ("Clients", "Prospects"):
        columns = book.columns(name)
        for row in book.cells(name)[1:]:
            for key, values in (
                ("growth", range(11)),
                ("turnover", (0, 5000, 70000)),
                ("days_late", range(90)),
            ):
                if rng.random() < 0.4:
                    row[columns[key]].value = rng.choice((None, *values))
    if rng.random() < 0.4:
        book.setting("margin", rng.choice((0, 2, 9)))
    if rng.random() < 0.3:
        book.method(rng.choice(tuple(terms.METHODS)))
    if rng.random() < 0.2:
        book.setting("reference_date", dt.datetime(2026, 12, 24))
