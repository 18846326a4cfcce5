"""The removal, for real, on made-up machines."""

import dataclasses
from pathlib import Path, PureWindowsPath

import pytest
from install.machines import mac, put, windows

from addin.catalogue import LANGUAGES, catalogue
from addin.machine.uninstall import hand_over, planned, removal_script, uninstall

EN = catalogue("en")


def files(machine):
    """Every file and folder of a machine, as its own paths end."""
    return {str(path.relative_to(machine.root)) for path in machine.root.rglob("*")}


def full(machine):
    """Add what use brings: log, journal, menu, uv, downloads, and workbooks of the person elsewhere."""
    places = machine.places
    put(machine, places.logs / "clientscore.log", "x")
    put(machine, places.state / "undo.json", "{}")
    put(machine, places.menu / ("Doctor.lnk" if machine.windows else "Doctor.command"))
    put(machine, places.uv)
    put(machine, places.cache / "wheels" / "a.whl")
    put(machine, places.python / "cpython" / "python.exe")
    put(machine, places.venv / "lib" / "xlwings" / "quickstart.xlsm", "theirs")
    user = machine.environ["USERPROFILE" if machine.windows else "HOME"]
    for name in ("Documents/ClientScore.xlsm", "Documents/ClientScore/portfolio.xlsx", "clientscore.xlsm"):
        put(machine, machine.path(user) / name, "mine")
    return machine


def go(machine, *answers, sure=False, later=None):
    """Uninstall, and return whether it went well, what was said and what was handed over."""
    said, handed, given = [], [], list(answers)
    well = uninstall(
        machine,
        EN,
        sure=sure,
        say=said.append,
        ask=lambda _: given.pop(0),
        later=later or (lambda folders, _: handed.extend(folders)),
    )
    assert not given
    return well, "\n".join(said), handed


@pytest.fixture
def apple(tmp_path):
    return full(mac(tmp_path))


@pytest.fixture
def elsewhere(tmp_path):
    """A PC, uninstalled by another Python than the private one."""
    machine = full(windows(tmp_path))
    runtime = dataclasses.replace(machine.runtime, executable=machine.path(r"C:\Python312\python.exe"))
    return dataclasses.replace(machine, runtime=runtime)


def test_a_mac_keeps_nothing_but_the_workbooks(apple):
    script = apple.places.applescripts / "xlwings-0.37.8.applescript"
    put(apple, script.with_name("xlwings-0.30.0.applescript"), "of another program")
    well, said, _ = go(apple, "yes")
    assert well
    assert "ClientScore has been removed" in said
    left = {name for name in files(apple) if (apple.root / name).is_file()}
    assert left == {
        "Users/eva/Documents/ClientScore.xlsm",
        "Users/eva/Documents/ClientScore/portfolio.xlsx",
        "Users/eva/clientscore.xlsm",
        "Users/eva/Library/Application Scripts/com.microsoft.Excel/xlwings-0.30.0.applescript",
        "Applications/Microsoft Excel.app/Contents/Info.plist",
    }
    assert str(script) in said


def test_windows_keeps_nothing_but_the_workbooks(elsewhere):
    well, said, handed = go(elsewhere, sure=True)
    assert well
    assert not handed
    left = {name for name in files(elsewhere) if (elsewhere.root / name).is_file()}
    assert left == {
        "C/Users/eva/Documents/ClientScore.xlsm",
        "C/Users/eva/Documents/ClientScore/portfolio.xlsx",
        "C/Users/eva/clientscore.xlsm",
    }
    assert r"C:\Users\eva\AppData\Local\ClientScore" in said


def test_the_private_python_of_windows_hands_its_own_folder_over(tmp_path):
    machine = full(windows(tmp_path))
    before = files(machine)
    well, said, handed = go(machine, "Y")
    assert well
    assert handed == [machine.places.home, machine.places.menu]
    assert files(machine) == before  # nothing half done
    assert "small window" in said


@pytest.mark.parametrize("answer", ["", "no", "n", "oui", "yes please"])
def test_without_a_yes_nothing_is_removed(apple, answer):
    before = files(apple)
    well, said, _ = go(apple, answer)
    assert not well
    assert "Nothing was removed." in said
    assert files(apple) == before


