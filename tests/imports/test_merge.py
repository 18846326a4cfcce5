"""What files say meets what the workbook holds: what is the same, what gives way, what is added where."""

import datetime as dt
import itertools

import pytest
from imports.harness import known, lines, taken
from support.books import Tables
from support.made import new_workbook
from support.small_fec import SmallFec

from addin.imports.importing import Options, look_at, plan_import
from addin.package import PackageBook
from addin.workbook.located_tables import Layout

LEDGER = ["Account", "Invoice date", "Amount"]


def client(**cells):
    return known(clients=[{"account": "C1", **cells}])


# ---- what is the same already --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "said", "same"),
    [
        (100.0, "100", True),
        (100.0, "100.01", False),
        (100.0, "99.99", False),
        (0.0, "0", True),
        (0.0, "0.01", False),
        (-50.0, "-50", True),
        (-50.0, "50", False),
        (1_000_000.0, "1000000.01", False),
        (1_000_000.0, "999999.99", False),
        (123_456_789.12, "123456789.12", True),
        (123_456_789.12, "123456789.13", False),
        (0.1 + 0.2, "0.3", True),  # 0.30000000000000004: a formula's binary fractions are no change
        (12_345_678_901.230_002, "12345678901.23", True),
        (-12_345_678_901.230_002, "-12345678901.23", True),
        (1 / 3, "0.3333333", True),
        (1 / 3, "0.333332", False),
    ],
)
def test_an_amount_that_differs_by_a_cent_is_another_one(tmp_path, shown, said, same):
    found = taken(tmp_path, lines(["Account", "Turnover"], ["C1", said]), client(turnover=shown))
    assert found["C1"]["turnover"] == (shown if same else float(said))
    assert found.done.merged.unchanged == (["C1"] if same else [])


@pytest.mark.parametrize("shown", ["1 234,50 €", "1234.50", " 1,234.5 ", 1234.5])
def test_an_amount_typed_as_text_is_the_amount(tmp_path, shown):
    found = taken(tmp_path, lines(["Account", "Turnover"], ["C1", "1234.50"]), client(turnover=shown))
    assert found["C1"]["turnover"] == shown
    assert found.done.merged.unchanged == ["C1"]


@pytest.mark.parametrize("shown", ["n/c", "?", dt.datetime(2026, 1, 1), True])
def test_what_is_no_amount_is_replaced_by_one(tmp_path, shown):
    found = taken(tmp_path, lines(["Account", "Turnover"], ["C1", "5"]), client(turnover=shown))
    assert found["C1"]["turnover"] == 5.0


@pytest.mark.parametrize("shown", [None, "", "  "])
def test_a_cell_without_anything_is_filled_even_where_the_field_is_kept(tmp_path, shown):
    content = lines(["Account", "Turnover"], ["C1", "5"])
    found = taken(tmp_path, content, client(turnover=shown), keep=["Turnover"])
    assert found["C1"]["turnover"] == 5.0
    count = found.done.merged.fields["turnover"]
    assert (count.filled, count.replaced, count.kept, count.same) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("shown", "same"),
    [
        (dt.datetime(2026, 1, 5), True),
        (dt.datetime(2026, 1, 5, 13, 30), True),
        ("2026-01-05", True),
        (46_027.0, True),  # the serial number of that day
        (dt.datetime(2026, 1, 4), False),
        ("no date", False),
    ],
)
def test_a_date_is_the_same_day_however_it_stands_there(tmp_path, shown, same):
    content = lines(["Account", "Last visit"], ["C1", "2026-01-05"])
    found = taken(tmp_path, content, client(last_visit=shown))
    assert found["C1"]["last_visit"] == (shown if same else dt.datetime(2026, 1, 5))


