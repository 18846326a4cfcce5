#!/bin/sh
# The opening entries in a FEC of Tryton hold last year's sales once more while that year is not closed.
#
# Guess    Opening entries carry balance sheet accounts (classes 1 to 5); an account 701 in a FEC is a sale of its year.
# Seen     trytond-account-fr 8.2.0 with trytond 8.2.1, 2026-11-29. The opening (journal OUV) takes every account with
#          a balance. Until the year before is balanced into the result, those are 6 and 7 too: a sale of 500 in 2025
#          stands in the FEC of 2026 as a credit of 500 on 7011, dated 1 January, beside the sale of 30 of that year.
#          Printed: "7011 in the FEC of 2026: OUV 20260101 500,00; REV 20260101 30,00"
# Source   trytond-account-fr, account.py: get_start_balance.
# Here     scoring/books/openings.py: an opening is known by what it does, and is never a sale.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" trytond==8.2.1 trytond-account-fr==8.2.0 proteus==8.2.0
cd "$work"
"$work/venv/bin/python" - <<'PY' 2>"$work/log" || { tail -n 1 "$work/log" >&2; exit 1; }
import datetime as dt
import sys
from decimal import Decimal

from proteus import Model, Wizard
from trytond.modules.account.tests.tools import create_fiscalyear
from trytond.modules.account_fr.tests.tools import create_chart, get_accounts
from trytond.modules.company.tests.tools import create_company, get_company
from trytond.tests.tools import activate_modules

config = activate_modules("account_fr", create_company, create_chart)
accounts = get_accounts()
company = get_company()
company.party.identifiers.new(type="fr_siren").code = "732829320"
company.party.save()
client = Model.get("party.party")(name="Client")
client.save()
[journal] = Model.get("account.journal").find([("code", "=", "REV")])
Move = Model.get("account.move")


def year_with_a_sale(year, amount):
    """A fiscal year, left open, in which the client was billed once, on its first day."""
    fiscal = create_fiscalyear(today=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    fiscal.click("create_period")
    move = Move(period=fiscal.periods[0], journal=journal, date=fiscal.start_date)
    sale, debt = move.lines.new(), move.lines.new()
    sale.account, sale.credit = accounts["revenue"], Decimal(amount)
    debt.account, debt.debit, debt.party = accounts["receivable"], Decimal(amount), client
    move.save()
    move.click("post")
    return fiscal


year_with_a_sale(2025, 500)
export = Wizard("account.fr.fec")
export.form.fiscalyear = year_with_a_sale(2026, 30)
export.execute("generate")
header, *lines = [line.split("\t") for line in export.form.file.decode("utf-8").splitlines()]
entries = [dict(zip(header, line, strict=True)) for line in lines]
sales = [
    f"{entry['JournalCode']} {entry['EcritureDate']} {entry['Credit']}"
    for entry in entries
    if entry["CompteNum"] == "7011"
]
if sales != ["OUV 20260101 500,00", "REV 20260101 30,00"]:
    sys.exit(f"The FEC of 2026 now has on account 7011: {sales}.")
print("7011 in the FEC of 2026:", "; ".join(sales))
PY
