"""What Excel makes of a text that is typed in where Windows has the settings of France.

From experience, never compared with a real one; which day "1.5" or "5-6" is does not matter, that it is no
text does. What looks like a number or a date in the settings of the United States alone stays a text.
"""

import re

from support.calc.semantics import Entry, parse

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_SHORT = {"janv": 0, "févr": 1, "avr": 3, "juil": 6, "sept": 8, "oct": 9, "nov": 10, "déc": 11}
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBERS = {name: number for number, name in enumerate(_MONTHS)} | _SHORT
_MONTH = re.compile(rf"\b({'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b\.?", re.IGNORECASE)
_NUMBER = re.compile(
    r"\(?[-+]?(\d{1,3}([ \u00a0\u202f]\d{3})+|\d*)(,\d*)?(E[+-]?\d+)? ?[%€]?\)?", re.IGNORECASE
)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{2,4}))?((?: .*)?)")


def parse_french(text):
    """The Entry that Excel (France) makes of a text that looks like a number, date or logical, else None."""
    typed = text.strip(" ")
    upper = typed.upper()
    if upper in ("VRAI", "FAUX"):
        return Entry(upper == "VRAI")
    if upper in ("TRUE", "FALSE"):
        return None
    if _NUMBER.fullmatch(typed):
        return parse(re.sub(r"[ \u00a0\u202f€]", "", typed).replace(",", "."))
    if day := _DAY_FIRST.fullmatch(typed):
        first, second, year, rest = day.groups()
        return parse("/".join(filter(None, (second, first, year))) + rest) or parse(f"{first}/{second}{rest}")
    english = _MONTH.sub(lambda found: _ENGLISH[_NUMBERS[found[1].lower()]], typed)
    if english != typed or re.fullmatch(r"[\d:]+", typed) or typed.startswith("#"):
        return parse(english)
    return None
