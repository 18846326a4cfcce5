"""The classes as a file for other programs: values only, as last scored."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from support.commands import run_command
from support.made import new_workbook

from addin.catalogue import LANGUAGES, catalogue

TODAY = dt.date(2026, 11, 29)


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path, words = tmp_path / "book.xlsx", catalogue(request.param)
    known = {
        "status": words.word("status", "client"),
        "potential": 5000.0,
        "turnover": 1000.0,
        "turnover_1": 900.0,
    }
    rows = [
        {"account": "0017", "name": "=Nordvik", "rep": "Ana", **known},
        {"account": "C-2", "name": "Åkerblad", "rep": "Ben", **known},
        {"account": "c-2", "name": "Twice", "rep": "Ben", **known},
        {"account": "C-3"},
    ]
    new_workbook(path, request.param, rows)
    return path, request.param


def test_a_workbook_that_was_never_scored_is_refused(book, tmp_path, capsys):
    code, _, err = run_command(capsys, "export", book[0], "--to", "csv", tmp_path / "out.csv")
    assert code == 1
    assert err
    assert not (tmp_path / "out.csv").exists()


def test_code_name_class_category_score_and_rep_are_written(book, tmp_path, capsys):
    path, language = book
    run_command(capsys, "refresh", path, today=TODAY)
    code, _, err = run_command(capsys, "export", path, "--to", "csv", tmp_path / "out.csv")
    assert code == 0
    assert "C-2" in err, "a code that stands twice is in no list, and told"
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text), delimiter=";" if language == "fr" else ",")
    assert header == [
        catalogue(language).header("accounts", key)
        for key in ("account", "name", "class", "label", "score", "rep")
    ]
    assert [row[0] for row in rows] == ["0017", "C-3"]
    assert rows[0][1] == "'=Nordvik", "a spreadsheet would run it"
    assert rows[0][2] in "ABCD"
    assert (rows[1][2], rows[1][4]) == ("?", "")


def test_a_workbook_of_values_keeps_zeros_and_has_no_formula(book, tmp_path, capsys):
    path, _ = book
    run_command(capsys, "refresh", path, today=TODAY)
    code, _, _ = run_command(capsys, "export", path, "--to", "xlsx", tmp_path / "out.xlsx")
    assert code == 0
    (_, first, second) = openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows()
    assert [cell.value for cell in first][:2] == ["0017", "=Nordvik"]
    assert {cell.data_type for cell in (*first, *second)} <= {"s", "n"}
    assert isinstance(first[4].value, float)


def test_a_name_of_another_kind_and_the_workbook_itself_are_refused(book, tmp_path, capsys):
    for target in (tmp_path / "out.pdf", book[0]):
        code, _, err = run_command(capsys, "export", book[0], "--to", "xlsx", target)
        assert code == 1
        assert target.name in err
