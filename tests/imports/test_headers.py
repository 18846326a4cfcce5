"""Columns are known by their names, in either language, and a file is what its columns say."""

import datetime as dt

import pytest
from imports.harness import known, lines, put, sentences, sheet, taken, taken_from
from support.books import Tables

from addin.catalogue import LANGUAGES, catalogue
from addin.imports.headers import AGED
from addin.imports.importing import Options, look_at
from addin.refusals import Refusal
from scoring.terms import FIELDS, FilledBy

BY_PERSON = [
    key
    for key, field in FIELDS.items()
    if field.filled_by is FilledBy.PERSON and not key.startswith("forced")  # these are a decision, no fact
]


def recognised(folder, *headers, name="export.csv", tables=None, **options):
    """What a file with these headers is taken for: its kind, and the target of each header."""
    paths = put(folder, {name: lines(headers, sign=";")})
    (file,) = look_at((tables or Tables("en")).list(), paths, dt.date(2026, 6, 30), Options(**options)).files
    return file.kind, {match.header: match.target for match in file.matches}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_header_of_the_account_sheets_is_its_own_field_in_either_language(tmp_path, language):
    headers = catalogue(language).headers("accounts")
    kind, found = recognised(tmp_path, *headers.values())
    assert kind == "accounts"
    assert found == {headers[key]: key for key in BY_PERSON}


OF_LISTS = {
    "order_no": {"Account", "Product", "Quantity"},
    "product": {"Order", "Account", "Quantity"},
    "quantity": {"Order", "Account", "Product"},
    "order_due": {"Order", "Account", "Product", "Quantity"},
    "available": {"Product"},
}
"""What stands beside a column of a list of orders or of stock."""


@pytest.mark.parametrize("section", ["accounts", "roles"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_that_other_programs_use_is_understood(tmp_path, language, section):
    for target, names in catalogue(language).surface("fields")["also"][section].items():
        for name in names:
            others = (
                ["Account", "Turnover"] if section == "accounts" else ["Account", "Invoice date", "Amount"]
            )
            others = [] if target in ("account", "turnover", "date", "amount") else others
            beside = {
                "account": ["Potential", "Orders"],
                "turnover": ["Account", "Orders"],
                "date": ["Account", "Amount"],
                "amount": ["Account", "Invoice date"],
            }.get(target, others)
            in_lists = section == "accounts" or target in AGED
            kind = "accounts" if in_lists else "visits" if target == "visit" else "ledger"
            if target in OF_LISTS:
                kind, beside = "stock" if target == "available" else "orders", OF_LISTS[target]
            assert recognised(tmp_path, name, *beside, kind=kind)[1][name] == target, name


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("customerID", "account"),
        ("customer_id", "account"),
        ("CUSTOMER ID", "account"),
        ("N° client", "account"),
        ("n°client", "account"),
        ("No. client", "account"),
        ("NUMERO CLIENT", "account"),
        ("Numéro de client", "account"),
        ("companyName", "name"),
        ("PostalCode", "postcode"),
        ("N° SIRET", "company_no"),
        ("Chiffre d’affaires", "turnover"),
        ("CHIFFRE D'AFFAIRES (EUR)", "turnover"),
        ("lastVisit", "last_visit"),
        ("Derniere visite", "last_visit"),
        ("Echu impaye", "overdue"),
    ],
)
def test_capitals_signs_accents_and_units_of_a_header_do_not_matter(tmp_path, header, target):
    beside = ["Orders", "Account"] if target != "account" else ["Orders", "Potential"]
    assert recognised(tmp_path, header, *beside)[1][header] == target


@pytest.mark.parametrize("header", ["CUSTOMER-ID", "Code-client"])
def test_a_hyphen_between_words_is_a_blank(tmp_path, header):
    assert recognised(tmp_path, header, "Orders", "Potential")[1][header] == "account"


