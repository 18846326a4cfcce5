"""The list of packages that the installers check by their hashes, and what they may ask of an index."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "addin" / "install"


def blocks(path):
    """Each package of a list: name, version and condition, with its hashes."""
    found = {}
    for block in re.split(r"^(?=[a-z])", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        lines = [line.strip(" \\") for line in block.splitlines() if "#" not in line]
        found[lines[0]] = sorted(lines[1:])
    return found


LIST = blocks(FOLDER / "packages.txt")


def test_every_package_of_the_list_is_that_of_requirements_lock_with_its_hashes():
    lock = {
        heading.partition(" ;")[0]: hashes for heading, hashes in blocks(ROOT / "requirements.lock").items()
    }
    for heading, hashes in LIST.items():
        assert hashes == lock[heading.partition(" ;")[0]], heading
        assert hashes, heading


def test_the_list_is_complete_and_names_nothing_of_ours():
    names = {canonicalize_name(heading.partition("==")[0]) for heading in LIST}
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted = [Requirement(line) for line in tomllib.load(file)["project"]["dependencies"]]
    needed = set()
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        if name in needed or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        needed.add(name)
        wanted += [Requirement(line) for line in metadata.distribution(name).requires or ()]
    elsewhere = {"appscript", "lxml", "numpy", "psutil", "pywin32", "typing-extensions", "tzdata"}
    assert needed <= names <= needed | elsewhere
    assert "clientscore" not in names


@pytest.mark.parametrize("script", ["install.cmd", "install.sh"])
def test_an_index_is_asked_for_packages_of_known_hashes_alone(script):
    text = (FOLDER / script).read_text(encoding="ascii").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if "pip install" in line]
    assert len(lines) == 4
    for line in lines:
        assert ("--require-hashes -r" in line and re.search(r'(?i)-r "[!$]list', line)) or (
            "--no-index --no-deps" in line
        ), line
    asking = [line for line in lines if "--no-index" not in line]
    assert len(asking) == 1
    assert "--only-binary :all: --require-hashes" in asking[0]
    assert "clientscore" not in asking[0]
