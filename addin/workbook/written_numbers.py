"""How people and programs write a number: the one grammar, for cells that are typed and for files.

What stands around the digits - signs, brackets, currencies, per cent, HT, debit
and credit - is told here; which mark parts the decimals is told by whoever asks,
from the language of a workbook or from the whole column of a file.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final, Literal

__all__ = [
    "CURRENCIES",
    "LONGEST_NUMBER",
    "MINUS",
    "WrittenNumber",
    "decimal_number",
    "is_one_of",
    "written_number",
]

LONGEST_NUMBER: Final = 60
"""Signs beyond which no text is a number: a cell full of blanks must not cost hours."""
MINUS: Final = "−‐‑‒–—﹣－-"
"""Signs that stand for a minus: of a keyboard, of mathematics, and what word processors make of them."""

_NAMED: Final = (
    *("EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "JPY", "CNY", "SEK", "NOK", "DKK", "ISK"),
    *("PLN", "CZK", "HUF", "RON", "BGN", "RUB", "UAH", "TRY", "MAD", "TND", "DZD", "EGP", "XOF"),
    *("XAF", "XPF", "MUR", "MGA", "ZAR", "AED", "SAR", "QAR", "ILS", "INR", "HKD", "SGD", "THB"),
    *("KRW", "IDR", "MYR", "PHP", "VND", "TWD", "BRL", "MXN", "ARS", "CLP", "COP", "PEN"),
)
CURRENCIES: Final = {
    "€": "EUR",
    "$": "$",
    "£": "GBP",
    "¥": "¥",
    "₣": "CHF",
    "US$": "USD",
    "CA$": "CAD",
    "C$": "CAD",
    "AU$": "AUD",
    "A$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "R$": "BRL",
    "euro": "EUR",
    "euros": "EUR",
    "SFr.": "CHF",
    "SFr": "CHF",
    "Fr.": "CHF",
    "Fr": "CHF",
    "F CFA": "CFA",
    "FCFA": "CFA",
    "CFA": "CFA",
    "kr.": "kr",
    "kr": "kr",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "DH": "MAD",
    **{code: code for code in _NAMED},
}
"""Code of a currency by how it is written; some signs are those of several."""
_CODE_OF: Final = {one.lower(): code for one, code in CURRENCIES.items()}
_OF_SIGN: Final = {
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}

_SCALES: Final = {"k": 3, "m": 6, "mio": 6, "md": 9, "mrd": 9, "bn": 9}

_LETTER: Final = r"[^\W\d_]"
_WRITTEN: Final = "|".join(re.escape(one) for one in sorted(CURRENCIES, key=len, reverse=True))
_SIDE: Final = r"cr(?:\.|[ée]dit(?:eur)?)?|dr\.?|d[ée]bit(?:eur)?"
_TAX: Final = (
    r"h\.?\s?t\.?(?:va)?|t\.?\s?t\.?\s?c\.?|tvac|hors\s(?:taxes?|tva)|net|brut|gross"
    r"|(?:excl?|incl)\.?\s?(?:vat|tax|tva)"
)
_WITH_TAX: Final = re.compile(r"t|brut|gross|incl", re.IGNORECASE)
_BEFORE: Final = re.compile(
    rf"(?:(?P<open>\()|(?P<sign>[+{MINUS}])|(?P<currency>{_WRITTEN})(?!{_LETTER})"
    rf"|(?P<side>(?:{_SIDE})(?!{_LETTER})|[cd](?=\s)))\s*",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    rf"(?P<none>(?<=\d)[.,]\s?[{MINUS}]{{1,2}})\Z|(?:(?P<close>\))|(?P<percent>%)|(?P<sign>[+{MINUS}])"
    rf"|(?P<currency>(?:(?<!{_LETTER})|(?<=[\d\s][km]))(?:{_WRITTEN})|[€$£¥₣])"
    rf"|(?<!{_LETTER})(?:(?P<tax>{_TAX})|(?P<scale>{'|'.join(_SCALES)})|(?P<side>{_SIDE}|[cd])))\Z",
    re.IGNORECASE,
)
"""What may stand behind the digits, at the end of a text; ``none`` are dashes in place of cents: 1.200,-."""
_FARTHEST: Final = 16
"""Signs at the end of a text among which the next thing behind the digits is looked for."""
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BLANKS: Final = re.compile(r"[^\S\t\n\r\f\v]+")
"""Blanks within a line: two numbers that stand one below the other in a cell are none."""
_DIGITS: Final = re.compile(r"[0-9][0-9.,\s'’]*|[.,][0-9]+|[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,2}")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[\s'’][0-9]{3})+")
_MOST_BY_POWER: Final = 1e12
"""Beyond it a power of ten is a code that a spreadsheet rounded, as 2,43E+13."""


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as it is written.

    Attributes
    ----------
    digits
        Its digits with their marks and blanks, without sign; a power of ten belongs to them.
    negative
        Whether a sign or brackets say that it is below zero.
    side
        ``debit`` or ``credit``, where it is said; else empty.
    bare
        Whether a single letter says so: a whole column tells whether it does.
    power
        Power of ten that the digits are multiplied with: thousands, millions, per cent.
    currency
        Code of the currency, or its sign where that is one of several; else empty.
    tax
        ``with`` or ``without``, where it is said; else empty.
    """

    digits: str
    negative: bool = False
    side: Literal["", "debit", "credit"] = ""
    bare: bool = False
    power: int = 0
    currency: str = ""
    tax: Literal["", "with", "without"] = ""


