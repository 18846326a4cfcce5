"""Exports, FEC files and account tables as laws draw them, and all that an import of them says."""

import csv
import datetime as dt
import io
import itertools
import types
from collections import Counter
from dataclasses import astuple, dataclass
from random import Random

from support.books import written

from addin.book import Table
from addin.catalogue import catalogue
from addin.imports.importing import Options, look_at, plan_import
from addin.imports.sheets import import_changes

TODAY = dt.date(2026, 6, 30)
UNITS = 10_000
_folders = itertools.count()


def workbook(language="en", rows=(), prospects=()):
    """The tables of an import: two account sheets, filled by field key, and those that an import keeps."""
    words = catalogue(language)

    def table(name, section, rows):
        headers = words.headers(section)
        columns = tuple([row.get(key) for row in rows] or [None] for key in headers)
        return Table(name, name, 4, 2, tuple(headers.values()), columns)

    settings = [{"setting": words.text("fields", "setting_names", "language"), "value": language}]
    return [
        table("Clients", "accounts", rows),
        table("Prospects", "accounts", prospects),
        table("Settings", "settings", settings),
        table("Imports", "imports", []),
        table("ImportColumns", "importcolumns", []),
    ]


def put(folder, *files):
    """Write files, each a name and bytes, and return their paths; two of one name part by folder."""
    paths = []
    for name, content in files:
        path = folder / f"{next(_folders)}" / name
        path.parent.mkdir()
        path.write_bytes(content)
        paths.append(path)
    return paths


def planned(tables, paths, options=None):
    return plan_import(look_at(tables, paths, TODAY, options or Options(kind="ledger")))


def changes_of(done):
    return import_changes(done, catalogue(done.recognition.layout.language), TODAY)


def after(tables, done):
    """The tables as they are when the import has been written."""
    return written(tables, types.SimpleNamespace(changes=changes_of(done)))


def told(done):
    """All that an import writes into account tables and says of accounts."""
    merged = done.merged
    columns = [
        (fill.table, fill.column, row, value)
        for fill in merged.changes.columns
        for row, value in enumerate(fill.values)
        if not fill.skip[row]
    ]
    return {
        "cells": sorted(columns, key=lambda cell: cell[:3]),
        "rows": [(fill.table, fill.keep, list(fill.rows)) for fill in merged.changes.rows],
        "fields": {name: astuple(count) for name, count in merged.fields.items()},
        "missing": merged.missing,
        "lists": [merged.added, merged.changed, merged.unchanged, merged.twice, merged.idle, merged.unknown]
        + [merged.promoted, merged.absent],
        "totals": merged.totals,
        "doubles": sorted(map(str, done.doubles)),
    }


def counted(done):
    """What the reports of the files count, all files together."""
    reports = done.reports
    reasons = Counter()
    for report in reports:
        reasons.update(report.by_reason)
    units = [[report.units_read, report.units_used, report.units_aside] for report in reports]
    return {
        "rows": (sum(one.n_read for one in reports), sum(one.n_used for one in reports)),
        "reasons": reasons,
        "units": [sum(side or 0 for side in sides) for sides in zip(*units, strict=True)],
    }


def said(done):
    """Whatever the reports say, word for word."""
    return [vars(report) | {"aside": sorted(map(str, report.aside))} for report in done.reports]


# How an export is written ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Style:
    """How the same lines can be written."""

    delimiter: str = ";"
    encoding: str = "utf-8"
    mark: str = ","
    group: str = ""
    minus: str = "-{}"
    quoting: int = csv.QUOTE_MINIMAL
    dates: str = "%d/%m/%Y"
    newline: str = "\r\n"
    seed: int = 0
    """Order of the columns behind the first."""

    def amount(self, cents):
        if cents is None or isinstance(cents, str):
            return cents or ""
        text = f"{abs(cents) / 100:,.2f}".translate({ord(","): self.group, ord("."): self.mark})
        return self.minus.format(text) if cents < 0 else text

    def date(self, day):
        return day.strftime(self.dates) if isinstance(day, dt.date) else day or ""


