"""Small exports as the commonest programs write them: made-up companies, the headers of each program."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Export:
    """A list of accounts or of invoices, and what is to be read from it.

    ``columns`` says what each header that matters is; ``accounts`` and ``rows`` what becomes of them.
    """

    program: str
    kind: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    columns: dict[str, str]
    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    sign: str = ";"
    left_out: tuple[str, ...] = ()

    @property
    def name(self):
        """What the test is called."""
        return f"{self.program}-{self.kind}"


def accounts(program, headers, rows, columns, found, sign=";", left_out=()):
    """A list of accounts."""
    rows = tuple(map(tuple, rows))
    return Export(program, "accounts", tuple(headers.split("|")), rows, columns, found, sign, left_out)


def invoices(program, headers, rows, columns, found, sign=";", left_out=()):
    """A list of invoices."""
    rows = tuple(map(tuple, rows))
    return Export(program, "ledger", tuple(headers.split("|")), rows, columns, found, sign, left_out)


ALPHA = {"table": "Clients", "status": "Client", "name": "ALPHA SAS"}
BETA = {"table": "Prospects", "status": "Prospect", "name": "BETA SARL"}

LISTS = [
    accounts(
        "sage-100",
        "CT_Num|CT_Intitule|CT_Type|CT_CodePostal|CT_Ville|CT_Telephone|CT_EMail|CT_Siret",
        [
            ("ALPHA", "ALPHA SAS", "0", "69003", "LYON", "0102030405", "a@example.com", "40483304800022"),
            ("FOURNI", "PAPETERIE", "1", "75001", "PARIS", "", "", ""),
        ],
        {"CT_Num": "account", "CT_Intitule": "name", "CT_Type": "status", "CT_CodePostal": "postcode"},
        {"ALPHA": {**ALPHA, "town": "LYON", "phone": "0102030405", "email": "a@example.com"}},
        "\t",
        ("no_client",),
    ),
    accounts(
        "sage-50",
        "N° compte|Intitulé|Qualité|Code postal|Ville|Téléphone|Représentant|N° SIRET",
        [
            ("00101", "ALPHA SAS", "Client", "69003", "Lyon", "04 72 00 10 20", "Rep One", ""),
            ("00102", "BETA SARL", "Prospect", "01000", "Bourg", "", "Rep Two", ""),
        ],
        {"N° compte": "account", "Intitulé": "name", "Qualité": "status", "Représentant": "rep"},
        {"00101": {**ALPHA, "postcode": "69003", "rep": "Rep One"}, "00102": BETA},
    ),
    accounts(
        "ebp",
        "Code (tiers)|Nom|Adresse 1 (facturation)|Code postal (facturation)|Ville (facturation)"
        "|Téléphone fixe"
        "|Code commercial/collaborateur|N° TVA intracommunautaire",
        [("CL0001", "ALPHA SAS", "1 rue A", "01000", "Bourg", "0102030405", "REP1", "FR83404833048")],
        {"Code (tiers)": "account", "Nom": "name", "Code postal (facturation)": "postcode"},
        {
            "CL0001": {
                **ALPHA,
                "postcode": "01000",
                "town": "Bourg",
                "rep": "REP1",
                "company_no": "FR83404833048",
            }
        },
    ),
    accounts(
        "cegid",
        "T_TIERS|T_LIBELLE|T_NATUREAUXI|T_CODEPOSTAL|T_VILLE|T_REPRESENTANT|T_SIRET",
        [
            ("C001", "ALPHA SAS", "CLI", "69003", "Lyon", "R1", ""),
            ("C002", "BETA SARL", "PRO", "75001", "Paris", "R1", ""),
        ],
        {"T_TIERS": "account", "T_LIBELLE": "name", "T_NATUREAUXI": "status", "T_REPRESENTANT": "rep"},
        {"C001": ALPHA, "C002": BETA},
    ),
    accounts(
        "ciel",
        "Code client|Nom/Société|Représentant|Adr. code postal|Adr. ville|Téléphone 1",
        [("CLI001", "ALPHA SAS", "Rep One", "69003", "Lyon", "0102030405")],
        {
            "Code client": "account",
            "Nom/Société": "name",
            "Adr. code postal": "postcode",
            "Représentant": "rep",
        },
        {"CLI001": {**ALPHA, "town": "Lyon", "phone": "0102030405"}},
    ),
    accounts(
        "dolibarr-fr",
        "Id|Nom|Code client|Client / Prospect|Code postal|Ville|Téléphone|Email|Etat|Commerciaux affectés",
        [
            ("12", "ALPHA SAS", "CU2401-00012", "1", "69003", "Lyon", "", "", "1", "Rep One"),
            ("13", "BETA SARL", "CU2402-00013", "2", "01000", "Bourg", "", "", "1", ""),
            ("14", "GAMMA", "CU2402-00014", "3", "01000", "Bourg", "", "", "1", ""),
            ("15", "Papeterie", "", "0", "01000", "Bourg", "", "", "1", ""),
        ],
        {
            "Code client": "account",
            "Nom": "name",
            "Client / Prospect": "status",
            "Commerciaux affectés": "rep",
        },
        {"CU2401-00012": ALPHA, "CU2402-00013": BETA, "CU2402-00014": {"status": "Client"}},
        ",",
        ("no_client",),
    ),
    accounts(
        "dolibarr-en",
        "Id|Third-party name|Customer Code|Prospect / Customer|Zip Code|Town|Phone|Email"
        "|VAT ID|Sales representatives",
        [
            ("12", "ALPHA SAS", "CU1", "Customer", "69003", "Lyon", "", "", "", "Rep One"),
            ("13", "BETA SARL", "CU2", "Prospect", "01000", "Bourg", "", "", "", ""),
        ],
        {
            "Customer Code": "account",
            "Third-party name": "name",
            "Prospect / Customer": "status",
            "Town": "town",
        },
        {"CU1": {**ALPHA, "rep": "Rep One"}, "CU2": BETA},
        ",",
    ),
    accounts(
        "odoo-fr",
        "ID externe|Nom d'affichage|Référence|Rue|Code postal|Ville|E-mail|Vendeur"
        "|Numéro de TVA|Total à recevoir",
        [
            (
                "__export__.res_partner_7_ab12",
                "ALPHA SAS",
                "C0001",
                "1 rue A",
                "59000",
                "Lille",
                "",
                "Rep One",
                "",
                "1200.5",
            )
        ],
        {
            "Référence": "account",
            "Nom d'affichage": "name",
            "Vendeur": "rep",
            "Total à recevoir": "open_amount",
        },
        {"C0001": {**ALPHA, "open_amount": 1200.5, "address": "1 rue A"}},
        ",",
    ),
    accounts(
        "odoo-en",
        "External ID|Display Name|Reference|Street|Zip|City|Email|Salesperson|Tax ID",
        [
            (
                "__export__.res_partner_7_ab12",
                "ALPHA SAS",
                "C0001",
                "1 rue A",
                "59000",
                "Lille",
                "a@example.com",
                "Rep One",
                "",
            )
        ],
        {"Reference": "account", "Display Name": "name", "Salesperson": "rep", "Zip": "postcode"},
        {"C0001": {**ALPHA, "email": "a@example.com"}},
        ",",
    ),
    accounts(
        "sellsy",
        "ID Sellsy|Référence|Nom de la société|Type|Code postal facturation|Ville facturation"
        "|Propriétaire|Siren",
        [
            ("4711", "CLI-001", "ALPHA SAS", "Client", "69003", "Lyon", "Rep One", ""),
            ("4712", "CLI-002", "BETA SARL", "Prospect", "75001", "Paris", "Rep One", ""),
        ],
        {"Référence": "account", "Nom de la société": "name", "Type": "status", "Propriétaire": "rep"},
        {"CLI-001": ALPHA, "CLI-002": BETA},
    ),
    accounts(
        "axonaut",
        "Nom de la société|Numéro client|Est client|Adresse - Code postal|Adresse - Ville|Chargé d'affaires",
        [
            ("ALPHA SAS", "CL-1", "Oui", "69003", "Lyon", "Rep One"),
            ("BETA SARL", "CL-2", "Non", "75001", "Paris", ""),
        ],
        {"Nom de la société": "name", "Numéro client": "account", "Est client": "status"},
        {"CL-1": {**ALPHA, "rep": "Rep One", "town": "Lyon"}, "CL-2": BETA},
    ),
    accounts(
        "pennylane",
        "Nom du client|Référence externe|Adresse de facturation|Code postal de facturation"
        "|Ville de facturation|Emails",
        [("ALPHA SAS", "EXT-1", "1 rue A", "69003", "Lyon", "a@example.com")],
        {"Nom du client": "name", "Référence externe": "account", "Code postal de facturation": "postcode"},
        {"EXT-1": {**ALPHA, "address": "1 rue A"}},
        ",",
    ),
    accounts(
        "quickbooks",
        "Customer full name|Phone numbers|Email|Billing street|Billing city|Billing ZIP|Open balance",
        [
            ("ALPHA SAS", "01 02", "a@example.com", "1 rue A", "Lyon", "69003", "1200.50"),
            ("Beta Ltd", "", "", "", "", "", "7.25"),
        ],
        {"Customer full name": "name", "Billing ZIP": "postcode", "Open balance": "open_amount"},
        {"ALPHA SAS": {"table": "Clients", "town": "Lyon", "open_amount": 1200.5}},
        ",",
    ),
    accounts(
        "xero",
        "*ContactName|AccountNumber|EmailAddress|POAddressLine1|POCity|POPostalCode|PhoneNumber|TaxNumber",
        [("ALPHA SAS", "A001", "a@example.com", "1 rue A", "Lyon", "69003", "", "FR83404833048")],
        {"*ContactName": "name", "AccountNumber": "account", "POPostalCode": "postcode", "POCity": "town"},
        {"A001": {**ALPHA, "company_no": "FR83404833048"}},
        ",",
    ),
    accounts(
        "erpnext",
        "ID|Customer Name|Customer Group|Territory|Account Manager|Tax ID|Mobile No|Email Id",
        [("CUST-0001", "ALPHA SAS", "Commercial", "France", "Rep One", "", "", "a@example.com")],
        {"ID": "account", "Customer Name": "name", "Territory": "sector", "Account Manager": "rep"},
        {"CUST-0001": {**ALPHA, "sector": "France"}},
        ",",
    ),
    accounts(
        "zoho",
        "Record Id|Account Name|Account Number|Account Type|Account Owner|Billing Street"
        "|Billing City|Billing Code|Phone",
        [
            (
                "zcrm_4150868000000379005",
                "ALPHA SAS",
                "A-1",
                "Customer",
                "Rep One",
                "1 rue A",
                "Lyon",
                "69003",
                "",
            ),
            ("zcrm_4150868000000379006", "BETA SARL", "A-2", "Prospect", "Rep One", "", "", "", ""),
            ("zcrm_4150868000000379007", "Rival", "A-3", "Competitor", "Rep One", "", "", "", ""),
        ],
        {
            "Account Number": "account",
            "Account Name": "name",
            "Account Type": "status",
            "Billing Code": "postcode",
        },
        {"A-1": ALPHA, "A-2": BETA},
        ",",
        ("no_client",),
    ),
    accounts(
        "hubspot-en",
        "Record ID|Company name|Company owner|Phone Number|City|Postal Code|Annual Revenue|Lifecycle Stage",
        [
            ("9870123401", "ALPHA SAS", "Rep One", "", "Lyon", "69003", "1250000", "Customer"),
            ("9870123402", "BETA SARL", "Rep Two", "", "Paris", "75011", "", "Sales Qualified Lead"),
        ],
        {"Record ID": "account", "Company name": "name", "Company owner": "rep", "Lifecycle Stage": "status"},
        {"9870123401": ALPHA, "9870123402": BETA},
        ",",
    ),
    accounts(
        "hubspot-fr",
        "ID de fiche d'informations|Nom de l'entreprise|Propriétaire de l'entreprise|Ville"
        "|Code postal|Phase du cycle de vie",
        [
            ("9870123401", "ALPHA SAS", "Rep One", "Lyon", "69003", "Client"),
            ("9870123402", "BETA SARL", "Rep Two", "Paris", "75011", "Lead"),
        ],
        {
            "ID de fiche d'informations": "account",
            "Nom de l'entreprise": "name",
            "Phase du cycle de vie": "status",
        },
        {"9870123401": {**ALPHA, "rep": "Rep One"}, "9870123402": BETA},
        ",",
    ),
    accounts(
        "salesforce-en",
        "Account ID|Account Name|Account Number|Type|Account Owner|Billing City"
        "|Billing Zip/Postal Code|Phone",
        [
            ("0015g00000AbCdEAAV", "ALPHA SAS", "A-001", "Customer - Direct", "Rep One", "Lyon", "69003", ""),
            ("0015g00000AbCdFAAV", "BETA SARL", "A-002", "Prospect", "Rep Two", "Paris", "75011", ""),
        ],
        {"Account Number": "account", "Account Name": "name", "Type": "status", "Account Owner": "rep"},
        {"A-001": ALPHA, "A-002": BETA},
        ",",
    ),
    accounts(
        "salesforce-fr",
        "Nom du compte|Numéro de compte|Type|Propriétaire du compte|Ville de facturation"
        "|Code postal de facturation",
        [("ALPHA SAS", "A-001", "Client - Direct", "Rep One", "Lyon", "69003")],
        {"Numéro de compte": "account", "Nom du compte": "name", "Propriétaire du compte": "rep"},
        {"A-001": {**ALPHA, "postcode": "69003"}},
    ),
    accounts(
        "dynamics-en",
        "(Do Not Modify) Account|(Do Not Modify) Row Checksum|Account Name|Account Number|Main Phone"
        "|Address 1: City"
        "|Address 1: ZIP/Postal Code|Owner|Relationship Type|Status",
        [
            (
                "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                "aGk=",
                "ALPHA SAS",
                "ACC-1",
                "",
                "Lyon",
                "69003",
                "Rep One",
                "Customer",
                "Active",
            ),
            (
                "3f2504e0-4f89-11d3-9a0c-0305e82c3302",
                "aGl=",
                "BETA SARL",
                "ACC-2",
                "",
                "Paris",
                "75011",
                "Rep Two",
                "Prospect",
                "Active",
            ),
        ],
        {"Account Number": "account", "Account Name": "name", "Address 1: City": "town", "Owner": "rep"},
        {"ACC-1": ALPHA, "ACC-2": BETA},
        ",",
    ),
    accounts(
        "dynamics-fr",
        "(Ne pas modifier) Compte|Nom du compte|Numéro de compte|Téléphone principal|Adresse 1 : Ville"
        "|Adresse 1 : Code postal|Propriétaire|Type de relation",
        [
            (
                "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                "ALPHA SAS",
                "ACC-1",
                "",
                "Lyon",
                "69003",
                "Rep One",
                "Client",
            )
        ],
        {"Numéro de compte": "account", "Nom du compte": "name", "Adresse 1 : Code postal": "postcode"},
        {"ACC-1": {**ALPHA, "town": "Lyon"}},
    ),
    accounts(
        "business-central",
        "No.|Name|Salesperson Code|Post Code|City|Phone No.|Balance (LCY)",
        [
            ("10000", "ALPHA SAS", "R1", "69003", "Lyon", "0102", "1200.50"),
            ("20000", "Beta", "R1", "", "", "", "7.25"),
        ],
        {"No.": "account", "Name": "name", "Salesperson Code": "rep", "Balance (LCY)": "open_amount"},
        {"10000": {**ALPHA, "open_amount": 1200.5}},
        ",",
    ),
    accounts(
        "pipedrive-fr",
        "Organisation - ID|Organisation - Nom|Organisation - Étiquette"
        "|Organisation - Propriétaire|Organisation - Adresse",
        [
            ("101", "ALPHA SAS", "Client", "Rep One", "1 rue A"),
            ("102", "BETA SARL", "Prospect chaud", "Rep Two", ""),
        ],
        {"Organisation - ID": "account", "Organisation - Nom": "name", "Organisation - Étiquette": "status"},
        {"101": {**ALPHA, "rep": "Rep One"}, "102": BETA},
        ",",
    ),
]

OPEN = {"open_amount": 120.0}

INVOICES = [
    invoices(
        "sage-100",
        "DO_Piece|DO_Date|DO_Tiers|CT_Intitule|DO_TotalHT|DO_TotalTTC|DO_Type",
        [
            ("FA001", "15/03/2026", "ALPHA", "ALPHA SAS", "100,00", "120,00", "6"),
            ("BC001", "25/03/2026", "ALPHA", "ALPHA SAS", "900,00", "1080,00", "1"),
        ],
        {
            "DO_Tiers": "account",
            "DO_Date": "date",
            "DO_TotalHT": "amount",
            "DO_TotalTTC": "gross",
            "DO_Piece": "number",
        },
        {"ALPHA": {"name": "ALPHA SAS"}},
        "\t",
        ("no_sale",),
    ),
    invoices(
        "sage-100-entries",
        "JO_Num|EC_Date|EC_Piece|CT_Num|EC_Intitule|EC_Sens|EC_Montant|EC_Echeance|EC_Lettrage",
        [
            ("VTE", "15/03/2026", "1", "ALPHA", "Facture FA001", "0", "120,00", "14/04/2026", ""),
            ("BQ", "25/03/2026", "2", "ALPHA", "Virement", "1", "20,00", "", ""),
        ],
        {
            "CT_Num": "account",
            "EC_Date": "date",
            "EC_Sens": "side",
            "EC_Montant": "amount",
            "JO_Num": "journal",
        },
        {"ALPHA": {"open_amount": 100.0}},
    ),
    invoices(
        "ebp",
        "Numéro du document|Date du document|Code client|Nom du client|Total HT net"
        "|Total TTC net|Solde dû net",
        [
            ("FA001", "15/03/2026", "CL1", "ALPHA SAS", "100,00", "120,00", "120,00"),
            ("FA002", "25/03/2026", "CL1", "ALPHA SAS", "50,00", "60,00", "0,00"),
        ],
        {
            "Code client": "account",
            "Date du document": "date",
            "Total HT net": "amount",
            "Solde dû net": "outstanding",
        },
        {"CL1": OPEN},
    ),
    invoices(
        "cegid",
        "GP_NUMERO|GP_DATEPIECE|GP_TIERS|GP_NATUREPIECEG|GP_TOTALHT|GP_TOTALTTC|GP_DATEECHEANCE",
        [
            ("1", "15/03/2026", "C001", "FAC", "100,00", "120,00", "14/04/2026"),
            ("2", "25/03/2026", "C001", "CC", "900,00", "1080,00", ""),
        ],
        {
            "GP_TIERS": "account",
            "GP_DATEPIECE": "date",
            "GP_TOTALHT": "amount",
            "GP_NATUREPIECEG": "document",
        },
        {"C001": {}},
        ";",
        ("no_sale",),
    ),
    invoices(
        "ciel",
        "N° pièce|Date|Code client|Nom du client|Total HT|Total TTC|Reste dû (pièce)",
        [
            ("F1", "15/03/2026", "CLI1", "ALPHA SAS", "100,00", "120,00", "120,00"),
            ("F2", "25/03/2026", "CLI1", "ALPHA SAS", "50,00", "60,00", "0,00"),
        ],
        {
            "Code client": "account",
            "N° pièce": "number",
            "Total HT": "amount",
            "Reste dû (pièce)": "outstanding",
        },
        {"CLI1": OPEN},
    ),
    invoices(
        "dolibarr-en",
        "Invoice ref.|Invoice date|Payment due on|Third party|Amount (excl. tax)"
        "|Amount (inc. tax)|Remaining unpaid|Invoice status",
        [
            ("FA1", "2026-03-15", "2026-04-14", "ALPHA SAS", "100.00", "120.00", "120.00", "Unpaid"),
            ("FA2", "2026-03-16", "2026-04-14", "ALPHA SAS", "50.00", "60.00", "0.00", "Paid"),
        ],
        {
            "Third party": "name",
            "Amount (excl. tax)": "amount",
            "Amount (inc. tax)": "gross",
            "Payment due on": "due",
        },
        {"ALPHA SAS": OPEN},
        ",",
    ),
    invoices(
        "odoo-fr",
        "Numéro|Nom d'affichage du partenaire de la facture|Date de facturation"
        "|Date d'échéance|Montant hors taxes signé|Total signé|Montant dû signé"
        "|Statut de paiement|Statut",
        [
            (
                "FAC/1",
                "ALPHA SAS",
                "2026-03-15",
                "2026-04-14",
                "100.00",
                "120.00",
                "120.00",
                "Non payées",
                "Comptabilisé",
            ),
            (
                "FAC/2",
                "ALPHA SAS",
                "2026-03-16",
                "2026-04-14",
                "50.00",
                "60.00",
                "0.00",
                "Payé",
                "Comptabilisé",
            ),
            (
                "FAC/3",
                "ALPHA SAS",
                "2026-03-16",
                "2026-04-14",
                "900.00",
                "1080.00",
                "1080.00",
                "Non payées",
                "Brouillon",
            ),
        ],
        {"Numéro": "number", "Montant hors taxes signé": "amount", "Montant dû signé": "outstanding"},
        {"ALPHA SAS": OPEN},
        ",",
        ("left_out",),
    ),
    invoices(
        "odoo-en",
        "Number|Invoice Partner Display Name|Invoice/Bill Date|Due Date|Tax Excluded|Total"
        "|Amount Due|Payment Status",
        [
            ("INV/1", "ALPHA SAS", "2026-03-15", "2026-04-14", "100.00", "120.00", "120.00", "Not Paid"),
            ("INV/2", "ALPHA SAS", "2026-03-16", "2026-04-14", "50.00", "60.00", "0.00", "Paid"),
        ],
        {
            "Number": "number",
            "Invoice Partner Display Name": "name",
            "Tax Excluded": "amount",
            "Amount Due": "outstanding",
        },
        {"ALPHA SAS": OPEN},
        ",",
    ),
    invoices(
        "sellsy",
        "Numéro du document|Date du document|Référence client|Nom de la société"
        "|Montant total HT|Montant total TTC|Montant restant dû|Statut du document",
        [
            ("F-1", "15/03/2026", "CLI-1", "ALPHA SAS", "100,00", "120,00", "120,00", "En retard"),
            ("F-2", "16/03/2026", "CLI-1", "ALPHA SAS", "50,00", "60,00", "0,00", "Payée"),
        ],
        {"Référence client": "account", "Numéro du document": "number", "Montant total HT": "amount"},
        {"CLI-1": OPEN},
    ),
    invoices(
        "axonaut",
        "Numéro de la facture|Date de la facture|Nom de la société|Total HT (€)|Total TTC (€)"
        "|Restant dû|Statut de la facture",
        [
            ("F1", "15/03/2026", "ALPHA SAS", "100,00", "120,00", "120,00", "En retard"),
            ("F2", "16/03/2026", "ALPHA SAS", "50,00", "60,00", "0,00", "Payée"),
        ],
        {"Nom de la société": "name", "Total HT (€)": "amount", "Restant dû": "outstanding"},
        {"ALPHA SAS": OPEN},
    ),
    invoices(
        "pennylane",
        "Numéro de facture|Client|Date d'émission|Date d'échéance|Montant HT|TVA|Montant TTC"
        "|Reste à payer|Statut",
        [
            (
                "F1",
                "ALPHA SAS",
                "15/03/2026",
                "14/04/2026",
                "100,00",
                "20,00",
                "120,00",
                "120,00",
                "En retard",
            ),
            ("F2", "ALPHA SAS", "16/03/2026", "14/04/2026", "50,00", "10,00", "60,00", "0,00", "Payée"),
        ],
        {"Client": "name", "Date d'émission": "date", "Montant HT": "amount", "Reste à payer": "outstanding"},
        {"ALPHA SAS": OPEN},
    ),
    invoices(
        "quickbooks-en",
        "Transaction date|Transaction type|Num|Customer full name|Due date|Amount|Open balance",
        [
            ("03/15/2026", "Invoice", "1001", "ALPHA SAS", "04/14/2026", "120.00", "120.00"),
            ("03/16/2026", "Invoice", "1002", "ALPHA SAS", "04/14/2026", "60.00", "0.00"),
        ],
        {"Customer full name": "name", "Num": "number", "Amount": "amount", "Open balance": "outstanding"},
        {"ALPHA SAS": OPEN},
        ",",
    ),
    invoices(
        "quickbooks-fr",
        "Date de l'opération|Type d'opération|N°|Nom complet du client|Date d'échéance|Montant|Solde ouvert",
        [
            ("15/03/2026", "Facture", "1001", "ALPHA SAS", "14/04/2026", "120,00", "120,00"),
            ("16/03/2026", "Facture", "1002", "ALPHA SAS", "14/04/2026", "60,00", "0,00"),
        ],
        {
            "Nom complet du client": "name",
            "N°": "number",
            "Montant": "amount",
            "Solde ouvert": "outstanding",
        },
        {"ALPHA SAS": OPEN},
    ),
    invoices(
        "xero",
        "ContactName|InvoiceNumber|InvoiceDate|DueDate|Total|TaxTotal|InvoiceAmountPaid"
        "|InvoiceAmountDue|LineAmount|AccountCode|Currency|Type|Status",
        [
            (
                "ALPHA SAS",
                "INV-1",
                "15/03/2026",
                "14/04/2026",
                "120.00",
                "20.00",
                "0.00",
                "120.00",
                "60.00",
                "200",
                "EUR",
                "Sales invoice",
                "Awaiting Payment",
            ),
            (
                "ALPHA SAS",
                "INV-1",
                "15/03/2026",
                "14/04/2026",
                "120.00",
                "20.00",
                "0.00",
                "120.00",
                "40.00",
                "200",
                "EUR",
                "Sales invoice",
                "Awaiting Payment",
            ),
        ],
        {"ContactName": "name", "InvoiceNumber": "number", "InvoiceAmountDue": "outstanding"},
        {"ALPHA SAS": OPEN},
        ",",
    ),
    invoices(
        "erpnext",
        "ID|Customer|Customer Name|Posting Date|Due Date|Net Total|Grand Total|Outstanding Amount|Status",
        [
            (
                "ACC-SINV-1",
                "CUST-1",
                "ALPHA SAS",
                "2026-03-15",
                "2026-04-14",
                "100.00",
                "120.00",
                "120.00",
                "Overdue",
            ),
            (
                "ACC-SINV-2",
                "CUST-1",
                "ALPHA SAS",
                "2026-03-16",
                "2026-04-14",
                "50.00",
                "60.00",
                "0.00",
                "Paid",
            ),
        ],
        {
            "ID": "number",
            "Customer": "account",
            "Net Total": "amount",
            "Grand Total": "gross",
            "Outstanding Amount": "outstanding",
        },
        {"CUST-1": {**OPEN, "name": "ALPHA SAS"}},
        ",",
    ),
    invoices(
        "zoho",
        "Invoice Date|Invoice Number|Invoice Status|Customer Name|Customer Number|Due Date"
        "|Currency Code|SubTotal|Total|Balance",
        [
            (
                "2026-03-15",
                "INV-1",
                "Overdue",
                "ALPHA SAS",
                "C-1",
                "2026-04-14",
                "EUR",
                "100.00",
                "120.00",
                "120.00",
            ),
            (
                "2026-03-16",
                "INV-2",
                "Closed",
                "ALPHA SAS",
                "C-1",
                "2026-04-14",
                "EUR",
                "50.00",
                "60.00",
                "0.00",
            ),
        ],
        {
            "Customer Number": "account",
            "SubTotal": "amount",
            "Balance": "outstanding",
            "Invoice Status": "invoice_status",
        },
        {"C-1": OPEN},
        ",",
    ),
    invoices(
        "business-central",
        "Posting Date|Document Type|Document No.|Customer No.|Customer Name|Amount (LCY)"
        "|Remaining Amt. (LCY)|Due Date",
        [
            ("2026-03-15", "Invoice", "INV1", "10000", "ALPHA SAS", "120.00", "120.00", "2026-04-14"),
            ("2026-03-16", "Invoice", "INV2", "10000", "ALPHA SAS", "60.00", "0.00", "2026-04-14"),
        ],
        {
            "Customer No.": "account",
            "Document No.": "number",
            "Amount (LCY)": "amount",
            "Remaining Amt. (LCY)": "outstanding",
        },
        {"10000": OPEN},
        ",",
    ),
]
