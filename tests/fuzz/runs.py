"""The commands, run as a person runs them, except that nothing unexpected is turned into a sentence."""

import contextlib
import io
import os
import re
import shutil
import tempfile
import warnings
from collections import Counter
from pathlib import Path
from unittest import mock

from addin.cli import main

inputs = Counter()
"""Inputs tried, by kind."""

_LEFT_OVER = re.compile(r"\{[a-z_]*\}|Traceback|\bnan\b|\bNaT\b|\bdtype\b|<NA>|\bPhrase\(|\bFault\(")
"""What no sentence holds."""


def _raise(failure):
    raise failure


@contextlib.contextmanager
def workplace():
    """A folder of one's own, with journals and logs in it."""
    with tempfile.TemporaryDirectory() as folder:
        state = {"XDG_STATE_HOME": f"{folder}/state", "LC_ALL": "C.UTF-8"}
        with mock.patch.dict(os.environ, state), mock.patch("addin.log.log_failure", _raise):
            yield Path(folder)


def run(*arguments, today, odd=True):
    """Return the exit code and what was said; an unexpected failure is raised as it is.

    ``odd`` says that the workbook or the files may hold texts that no sentence of ours does.
    """
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        warnings.catch_warnings(),
        mock.patch("sys.stdin", io.StringIO()),
    ):
        warnings.simplefilter("error")
        try:
            main([str(one) for one in arguments], today)
        except SystemExit as stopped:
            code = stopped.code
    said = out.getvalue() + err.getvalue()
    assert code in (0, 1), f"exit code {code}: {said[:300]}"
    assert said.strip() or code == 0, "refused without a word"
    if not odd:
        found = _LEFT_OVER.search(said)
        assert found is None, f"said {found[0]}: {said[max(0, found.start() - 100) :][:200]}"
    return code, out.getvalue(), err.getvalue()


def clear(folder):
    shutil.rmtree(folder / "state", ignore_errors=True)
