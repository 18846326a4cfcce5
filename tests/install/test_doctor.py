"""The doctor on made-up machines: one that is well, and one for each known pain."""

import dataclasses
import json
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from install.machines import (
    APP_PATH,
    CLICK_TO_RUN,
    LOCAL,
    POLICY,
    RULES,
    SECURITY,
    SETTINGS,
    VERSION,
    mac,
    put,
    put_workbook,
    stock_vba,
    windows,
)

from addin.catalogue import LANGUAGES, catalogue
from addin.machine.book_facts import book_facts
from addin.machine.doctor import CHECKS, examine, is_well, lines, report_json
from addin.machine.python_checks import versions
from addin.machine.view import Runtime, Start, this_machine
from addin.refusals import Refusal

BOOK = r"C:\Users\eva\Documents\portfolio.xlsm"
MAC_BOOK = "/Users/eva/Documents/portfolio.xlsm"


def found(machine, key, book=None):
    """State, case and details of one check; every line can be said in both languages."""
    checks = examine(machine, book)
    for language in LANGUAGES:
        words = catalogue(language)
        shown = list(lines(checks, words, verbose=True))
        assert len(shown) == len(CHECKS) + 2
        assert not any("{" in line or "  " in line for line in shown)
        json.loads(report_json(checks, words))
    check = next(check for check in checks if check.key == key)
    return check.state, check.case, check.details


def text(machine, key, language="en", book=None):
    words = catalogue(language)
    title = words.text("doctor", "checks", key, "title")
    return next(line for line in lines(examine(machine, book), words) if f"] {title}" in line)


@pytest.mark.parametrize("make", [windows, mac])
@pytest.mark.parametrize("with_book", [False, True], ids=["machine", "workbook"])
def test_a_healthy_machine_is_well(tmp_path, make, with_book):
    machine = make(tmp_path)
    path = BOOK if machine.windows else MAC_BOOK
    book = put_workbook(machine, path, vba=stock_vba()) if with_book else None
    checks = examine(machine, book)
    assert {check.state for check in checks} <= {"ok", "skipped"}
    assert is_well(checks)
    assert list(lines(checks, catalogue("en")))[-1] == "All is well."
    assert list(lines(checks, catalogue("fr")))[-1] == "Tout va bien."


def test_what_cannot_be_checked_here_is_shown_only_when_asked_for(tmp_path):
    checks = examine(mac(tmp_path))
    words = catalogue("en")
    assert any(check.state == "skipped" for check in checks)
    assert not any("not checked" in line for line in lines(checks, words))
    assert any("not checked" in line for line in lines(checks, words, verbose=True))


# Pain 1: interpreter or DLL not found


def test_the_interpreter_is_missing(tmp_path):
    machine = windows(tmp_path)
    machine.at(machine.places.interpreter).unlink()
    state, case, details = found(machine, "interpreter")
    assert (state, case) == ("fault", "missing")
    assert details["path"] == machine.places.interpreter
    assert text(machine, "interpreter") == (
        r"[FAULT] Python for Excel: Excel looks for Python at C:\Users\eva\AppData\Local\ClientScore\venv"
        r"\Scripts\python.exe, and nothing is there. "
        "Install ClientScore (install.cmd on Windows, install.sh on a Mac); if it was installed before, "
        "run the installer again."
    )
    assert "Installez ClientScore" in text(machine, "interpreter", "fr")
    assert not is_well(examine(machine))


@pytest.mark.parametrize("named", ["python", r"venv\Scripts\python.exe"])
def test_the_workbook_names_the_interpreter_by_no_full_path(tmp_path, named):
    machine = windows(tmp_path)
    book = put_workbook(machine, BOOK, [("INTERPRETER_WIN", named)])
    state, case, details = found(machine, "interpreter", book)
    assert (state, case, str(details["path"])) == ("fault", "not_absolute", named)


def test_the_settings_sheet_names_no_interpreter(tmp_path):
    machine = mac(tmp_path)
    book = put_workbook(machine, MAC_BOOK, [("INTERPRETER_WIN", "x")])
    assert found(machine, "interpreter", book)[:2] == ("fault", "unnamed")


def test_the_workbook_names_another_interpreter_that_is_there(tmp_path):
    machine = windows(tmp_path)
    put(machine, r"D:\py\python.exe")
    book = put_workbook(machine, BOOK, [("INTERPRETER_WIN", r"D:\py\python.exe")])
    assert found(machine, "interpreter", book)[:2] == ("ok", "there")


