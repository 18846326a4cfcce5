"""The doctor on Excel: its version, its macros, where the workbook lies."""

from pathlib import PurePosixPath

import pytest
from install.machines import (
    APP_PATH,
    CLICK_TO_RUN,
    POLICY,
    SECURITY,
    VERSION,
    mac,
    put,
    put_workbook,
    windows,
)
from support.doctor import BOOK, found

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
