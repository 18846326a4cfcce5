"""A workbook that another program has saved: right, or one sentence that names the cause and does no harm."""

import datetime as dt
import itertools
import json
import os
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest
from support.commands import run_command

from addin.catalogue import LANGUAGES, catalogue
from addin.cli import main
from addin.fresh import _sample_words, new_workbook
from addin.package import PackageBook
from addin.sample import read_sample

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 11, 23)


def by_openpyxl(path, to):
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm").save(to)


def by_betteroffice(path, to):
    from betteroffice_xlsx import Workbook

    to.write_bytes(Workbook.open(path.read_bytes()).save())


def by_formulon(path, to):
    from formulon import Workbook

    to.write_bytes(Workbook.load(path.read_bytes()).save())


def by_libreoffice(path, to):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-calc)")
    profile = f"-env:UserInstallation={(to.parent / 'profile').as_uri()}"
    kind = {".xlsx": "xlsx:Calc MS Excel 2007 XML", ".xlsm": "xlsm:Calc MS Excel 2007 VBA XML"}[to.suffix]
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(to.parent), str(path)]
    for _ in range(2):  # a fresh profile may ask for a second start
        subprocess.run(command, check=False, capture_output=True, timeout=300)
        if to.exists():
            return


def by_pandas(path, to):
    import pandas as pd

    with warnings.catch_warnings(), pd.ExcelWriter(to, engine="openpyxl") as writer:
        warnings.simplefilter("ignore")
        for name, cells in pd.read_excel(path, sheet_name=None, header=None).items():
            cells.to_excel(writer, sheet_name=name, header=False, index=False)


def by_node(module, script):
    """What a module of Node.js makes of a file."""

    def save(path, to):
        validator = os.environ.get("OOXML_VALIDATOR")
        places = [ROOT / "node_modules", *(Path(validator).parents[1:2] if validator else ())]
        place = next((place for place in places if (place / module).is_dir()), None)
        if place is None:
            pytest.skip(f"no {module}: .ci/run says how it is installed")
        settings = os.environ | {"NODE_PATH": str(place)}
        command = ["node", "-e", script, str(path), str(to)]
        subprocess.run(command, env=settings, check=True, capture_output=True, timeout=120)

    return save


by_sheetjs = by_node(
    "xlsx",
    "const X = require('xlsx'), [from, to] = process.argv.slice(1);"
    "X.writeFile(X.readFile(from, {bookVBA: true}), to, {bookVBA: true});",
)
by_populate = by_node(
    "xlsx-populate",
    "const P = require('xlsx-populate'), [from, to] = process.argv.slice(1);"
    "P.fromFileAsync(from).then(book => book.toFileAsync(to));",
)
KEEP_TABLES = {
    "openpyxl": by_openpyxl,
    "BetterOffice": by_betteroffice,
    "formulon": by_formulon,
    "LibreOffice": by_libreoffice,
    "xlsx-populate": by_populate,
}
LOSE_TABLES = {"pandas": by_pandas, "SheetJS": by_sheetjs}


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A French workbook of thirty accounts, with macros."""
    words = catalogue("fr")
    rows = [_sample_words(row, words) for row in read_sample("fr", DAY)]
    prospects = [row for row in rows if row["status"] == words.word("status", "prospect")]
    others = [row for row in rows if row not in prospects]
    path = tmp_path_factory.mktemp("original") / "Portefeuille d’été.xlsm"
    new_workbook(path, "fr", [*others[:24], *prospects[:6]])
    return path


def cells(path):
    """Cells of the account tables, by table, a row each with its header."""
    return {
        table.name: [dict(zip(table.headers, row, strict=True)) for row in zip(*table.columns, strict=True)]
        for table in PackageBook(path).tables()
        if table.name in ("Clients", "Prospects")
    }


@pytest.fixture(scope="module")
def scored(original, tmp_path_factory):
    """The cells of the workbook after a refresh."""
    path = tmp_path_factory.mktemp("scored") / original.name
    shutil.copyfile(original, path)
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["refresh", str(path)], DAY)
    return cells(path)


@pytest.mark.parametrize("program", KEEP_TABLES)
def test_a_workbook_that_keeps_its_tables_is_scored_as_before(original, scored, program, tmp_path, capsys):
    path = tmp_path / original.name
    KEEP_TABLES[program](original, path)
    reports = [run_command(capsys, "check", book, "--json", today=DAY) for book in (original, path)]
    found, expected = ({**json.loads(report[1]), "book": ""} for report in reports)
    assert found == expected
    code, _, said = run_command(capsys, "refresh", path, today=DAY)
    assert code == 0, said
    found = cells(path)
    if program == "xlsx-populate":  # it makes numbers of texts of digits
        for rows in (row for table in (found, scored) for row in itertools.chain(*table.values())):
            for header in ("Code postal", "N° d’entreprise"):
                rows[header] = str(rows[header]).removesuffix(".0")
    assert found == scored


@pytest.mark.parametrize("program", LOSE_TABLES)
def test_a_workbook_that_lost_its_tables_says_so_and_its_accounts_come_back_by_import(
    original, program, tmp_path, capsys
):
    path = tmp_path / original.name
    LOSE_TABLES[program](original, path)
    before = path.read_bytes()
    accounts = tmp_path / "accounts.csv"
    accounts.write_text("Account;Name\nC1;One\n")
    for command in (("check",), ("refresh",), ("scales",), ("import", accounts)):
        for language in LANGUAGES:
            sentence = catalogue(language).text("refusals", "tables_lost")
            assert program in sentence
            code, _, said = run_command(capsys, command[0], path, *command[1:], "--lang", language)
            assert (code, said.strip()) == (1, sentence), command
    assert path.read_bytes() == before
    again = tmp_path / "again.xlsm"
    assert run_command(capsys, "new", again, "--lang", "fr")[0] == 0
    code, _, said = run_command(capsys, "import", again, path, "--yes", today=DAY)
    assert code == 0, said
    came_back = cells(again)
    for name, rows in cells(original).items():
        typed = [{header: cell for header, cell in row.items() if cell is not None} for row in rows]
        assert [{h: row[h] for h in was} for row, was in zip(came_back[name], typed, strict=True)] == typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_back_is_the_last_copy_of_excel_or_a_new_workbook(language):
    sentence = catalogue(language).text("refusals", "tables_lost")
    assert sentence.index("Excel") < sentence.index("clientscore new")
