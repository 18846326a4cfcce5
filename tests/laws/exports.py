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

from addin.catalogue import catalogue
from addin.imports.importing import Options, look_at, plan_import
from addin.imports.sheets import import_changes
from addin.workbook.port import Table

TODAY = dt.date(2026, 6, 30)
UNITS_OF_A_CENT = 100
_folders = itertools.count()


def workbook(rows=(), language="fr"):
    """The tables of an import: two account sheets, one filled by field key, and those of imports."""
    words = catalogue(language)

    def table(name, section, rows):
        headers = words.headers(section)
        columns = tuple([row.get(key) for row in rows] or [None] for key in headers)
        return Table(name, name, 4, 2, tuple(headers.values()), columns)

    settings = [{"setting": words.text("fields", "setting_names", "language"), "value": language}]
    return [
        table("Clients", "accounts", rows),
        table("Prospects", "accounts", []),
        table("Settings", "settings", settings),
        table("Imports", "imports", []),
        table("ImportColumns", "importcolumns", []),
    ]


def put(folder, *files):
    """Write files, each a name and bytes, and return their paths; two of one name lie in two folders."""
    paths = []
    for name, content in files:
        path = folder / f"{next(_folders)}" / name
        path.parent.mkdir()
        path.write_bytes(content)
        paths.append(path)
    return paths


def planned(tables, paths, kind=None, **options):
    return plan_import(look_at(tables, paths, TODAY, Options(kind, **options)))


def changes_of(done):
    """All that an import writes."""
    return import_changes(done, catalogue(done.recognition.layout.language), TODAY)


def after(tables, done):
    """The tables as they are when the import has been written."""
    return written(tables, types.SimpleNamespace(changes=changes_of(done)))


def told(done):
    """All that an import writes into account tables and says of accounts."""
    merged = done.merged
    cells = [
        (fill.table, fill.column, row, value)
        for fill in merged.changes.columns
        for row, value in enumerate(fill.values)
        if not fill.skip[row]
    ]
    return {
        "cells": sorted(cells, key=lambda cell: cell[:3]),
        "rows": [(fill.table, fill.keep, list(fill.rows)) for fill in merged.changes.rows],
        "fields": {name: astuple(count) for name, count in merged.fields.items()},
        "missing": merged.missing,
        "lists": [merged.added, merged.changed, merged.unchanged, merged.twice, merged.idle, merged.unknown],
        "status": [merged.promoted, merged.absent],
        "totals": merged.totals,
        "doubles": sorted(map(str, done.doubles)),
    }


def counted(done):
    """What the reports of the files count, all files together."""
    reasons = Counter()
    for report in done.reports:
        reasons.update(report.by_reason)
    sides = [(one.units_read, one.units_used, one.units_aside) for one in done.reports]
    rows = sum(one.n_read for one in done.reports), sum(one.n_used for one in done.reports)
    return {
        "rows": rows,
        "reasons": reasons,
        "units": [sum(one or 0 for one in side) for side in zip(*sides, strict=True)],
    }


def said(done):
    """Whatever the reports say; the order in which reasons were met is not said."""
    return [
        {key: str(sorted(value.items()) if isinstance(value, dict) else value) for key, value in each.items()}
        for each in (vars(report) | {"aside": report.listed()} for report in done.reports)
    ]


# How an export is written ----------------------------------------------------------------------------

MONEY = ("amount", "turnover", "potential")
DAYS = ("date", "due", "paid", "last_visit", "visit")


@dataclass(frozen=True)
class Style:
    """A way to write the same rows; ``seed`` says in which order the columns behind the first stand."""

    delimiter: str = ";"
    encoding: str = "utf-8"
    mark: str = ","
    group: str = ""
    minus: str = "-{}"
    quoting: int = csv.QUOTE_MINIMAL
    dates: str = "%d/%m/%Y"
    newline: str = "\r\n"
    seed: int = 0

    def cell(self, key, cell):
        if key in MONEY and isinstance(cell, int):
            marks = {ord(","): self.group, ord("."): self.mark}
            number = f"{abs(cell) / 100:,.2f}".translate(marks)
            return self.minus.format(number) if cell < 0 else number
        if key in DAYS and isinstance(cell, dt.date):
            return cell.strftime(self.dates)
        return "" if cell is None else cell

    def text(self, headers, rows):
        """The bytes of a file of rows, mappings by key."""
        keys = list(headers)
        order = [keys[0], *Random(self.seed).sample(keys[1:], len(keys) - 1)]
        stream = io.StringIO()
        writer = csv.writer(
            stream, delimiter=self.delimiter, quoting=self.quoting, lineterminator=self.newline
        )
        writer.writerow([headers[key] for key in order])
        for row in rows:
            writer.writerow([self.cell(key, row.get(key)) for key in order] + list(row.get("beyond", ())))
        return stream.getvalue().encode(self.encoding)


