"""Every formula of the workbook, calculated by engines that share no code with LibreOffice or each other."""

import datetime as dt
import functools
import io
import re
import warnings
import zipfile

import openpyxl
import pytest

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import demo_workbook, filled_workbook, new_workbook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables

TODAY = dt.date(2026, 11, 23)
SHARE = ("B5", "C5")
"""Cells of the sheet Criteria: the share of the subjective criteria, and whether that is too much."""
VALUE_ERROR = 2
"""formulon's number for #VALUE!."""
CARD = {catalogue(language).sheet(key) for language in LANGUAGES for key in ("call", "call_index")}
"""The sheets of the call desk."""
STORED = re.compile(rb"(<f[^>]*>[^<]*</f>|<f[^>]*/>)<v>[^<]*</v>")


@pytest.fixture(scope="session")
def workbook(tmp_path_factory):
    """The path of a workbook by its name and language."""
    folder = tmp_path_factory.mktemp("engines")

    @functools.cache
    def made(name, language):
        path = folder / f"{name}-{language}.xlsm"
        if name == "demo":
            demo_workbook(path, language, TODAY)
        elif name == "new":
            new_workbook(path, language)
        else:
            rows = "\n".join(f"C{number};Company {number};{number * 7_300}" for number in range(1, 40))
            export = folder / "crm.csv"
            export.write_text(f"Account;Name;Turnover\n{rows}\n", encoding="utf-8")
            filled_workbook(path, language, [export], TODAY)
            book = PackageBook(path)
            assert book.apply(score_tables(book.tables(), TODAY).changes)
        return path

    return made


@functools.cache
def stored(path):
    """Sheets by name, and what each formula cell stores: a value by sheet and address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl does not keep
        formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    cells = [cell for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    found = {
        (cell.parent.title, cell.coordinate): values[cell.parent.title][cell.coordinate].value
        for cell in cells
    }
    return formulas.sheetnames, found


def without_answers(path):
    """The workbook with no formula's answer in it, so that none can be repeated."""
    out, n_taken = io.BytesIO(), 0
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bare:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content, taken = STORED.subn(rb"\1", content)
                n_taken += taken
            bare.writestr(name, content)
    assert n_taken > 30
    return out.getvalue()


def by_formulon(content, names, cells):
    from formulon import Workbook

    book = Workbook.load(content)
    book.recalc()
    answers = {}
    for sheet, address in cells:
        row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
        value = book.get_value(names.index(sheet), row - 1, column - 1)
        kinds = (value.text, value.number, value.boolean)
        answers[sheet, address] = next((kind for kind in kinds if kind is not None), value.error_code)
    return answers


def by_betteroffice(content, names, cells):
    from betteroffice_xlsx import Workbook

    del names
    book = Workbook.open(content)
    assert book.recalculate().limited == 0
    return {(sheet, address): book.value(sheet, address) for sheet, address in cells}


def by_cellrune(content, names, cells):
    import cellrune

    del names, cells
    book = cellrune.Workbook.from_bytes(content)
    answers = {}
    for changed in book.recalculate()["changed_cells"]:
        result = changed["result"]
        answer = result["value"].get("value") if result["kind"] == "value" else result
        answers[changed["cell"]["sheet_name"], changed["cell"]["address"]] = answer
    return answers


def same(one, other):
    """Whether two answers are one: an empty text stands for an empty cell, numbers to 12 digits."""
    if isinstance(other, dt.datetime):
        other = (other - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, rel=1e-12, abs=1e-12)
    return (one or "") == (other or "")


def different(engine, content, names, wanted):
    """Answers of an engine that are not what is stored, by sheet and address."""
    answers = engine(content, names, list(wanted))
    found = {cell: answers.get(cell) for cell in wanted if not same(answers.get(cell), wanted[cell])}
    if engine is by_formulon:  # its version 0.18.0 does not compare a whole column of a table
        return {
            cell: answer for cell, answer in found.items() if answer != VALUE_ERROR or cell[1] not in SHARE
        }
    if engine is by_betteroffice:  # its version does not go as deep as the card of the call desk nests
        return {cell: answer for cell, answer in found.items() if cell[0] not in CARD or answer is None}
    if engine is by_cellrune:  # and this one says of what follows the clock that it does not calculate it
        return {cell: answer for cell, answer in found.items() if not unavailable(answer)}
    return found


def unavailable(answer):
    return isinstance(answer, dict) and answer.get("kind") == "unavailable"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ["demo", "new", "imported and refreshed"])
@pytest.mark.parametrize("engine", [by_formulon, by_betteroffice, by_cellrune])
def test_an_engine_finds_what_is_stored_in_every_formula_cell(workbook, engine, name, language):
    path = workbook(name, language)
    names, wanted = stored(path)
    assert different(engine, without_answers(path), names, wanted) == {}
    assert len(wanted) > 30
