"""Columns that are called like one which a refresh fills, and that no refresh has filled."""

import pytest
from support.books import Tables, cells, written

from addin.catalogue import LANGUAGES


def portfolio(language):
    client = Tables(language).words.word("status", "client")
    known = {"status": client, "turnover_1": 5e5, "turnover_2": 5e5, "potential": 9e5, "days_late": 0.0}
    bought = {"purchases": 9.0, "turnover": 5e5}
    rows = [{"account": code, **known, **bought} for code in ("C-1", "C-2")]
    return Tables(language).rows("Clients", rows)


def said(scoring, cell):
    return [finding.what for finding in scoring.report.findings if finding.cell == cell]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["risk", "profile"])
def test_words_that_no_refresh_writes_stay_and_are_said_with_their_cell(key, language):
    tables = portfolio(language).set("Clients", 1, key, "Key account")
    scoring = tables.score()
    table = next(one for one in written(tables.list(), scoring) if one.name == "Clients")
    assert table.columns[tables.column("Clients", key)] == [None, "Key account"]
    (what,) = said(scoring, tables.address("Clients", 1, key))
    assert "Key account" in what


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_refresh_has_written_is_written_again(language):
    tables = portfolio(language)
    first = written(tables.list(), tables.score())
    tables.tables = {table.name: table for table in first}
    filled = cells(first, "Clients")[0]
    assert filled["held"]
    assert filled["profile"]
    scoring = tables.score()
    assert cells(written(first, scoring), "Clients")[0] == filled
    assert not [finding for finding in scoring.report.findings if "upgrade" in finding.remedy]


def test_letters_that_the_company_has_renamed_since_are_still_ours():
    tables = portfolio("en")
    tables.tables = {table.name: table for table in written(tables.list(), tables.score())}
    letter = tables.get("Clients", 0, "held")
    tables.set("Classes", tables.find("Classes", "class", letter), "class", "Star")
    scoring = tables.score()
    assert not said(scoring, tables.address("Clients", 0, "held"))
    assert cells(written(tables.list(), scoring), "Clients")[0]["held"] == "Star"


@pytest.mark.parametrize("key", ["risk", "profile"])
def test_in_a_table_from_before_those_columns_even_our_words_are_the_companys(key):
    tables = portfolio("en")
    for ours in ("held", "risk", "profile"):
        tables.drop_column("Clients", ours)
    header, word = tables.words.header("accounts", key), next(iter(tables.words.words(key).values()))
    tables.add_column("Clients", header, [word])
    table = next(one for one in written(tables.list(), tables.score()) if one.name == "Clients")
    assert table.columns[table.headers.index(header)] == [word, None]
