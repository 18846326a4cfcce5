"""What the macros of the buttons do."""

import datetime as dt
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from support.books import TODAY
from support.formula_cells import ALL, STRONG, text
from support.formulas import STUBS

from addin.workbook import formulas

# ----------------------------------------------------------------------------- buttons

BUTTONS = ("refresh", "check", "undo", "import", "explain", "new_sheet")


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("mac", [False, True])
def test_a_button_runs_python(excel, language, button, mac):
    opened = excel(language, mac=mac)
    opened.run("PressButton", button)
    assert opened.machine.scripts == [f"import addin.ribbon; addin.ribbon.press('{button}', '{language}')"]
    assert opened.messages == []
    assert opened.status_bar == (text(language, "starting") if mac else False)


@pytest.mark.parametrize("machine", ["missing", "no library", "broken"])
def test_a_button_without_python_says_so_once_a_press(excel, language, machine):
    opened = excel(language, machine=machine)
    for press in (1, 2):
        opened.run("PressButton", "refresh")
        assert opened.messages == [text(language, "no_python")] * press
    assert opened.machine.scripts == []
    assert opened.machine.started == 0
    assert opened.status_bar is False
    opened.machine.restart("works")  # a person has repaired it
    opened.run("PressButton", "refresh")
    assert len(opened.machine.scripts) == 1


@pytest.mark.parametrize("machine", ["missing", "broken"])
def test_help_without_python_shows_the_sheet_start(excel, language, machine):
    opened = excel(language, machine=machine)
    opened.press("settings")
    opened.press("help")
    assert opened.messages == [text(language, "no_python")]
    assert shown_sheet(opened) == "StartSheet"


@pytest.mark.parametrize("mac", [False, True])
def test_help_asks_python_for_the_guide(excel, language, mac):
    """On a Mac the sheet Start comes too: that Python is missing is known there when it is too late."""
    opened = excel(language, mac=mac)
    opened.press("settings")
    opened.press("help")
    assert opened.machine.scripts == [f"import addin.ribbon; addin.ribbon.press('help', '{language}')"]
    assert shown_sheet(opened) == ("StartSheet" if mac else "SettingsSheet")


def shown_sheet(opened):
    """The sheet in front, by its name in code."""
    return opened.app.application.vba_get("ActiveSheet").vba_get("CodeName")


def test_on_a_mac_a_button_leaves_it_to_xlwings_to_find_python(excel, language):
    """Excel's sandbox hides the files outside of it: looking for Python there would find nothing."""
    opened = excel(language, mac=True, machine="missing")
    opened.run("PressButton", "refresh")
    assert opened.messages == []
    assert len(opened.machine.scripts) == 1


@pytest.mark.parametrize("button", ["", "Refresh", "delete_everything", "refresh'); import os #"])
def test_an_unknown_button_does_nothing(excel, button):
    opened = excel()
    opened.run("PressButton", button)
    assert opened.machine.scripts == opened.machine.commands == []
    assert opened.messages == []
    assert opened.status_bar is False


def test_a_busy_excel_is_left_alone(excel, language):
    opened = excel(language)
    opened.machine.ready = False
    opened.run("PressButton", "refresh")
    assert opened.messages == [text(language, "busy")]
    assert opened.machine.scripts == opened.machine.commands == []


def test_a_run_that_fails_is_said_and_the_status_bar_is_given_back(excel, language):
    opened = excel(language)
    opened.app.application.vba_set("StatusBar", "Somebody else's")
    opened.machine.script_fails = True
    opened.run("PressButton", "check")
    (message,) = opened.messages
    assert message.startswith(text(language, "failed"))
    assert opened.status_bar == "Somebody else's"


def test_the_note_that_python_is_missing_goes_once_it_works(excel, language):
    opened = excel(language, machine="missing")
    opened.formula("CLIENTSCORE", STRONG, ALL)
    assert opened.status_bar == text(language, "no_formulas")
    opened.run("PressButton", "refresh")
    assert opened.status_bar is False


def test_the_function_wizard_is_told_what_the_formulas_are_for(excel, language):
    opened = excel(language)
    opened.run("DescribeFunctions")
    described = {
        name: (about, category, arguments) for name, about, category, arguments in opened.machine.described
    }
    assert [*described] == [*(formula.name for formula in formulas.FORMULAS), "CLIENTPRIORITY"]
    for about, category, arguments in described.values():
        assert category == "ClientScore"
        assert 0 < len(about) <= 255
        assert all(0 < len(argument) <= 255 for argument in arguments.items)


# ------------------------------------------------------------------------- the harness


def test_the_stand_ins_have_the_names_of_what_xlwings_offers():
    stock = (Path(find_spec("xlwings").origin).parent / "xlwings.bas").read_text(encoding="utf-8")
    names = set(re.findall(r"Public (?:Function|Sub|Const) (\w+)", STUBS)) - {"Environ", "Timer", "Sleep"}
    assert len(names) == 9
    for name in names:
        found = re.search(rf"(?m)^(Public )?(Function|Sub|Const) {name}\b", stock)
        assert found, name
    assert not re.search(r"(?m)^Option Private Module", stock)


def test_a_date_of_the_day_is_that_of_the_test(python):
    assert python.exec("result = addin.functions.dt.date.today()") == TODAY
    assert isinstance(TODAY, dt.date)
