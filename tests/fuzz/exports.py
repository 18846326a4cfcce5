"""Exports as programs and people write them: headers, notations and forms of all sorts, whole or spoilt.

Rows, notations and FEC come from :mod:`laws.exports`, whose laws hold for plain exports. Here columns that
change what a row means stand beside them, headers are those of real programs, cells and lines are spoilt, and
a file may be a workbook or a web page.
"""

import csv
import datetime as dt
from dataclasses import dataclass, replace
from random import Random

from fuzz.export_forms import FORMS
from fuzz.export_forms import spoilt as spoilt_bytes
from fuzz.export_rows import any_aged, any_orders, any_stock
from fuzz.export_spoils import LINES, Cell, Line
from fuzz.odd_cells import TEXTS
from hypothesis import strategies as st
from laws.exports import (
    ACCOUNTS,
    FEC,
    LEDGER,
    MONEY,
    VISITS,
    any_accounts,
    any_book,
    any_ledger,
    any_style,
    any_visits,
    fec_name,
)

from addin.catalogue import LANGUAGES, catalogue

KINDS = ("ledger", "ledger", "ledger", "accounts", "visits", "aged", "orders", "stock", "fec")
HEADERS = {
    "ledger": LEDGER,
    "accounts": ACCOUNTS,
    "visits": VISITS,
    "aged": {
        "account": "Code client",
        "name": "Raison sociale",
        "open_amount": "Solde",
        "d30": "1-30 j",
        "d60": "31-60 j",
    },
    "orders": {
        "order_no": "N° commande",
        "account": "Code client",
        "product": "Article",
        "quantity": "Quantité",
        "order_due": "Livraison le",
    },
    "stock": {"product": "Article", "available": "Stock disponible"},
}
ALSO = {
    "side": "Sens",
    "invoice_status": "Statut de la facture",
    "currency": "Devise",
    "outstanding": "Reste dû",
    "gross": "Montant TTC",
    "rep": "Commercial",
    "wording": "Libellé",
}
"""Columns that may stand beside those of a ledger."""
AMOUNTS = (*MONEY, "debit", "credit", "gross", "outstanding", "open_amount", "d30", "d60")
DATES = ("date", "due", "paid", "last_visit", "visit", "order_due")
WORDS = {
    "invoice_status": (
        "Payée",
        "Annulée",
        "Brouillon",
        "paid",
        "cancelled",
        "Validée",
        "ouvert",
        "won",
        "bizarre",
        "",
    ),
    "currency": ("EUR", "€", "eur", "USD", "CHF", "", "FRF"),
    "document": ("Facture", "Avoir", "Devis", "Acompte", "Règlement", "Commande", "invoice", "odd", ""),
}
ODD = (
    *TEXTS,
    "Total",
    "Sous-total C1",
    "Total général",
    "Report",
    "À reporter",
    "12/2026",
    "2026",
    "janv. 2026",
)


def _names():
    """Every header of both languages and of other programs that a column may have, by its key."""
    found = {}
    for language in LANGUAGES:
        fields = catalogue(language).surface("fields")
        for table in (
            fields["accounts"],
            fields["roles"],
            fields["also"]["accounts"],
            fields["also"]["roles"],
        ):
            for key, names in table.items():
                found.setdefault(key, []).extend([names] if isinstance(names, str) else names)
    return found


NAMES = _names()


