"""What the tests here share."""

import io
import shutil
from contextlib import redirect_stdout
from functools import partial
from types import SimpleNamespace

import pytest
from imports.harness import lines
from support.commands import run_command
from support.import_command import TODAY

from addin.catalogue import LANGUAGES
from addin.cli import main
from addin.fresh import new_workbook
from addin.sample.exports import copy_exports


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return partial(run_command, capsys, today=TODAY)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """Empty workbooks by language."""
    folder = tmp_path_factory.mktemp("empty")
    for language in LANGUAGES:
        new_workbook(folder / f"{language}.xlsx", language)
    return folder


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    return {path.name: path for path in copy_exports(tmp_path_factory.mktemp("exports"))}


@pytest.fixture(scope="module")
def fecs(exports):
    return [path for name, path in exports.items() if "FEC" in name]


@pytest.fixture(scope="module")
def full(empty, exports, tmp_path_factory):
    """A French workbook with all exports imported, and what was said."""
    path = shutil.copy(empty / "fr.xlsx", tmp_path_factory.mktemp("full") / "livre.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.setenv("XDG_STATE_HOME", str(path.parent / "state"))
        with redirect_stdout(io.StringIO()) as out, pytest.raises(SystemExit) as stopped:
            main(["import", str(path), *map(str, exports.values())], TODAY)
    assert stopped.value.code == 0
    return SimpleNamespace(path=path, said=out.getvalue())


@pytest.fixture
def book(empty, tmp_path):
    return shutil.copy(empty / "en.xlsx", tmp_path / "book.xlsx")


@pytest.fixture
def crm(tmp_path):
    path = tmp_path / "crm.csv"
    rows = [["C1", "Alpha", "Client", 100], ["C2", "Beta", "Prospect", 200], ["", "", "", 300]]
    path.write_text(lines(["Account", "Name", "Status", "Turnover"], *rows), encoding="utf-8")
    return path
