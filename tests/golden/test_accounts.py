"""Accounts of all kinds on any sheets, beside the oracle."""

import datetime as dt
import random

import pytest
from golden import terms
from golden.book import TODAY, midnight
from golden.portfolios import some
from golden.reading import key_of

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def test_own_columns_as_criteria(make):
    rows = some(41, 20)
    rng = random.Random(1)
    for row in rows:
        row["Délai (j)"] = rng.choice((None, 3, 30, 45, "45", " 1 200 "))
        row["Canal"] = rng.choice((None, "Web", "web ", "Agent", "?"))
        row["Marge"] = rng.choice((0.1, 0.35, "12 %", "35%", None))
    book = make(rows, ["Délai (j)", "Canal", "Marge"])
    book.criteria(
        ("delai  (J)", "linear", 2, {"scale": {0: 10, 30: 5, 60: 0}}),
        ("CANAL", "list", 1, {"scale": {"Web": 3, "Agent": 9}, "missing": "neutral"}),
        ("Marge", "steps", 4.5, {"scale": {0: 1, 0.12: 4, 0.35: 10}}),
        ("trend", "rank", 1, {}),
        ("state", "list", 1, {"scale": {names[book.at]: 5 for names in terms.STATES.values()}}),
    )
    book.check_twice()


def test_text_numbers(make):
    texts = (
        "1 234,56",
        "1\u202f234,56",
        "1\u00a0234",
        "12 k€",
        "12,5 k€",
        "12 %",
        "1234.5",
        "-50",
        "50 000 €",
        "n/c",
        "",
    )
    book = make(
        [{"account": f"t{i}", "status": "client", "turnover": t, "potential": t} for i, t in enumerate(texts)]
    )
    book.setting("min_completeness", 0).check_twice()


def test_trend_and_state(make):
    values = (None, 0, -100, 50, 80.5)
    rows = [
        {"account": f"{i}{j}{k}", "status": "client", "turnover": a, "turnover_1": b, "turnover_2": c}
        for i, a in enumerate(values)
        for j, b in enumerate(values)
        for k, c in enumerate(values)
    ]
    make(rows).setting("min_completeness", 0.1).check_twice()


def test_several_account_tables(make):
    book = make(some(51, 12))
    more = [row | {"account": f"more {i}"} for i, row in enumerate(some(52, 9))]
    book.sheet_like("Clients", "Secteur_Est", "Est", more)
    book.sheet_like("Clients", "Tableau7", "Ouest", [more[0] | {"account": "0003"}])
    book.sheet_like("Clients", "Tableau8", "Vide", [])
    book.check_twice()
    book.method("quota").check()
    book.method("breaks").check()


def test_forced_classes(make):
    past, today, future = (midnight(TODAY + dt.timedelta(days=days)) for days in (-1, 0, 1))
    cases = [
        ("A", "promised", future),
        ("D", "promised", today),
        ("A", "promised", past),
        ("B", None, future),
        ("B", "  ", future),
        ("B", "promised", None),
        ("X", "promised", future),
        (" a ", "promised", future),
        (None, "promised", future),
        ("?", "promised", future),
        ("A", "promised", "soon"),
    ]
    rows = []
    for i, (forced, reason, until) in enumerate(cases * 3):
        row = {
            "account": f"f{i}",
            "status": "client",
            "forced": forced,
            "forced_reason": reason,
            "forced_until": until,
        }
        row |= {"growth": None if i < len(cases) else i % 11, "influence": 5 if i >= len(cases) else None}
        rows.append(row | ({"account": f"F{i - 11}"} if i == 32 else {}))
    book = make(rows).criteria(("growth", "note", 1, {}), ("influence", "note", 2, {}))
    book.check_twice()
    found = {row["account"]: (row["computed"], row["class"]) for row in book.records("Clients")}
    # In force until tomorrow and through its last day, lapsed the day after: of accounts that are known ...
    assert [found[code] for code in ("f11", "f12", "f13")] == [("D", "A"), ("C", "D"), ("C", "C")]
    # ... and of accounts of which too little is known.
    assert [found[code] for code in ("f0", "f1", "f2")] == [("?", "A"), ("?", "D"), ("?", "?")]
    book.setting("reference_date", midnight(TODAY + dt.timedelta(days=2))).check()
    assert all(row["class"] == row["computed"] for row in book.records("Clients"))


def test_duplicates(make):
    codes = ("7", "007", "ab", "AB", "x", "x ", " x", "\u00e9", "e", "only")
    rows = [
        {"account": code, "status": "client", "growth": i, "turnover": 10 * i} for i, code in enumerate(codes)
    ]
    book = make(rows).criteria(("growth", "note", 1, {}), ("turnover", "rank", 1, {}))
    book.check_twice()
    columns = book.columns("Clients")
    book.cells("Clients")[4][columns["account"]].value = "now single"
    book.check()


def test_class_lost_and_found(make):
    book = make([{"account": "a", "status": "client", "growth": 9}, {"account": "b", "status": "client"}])
    book.criteria(("growth", "note", 1, {})).check()
    columns = book.columns("Clients")
    for notes in ((None, 4), (9.2, 4.004), (9.2, 4.01), (9.2, None), (5, 9)):
        for row, note in zip(book.cells("Clients")[1:], notes, strict=True):
            row[columns["growth"]].value = note
        book.check()


def test_ties_and_core(make):
    turnovers = (100, 100, 100, 50, 50, 0, -40, None, 1, 400, "100")
    rows = [
        {"account": f"c{i}", "status": "client", "turnover": t, "growth": 5} for i, t in enumerate(turnovers)
    ]
    book = make(rows).criteria(("growth", "note", 1, {}))
    for share in (0.8, 0.5, 0.4, 1, 0.444444):
        book.setting("core_share", share).check()


def test_words_of_the_other_language(make):
    book = make(some(61, 12))
    other = 1 - book.at
    rows = book.records("Criteria")
    for row in rows:
        for key, names in (
            ("scale", terms.SCALE_WORDS),
            ("missing", terms.MISSING),
            ("better", terms.BETTER),
        ):
            row[key] = names[key_of(names, row[key])][other].upper()
        row["applies"] = row["applies"].replace(terms.ALL["all"][book.at], terms.ALL["all"][other])
        row["column"] = terms.ACCOUNTS[key_of(terms.ACCOUNTS, row["column"])][other]
    book.rows("Criteria", rows).setting("method", terms.METHODS["quota"][other].title()).check_twice()


def test_rows_without_account(make):
    rows = some(71, 6)
    rows[2]["account"] = rows[4]["account"] = None
    rows[4] = dict.fromkeys(rows[4]) | {"status": "client"}
    book = make([*rows, {"account": "   ", "growth": 4, "status": "client"}])
    assert book.check().empty_rows >= 3


def test_loss_risk_and_profile(make):
    book = make(some(43, 70))
    found = book.check().accounts.values()
    assert {account["risk"] for account in found} == {
        None,
        *(names[book.at] for names in terms.RISKS.values()),
    }
    assert len({account["profile"] for account in found}) == 5
    years = ("closed years", "années closes")[book.at]
    for month in (12, 3):
        book.setting("periods", years).setting("year_end", month).check_twice()
    book.put("purchases", [None] * len(book.records("Clients"))).check_twice()
