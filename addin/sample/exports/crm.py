"""The list of accounts and the visits, as the CRM of the made-up company exports them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from addin.sample.exports.company import CHANGED_CODES, Client, Draws, business_day
from addin.sample.exports.names import PROSPECTS, REPS

__all__ = [
    "SAME_NAME",
    "SAME_SIRET",
    "UNKNOWN_ACCOUNT",
    "Account",
    "accounts",
    "accounts_bytes",
    "visits_bytes",
]

SAME_SIRET: Final = ("00102", "P0126")
"""A client and a prospect that are one establishment."""

SAME_NAME: Final = ("P0105", "P0127")
"""Two prospects of one name and postcode."""

UNKNOWN_ACCOUNT: Final = "00999"
"""The account of a visit that no list knows."""

_HEADER: Final = (
    "Code client",
    "Raison sociale",
    "Type de compte",
    "Commercial",
    "Secteur",
    "CP",
    "Ville",
    "SIRET",
    "CA potentiel",
    "Cotation",
    "Conditions de règlement",
    "Remarques",
)
_RATINGS: Final = {
    "early": ("Excellente", "Bonne"),
    "prompt": ("Excellente", "Bonne", "Bonne", "Moyenne"),
    "fair": ("Bonne", "Moyenne", "Moyenne"),
    "slow": ("Moyenne", "Fragile"),
    "bad": ("Fragile", "Défaillante"),
    "stops": ("Fragile",),
    "never": ("Défaillante",),
    "": ("Bonne", "Moyenne", "", ""),
}
_REMARKS: Final = (
    "",
    "",
    "",
    "",
    "Relancer après l'été",
    "Préfère le téléphone",
    "Appel d'offres ; réponse en mars",
)
_IN_TWO_LINES: Final = "00142"
_NO_BREAK: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the CRM.

    Attributes
    ----------
    code, name, kind, rep, sector, postcode, town, siret, rating, terms, remark
        As exported.
    potential
        Turnover to be had [EUR], None where nobody knows.
    """

    code: str
    name: str
    kind: str
    rep: str
    sector: str
    postcode: str
    town: str
    siret: str
    potential: int | None
    rating: str
    terms: str
    remark: str

    def row(self) -> tuple[str, ...]:
        """Return the cells in the order of the header."""
        return (
            self.code,
            self.name,
            self.kind,
            self.rep,
            self.sector,
            self.postcode,
            self.town,
            self.siret,
            "" if self.potential is None else _euros(self.potential),
            self.rating,
            self.terms,
            self.remark,
        )


def accounts(clients: Sequence[Client]) -> list[Account]:
    """Return the clients of 2025, then the prospects and suspects.

    Parameters
    ----------
    clients
        Those who bought in 2025.
    """
    found = [
        _client(n, client)
        for n, client in enumerate(sorted(clients, key=lambda client: client.code_in(2025)))
    ]
    for n, line in enumerate(PROSPECTS.splitlines(), start=1):
        kind, name, postcode, town = line.split(";")
        found.append(_prospect(n, kind, name, postcode, town))
    twin = next(account for account in found if account.code == SAME_SIRET[0])
    found.append(_prospect(26, "Prospect", "THARVEL MENUISERIES SAS", twin.postcode, twin.town, twin.siret))
    twin = next(account for account in found if account.code == SAME_NAME[0])
    found.append(_prospect(27, "Suspect", twin.name, twin.postcode, twin.town, ""))
    return found


def _client(n: int, client: Client) -> Account:
    """Return the account of a client."""
    draws = Draws(f"crm {client.key}")
    potential = int(client.yearly[2025] / 100 * draws.between(1.05, 2.6))
    name = client.name
    if client.key in CHANGED_CODES and draws.chance(0.5):
        name = client.name_in(2025)
    if client.key == _IN_TWO_LINES:
        name = f"{name}\nAtelier et salle d'exposition"
    return Account(
        code=client.code_in(2025),
        name=name,
        kind="Client",
        rep=client.rep,
        sector=client.sector,
        postcode=client.postcode,
        town=client.town,
        siret=_siret(n) if client.domestic else "",
        potential=_round(potential) if draws.chance(0.9) else None,
        rating=draws.pick(_RATINGS[client.pays]) if draws.chance(0.9) else "",
        terms=f"{client.terms} jours",
        remark=draws.pick(_REMARKS),
    )