def any_style(seed):
    random = Random(seed)
    mark = random.choice(",,.")
    quoting = random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    encoding = random.choice(["utf-8", "utf-8-sig", "cp1252", "iso8859-15", "utf-16"])
    blanks = ["", " ", "\u00a0"] + (["\u202f"] if encoding.startswith("utf") else [])
    return Style(
        delimiter=random.choice(";;,|" if quoting != csv.QUOTE_MINIMAL else ";;,\t|"),
        encoding=encoding,
        mark=mark,
        group=random.choice([*blanks, "." if mark == "," else ","]),
        minus=random.choice(["-{}", "-{}", "({})", "{}-"]),
        quoting=quoting,
        dates=random.choice(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%y", "%Y%m%d", "%m/%d/%Y"]),
        newline=random.choice(["\r\n", "\n", "\r"]),
        seed=seed,
    )


def text(rows, headers, style):
    """A file of rows, mappings by column, in the style; the first column stays the first."""
    keys = list(headers)
    order = [keys[0], *Random(style.seed).sample(keys[1:], len(keys) - 1)]
    stream = io.StringIO()
    writer = csv.writer(
        stream, delimiter=style.delimiter, quoting=style.quoting, lineterminator=style.newline
    )
    writer.writerow([headers[key] for key in order])
    for row in rows:
        cells = []
        for key in order:
            cell = row.get(key, "")
            cells.append(style.amount(cell) if key in MONEY else style.date(cell) if key in DAYS else cell)
        writer.writerow([*cells, *row.get("beyond", ())])
    return stream.getvalue().encode(style.encoding)


MONEY = ("amount", "turnover", "potential", "open_amount")
DAYS = ("date", "due", "paid", "last_visit")


# Invoices --------------------------------------------------------------------------------------------

LEDGER = {
    "account": "Code client",
    "date": "Date facture",
    "due": "Échéance",
    "paid": "Réglé le",
    "amount": "Montant HT",
    "number": "N° facture",
    "document": "Type de pièce",
    "name": "Raison sociale",
    "rep": "Commercial",
}
CODES = ("C1", "c1", "C2", "C3", "0012", "12", "C 4", "ÉTS-5", "Total Énergies")
NAMES = ("Dupont & fils", 'Le "Bon" Coin', "Été; hiver", "A, B | C", "Müller GmbH")
JUNK = {
    "no_account": {"account": ""},
    "no_date": {"date": "bientôt"},
    "date_empty": {"date": ""},
    "no_amount": {"amount": ""},
    "no_amount_readable": {"amount": "sur devis"},
    "no_due_date": {"due": "fin de mois"},
    "no_paid_date": {"paid": "oui"},
    "code_destroyed": {"account": "2,43E+13"},
    "totals_line": {"account": "Total général"},
    "too_many_cells": {"beyond": ("x", "y")},
}


def any_invoice(random, texts):
    day = dt.date(2023, 1, 1) + dt.timedelta(
        random.choice([0, 200, 545, 546, 547, 912, 1000, 1276, 1277, 1290])
    )
    is_credit = random.random() < 0.2
    cents = random.choice([0, 1, 99_999, 100_000, 123_456, 1_234_567_89, random.randrange(10**6)])
    account = random.choice(CODES)
    return {
        "account": account,
        "date": day,
        "due": random.choice([None, day + dt.timedelta(30), day + dt.timedelta(60)]),
        "paid": random.choice([None, None, day, day + dt.timedelta(45)]),
        "amount": cents * (-1 if is_credit and random.random() < 0.5 else 1),
        "number": random.choice(["", "F1", "F2", "F3", "0012"]),
        "document": "Avoir" if is_credit else random.choice(["Facture", ""]),
        "name": texts(random, account),
        "rep": texts(random, account),
    }


def any_texts(random, _account):
    return random.choice(["", *NAMES])


def one_text(_random, account):
    """The same name on all lines of an account."""
    return NAMES[CODES.index(account.upper() if account == "c1" else account) % len(NAMES)]


# A line of which the date can be read in one way only, and the amount, too.
PLAIN = {"account": "C9", "date": dt.date(2026, 1, 31), "amount": 123_450, "document": "Facture"}


def any_lines(n_lines, seed, *, junk=True, texts=one_text):
    """Lines of a ledger, some of them no invoices: their ``why`` says so."""
    random = Random(seed)
    rows = [PLAIN]
    for _ in range(n_lines):
        row = any_invoice(random, texts)
        if junk and random.random() < 0.3:
            why = random.choice(list(JUNK))
            row |= JUNK[why] | {"why": why}
        rows.append(row)
    return rows


# Accounts --------------------------------------------------------------------------------------------

ACCOUNTS = {
    "account": "Code client",
    "name": "Raison sociale",
    "status": "Statut",
    "rep": "Commercial",
    "postcode": "Code postal",
    "turnover": "CA HT",
    "potential": "Potentiel",
    "solidity": "Solidité financière",
    "last_visit": "Dernière visite",
    "company_no": "SIREN",
}
CELLS = {
    "name": (*NAMES, "DUPONT & FILS", "=1+1", "@home"),
    "status": ("Client", "client", "Prospect", "Suspect"),
    "rep": ("Rémi", "rémi", "Zoé"),
    "postcode": ("01000", "75008", "2A004"),
    "turnover": (0, 1_234_50, 99_999, -5_00),
    "potential": (10_000_00, 1_00),
    "solidity": ("Bonne", "Fragile"),
    "last_visit": (dt.date(2026, 1, 31), dt.date(2025, 12, 1)),
    "company_no": ("732 829 320", "732829320", "FR44732829320"),
}
NOTHING = ("", " ", "NULL", "n/a")


def any_accounts(n_rows, seed):
    """Rows of an export of accounts; some repeat an account, and some of these say something else."""
    random = Random(seed)
    rows = [{"account": "C9", "turnover": 1_234_50, "last_visit": dt.date(2026, 1, 31)}]
    for _ in range(n_rows):
        row = {"account": random.choice([*CODES, "C6", "C7", "C8"])}
        for key, cells in CELLS.items():
            row[key] = random.choice(cells) if random.random() < 0.6 else random.choice(NOTHING[:1] if key in MONEY or key in DAYS else NOTHING)
        rows.append(row)
    return rows


def any_table(n_rows, seed):
    """Rows of an account sheet as people leave them: cells filled or not."""
    random = Random(seed)
    codes = random.sample(["C1", "C2", "0012", "C 4", "C6", "C7", "ÉTS-5", "X1"], min(n_rows, 8))
    rows = []
    for code in codes:
        row = {"account": code, "class": "A", "score": 50.0}
        for key, cells in CELLS.items():
            if random.random() < 0.5:
                cell = random.choice(cells)
                row[key] = (
                    cell / 100
                    if key in MONEY
                    else dt.datetime.combine(cell, dt.time())
                    if key in DAYS
                    else cell
                )
        rows.append(row)
    return rows


# Entries ---------------------------------------------------------------------------------------------

FEC = (
    "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef "
    "PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise"
).split()
LABELS = {"VE": "Ventes", "BQ": "Banque", "AN": "A nouveaux"}


def any_entries(n_entries, seed, year=2025):
    """Lines of a book that balances: sales to one client or several, credit notes, payments, an opening."""
    random = Random(seed)
    lines = []

    def entry(journal, number, day, *sides, letter=""):
        for account, aux, cents in sides:
            lines.append(
                [journal, LABELS[journal], number, f"{day:%Y%m%d}", account, "Compte " + account, aux]
                + ["Société " + aux if aux else "", f"P{number}", f"{day:%Y%m%d}", "Écriture " + number]
                + [f"{max(cents, 0) / 100:.2f}".replace(".", ","), f"{max(-cents, 0) / 100:.2f}".replace(".", ",")]
                + [letter if account == "411000" else "", "", f"{day:%Y%m%d}", "", ""]
            )

    entry("AN", "1", dt.date(year, 1, 1), ("411000", "K1", 500_00), ("101000", "", -500_00))
    for place in range(n_entries):
        number, day = str(place + 2), dt.date(year, 1, 1) + dt.timedelta(random.randrange(360))
        clients = random.sample(["K1", "K2", "K3", "K4"], random.choice([1, 1, 1, 2, 3]))
        nets = [random.randrange(1, 10**7) for _ in clients]
        vats = [net // 5 for net in nets]
        sign = random.choice([1, 1, 1, -1])
        letter = random.choice(["", "", "A"])
        kind = random.random()
        if kind < 0.1:  # a sale of the till: nobody's
            entry("VE", number, day, ("530000", "", nets[0]), ("707000", "", -nets[0]))
        elif kind < 0.35:
            entry("BQ", number, day, ("512000", "", nets[0]), ("411000", clients[0], -nets[0]), letter=letter)
        else:
            owed = [("411000", who, sign * (net + vat)) for who, net, vat in zip(clients, nets, vats, strict=True)]
            total, some = sum(nets), random.randrange(min(nets))
            sold = [("706000", "", -sign * some), ("707000", "", -sign * (total - some))]
            entry("VE", number, day, *owed, *sold, ("445710", "", -sign * sum(vats)), letter=letter)
    return lines


def fec(lines):
    return "\r\n".join("\t".join(cells) for cells in [FEC, *lines]).encode("iso8859-15") + b"\r\n"


def sales_of(lines):
    """Credit less debit on accounts 70 outside the opening, in cents."""
    cents = [[round(float(cells[at].replace(",", ".")) * 100) for at in (11, 12)] for cells in lines]
    return sum(
        credit - debit
        for cells, (debit, credit) in zip(lines, cents, strict=True)
        if cells[4].startswith("70") and cells[0] != "AN"
    )
