"""The doctor on settings, paths and their signs, and what it prints."""

import json

import pytest
from install.machines import (
    LOCAL,
    SETTINGS,
    mac,
    put,
    put_workbook,
    windows,
)
from support.doctor import BOOK, found

from addin.catalogue import LANGUAGES, catalogue
from addin.machine.doctor import CHECKS, examine, report_json
from addin.machine.view import Runtime, this_machine

# Pain 20: what pywin32 has noted about Excel

LIBRARY = "00020813-0000-0000-C000-000000000046x0x1x9"


WHOLE = "CLSID = '{00020813-0000-0000-C000-000000000046}'\nCLSIDToClassMap = {}\n"


@pytest.mark.parametrize(
    ("name", "content", "state"),
    [
        (rf"{LIBRARY}\__init__.py", WHOLE, "ok"),
        (rf"{LIBRARY}\__init__.py", "", "fault"),
        (rf"{LIBRARY}\Range.py", "class Range(:\n", "fault"),
        (f"{LIBRARY}.py", WHOLE[:30] + "'", "fault"),
        ("__init__.py", "# Generated file - this directory may be deleted to reset the COM cache...\n", "ok"),
        (rf"{LIBRARY}\__init__.py", WHOLE + "\0", "fault"),
    ],
)
def test_the_cache_of_pywin32_is_corrupt(tmp_path, name, content, state):
    machine = windows(tmp_path)
    put(machine, rf"{LOCAL}\Temp\gen_py\3.12\{name}", content)
    got = found(machine, "generated_wrappers")
    assert got[0] == state
    if state == "fault":
        assert str(got[2]["folder"]) == rf"{LOCAL}\Temp\gen_py"


# Settings, variables, paths (pains 6 and 19 among them)


@pytest.mark.parametrize("make", [windows, mac])
def test_a_settings_file_of_the_person_interferes(tmp_path, make):
    machine = make(tmp_path)
    put(machine, machine.places.user_config, '"SHOW CONSOLE","True"\r\n"PYTHONPATH","C:\\x"\r\n')
    state, case, details = found(machine, "other_settings")
    assert (state, case, details["settings"]) == ("warning", "found", ["SHOW CONSOLE", "PYTHONPATH"])


def test_a_settings_file_beside_the_workbook_interferes(tmp_path):
    machine = windows(tmp_path)
    put(machine, r"C:\Users\eva\Documents\ClientScore.conf", '"INTERPRETER_WIN","python"\n')
    assert found(machine, "other_settings", put_workbook(machine, BOOK))[:2] == ("warning", "found")


def test_the_settings_file_of_other_workbooks_does_not(tmp_path):
    machine = windows(tmp_path)
    put(machine, machine.places.license_config, '"INTERPRETER_WIN","python"\n')
    assert found(machine, "other_settings")[:2] == ("ok", "none")


@pytest.mark.parametrize(
    ("settings", "state", "case"),
    [
        ([*SETTINGS, ("use udf server", "True")], "fault", "twice"),
        ([("INTERPRETER_WIN", "x"), ("SHOW CONSOLE", "")], "fault", "blank"),
        (SETTINGS, "ok", "good"),
        (None, "skipped", "no_sheet"),
    ],
)
def test_the_settings_sheet_stops_every_look_up(tmp_path, settings, state, case):
    machine = windows(tmp_path)
    book = put_workbook(machine, BOOK, settings)
    assert found(machine, "book_settings", book)[:2] == (state, case)


def test_pythonpath_is_set(tmp_path):
    machine = windows(tmp_path, environ={"PYTHONPATH": r"C:\odoo"})
    assert found(machine, "python_path")[:2] == ("warning", "variable")


def test_pythonpath_ends_in_a_backslash(tmp_path):
    machine = windows(tmp_path, environ={"PYTHONPATH": "C:\\odoo\\"})
    assert found(machine, "python_path")[:2] == ("warning", "variable_backslash")


@pytest.mark.parametrize("value", ["C:\\x\\", "C:\\x;D:\\y\\;"])
def test_the_pythonpath_of_the_workbook_ends_in_a_backslash(tmp_path, value):
    machine = windows(tmp_path)
    book = put_workbook(machine, BOOK, [*SETTINGS, ("PYTHONPATH", value)])
    state, case, details = found(machine, "python_path", book)
    assert (state, case, details["value"]) == ("fault", "backslash", value)


def test_the_licence_key_is_noncommercial(tmp_path):
    machine = windows(tmp_path, environ={"XLWINGS_LICENSE_KEY": "noncommercial"})
    assert found(machine, "license_key")[:2] == ("warning", "noncommercial")
    machine = windows(tmp_path, environ={"XLWINGS_LICENSE_KEY": "real-key"})
    assert found(machine, "license_key")[:2] == ("ok", "variable")
    machine = windows(tmp_path)
    put(machine, machine.places.license_config, '"LICENSE_KEY","noncommercial"\n')
    assert found(machine, "license_key")[:2] == ("warning", "noncommercial_file")


