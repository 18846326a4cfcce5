"""Wheels for an offline folder, without a network: packed anew from what is installed here.

Packed anew they have other hashes than those of the index: the product's own wheel gets a list of these.
"""

import hashlib
import re
import subprocess
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LIST = "addin/install/packages.txt"
_LEFT_OUT = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"}


def fill(folder, uv):
    """Put the wheel of this product, and of all it needs, into a folder; returns the former."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([uv, "build", "--quiet", "--wheel", "--out-dir", str(folder), str(ROOT)], check=True)
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted = [Requirement(line) for line in tomllib.load(file)["project"]["dependencies"]]
    packed = set()
    while wanted:
        requirement = wanted.pop()
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        distribution = metadata.distribution(requirement.name)
        if distribution.name not in packed:
            packed.add(distribution.name)
            _pack(distribution, folder)
            wanted += [Requirement(line) for line in distribution.requires or ()]
    own = next(folder.glob("clientscore-*.whl"))
    _replace(own, LIST, "".join(sorted(map(_line, set(folder.glob("*.whl")) - {own}))).encode())
    return own


def _line(wheel):
    """A line of a list of packages: name, version, hash."""
    name, version = wheel.name.split("-")[:2]
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def _replace(wheel, name, content):
    """Give a file of a wheel another content."""
    with zipfile.ZipFile(wheel) as package:
        files = {info.filename: package.read(info) for info in package.infolist()}
    assert name in files
    record = next(file for file in files if file.endswith(".dist-info/RECORD"))
    lines = files[record].decode().splitlines(keepends=True)
    files[record] = "".join(f"{name},,\n" if line.startswith(f"{name},") else line for line in lines).encode()
    with zipfile.ZipFile(wheel, "w") as package:
        for file, kept in (files | {name: content}).items():
            package.writestr(file, kept)


def damage(wheel):
    """Make another wheel of the same name: one byte behind its end."""
    content = wheel.read_bytes()
    wheel.unlink()  # no longer one file with others that are linked to it
    wheel.write_bytes(content)
    with zipfile.ZipFile(wheel, "a") as package:
        package.comment = b"x"


def _pack(distribution, folder):
    facts = distribution.read_text("WHEEL")
    tag = re.findall(r"^Tag: (.+)$", facts, re.MULTILINE)[-1]
    name = re.sub(r"[-_.]+", "_", distribution.name)
    names = []
    with zipfile.ZipFile(folder / f"{name}-{distribution.version}-{tag}.whl", "w") as wheel:
        for file in distribution.files:
            if ".." in file.parts or "__pycache__" in file.parts or file.name in _LEFT_OUT:
                continue
            wheel.write(file.locate(), str(file))
            names.append(str(file))
        info = next(name.partition("/")[0] for name in names if name.endswith(".dist-info/METADATA"))
        record = "".join(f'"{name}",,\n' for name in [*names, f"{info}/RECORD"])
        wheel.writestr(f"{info}/RECORD", record)
