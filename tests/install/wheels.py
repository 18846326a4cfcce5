"""Wheels for an offline folder, without a network: packed anew from what is installed here."""

import re
import subprocess
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
_LEFT_OUT = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"}


def fill(folder, uv):
    """Put the wheel of this product, and of all it needs, into a folder."""
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
