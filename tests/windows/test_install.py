"""install.cmd run for real: without internet from README's folder, over itself, and away again."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from support.windows.place import DRIVE, KIT, PYTHON, ROOT
from support.windows.wine import run, windows_path

from addin.release.installers import packed
from addin.release.project import uv

USER = DRIVE / "users" / "Zoé Lévêque (Ouest) & Cie"
HOME = USER / "AppData" / "Local" / "ClientScore"
PERSON = {
    "USERPROFILE": windows_path(USER),
    "LOCALAPPDATA": windows_path(USER / "AppData" / "Local"),
    "APPDATA": windows_path(USER / "AppData" / "Roaming"),
}
MENU = Path("Microsoft", "Windows", "Start Menu", "Programs", "ClientScore")
SCRIPTS = HOME / "venv" / "Scripts"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder that a person is given, with the product as it is now."""
    folder = tmp_path_factory.mktemp("install") / "Client Score (1) & co"
    # without pip, which is half of the files that the installer copies: uv has no need of it
    unneeded = shutil.ignore_patterns("pip", "pip-*", "ensurepip")
    shutil.copytree(KIT, folder, copy_function=os.link, ignore=unneeded)
    for wheel in (folder / "wheels").glob("clientscore-*.whl"):
        wheel.unlink()
    command = [uv(), "build", "--quiet", "--wheel", "--out-dir", str(folder / "wheels"), str(ROOT)]
    subprocess.run(command, check=True)
    own = next((folder / "wheels").glob("clientscore-*.whl"))
    (folder / "install.cmd").write_bytes(packed("install.cmd", own))
    return folder


def as_person(*command, cwd=None):
    """Run a program in the profile of the person, which Wine leaves alone only below a program."""
    start = f"import os, subprocess, sys; sys.exit(subprocess.call(sys.argv[1:], env=os.environ | {PERSON}))"
    code, out = run(windows_path(PYTHON / "python.exe"), "-I", "-c", start, *command, cwd=cwd, timeout=900)
    return code, out.decode("utf-8", "replace").replace("\r", "")


def install(folder, *options):
    return as_person("cmd", "/d", "/c", "install.cmd", *options, cwd=folder)


@pytest.fixture(scope="module")
def installed(folder):
    """What the installer said, run twice: in English on a bare machine, then in French over itself."""
    shutil.rmtree(USER, ignore_errors=True)
    for part in ("Local", "Roaming"):
        (USER / "AppData" / part).mkdir(parents=True)
    first = install(folder, "/quiet", "/en")
    # a person's workbook, and a file of the package that was lost
    (USER / "Portefeuille d’été.xlsx").write_bytes(b"mine")
    (HOME / "venv" / "Lib" / "site-packages" / "addin" / "cli.py").unlink()
    yield first, install(folder, "/quiet", "/fr")
    shutil.rmtree(USER, ignore_errors=True)


def python(*arguments):
    return as_person(windows_path(SCRIPTS / "python.exe"), *arguments)


def test_all_five_steps_are_taken_and_only_excel_is_missing(installed):
    code, out = installed[0]
    assert [line[:11] for line in out.splitlines() if line.startswith("Step ")] == [
        f"Step {number} of 5" for number in range(1, 6)
    ]
    faults = [line for line in out.splitlines() if line.startswith("[FAULT]")]
    assert [fault.partition(":")[0] for fault in faults] == ["[FAULT] Excel"], out
    assert code == 2  # installed, and the doctor found a fault
    assert "[OK] Bridge to Excel" in out
    log = (HOME / "Logs" / "install.log").read_text("utf-8", "replace")
    assert "--no-index" in log


def test_run_again_it_keeps_python_and_puts_back_what_was_lost(installed):
    code, out = installed[1]
    assert code == 2, out
    assert "tape 3 sur 5" in out  # Wine has no console whose code page could be changed
    log = (HOME / "Logs" / "install.log").read_text("utf-8", "replace")
    assert (HOME / "venv" / "Lib" / "site-packages" / "addin" / "cli.py").is_file(), log[-4000:]


def test_entries_of_the_start_menu_stand_in_the_profile_of_the_person(installed):
    assert installed
    assert len(list((USER / "AppData" / "Roaming" / MENU).iterdir())) >= 3


def test_what_goes_to_a_file_or_a_program_is_utf_8_whatever_the_code_page(installed):
    assert installed
    code, out = python("-I", "-m", "addin.cli", "doctor", "--json", "--lang", "fr")
    assert code == 1
    assert "é" in out
    assert "\ufffd" not in out


def test_it_is_removed_but_for_the_workbook_of_the_person(installed):
    """A script does it once this Python has ended, which would else be in its own way."""
    assert installed
    shutil.rmtree(HOME / "venv" / "Lib" / "site-packages" / "pandas" / "tests")  # a thousand slow files
    code, out = python("-I", "-m", "addin.cli", "uninstall", "--yes", "--lang", "en")
    assert code == 0, out
    for _ in range(360):
        if not HOME.exists():
            break
        time.sleep(0.5)
    assert not HOME.exists()
    assert not (USER / "AppData" / "Roaming" / MENU).exists()
    assert (USER / "Portefeuille d’été.xlsx").read_bytes() == b"mine"