def running(machine, **changes):
    return dataclasses.replace(machine, runtime=dataclasses.replace(machine.runtime, **changes))


def test_the_doctor_runs_elsewhere(tmp_path):
    machine = running(windows(tmp_path), prefix=PureWindowsPath(r"C:\Python312"))
    assert found(machine, "private")[:2] == ("warning", "elsewhere")


@pytest.mark.parametrize(
    "base",
    [
        r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_3.12.1264.0_x64__qbz5n2kfra8p0",
        r"C:\Users\eva\AppData\Local\Microsoft\WindowsApps",
    ],
)
def test_python_is_from_the_microsoft_store(tmp_path, base):
    machine = running(windows(tmp_path), base_prefix=PureWindowsPath(base))
    assert found(machine, "store_python")[:2] == ("fault", "store")


@pytest.mark.parametrize("build", ["win32", "win-arm64"])
def test_python_is_of_32_bits_or_for_arm(tmp_path, build):
    state, case, details = found(running(windows(tmp_path), build=build), "architecture")
    assert (state, case, details["build"]) == ("fault", "build", build)


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 16, 0)])
def test_python_is_too_old_or_too_new_for_the_dll(tmp_path, version):
    assert found(running(windows(tmp_path), version=version), "architecture")[:2] == ("fault", "version")


def without_dlls(machine):
    for path in machine.at(machine.places.venv).glob("*.dll"):
        path.unlink()


def test_the_dll_has_disappeared_as_when_an_antivirus_takes_it(tmp_path):
    machine = windows(tmp_path)
    without_dlls(machine)
    state, case, details = found(machine, "dll")
    assert (state, case, details["name"]) == ("fault", "removed", "xlwings64-0.37.8.dll")


def test_the_wheel_had_no_dll(tmp_path):
    machine = windows(tmp_path)
    without_dlls(machine)
    record = machine.places.venv / "Lib" / "site-packages" / f"xlwings-{VERSION}.dist-info" / "RECORD"
    put(machine, record, "xlwings/__init__.py,sha256=x,1\n")
    assert found(machine, "dll")[:2] == ("fault", "without")


def test_the_dll_is_of_another_version(tmp_path):
    machine = windows(tmp_path)
    without_dlls(machine)
    put(machine, machine.places.venv / "xlwings64-0.37.7.dll")
    state, case, details = found(machine, "dll")
    assert (state, case, details["others"]) == ("fault", "other_version", ["xlwings64-0.37.7.dll"])


def test_an_excel_of_32_bits_needs_the_dll_of_32_bits(tmp_path):
    machine = windows(tmp_path, registry={(CLICK_TO_RUN, "Platform"): "x86"})
    machine.at(machine.places.venv / "xlwings32-0.37.8.dll").unlink()
    state, case, details = found(machine, "dll")
    assert (state, case, details["name"]) == ("fault", "other_version", "xlwings32-0.37.8.dll")


def test_xlwings_is_not_installed(tmp_path):
    machine = windows(tmp_path)
    packages = machine.at(machine.places.venv / "Lib" / "site-packages")
    packages.rename(packages.with_name("gone"))
    assert found(machine, "dll")[:2] == ("fault", "no_xlwings")


# Pain 5 and the coupling of versions: the VBA of a workbook and the package


def test_the_vba_of_the_workbook_is_for_another_xlwings(tmp_path):
    machine = windows(tmp_path)
    packages = machine.at(machine.places.venv / "Lib" / "site-packages")
    (packages / f"xlwings-{VERSION}.dist-info").rename(packages / "xlwings-0.37.10.dist-info")
    book = put_workbook(machine, BOOK, vba=stock_vba())
    state, case, details = found(machine, "versions", book)
    assert (state, case) == ("fault", "differ")
    assert (details["vba"], details["package"]) == ("0.37.8", "0.37.10")


def test_the_vba_of_the_workbook_calls_python_in_the_old_way(tmp_path):
    machine = windows(tmp_path)
    book = book_facts(machine, put_workbook(machine, BOOK, vba=stock_vba()))
    assert not book.outdated_calls
    check = versions(machine, dataclasses.replace(book, outdated_calls=True))
    assert (check.state, check.case) == ("fault", "outdated_calls")
    for language in LANGUAGES:
        assert "{" not in "".join(lines([check], catalogue(language)))