@functools.lru_cache(maxsize=20_000)
def written_number(text: str) -> WrittenNumber | None:
    """Take a written number apart, None where the text is none.

    >>> written_number("$(1,200.50)")
    WrittenNumber(digits='1,200.50', negative=True, side='', bare=False, power=0, currency='$', tax='')
    >>> written_number("200,00 CR").side, written_number("12 k€ HT").power, written_number("$ -").digits
    ('credit', 3, '0')
    >>> written_number("5 apples") is None
    True
    """
    if len(text) > LONGEST_NUMBER:
        return None
    rest = _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip().removeprefix("'").lstrip()
    said: dict[str, str] = {}
    while _DIGITS.fullmatch(rest) is None and (found := _BEFORE.match(rest)):
        if not _noted(said, found):
            return None
        rest = rest[found.end() :]
    while _DIGITS.fullmatch(rest) is None and (found := _BEHIND.search(rest, max(0, len(rest) - _FARTHEST))):
        if found["none"]:  # a mark and dashes: no cents
            rest = f"{rest[: found.start()]}{found['none'][0]}00"
            break
        if not _noted(said, found):
            return None
        rest = rest[: found.start()].rstrip()
    if not rest and said.keys() == {"sign", "currency"} and said["sign"] != "+":
        rest = "0"  # what accountants write for nothing: $ -
        del said["sign"]
    return _number(rest, said)


def _noted(said: dict[str, str], found: re.Match[str]) -> bool:
    """Note what stands around a number, and say whether that fits with what did so far."""
    kind, text = next((kind, text) for kind, text in found.groupdict().items() if text)
    if kind == "currency":
        text = _CODE_OF[text.lower()]
        before = said.get(kind, text)
        if before != text and not is_one_of(before, text) and not is_one_of(text, before):
            return False
        said[kind] = before if is_one_of(before, text) else text
        return True
    if kind in said or (kind == "close") > ("open" in said):
        return False
    said[kind] = text
    return True


def _number(digits: str, said: dict[str, str]) -> WrittenNumber | None:
    if _DIGITS.fullmatch(digits) is None or ("open" in said) != ("close" in said):
        return None
    side = said.get("side", "").lower()
    sign = said.get("sign", "+")
    negative = sign != "+" or "open" in said
    if negative and side.startswith("c"):
        return None  # a credit below zero may be meant as one or as its contrary
    tax = said.get("tax")
    return WrittenNumber(
        digits,
        negative,
        "" if not side else "credit" if side.startswith("c") else "debit",
        len(side) == 1,
        _SCALES.get(said.get("scale", "").lower(), 0) - 2 * ("percent" in said),
        said.get("currency", ""),
        "" if tax is None else "with" if _WITH_TAX.match(tax) else "without",
    )


def is_one_of(code: str, sign: str) -> bool:
    """Whether a currency is one of those that a sign stands for.

    >>> is_one_of("CAD", "$"), is_one_of("EUR", "$")
    (True, False)
    """
    return code in _OF_SIGN.get(sign, ())


def decimal_number(written: WrittenNumber, decimal: str, *, told: bool) -> float | None:
    """Return the value of a written number, without its side; None where it could be two.

    Parameters
    ----------
    written
        The number.
    decimal
        The mark that parts decimals: a comma or a point; anything else where both part thousands.
    told
        Whether the other mark is known to part thousands; else 1.234 may be either, better asked than
        guessed.

    >>> decimal_number(written_number("-1.234,5"), ",", told=True)
    -1234.5
    >>> decimal_number(written_number("1.234"), ",", told=False) is None
    True
    """
    digits, power = written.digits, 0
    at = digits.lower().find("e")
    if at >= 0:
        digits, power = digits[:at], int(digits[at + 1 :])
    plain = _plain(digits, decimal, told=told)
    if plain is None:
        return None
    value = float(f"{plain}e{power + written.power}")
    if at >= 0 and value > _MOST_BY_POWER:
        return None
    return -value if written.negative else value


def _plain(text: str, decimal: str, *, told: bool) -> str | None:
    """Digits with a decimal point at most, or None where they could be read in two ways."""
    whole, fraction = text.strip(), ""
    last = max(whole.rfind(","), whole.rfind("."))
    if last >= 0:
        mark, other = whole[last], "." if whole[last] == "," else ","
        several, in_threes = whole.count(mark) > 1, _in_threes(whole, mark)
        if several or (mark != decimal and other not in whole and in_threes):
            # 1,234,567 can only part thousands; 1,234 where the point parts decimals does so, too.
            return whole.replace(mark, "") if in_threes and (told or several) else None
        whole, fraction = whole[:last], whole[last + 1 :]
        if other in whole:
            if not _in_threes(whole, other):
                return None
            whole = whole.replace(other, "")
    if re.search(r"[\s'’]", whole):
        if not _GROUPED.fullmatch(whole):
            return None
        whole = re.sub(r"[\s'’]", "", whole)
    plain = f"{whole or '0'}.{fraction}"
    return plain if re.fullmatch(r"[0-9]+\.[0-9]*", plain) else None


def _in_threes(text: str, mark: str) -> bool:
    return re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+", text) is not None