@pytest.mark.parametrize(
    ("shown", "said", "then"),
    [
        ("Client", "client", "Client"),
        ("CLIENT ", "client", "CLIENT "),
        ("Prospect", "client", "Client"),
        ("VIP", "client", "Client"),
        ("Client", "VIP", "Client"),
        ("VIP", "VIP", "VIP"),
        ("VIP", "Partner", "VIP"),
    ],
)
def test_a_word_of_a_list_is_the_same_whatever_its_case_and_another_word_is_not(tmp_path, shown, said, then):
    tables = Tables("en").rows("Clients", [{"account": "C1", "status": shown}])
    found = taken(tmp_path, lines(["Account", "Status"], ["C1", said]), tables)
    assert found["C1"]["status"] == then
    assert found.done.merged.unchanged == (["C1"] if shown == then else [])


def test_a_text_is_compared_letter_by_letter_but_for_its_outer_blanks(tmp_path):
    for shown, replaced in ((" Alpha ", False), ("ALPHA", True), ("Alpha", False)):
        found = taken(tmp_path, lines(["Account", "Name"], ["C1", "Alpha"]), client(name=shown))
        assert found["C1"]["name"] == ("Alpha" if replaced else shown)


def test_a_postcode_that_stands_there_as_a_number_is_that_text(tmp_path):
    found = taken(tmp_path, lines(["Account", "Postcode"], ["C1", "75001"]), client(postcode=75_001.0))
    assert found["C1"]["postcode"] == 75_001.0


# ---- first and last days never move inward -------------------------------------------------------

EARLY, MIDDLE, LATE = dt.datetime(2025, 9, 1), dt.datetime(2026, 1, 5), dt.datetime(2026, 5, 4)


@pytest.mark.parametrize("known_day", [EARLY, MIDDLE, LATE])
def test_a_ledger_moves_the_first_purchase_back_and_the_last_one_on_but_never_inward(tmp_path, known_day):
    tables = client(first_purchase=known_day, last_purchase=known_day)
    found = taken(tmp_path, lines(LEDGER, ["C1", "2026-01-05", 5], ["X", "2020-01-05", 5]), tables)["C1"]
    assert found["first_purchase"] == min(known_day, MIDDLE)
    assert found["last_purchase"] == max(known_day, MIDDLE)


@pytest.mark.parametrize("known_day", [EARLY, MIDDLE, LATE])
def test_a_list_of_visits_moves_the_last_visit_on_but_never_back(tmp_path, known_day):
    content = lines(["Account", "Date of visit"], ["C1", "2026-01-05"])
    assert taken(tmp_path, content, client(last_visit=known_day))["C1"]["last_visit"] == max(
        known_day, MIDDLE
    )


@pytest.mark.parametrize(
    ("known_day", "then"), [("2026-05-04", "2026-05-04"), ("2025-09-01", MIDDLE), ("?", MIDDLE)]
)
def test_a_known_day_counts_however_it_was_typed(tmp_path, known_day, then):
    content = lines(["Account", "Date of visit"], ["C1", "2026-01-05"])
    assert taken(tmp_path, content, client(last_visit=known_day))["C1"]["last_visit"] == then


@pytest.mark.parametrize("known_day", [EARLY, LATE])
def test_a_crm_has_the_last_word_on_a_visit(tmp_path, known_day):
    content = lines(["Account", "Last visit"], ["C1", "2026-01-05"])
    assert taken(tmp_path, content, client(last_visit=known_day))["C1"]["last_visit"] == MIDDLE


def test_a_day_that_lies_further_out_is_counted_as_the_same(tmp_path):
    content = lines(["Account", "Date of visit"], ["C1", "2026-01-05"])
    merged = taken(tmp_path, content, client(last_visit=LATE)).done.merged
    count = merged.fields["last_visit"]
    assert (count.filled, count.replaced, count.kept, count.same) == (0, 0, 0, 1)
    assert merged.unchanged == ["C1"]


# ---- which file counts ---------------------------------------------------------------------------