def test_a_number_sign_with_an_ordinal_o_is_one(tmp_path):
    assert recognised(tmp_path, "Account", "Nº SIRET")[1].get("Nº SIRET") == "company_no"


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Code cliant", "account"),
        ("Raison socialle", "name"),
        ("Turnovr", "turnover"),
        ("Potental", "potential"),
        ("Comercial", "rep"),
        ("Dernieres visites", "last_visit"),
        ("Pstcode", "postcode"),
    ],
)
def test_a_slip_of_the_pen_is_forgiven_and_said(tmp_path, header, target):
    beside = ["Orders", "Account"] if target != "account" else ["Orders", "Potential"]
    found = taken(tmp_path, lines([header, *beside], ["1", "2", "3"]))
    assert found.targets()[header] == target
    assert "alike" in found.guesses()
    assert header in found.said("fr")


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Late invoices",
            "CA N-3",
            "Turnover Y-3",
            "Turnover Y-1 margin",
            "Country",
        ),
        *(
            "Website",
            "Industry",
            "Annual revenue",
            "Note",
            "Tags",
            "Score",
            "Class",
            "Rank",
            "Trend",
            "Notes",
            "Marge",
            "Days",
        ),
        *(
            "Freight",
            "Tax amount",
            "Quantity",
            "Discount",
            "TVA",
            "Taux TVA",
            "Contact",
            "Site web",
        ),
    ],
)
def test_what_is_no_field_is_taken_for_none(tmp_path, header):
    assert header not in recognised(tmp_path, "Account", "Turnover", header)[1]


@pytest.mark.parametrize(
    ("header", "beside"),
    [("Mode", ["Name", "Turnover"]), ("Tier", ["Name", "Turnover"]), ("Rate", ["Account", "Amount", "Name"])],
)
def test_another_word_is_no_slip_of_the_pen(tmp_path, header, beside):
    assert header not in recognised(tmp_path, header, *beside)[1]


@pytest.mark.parametrize(
    ("headers", "amount"),
    [
        (("Total TTC", "Montant HT"), "Montant HT"),
        (("Montant TTC", "Montant TVA", "Total HT"), "Total HT"),
        (("Montant", "Montant HT"), "Montant HT"),
        (("Total TTC", "Total"), "Total"),
        (("Amount including tax", "Amount excluding tax"), "Amount excluding tax"),
        (("Amount", "Net amount"), "Net amount"),
        (("Montant TTC",), "Montant TTC"),
    ],
)
def test_amounts_without_tax_are_preferred(tmp_path, headers, amount):
    kind, found = recognised(tmp_path, "Code client", "Date facture", *headers)
    assert kind == "ledger"
    assert [header for header, target in found.items() if target == "amount"] == [amount]


@pytest.mark.parametrize(
    ("kind", "name", "headers"),
    [
        ("accounts", "export.csv", ("Account", "Name")),
        ("accounts", "export.csv", ("Nom", "CA N", "CA N-1")),
        ("accounts", "export.csv", ("Account", "Last purchase", "Last visit", "Orders")),
        ("accounts", "export.csv", ("Compte", "Encours", "Échu", "Date dernière facture")),
        ("ledger", "export.csv", ("Account", "Invoice date", "Amount")),
        ("ledger", "export.csv", ("Code client", "Date facture", "Échéance", "Montant HT", "Réglé le")),
        ("ledger", "export.csv", ("orderID", "customerID", "orderDate", "freight")),
        ("ledger", "export.csv", ("Client", "Year", "Turnover amount")),
        ("visits", "export.csv", ("Account", "Date of visit")),
        ("visits", "export.csv", ("Code client", "Date de visite", "Commercial")),
        ("visits", "Visites_2025.csv", ("Code client", "Date", "Commercial")),
        ("visits", "tournee mai.csv", ("Code client", "Date")),
        ("fec", "fec.txt", ()),
    ],
)
def test_a_file_is_what_its_columns_say(tmp_path, kind, name, headers):
    fec = (
        "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef "
    )
    fec += "PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise"
    told = "ledger" if "orderID" in headers else None  # orders are sales where somebody says so
    assert recognised(tmp_path, *(headers or fec.split()), name=name, kind=told)[0] == kind


def test_each_file_is_said_to_be_what_it_is_before_anything_is_done(tmp_path):
    found = taken(
        tmp_path,
        {
            "a.csv": lines(["Account", "Name"], ["A", "a"]),
            "i.csv": lines(["Account", "Invoice date", "Amount"], ["A", "2026-06-30", 1]),
            "v.csv": lines(["Account", "Date of visit"], ["A", "2026-06-30"]),
        },
    )
    assert "a.csv: accounts\n" in found.said("en")
    assert "i.csv\u00a0: factures\n" in found.said("fr")
    assert "v.csv\u00a0: visites\n" in found.said("fr")


