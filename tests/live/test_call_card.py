"""The card of the call desk, from plain formulas alone: what is found, how urgent it is, when to answer."""

import dataclasses
import datetime as dt
import json
import random

import pandas as pd
import pytest
from support.calc.portfolio import light_workbook
from support.commands import run_command

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.template.sheets.call import ROWS
from addin.workbook.located_tables import Layout
from scoring.uses.caller import find

CALLERS = [
    ("C001", "Dupont & Fils", "01 23 45 67 89", "732 829 320 00074", 900_000.0),
    ("C002", "Dupont", "+33 6 12 34 56 78", "732 829 320 00082", 90_000.0),
    ("C003", "L’Épicerie du Cœur", "0596 12 34 56", "", 9_000.0),
    ("C004", "Garage Dupuis", "+32 2 123 45 67", "BE 0123.456.789", 30_000.0),
    ("00C5", "Hôtel A* ?", "01.23.45.67.89 (Paul) poste 12", "FR 83 404 833 048", 200.0),
    ("DUP", "Martin", "", "", None),
    *((f"X{n:02d}", f"Xylo {n:02d}", "", "", 1_000.0 * n) for n in range(1, 12)),
]


def rows(words):
    return [
        {
            "account": code,
            "name": name,
            "status": words.word("status", "client"),
            "phone": phone,
            "company_no": number,
            "turnover": turnover,
            "turnover_1": turnover,
            "turnover_2": turnover,
            "potential": None if turnover is None else 2 * turnover,
            "days_late": None if turnover is None else 90.0 if code == "C004" else 5.0,
            "overdue": 1234.0 if code == "C004" else None,
        }
        for code, name, phone, number, turnover in CALLERS
    ]


@dataclasses.dataclass
class Card:
    """The card of an open workbook."""

    sheet: object
    words: object

    def type(self, **inputs):
        for key, value in inputs.items():
            self.sheet[f"C{ROWS[key] + 1}"].value = value

    def rows(self):
        return self.sheet["A1:I24"].value

    def found(self):
        """Codes of the accounts that are offered, and what is said of the search."""
        rows = self.rows()
        labels = [row[1] for row in rows[ROWS["matches"] : ROWS["matches"] + 8]]
        return [label.rsplit(" · ", 1)[-1] for label in labels if label], rows[ROWS["said"]][1] or ""

    def shown(self, *keys):
        """What stands beside some labels."""
        labels = {self.words.text("template", "call", "fields", key): key for key in keys}
        found = {}
        for row in self.rows():
            found |= {labels[row[at]]: row[at + 1] for at in (5, 7) if row[at] in labels}
        return found


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request, tmp_path_factory):
    """A workbook whose call desk a refresh has filled, and its scored accounts."""
    path = tmp_path_factory.mktemp(request.param) / "portfolio.xlsx"
    words = catalogue(request.param)
    light_workbook(path, request.param, rows(words), ["call"])
    package = PackageBook(path)
    today = dt.date.today()  # noqa: DTZ011 - the clock of the formulas
    scoring = score_tables(package.tables(), today, asked={"call": {}})
    package.apply(scoring.changes, path)
    return path, words


@pytest.fixture
def card(book, open_book):
    path, words = book
    opened = open_book(path)
    return Card(opened.sheets[words.sheet("call")], words)


ASKED = [
    *("dup", "Dup ", "dupo", "dupuis", "L’ÉPI", "coeur", "c00", "hotel a*", "*", "?", "nobody"),
    *("0123456789", "+33 1 23 45 67 89", "+33 (0)6 12 34 56 78", "0033612345678", "612345678"),
    *("06\u202f12\u202f34\u202f56\u202f78", "+596 596 12 34 56", "0596-12-34-56", "+32 2 123 45 67"),
    *("732829320", "732 829 320 00090", "FR44732829320", "be0123456789"),
    *("0123", "xyl", "xylo 1", "00c5", "0c5"),
]


def test_formulas_find_the_accounts_that_python_finds(card, book):
    path, words = book
    located = Layout(PackageBook(path).tables()).named["callindex"]
    index = pd.DataFrame({key: [cell or "" for cell in located.cells(key)] for key in located.columns})
    for text in ASKED:
        card.type(text=text)
        rows = find(index, text).rows
        assert card.found() == (index["account"].iloc[rows[:8]].tolist(), said(words, len(rows))), text


def said(words, count):
    key = "nobody" if count == 0 else "" if count == 1 else "choose" if count <= 8 else "many"
    return words.text("template", "call", "said", key, count=count) if key else ""


def test_a_single_account_is_shown_with_all_that_holds_it(card):
    card.type(text="+32 2 123 45 67")
    assert card.shown("class", "overdue", "holds", "share_of_wallet", "shipping") == {
        "class": "C",
        "overdue": 1234.0,
        "holds": card.words.text("template", "gates", "reasons", "days_late"),
        "share_of_wallet": 0.5,
        "shipping": card.words.text("template", "classes", "C", "shipping"),
    }


def test_one_of_several_is_picked_and_does_not_stay_for_the_next_caller(card):
    card.type(text="dupo", choice="Dupont · C002")
    assert card.found()[1] == ""
    assert card.shown("phone") == {"phone": "+33 6 12 34 56 78"}
    card.type(text="xyl")
    assert card.found()[1] == card.words.text("template", "call", "said", "many", count=11)
    assert card.shown("class", "phone") == {"class": None, "phone": None}


def test_an_account_that_is_not_classed_says_so(card):
    card.type(text="DUP")
    assert card.shown("class", "shipping", "instructions") == {
        "class": "?",
        "shipping": None,
        "instructions": card.words.text("template", "call", "said", "unclassed"),
    }


def test_without_a_request_the_card_asks_for_one(card):
    card.type(text="C001")
    assert card.words.text("template", "call", "said", "request") in card.rows()[ROWS["state"]]
    assert card.shown("priority", "answer_by") == {"priority": None, "answer_by": None}


def test_formulas_and_python_agree_on_a_log_of_requests(card, book, capsys):
    """Received at any minute of the last three weeks, and some in the future."""
    path, words = book
    drawn = random.Random(5)
    now = dt.datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - the clock of the formulas
    kinds = [row["request"] for row in words.surface("template")["shipped"]["requesttypes"]]
    seen = set()
    for _ in range(20):
        code, kind = drawn.choice(CALLERS)[0], drawn.choice(kinds)
        received = now + dt.timedelta(minutes=drawn.randint(-30_000, 3_000))
        card.type(text=code, request=kind, received=received)
        asked = ("--request", kind, "--received", received.isoformat(" "), "--json")
        told = json.loads(run_command(capsys, "call", path, code, *asked)[1])
        shown = card.shown("priority", "answer_by", "escalate_to")
        shown["answer_by"] = shown["answer_by"] and shown["answer_by"].isoformat()
        assert shown == {key: told[key] for key in shown}, (code, kind, received)
        seen.add(told["priority"])
    assert seen == {"P1", "P2", "P3", "P4"}
