"""The project that a release is made of: its version, its day, and uv, which builds it."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

__all__ = ["ROOT", "NotReady", "epoch", "run_uv", "uv", "version"]

ROOT: Final = Path(__file__).parents[2]


class NotReady(Exception):  # noqa: N818 - what keeps a release from being made, said to whoever makes it
    """Something that a release needs and that is not there."""


def version() -> str:
    """Return the version, which stands in ``pyproject.toml`` and nowhere else."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def epoch(changelog: str, environment: Mapping[str, str]) -> int:
    """Return the moment that everything of a release is of [s since 1970], so that two makings are equal.

    Parameters
    ----------
    changelog
        Text of the changelog, whose heading of the version has the day.
    environment
        Where ``SOURCE_DATE_EPOCH`` may say another moment.

    Raises
    ------
    NotReady
        If the changelog has no heading of the version with a day.

    Examples
    --------
    >>> epoch("", {"SOURCE_DATE_EPOCH": "1700000000"})
    1700000000
    """
    told = environment.get("SOURCE_DATE_EPOCH", "")
    if told:
        return int(told)
    heading = re.search(rf"^## \[{re.escape(version())}\] - (\S+)$", changelog, re.MULTILINE)
    if heading is None:
        raise NotReady(
            f"CHANGELOG.md has no section “## [{version()}] - YYYY-MM-DD”: head what is unreleased so."
        )
    day = dt.date.fromisoformat(heading[1])
    return int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp())


def uv() -> str:
    """Return where uv is: the one that runs this, else that of the person."""
    found = os.environ.get("UV") or shutil.which("uv")
    if found is None:
        raise NotReady("uv builds the packages, and is not installed: pip install uv")
    return found


def run_uv(*arguments: str, **environment: str) -> None:
    """Run uv.

    Raises
    ------
    NotReady
        If it fails; what it says is on the screen.
    """
    done = subprocess.run([uv(), *arguments], check=False, env={**os.environ, **environment})  # noqa: S603 - ours
    if done.returncode:
        raise NotReady(f"uv {' '.join(arguments)} failed: above stands why.")
