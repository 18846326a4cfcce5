"""Where there is no Windows for tests, it is said why."""

import os
import shutil
from pathlib import Path

import pytest
from support.windows.place import is_made

HERE = Path(__file__).parent


def _missing():
    """What keeps Windows programs from running here, or None."""
    if os.name == "nt":
        return None
    if shutil.which("wine") is None:
        return "Wine is not installed (apt-get install wine wine64 osslsigncode)"
    if not all(map(is_made, ("python", "kit", "packages", "prefix"))):
        return "no Windows Python yet: PYTHONPATH=tests uv run python -m support.windows.fetch"
    return None


def pytest_collection_modifyitems(items):
    """Skip the tests of this folder where they cannot run, with the reason."""
    reason = _missing()
    if reason is not None:
        for item in items:
            if item.path.is_relative_to(HERE):
                item.add_marker(pytest.mark.skip(reason=reason))
