"""What Excel makes of values and of what is typed, as functions that know no host.

Written from the sources of xlwings and from experience with Excel, never
compared with a real one: what nobody could look up is marked [R].
"""

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from numbers import Number

import numpy as np
import pandas as pd

MAX_TEXT = 32_767
DISP_E_EXCEPTION = -2147352567
FAILED = -2146827284
"""Error 1004, application-defined or object-defined error."""
BUSY = -2146777998
"""0x800AC472: a cell is being edited or a dialog is open."""
EPOCH = dt.datetime(1899, 12, 30)
LAST_SERIAL = 2_958_465

ERRORS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
}
ERROR_TEXTS = {code: text for text, code in ERRORS.items()}


class ExcelError(Exception):
    """Shaped like pywin32's com_error: hresult, strerror, excepinfo, argerror."""

    def __init__(self, hresult, message):
        refused = hresult == BUSY
        self.hresult = hresult if refused else DISP_E_EXCEPTION
        self.strerror = "OLE error 0x800ac472" if refused else "Exception occurred."
        self.excepinfo = None if refused else (0, "Microsoft Excel", message, "xlmain11.chm", 0, hresult)
        self.argerror = None
        super().__init__(self.hresult, self.strerror, self.excepinfo, self.argerror)


def failed(message):
    """Error 1004 with its message."""
    return ExcelError(FAILED, message)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as Excel writes it, with its equals sign."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell holds after something went in, and the number format that a General cell takes on."""

    content: float | bool | str | Formula | None
    number_format: str | None = None


# -- what xlwings asks of an engine, as its Windows engine answers it


def prepare(value):
    """A value on its way to Excel, as ``xlwings._xlwindows`` prepares it."""
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, dt.datetime):
        return (value.to_pydatetime() if isinstance(value, pd.Timestamp) else value).replace(tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    return float(value) if isinstance(value, np.number) else value


def clean(value, dates, empty, numbers, err_to_str):
    """A value on its way from Excel, as ``xlwings._xlwindows`` cleans it."""
    if value in ("", None):
        return empty
    if isinstance(value, dt.datetime):
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return dates(tzinfo=None, **{part: getattr(value, part) for part in parts})
    if numbers is not None and isinstance(value, float):
        return numbers(value)
    if isinstance(value, int) and value in ERROR_TEXTS:
        return ERROR_TEXTS[value] if err_to_str else None
    return value


# -- values in


def check_type(value):
    """Refuse what pywin32 cannot turn into a VARIANT."""
    if value is None or type(value) is bool or isinstance(value, float | str | dt.datetime | Decimal):
        return
    if type(value) is not int:
        message = f"Objects of type '{type(value).__name__}' can not be converted to a COM VARIANT"
        raise TypeError(message)
    if not -(2**63) <= value < 2**64:
        raise OverflowError("int too big to convert")


def enter(value, *, as_text=False, read=None):
    """What a cell holds after a value went in through Range.Value or Range.Formula.

    Parameters
    ----------
    value
        What came over COM.
    as_text
        Whether the cell has the number format Text.
    read
        What is made of a text that looks like a number, a date or a truth value: :func:`parse` if None.
    """
    check_type(value)
    if isinstance(value, str):
        return _enter_text(value, as_text, read or parse)
    if value is None or isinstance(value, bool):
        return Entry(value)
    if isinstance(value, dt.datetime):
        if value.year < 1900:
            raise failed("Excel knows no dates before 1900")
        shown = "m/d/yyyy" if value.time() == dt.time() else "m/d/yyyy h:mm"
        return Entry(serial(value), shown) if not as_text else Entry(number_text(serial(value)))
    if isinstance(value, Decimal) and not as_text:
        return Entry(float(round(value, 4)), "$#,##0.00")  # VT_CY brings its format along [R]
    value = float(value)
    if not math.isfinite(value):
        raise failed("a cell holds no infinity")
    return Entry(number_text(value) if as_text else value)


def _enter_text(text, as_text, read):
    if len(text) > MAX_TEXT:
        raise failed(f"a cell holds {MAX_TEXT} characters, not {len(text)}")
    if text.startswith("'"):
        return Entry(text[1:] or None)
    if as_text or not text:
        return Entry(text or None)
    if text.startswith("=") and len(text) > 1:
        return Entry(Formula(check_formula(text)))
    parsed = read(text)
    if parsed is not None:
        return parsed
    if re.match(r"[+-](?=.)", text):  # typed as in Lotus 1-2-3 [R]
        return Entry(Formula(check_formula("=" + text.removeprefix("+"))))
    if re.match(r"@\w", text):
        raise failed("That function isn't valid")
    return Entry(text)


def check_formula(text):
    """Refuse a formula that Excel would not take."""
    if len(text) > 8192:
        raise failed("a formula has at most 8192 characters")
    bare = re.sub(r'"(?:[^"]|"")*"', '""', text)
    plain = re.sub(r"\[[^\]]*\]|'[^']*'", "", bare)
    if plain.count("(") != plain.count(")") or bare.count('"') % 2 or re.search(r"[=(,*/^&+-]$", plain):
        raise failed(f"There's a problem with this formula: {text}")
    return text


_NUMBER = re.compile(r"(?P<int>\d{1,3}(?:,\d{3})+|\d*)(?P<frac>\.\d*)?(?P<exp>[eE][+-]?\d+)?")
_MONTH_NAMES = tuple(dt.date(2000, month, 1).strftime("%B").lower() for month in range(1, 13))
_MONTHS = {form: at for at, name in enumerate(_MONTH_NAMES, 1) for form in (name, name[:3])}
_MONTH = rf"(?P<mon>{'|'.join(_MONTHS)})"
_DATES = (
    (r"(?P<m>\d{1,2})[-/](?P<d>\d{1,2})[-/](?P<y>\d{4}|\d{2})", "m/d/yyyy"),
    (r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})", "m/d/yyyy"),
    (r"(?P<m>\d{1,2})[-/](?P<d>\d{1,2})", "d-mmm"),
    (r"(?P<m>\d{1,2})[-/](?P<y>\d{4})", "mmm-yy"),
    (rf"(?P<d>\d{{1,2}})[- /]?{_MONTH}[- /](?P<y>\d{{4}}|\d{{2}})", "d-mmm-yy"),
    (rf"(?P<d>\d{{1,2}})[- /]?{_MONTH}", "d-mmm"),
    (rf"{_MONTH} (?P<d>\d{{1,2}}), ?(?P<y>\d{{4}})", "d-mmm-yy"),
    (rf"{_MONTH}[- ](?P<y>\d{{4}})", "mmm-yy"),
    (rf"{_MONTH}[- ](?P<d>\d{{1,2}})", "d-mmm"),
)
_TIME = r"(?P<hour>\d{1,2}):(?P<min>\d{2})(?::(?P<sec>\d{2}))?(?: ?(?P<half>[AP])M)?"


