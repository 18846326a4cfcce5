"""What holds for every table and every change."""

import datetime as dt
import tempfile
from pathlib import Path

import numpy as np
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from package.raw_package import parts

from addin.package import PackageBook, dates, text
from addin.package.encoder import number
from addin.workbook.port import Changes, ColumnFill, RowsFill
from addin.workbook.same_cell import cleaned

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
TEXTS = st.text(LETTERS, min_size=1, max_size=12).filter(lambda value: cleaned(value) == value)
NUMBERS = st.floats(-1e307, 1e307)
CELLS = st.one_of(
    st.none(), st.booleans(), NUMBERS, TEXTS, st.sampled_from(["_x0041_", " a ", "a\r\nb", "=1", "\t"])
)


@st.composite
def cases(draw):
    """A table with its place and content, and changes of some of its cells."""
    n_rows, n_columns = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    row = st.tuples(*[CELLS] * n_columns)
    content = [
        tuple(map(sixteen_digits, line)) for line in draw(st.lists(row, min_size=n_rows, max_size=n_rows))
    ]
    place = (draw(st.integers(0, 3)), draw(st.integers(0, 30)))
    flags = st.lists(st.booleans(), min_size=n_rows, max_size=n_rows)
    fills = {
        column: (draw(st.lists(CELLS, min_size=n_rows, max_size=n_rows)), draw(flags))
        for column in draw(st.sets(st.integers(0, n_columns - 1)))
    }
    keep = draw(st.integers(0, n_rows))
    return place, content, fills, keep, draw(st.lists(row, max_size=6))


def sixteen_digits(value):
    """Return a number as XlsxWriter writes it, which builds the table."""
    return float(f"{value:.16G}") if type(value) is float else value


def build(path, place, content):
    """Write the table with XlsxWriter; blanks are left out, so that cells and rows are missing."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        top, left = place
        n_columns = len(content[0])
        headers = [{"header": f"h{n}"} for n in range(n_columns)]
        sheet.add_table(
            top, left, top + len(content), left + n_columns - 1, {"name": "T", "columns": headers}
        )
        for y, cells in enumerate(content, start=top + 1):
            for x, value in enumerate(cells, start=left):
                if isinstance(value, str):
                    sheet.write_string(y, x, value)
                elif value is not None:
                    sheet.write(y, x, value)
    return path


@settings(max_examples=100, deadline=None)
@given(cases())
def test_what_is_written_is_what_is_read(case):
    """Changed cells have their new values and all others their old; the same changes again change nothing."""
    place, content, fills, _, _ = case
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "book.xlsx", place, content)
        expected = [list(column) for column in zip(*content, strict=True)]
        changes = Changes()
        for column, (values, skip) in fills.items():
            changes.columns.append(
                ColumnFill("T", column, values, np.array(skip), np.zeros(len(skip), dtype=bool))
            )
            expected[column] = [
                old if kept else new for old, new, kept in zip(expected[column], values, skip, strict=True)
            ]
        PackageBook(path).apply(changes)
        (table,) = PackageBook(path).tables()
        assert [list(map(typed, column)) for column in table.columns] == [
            list(map(typed, c)) for c in expected
        ]
        before = parts(path)
        assert PackageBook(path).apply(changes) is False
        assert parts(path) == before


@settings(max_examples=100, deadline=None)
@given(cases())
def test_rows_are_what_was_kept_and_what_is_new(case):
    """After rows are replaced the body is the kept rows and the new ones, at least one; twice is once."""
    place, content, _, keep, new = case
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "book.xlsx", place, content)
        changes = Changes(rows=[RowsFill("T", keep, new)])
        PackageBook(path).apply(changes)
        (table,) = PackageBook(path).tables()
        expected = [*content[:keep], *new] or [(None,) * len(content[0])]
        assert [tuple(map(typed, row)) for row in zip(*table.columns, strict=True)] == [
            tuple(map(typed, row)) for row in expected
        ]
        assert PackageBook(path).apply(changes) is False


def typed(value):
    """Tell True from 1.0, and an integer that XlsxWriter writes from nothing else."""
    return type(value).__name__, value


@given(NUMBERS)
def test_numbers_round_trip(value):
    """Every finite number reads back as itself."""
    assert float(number(value)) == value


@given(st.datetimes(dt.datetime(1904, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59)), st.booleans())
def test_dates_round_trip(moment, from_1904):
    """Every date reads back to the millisecond, in both systems."""
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert dates.from_serial(dates.to_serial(moment, from_1904=from_1904), from_1904=from_1904) == moment


@given(st.text(LETTERS))
def test_texts_round_trip(value):
    """Every text that a cell can hold reads back as itself."""
    clean = cleaned(value)
    assert text.decoded(text.encoded(clean)) == clean
