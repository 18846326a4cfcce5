"""Exports of a made-up company to try the imports on; see ``PROVENANCE.md``.

Three accounting exports (FEC), the accounts and the visits of the CRM of
Ateliers Brévanne, a wholesaler that does not exist.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from addin.package.atomic import made_folder, write_atomically

__all__ = ["copy_exports", "sample_files"]


def sample_files() -> list[Traversable]:
    """Return the exports, by file name.

    Examples
    --------
    >>> [file.name for file in sample_files()][:2]
    ['987654321FEC20231231.txt', '987654321FEC20241231.txt']
    """
    found = (file for file in resources.files(__package__).iterdir() if file.name.endswith((".txt", ".csv")))
    return sorted(found, key=lambda file: file.name)


def copy_exports(folder: Path) -> list[Path]:
    """Write the exports into a folder, which is made where there is none.

    Parameters
    ----------
    folder
        Where to. Files of the same names are replaced.

    Returns
    -------
    list of Path
        The files written.
    """
    made_folder(folder)
    written = []
    for file in sample_files():
        path = folder / file.name
        write_atomically(path, [file.read_bytes()])
        written.append(path)
    return written