@pytest.mark.parametrize(
    ("user", "code_page", "state", "signs"),
    [
        ("Zoë", "cp1252", "ok", ""),
        ("Łukasz", "cp1252", "fault", "Ł"),
        ("Łukasz", "cp1250", "ok", ""),
        ("Łukasz", "utf-8", "ok", ""),
        ("Łukasz", "cp99999", "ok", ""),
        ("田中", "cp1252", "fault", "中田"),
    ],
)
def test_the_home_has_signs_outside_the_code_page(tmp_path, user, code_page, state, signs):
    local = rf"C:\Users\{user}\AppData\Local"
    machine = windows(tmp_path, environ={"LOCALAPPDATA": local}, code_page=code_page)
    got = found(machine, "code_page")
    assert got[0] == state
    assert got[2].get("signs", "") == signs


def test_the_workbook_has_signs_outside_the_code_page(tmp_path):
    machine = windows(tmp_path)
    got = found(machine, "code_page", put_workbook(machine, r"C:\Клиенты.xlsm"))
    assert got[:2] == ("fault", "book")


def test_the_paths_are_too_long_for_the_dll_or_for_excel(tmp_path):
    machine = windows(tmp_path)
    short = put_workbook(machine, BOOK)
    assert found(machine, "path_length", short)[:2] == ("ok", "good")
    folder = "\\".join(["folder" * 8] * 4)
    long = put_workbook(machine, rf"C:\{folder}\{'b' * 30}.xlsm")
    assert found(machine, "path_length", long)[:2] == ("warning", "book")
    settings = [*SETTINGS, ("PYTHONPATH", ";".join(rf"C:\lib{n:03}\python" for n in range(100)))]
    crowded = put_workbook(machine, BOOK, settings)
    state, case, details = found(machine, "path_length", crowded)
    assert (state, case, details["limit"]) == ("fault", "command", 2047)


def test_the_length_of_the_command_is_that_of_xlpycommand(tmp_path):
    """The VBA of xlwings 0.37.8, carried out by hand for the workbook of this test."""
    machine = windows(tmp_path)
    interpreter, book = str(machine.places.interpreter), BOOK.replace("\\", "\\\\")
    command = (
        f'cmd.exe  /K ""{interpreter}" -B -c "import sys, os;import xlwings.utils;'
        f'xlwings.utils.prepare_sys_path(\\"False;{book};{book};;;;\\");'
        "import xlwings; xlwings.serve('{506e67c3-55b5-48c3-a035-eed5deea7d6d}')\"\""
    )
    assert found(machine, "path_length", put_workbook(machine, BOOK))[2]["length"] == len(command)


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "ONEDRIVECONSUMER"])
def test_the_home_is_in_onedrive(tmp_path, variable):
    machine = windows(tmp_path, environ={variable: r"C:\Users\Eva"})
    assert found(machine, "synchronised")[:2] == ("warning", "home")


def test_a_workbook_in_onedrive_works_unless_xlwings_looks_for_it(tmp_path):
    machine = windows(tmp_path, environ={"OneDrive": r"C:\Users\eva\OneDrive"})
    path = r"C:\Users\eva\OneDrive\portfolio.xlsm"
    assert found(machine, "book_place", put_workbook(machine, path))[:2] == ("ok", "cloud")
    book = put_workbook(machine, path, SETTINGS[:2])
    assert found(machine, "book_place", book)[:2] == ("fault", "cloud_looked_for")


def test_a_workbook_in_icloud_works(tmp_path):
    machine = mac(tmp_path)
    book = put_workbook(machine, "/Users/eva/Library/CloudStorage/OneDrive-Firm/p.xlsm")
    assert found(machine, "book_place", book)[:2] == ("ok", "cloud")


def test_the_name_of_the_workbook_holds_an_equals_sign(tmp_path):
    machine = windows(tmp_path)
    assert found(machine, "book_name", put_workbook(machine, r"C:\a=b.xlsm"))[:2] == ("fault", "equals")


def test_the_log_is_named_and_measured(tmp_path):
    machine = windows(tmp_path)
    assert found(machine, "log")[:2] == ("ok", "none")
    put(machine, machine.places.logs / "clientscore.log", "x" * 1500)
    state, case, details = found(machine, "log")
    assert (state, case, details["kilobytes"]) == ("ok", "there", 2)


# The whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_catalogue_is_one_that_a_check_can_say(language):
    known = {check.__name__ for check in CHECKS}
    texts = catalogue(language).surface("doctor")["checks"]
    assert set(texts) == known
    for key, cases in texts.items():
        for case, sentences in cases.items():
            if case == "title":
                continue
            assert set(sentences) <= {"what", "remedy"}, (key, case)
            assert sentences["what"].endswith((".", "}")), (key, case)
            assert sentences.get("remedy", ".")[-1] in ".)", (key, case)


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_has_every_check_with_its_remedy(tmp_path, language):
    machine = windows(tmp_path)
    machine.at(machine.places.interpreter).unlink()
    report = json.loads(report_json(examine(machine), catalogue(language)))
    assert report["well"] is False
    assert len(report["checks"]) == len(CHECKS)
    check = next(check for check in report["checks"] if check["check"] == "interpreter")
    assert check["state"] == "fault"
    assert check["remedy"]
    assert check["details"]["path"] == str(machine.places.interpreter)


def test_this_machine_can_be_looked_at():
    checks = examine(this_machine())
    assert next(check for check in checks if check.key == "start").case in ("good", "slow")
    assert isinstance(this_machine().runtime, Runtime)
