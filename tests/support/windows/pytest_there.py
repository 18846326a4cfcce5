"""pytest on the Windows Python, whose reports go to a file."""

import json
import os

from support.windows.place import ROOT
from support.windows.wine import run_python, windows_path

_FILE = "CLIENTSCORE_TEST_REPORTS"


def run_pytest(*paths, report=None, timeout=600):
    """Run tests on Windows; returns pytest's exit code and what it printed.

    Parameters
    ----------
    *paths
        Files or folders of the checkout.
    report
        File that gets the report of each step of each test, one JSON a line.
    """
    options = ["-o", "addopts=--import-mode=importlib --strict-markers", "-p", "no:cacheprovider", "-q"]
    options += ["-c", windows_path(ROOT / "pyproject.toml"), "--rootdir", windows_path(ROOT)]
    if report is not None:
        options += ["-p", "support.windows.pytest_there"]
    settings = {} if report is None else {_FILE: windows_path(report)}
    settings["PYTHONUTF8"] = ""  # as it is for people, not as it would be best
    code, out = run_python("-m", "pytest", *options, *map(windows_path, paths), timeout=timeout, **settings)
    return code, out.decode("utf-8", "replace").replace("\r\n", "\n")


def pytest_runtest_logreport(report):
    """Write down a report: pytest there loads this module as a plug-in."""
    from _pytest.reports import _report_to_json

    line = json.dumps(_report_to_json(report) | {"$report_type": type(report).__name__})
    with open(os.environ[_FILE], "a", encoding="utf-8") as file:  # noqa: PTH123 - as plain as can be
        file.write(f"{line}\n")
