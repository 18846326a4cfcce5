"""Where an installation keeps its things, on each system."""

import ntpath
import os
import sys
from pathlib import PureWindowsPath

import platformdirs
import pytest
from install.machines import MAC, WINDOWS
from platformdirs.macos import MacOS
from platformdirs.windows import get_win_folder_from_env_vars

from addin.machine.places import places


def test_windows_keeps_all_in_the_folder_that_the_workbook_names():
    found = places("win32", WINDOWS)
    home = PureWindowsPath(r"C:\Users\eva\AppData\Local\ClientScore")
    assert found.home == home
    assert found.interpreter == home / "venv" / "Scripts" / "python.exe"
    assert all(home in path.parents for path in (found.venv, found.python, found.cache, found.uv, found.logs))
    assert found.state == home
    assert str(found.menu).endswith(r"Roaming\Microsoft\Windows\Start Menu\Programs\ClientScore")
    assert str(found.user_config) == r"C:\Users\eva\.ClientScore\ClientScore.conf"
    assert found.applescripts is None


def test_windows_without_its_variables_goes_by_the_profile():
    found = places("win32", {"USERPROFILE": r"D:\u"})
    assert str(found.home) == r"D:\u\AppData\Local\ClientScore"


def test_a_mac_keeps_all_in_the_folder_that_the_workbook_names():
    found = places("darwin", MAC)
    assert str(found.interpreter) == "/Users/eva/.clientscore/venv/bin/python"
    assert str(found.menu) == "/Users/eva/Applications/ClientScore"
    assert str(found.user_config) == "/Users/eva/Library/Containers/com.microsoft.Excel/Data/ClientScore.conf"
    assert str(found.applescripts) == "/Users/eva/Library/Application Scripts/com.microsoft.Excel"


def test_logs_and_journals_are_where_platformdirs_puts_them_on_windows(monkeypatch):
    for name, value in WINDOWS.items():
        monkeypatch.setenv(name, value)
    local = get_win_folder_from_env_vars("CSIDL_LOCAL_APPDATA")
    found = places("win32", WINDOWS)
    assert found.logs == PureWindowsPath(ntpath.join(local, "clientscore", "Logs"))
    assert found.state == PureWindowsPath(ntpath.join(local, "clientscore"))


def test_logs_and_journals_are_where_platformdirs_puts_them_on_a_mac(monkeypatch):
    monkeypatch.setenv("HOME", "/Users/eva")
    theirs = MacOS("clientscore", appauthor=False)
    found = places("darwin", MAC)
    assert str(found.logs) == theirs.user_log_dir
    assert str(found.state) == theirs.user_state_dir


@pytest.mark.parametrize("state_home", ["", "/elsewhere/state"])
def test_logs_and_journals_are_where_platformdirs_puts_them_here(monkeypatch, state_home):
    monkeypatch.setenv("XDG_STATE_HOME", state_home)
    found = places(sys.platform, os.environ)
    assert str(found.logs) == platformdirs.user_log_dir("clientscore", appauthor=False)
    assert str(found.state) == platformdirs.user_state_dir("clientscore", appauthor=False)
