"""The doctor: the interpreter, xlwings, and what stands in their way."""

import dataclasses
from pathlib import PureWindowsPath

import pytest
from install.machines import (
    CLICK_TO_RUN,
    RULES,
    VERSION,
    mac,
    put,
    put_workbook,
    stock_vba,
    windows,
)
from support.doctor import BOOK, found

from addin.catalogue import LANGUAGES, catalogue
from addin.machine.book_facts import book_facts
from addin.machine.doctor import examine, is_well, lines
from addin.machine.python_checks import versions
from addin.machine.view import Start
from addin.refusals import Refusal

MAC_BOOK = "/Users/eva/Documents/portfolio.xlsm"


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