def test_of_a_ledger_and_a_crm_the_ledger_says_what_was_bought_and_the_crm_who_it_is(tmp_path):
    invoices = lines(
        ["Account", "Name", "Rep", "Invoice date", "Amount"],
        ["C1", "ALPHA SARL", "Bob", "2026-06-30", 5],
        ["C2", "BETA SARL", "Bob", "2025-07-01", 7],
    )
    crm = lines(["Account", "Name", "Turnover"], ["C1", "Alpha", 99], ["C2", "", 98])
    for names in itertools.permutations(["a.csv", "b.csv"]):
        found = taken(tmp_path, dict(zip(names, (invoices, crm), strict=True)))
        assert found.column("turnover") == {"C1": 5.0, "C2": 7.0}
        assert found.column("name") == {"C1": "Alpha", "C2": "BETA SARL"}


def test_of_a_list_of_visits_and_a_crm_the_latest_visit_counts(tmp_path):
    visits = lines(["Account", "Date of visit"], ["C1", "2026-01-05"])
    crm = lines(
        ["Account", "Name", "Last visit"], ["C1", "Alpha", "2026-05-04"], ["C2", "Beta", "2026-05-04"]
    )
    found = taken(tmp_path, {"visits.csv": visits, "crm.csv": crm}, client())
    assert found.column("last_visit") == {"C1": LATE, "C2": LATE}


@pytest.mark.parametrize("name", ["name", "postcode", "rep", "sector"])
def test_a_ledger_fills_in_who_a_client_is_but_never_replaces_it(tmp_path, name):
    title = {"name": "Name", "postcode": "Postcode", "rep": "Rep", "sector": "Sector"}[name]
    content = lines([*LEDGER, title], ["C1", "2026-01-05", 5, "new"], ["C2", "2026-01-05", 5, "new"])
    tables = known(clients=[{"account": "C1", name: "old"}, {"account": "C2"}])
    assert taken(tmp_path, content, tables).column(name) == {"C1": "old", "C2": "new"}


# ---- who is added, and where ---------------------------------------------------------------------


def test_a_code_that_stands_twice_in_the_workbook_is_left_and_the_others_are_not(tmp_path):
    tables = known(clients=[{"account": code, "turnover": 1.0} for code in ("C1", "c1", "C2", "C3", "C1 ")])
    found = taken(tmp_path, lines(["Account", "Turnover"], ["C2", 2], ["C1", 2], ["N", 2]), tables)
    merged = found.done.merged
    assert (merged.twice, merged.changed, merged.added) == (["C1"], ["C2"], ["N"])
    assert found.column("turnover") == {"C1": 1.0, "c1": 1.0, "C1 ": 1.0, "C2": 2.0, "C3": 1.0, "N": 2.0}


def test_a_field_without_a_column_is_said_to_be_missing_and_the_others_are_filled(tmp_path):
    tables = known(clients=[{"account": "C1"}, {"account": "C2"}]).drop_column("Clients", "rep")
    content = lines(
        ["Account", "Rep", "Name"], ["C1", "Bob", "Alpha"], ["C2", "Bob", "Beta"], ["N", "Bob", "Nu"]
    )
    found = taken(tmp_path, content, tables)
    assert found.column("name") == {"C1": "Alpha", "C2": "Beta", "N": "Nu"}
    assert found.done.merged.missing == {"rep"}
    assert found.done.merged.changed == ["C1", "C2"]


def test_a_column_is_not_missing_where_nothing_would_stand_in_it(tmp_path):
    tables = known(clients=[{"account": "C1"}]).drop_column("Prospects", "rep")
    content = lines(["Account", "Status", "Rep"], ["C1", "Client", "Bob"], ["P1", "Prospect", ""])
    assert taken(tmp_path, content, tables).done.merged.missing == set()
    content = lines(["Account", "Status", "Rep"], ["C1", "Client", "Bob"], ["P1", "Prospect", "Bob"])
    assert taken(tmp_path, content, tables).done.merged.missing == {"rep"}


def test_an_account_that_nobody_added_is_listed_by_what_is_known_of_it(tmp_path):
    invoices = lines(LEDGER, ["OLD", "2019-01-05", 5], ["NEW", "2026-01-05", 5])
    visits = lines(["Account", "Date of visit"], ["STRANGER", "2026-01-05"])
    merged = taken(tmp_path, {"i.csv": invoices, "v.csv": visits}).done.merged
    assert (merged.added, merged.idle, merged.unknown) == (["NEW"], ["OLD"], ["STRANGER"])


