"""Cells as they stand in the XML of a sheet: what a person types, and what nobody should."""

from xml.sax.saxutils import escape

from hypothesis import strategies as st

from addin.catalogue import LANGUAGES, catalogue
from addin.workbook.tables import BY_KEY


def text(value):
    return 't="inlineStr"', f'<is><t xml:space="preserve">{escape(value)}</t></is>'


def number(value):
    return "", f"<v>{value}</v>"


NOTHING = ("", "")
NUMBERS = (
    *("0", "-0.0", "1", "-1", "0.5", "2", "3", "10", "12.5", "100", "365", "1000", "99999999"),
    *("1e999", "-1e999", "1e308", "-1e308", "1e-320", "9007199254740993", "1E+15", "0.1", "46349", "2958466"),
    *("-46349", "60", "59.999999", "1.7976931348623157e308"),
)
SPELLED = ("nan", "inf", "", " 5 ", "+5", "5.", ".5", "1e", "0x10", "٣", "1,5", "--1")
"""What no program of good will writes as a number."""
TEXTS = (
    *("=1+1", "+33 1 23 45 67 89", "-5", "@SUM(A1)", "'0012", "0012", "12", " ", "\u00a0", "\u202f", "\n"),
    *("1 234,56", "1,234.56", "1e5", "1e999", "-0", "12 %", "50%", "n/a", "#N/A", "?", "A", "a", "B", "Z"),
    *("31/02/2026", "01/03/2026", "2026-02-30", "1850-01-01", "9999-12-31", "0000-00-00", "TRUE", "Vrai"),
    *("nan", "NaN", "inf", "None", "null", "x" * 32_767, "é" * 40, "e\u0301", "ﬁ", "İ", "ß", "𝔘", "_x0041_"),
    *(
        "_x0000_",
        "a\tb",
        "a\nb",
        "a\r\nb",
        "<b>&amp;</b>",
        '"',
        "a;b",
        "C1",
        "c1",
        "C\u00a01",
        "{0}",
        "{",
        "%s",
    ),
    *(
        "Mon-Fri",
        "lun-ven",
        "08:30-12:00",
        "25:00-26:00",
        "FR-67",
        "XX",
        "A, B",
        "Client, Prospect",
        "Turnover",
    ),
    *("Turnover >= 5", "Turnover > ", "CA N < 1; ", "known", "<", "=", "\u200b", "\ufeffC1", "1" * 400),
)
ODD = (
    *(number(one) for one in SPELLED),
    ('t="b"', "<v>1</v>"),
    ('t="b"', "<v>0</v>"),
    ('t="b"', "<v>true</v>"),
    *(('t="e"', f"<v>{one}</v>") for one in ("#N/A", "#DIV/0!", "#VALUE!", "#SPILL!", "#GETTING_DATA")),
    ('t="d"', "<v>2026-03-01</v>"),
    ('t="d"', "<v>1850-03-01T25:00:00</v>"),
    ('t="str"', "<f>1/0</f><v>text</v>"),
    ('t="str"', "<v></v>"),
    ("", "<f>1+1</f><v>2</v>"),
    ("", '<f t="array" ref="@@">SUM(A1:A2*2)</f><v>2</v>'),
    ("", '<f t="shared" ref="@@" si="77">1+1</f><v>2</v>'),
    ("", '<f t="dataTable" ref="@@" dt2D="0" dtr="0" r1="A1"/><v>2</v>'),
    ("", "<f>1+1</f>"),
    ("", "<f/>"),
    ('t="s"', "<v>0</v>"),
    ('t="s"', "<v>99999999</v>"),
    ('t="s"', "<v>-1</v>"),
    ('t="inlineStr"', "<is><r><rPr><b/></rPr><t>C</t></r><r><t>1</t></r></is>"),
    ('t="inlineStr"', "<is/>"),
    ('t="strange"', "<v>5</v>"),
    ('s="99999"', "<v>5</v>"),
)


def every_word():
    """Every word and header of both languages: what somebody chooses from a list, maybe of the wrong one."""
    found = set()
    for language in LANGUAGES:
        words = catalogue(language)
        for key in BY_KEY:
            found.update(words.headers(key).values())
            for column in BY_KEY[key].columns:
                if column.words:
                    found.update(words.words(column.words).values())
        found.update(words.surface("fields")["setting_names"].values())
    return sorted(found)


numbers = st.sampled_from(NUMBERS).map(number)
plain_numbers = st.one_of(st.integers(-50, 400), st.integers(-1000, 500_000), st.floats(-5, 5)).map(
    lambda value: number(repr(value))
)
serials = st.integers(40_000, 47_000).map(number)
texts = st.sampled_from(TEXTS).map(text)
words = st.sampled_from(every_word()).map(text)
cells = st.one_of(st.just(NOTHING), numbers, plain_numbers, serials, texts, words, st.sampled_from(ODD))