ONE_WAY = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%y", "%Y%m%d")


def any_style(seed):
    """Any way to write, but for the month before the day: no file without a day above 12 says so."""
    random = Random(seed)
    mark = random.choice(",,.")
    encoding = random.choice(["utf-8", "utf-8-sig", "cp1252", "iso8859-15", "utf-16"])
    narrow = ["\u202f"] if encoding.startswith("utf") else []
    quoting = random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    return Style(
        delimiter=random.choice(";;,\t|"),
        encoding=encoding,
        mark=mark,
        group=random.choice(["", "", " ", "\u00a0", *narrow, "." if mark == "," else ","]),
        minus=random.choice(["-{}", "-{}", "({})", "{}-"]),
        quoting=quoting,
        dates=random.choice(ONE_WAY),
        newline=random.choice(["\r\n", "\n", "\r"]),
        seed=seed,
    )


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
# Days of which the order of day and month is known, inside the three periods, at their ends and outside.
_OFFSETS = (0, 544, 545, 546, 909, 1000, 1274, 1275, 1276, 1290)


def any_invoice(random):
    day = dt.date(2023, 1, 1) + dt.timedelta(random.choice(_OFFSETS))
    is_credit = random.random() < 0.2
    cents = random.choice([0, 1, 99_999, 100_000, 123_456, 123_456_789, random.randrange(10**6)])
    return {
        "account": random.choice(CODES),
        "date": day,
        "due": random.choice([None, day + dt.timedelta(30), day + dt.timedelta(60)]),
        "paid": random.choice([None, None, day, day + dt.timedelta(45)]),
        "amount": cents * (-1 if is_credit and random.random() < 0.5 else 1),
        "number": random.choice(["", "F1", "F2", "F3", "0012"]),
        "document": "Avoir" if is_credit else random.choice(["Facture", ""]),
        "name": random.choice(["", *NAMES]),
    }


def any_ledger(n_lines, seed):
    """Lines of a ledger; the ``why`` of some says why they are set aside.

    Lines of one invoice have different amounts: the same one on all would be asked about.
    """
    random = Random(seed)
    rows = [{"account": "C9", "date": dt.date(2026, 1, 31), "amount": 123_450}]
    invoices = set()
    for _ in range(n_lines):
        row = any_invoice(random)
        invoice = row["account"].casefold(), row["number"], row["date"], abs(row["amount"])
        if invoice in invoices:
            row["number"] = ""
        invoices.add(invoice)
        if random.random() < 0.3:
            why = random.choice(list(JUNK))
            row |= JUNK[why] | {"why": why}
        rows.append(row)
    return rows


def units(row):
    """The amount of a line as the import counts it: a credit note is below zero."""
    cents = row["amount"] if isinstance(row["amount"], int) and row.get("why") != "too_many_cells" else 0
    return UNITS_OF_A_CENT * (-abs(cents) if row.get("document") == "Avoir" else cents)


# Accounts and visits ---------------------------------------------------------------------------------

ACCOUNTS = {
    "account": "Code client",
    "name": "Raison sociale",
    "status": "Statut",
    "rep": "Commercial",
    "postcode": "Code postal",
    "turnover": "CA HT",
    "potential": "Potentiel",
    "last_visit": "Dernière visite",
    "company_no": "SIREN",
}
CELLS = {
    "name": (*NAMES, "DUPONT & FILS", "=1+1", "@home"),
    "status": ("Client", "client", "Prospect", "Suspect"),
    "rep": ("Rémi", "rémi", "Zoé"),
    "postcode": ("01000", "75008", "2A004"),
    "turnover": (0, 123_450, 99_999, -500),
    "potential": (1_000_000, 100),
    "last_visit": (dt.date(2026, 1, 31), dt.date(2025, 12, 1)),
    "company_no": ("732 829 320", "732829320", "FR44732829320"),
}
NOTHING = ("", " ", "NULL", "n/a")
VISITS = {"account": "Code client", "visit": "Date de visite"}


def any_accounts(n_rows, seed):
    """Rows of an export of accounts; some repeat an account, and some of these say something else."""
    random = Random(seed)
    rows = [{"account": "C9", "turnover": 123_450, "last_visit": dt.date(2026, 1, 31)}]
    for _ in range(n_rows):
        row = {"account": random.choice([*CODES, "C6", "C7", "C8"])}
        for key, cells in CELLS.items():
            nothing = NOTHING if key not in (*MONEY, *DAYS) else ("",)
            row[key] = random.choice(cells if random.random() < 0.6 else nothing)
        rows.append(row)
    return rows


