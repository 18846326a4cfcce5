"""Windows programs run under Wine."""

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path, PureWindowsPath

from support.windows.place import CACHE, PREFIX, PYTHON, ROOT

WINEBOOT = ("wine", "wineboot", "-i")


def environment(**more):
    """Environment of a Windows program: nothing of the person's own, but where the programs are."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {
        "WINEPREFIX": str(PREFIX),
        "WINEDEBUG": "-all",
        # the copy of ucrtbase.dll in the prefix; no offers to fetch .NET and a browser; no dump of a crash
        "WINEDLLOVERRIDES": "ucrtbase=n,b;mscoree,mshtml,winedbg.exe=",
    }
    return kept | own | more


def windows_path(path):
    """The path of a file as Windows programs have it.

    >>> windows_path("/tmp/a b")
    'Z:\\\\tmp\\\\a b'
    """
    path = Path(path).absolute()
    drive = PREFIX / "drive_c"
    if path.is_relative_to(drive):
        return str(PureWindowsPath("C:/", *path.relative_to(drive).parts))
    return str(PureWindowsPath("Z:", path))


def run(program, *arguments, timeout=300, cwd=None, **more):
    """Run a Windows program; returns what it ended with and what it wrote, both streams as bytes.

    Python does not start there unless its streams are pipes. A server that it leaves behind holds the pipe
    open: so another program empties it into a file, and is not waited for.
    """
    command = ["wine", str(program), *map(str, arguments)]
    settings = {"env": environment(**more), "input": b"\n", "cwd": cwd or PREFIX, "timeout": timeout}
    with tempfile.TemporaryFile() as out:
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=out) as emptying:
            try:
                done = subprocess.run(
                    command, stdout=emptying.stdin, stderr=subprocess.STDOUT, check=False, **settings
                )
            finally:
                emptying.stdin.close()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    emptying.wait(timeout=1)
                emptying.kill()
        out.seek(0)
        return done.returncode, out.read()


def run_python(*arguments, timeout=300, **more):
    """Run the Python of the tests on Windows, with the checkout's own modules."""
    paths = ";".join(windows_path(path) for path in (ROOT, ROOT / "tests"))
    settings = {"PYTHONPATH": paths, "PYTHONPYCACHEPREFIX": windows_path(CACHE / "bytecode")} | more
    return run(windows_path(PYTHON / "python.exe"), *arguments, timeout=timeout, **settings)
