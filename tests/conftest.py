"""Settings that hold for all tests."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_ONCE = 15 if sys.platform == "win32" else 40  # each takes its time under Wine

settings.register_profile(
    "clientscore",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=_ONCE,
    derandomize=True,  # what passes here passes there: new cases are looked for on purpose, see below
)
settings.register_profile(
    "search", settings.get_profile("clientscore"), derandomize=False, max_examples=10 * _ONCE
)
settings.load_profile("clientscore")  # `pytest --hypothesis-profile search` tries new cases


@pytest.fixture(autouse=True)
def profile_of_tests(monkeypatch, tmp_path_factory, request):
    """Journals and logs never go to the profile of whoever runs the tests."""
    if "install" in request.path.parts:
        return  # these look for the profile themselves, and refresh nothing
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


FIRST = ("windows", "live", "golden")
"""Folders whose files take longest: the cores are busy to the end where these start first."""


@pytest.hookimpl(optionalhook=True)  # the Windows Python has no pytest-xdist
def pytest_xdist_auto_num_workers():
    """One worker more than there are cores: LibreOffice and Windows programs are waited for."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items):
    """Start with what takes longest; with the order of the files otherwise."""
    here = Path(__file__).parent

    def place(item):
        folder = item.path.relative_to(here).parts[0] if item.path.is_relative_to(here) else ""
        return FIRST.index(folder) if folder in FIRST else len(FIRST)

    items.sort(key=place)
