"""Which currency a text names: by its ISO 4217 code, by a sign, by a name in English or French."""

from __future__ import annotations

import re
from typing import Final, Literal

from scoring.text import fold

__all__ = [
    "Side",
    "currencies",
    "header_currencies",
    "header_factor",
    "named_sign",
    "side_of",
    "without_currency",
]

Codes = frozenset[str]
Side = Literal["company", "document", ""]

_ISO: Final = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
    CDF CHF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF
    GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP
    LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB
    PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
    THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
    ZWG FRF DEM ITL ESP BEF LUF NLG ATS
    """.split()  # noqa: SIM905 - a code a word; the last ones are those that the euro replaced
)
_DOLLARS: Final = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "CLP", "COP", "ARS"})
_CROWNS: Final = frozenset({"SEK", "NOK", "DKK", "ISK"})
_CFA: Final = frozenset({"XOF", "XAF"})
_SIGNS: Final[dict[str, Codes]] = {
    "US$": frozenset({"USD"}),
    "$US": frozenset({"USD"}),
    "CA$": frozenset({"CAD"}),
    "$CA": frozenset({"CAD"}),
    "C$": frozenset({"CAD"}),
    "AU$": frozenset({"AUD"}),
    "A$": frozenset({"AUD"}),
    "NZ$": frozenset({"NZD"}),
    "HK$": frozenset({"HKD"}),
    "S$": frozenset({"SGD"}),
    "R$": frozenset({"BRL"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY", "CNH"}),
    "￥": frozenset({"JPY", "CNY", "CNH"}),
    "$": _DOLLARS,
    "₹": frozenset({"INR"}),
    "₽": frozenset({"RUB"}),
    "₺": frozenset({"TRY"}),
    "₩": frozenset({"KRW"}),
    "₪": frozenset({"ILS"}),
    "₫": frozenset({"VND"}),
    "฿": frozenset({"THB"}),
    "₴": frozenset({"UAH"}),
    "₦": frozenset({"NGN"}),
}
"""Codes that a sign can stand for, the longer signs first."""
_NAMES: Final[dict[str, Codes]] = {
    **dict.fromkeys(("euro", "euros"), frozenset({"EUR"})),
    **dict.fromkeys(("dollar", "dollars"), _DOLLARS),
    **dict.fromkeys(("us dollar", "us dollars", "dollar us", "dollars us"), frozenset({"USD"})),
    **dict.fromkeys(("dollar americain", "dollars americains"), frozenset({"USD"})),
    **dict.fromkeys(("dollar canadien", "dollars canadiens", "canadian dollar"), frozenset({"CAD"})),
    **dict.fromkeys(("pound", "pounds", "pound sterling", "pounds sterling", "sterling"), frozenset({"GBP"})),
    **dict.fromkeys(("livre", "livres", "livre sterling", "livres sterling"), frozenset({"GBP"})),
    **dict.fromkeys(("franc suisse", "francs suisses", "swiss franc", "swiss francs"), frozenset({"CHF"})),
    **dict.fromkeys(("fr.", "sfr", "sfr."), frozenset({"CHF"})),
    **dict.fromkeys(("franc cfa", "francs cfa", "fcfa", "f cfa"), _CFA),
    **dict.fromkeys(("franc cfp", "francs cfp", "f cfp", "cfp"), frozenset({"XPF"})),
    **dict.fromkeys(("yen", "yens", "japanese yen"), frozenset({"JPY"})),
    **dict.fromkeys(("yuan", "renminbi", "rmb"), frozenset({"CNY", "CNH"})),
    **dict.fromkeys(("dirham", "dirhams", "dh", "dhs"), frozenset({"MAD", "AED"})),
    **dict.fromkeys(("dinar tunisien", "dinars tunisiens"), frozenset({"TND"})),
    **dict.fromkeys(("kr", "kr.", "crown", "couronne", "couronnes"), _CROWNS),
    **dict.fromkeys(("kc", "czk"), frozenset({"CZK"})),
    **dict.fromkeys(("zl", "zloty", "zlotys"), frozenset({"PLN"})),
    **dict.fromkeys(("ft", "forint"), frozenset({"HUF"})),
    **dict.fromkeys(("lei", "leu"), frozenset({"RON", "MDL"})),
}
_WORDS: Final = re.compile(r"[^\W\d_]+")
_IN_HEADERS: Final = "EUR|USD|GBP|CHF|CAD|AUD|NZD|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|MAD|TND|XOF|XAF|XPF"
_CODE_IN_HEADER: Final = re.compile(
    rf"(?<![A-Za-z])(?:{_IN_HEADERS}|SGD|HKD|INR|BRL|MXN|ZAR|AED)(?![A-Za-z])"
)
"""Codes that are no words when they stand in a header in capitals, unlike ALL, TOP or TRY."""
_BEHIND: Final = re.compile(
    r"(?<=\s)(?:en|in)\s+([^\W\d_]+(?:\s[^\W\d_]+)?|[$€£¥])\s*$|(?<=[^\W\d_]\s)([A-Z]{3})\s*$", re.IGNORECASE
)
"""What may name a currency at the end of a header: "en dollars", or a code of its own."""
_UNIT: Final = r"(?:[€$£]|eur(?:os?)?|usd|gbp|chf)"
_THOUSANDS: Final = re.compile(
    rf"(?<![^\W\d_])k ?{_UNIT}(?![^\W\d_])|[€$£]k\b|(?<![^\W\d_])K(?=\s*\)|\s*$)|[('’]0{{3}}s?\b"
    rf"|(?:\b(?:en|in) )?\b(?:milliers?|thousands?)\b(?: (?:d['’]|de |of ){_UNIT})?",
    re.IGNORECASE,
)
_MILLIONS: Final = re.compile(
    rf"(?<![^\W\d_])m ?{_UNIT}(?![^\W\d_])|[€$£]m\b"
    rf"|(?:\b(?:en|in) )?\bmillions?\b(?: (?:d['’]|de |of ){_UNIT})?",
    re.IGNORECASE,
)
_WORDS_TOO: Final = frozenset({"ALL", "TOP", "TRY", "BOB", "PEN", "CUP", "SOS", "MOP", "LAK"})
_DOCUMENT: Final = re.compile(
    r"\b(?:en|in) (?:currency|devises?)\b|\bmontant devise\b"
    r"|\b(?:document|invoice|transaction|foreign) currency\b"
    r"|\bdevise (?:etrangere|(?:de la )?facture|du document|de transaction)\b"
)
_COMPANY: Final = re.compile(
    r"\bsigned?\b|\bsignee?s?\b|\blcy\b|\bds\b|\b(?:company|local|base|home|functional) currency\b"
    r"|\b(?:devise|monnaie) (?:de (?:la )?)?(?:societe|tenue|locale|comptable|entreprise)\b"
    r"|\bcontre[- ]?valeur\b|\btenu de compte\b"
)


def currencies(text: str) -> Codes:
    """Return the codes of the currencies that a text may name, none where it names no currency.

    >>> sorted(currencies("eur")), sorted(currencies("¥"))
    (['EUR'], ['CNH', 'CNY', 'JPY'])
    >>> sorted(currencies("USD - dollar")), sorted(currencies("Region"))
    (['USD'], [])
    """
    plain = text.strip()
    if plain.upper() in _ISO:
        return frozenset({plain.upper()})
    folded = fold(plain)
    if folded in _NAMES:
        return _NAMES[folded]
    codes = {word for word in _WORDS.findall(plain) if word in _ISO}
    if len(codes) == 1:
        return frozenset(codes)
    sign = next((sign for sign in _SIGNS if sign in plain.upper()), None)
    return _SIGNS[sign] if sign else frozenset()


def header_currencies(header: str) -> Codes:
    """Return the codes of the currencies that a header names.

    >>> sorted(header_currencies("Amount (USD)")), sorted(header_currencies("TOP 10"))
    (['USD'], [])
    """
    found = _CODE_IN_HEADER.findall(header)
    behind = _behind(header)
    if behind is not None:
        return behind[1]
    in_brackets = [code for inner in re.findall(r"\(([^)]*)\)", header) for code in currencies(inner)]
    signs = next((codes for sign, codes in _SIGNS.items() if sign in header), frozenset())
    return frozenset(found) or frozenset(in_brackets) or signs


def named_sign(header: str) -> str:
    """Return the sign of a currency in a header, such as ``$``; empty where there is none."""
    return next((sign for sign in _SIGNS if sign in header), "")


def header_factor(header: str) -> int:
    """Return by what the amounts below a header are to be multiplied: they may be in thousands or millions.

    >>> header_factor("CA (k€)"), header_factor("Montant en milliers d'euros"), header_factor("Amount")
    (1000, 1000, 1)
    """
    if _THOUSANDS.search(header) is not None:
        return 1_000
    return 1_000_000 if _MILLIONS.search(header) is not None else 1


def without_currency(header: str) -> str:
    """Return a header without the code of a currency, and without thousands or millions of it.

    >>> without_currency("Montant HT USD"), without_currency("Amount in dollars")
    ('Montant HT ', 'Amount ')
    """
    header = _MILLIONS.sub(" ", _THOUSANDS.sub(" ", header))
    behind = _behind(header)
    return _CODE_IN_HEADER.sub("", header if behind is None else header[: behind[0]])


def _behind(header: str) -> tuple[int, Codes] | None:
    """Return where the name of a currency begins with which a header ends, and its codes."""
    found = _BEHIND.search(header)
    if found is None:
        return None
    named, code = found[1], found[2]
    if code is not None and (not code.isupper() or code in _WORDS_TOO):
        return None
    codes = currencies(named or code)
    return (found.start(), codes) if codes else None


def side_of(header: str) -> Side:
    """Whether a column of amounts is in the currency of the company, or in that of each document.

    >>> side_of("Untaxed Amount Signed"), side_of("Total en devise signé"), side_of("Montant HT")
    ('company', 'document', '')
    """
    folded = fold(header)
    if _DOCUMENT.search(folded) and "company" not in folded and "societe" not in folded:
        return "document"
    return "company" if _COMPANY.search(folded) else ""