def test_a_workbook_without_macros_has_no_version(tmp_path):
    machine = windows(tmp_path)
    assert found(machine, "versions", put_workbook(machine, BOOK))[:2] == ("skipped", "no_vba")


def test_damaged_vba_is_a_refusal(tmp_path):
    machine = windows(tmp_path)
    with pytest.raises(Refusal, match="damaged_part"):
        examine(machine, put_workbook(machine, BOOK, vba=b"no such thing"))


# Pain 2: the server does not start


@pytest.mark.parametrize("module", ["pywintypes", "pythoncom", "win32com.client"])
def test_pywin32_cannot_be_imported(tmp_path, module):
    def importer(name):
        if name == module:
            raise ImportError("DLL load failed")

    state, case, details = found(windows(tmp_path, importer=importer), "pywin32")
    assert (state, case, details["module"]) == ("fault", "broken", module)


def test_python_does_not_start(tmp_path):
    machine = windows(tmp_path, start=lambda: Start(0.2, "ModuleNotFoundError: No module named 'pandas'"))
    assert found(machine, "start")[:2] == ("fault", "fails")
    assert "No module named 'pandas'" in text(machine, "start")


def test_python_starts_slowly(tmp_path):
    machine = windows(tmp_path, start=lambda: Start(25.04))
    assert found(machine, "start")[:2] == ("warning", "slow")
    assert "25 seconds" in text(machine, "start")
    assert is_well(examine(machine))


# Pain 3: antivirus and rules


@pytest.mark.parametrize(
    ("rule", "case"),
    [
        ("D4F940AB-401B-4EFC-AADC-AD5F3C50688A", "children"),
        ("92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B", "win32"),
    ],
)
@pytest.mark.parametrize(
    ("action", "state"), [("1", "fault"), (1, "fault"), ("6", "warning"), ("2", "ok"), ("0", "ok")]
)
def test_a_rule_of_defender_stops_us_or_warns(tmp_path, rule, case, action, state):
    got = found(windows(tmp_path, registry={(RULES, rule): action}), "attack_rules")
    assert got[0] == state
    assert got[1] == {"fault": case, "warning": f"{case}_asks", "ok": "none"}[state]


def test_the_antivirus_is_named(tmp_path):
    key = r"HKLM\SOFTWARE\Microsoft\Security Center\Provider\Av\{B7ECF8CD}"
    machine = windows(tmp_path, registry={(key, "DISPLAYNAME"): "Sentinel Agent"})
    assert found(machine, "antivirus")[2]["names"] == ["Sentinel Agent"]


# Pain 4: macros


@pytest.mark.parametrize("key", [SECURITY, POLICY])
@pytest.mark.parametrize(
    ("level", "state", "case"),
    [
        (1, "warning", "all"),
        (2, "ok", "asks"),
        (3, "fault", "signed_only"),
        (4, "fault", "disabled"),
    ],
)
def test_macros_are_allowed_asked_for_or_forbidden(tmp_path, key, level, state, case):
    machine = windows(tmp_path, registry={(key, "VBAWarnings"): level})
    assert found(machine, "macros")[:2] == (state, case)


def test_what_the_company_sets_goes_before_what_the_person_sets(tmp_path):
    machine = windows(tmp_path, registry={(SECURITY, "VBAWarnings"): 1, (POLICY, "VBAWarnings"): 4})
    assert found(machine, "macros")[:2] == ("fault", "disabled")


LOCATION = rf"{SECURITY}\Trusted Locations\Location3"


@pytest.mark.parametrize(
    ("trusted", "subfolders", "case"),
    [
        (r"%USERPROFILE%\Documents", 0, "trusted"),
        ("C:\\users\\EVA\\documents\\", 0, "trusted"),
        (r"C:\Users\eva", 1, "trusted"),
        (r"C:\Users\eva", 0, "disabled"),
        (r"C:\Users\eva\Doc", 1, "disabled"),
    ],
)
def test_a_trusted_location_lets_macros_run_whatever_the_level(tmp_path, trusted, subfolders, case):
    registry = {
        (LOCATION, "Path"): trusted,
        (LOCATION, "AllowSubFolders"): subfolders,
        (SECURITY, "VBAWarnings"): 4,
    }
    machine = windows(tmp_path, registry=registry)
    assert found(machine, "macros", put_workbook(machine, BOOK))[1] == case


