"""Exports of real programs give the figures that are known of them, and every row is accounted for."""

import csv
import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from imports.harness import sentences, taken_from
from support.books import Tables

from addin.refusals import Refusal

DATA = Path(__file__).parent / "data"
FILES = {
    "0000000001FEC20220831.txt": (dt.date(2022, 8, 31), 5422),
    "111111111FEC20221231.TXT": (dt.date(2023, 12, 31), 934),
    "northwind_orders.csv": (dt.date(1998, 5, 6), 830),
    "northwind_customers.csv": (dt.date(1998, 5, 6), 91),
    "adventureworks_reseller_orders.csv": (dt.date(2013, 12, 31), 3796),
    "vendee_201901_utf8_comma_nbsp.csv": (dt.date(2019, 12, 31), 6),
    "maine_et_loire_conventions_siret_spaces.csv": (dt.date(2019, 12, 31), 75),
}


ORDERS = ("northwind_orders.csv", "adventureworks_reseller_orders.csv")
"""What counts as sales only where somebody says so."""
GRANTS = {"nature": "(not imported)"}
"""Money or goods: the nature of a grant is not the kind of a document."""


def answers(name):
    """What a person says of a file."""
    if name in ORDERS:
        return {"kind": "ledger"}
    return {"columns": GRANTS} if name.startswith(("vendee", "maine")) else {}


@cache
def imported(name, *, closed=True, language="en", reference=None):
    """A file, imported into an empty workbook on its day."""
    tables = Tables(language)
    tables.setting("reference_date", dt.datetime.combine(reference or FILES[name][0], dt.time()))
    tables.setting("periods", tables.words.word("periods", "years" if closed else "months"))
    return taken_from([DATA / name], tables, **answers(name))


def records(name, delimiter=","):
    """Rows of a file that have as many cells as its header, as Python's own reader takes them apart."""
    with (DATA / name).open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream, delimiter=delimiter)
    return [dict(zip(header, row, strict=True)) for row in rows if len(row) == len(header)]


@pytest.mark.parametrize("name", FILES)
def test_rows_and_amounts_read_are_those_used_and_those_set_aside(name):
    found = imported(name)
    report = found.report
    assert report.n_read == FILES[name][1] == report.n_used + report.n_aside
    assert len(found.aside) == report.n_aside
    assert all(line > 1 for line, _ in found.aside)
    if report.units_read is not None:
        assert report.units_read == report.units_used + report.units_aside
    rows = found.rows_of("imports")
    numbers = {row["item"]: row.get("rows") for row in rows if row["item"].startswith("Rows ")}
    assert numbers["Rows read"] == numbers["Rows used"] + numbers["Rows set aside"]
    amounts = [
        sum(row.get("amount", 0) for row in rows if row["item"] == f"Rows {what}")
        for what in ("read", "used")
    ]
    asides = sum(row.get("amount", 0) for row in rows if row["item"] == "Row set aside")
    assert amounts[0] == pytest.approx(amounts[1] + asides, abs=0.001)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_all_that_is_said_of_a_file_is_in_one_language(name, language):
    text = imported(name, language=language).said()
    assert "{" not in text
    assert "Phrase" not in text
    foreign = {"en": ("lignes", "compte ", " va dans"), "fr": (" rows", "set aside", " goes to ", "account ")}
    assert not [word for word in foreign[language] if word in text]


@pytest.mark.parametrize("name", FILES)
def test_the_same_file_again_changes_nothing(name):
    first = imported(name)
    tables = Tables("en")
    tables.tables = {table.name: table for table in first.after}
    again = taken_from([DATA / name], tables, **answers(name))
    assert not again.changes.columns
    assert not again.changes.rows


