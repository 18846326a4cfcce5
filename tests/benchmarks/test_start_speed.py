"""Commands that score nothing, from their start to their end, beside an empty Python."""

import itertools
import sys

from benchmarks.own_process import whole

COMMAND = (sys.executable, "-c", "from addin.cli import console; console()")


def test_empty_python(figures):
    figures["python"] = whole(sys.executable, "-c", "pass")
    assert figures["python"].seconds > 0


def test_help(figures):
    figures["help"] = whole(*COMMAND, "--help")
    assert figures["help"].seconds > 0


def test_new_workbook(figures, tmp_path):
    paths = [tmp_path / f"{number}.xlsx" for number in range(5)]
    figures["new"] = min((whole(*COMMAND, "new", path, rounds=1) for path in paths), key=lambda f: f.seconds)
    assert all(path.stat().st_size > 0 for path in itertools.chain(paths))
