"""Numbers of companies: out of what people write around them, and what two of one company have in common."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["company_key", "plain_company_number"]

_AROUND: Final = re.compile(
    r"(?i)\b(?:siren|siret|n°|no\.?|num(?:éro|ero)?|tva|vat|intracommunautaire|intra|rcs|r\.c\.s\.?|rm|id|reg(?:istration)?)\b[\s.:°]*"
)
_DIGITS: Final = re.compile(r"(?<![\w])(?:\d[\s.\u00a0\u202f]?){9}(?:(?:\d[\s.\u00a0\u202f]?){5})?(?!\w)")
_SIREN_DIGITS: Final = 9
_SIRET_DIGITS: Final = 14


def plain_company_number(text: str) -> str:
    """Return a number without what people write around it: a label, blanks, the court of the register.

    >>> plain_company_number("552 081 317 R.C.S. Paris"), plain_company_number("SIREN : 732829320")
    ('552081317', '732829320')
    >>> plain_company_number("FR 44 732829320"), plain_company_number("HRB 12345")
    ('FR44732829320', 'HRB12345')
    """
    found = _DIGITS.search(text)
    # Whatever else stands there: no country writes nine or fourteen digits and words but France.
    if found is not None and (found.group() != text) and not re.match(r"\s*[A-Za-z]{2}\s?\d", text):
        return re.sub(r"\D", "", found.group())
    return re.sub(r"[\s.'’]", "", _AROUND.sub("", text) or text)


def company_key(text: str) -> str | None:
    """Return what two numbers of one company have in common: the SIREN in France, else the VAT number.

    A SIRET with a slip of the pen in its last five digits still tells the company.

    >>> company_key("732 829 320 00074"), company_key("FR44732829320"), company_key("732829320")
    ('732829320', '732829320', '732829320')
    >>> company_key("73282932000075"), company_key("552 081 317 R.C.S. Paris")
    ('732829320', '552081317')
    >>> company_key("12345") is None
    True
    """
    from stdnum.eu import vat
    from stdnum.exceptions import ValidationError
    from stdnum.fr import siren, tva

    plain = plain_company_number(text)
    digits = re.sub(r"\D", "", plain)
    if plain.isdigit() and len(digits) in (_SIREN_DIGITS, _SIRET_DIGITS):
        try:
            return str(siren.validate(digits[:_SIREN_DIGITS]))
        except ValidationError:
            return None
    try:
        return str(tva.validate(plain))[-_SIREN_DIGITS:]
    except ValidationError:
        pass
    try:
        return str(vat.validate(plain))
    except ValidationError:
        return None