def test_codes_are_listed_in_the_order_of_the_alphabet(tmp_path):
    tables = known(clients=[{"account": code, "turnover": 1.0} for code in ("Z", "M", "B")])
    content = lines(["Account", "Turnover"], ["Z", 2], ["B", 3], ["M", 1], ["Y", 4], ["A", 5])
    merged = taken(tmp_path, content, tables).done.merged
    assert (merged.added, merged.changed, merged.unchanged) == (["A", "Y"], ["B", "Z"], ["M"])


@pytest.mark.parametrize("tables", [["Clients", "Prospects"], ["Zone_1", "Prospects"], ["Zone_1", "Zone_2"]])
def test_new_accounts_go_to_the_sheet_of_their_status_by_its_name_else_to_the_first(tmp_path, tables):
    book = Tables("en")
    for old, new in zip(("Clients", "Prospects"), tables, strict=True):
        book.copy_of(old, new, new)
        if old != new:
            del book.tables[old]
    rows = [["C", "Client"], ["P", "Prospect"], ["V", "VIP"]]
    found = taken(tmp_path, lines(["Account", "Status"], *rows), book)
    order = [name for name in book.tables if name in tables]
    clients = "Clients" if "Clients" in tables else order[0]
    prospects = "Prospects" if "Prospects" in tables else order[0]
    homes = {code: row["table"] for code, row in found.accounts.items()}
    assert homes == {"C": clients, "P": prospects, "V": clients}


# ---- files that have names and no codes ----------------------------------------------------------

NAMED = (
    {"account": "C1", "name": "Café Élan", "turnover": 1.0},
    {"account": "C2", "name": "Beta", "turnover": 1.0},
    {"account": "C3", "name": "Beta", "turnover": 1.0},
    {"account": "Gamma", "name": "Delta", "turnover": 1.0},
    {"account": "C5", "name": "Gamma", "turnover": 1.0},
    {"account": "C6", "name": 7.0, "turnover": 1.0},
    {},
    {"account": "C7", "name": "Last", "turnover": 1.0},
)


def named(tmp_path, *rows):
    return taken(tmp_path, lines(["Name", "Turnover"], *rows), known(clients=NAMED))


@pytest.mark.parametrize("name", ["Café Élan", "CAFE ELAN", " cafe  elan "])
def test_a_name_is_the_account_of_that_name_whatever_its_case_accents_and_blanks(tmp_path, name):
    found = named(tmp_path, [name, 9], ["Last", 8])
    assert found["C1"]["turnover"] == 9.0
    assert found["C7"]["turnover"] == 8.0
    assert found.done.merged.changed == ["C1", "C7"]


def test_a_name_that_two_accounts_bear_is_an_account_of_its_own(tmp_path):
    found = named(tmp_path, ["Beta", 9])
    assert found.done.merged.added == ["Beta"]
    assert (found["C2"]["turnover"], found["C3"]["turnover"]) == (1.0, 1.0)


def test_a_name_that_is_the_code_of_an_account_is_that_account(tmp_path):
    found = named(tmp_path, ["Gamma", 9])
    assert (found["Gamma"]["turnover"], found["C5"]["turnover"]) == (9.0, 1.0)


def test_a_file_with_codes_is_not_matched_by_its_names(tmp_path):
    content = lines(["Account", "Name", "Turnover"], ["Last", "Café Élan", 9])
    found = taken(tmp_path, content, known(clients=NAMED))
    assert found.done.merged.added == ["Last"]
    assert (found["C1"]["turnover"], found["C7"]["turnover"]) == (1.0, 1.0)


# ---- what the accounting does not mention --------------------------------------------------------


