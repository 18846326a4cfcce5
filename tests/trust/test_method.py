"""The method sheet: what it says is the model, in both languages, and who approved it stands there."""

import datetime as dt
import json

import pytest
from support.commands import run_command
from support.made import new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, RowsFill

TODAY = dt.date(2026, 11, 29)


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    words, path = catalogue(request.param), tmp_path / "book.xlsx"
    row = {"account": "C-1", "status": words.word("status", "client"), "turnover": 90e3, "turnover_1": 80e3}
    new_workbook(path, request.param, [row])
    return path


def page(book, capsys):
    code, out, err = run_command(capsys, "method", book, "--json", today=TODAY)
    assert code == 0, err
    return json.loads(out)["tables"]


def layout(book):
    return Layout(PackageBook(book).tables())


def typed(book, **tables):
    """The workbook with other rows in some tables."""
    found = layout(book)
    fills = [
        RowsFill(found.named[key].table.name, 0, found.named[key].tuples(rows))
        for key, rows in tables.items()
    ]
    PackageBook(book).apply(Changes(rows=fills))


def test_every_criterion_class_and_gate_is_in_it_and_the_weights_sum_to_one(book, capsys):
    rows = page(book, capsys)["Method"]
    found = layout(book)
    topics = [row["topic"] for row in rows if row["topic"]]
    assert [row["criterion"] for row in found.named["criteria"].rows()] == [
        row["topic"] for row in rows if row["weight"] is not None
    ]
    assert sum(row["weight"] for row in rows if row["weight"]) == pytest.approx(1)
    assert {"A", "B", "C", "D"} <= set(topics)
    text = " ".join(row["text"] for row in rows)
    for gate in found.named["gates"].rows():
        assert gate["reason"] in text
    assert max(len(row["text"]) for row in rows) <= 190
    assert "75" in text
    mark = next(row for row in found.named["scales"].rows() if isinstance(row["value"], str))["value"]
    assert mark in text


def test_a_change_of_the_model_changes_the_page(book, capsys):
    before = page(book, capsys)["Method"]
    classes = layout(book).named["classes"].rows()
    typed(book, classes=[row | {"min_score": 80.0} if row["class"] == "A" else row for row in classes])
    after = page(book, capsys)["Method"]
    changed = [new["topic"] for old, new in zip(before, after, strict=True) if old != new]
    words = catalogue(layout(book).language)
    assert changed == ["A", words.text("views", "method", "topics", "version")]


def test_who_approved_it_is_kept_and_said(book, capsys):
    signed = {"date": dt.datetime(2026, 11, 2), "approved_by": "Mme Roy", "took_part": "Ana, Ben"}
    typed(book, approvals=[signed])
    tables = page(book, capsys)
    assert tables["Approvals"] == [
        {"date": "2026-11-02", "approved_by": "Mme Roy", "took_part": "Ana, Ben", "note": None}
    ]
    assert "Mme Roy" in tables["Method"][-1]["text"]
    package = PackageBook(book)
    package.apply(score_tables(package.tables(), TODAY, asked={"method": {}}).changes)
    assert layout(book).named["approvals"].rows() == [signed | {"note": None}]
    assert "Ana, Ben" in layout(book).named["method"].rows()[-1]["text"]


def test_without_a_criterion_that_counts_there_is_a_page_all_the_same(book, capsys):
    criteria = layout(book).named["criteria"].rows()
    typed(book, criteria=[row | {"weight": 0.0} for row in criteria])
    assert page(book, capsys)["Method"]
