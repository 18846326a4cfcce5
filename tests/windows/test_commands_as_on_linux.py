"""Every command, in both languages, in a folder as it is called in France: as on this system, to the byte."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from support.windows.all_commands import PLACE
from support.windows.place import DRIVE, ROOT
from support.windows.wine import run_python, windows_path

WORK = DRIVE / "commands"
SCRIPT = ("-m", "support.windows.all_commands")


@pytest.fixture(scope="module")
def on_windows():
    """What came of each command on Windows: exit code, words, digests of the files."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir()
    code, said = run_python(*SCRIPT, windows_path(WORK), windows_path(WORK / "notes.json"), timeout=600)
    assert code == 0, said.decode("utf-8", "replace")
    yield json.loads((WORK / "notes.json").read_text(encoding="utf-8"))
    shutil.rmtree(WORK)


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """The same on this system."""
    folder = tmp_path_factory.mktemp("commands")
    settings = {
        "PYTHONPATH": str(ROOT / "tests"),
        "XDG_STATE_HOME": str(folder / "state"),
        "LC_ALL": "C.UTF-8",
    }
    subprocess.run(
        [sys.executable, *SCRIPT, str(folder), str(folder / "notes.json")],
        cwd=ROOT,
        env=os.environ | settings,
        check=True,
    )
    return json.loads((folder / "notes.json").read_text(encoding="utf-8"))


def test_every_command_ends_and_says_as_here(on_windows, here):
    assert {name: found[:2] for name, found in on_windows.items()} == {
        name: found[:2] for name, found in here.items()
    }
    assert sorted({found[0] for found in here.values()}) == [0, 1, 2]


def test_every_part_of_every_workbook_and_every_export_is_as_here_to_the_byte(on_windows, here):
    for name, found in here.items():
        assert on_windows[name][2] == found[2], name
    workbooks = {part.partition("!")[0] for found in here.values() for part in found[2]}
    assert len(workbooks) > 5
    assert " " in str(PLACE)
