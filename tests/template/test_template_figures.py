"""Every formula shows the right value before any program has calculated it."""

import io
import shutil
import subprocess
import warnings

import openpyxl
import pytest

from addin.template.figures import (
    Column,
    Constant,
    Where,
    nth,
    percentage,
    ratio,
    reference,
    sentence,
    total,
)

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


@pytest.fixture(scope="module")
def recalculated(packages, tmp_path_factory):
    """Values of all cells by package, after one LibreOffice has calculated all workbooks."""
    folder = tmp_path_factory.mktemp("calculated")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    paths = [folder / f"book{place}.xlsx" for place in range(len(packages))]
    for path, package in zip(paths, packages, strict=True):
        path.write_bytes(package.package)
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
    ]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), *map(str, paths)]
    done = [folder / "out" / path.name for path in paths]
    for _ in range(2):  # a fresh profile may ask for a second start
        subprocess.run(command, check=False, capture_output=True, timeout=300)
        if all(path.exists() for path in done):
            break
    return {one.package: values(path.read_bytes()) for one, path in zip(packages, done, strict=True)}


def values(package: bytes) -> dict[tuple[str, str], object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says that it would lose data bars on saving
        book = openpyxl.load_workbook(io.BytesIO(package), data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    }


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_cached_values_are_what_libreoffice_calculates(package, recalculated):
    shown, calculated = values(package.package), recalculated[package.package]
    cells = [(sheet, cell) for sheet in package.sheets for cell in package.formulas(sheet)]
    assert len(cells) > 50
    for place in cells:
        ours, theirs = shown[place] or "", calculated[place]
        theirs = "" if theirs is None else theirs
        if isinstance(ours, float | int) or isinstance(theirs, float | int):
            assert (ours or 0) == pytest.approx(theirs or 0, rel=1e-12, abs=1e-12), place
        else:
            assert ours == theirs, place


def test_every_formula_has_a_cached_value(package):
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    for sheet, part in package.sheets.items():
        for cell in package.xml(part).iter(f"{main}c"):
            if cell.find(f"{main}f") is not None:
                assert cell.find(f"{main}v") is not None, (sheet, cell.get("r"))


def test_special_characters_of_headers_are_escaped_in_references():
    assert reference("Criteria", "S'applique à") == "Criteria[S''applique à]"
    assert reference("Clients", "N# [k@]") == "Clients[N'# '[k'@']]"


CLASSES = Column("Clients", "Class", ("A", "b", "?", None, "", 3.0))
TURNOVER = Column("Clients", "Turnover", (10.0, 20.0, 30.0, None, "text", 50.0))


def test_the_rows_of_a_sum_are_told_by_equality_never_by_wildcards():
    figure = total(TURNOVER, Where(CLASSES, Constant("?")))
    assert figure.formula() == 'SUMPRODUCT((Clients[Class]="?")*1,Clients[Turnover])'
    assert figure.value() == 30
    assert total(TURNOVER, Where(CLASSES, Constant("b"))).value() == 20


def test_a_sum_without_conditions_leaves_out_texts():
    assert total(TURNOVER).formula() == "SUM(Clients[Turnover])"
    assert total(TURNOVER).value() == 110


def test_a_share_of_nothing_is_what_it_is_told_to_be():
    assert ratio(Constant(1.0), Constant(0.0), otherwise="-").value() == "-"
    assert ratio(Constant(1.0), Constant(4.0)).value() == 0.25


def test_beyond_the_end_of_a_table_there_is_nothing():
    assert nth(CLASSES, 2).value() == "b"
    assert nth(CLASSES, 4).value() == ""
    assert nth(CLASSES, 7).value() == ""


def test_a_sentence_quotes_its_texts_and_shows_its_figures():
    figure = sentence('"{count}" of us, {share}', count=Constant(3.0), share=percentage(Constant(0.125)))
    assert figure.formula() == '""""&3&""" of us, "&TEXT(0.125,"0%")'
    assert figure.value() == '"3" of us, 13%'
