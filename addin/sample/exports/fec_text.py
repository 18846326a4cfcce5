"""The three accounting exports (FEC), each with the habits of another program."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from addin.sample.exports.closing import FILED
from addin.sample.exports.company import SIREN, YEARS, Client
from addin.sample.exports.journal import Books, Entry, Line
from addin.sample.exports.names import ACCOUNTS, JOURNALS, SUPPLIERS

__all__ = ["fec_bytes", "fec_name"]

_HEADER: Final = (
    "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef "
    "PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise"
)
_SUPPLIERS: Final = {code: name for code, name, _ in (line.split(";") for line in SUPPLIERS.splitlines())}


@dataclass(frozen=True, slots=True)
class _Style:
    """How a program writes its export.

    Attributes
    ----------
    encoding, separator, newline, header, dates
        Of the file.
    trailing
        Whether each row ends with a separator, and so with an empty column.
    amount_width
        Digits and comma that an amount is padded to with zeros.
    account_width
        Digits of an account.
    padded
        Least width of the journal, the client code and the lettering, blanks at the end.
    longest
        Signs of a name or label, of which the rest is cut off.
    """

    encoding: str
    separator: str
    newline: str
    header: str = _HEADER
    dates: str = "%Y%m%d"
    trailing: bool = False
    amount_width: int = 0
    account_width: int = 6
    padded: tuple[int, int, int] = (0, 0, 0)
    longest: int = 99


_STYLES: Final[Mapping[int, _Style]] = {
    2023: _Style(
        "cp1252",
        "|",
        "\r\n",
        header=_HEADER.replace("Montantdevise", "MontantDevise"),
        trailing=True,
        amount_width=13,
        padded=(4, 8, 2),
        longest=24,
    ),
    2024: _Style("utf-8-sig", "\t", "\r\n", dates="%d/%m/%Y"),
    2025: _Style(
        "iso8859-15",
        "\t",
        "\n",
        header=_HEADER.replace("EcritureLet", "EcrtureLet")
        .replace("Montantdevise", "MontantDevise")
        .replace("Idevise", "IDevise"),
        account_width=8,
    ),
}


def fec_name(year: int) -> str:
    """Return the name that the law asks for.

    >>> fec_name(2023)
    '987654321FEC20231231.txt'
    """
    return f"{SIREN}FEC{YEARS[year][1]:%Y%m%d}.txt"


def fec_bytes(books: Books, year: int, clients: Mapping[str, Client]) -> bytes:
    """Return the export of a fiscal year.

    Parameters
    ----------
    books
        Lettered and numbered.
    year
        The fiscal year.
    clients
        The clients by their keys.
    """
    style = _STYLES[year]
    tail = [""] if style.trailing else []
    rows = [[*style.header.split(), *tail]]
    rows += [[*_row(entry, line, year, clients), *tail] for entry, line in books.lines(year)]
    text = "".join(style.separator.join(row) + style.newline for row in rows)
    return text.encode(style.encoding)


def _row(entry: Entry, line: Line, year: int, clients: Mapping[str, Client]) -> list[str]:
    """Return the 18 fields of a line."""
    style = _STYLES[year]
    journal = line.journal or entry.journal
    width_journal, width_party, width_letters = style.padded

    def day(value: dt.date | None) -> str:
        return f"{value:{style.dates}}" if value else ""

    def amount(cents: int) -> str:
        return f"{max(cents, 0) // 100},{max(cents, 0) % 100:02}".rjust(style.amount_width, "0")

    party = clients.get(line.party)
    code = party.code_in(year) if party else line.party
    name = party.name_in(year) if party else _SUPPLIERS.get(line.party, "")
    label = line.label or entry.label
    return [
        journal.ljust(width_journal),
        JOURNALS[journal],
        entry.number,
        day(entry.day),
        line.account.ljust(style.account_width, "0"),
        ACCOUNTS[line.account][: style.longest],
        code.ljust(width_party),
        (_without_accents(name).upper() if year == 2023 else name)[: style.longest],
        line.ref or entry.ref,
        day(line.ref_day or entry.day),
        _as_written(label, year, entry.journal)[: style.longest],
        amount(line.cents),
        amount(-line.cents),
        line.letter.ljust(width_letters),
        day(line.lettered),
        day(FILED[year]),
        amount(line.foreign) if line.foreign > 0 else "",
        "CHF" if line.foreign > 0 else "",
    ]


def _as_written(label: str, year: int, journal: str) -> str:
    """Return a label as the program of the year writes it.

    >>> _as_written("Éts d'Été", 2023, "VE"), _as_written("Éts d'Été", 2025, "AN")
    ('Éts d’Été', "?ts d'?t?")
    """
    if year == 2023:
        return label.replace("'", "’")
    if year == 2025 and journal == "AN":
        return label.encode("ascii", errors="replace").decode("ascii")
    return label


def _without_accents(text: str) -> str:
    """Return the text with its letters bare.

    >>> _without_accents("Éts d'Été")
    "Ets d'Ete"
    """
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