def test_what_is_removed_is_said_before_it_is_asked(apple):
    said = []
    uninstall(apple, EN, sure=False, say=said.append, ask=lambda _: "\n".join(said))
    for place in planned(apple).places:
        assert f"  {place}" in said
    assert any("workbooks stay" in line for line in said)


@pytest.mark.parametrize("name", ["mine.xlsx", "MINE.XLSM", "sub/old.xls"])
def test_a_workbook_in_the_folder_of_clientscore_stops_it(apple, name):
    put(apple, apple.places.home / name, "mine")
    before = files(apple)
    well, said, _ = go(apple, sure=True)
    assert not well
    assert str(apple.places.home / name) in said
    assert files(apple) == before


def test_a_folder_that_is_a_link_to_elsewhere_is_left_alone(apple):
    target = put(apple, "/Users/eva/precious/file.txt", "mine")
    home = apple.at(apple.places.home)
    home.rename(home.with_name("moved"))
    home.symlink_to(target.parent, target_is_directory=True)
    well, said, _ = go(apple, sure=True)
    assert not well
    assert "does not look like a folder of ClientScore" in said
    assert target.read_text() == "mine"


def test_links_within_are_removed_and_not_followed(apple):
    target = put(apple, "/Users/eva/precious/file.txt", "mine")
    (apple.at(apple.places.home) / "link").symlink_to(target.parent, target_is_directory=True)
    assert go(apple, sure=True)[0]
    assert target.read_text() == "mine"
    assert not apple.at(apple.places.home).exists()


def test_a_relative_home_is_refused(tmp_path):
    machine = windows(tmp_path, environ={"LOCALAPPDATA": "data"})
    well, said, _ = go(machine, sure=True)
    assert not well
    assert "does not look like" in said


def test_what_cannot_be_removed_is_named(apple, monkeypatch):
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    well, said, _ = go(apple, sure=True)
    assert not well
    assert "could not be removed" in said
    assert str(apple.places.home) in said


def test_uninstalling_twice_says_that_there_is_nothing_left(apple):
    assert go(apple, sure=True)[0]
    well, said, _ = go(apple, sure=True)
    assert well
    assert said == "ClientScore is not installed in this account; there is nothing to remove."


def test_uv_by_winget_stays_and_is_named(elsewhere):
    put(elsewhere, elsewhere.places.home / "uv-by-winget.txt", "x")
    assert "Settings, Apps, uv" in go(elsewhere, sure=True)[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_removes_nothing_but_what_it_was_handed(language):
    script = removal_script([PureWindowsPath(r"C:\Users\100% eva\ClientScore")], catalogue(language))
    removing = [line for line in script.split("\r\n") if "rd /s" in line or "del " in line]
    assert removing == [
        r'if exist "C:\Users\100%% eva\ClientScore" rd /s /q "C:\Users\100%% eva\ClientScore" 2>nul',
        'del "%~f0" & exit',
    ]
    assert script.count("\n") == script.count("\r\n")


def test_the_script_finds_a_profile_with_accents_in_any_code_page(monkeypatch):
    monkeypatch.setenv("LOCALAPPDATA", r"C:\Users\Zoé\AppData\Local")
    script = removal_script([PureWindowsPath(r"C:\Users\Zoé\AppData\Local\ClientScore")], catalogue("en"))
    assert r'rd /s /q "%LOCALAPPDATA%\ClientScore"' in script
    assert "Zoé" not in script


def test_the_script_is_started_on_its_own_and_outside_of_what_it_removes(tmp_path, monkeypatch):
    started = {}
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("subprocess.Popen", lambda command, **how: started.update(command=command, **how))
    hand_over([PureWindowsPath(r"C:\L\ClientScore")], catalogue("fr"))
    script = Path(started["command"][-1])
    assert started["cwd"] == str(tmp_path)
    with script.open(encoding="utf-8", newline="") as file:
        assert file.read() == removal_script([PureWindowsPath(r"C:\L\ClientScore")], catalogue("fr"))
    assert script.name.startswith("clientscore-uninstall-")
