"""Makes a release: every file that people download, and their checksums."""

from __future__ import annotations

import shutil
import tempfile
from importlib import resources
from pathlib import Path

from addin.catalogue import LANGUAGES
from addin.fresh import new_workbook
from addin.release.archives import write_sums, zip_folder
from addin.release.installers import INSTALLERS, packed
from addin.release.offline import add_python, add_uv, add_wheels, pins
from addin.release.project import ROOT, NotReady, run_uv, version

__all__ = ["make_release"]


def make_release(folder: Path, moment: int, *, offline: bool = True, kit: Path | None = None) -> list[Path]:
    """Make all that a release has, in a folder that holds nothing yet.

    Parameters
    ----------
    folder
        Where to; made if it is not there.
    moment
        What all of it is of, in seconds since 1970.
    offline
        Whether the folder for Windows without internet is made too, which fetches 130 MB.
    kit
        A folder that may hold ``wheels`` and ``python`` for it already.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    NotReady
        If something that it needs is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotReady(f"{folder} holds something already, which would be taken for a part of the release.")
    run_uv("build", "--quiet", "--out-dir", str(folder), str(ROOT), SOURCE_DATE_EPOCH=str(moment))
    (folder / ".gitignore").unlink(missing_ok=True)  # uv's own
    wheel = next(folder.glob("clientscore-*.whl"))
    for name in INSTALLERS:
        (folder / name).write_bytes(packed(name, wheel))
    for language in LANGUAGES:
        new_workbook(folder / f"ClientScore-{language}.xlsm", language)
    _zip_guide(folder, moment)
    if offline:
        _zip_offline(folder, wheel, moment, kit)
    write_sums(folder)
    return sorted(folder.iterdir())


def _zip_guide(folder: Path, moment: int) -> None:
    """Pack the pages of the guide for the browser, those that Help opens."""
    name = f"clientscore-{version()}-guide"
    with tempfile.TemporaryDirectory() as beside:
        pages = Path(beside) / name
        no_program = shutil.ignore_patterns("*.py", "__pycache__")
        shutil.copytree(ROOT / "addin" / "help", pages, ignore=no_program)
        zip_folder(pages, folder / f"{name}.zip", moment)


def _zip_offline(folder: Path, wheel: Path, moment: int, kit: Path | None) -> None:
    name = f"clientscore-{version()}-windows-offline"
    packages = resources.files("addin").joinpath("install", "packages.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as beside:
        inside = Path(beside) / name
        add_wheels(inside / "wheels", packages, kit)
        shutil.copyfile(wheel, inside / "wheels" / wheel.name)
        add_uv(inside)
        add_python(inside, kit)
        shutil.copyfile(folder / "install.cmd", inside / "install.cmd")
        for guide in ("IT.md", "IT.fr.md"):
            shutil.copyfile(ROOT / guide, inside / guide)
        lines = [pin.line for pin in pins(packages)]
        (inside / "list.txt").write_text("".join(f"{line}\n" for line in lines), "ascii", newline="\n")
        zip_folder(inside, folder / f"{name}.zip", moment)
