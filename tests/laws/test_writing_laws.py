"""Laws of writing: a number or date written in any way is read back, and what is neither is unknown."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from addin.imports.files.chunks import Column
from addin.imports.files.dates import EPOCH, UNREADABLE, Dates
from addin.imports.files.numbers import EMPTY, Numbers
from addin.workbook.typed_cells import Unreadable, read_date, read_number
from addin.workbook.written_dates import written_date
from addin.workbook.written_numbers import written_number

some = settings(max_examples=80)


def words(text):
    return text.split()


BLANKS = [" ", "\u00a0", "\u202f", "\u2009"]
MINUSES = ["-", "−", "‑", "–"]
BEFORE = ["", "€", "€ ", "EUR ", "$", "CHF ", "Fr. ", "US$ "]
BEHIND = [
    "",
    " €",
    "\u202f€",
    "€",
    " EUR",
    " USD",
    " CHF",
    " € HT",
    " EUR HT",
    " H.T.",
    " TTC",
    " €TTC",
    " net",
]
MONTHS = {
    "fr": words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    "en": words("January February March April May June July August September October November December"),
    "fr short": words("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
    "en short": words("Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec"),
    "plain": words("janv fevr mars avr mai juin juil aout sept oct nov dec"),
}
WEEKDAYS = {
    "fr": words("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    "en": words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    "fr short": words("lun. mar. mer. jeu. ven. sam. dim."),
    "en short": words("Mon, Tue, Wed, Thu, Fri, Sat, Sun,"),
}
TIMES = ["", " 14:30", " 14:30:05", " 2:30 PM", " à 14h30", " 00:00:00.000", "T23:59:59Z", " 10:00:00 +0200"]


@st.composite
def numbers(draw):
    """A number of cents, the mark of its decimals, and a way to write it."""
    cents = draw(st.integers(-(10**11), 10**11))
    mark = draw(st.sampled_from(",."))
    group = draw(st.sampled_from(["", "'", "’", "." if mark == "," else ",", *BLANKS]))
    digits = f"{abs(cents) / 100:,.2f}".translate({ord(","): group, ord("."): mark})
    if draw(st.booleans()) and cents % 100 == 0:
        digits = digits[:-2] + draw(st.sampled_from(["-", "--", "—"]))
    before, behind = draw(st.sampled_from(BEFORE)), draw(st.sampled_from(BEHIND))
    assume(not before or not any(sign in behind for sign in "€EUC"))
    minus = draw(st.sampled_from(MINUSES))
    ways = [
        "{m}{b}{d}{a}",
        "{b}{m}{d}{a}",
        "({b}{d}{a})",
        "{b}({d}){a}",
        "'{m}{b}{d}{a}",
        "{b}{d} CR{a}",
        "CR {d}{a}",
    ]
    ways += ["{b}{d}{m}{a}", "{b}{d}{a} {m}"] if digits[-1].isdigit() else []
    way = (
        draw(st.sampled_from(ways))
        if cents < 0
        else draw(st.sampled_from(["{b}{d}{a}", "{b}{d}{a} DR", "+{b}{d}{a}"]))
    )
    return cents, mark, way.format(m=minus, b=before, d=digits, a=behind)


@some
@given(numbers(), st.booleans())
def test_a_number_written_in_any_way_is_read_back_by_a_column(written, as_cell):
    cents, mark, text = written
    column = Column(None, [text, f"7{mark}25", f"1{mark}5"])
    found = Numbers()
    found.observe(column)
    found.settle("en" if as_cell else "fr")
    read = found.read(column)
    assert not read.unreadable.any()
    assert read.numbers.tolist() == pytest.approx([cents / 100, 7.25, 1.5])


@some
@given(numbers())
def test_a_number_that_is_typed_is_read_as_by_the_column_of_a_file(written):
    cents, mark, text = written
    language = "fr" if mark == "," else "en"
    assert read_number(text, language) == pytest.approx(cents / 100)


@some
@given(st.lists(numbers(), min_size=1, max_size=5), st.sampled_from(",."))
def test_numbers_written_in_several_ways_are_read_back_from_one_column(written, mark):
    texts = [text for _, one, text in written if one == mark]
    read = Numbers(decimal=mark).read(Column(None, [*texts, "x"]))
    assert read.numbers[:-1].tolist() == pytest.approx(
        [cents / 100 for cents, one, _ in written if one == mark]
    )
    assert read.unreadable.tolist() == [False] * len(texts) + [True]


@some
@given(numbers(), st.integers(0, 30), st.sampled_from([*"bxyzqé_/#@?=&", "5 ", "\n", "--", "..", "1 2"]))
def test_a_sign_too_many_makes_no_other_number(written, at, sign):
    cents, mark, text = written
    spoilt = text[:at] + sign + text[at:]
    value = read_number(spoilt, "fr" if mark == "," else "en")
    if sign in "bxyzqé_/#@?=&" and spoilt.strip():
        assert isinstance(value, Unreadable)
    elif sign == "\n" and isinstance(value, float):
        assert value == pytest.approx(cents / 100)  # at one of its ends, or beside its currency


@some
@given(st.text(max_size=20))
@example("C1")
@example("1\n200")
@example("12 km")
@example("B2B")
@example("01 02 03 04")
def test_whatever_text_is_a_number_or_unknown_and_never_an_error(text):
    value = read_number(text, "fr")
    assert value is None or isinstance(value, float | Unreadable)
    written = written_number(text.strip())
    if isinstance(value, float):
        assert written is not None
        assert any(sign in text for sign in "0123456789") or value == 0
    if written is None and text.strip().casefold() not in EMPTY:
        assert Numbers().read(Column(None, [text])).unreadable.all()


@st.composite
def days(draw):
    """A day, and a way to write it that needs no other one to be understood."""
    day = draw(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
    kind = draw(st.sampled_from(sorted(MONTHS)))
    name = MONTHS[kind][day.month - 1]
    weekday = WEEKDAYS.get(kind, [""] * 7)[day.weekday()]
    short = f"{day:%y}"
    first = "1er" if day.day == 1 and not kind.startswith("en") else str(day.day)
    ordinal = f"{day.day}{'th' if 10 < day.day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day.day % 10, 'th')}"
    ways = [
        f"{first} {name} {day.year}",
        f"{weekday} {first} {name} {day.year}".strip(),
        f"{weekday} {day.day:02} {name} {short}".strip(),
        f"{day.day}-{name}-{short}",
        f"{day.day:02}-{name}-{day.year}",
        f"{day.day}/{name}/{day.year}",
        f"{day.year}-{name}-{day.day:02}",
        f"{day.day}{name}{day.year}",
        f"le {first} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{name} {ordinal}, {day.year}",
        f"{ordinal} of {name} {day.year}",
        f"{name}-{day.day:02}-{day.year}",
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y.%m.%d}",
        f"{day:%Y%m%d}",
    ]
    text = draw(st.sampled_from(ways)) + draw(st.sampled_from(TIMES))
    return day, draw(st.sampled_from([text, text.upper(), text.lower(), f" {text} "]))


@some
@given(days())
def test_a_date_that_names_its_month_or_begins_with_its_year_is_read_back_by_anybody(written):
    day, text = written
    assert written_date(text).date() == day
    for language in ("en", "fr"):
        assert read_date(text, language).date() == day
    assert of_column([text]) == [day]


NUMERIC = [
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d %m %Y",
    "%d/%m/%y",
    "%d%m%Y",
    "%d/%m/%Y %H:%M",
    "%d / %m / %Y",
]


def of_column(cells):
    """Dates of a column of a file, None where one is unknown."""
    column, found = Column(None, np.array(cells, dtype=object)), Dates("file")
    found.observe(column.coded()[1])
    found.settle()
    read = found.days(column).tolist()
    return [None if day <= UNREADABLE else EPOCH + dt.timedelta(days=day) for day in read]


@some
@given(
    st.lists(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)), min_size=1, max_size=6),
    st.sampled_from(NUMERIC),
    st.booleans(),
)
def test_dates_in_figures_are_read_back_where_one_of_them_tells_the_order(dates, way, month_first):
    way = way.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m") if month_first else way
    dates = [*dates, dt.date(2026, 1, 31)]
    assert of_column([f"{day:{way}}" for day in dates]) == dates


@some
@given(st.lists(st.dates(dt.date(1990, 1, 2), dt.date(2059, 12, 30)), min_size=1, max_size=6), st.booleans())
def test_a_column_of_serial_numbers_is_read_back_and_one_beside_dates_is_unknown(dates, with_time):
    serials = [f"{(day - dt.date(1899, 12, 30)).days}{',5' if with_time else ''}" for day in dates]
    assert of_column(serials) == dates
    assert of_column([*serials, "2026-01-31"]) == [None] * len(dates) + [dt.date(2026, 1, 31)]
    assert of_column([*serials, "12"]) == [None] * (len(dates) + 1)


@some
@given(
    st.lists(st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)), min_size=12, max_size=20, unique=True),
    st.sampled_from(["%d%m%y", "%y%m%d"]),
    st.booleans(),
)
def test_six_figures_are_read_in_the_order_that_makes_the_fewest_years(dates, way, without_nought):
    assume(len({day.day for day in dates}) > 6)
    dates = [*dates, dt.date(2026, 1, 31)]
    cells = [f"{day:{way}}" for day in dates]
    assert of_column([cell.lstrip("0") if without_nought else cell for cell in cells]) == dates


@some
@given(days(), st.integers(0, 30), st.sampled_from("xq#@?=&%€"))
def test_a_sign_too_many_makes_no_other_date(written, at, sign):
    _, text = written
    spoilt = f"{text[:at]}{sign}{text[at:]}"
    assert isinstance(read_date(spoilt, "fr"), Unreadable)


@some
@given(st.text(max_size=20))
@example("31 janv.")
@example("12 jui 2026")
@example("Mar 26")
@example("31 févr. 2026")
def test_whatever_text_is_a_date_or_unknown_and_never_an_error(text):
    value = read_date(text, "en")
    assert value is None or isinstance(value, dt.datetime | Unreadable)
    if isinstance(value, dt.datetime):
        assert sum(sign.isdecimal() for sign in text) > 2