class TestWhatAPersonSays:
    def test_a_column_goes_where_it_is_told_to(self, tmp_path):
        columns = {"Kunde": "Account", "Umsatz": "CA N", "Ort": "Sector"}
        found = taken(tmp_path, lines(["Kunde", "Umsatz", "Ort"], ["A", "1,5", "Sud"]), columns=columns)
        assert found["A"].items() >= {"turnover": 1.5, "sector": "Sud"}.items()
        assert "(as you said)" in found.said("en")

    def test_what_is_told_comes_before_the_name(self, tmp_path):
        content = lines(["Account", "Sales", "Turnover"], ["A", 1, 2])
        assert taken(tmp_path, content, columns={"sales": "Turnover"})["A"]["turnover"] == 1.0

    @pytest.mark.parametrize("said", ["(not imported)", "(non importé)", "-"])
    def test_a_column_can_be_left_out(self, tmp_path, said):
        found = taken(
            tmp_path, lines(["Account", "Name", "Turnover"], ["A", "a", 1]), columns={"Turnover": said}
        )
        assert "turnover" not in found["A"]
        assert "Not imported: Turnover" in found.said("en")

    def test_a_column_of_invoices_can_be_told(self, tmp_path):
        columns = {"Wann": "Invoice date", "Wieviel": "Montant"}
        found = taken(
            tmp_path, lines(["Account", "Wann", "Wieviel"], ["A", "2026-06-30", 1]), columns=columns
        )
        assert found.report.kind == "ledger"
        assert found["A"]["last_purchase"] == dt.datetime(2026, 6, 30)

    def test_the_kind_of_all_files_can_be_told(self, tmp_path):
        assert recognised(tmp_path, "Account", "Turnover", "Date", "Amount", kind="accounts")[0] == "accounts"
        assert recognised(tmp_path, "Account", "Turnover", "Date", "Amount")[0] == "ledger"

    def test_a_column_that_there_is_not_is_refused(self, tmp_path):
        for options in ({"columns": {"Name": "Colour"}}, {"keep": ["Colour"]}, {"overwrite": ["Colour"]}):
            with pytest.raises(Refusal, match="import_no_field") as refused:
                taken(tmp_path, lines(["Account", "Name"], ["A", "a"]), **options)
            assert "Colour" in sentences(refused.value)["fr"]

    def test_a_header_that_no_file_has_is_refused(self, tmp_path):
        with pytest.raises(Refusal):
            taken(tmp_path, lines(["Account", "Name"], ["A", "a"]), columns={"Turnovre": "Turnover"})

    def test_a_column_of_the_company_takes_the_column_of_its_name(self, tmp_path):
        tables = Tables("en").add_column("Clients", "Région")
        found = taken(tmp_path, lines(["Account", "Name", "REGION"], ["A", "a", "Sud"]), tables)
        assert found["A"]["+region"] == "Sud"
        told = taken(
            tmp_path, lines(["Account", "Area 51"], ["A", "Nord"]), tables, columns={"Area 51": "Région"}
        )
        assert told["A"]["+region"] == "Nord"