def any_sheet(n_rows, seed):
    """Rows of an account sheet as people leave them: some cells filled in, others not."""
    random = Random(seed)
    rows = []
    for code in random.sample(["C1", "C2", "0012", "C 4", "C6", "C7", "ÉTS-5", "X1"], n_rows):
        row = {"account": code, "class": "A", "score": 50.0}
        for key, cells in CELLS.items():
            if random.random() < 0.5:
                row[key] = _typed(key, random.choice(cells))
        rows.append(row)
    return rows


def _typed(key, cell):
    if key in MONEY:
        return cell / 100
    return dt.datetime.combine(cell, dt.time()) if key in DAYS else cell


def any_visits(n_rows, seed):
    random = Random(seed)
    days = [dt.date(2026, 1, 31), dt.date(2025, 12, 24), dt.date(2026, 12, 24), "bientôt", ""]
    rows = [{"account": random.choice([*CODES, ""]), "visit": random.choice(days)} for _ in range(n_rows)]
    return [row for row in rows if any(row.values())]


# Entries ---------------------------------------------------------------------------------------------

FEC = """
JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate
EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise
""".split()  # noqa: SIM905 - a column a word
_JOURNALS = {"VE": "Ventes", "BQ": "Banque", "AN": "A nouveaux"}
OPENINGS = (
    ("AN", "A nouveaux", "77"),
    ("OUV", "Balance initiale", "0"),
    ("REP", "", "77"),
    ("OD", "Opérations diverses", "AN77"),
    ("OD", "Opérations diverses", "OUVERTURE/77"),
    ("OD", "Opérations diverses", "77"),
)
"""Journal, its label and the number of an opening: all ways in which one is known."""


def _entry(journal, number, day, *sides, letter="", label=None):
    date = f"{day:%Y%m%d}"
    lines = []
    for account, client, cents in sides:
        debit, credit = (f"{max(side, 0) / 100:.2f}".replace(".", ",") for side in (cents, -cents))
        journal_label = _JOURNALS[journal] if label is None else label
        head = [journal, journal_label, number, date, account, f"Compte {account}"]
        who = [client, f"Société {client}" if client else ""]
        letters = letter if account == "411000" else ""
        lines.append([*head, *who, f"P{number}", date, "Écriture", debit, credit, letters, "", date, "", ""])
    return lines


def any_book(n_entries, seed, year=2025):
    """Lines of a book that balances: an opening, sales to 1 to 3 clients, credit notes, payments, a till."""
    random = Random(seed)
    lines = _entry("AN", "1", dt.date(year, 1, 1), ("411000", "K1", 50_000), ("101000", "", -50_000))
    for place in range(n_entries):
        number, day = f"{place + 2}", dt.date(year, 1, 1) + dt.timedelta(random.randrange(360))
        clients = random.sample(["K1", "K2", "K3", "K4"], random.choice([1, 1, 2, 3]))
        nets = [random.randrange(2, 10**7) for _ in clients]
        letter, kind = random.choice(["", "", "A"]), random.random()
        if kind < 0.1:
            lines += _entry("VE", number, day, ("530000", "", nets[0]), ("707000", "", -nets[0]))
        elif kind < 0.35:
            money = ("512000", "", nets[0]), ("411000", clients[0], -nets[0])
            lines += _entry("BQ", number, day, *money, letter=letter)
        else:
            sign, some = random.choice([1, 1, 1, -1]), random.randrange(1, min(nets))
            vats = [net // 5 for net in nets]
            owed = [
                ("411000", client, sign * (net + vat))
                for client, net, vat in zip(clients, nets, vats, strict=True)
            ]
            sold = ("706000", "", -sign * some), ("707000", "", -sign * (sum(nets) - some))
            lines += _entry("VE", number, day, *owed, *sold, ("445710", "", -sign * sum(vats)), letter=letter)
    return lines


def opening(before, called, year, classes="12345"):
    """Lines that bring forward the balances with which some lines close, the rest as the year's result."""
    journal, label, number = called
    balances = Counter()
    for cells in before:
        debit, credit = (int(cell.replace(",", "")) for cell in cells[11:13])
        balances[cells[4], cells[6]] += debit - credit
    sides = [(*key, cents) for key, cents in sorted(balances.items()) if cents and key[0][0] in classes]
    result = ("120000", "", -sum(cents for _, _, cents in sides))
    return _entry(journal, number, dt.date(year, 1, 1), *sides, result, label=label)


def fec(lines):
    """The bytes of a FEC."""
    return "".join("\t".join(cells) + "\r\n" for cells in [FEC, *lines]).encode("iso8859-15")


def fec_name(year):
    return f"123456789FEC{year}1231.txt"


def sales(lines):
    """Credit less debit on accounts 70 outside the opening, in the units of the import."""
    sold = [cells for cells in lines if cells[4].startswith("70") and cells[0] != "AN"]
    return UNITS_OF_A_CENT * sum(
        int(credit.replace(",", "")) - int(debit.replace(",", ""))
        for debit, credit in (cells[11:13] for cells in sold)
    )