class TestFec:
    @pytest.mark.parametrize(
        ("name", "total", "clients", "rest"),
        [
            ("0000000001FEC20220831.txt", "1,049,934.32", "1,049,934.32", "0"),
            ("111111111FEC20221231.TXT", "36,477.28", "35,852.28", "625"),
        ],
    )
    def test_sales_are_those_of_the_clients_and_the_rest_to_the_cent(self, name, total, clients, rest):
        found = imported(name)
        total, of_clients, rest = (f"{amount}\u00a0EUR" for amount in (total, clients, rest))
        said = f"Sales (accounts 70): {total} = clients {of_clients} + not assigned to any client {rest}."
        assert said in found.said("en")
        turnover = sum(Decimal(str(amount)) for amount in found.column("turnover").values())
        assert turnover == Decimal(clients.replace(",", ""))

    def test_the_year_is_told_by_name_and_entries(self):
        found = imported("0000000001FEC20220831.txt")
        assert "Turnover is the fiscal year from 2021-09-01 to 2022-08-31 (12 months)." in found.said("en")
        assert len(found.accounts) == 15

    def test_a_name_that_its_entries_contradict_is_not_believed(self):
        found = imported("111111111FEC20221231.TXT")
        assert "name_differs" in found.guesses()
        assert "its entries run from 2023-01-01 to 2023-07-31" in found.said("en")
        assert "not_scaled" in found.notes()  # 7 months may be all that there was, or all that was exported

    def test_what_a_client_owes_is_the_balance_of_its_account(self):
        columns, *rows = (DATA / "0000000001FEC20220831.txt").read_text(encoding="utf-8-sig").splitlines()
        at = {name: place for place, name in enumerate(columns.split("\t"))}
        balance = defaultdict(Decimal)
        for row in rows:
            cells = row.split("\t")
            if cells[at["CompteNum"]].startswith("411"):
                debit, credit = (Decimal(cells[at[name]].replace(",", ".")) for name in ("Debit", "Credit"))
                balance[cells[at["CompAuxNum"]]] += debit - credit
        found = imported("0000000001FEC20220831.txt").column("open_amount")
        assert found == {code: float(balance[code]) for code in found}
        assert sum(found.values()) > 50_000


class TestNorthwind:
    def test_the_rows_with_a_comma_too_many_are_set_aside_with_their_lines(self):
        report = imported("northwind_orders.csv").report
        assert report.by_reason == {"too_many_cells": 176}
        lines = (DATA / "northwind_orders.csv").read_text(encoding="utf-8").splitlines()
        assert {row.line for row in report.listed()} == {
            at for at, line in enumerate(lines, start=1) if line.count(",") > 13
        }

    def test_orders_first_and_last_day_of_each_customer_are_counted(self):
        found = imported("northwind_orders.csv", closed=False)
        day = dt.datetime(1997, 5, 6)
        rows = records("northwind_orders.csv")
        dates = [
            (row["customerID"], dt.datetime.fromisoformat(row["orderDate"]).replace(hour=0)) for row in rows
        ]
        orders = Counter(code for code, date in dates if date > day)
        assert {code: orders[code] for code in found.accounts} == found.column("orders")
        last = defaultdict(lambda: day)
        for code, date in dates:
            last[code] = max(last[code], date)
        assert found.column("last_purchase") == {code: last[code] for code in found.accounts}
        assert "turnover" not in found.accounts["ALFKI"]

    def test_customers_have_their_names_and_postcodes(self):
        found = imported("northwind_customers.csv")
        assert found["ALFKI"]["name"] == "Alfreds Futterkiste"
        assert found["ANATR"]["postcode"] == "05021"
        assert found.report.by_reason == {"too_many_cells": 24}
        rows = records("northwind_customers.csv")
        assert found.column("name") == {
            row["customerID"]: " ".join(row["companyName"].split()) for row in rows
        }


