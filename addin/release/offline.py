"""The folder from which ClientScore is installed on Windows without internet: wheels, uv, a Python."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.markers import Marker

from addin.release.project import run_uv

__all__ = ["UV_PACKAGE", "Pin", "add_python", "add_uv", "add_wheels", "pins"]

_PYTHON: Final = "cpython-3.12.16-windows-x86_64-none"
"""A Python of python-build-standalone, of which uv knows the hash."""
UV_PACKAGE: Final = (
    "uv==0.13.9 --hash=sha256:6a44b2ed8111d2f60d2b92627c5dccda3f7ed7570b18ce115e569cd68c28246b"
)
_TARGET: Final = (
    *("--platform", "win_amd64", "--python-version", "3.12", "--implementation", "cp"),
    *("--only-binary", ":all:", "--no-deps", "--require-hashes", "--disable-pip-version-check"),
)
_THERE: Final[Mapping[str, str]] = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "python_version": "3.12",
    "python_full_version": "3.12.16",
}


@dataclass(frozen=True, slots=True)
class Pin:
    """A package of which the installers take one version alone.

    Attributes
    ----------
    requirement
        Name and version, as ``name==version``.
    hashes
        SHA-256 of the files that are that version.
    """

    requirement: str
    hashes: frozenset[str]

    @property
    def line(self) -> str:
        """The line of a list of requirements."""
        return " ".join([self.requirement, *(f"--hash=sha256:{one}" for one in sorted(self.hashes))])


def pins(packages: str) -> Iterator[Pin]:
    r"""Yield the packages of a list that Windows needs.

    >>> text = "a==1 ; sys_platform == 'darwin' \\\n --hash=sha256:0a\nb==2 \\\n --hash=sha256:0b\n"
    >>> [pin.line for pin in pins(text)]
    ['b==2 --hash=sha256:0b']
    """
    for block in re.split(r"^(?=[A-Za-z])", packages, flags=re.MULTILINE):
        requirement, _, condition = block.partition("\\\n")[0].partition(";")
        hashes = re.findall(r"--hash=sha256:([0-9a-f]+)", block)
        if hashes and (not condition.strip() or Marker(condition).evaluate(dict(_THERE))):
            yield Pin(requirement.strip(), frozenset(hashes))


def add_wheels(folder: Path, packages: str, kit: Path | None) -> None:
    """Put every package that Windows needs into a folder, checked by its hash.

    Parameters
    ----------
    folder
        Where to.
    packages
        The list of packages, ``addin/install/packages.txt``.
    kit
        A folder with ``wheels`` that may be there already: what fits is taken from it, the rest is fetched.

    Raises
    ------
    NotReady
        If one cannot be fetched, or is not the one that was tested.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = {_digest(path): path for path in kit.glob("wheels/*.whl")} if kit is not None else {}
    missing = []
    for pin in pins(packages):
        here = next((kept[digest] for digest in pin.hashes if digest in kept), None)
        if here is None:
            missing.append(pin.line)
        else:
            shutil.copyfile(here, folder / here.name)
    if missing:
        _download(folder, missing)


def add_uv(folder: Path) -> None:
    """Put ``uv.exe`` into a folder, out of the package of uv, whose hash is known."""
    with tempfile.TemporaryDirectory() as downloads:
        _download(Path(downloads), [UV_PACKAGE])
        with zipfile.ZipFile(next(Path(downloads).glob("uv-*.whl"))) as wheel:
            name = next(name for name in wheel.namelist() if name.endswith("/uv.exe"))
            (folder / "uv.exe").write_bytes(wheel.read(name))


def add_python(folder: Path, kit: Path | None) -> None:
    """Put an unpacked Python for Windows into a folder, as ``python``.

    Parameters
    ----------
    folder
        Where to.
    kit
        A folder with a ``python`` of the same kind, which is taken as it is; else uv fetches one.

    Raises
    ------
    NotReady
        If it cannot be fetched.
    """
    if kit is not None and (kit / "python" / "python.exe").is_file():
        shutil.copytree(kit / "python", folder / "python", ignore=shutil.ignore_patterns("__pycache__"))
        return
    with tempfile.TemporaryDirectory() as downloads:
        run_uv("python", "install", "--quiet", "--no-bin", "--install-dir", downloads, _PYTHON)
        shutil.copytree(next(Path(downloads).glob(f"{_PYTHON}*")), folder / "python")


def _download(folder: Path, lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as beside:
        wanted = Path(beside) / "list.txt"
        wanted.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
        run_uv("tool", "run", "pip", "--quiet", "download", *_TARGET, "-d", str(folder), "-r", str(wanted))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