def _prospect(n: int, kind: str, name: str, postcode: str, town: str, siret: str | None = None) -> Account:
    """Return the account of a prospect or suspect; a SIRET of its own where none is given."""
    draws = Draws(f"crm {name} {n}")
    sector, rep = REPS[postcode[:2]]
    own = _siret(200 + n) if draws.chance(0.7) else ""
    return Account(
        code=f"P{100 + n:04}",
        name=name,
        kind=kind,
        rep=rep,
        sector=sector,
        postcode=postcode,
        town=town,
        siret=own if siret is None else siret,
        potential=_round(draws.whole(4_000, 160_000)) if kind == "Prospect" else None,
        rating=draws.pick(_RATINGS[""]) if kind == "Prospect" else "",
        terms="",
        remark=draws.pick(_REMARKS),
    )


def _siret(n: int) -> str:
    """Return the n-th SIRET of a range of SIREN that nobody has; the check digits are right.

    >>> _siret(0), _siret(1)
    ('99997000700012', '99997001500015')
    """
    siren = f"9999{7000 + n:04}"
    siren += _check_digit(siren)
    siret = f"{siren}0001"
    return siret + _check_digit(siret)


def _check_digit(digits: str) -> str:
    """Return the digit that makes a number pass the check of Luhn.

    >>> _check_digit("73282932"), _check_digit("7992739871")
    ('0', '3')
    """
    total = 0
    for n, sign in enumerate(reversed(digits)):
        digit = int(sign) * (2 if n % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return str(-total % 10)


def _round(euros: int) -> int:
    """Return an amount as somebody would estimate it."""
    step = 500 if euros < 10_000 else 5_000
    return max(step, (euros + step // 2) // step * step)


def _euros(amount: int) -> str:
    """Return an amount in French writing, blanks that do not break between thousands.

    >>> _euros(1234500).split(_NO_BREAK)
    ['1', '234', '500,00']
    """
    return f"{amount:,}".replace(",", _NO_BREAK) + ",00"


def accounts_bytes(found: Sequence[Account]) -> bytes:
    """Return the list of accounts with its line of totals."""
    total = sum(account.potential or 0 for account in found)
    last = ("TOTAL", f"{len(found)} comptes", *[""] * 6, _euros(total), *[""] * 3)
    return _csv([_HEADER, *(account.row() for account in found), last]).encode("cp1252")


def visits_bytes(found: Sequence[Account]) -> bytes:
    """Return the visits of 2025, most to those with the largest potential, one to nobody known."""
    draws = Draws("visits")
    visits = [(dt.date(2025, 5, 22), UNKNOWN_ACCOUNT, "Fontvieil A.")]
    for account in found:
        if account.rep == "Direction" or account.kind == "Suspect":
            continue
        potential = account.potential or 0
        most = 5 if potential > 150_000 else 3 if potential > 40_000 else 2 if account.kind == "Client" else 1
        for _ in range(draws.whole(0, most)):
            day = business_day(dt.date(2025, 1, 6) + dt.timedelta(days=draws.whole(0, 345)))
            visits.append((day, account.code, account.rep))
    rows = [(code, f"{day:%d/%m/%Y}", rep) for day, code, rep in sorted(set(visits))]
    return _csv([("Code client", "Date de visite", "Commercial"), *rows]).encode("utf-8-sig")


def _csv(rows: Sequence[Sequence[str]]) -> str:
    """Return rows with semicolons, every cell in quotes."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()
