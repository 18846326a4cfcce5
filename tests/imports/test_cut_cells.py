"""Cells that are cut all at once are those that the csv module finds, and amounts are read to the cent."""

import csv
import io
import math
import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from addin.imports.files.cut_cells import CutBlock, CutCells, text_keys, with_rows
from addin.imports.files.known_cells import KnownCells
from addin.imports.files.regular_lines import LineTexts, find_lines

LETTERS = "aAé€ 0159.,-'œ"
CELLS = st.one_of(
    st.text(LETTERS, max_size=20), st.sampled_from(["", " F1 ", "F1", "x" * 8, "x" * 9, "x" * 200])
)
PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,2})?")
ODD = ["", "-", "1.2.3", "12.", ".5", "1,234", "+5", "1e5", "0012", "-0.05", "1.234", " 1"]
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=12)


def cut(rows, encoding, quoting=csv.QUOTE_MINIMAL):
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=quoting, lineterminator="\n").writerows(rows)
    lines = find_lines(text.getvalue().encode(encoding), ";", 3, quoting=True)
    assert lines.regular.all()
    return lines.cut(lines.regular, 3, range(3), encoding)


@settings(max_examples=60)
@given(ROWS, st.sampled_from(["utf-8", "cp1252"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
@example([('say ""', '"', 'a;"b"'), ("", "x", "")], "utf-8", csv.QUOTE_MINIMAL)
def test_cut_cells_are_those_that_were_written(rows, encoding, quoting):
    for at, cells in cut(rows, encoding, quoting).items():
        written = [row[at] for row in rows]
        assert cells.texts == written
        codes, values = cells.coded()
        assert [values[code] for code in codes] == written
        assert len(set(values)) == len(values)
        assert cells.heads(3) == {text[:3] for text in written}
        assert cells.keys().tolist() == text_keys(written).tolist()


@settings(max_examples=60)
@given(st.lists(CELLS, min_size=2, max_size=12))
def test_keys_are_the_same_for_the_same_text_alone(texts):
    keys = text_keys(texts).tolist()
    for text, key in zip(texts, keys, strict=True):
        assert [key == other for other in keys] == [text.strip() == other.strip() for other in texts]
        assert (key == 0) == (not text.strip())


@settings(max_examples=100)
@given(
    st.lists(
        st.one_of(
            st.integers(-(10**12), 10**12).map(str),
            st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map(str),
            st.decimals(-99, 99, places=1, allow_nan=False).map(str),
            st.sampled_from(ODD),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_plain_numbers_are_read_as_python_reads_them_and_others_not_at_all(texts):
    block = CutBlock("\n".join(texts).encode() + b"\n")
    ends = np.cumsum([len(text) + 1 for text in texts]) - 1
    found = CutCells(block, ends - [len(text) for text in texts], ends).numbers(".")
    if not all(not text or PLAIN.fullmatch(text) for text in texts):
        assert found is None
        return
    assert found is not None
    for number, text in zip(found.tolist(), texts, strict=True):
        assert math.isnan(number) if not text else number == float(text)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_rows_that_were_taken_apart_one_by_one_stand_where_they_belong(encoding):
    columns = cut([("a", 'b""', "c"), ("d", "é", "f")], encoding)
    more = [["1", "two\nlines", 'with "marks"'], ["", "\ufffd€", "9"]]
    joined = with_rows(columns, more, np.array([2, 0, 3, 1]))
    assert joined[0].texts == ["1", "a", "", "d"]
    assert joined[1].texts == ["two\nlines", 'b""', "\ufffd€", "é"]
    assert joined[2].texts == ['with "marks"', "c", "9", "f"]


def test_a_cell_is_known_again_in_the_next_part_of_a_file():
    known, asked = KnownCells(), []

    def number(text):
        asked.append(text)
        return len(asked)

    first, second = (
        cut([(text, "", "") for text in texts], "utf-8")[0] for texts in (["b", "a"], ["c", "a"])
    )
    assert known.numbers(first, number).tolist() == [1, 2]
    assert known.numbers(second, number).tolist() == [3, 2]
    assert known.numbers(["c", "a code too long for eight bytes"], number).tolist() == [3, 4]
    assert asked == ["b", "a", "c", "a code too long for eight bytes"]


def test_lines_are_made_texts_one_by_one():
    lines = find_lines("é;1\nb;2\n".encode(), ";", 2, quoting=True)
    texts = LineTexts(lines, "utf-8")
    assert (len(texts), texts[0], texts[1:]) == (2, "é;1", ["b;2"])
    assert (lines.behind(0), lines.behind(1)) == ("é;1\nb;2\n".encode(), b"b;2\n")
