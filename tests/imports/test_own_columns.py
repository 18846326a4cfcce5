"""Columns that no field takes become columns of the company's own, row by row what they were."""

import datetime as dt
from string import printable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imports.harness import lines, put, sentences, sheet, taken
from support.books import Tables

from addin.imports import own_columns as module
from addin.imports.importing import Options, look_at
from addin.imports.own_columns import OwnColumn, own_columns
from addin.refusals import Refusal

TODAY = dt.date(2026, 6, 30)


def own(folder, files, **options):
    """The columns of files, by name, that would be the company's own."""
    recognition = look_at(Tables("en").list(), put(folder, files), TODAY, Options(**options))
    return own_columns(recognition.files)


def headers(folder, *header, row=()):
    found = own(folder, {"a.csv": lines(header, row or [f"x{at}" for at in range(len(header))])})
    return {column.source: column.header for column in found}


def test_what_no_field_takes_keeps_its_name_and_order(tmp_path):
    found = headers(tmp_path, "Account", "Region", "Name", "ABC class", "Terms  of\u00a0payment")
    assert list(found.items()) == [
        ("Region", "Region"),
        ("ABC class", "ABC class"),
        ("Terms of payment", "Terms of payment"),
    ]


@pytest.mark.parametrize("header", ["Score", "Class", "CLASSE", "Why", "Forced class", "Rang"])
def test_a_name_of_ours_in_either_language_gets_a_number(tmp_path, header):
    assert headers(tmp_path, "Account", "Name", header) == {header: f"{header} (2)"}


def test_columns_of_one_name_are_told_apart(tmp_path):
    assert headers(tmp_path, "Account", "Name", "Region", "region", "Score", "Score", "Name") == {
        "Region": "Region",
        "region (2)": "region (2)",
        "Score": "Score (3)",
        "Score (2)": "Score (2)",
        "Name (2)": "Name (2)",
    }


def test_a_column_without_a_header_goes_by_its_letter_and_an_empty_one_is_none(tmp_path):
    assert headers(tmp_path, "Account", "Name", "", "", row=["C1", "a", "x", ""]) == {"C": "C"}


def test_columns_of_one_name_in_several_files_are_one(tmp_path):
    files = {
        "a.csv": lines(["Account", "Name", "Région"], ["C1", "a", "Sud"]),
        "b.csv": lines(["Account", "Name", "REGION", "Depot"], ["C2", "b", "Nord", "3"]),
    }
    assert [column.header for column in own(tmp_path, files)] == ["Région", "Depot"]


def test_invoices_and_visits_have_none(tmp_path):
    files = {
        "i.csv": lines(["Account", "Invoice date", "Amount", "Item"], ["C1", "2026-06-30", 1, "nails"]),
        "v.csv": lines(["Account", "Date of visit", "Weather"], ["C1", "2026-06-30", "rain"]),
    }
    assert own(tmp_path, files) == []


def test_a_column_of_dates_is_known(tmp_path):
    day = dt.date(2026, 1, 5)
    rows = [["Account", "Name", "Since", "Mixed"], ["C1", "a", day, day], ["C2", "b", None, "no"]]
    assert own(tmp_path, {"a.xlsx": sheet(rows)}) == [
        OwnColumn("Since", "Since", holds_dates=True),
        OwnColumn("Mixed", "Mixed", holds_dates=False),
    ]


def test_more_columns_than_a_sheet_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_MOST_COLUMNS", 40)
    with pytest.raises(Refusal, match="export_does_not_fit") as refused:
        headers(tmp_path, "Account", "Name", *(f"Own {n}" for n in range(40)))
    assert "40" in sentences(refused.value)["fr"]


class TestValues:
    def column(self, folder, *cells, name="a.csv"):
        """Values of an own column by code, from a file of these cells."""
        rows = [["Account", "Name", "Beside"], *([f"C{at}", "n", cell] for at, cell in enumerate(cells))]
        content = lines(*rows) if name.endswith("csv") else sheet(rows)
        found = taken(folder, content, Tables("fr").add_column("Clients", "Beside"), name=name)
        return [found[f"C{at}"].get("+beside") for at in range(len(cells))]

    def test_texts_that_are_all_numbers_are_numbers(self, tmp_path):
        assert self.column(tmp_path, "12", "1 234,5", "", "-3") == [12.0, 1234.5, None, -3.0]

    def test_a_column_with_a_code_stays_one_of_texts(self, tmp_path):
        assert self.column(tmp_path, "12", "007") == ["12", "007"]

    def test_a_column_with_a_word_stays_one_of_texts(self, tmp_path):
        assert self.column(tmp_path, "12", "n/c", "1,5") == ["12", "n/c", "1,5"]

    def test_a_formula_without_a_value_is_nothing(self, tmp_path):
        assert self.column(tmp_path, "#REF!", "x", "#N/A") == [None, "x", None]

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.none()
            | st.booleans()
            | st.floats(-1e9, 1e9, allow_nan=False)
            | st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1))
            | st.text(printable, min_size=1, max_size=8).map(lambda text: f"x{text.strip()}y"),
            min_size=1,
            max_size=8,
        )
    )
    def test_each_account_has_the_value_of_its_row_as_it_was(self, tmp_path_factory, cells):
        found = self.column(tmp_path_factory.mktemp("own"), *cells, name="a.xlsx")
        for cell, value in zip(cells, found, strict=True):
            if isinstance(cell, str):
                assert value == " ".join(cell.split())
            elif isinstance(cell, dt.date):
                assert value == dt.datetime.combine(cell, dt.time())
            else:
                assert value == (pytest.approx(cell, rel=1e-15) if isinstance(cell, float) else cell)
                assert type(value) is type(cell)