def test_a_prospect_that_buys_is_listed_and_one_that_only_gets_its_money_back_is_not(tmp_path):
    prospects = [{"account": code} for code in ("BACK", "BOTH", "NONE", "BUYS")]
    prospects.insert(0, {"account": "SMALL", "status": "Suspect"})
    tables = known(clients=[{"account": "C1"}], prospects=prospects)
    rows = [["BUYS", 5], ["BACK", -5], ["BOTH", 5], ["BOTH", -5], ["SMALL", 0.5], ["C1", 5], ["NEW", 5]]
    days = itertools.cycle(["2026-06-30", "2025-07-01"])
    content = lines(LEDGER, *[[code, next(days), amount] for code, amount in rows])
    assert taken(tmp_path, content, tables).done.merged.promoted == ["BUYS", "SMALL"]


def test_clients_that_no_invoice_mentions_are_listed_and_prospects_are_not(tmp_path):
    tables = known(
        clients=[{"account": "C1"}, {"account": "C3", "status": None}, {"account": "C2"}],
        prospects=[{"account": "P1"}],
    )
    merged = taken(tmp_path, lines(LEDGER, ["C1", "2026-01-05", 5]), tables).done.merged
    assert merged.absent == ["C2", "C3"]
    merged = taken(tmp_path, lines(["Account", "Turnover"], ["C1", 5]), tables).done.merged
    assert merged.absent == []  # a list of accounts says nothing of those that it leaves out


FEC = "123456789FEC20251231.txt"
CLIENTS = (
    {"account": "SOLD", "turnover": 1.0},
    {"account": "GONE", "turnover": 50.0, "turnover_1": 60.0},
    {"account": "BACK", "turnover": -7.0},
    {"account": "NONE", "turnover": 0.0},
    {"account": "BLANK"},
    {"account": "TEXT", "turnover": "n/c"},
    {"account": "TYPED", "turnover": "1 200,00 €"},
)


def accounting(tmp_path, tables, **settings):
    content = SmallFec().invoice("0110", "SOLD", 100).text()
    return taken(tmp_path, content, tables, name=FEC, today=dt.date(2026, 3, 1), **settings)


def test_a_client_that_the_accounting_does_not_mention_has_bought_nothing_when_told_so(tmp_path):
    tables = known(clients=CLIENTS, prospects=[{"account": "P1", "turnover": 9.0}])
    found = accounting(tmp_path, tables, absent_zero=True)
    assert found.column("turnover") == {
        "SOLD": 100.0,
        "GONE": 0.0,
        "BACK": 0.0,
        "NONE": 0.0,
        "TEXT": "n/c",
        "TYPED": 0.0,
        "P1": 0.0,
    }
    merged = found.done.merged
    assert merged.zero == ["BACK", "GONE", "P1", "TYPED"]
    assert merged.changed == ["BACK", "GONE", "P1", "SOLD", "TYPED"]
    count = merged.fields["turnover"]
    assert (count.filled, count.replaced, count.kept, count.same) == (0, 5, 0, 0)
    assert merged.totals["turnover"] == (1253.0, 100.0)


def test_a_client_without_a_name_has_that_of_the_accounting(tmp_path):
    tables = known(clients=[{"account": "SOLD"}, {"account": "OTHER", "name": "Other"}])
    assert accounting(tmp_path, tables).column("name") == {"SOLD": "Sold", "OTHER": "Other"}


def test_who_is_set_to_0_is_not_listed_as_absent_as_well(tmp_path):
    merged = accounting(tmp_path, known(clients=CLIENTS), absent_zero=True).done.merged
    assert merged.absent == ["BLANK", "NONE", "TEXT"]


def test_a_year_that_no_file_covers_is_left_as_it_is(tmp_path):
    assert accounting(tmp_path, known(clients=CLIENTS)).column("turnover_1") == {"GONE": 60.0}


def test_a_field_that_is_kept_is_not_set_to_0(tmp_path):
    found = accounting(tmp_path, known(clients=CLIENTS), keep=["Turnover"], absent_zero=True)
    assert found.column("turnover") == {
        row["account"]: row["turnover"] for row in CLIENTS if "turnover" in row
    }
    assert found.done.merged.zero == []