def parse(text):
    """The Entry that Excel (United States) makes of a text that looks like a number, date or logical."""
    typed = text.strip(" ")
    upper = typed.upper()
    if upper in ("TRUE", "FALSE"):
        return Entry(upper == "TRUE")
    if upper in ERRORS:
        return Entry(Formula(f"={upper}"))
    return _parse_number(typed) or _parse_date(typed)


def _parse_number(typed):
    body, sign = typed, 1.0
    if bracketed := re.fullmatch(r"\((.+)\)", body):
        body, sign = bracketed[1], -1.0
    elif body[:1] in ("+", "-"):
        body, sign = body[1:], -1.0 if body[0] == "-" else 1.0
    percent, dollar = body.endswith("%"), body.startswith("$")
    body = body.removeprefix("$").removesuffix("%").strip(" ")
    if fraction := re.fullmatch(r"(\d+) (\d{1,3})/(\d{1,3})", body):
        whole, above, below = map(int, fraction.groups())
        return Entry(sign * (whole + above / below), "# ?/?") if below else None
    match = _NUMBER.fullmatch(body)
    if match is None or not re.search(r"\d", body.partition("e")[0]) or not (match["int"] or match["frac"]):
        return None
    value = sign * float(body.replace(",", ""))
    if not math.isfinite(value):
        return None
    decimals = ".00" if match["frac"] else ""
    shown = None
    if percent:
        value, shown = value / 100, f"0{decimals}%"
    elif dollar:
        shown = f"$#,##0{decimals}"
    elif "," in body:
        shown = f"#,##0{decimals}"
    elif match["exp"]:
        shown = "0.00E+00"
    return Entry(value, shown)


def _parse_date(typed):
    if time := re.fullmatch(_TIME, typed, re.IGNORECASE):
        part = _day_part(time)
        return None if part is None else Entry(part, "h:mm:ss" if time["sec"] else "h:mm")
    part, day = 0.0, typed
    if split := re.fullmatch(rf"(?P<day>.+?)[ T]{_TIME}", typed, re.IGNORECASE):
        part, day = _day_part(split), split["day"]
    for pattern, shown in _DATES:
        match = re.fullmatch(pattern, day, re.IGNORECASE)
        if match is None or part is None:
            continue
        found = match.groupdict()
        year = int(found.get("y") or dt.datetime.now().astimezone().year)
        year += (2000 if year < 30 else 1900) if year < 100 else 0
        month = int(found["m"]) if "m" in found else _MONTHS[found["mon"].lower()]
        try:
            whole = serial(dt.datetime(year, month, int(found.get("d") or 1)))
        except ValueError:
            continue
        if year >= 1900:
            return Entry(whole + part, "m/d/yyyy h:mm" if part else shown)
    return None


def _day_part(match):
    hour, minute, second = int(match["hour"]), int(match["min"]), int(match["sec"] or 0)
    if minute > 59 or second > 59 or (match["half"] and not 1 <= hour <= 12) or hour > 23:
        return None
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].upper() == "P" else 0)
    return (hour * 3600 + minute * 60 + second) / 86400


# -- values out


def serial(when):
    """Excel's number of a moment."""
    return (when - EPOCH) / dt.timedelta(days=1)


def moment(number):
    """The datetime of a number in a cell with a date format, or the number where there is none."""
    if not 0 <= number < LAST_SERIAL + 1:
        return number
    return EPOCH + dt.timedelta(milliseconds=round(number * 86_400_000))


def currency(number):
    """A number in a cell with a currency format: COM's currency has 4 decimals."""
    return Decimal(round(number * 10_000)).scaleb(-4) if abs(number) < 922_337_203_685_477 else number


def number_text(number):
    """A number as the formula bar shows it, to 15 digits."""
    text = f"{number:.15g}"
    if "e" not in text:
        return text
    mantissa, _, exponent = text.partition("e")
    if 0 < int(exponent) < 21:
        return f"{float(text):.0f}"
    return f"{mantissa}E{exponent}"


def constant_text(value):
    """A constant as Range.Formula gives it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return number_text(value) if isinstance(value, Number) else value
