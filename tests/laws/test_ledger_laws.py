"""A law of ledgers: however a program says that rows are no sales, they change no figure in silence."""

import datetime as dt
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from laws.exports import planned, put
from support.books import Tables

from addin.catalogue import LANGUAGES, catalogue
from addin.refusals import Refusal

HEADERS = ["Code client", "Nom", "Date facture", "N° facture", "Montant HT"]
NAMES = {"C1": "Alpha", "C2": "Bêta & fils", "C3": "Total Énergies", "C4": "Grand Hôtel"}
STATUSES = ["Statut", "État de la facture", "Status", "Payment status", "Situation", "Suivi"]
KINDS = ["Type", "Nature de pièce", "Document type", "Invoice type", "Genre", "Doc"]
CURRENCIES = ["Devise", "Currency", "Monnaie de facturation", "Ccy", "Valorisé en"]
SIDES = ["Sens", "D/C", "Debit/Credit", "S/H", "Colonne 6"]
PAIRS = [("D", "C"), ("Débit", "Crédit"), ("DR", "CR"), ("S", "H"), ("+", "-")]
CODES = ["USD", "GBP", "CHF", "JPY", "MAD", "XOF", "$", "£", "Franc suisse", "US dollar"]
TOTALS = [
    "Total",
    "TOTAL GÉNÉRAL",
    "Sous-total",
    "Grand total",
    "Total {name}",
    "Total client {code}",
    "Cumul",
]
CREDITS = ["-{}", "({})", "{}-", "\u2212{}", "\u2011{}", "{} CR", "-{} €", "- {}"]


def words(role, *keys):
    return [
        word
        for language in LANGUAGES
        for key in keys
        for word in catalogue(language).surface("rows")[role].get(key, [])
    ]


def money(cents, random):
    """An amount as programs write it."""
    whole, part = divmod(abs(cents), 100)
    shown = f"{whole},{part:02}"
    return random.choice(CREDITS).format(shown) if cents < 0 else shown


def invoices(random):
    """Invoices of three years, each client's every month, a few of them credit notes."""
    for months_ago in range(36):
        year, month = divmod(2026 * 12 + 5 - months_ago, 12)
        for code in NAMES:
            sign = -1 if random.random() < 0.1 else 1
            day = dt.date(year, month + 1, random.randint(1, 28))
            yield code, day, sign * random.randint(100, 500_000)


def invoice(place, code, day, cents, random):
    return [code, NAMES[code], day.isoformat(), f"{place:05}", money(cents, random)]


def plain(rows, random):
    return [invoice(place, code, day, cents, random) for place, (code, day, cents) in enumerate(rows)]


def more(random, n=8):
    """Rows that are none of the invoices, though they look like some."""
    for place in range(n):
        code = random.choice(list(NAMES))
        day = dt.date(2026, random.randint(1, 6), random.randint(1, 28)).isoformat()
        yield [code, NAMES[code], day, f"9{place:04}", money(random.randint(100, 900_000), random)]


def with_statuses(rows, random):
    counts = random.sample(words("invoice_status", "paid", "counts"), 4)
    others = random.sample(words("invoice_status", "left_out"), 3)
    known = [[*row, random.choice(counts)] for row in plain(rows, random)]
    return [*HEADERS, random.choice(STATUSES)], known + [
        [*row, random.choice(others)] for row in more(random)
    ]


def with_kinds(rows, random):
    sold, back = (random.choice(words("document", key)) for key in ("counts", "credit_note"))
    others = random.sample(words("document", "left_out", "order"), 3)
    made = [
        [*invoice(place, code, day, abs(cents), random), sold if cents >= 0 else back]
        for place, (code, day, cents) in enumerate(rows)
    ]
    return [*HEADERS, random.choice(KINDS)], made + [[*row, random.choice(others)] for row in more(random)]


def with_currencies(rows, random):
    others = random.sample(CODES, 2)
    own = random.choice(["EUR", "€", "Euro"])
    made = [[*row, own] for row in plain(rows, random)]
    made += [[*row, random.choice(others)] for row in more(random)]
    return [*HEADERS, random.choice(CURRENCIES)], made


def with_sides(rows, random):
    debit, credit = random.choice(PAIRS)
    sale, back = (debit, "Facture"), (credit, "Avoir")
    made = [
        [*invoice(place, code, day, abs(cents), random), *(sale if cents >= 0 else back)]
        for place, (code, day, cents) in enumerate(rows)
    ]
    made += [[*row, credit, "Virement"] for row in more(random)]
    return [*HEADERS, random.choice(SIDES), "Libellé"], made


def with_totals(rows, random):
    made = plain(rows, random)
    for row in list(more(random, 3)):
        total = random.choice(TOTALS).format(code=row[0], name=row[1])
        place = random.choice([0, 1, 3])
        made.insert(random.randint(len(made) // 2, len(made)), [*row[:place], total, *row[place + 1 :]])
    return HEADERS, made


def with_prefixes(rows, random):
    back, other = random.choice(["AV", "AVC", "CN"]), random.choice(["BC", "DE", "PRO", "SO", "BL"])
    made = plain(rows, random)
    for row, (_, _, cents) in zip(made, rows, strict=True):
        row[3] = ("FA" if cents >= 0 else back) + row[3]
        row[4] = row[4] if random.random() < 0.5 else money(abs(cents), random)
    return HEADERS, made + [[*row[:3], other + row[3], row[4]] for row in more(random, 2)]


ASKED = ("import_unknown_words", "import_column_by_words")
"""Questions that name the rows and the words, and whose answers are remembered."""
DISGUISES = (with_statuses, with_kinds, with_currencies, with_sides, with_totals, with_prefixes)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("disguises")


@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.sampled_from(DISGUISES), st.integers(0, 2**32))
def test_no_disguise_of_rows_changes_a_figure_in_silence(folder, disguise, seed):
    random = Random(seed)
    rows = list(invoices(random))
    headers, made = disguise(rows, random)
    random.shuffle(made)
    content = "\n".join(";".join(row) for row in [headers, *made]).encode()
    sums = {
        code: sum(cents for one, day, cents in rows if one == code and day >= dt.date(2025, 7, 1))
        for code in NAMES
    }
    try:
        done = planned(Tables("fr").list(), put(folder, ("ledger.csv", content)))
    except Refusal as refusal:
        if refusal.code not in ASKED:
            raise
        return
    (facts,) = done.facts.values()
    found = {facts.codes[key]: amount for key, amount in facts.values["turnover"].items()}
    assert found == pytest.approx({code: cents / 100 for code, cents in sums.items()}, abs=0.001)