def test_without_a_column_for_it_nothing_is_set_to_0_and_the_column_is_said_to_be_missing(tmp_path):
    tables = known(clients=CLIENTS).drop_column("Clients", "turnover")
    merged = accounting(tmp_path, tables, absent_zero=True).done.merged
    assert merged.zero == []
    assert "turnover" in merged.missing


def test_invoices_set_nobody_to_0(tmp_path):
    content = lines(LEDGER, ["SOLD", "2026-06-30", 5], ["SOLD", "2025-07-01", 5])
    found = taken(tmp_path, content, known(clients=CLIENTS))
    assert found["GONE"]["turnover"] == 50.0
    assert found.done.merged.zero == []


# ---- totals --------------------------------------------------------------------------------------


def test_totals_before_and_after_are_those_of_all_sheets_to_the_cent(tmp_path):
    tables = known(
        clients=[
            {"account": "C1", "turnover": 100.10, "potential": 7.0},
            {"account": "C2", "turnover": "1 000,20 €"},
            {"account": "C3", "turnover": "n/c"},
        ],
        prospects=[{"account": "P1", "turnover": 10.01}],
    )
    rows = [["C1", "200.15", 5], ["P1", "10.02", 6], ["N", "0.33", 7]]
    content = lines(["Account", "Turnover", "Days late"], *rows)  # days are no amount
    totals = taken(tmp_path, content, tables).done.merged.totals
    assert totals == {"turnover": (1110.31, 1210.70)}


def test_totals_are_those_of_the_sheets_that_have_the_column(tmp_path):
    content = lines(["Account", "Turnover"], ["C1", 7])
    tables = client(turnover=5.0).drop_column("Prospects", "turnover")
    assert taken(tmp_path, content, tables).done.merged.totals == {"turnover": (5.0, 7.0)}
    tables.drop_column("Clients", "turnover")
    assert taken(tmp_path, content, tables).done.merged.totals == {}


# ---- rows that hold a code and nothing else ------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["Nombre de clients : 60", "", ""], "code_alone"),
        (["Number of rows 3", "", ""], "code_alone"),
        (["C 2", "", ""], "code_alone"),
        (["C 2", "Beta", ""], None),
        (["C 2", "", "0"], None),
        (["C2", "", ""], None),
    ],
)
def test_a_sentence_below_the_list_is_set_aside_and_a_code_without_blanks_is_an_account(
    tmp_path, row, reason
):
    found = taken(tmp_path, lines(["Account", "Name", "Turnover"], ["C1", "Alpha", 5], row))
    assert found.aside == ([(3, reason)] if reason else [])
    assert set(found.accounts) == {"C1"} | (set() if reason else {row[0]})


# ---- names beside codes ----------------------------------------------------------------------------


def test_invoices_by_name_are_those_of_the_account_that_comes_in_the_same_import(tmp_path):
    """As two imports one after the other would have it: one account, with its code, rep and last purchase."""
    accounts = ["Account;Name;Rep", "C1;Maison Arc;R1", "C2;Sud;R2"]
    invoices = ["Client;Invoice date;Amount", "Maison Arc;2026-03-02;100", "MAISON ARC;2026-04-02;50"]
    files = []
    for name, rows in (("accounts.csv", accounts), ("invoices.csv", [*invoices, "Est;2026-05-04;7"])):
        files.append(tmp_path / name)
        files[-1].write_text("\n".join(rows))
    book = tmp_path / "book.xlsx"
    new_workbook(book, "en")
    tables = PackageBook(book).tables()
    done = plan_import(look_at(tables, files, dt.date(2026, 11, 29), Options()))
    assert done.merged.added == ["C1", "C2", "Est"]
    (rows,) = done.merged.changes.rows
    located = next(one for one in Layout(tables).accounts if one.table.name == rows.table)
    columns = [located.columns[key] for key in ("account", "name", "rep", "last_purchase")]
    assert [[row[column] for column in columns] for row in rows.rows] == [
        ["C1", "Maison Arc", "R1", dt.datetime(2026, 4, 2)],
        ["C2", "Sud", "R2", None],
        ["Est", "Est", None, dt.datetime(2026, 5, 4)],
    ]
