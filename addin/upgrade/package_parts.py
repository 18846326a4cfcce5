"""The parts of a package while others come to them: names, kinds and relations."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from typing import Final

from addin.package import lexer
from addin.package.archive import Archive
from addin.package.relations import TYPES, relations_part
from addin.refusals import Refusal
from addin.upgrade.xml_lists import with_children

__all__ = ["Parts"]

_RELATIONS: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_DIGITS: Final = re.compile(r"\d*(?=\.\w+$)")


class Parts:
    """The parts of a package by name, in their order.

    Parameters
    ----------
    file
        What the file is called, for refusals.
    parts
        Their bytes.
    """

    def __init__(self, file: str, parts: Mapping[str, bytes]) -> None:
        self.file = file
        self._parts = dict(parts)
        self._names = {name.casefold(): name for name in parts}

    @classmethod
    def of_archive(cls, archive: Archive) -> Parts:
        """Return the parts of a workbook as it was read."""
        names = [entry.info.filename for entry in archive.entries]
        return cls(archive.file, {name: archive.read(name) for name in names})

    @classmethod
    def of_bytes(cls, content: bytes) -> Parts:
        """Return the parts of a package that was built just now."""
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return cls("", {name: package.read(name) for name in package.namelist()})

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._names

    def __getitem__(self, name: str) -> bytes:
        return self._parts[self._names[name.casefold()]]

    def get(self, name: str, otherwise: bytes) -> bytes:
        """Return a part, or something else where there is none."""
        return self[name] if name in self else otherwise  # noqa: SIM401 - this is what get is

    def __setitem__(self, name: str, content: bytes) -> None:
        self._parts[self._names.setdefault(name.casefold(), name)] = content

    def of_folder(self, folder: str) -> list[str]:
        """Return the names of the parts of a folder."""
        return [name for name in self._parts if name.casefold().startswith(folder.casefold())]

    def check_kind(self, workbook: str) -> None:
        """Refuse a package in the strict dialect, of which a sheet of ours is none."""
        if _STRICT in self[workbook][:4000]:
            raise Refusal("strict_dialect", file=self.file)

    def free_name(self, name: str) -> str:
        """Return a name like another that no part has."""
        for number in range(1, 100_000):
            free = _DIGITS.sub(str(number), name, count=1)
            if free not in self:
                return free
        raise ValueError(name)

    def add(self, name: str, content: bytes, kind: str | None) -> None:
        """Add a part; None for the kind of one that its ending tells."""
        self[name] = content
        if kind is not None:
            item = f'<Override PartName="/{name}" ContentType="{kind}"/>'.encode()
            self[TYPES] = with_children(self[TYPES], "Types", [item])

    def kind(self, name: str) -> str | None:
        """Return the kind of a part, None where its ending tells."""
        for tag in lexer.elements(self[TYPES], "Override"):
            if (tag.get("PartName") or "").lstrip("/").casefold() == name.casefold():
                return tag.get("ContentType")
        return None

    def know_endings(self, donor: Parts) -> None:
        """Take over what the endings of names tell in another package."""
        known = {(tag.get("Extension") or "").casefold() for tag in lexer.elements(self[TYPES], "Default")}
        for tag in lexer.elements(donor[TYPES], "Default"):
            if (tag.get("Extension") or "").casefold() not in known:
                item = donor[TYPES][tag.start : tag.end]
                self[TYPES] = with_children(self[TYPES], "Types", [item])

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation of a part to another, and return its id."""
        listed = relations_part(part)
        content = self.get(listed, _RELATIONS)
        used = {tag.get("Id") for tag in lexer.elements(lexer.masked(content), "Relationship")}
        key = next(key for number in range(1, 100_000) if (key := f"rId{number}") not in used)
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        item = f'<Relationship Id="{key}" Type="{kind}" Target="{path}"/>'.encode()
        self[listed] = with_children(content, "Relationships", [item])
        return key

    def packed(self) -> bytes:
        """Return the package."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self._parts.items():
                package.writestr(name, content)
        return stream.getvalue()