class TestWhatTheWorkbookRemembers:
    CONTENT = lines(["Kunde", "Name", "Umsatz", "Ort"], ["A", "a", 5, "Sud"])
    TOLD = {"Kunde": "Account", "Umsatz": "Turnover", "Ort": "Sector"}  # noqa: RUF012 - never changed

    def remembering(self, folder, *corrected, language="en"):
        """Tables after an import, with rows of its remembered columns corrected."""
        found = taken(folder, self.CONTENT, Tables(language), columns=self.TOLD)
        tables = Tables(language)
        tables.tables = {table.name: table for table in found.after}
        name = next(table.name for table in found.after if table.name.casefold() == "importcolumns")
        headers = {key: at for at, key in enumerate(("kind", "source", "target", "known"))}
        table = tables.tables[name]
        for source, key, cell in corrected:
            row = table.columns[headers["source"]].index(source)
            table.columns[headers[key]][row] = cell
        return tables

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_columns_of_a_file_stand_on_the_sheet_with_what_they_are(self, tmp_path, language):
        words = catalogue(language)
        rows = taken(tmp_path, self.CONTENT, Tables(language), columns=self.TOLD).rows_of("importcolumns")
        assert {row["kind"] for row in rows} == {words.word("file_kind", "accounts")}
        assert {row["source"]: row["target"] for row in rows} == {
            "Kunde": words.header("accounts", "account"),
            "Name": words.header("accounts", "name"),
            "Umsatz": words.header("accounts", "turnover"),
            "Ort": words.header("accounts", "sector"),
        }

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_next_file_needs_no_telling(self, tmp_path, language):
        tables = self.remembering(tmp_path, language=language)
        found = taken(tmp_path, lines(["Umsatz", "kunde", "Ort"], [7, "B", "Ost"]), tables)
        assert found["B"].items() >= {"turnover": 7.0, "sector": "Ost"}.items()
        assert "(as on the sheet Import columns)" in found.said("en")

    def test_a_corrected_row_counts(self, tmp_path):
        tables = self.remembering(tmp_path, ("Umsatz", "target", "Potential"))
        found = taken(tmp_path, lines(["Kunde", "Umsatz"], ["B", 7]), tables)
        assert found["B"]["potential"] == 7.0
        assert "turnover" not in found["B"]

    def test_what_is_told_now_comes_before_what_is_remembered(self, tmp_path):
        tables = self.remembering(tmp_path)
        found = taken(tmp_path, lines(["Kunde", "Umsatz"], ["B", 7]), tables, columns={"Umsatz": "Potential"})
        assert found["B"]["potential"] == 7.0

    def test_a_row_that_says_not_imported_leaves_the_column_out(self, tmp_path):
        tables = self.remembering(tmp_path, ("Umsatz", "target", "(not imported)"))
        found = taken(tmp_path, lines(["Kunde", "Ort", "Umsatz"], ["B", "Sud", 7]), tables)
        assert "turnover" not in found["B"]

    def test_a_row_of_no_kind_of_file_is_as_if_it_were_not_there(self, tmp_path):
        tables = self.remembering(tmp_path, ("Umsatz", "kind", "whatever"), ("Ort", "kind", None))
        found = taken(tmp_path, lines(["Kunde", "Name", "Umsatz", "Ort"], ["B", "b", 7, "Sud"]), tables)
        assert found["B"].keys() == {"table", "account", "name", "status"}

    def test_a_target_that_is_none_is_refused_where_a_file_has_the_column(self, tmp_path):
        tables = self.remembering(tmp_path, ("Umsatz", "target", "Colour"))
        with pytest.raises(Refusal) as refused:
            taken(tmp_path, lines(["Kunde", "Name", "Umsatz"], ["B", "b", 7]), tables)
        assert refused.value.code == "import_remembered"
        assert refused.value.details.keys() == {"header", "target", "sheet", "cell"}
        without = taken(tmp_path, lines(["Kunde", "Name"], ["B", "b"]), tables)
        assert without["B"]["name"] == "b"
        told = taken(tmp_path, lines(["Kunde", "Umsatz"], ["B", 7]), tables, columns={"Umsatz": "Potential"})
        assert told["B"]["potential"] == 7.0

    def test_columns_are_remembered_once(self, tmp_path):
        tables = self.remembering(tmp_path)
        found = taken(tmp_path, lines(["Kunde", "Name", "Umsatz"], ["B", "b", 7]), tables)
        assert len(found.rows_of("importcolumns")) == 4