@dataclass(frozen=True)
class Export:
    """A file: what it is, how it is written, and what was done to it.

    ``rows`` are lists of cells under ``headers``, by key; amounts are whole cents, days are dates.
    """

    kind: str
    seed: int
    n_rows: int
    form: str
    amounts: str = "signed"
    also: tuple = ()
    renamed: tuple = ()
    typed: bool = True
    spoils: tuple = ()
    spoilt_bytes: tuple = ()

    @property
    def kinds(self):
        """What it counts as."""
        return {
            self.kind,
            self.form,
            *(
                f"with {one}"
                for one in (self.amounts, *self.also)
                if one != "signed" and self.kind == "ledger"
            ),
            *("spoilt cells" for _ in self.spoils[:1]),
            *("spoilt bytes" for _ in self.spoilt_bytes[:1]),
        }

    def headers(self):
        """Headers by key."""
        if self.kind == "fec":
            return {name: name for name in FEC}
        found = dict(HEADERS[self.kind])
        if self.kind == "ledger":
            for key in self.also:
                found[key] = ALSO[key]
            if self.amounts in ("sides", "columns"):
                del found["document"]  # a credit note is on the other side
            if self.amounts == "columns":
                del found["amount"]
                found |= {"debit": "Débit", "credit": "Crédit"}
            elif self.amounts == "sides":
                found["side"] = ALSO["side"]
        for key, at in self.renamed:
            if key in found and key in NAMES:
                found[key] = NAMES[key][at % len(NAMES[key])]
        return found

    def rows(self):
        """Rows by key."""
        random = Random(self.seed)
        if self.kind == "fec":
            return [dict(zip(FEC, cells, strict=True)) for cells in any_book(self.n_rows, self.seed)]
        made = {
            "ledger": any_ledger,
            "accounts": any_accounts,
            "visits": any_visits,
            "aged": any_aged,
            "orders": any_orders,
            "stock": any_stock,
        }[self.kind](self.n_rows, self.seed)
        if self.kind != "ledger":
            return made
        return [self._with_columns(row, random) for row in made]

    def _with_columns(self, made, random):
        """A line of a ledger with the columns that stand beside the usual ones."""
        row = {key: cell for key, cell in made.items() if key not in ("why", "beyond")}
        cents = row["amount"] if isinstance(row["amount"], int) else None
        row |= {key: random.choice(WORDS[key]) for key in self.also if key in WORDS}
        row["gross"] = None if cents is None else cents + cents // 5
        row["outstanding"] = None if cents is None else random.choice([0, 0, cents])
        row["rep"], row["wording"] = random.choice(["Zoé", ""]), random.choice(["x", "", "a;b"])
        if cents is not None and self.amounts != "signed":
            row["debit"], row["credit"] = (max(cents, 0) or None, max(-cents, 0) or None)
            if self.amounts == "sides":
                row["amount"], row["side"] = abs(cents), "C" if cents < 0 else "D"
        return row

    @property
    def name(self):
        if self.kind == "fec":
            return fec_name(2025)
        return f"{self.kind} {self.seed % 1000}.{ {'text': 'csv', 'page': 'xls'}.get(self.form, self.form) }"

    @property
    def style(self):
        style = any_style(self.seed)
        if self.kind == "fec":
            return replace(
                style, delimiter="\t|;"[self.seed % 3], quoting=csv.QUOTE_NONE, encoding="iso8859-15"
            )
        return style

    def matrix(self):
        """Header and rows as cells, the header first."""
        headers, style = self.headers(), self.style
        keys = list(headers)
        if self.kind != "fec":
            keys = [keys[0], *Random(self.seed).sample(keys[1:], len(keys) - 1)]
        plain = self.form != "xlsx" or not self.typed
        body = [[_cell(key, row.get(key), style if plain else None) for key in keys] for row in self.rows()]
        return [[headers[key] for key in keys], *body]

    @property
    def content(self):
        """The bytes of the file."""
        return self.written(self.matrix())

    def written(self, matrix):
        for one in self.spoils:
            one.spoil(matrix)
        content = FORMS[self.form](matrix, self.style)
        for at, way in self.spoilt_bytes:
            content = spoilt_bytes(content, at % max(1, len(content)), way)
        return content

    def shuffled(self, random, n_parts):
        """The same rows in another order, as several files."""
        matrix = self.matrix()
        assert not self.spoils
        body = random.sample(matrix[1:], len(matrix) - 1)
        cuts = sorted(random.randint(0, len(body)) for _ in range(n_parts - 1))
        return [
            self.written([matrix[0], *body[start:end]])
            for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True)
        ]


def _cell(key, cell, style):
    if style is None:
        if key in AMOUNTS and isinstance(cell, int):
            return cell / 100
        return cell
    if key in AMOUNTS and isinstance(cell, int):
        return style.cell("amount", cell)
    if key in DATES and isinstance(cell, dt.date):
        return style.cell("date", cell)
    return "" if cell is None else str(cell)


seeds = st.integers(0, 1 << 32)
ways = [
    *("blank", "title", "total", "again", "header", "short", "long", "empty header", "same header", "no rows")
]
spoils = st.one_of(
    st.builds(Cell, st.integers(0, 30), st.integers(0, 20), st.sampled_from(ODD)),
    st.builds(Line, st.integers(0, 30), st.sampled_from(sorted(LINES))),
)
byte_spoils = st.one_of(
    st.builds(Cell, st.integers(0, 30), st.integers(0, 20), st.sampled_from(ODD)),
    st.builds(Line, st.integers(0, 30), st.sampled_from(sorted(LINES))),
)
byte_ways = [*("cut", "nothing", "flip", "quote", "break", "nul", "mark", "latin", "twice")]
exports = st.builds(
    Export,
    st.sampled_from(KINDS),
    seeds,
    st.integers(0, 12),
    st.sampled_from(["text", "text", "xlsx", "page"]),
    st.sampled_from(["signed", "signed", "columns", "sides"]),
    st.lists(st.sampled_from(list(ALSO)[1:]), unique=True, max_size=2).map(tuple),
    st.lists(st.tuples(st.sampled_from(sorted(NAMES)), st.integers(0, 40)), max_size=4).map(tuple),
    st.booleans(),
)
whole = exports.map(lambda one: replace(one, form="text") if one.kind == "fec" else one)
spoilt = st.builds(
    lambda export, some, at: replace(export, spoils=tuple(some), spoilt_bytes=tuple(at)),
    whole,
    st.lists(spoils, max_size=4),
    st.lists(st.tuples(st.integers(0, 1 << 16), st.sampled_from(byte_ways)), max_size=1),
)
