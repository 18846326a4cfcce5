"""Archives and checksums: equal contents give equal bytes."""

from __future__ import annotations

import hashlib
import time
import zipfile
from pathlib import Path
from typing import Final

__all__ = ["SUMS", "write_sums", "zip_folder"]

SUMS: Final = "SHA256SUMS"

_PACKED: Final = (".whl", ".zip", ".png")


def zip_folder(folder: Path, archive: Path, moment: int) -> None:
    """Pack a folder under its own name, its files by name and all of one moment.

    Parameters
    ----------
    folder
        The folder.
    archive
        The file to write.
    moment
        Seconds since 1970, of 1980 or later.
    """
    stamp = time.gmtime(moment)[:6]
    with zipfile.ZipFile(archive, "w") as package:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            info = zipfile.ZipInfo(name, stamp)
            packed = path.suffix.lower() in _PACKED
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            info.create_system = 3  # that the rights below count, wherever this runs
            info.external_attr = (0o100755 if path.suffix == ".sh" else 0o100644) << 16
            with path.open("rb") as source, package.open(info, "w", force_zip64=True) as target:
                while chunk := source.read(2**20):
                    target.write(chunk)


def write_sums(folder: Path) -> None:
    """Write the checksums of all files of a folder, as ``sha256sum -c`` reads them."""
    lines = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and path.name != SUMS):
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
