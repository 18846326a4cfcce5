"""Scored workbooks, Python behind xlwings' own code, and workbooks open in an interpreter of VBA."""

import functools

import pytest
from support.books import TODAY, cells, written
from support.calc.portfolio import light_workbook
from support.formulas import Excel
from support.marshalling import Worker

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import _sample_words, demo_workbook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.sample import read_sample
from addin.workbook.formulas import ANSWER_FIELDS
from addin.workbook.located_tables import Layout

FREEZE = f"""
import datetime as dt, types
today = dt.date({TODAY.year}, {TODAY.month}, {TODAY.day})
addin.functions.dt = types.SimpleNamespace(date=types.SimpleNamespace(today=lambda: today))
"""


@pytest.fixture(scope="session")
def python():
    """Python as Excel starts it, on the day that all tests have."""
    with Worker() as worker:
        worker.exec(FREEZE)
        yield worker


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The path of the whole sample, scored, in a language."""
    folder = tmp_path_factory.mktemp("demo")

    @functools.cache
    def made(language):
        path = folder / f"{language}.xlsm"
        demo_workbook(path, language, TODAY)
        return path

    return made


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The path of a scored workbook with a part of the sample and some codes of every kind."""
    folder = tmp_path_factory.mktemp("small")

    @functools.cache
    def made(language):
        path = folder / f"{language}.xlsm"
        words = catalogue(language)
        rows = [_sample_words(row, words) for row in read_sample(language, TODAY)]
        prospects = [row for row in rows if row["status"] == words.word("status", "prospect")]
        rows = rows[:24] + prospects[:6]
        rows[4]["account"] = 1001.0  # a number is what would be typed
        rows[5]["account"] = "Abc-1"
        empty = dict.fromkeys(rows[0])
        rows.append(empty | {"account": "NOTHING", "status": words.word("status", "client")})
        light_workbook(path, language, rows)
        book = PackageBook(path)
        book.apply(score_tables(book.tables(), TODAY).changes)
        return path

    return made


@functools.cache
def tables(path):
    """The tables of a workbook."""
    return tuple(PackageBook(path).tables())


def refreshed(found):
    """What formulas answer of each account after a refresh of some tables, by code."""
    scoring = score_tables(list(found), TODAY)
    assert not scoring.report.stopped, scoring.report.findings
    after = written(list(found), scoring)
    names = [located.table.name for located in Layout(found).accounts]
    rows = {}
    for name in names:
        for row in cells(after, name):
            code = row["account"]
            code = f"{code:.0f}" if isinstance(code, float) else code
            if isinstance(code, str):
                code = code.strip()
                rows.setdefault(code, tuple(row[key] for key in ANSWER_FIELDS[1:]))
    return rows


def answered(columns):
    """What formulas answer of each account, by code."""
    codes, *results = columns.values()
    return dict(zip(codes, zip(*results, strict=True), strict=True))


@pytest.fixture(scope="session")
def _pool(python):
    return functools.cache(lambda path, language, mac: Excel(path, language, python, mac=mac))


@pytest.fixture
def excel(_pool, small):
    """Excel with the small workbook open, as it is right after opening; only to look at."""

    def opened(language="en", *, mac=False, machine="works", path=None):
        found = _pool(path or small(language), language, mac)
        found.restart(machine)
        return found

    return opened


@pytest.fixture
def own_excel(python, small):
    """Excel with a workbook of one's own open, to change."""

    def opened(language="en", *, mac=False, machine="works", path=None):
        return Excel(path or small(language), language, python, mac=mac, python=machine)

    return opened


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param
