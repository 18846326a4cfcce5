#!/bin/sh
# A FEC with Montant and Sens +1 / -1, which the rules allow, is read by fec-parser as a year of zeros.
#
# Guess    A side it does not know is an error with its line, as a missing date is.
# Seen     fec-parser 1.0.1, 2026-11-29. A line counts as debit where Sens is "D", as credit where it is "C"; whatever
#          else stands there counts as neither. A sale of 120,00: no error, and every debit and credit is 0.
#          Printed: "D and C: [(120.00, 0), (0, 120.00)]; +1 and -1: [(0, 0), (0, 0)], errors: []"
# Source   fec_parser/parser.py: FECEcriture.from_dict; article A47 A-1 of the Livre des procédures fiscales
#          (Montant and Sens may stand in the place of Debit and Credit).
# Here     addin/imports/fec/ reads both pairs of sides, and refuses a side that is neither.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" fec-parser==1.0.1
"$work/venv/bin/python" - <<'PY'
import io
import sys

from fec_parser.parser import FECParser

HEADERS = (
    "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate "
    "EcritureLib Montant Sens EcritureLet DateLet ValidDate Montantdevise Idevise"
)


def entry(account, name, client, side):
    """A line of a FEC, by its fields in their order."""
    cells = ["VE", "Ventes", "1", "20260105", account, name, client, client, "F1", "20260105"]
    return "\t".join([*cells, "Facture F1", "120,00", side, "", "", "20260131", "", ""])


def read(debit, credit):
    """The debits and credits of a sale, and the errors, as the library has them."""
    lines = [
        "\t".join(HEADERS.split()),
        entry("411000", "Clients", "C1", debit),
        entry("706000", "Prestations", "", credit),
    ]
    parser = FECParser.from_bytesio(io.BytesIO("\r\n".join(lines).encode()))
    sides = [(str(line.debit), str(line.credit)) for line in parser.get_ecritures()]
    return sides, parser.errors


letters, signs = read("D", "C"), read("+1", "-1")
if letters != ([("120.00", "0"), ("0", "120.00")], []):
    sys.exit(f"A FEC with D and C is now read as {letters}.")
if signs != ([("0", "0"), ("0", "0")], []):
    sys.exit(f"A FEC with +1 and -1 is now read as {signs}.")
shown = ["[" + ", ".join(f"({debit}, {credit})" for debit, credit in sides) + "]" for sides, _ in (letters, signs)]
print(f"D and C: {shown[0]}; +1 and -1: {shown[1]}, errors: {signs[1]}")
PY
