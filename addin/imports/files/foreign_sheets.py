"""Sheets of whatever holds sheets: each kind of file by the reader that is sound for it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from addin.imports.files.content import Content
from addin.package.archive import Archive
from addin.package.grids import Grid, read_grids
from addin.package.held import open_to_read
from addin.refusals import Refusal

__all__ = ["read_foreign"]

_MEGABYTE: Final = 2**20
MOST_MEGABYTES: Final = {"biff": 256, "web": 128, "xml": 512, "opendocument": 512}
"""Megabytes up to which a file is read that is read at a stroke; an .xls full of figures has 100."""


def read_foreign(path: Path, content: Content) -> list[Grid]:
    """Return the sheets of a file, in their order.

    Parameters
    ----------
    path
        The file.
    content
        What it is, as its beginning says; all but ``text``.

    Raises
    ------
    Refusal
        If it holds no sheets, is damaged or encrypted, or built to do harm.
    """
    if content == "package":
        return _of_package(Archive(path))
    most = MOST_MEGABYTES[content]
    if path.stat().st_size > most * _MEGABYTE:
        raise Refusal("import_too_large", file=path.name, most=most)
    with open_to_read(path) as stream:
        raw = stream.read()
    match content:
        case "biff":
            from addin.imports.files.old_excel import read_old_excel

            return read_old_excel(raw, path.name)
        case "web":
            from addin.imports.files.web_tables import read_web_tables

            return read_web_tables(raw, path.name)
        case "xml":
            from addin.imports.files.xml_2003 import read_xml_2003

            return read_xml_2003(raw, path.name)
        case _:
            from addin.imports.files.opendocument import read_opendocument

            return read_opendocument(raw, path.name)


def _of_package(archive: Archive) -> list[Grid]:
    if "content.xml" not in archive:
        from addin.imports.files.binary_workbook import binary_part, read_binary

        part = binary_part(archive)
        return read_grids(archive) if part is None else read_binary(archive, part)
    from addin.imports.files.opendocument import read_opendocument

    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise Refusal("encrypted", file=archive.file)
    return read_opendocument(archive.xml("content.xml"), archive.file)