def test_trusted_locations_may_be_switched_off(tmp_path):
    registry = {
        (LOCATION, "Path"): r"C:\Users\eva\Documents",
        (rf"{POLICY}\Trusted Locations", "AllLocationsDisabled"): 1,
        (SECURITY, "VBAWarnings"): 4,
    }
    machine = windows(tmp_path, registry=registry)
    assert found(machine, "macros", put_workbook(machine, BOOK))[1] == "disabled"


@pytest.mark.parametrize(
    ("zone", "registry", "state", "case"),
    [
        (3, {}, "fault", "internet"),
        (4, {}, "fault", "internet"),
        (3, {(POLICY, "blockcontentexecutionfrominternet"): 1}, "fault", "internet_policy"),
        (3, {(LOCATION, "Path"): r"C:\Users\eva\Documents"}, "ok", "trusted"),
        (1, {}, "ok", "own"),
        (None, {}, "ok", "own"),
    ],
)
def test_the_workbook_bears_the_mark_of_the_web(tmp_path, zone, registry, state, case):
    machine = windows(tmp_path, registry=registry)
    book = put_workbook(machine, BOOK)
    if zone is not None:
        put(machine, f"{BOOK}:Zone.Identifier", f"[ZoneTransfer]\r\nZoneId={zone}\r\nHostUrl=https://x/\r\n")
    assert found(machine, "origin", book)[:2] == (state, case)


# Excel itself


def test_excel_is_not_installed(tmp_path):
    machine = windows(tmp_path, registry={(APP_PATH, ""): None})
    assert found(machine, "excel")[:2] == ("fault", "missing")


def test_excel_is_from_the_microsoft_store(tmp_path):
    path = r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel_16051.1_x86__8wekyb3d8bbwe\EXCEL.EXE"
    assert found(windows(tmp_path, registry={(APP_PATH, ""): path}), "excel")[:2] == ("fault", "store")


def test_excel_is_older_than_2016(tmp_path):
    registry = {(r"HKCR\Excel.Application\CurVer", ""): "Excel.Application.15"}
    assert found(windows(tmp_path, registry=registry), "excel")[:2] == ("warning", "old")


@pytest.mark.parametrize(
    ("key", "bits"), [(r"HKLM\SOFTWARE", 64), (r"HKLM\SOFTWARE\WOW6432Node", 32), (r"HKLM\elsewhere", "?")]
)
def test_the_bits_of_an_excel_that_came_as_an_msi(tmp_path, key, bits):
    registry = {
        (CLICK_TO_RUN, "Platform"): None,
        (CLICK_TO_RUN, "VersionToReport"): None,
        (rf"{key}\Microsoft\Office\16.0\Excel\InstallRoot", "Path"): r"C:\Office16",
    }
    details = found(windows(tmp_path, registry=registry), "excel")[2]
    assert (details["bits"], details["version"]) == (bits, "16")


def test_excel_is_not_on_the_mac_or_too_old(tmp_path):
    machine = mac(tmp_path)
    plist = machine.at(PurePosixPath("/Applications/Microsoft Excel.app/Contents/Info.plist"))
    plist.write_bytes(plist.read_bytes().replace(b"16.89", b"15.32"))
    assert found(machine, "excel")[:2] == ("warning", "mac_old")
    plist.unlink()
    assert found(machine, "excel")[:2] == ("fault", "mac_missing")


# Pain 16: the script of the Mac


def test_the_applescript_is_missing_or_of_another_version(tmp_path):
    machine = mac(tmp_path)
    script = machine.at(machine.places.applescripts / f"xlwings-{VERSION}.applescript")
    script.rename(script.with_name("xlwings-0.37.7.applescript"))
    state, case, details = found(machine, "applescript")
    assert (state, case, details["others"]) == ("fault", "other_version", ["xlwings-0.37.7.applescript"])
    script.with_name("xlwings-0.37.7.applescript").unlink()
    assert found(machine, "applescript")[:2] == ("fault", "missing")


def test_accents_in_the_name_of_a_workbook_are_for_windows_only(tmp_path):
    machine = mac(tmp_path / "mac")
    assert found(machine, "book_name", put_workbook(machine, "/Users/eva/été.xlsm"))[:2] == (
        "warning",
        "mac_accents",
    )
    machine = windows(tmp_path / "pc")
    assert found(machine, "book_name", put_workbook(machine, r"C:\été.xlsm"))[:2] == ("ok", "good")


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
