"""The score by hand: plain formulas in LibreOffice come to the number of the engine, for every account."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest
from support.calc.portfolio import light_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import demo_workbook
from addin.package import PackageBook
from addin.template.sheets.by_hand import SCORE_CELL
from addin.template.sheets.listing import FIRST
from addin.trust.by_hand import by_hand_rows
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, RowsFill
from addin.workbook.read_workbook import take_in
from addin.workbook.tables import BY_KEY
from scoring import assess

TODAY = dt.date(2026, 11, 29)
KEYS = BY_KEY["byhand"].keys


def by_hand(book, path):
    """The score by hand of every account, and that of the engine."""
    intake = take_in(Layout(PackageBook(path).tables()), TODAY)
    accounts, model = intake.portfolio.accounts, intake.model
    scores = assess(accounts, model, TODAY).results["score"].to_numpy()
    sheet = book.sheets[catalogue(intake.layout.language).sheet("by_hand")]
    scored = SimpleNamespace(intake=intake, model=model)
    found = []
    for row in range(len(accounts)):
        rows = [[record[key] for key in KEYS] for record in by_hand_rows(scored, row)]
        rows += [[None] * len(KEYS)] * (len(model.criteria) - len(rows))
        sheet.range((FIRST + 1, 1), (FIRST + len(rows), len(KEYS))).value = rows
        value = sheet.range((SCORE_CELL[0] + 1, SCORE_CELL[1] + 1)).value
        found.append(np.nan if value in (None, "") else value)
    return np.array(found), scores


def same(found, scores):
    known = ~np.isnan(scores)
    assert known.sum() > 5
    np.testing.assert_allclose(found[known], scores[known], atol=1.5e-6)


def test_every_account_of_the_sample_comes_to_the_same_number(open_book, tmp_path):
    path = tmp_path / "demo.xlsx"
    demo_workbook(path, "en", TODAY)
    same(*by_hand(open_book(path), path))


def odd_model(words):
    """Every kind of scale, and every way to count what is missing."""

    def criterion(column, scale, missing, weight, better="high"):
        return {
            "criterion": f"{column} *?",
            "column": words.header("accounts", column),
            "applies_to": words.word("applies_to", "all"),
            "weight": weight,
            "scale": words.word("scale", scale),
            "better": words.word("better", better),
            "missing": words.word("missing", missing),
        }

    criteria = [
        criterion("turnover", "steps", "skip", 12.5),
        criterion("trend", "linear", "zero", 7.0),
        criterion("potential", "rank", "neutral", 20.0),
        criterion("days_late", "rank", "skip", 3.0, "low"),
        criterion("potential_new", "linear", "neutral", 8.0),
        criterion("solidity", "list", "zero", 5.0),
        criterion("growth", "note", "neutral", 1.0),
    ]
    points = {
        "turnover": ((5_000, 4), (1_000, 1), (20_000, 9)),
        "trend": ((0.4, 10), (-0.4, 0), (0, 6)),
        "potential_new": ((100, 10), (50, 0)),
        "solidity": (("Élevée", 8), (5, 3)),
    }
    scales = [
        {
            "criterion": f"{column} *?",
            "value": value if isinstance(value, str) else float(value),
            "points": float(p),
        }
        for column, rows in points.items()
        for value, p in rows
    ]
    return {"criteria": criteria, "scales": scales}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scale_and_every_way_to_count_what_is_missing(open_book, tmp_path, language):
    path, words = tmp_path / "odd.xlsx", catalogue(language)
    drawn = np.random.default_rng(7)
    choices = {
        "turnover": (None, -500.0, 0.0, 999.99, 1_000.0, 4_000.0, 20_000.0, 50_000.5),
        "turnover_1": (None, 0.0, 800.0, 20_000.0),
        "turnover_2": (None, -10.0, 0.0, 700.0, 15_000.0),
        "potential": (None, 100.0, 100.0, 250.0, 900.0),
        "days_late": (None, 0.0, 3.0, 3.0, 40.0),
        "potential_new": (None, 0.0, 50.0, 61.7, 99.0, 100.0, 1e6),
        "solidity": (None, "elevee", " ÉLEVÉE ", 5.0, "other"),
        "growth": (None, 0.0, 3.3, 10.0, 11.0),
    }
    rows = [
        {"account": f"C{at}", "status": words.word("status", "client")}
        | {key: values[drawn.integers(len(values))] for key, values in choices.items()}
        for at in range(40)
    ]
    light_workbook(path, language, rows, ["explain"])
    package = PackageBook(path)
    layout = Layout(package.tables())
    fills = [
        RowsFill(layout.named[key].table.name, 0, layout.named[key].tuples(model))
        for key, model in odd_model(words).items()
    ]
    package.apply(Changes(rows=fills))
    same(*by_hand(open_book(path), path))