class TestAdventureWorks:
    NAME = "adventureworks_reseller_orders.csv"

    def test_turnover_of_closed_years_is_what_is_known_of_them(self):
        text = imported(self.NAME).said("en")
        assert "Turnover Y-2 is the invoices from 2011-01-01 to 2011-12-31: 18,192,802.71\u00a0EUR." in text
        assert "Turnover Y-1 is the invoices from 2012-01-01 to 2012-12-31: 28,193,631.53\u00a0EUR." in text
        assert "Turnover is the invoices from 2013-01-01 to 2013-12-31: 33,574,834.16\u00a0EUR." in text

    @pytest.mark.parametrize(("closed", "reference"), [(True, None), (False, dt.date(2013, 11, 30))])
    def test_turnover_of_each_reseller_is_the_sum_of_its_orders(self, closed, reference):
        sums = defaultdict(Decimal)
        for row in records(self.NAME):
            date = dt.date.fromisoformat(row["OrderDate"])
            year = date.year + (not closed and date.month == 12)
            sums[row["ResellerKey"], 2013 - year] += Decimal(row["SalesAmount"])
        found = imported(self.NAME, closed=closed, reference=reference)
        assert len(found.accounts) == 635
        for years_ago, name in enumerate(("turnover", "turnover_1", "turnover_2")):
            column = found.column(name)
            assert len(column) == 635
            for code, amount in column.items():
                assert abs(Decimal(str(amount)) - sums[code, years_ago]) <= Decimal("0.0051")

    def test_orders_are_those_of_the_last_year(self):
        codes = [row["ResellerKey"] for row in records(self.NAME) if row["OrderDate"].startswith("2013")]
        counts = Counter(codes)
        found = imported(self.NAME).column("orders")
        assert found == {code: float(counts[code]) for code in found}
        assert sum(found.values()) == len(codes)

    def test_on_a_later_day_the_file_is_old_and_no_account_is_touched(self):
        found = imported(self.NAME, reference=dt.date(2026, 6, 30))
        assert "stale" in found.notes()
        assert not found.accounts
        assert len(found.done.merged.idle) == 635
        assert not found.changes.rows


class TestFrenchGrants:
    def test_amounts_that_the_separator_cut_in_two_are_put_together(self):
        found = imported("vendee_201901_utf8_comma_nbsp.csv")
        assert found.report.units_used == (58_400 + 32_400 + 1_350_000 + 63_000) * 10_000
        assert found.aside == [(4, "too_many_cells"), (6, "too_many_cells")]
        assert "amounts_joined" in found.guesses()

    def test_codes_that_a_spreadsheet_rounded_and_rows_without_date_or_code_are_set_aside(self):
        report = imported("maine_et_loire_conventions_siret_spaces.csv").report
        assert report.by_reason == {"date_empty": 5, "code_destroyed": 2, "no_account": 2}

    def test_their_amounts_are_those_of_the_file(self):
        name = "maine_et_loire_conventions_siret_spaces.csv"
        amounts = [Decimal(row["montant"].replace(",", ".") or 0) for row in records(name, ";")]
        assert imported(name).report.units_read == int(sum(amounts) * 10_000)

    def test_codes_keep_the_blanks_that_they_are_written_with(self):
        found = imported("maine_et_loire_conventions_siret_spaces.csv", reference=dt.date(2017, 12, 31))
        assert "82 212 742 900 014" in found.accounts or "82 212 742 900 014" in found.done.merged.idle


def test_two_companies_are_added_up_only_when_told():
    paths = [DATA / name for name in FILES if "FEC" in name]
    tables = Tables("en").setting("reference_date", dt.datetime(2023, 12, 31))
    with pytest.raises(Refusal, match="fec_companies") as refused:
        taken_from(paths, tables)
    assert all(path.name in sentences(refused.value)["en"] for path in paths)
    found, turned = (taken_from(order, tables, add_companies=True) for order in (paths, paths[::-1]))
    assert found.accounts == turned.accounts
    assert sum(map(Decimal, map(str, found.column("turnover").values()))) == Decimal("1049934.32") + Decimal(
        "35852.28"
    )


def test_real_files_told_to_be_something_else_are_refused_in_words():
    for name in ("northwind_customers.csv", "vendee_201901_utf8_comma_nbsp.csv"):
        with pytest.raises(Refusal) as refused:
            taken_from([DATA / name], Tables("en"), kind="fec")
        sentences(refused.value)
