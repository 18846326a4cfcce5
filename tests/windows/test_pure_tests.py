"""The part of the test suite that needs neither Excel nor LibreOffice, on the Windows Python."""

import re

from support.windows.place import ROOT
from support.windows.pytest_there import run_pytest

TESTS = ROOT / "tests"
PURE = [
    TESTS / "scoring",
    TESTS / "addin" / "test_live_values.py",
    TESTS / "imports" / "test_encodings.py",
    TESTS / "package" / "test_exchange.py",
    TESTS / "package" / "test_held.py",
    TESTS / "package" / "test_formulas.py",
    TESTS / "package" / "test_rows.py",
]


def test_the_pure_tests_hold_on_windows_none_left_out():
    code, said = run_pytest(*PURE, timeout=900)
    assert code == 0, said
    counts = dict(re.findall(r"(\d+) (passed|failed|skipped|error)", said.splitlines()[-1]))
    assert list(counts.values()) == ["passed"], said
