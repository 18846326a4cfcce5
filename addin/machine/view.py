"""What a check sees of a machine: nothing else, so that any machine can be made up."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Final, Literal, Protocol

from addin.machine.places import Places, places

__all__ = ["Check", "Machine", "Registry", "Runtime", "Start", "State", "this_machine"]

State = Literal["ok", "warning", "fault", "skipped"]

_VARIABLE: Final = re.compile(r"%([^%]+)%")
_START_LIMIT: Final = 120  # [s]


@dataclass(frozen=True)
class Check:
    """What was found about one thing.

    Attributes
    ----------
    key
        What was looked at; its title in the catalogue ``doctor``.
    state
        ``ok``, ``warning`` (works, or may), ``fault`` (will not work) or ``skipped``.
    case
        What was found; its sentences in the catalogue.
    details
        What the sentences name.
    """

    key: str
    state: State
    case: str
    details: Mapping[str, object]


class Registry(Protocol):
    """The registry of Windows, to read."""

    def value(self, key: str, name: str) -> object | None:
        r"""Return a value of a key such as ``HKCU\Software\x``, or None; the name "" is its default."""

    def names(self, key: str) -> list[str]:
        """Return the names of the keys below a key."""


@dataclass(frozen=True)
class Runtime:
    """The Python that runs.

    Attributes
    ----------
    executable, prefix, base_prefix
        As ``sys`` has them.
    version
        Such as ``(3, 12, 4)``.
    build
        What it was built for, such as ``win-amd64``.
    """

    executable: PurePath
    prefix: PurePath
    base_prefix: PurePath
    version: tuple[int, int, int]
    build: str


@dataclass(frozen=True)
class Start:
    """How a fresh Python fared.

    Attributes
    ----------
    seconds
        How long it took to import what a refresh needs [s].
    error
        Last line of what it complained of, or empty.
    """

    seconds: float
    error: str = ""


@dataclass(frozen=True)
class Machine:
    """A machine as the checks see it.

    Attributes
    ----------
    platform
        As ``sys.platform`` names it.
    environ
        The environment of the person.
    runtime
        The Python that runs.
    code_page
        Codec of the texts that programs of old pass on, such as ``cp1252``.
    registry
        The registry; an empty one but on Windows.
    importer
        Imports a module, or raises ImportError.
    version_of
        Returns the version of an installed package, or None.
    start
        Starts a fresh Python and measures it.
    root
        Folder that stands for the root of the file system, or None for the real one.
    """

    platform: str
    environ: Mapping[str, str]
    runtime: Runtime
    code_page: str
    registry: Registry
    importer: Callable[[str], object]
    version_of: Callable[[str], str | None]
    start: Callable[[], Start]
    root: Path | None = None

    @property
    def windows(self) -> bool:
        """Whether it runs Windows."""
        return self.platform == "win32"

    @property
    def mac(self) -> bool:
        """Whether it runs macOS."""
        return self.platform == "darwin"

    @property
    def places(self) -> Places:
        """Where everything is."""
        return places(self.platform, self.environ)

    def path(self, text: str) -> PurePath:
        """Return a path as this machine writes it."""
        return PureWindowsPath(text) if self.windows else PurePosixPath(text)

    def at(self, path: PurePath) -> Path:
        """Return where the file is that the machine has at a path."""
        if self.root is None:
            return Path(str(path))
        return self.root.joinpath(path.drive.rstrip(":"), *path.parts[1:])

    def expanded(self, text: str) -> str:
        r"""Return a text with its ``%VAR%`` (on a Mac a leading ``$HOME``) replaced, as xlwings does."""
        if self.windows:
            by_name = {name.upper(): value for name, value in self.environ.items()}
            return _VARIABLE.sub(lambda found: by_name.get(found[1].upper(), found[0]), text)
        if text == "$HOME" or text.startswith("$HOME/"):
            return self.environ.get("HOME", "") + text[len("$HOME") :]
        return text


if sys.platform == "win32":
    import winreg

    class _ThisRegistry:
        """The registry of this machine, read only: what is not there, or not for this person, is None."""

        def value(self, key: str, name: str) -> object | None:
            try:
                with self._open(key) as opened:
                    found: object = winreg.QueryValueEx(opened, name)[0]
            except OSError:
                return None
            return found

        def names(self, key: str) -> list[str]:
            try:
                with self._open(key) as opened:
                    return [winreg.EnumKey(opened, i) for i in range(winreg.QueryInfoKey(opened)[0])]
            except OSError:
                return []

        @staticmethod
        def _open(key: str) -> winreg.HKEYType:
            hive, _, rest = key.partition("\\")
            root = {
                "HKCU": winreg.HKEY_CURRENT_USER,
                "HKLM": winreg.HKEY_LOCAL_MACHINE,
                "HKCR": winreg.HKEY_CLASSES_ROOT,
            }[hive]
            return winreg.OpenKey(root, rest)

else:

    class _ThisRegistry:
        """The registry where there is none."""

        def value(self, key: str, name: str) -> object | None:
            del key, name
            nothing: object | None = None
            return nothing

        def names(self, key: str) -> list[str]:
            del key
            return []


def this_machine() -> Machine:
    """Return the machine that this runs on."""
    numbers = sys.version_info
    pure = PureWindowsPath if sys.platform == "win32" else PurePosixPath
    return Machine(
        platform=sys.platform,
        environ=os.environ,
        runtime=Runtime(
            executable=pure(sys.executable),
            prefix=pure(sys.prefix),
            base_prefix=pure(sys.base_prefix),
            version=(numbers.major, numbers.minor, numbers.micro),
            build=sysconfig.get_platform(),
        ),
        code_page=_code_page(),
        registry=_ThisRegistry(),
        importer=importlib.import_module,
        version_of=_version_of,
        start=_start,
    )


def _code_page() -> str:
    if sys.platform == "win32":
        import ctypes

        number = ctypes.windll.kernel32.GetACP()
        return "utf-8" if number == 65001 else f"cp{number}"
    return "utf-8"


def _version_of(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _start() -> Start:
    command = [sys.executable, "-B", "-c", "import addin, pandas"]
    began = time.perf_counter()
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, a fixed program
            command, capture_output=True, text=True, errors="replace", timeout=_START_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return Start(_START_LIMIT, "TimeoutExpired")
    except OSError as failure:  # blocked, or gone
        return Start(time.perf_counter() - began, str(failure))
    seconds = time.perf_counter() - began
    if done.returncode == 0:
        return Start(seconds)
    lines = done.stderr.strip().splitlines() or [str(done.returncode)]
    return Start(seconds, lines[-1])
