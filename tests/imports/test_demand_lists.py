"""Lists of orders and of stock: recognised, put into the lists of the allocation, taken back."""

import datetime as dt
import json

import pytest
from support.commands import run_command

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import new_workbook
from addin.imports.header_rows import Choices
from addin.imports.recognise import recognise
from addin.package import PackageBook
from addin.workbook.located_tables import Layout

TODAY = dt.date(2026, 11, 29)
FRENCH = (
    "N° commande;Code client;Désignation;Code article;Qté;Date de livraison\n"
    "1;C-1;Vélo;P;8,5;01/12/2026\n"
    "1;C-1;Vélo;P;8,5;01/12/2026\n"
    "2;C-2;Casque;Q;douze;\n"
    "3;C-2;Frais;;1;\n"
    ";Total;;;;\n"
)
ENGLISH = (
    "Order number,Customer,Item,Quantity,Requested delivery date,Unit price,Line total\n"
    "1,C-1,P,8.5,2026-12-01,10,85\n"
)
STOCK = {
    "fr": "Référence article;Libellé;Stock disponible\nP;Vélo;10\nQ;Casque;-2\n",
    "en": "SKU,On hand\nP,10\nQ,-2\n",
}


def kind_of(tmp_path, text, **choices):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return recognise(path, Choices(**choices))[0].kind


@pytest.mark.parametrize("text", [FRENCH, ENGLISH])
def test_a_list_of_orders_is_recognised_whatever_amounts_it_has(tmp_path, text):
    assert kind_of(tmp_path, text) == "orders"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_stock_is_recognised(tmp_path, language):
    assert kind_of(tmp_path, STOCK[language]) == "stock"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Invoice no,Invoice date,Order number,Customer code,Item,Quantity,Net amount", "ledger"),
        ("N° facture;Date facture;N° commande;Code client;Article;Quantité;Montant HT", "ledger"),
        ("Date,Customer code,Item,Quantity,Amount", "ledger"),
        ("Account,Name,Turnover,Potential,Product,Available", "accounts"),
    ],
)
def test_invoices_and_accounts_stay_what_they_are(tmp_path, header, kind):
    assert kind_of(tmp_path, header + "\n") == kind


def test_a_list_of_orders_whose_date_somebody_took_for_that_of_an_invoice_counts_as_sales(tmp_path):
    text = "Order number,Date,Customer,Item,Quantity,Amount\n1,2026-12-01,C-1,P,8,85\n"
    assert kind_of(tmp_path, text) == "orders"
    assert kind_of(tmp_path, text, remembered={"ledger": {"date": "date"}}) == "ledger"
    assert kind_of(tmp_path, text, told={"date": "date"}) == "ledger"
    assert kind_of(tmp_path, text, kind="ledger") == "ledger"


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "book.xlsx"
    client = catalogue(request.param).word("status", "client")
    new_workbook(path, request.param, [{"account": code, "status": client} for code in ("C-1", "C-2")])
    return path


def rows(book, name):
    return Layout(PackageBook(book).tables()).named[name].rows()


def load(book, capsys, text, *options, name="list.csv"):
    path = book.with_name(name)
    path.write_text(text, encoding="utf-8")
    return run_command(capsys, "import", book, path, *options, today=TODAY)


def test_lines_stand_in_the_list_as_the_file_has_them_and_the_import_is_taken_back(book, capsys):
    before = rows(book, "orders")
    code, out, _ = load(book, capsys, FRENCH, "--yes")
    assert code == 0
    found = rows(book, "orders")
    day = dt.datetime(2026, 12, 1)
    assert [[row[key] for key in ("order", "account", "product", "quantity", "due")] for row in found] == [
        ["1", "C-1", "P", 8.5, day],
        ["1", "C-1", "P", 8.5, day],
        ["2", "C-2", "Q", "douze", None],
    ]
    assert Layout(PackageBook(book).tables()).named["orders"].table.sheet in out
    code, out, _ = run_command(capsys, "allocate", book, "--json", today=TODAY)
    assert [row["reason"] for row in json.loads(out)["tables"]["Orders"]] == [
        *["product_unknown"] * 2,
        "no_quantity",
    ]
    assert run_command(capsys, "undo", book, today=TODAY)[0] == 0
    assert rows(book, "orders") == before


def test_a_quantity_that_is_no_number_comes_in_as_it_is_and_is_a_fault_with_its_cell(book, capsys):
    load(book, capsys, FRENCH, "--yes")
    run_command(capsys, "allocate", book, today=TODAY)
    (fault,) = [row for row in rows(book, "checks") if "douze" in str(row["finding"])]
    assert fault["cell"] == Layout(PackageBook(book).tables()).named["orders"].address(2, "quantity")


def test_all_lines_of_the_orders_it_names_give_way_and_no_others(book, capsys):
    load(book, capsys, FRENCH, "--yes")
    load(book, capsys, ENGLISH + "4,C-2,Q,1,,1,1\n", "--yes", name="later.csv")
    found = [(row["order"], row["account"], row["product"], row["quantity"]) for row in rows(book, "orders")]
    assert found == [("1", "C-1", "P", 8.5), ("2", "C-2", "Q", "douze"), ("4", "C-2", "Q", 1.0)]


def test_the_stock_of_the_products_it_names_gives_way_in_its_place(book, capsys):
    load(book, capsys, "Product,Available\nA,1\nP,2\n", "--yes")
    language = Layout(PackageBook(book).tables()).language
    load(book, capsys, STOCK[language], "--yes", name="later.csv")
    assert [(row["product"], row["available"]) for row in rows(book, "stock")] == [
        ("A", 1.0),
        ("P", 10.0),
        ("Q", -2.0),
    ]


def test_the_same_file_once_more_changes_nothing(book, capsys):
    load(book, capsys, FRENCH, "--yes")
    run_command(capsys, "allocate", book, today=TODAY)
    before = rows(book, "orders")
    load(book, capsys, FRENCH, "--yes")
    assert rows(book, "orders") == before


def test_a_file_of_which_no_line_is_used_changes_nothing(book, capsys):
    before = book.read_bytes()
    code, _, _ = load(book, capsys, FRENCH.splitlines(keepends=True)[0] + "3;C-2;Frais;;1;\n", "--yes")
    assert code == 0
    assert book.read_bytes() == before


def test_a_dry_run_tells_a_program_and_writes_nothing(book, capsys):
    before = book.read_bytes()
    code, out, _ = load(book, capsys, FRENCH, "--dry-run", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["listed"] == {"orders": {"added": 3, "replaced": 0, "removed": 0}}
    assert told["files"][0]["rows"] == {"read": 5, "used": 3, "set_aside": 2}
    assert book.read_bytes() == before


def test_what_a_list_lacks_is_named(book, capsys):
    code, _, err = load(book, capsys, "Customer code,Item,Quantity\nC-1,P,1\n", "--as", "orders")
    language = Layout(PackageBook(book).tables()).language
    assert code == 1
    assert catalogue(language).text("imports", "missing", "order_no") in err


def test_a_column_may_be_told(book, capsys):
    target = catalogue(Layout(PackageBook(book).tables()).language).text("fields", "roles", "order_no")
    text = "Ref,Customer code,Item,Quantity\n7,C-1,P,1\n"
    assert load(book, capsys, text, "--as", "orders", "--map", f"Ref={target}", "--yes")[0] == 0
    assert [row["order"] for row in rows(book, "orders")] == ["7"]