FEC = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate"
    "|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("e.csv", "Journal;Compte;Date;Débit;Crédit\nVE;411;2026-01-01;1;0\n", "entries_without_fec"),
        ("e.csv", "Account;Date;Debit;Credit;Amount\n411;2026-01-01;1;0;1\n", "entries_without_fec"),
        ("e.csv", "Compte;Date;Sens;Montant\n411;2026-01-01;D;1\n", "entries_without_fec"),
        ("e.csv", "Fruit;Colour\napple;red\n", "import_of_no_kind"),
        ("e.csv", "Account\nA\n", "import_lacks_columns"),
        ("e.csv", "Turnover;Potential\n1;2\n", "import_of_no_kind"),
        ("e.csv", "just one line of text", "import_of_no_kind"),
        ("e.txt", FEC.replace("|Debit|Credit", "") + "\n", "fec_columns_missing"),
        ("e.txt", FEC.replace("EcritureNum|", "") + "\n", "fec_columns_missing"),
        ("e.txt", FEC.replace("CompAuxNum|", "") + "\n", "fec_columns_missing"),
        ("e.csv.gz", "\x1f", "import_packed"),
        ("e.zip", "PK", "import_packed"),
        ("e.pdf", "%PDF", "export_of_unknown_kind"),
        ("e", "Account;Name\nA;a\n", "export_of_unknown_kind"),
        ("e.xlsx", "no workbook", "import_of_no_kind"),
        ("e.xlsx", b"PK\x03\x04 no workbook", "damaged"),
        ("e.xlsx", sheet([["Row Labels", "Sum of Turnover"], ["C1", 5]]), "import_of_pivot"),
        ("e.xlsx", sheet([["Fruit", "Colour"], ["apple", "red"]]), "import_of_no_kind"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_words(tmp_path, name, content, code):
    with pytest.raises(Refusal, match=code) as refused:
        taken(tmp_path, content, name=name)
    assert all(name in text for text in sentences(refused.value).values())


def test_a_refusal_of_headers_names_them_and_says_what_to_type(tmp_path):
    with pytest.raises(Refusal) as refused:
        taken(tmp_path, lines(["Fruit", "Colour"], ["apple", "red"]))
    texts = sentences(refused.value)
    assert "Its headers: Fruit, Colour" in texts["en"]
    assert '--map "Fruit=Account"' in texts["en"]
    assert '--map "Fruit=Compte"' in texts["fr"]


def test_missing_columns_of_a_fec_are_named(tmp_path):
    with pytest.raises(Refusal) as refused:
        taken(tmp_path, FEC.replace("EcritureNum|", "").replace("|Debit|Credit", ""), name="e.txt")
    assert all("EcritureNum, Debit, Credit" in text for text in sentences(refused.value).values())


@pytest.mark.parametrize("kind", ["accounts", "ledger", "fec", "visits"])
def test_a_file_that_is_not_what_it_is_told_to_be_is_refused(tmp_path, kind):
    with pytest.raises(Refusal, match="fec_columns_missing" if kind == "fec" else "import_of_no_kind"):
        taken(tmp_path, lines(["Fruit", "Colour"], ["apple", "red"]), kind=kind)


def test_folders_missing_files_and_files_named_twice_are_refused(tmp_path):
    (path,) = put(tmp_path, {"a.csv": lines(["Account", "Name"], ["A", "a"])})
    for paths, code in (
        ([tmp_path], "import_of_folder"),
        ([tmp_path / "none.csv"], "not_found"),
        ([path, path], "import_file_twice"),
        ([path, tmp_path / ".." / tmp_path.name / "a.csv"], "import_file_twice"),
    ):
        with pytest.raises(Refusal, match=code) as refused:
            taken_from(paths)
        sentences(refused.value)


def test_a_workbook_without_account_sheets_takes_no_import(tmp_path):
    tables = Tables("en")
    for name in ("Clients", "Prospects"):
        tables.drop_column(name, "score")
    with pytest.raises(Refusal, match="import_without_accounts"):
        taken(tmp_path, lines(["Account", "Name"], ["A", "a"]), tables)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("reference_date", "soon"),
        ("periods", "weeks"),
        ("year_end", 13.0),
        ("year_end", 1.5),
        ("payment_terms", -1.0),
        ("payment_terms", "a month"),
    ],
)
def test_a_setting_that_cannot_be_read_stops_the_import_at_its_cell(tmp_path, setting, value):
    tables = Tables("en").setting(setting, value)
    with pytest.raises(Refusal, match="import_setting") as refused:
        taken(tmp_path, lines(["Account", "Name"], ["A", "a"]), tables)
    text = sentences(refused.value)["fr"]
    name = catalogue("en").surface("fields")["setting_names"][setting]
    row = tables.find("Settings", "setting", name)
    assert name in text
    assert tables.address("Settings", row, "value") in text


def test_files_without_codes_go_by_the_names_of_the_workbook(tmp_path):
    tables = known(clients=[{"account": "C1", "name": "Café Élan"}, {"account": "C2", "name": "Twin"}])
    tables.set("Clients", 2, "account", "C3").set("Clients", 2, "name", "Twin")
    found = taken(tmp_path, lines(["Name", "Turnover"], ["CAFE ELAN", 1], ["New", 2], ["Twin", 3]), tables)
    assert found.column("turnover") == {"C1": 1.0, "New": 2.0, "Twin": 3.0}
    assert "by_name" in found.guesses()


def test_accounts_found_by_name_are_listed_by_their_code(tmp_path):
    tables = known(clients=[{"account": "C1", "name": "Alpha"}])
    found = taken(tmp_path, lines(["Name", "Turnover"], ["Alpha", 1]), tables)
    assert found.done.merged.changed == ["C1"]
