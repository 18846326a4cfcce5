"""Values to and from the open workbook keep what they are."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.calc.french import parse_french
from support.calc.semantics import enter, parse

from addin.excel.values import cell_of, typed
from addin.workbook.port import CellError, Formula
from addin.workbook.same_cell import AS_EXCEL_KEEPS, cleaned, same_cell


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (None, None),
        ("", None),
        (Decimal("1234.5600"), 1234.56),
        (3, 3.0),
        (True, True),
        ("#N/A", CellError("#N/A")),
        (-2146826243, CellError("#SPILL!")),
        (-2146826200, CellError("#UNKNOWN!")),
        (-2147352572, None),
        (-2146826238, CellError("#CALC!")),
        (-2146826239, CellError("#FIELD!")),
        (-2146826245, CellError("#GETTING_DATA")),
        (-2146826242, CellError("#CONNECT!")),
        (-2146826241, CellError("#BLOCKED!")),
        (-2146826240, CellError("#UNKNOWN!")),
        (-2146826243.0, -2146826243.0),
        ("#REF!", CellError("#REF!")),
        ("00123", "00123"),
        (dt.datetime(2026, 11, 23, tzinfo=dt.UTC), dt.datetime(2026, 11, 23)),
        (dt.date(2026, 11, 23), dt.datetime(2026, 11, 23)),
    ],
)
def test_what_excel_gives_becomes_a_cell(read, cell):
    assert cell_of(read) == cell
    assert type(cell_of(read)) is type(cell)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "=1+1",
            "+33 1 23",
            "-5",
            "@SUM",
            "00123",
            "12 %",
            "1,5",
            "1/2",
            "31/12/2026",
            "Mar 5",
            "mars 2026",
        ),
        *("May-26", "TRUE", "vrai", "EUR 5", "€5", "'x", "1E5", "(5)", "12:30", "#N/A", " =1", "Jan 1, 2026"),
    ],
)
def test_a_text_that_excel_would_take_for_something_else_is_kept_by_an_apostrophe(text):
    assert typed(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    ["Strategic", "A", "?", "▲ Turnover +12   ▼ Payment −8", "Yes", "À renseigner : CA (connu à 40 %)"],
)
def test_plain_words_are_written_as_they_are(text):
    assert typed(text) == text


@pytest.mark.parametrize("cell", [CellError("#N/A")])
def test_an_error_is_never_written(cell):
    with pytest.raises(TypeError, match="never written"):
        typed(cell)


def test_a_formula_is_written_only_as_one():
    assert typed(Formula("=A1")) == "=A1"
    assert typed("=A1") == "'=A1"


@given(st.text(max_size=40))
@example("\x00=1")
@example("\ud800")
def test_no_text_is_ever_a_formula(text):
    written = typed(text)
    assert not written.startswith(("=", "+", "-", "@"))
    assert len(written) <= 32_767


def test_what_was_wanted_is_recognised():
    day = dt.datetime(2026, 11, 23)
    assert same_cell(day + dt.timedelta(microseconds=900), day)
    assert same_cell(46349.0, day)
    assert not same_cell(46350.0, day)
    assert not same_cell(None, day)
    assert not same_cell(1.0, wanted=True)
    assert not same_cell("x", 1.0)
    assert same_cell(0.1 + 0.2, 0.3, to=AS_EXCEL_KEEPS)
    assert not same_cell(0.1 + 0.2, 0.3)


_LIKE_A_VALUE = st.one_of(
    st.text("0123456789,. /:-+()%€$E'\u00a0", max_size=12),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "5 ", "05-", "1/", "mai-", "vrai ", "("]),
        st.sampled_from(
            ["mai", "May", "janv.", "VRAI", "true", "12,5", "1.234,50", "3e5", "#N/A", "@x", "+"]
        ),
        st.sampled_from(["", " 2026", "-26", " 5", ")", " %", " €", "=1"]),
    ),
)


@pytest.mark.parametrize("read", [parse, parse_french], ids=["United States", "France"])
@given(text=_LIKE_A_VALUE)
def test_a_text_stays_a_text_in_the_settings_of_either_country(read, text):
    assert enter(typed(text), read=read).content == (cleaned(text) or None)
