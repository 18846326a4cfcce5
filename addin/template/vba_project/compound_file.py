"""A compound file of version 3 ([MS-CFB]): the container of a VBA project."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

__all__ = ["compound_file"]

Tree = Mapping[str, "bytes | Tree"]
"""Streams and storages by name."""

_SECTOR: Final = 512
_MINI_SECTOR: Final = 64
_MINI_LIMIT: Final = 4096
"""Streams below this size share the sectors of the mini stream."""

_FREE: Final = 0xFFFFFFFF
_END: Final = 0xFFFFFFFE
_FAT: Final = 0xFFFFFFFD
_NONE: Final = 0xFFFFFFFF
_IN_HEADER: Final = 109
"""Sectors of the allocation table that the header itself can name."""

_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1


@dataclass(slots=True)
class _Entry:
    """An entry of the directory."""

    name: str
    kind: int
    content: bytes = b""
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    colour: int = _BLACK
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16sIQQIQ",
            name,
            len(name),
            self.kind,
            self.colour,
            self.left,
            self.right,
            self.child,
            b"",  # class, state, times: none
            0,
            0,
            0,
            self.start,
            self.size,
        )


@dataclass(slots=True)
class _Sectors:
    """Content in sectors of one size, with the table that chains them."""

    size: int
    content: bytearray = field(default_factory=bytearray)
    table: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Add data, and return its first sector."""
        if not data:
            return _END
        first, count = len(self.table), -(-len(data) // self.size)
        self.content += data.ljust(count * self.size, b"\0")
        self.table += [*range(first + 1, first + count), _END]
        return first


def compound_file(tree: Tree) -> bytes:
    """Return a compound file.

    Parameters
    ----------
    tree
        Content by name: bytes for a stream, a mapping for a storage.

    Raises
    ------
    ValueError
        If the file would need more than the header can address, some 6 MB.
    """
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _add(entries, tree)
    sectors, mini = _Sectors(_SECTOR), _Sectors(_MINI_SECTOR)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.size = len(entry.content)
            entry.start = (sectors if entry.size >= _MINI_LIMIT else mini).add(entry.content)
    root = entries[0]
    root.size, root.start = len(mini.content), sectors.add(bytes(mini.content))
    directory = b"".join(entry.packed() for entry in entries)
    unused = _Entry("", 0).packed()
    unused = b"\0" * 68 + unused[68:80] + b"\0" * 48
    directory += unused * (-len(entries) % (_SECTOR // 128))
    directory_start = sectors.add(directory)
    mini_start = sectors.add(_packed(mini.table))
    n_mini = -(-len(mini.table) * 4 // _SECTOR)
    n_fat = _fat_sectors(len(sectors.table))
    if n_fat > _IN_HEADER:
        message = "the project is too large for a compound file without a second allocation table"
        raise ValueError(message)
    fat_start = len(sectors.table)
    sectors.table += [_FAT] * n_fat
    sectors.content += _packed(sectors.table)
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        n_fat,
        directory_start,
        0,
        _MINI_LIMIT,
        mini_start,
        n_mini,
        _END,
        0,
    )
    named = [*range(fat_start, fat_start + n_fat), *[_FREE] * (_IN_HEADER - n_fat)]
    return header + struct.pack(f"<{_IN_HEADER}I", *named) + bytes(sectors.content)


def _packed(table: Sequence[int]) -> bytes:
    padded = [*table, *[_FREE] * (-len(table) % (_SECTOR // 4))]
    return struct.pack(f"<{len(padded)}I", *padded)


def _fat_sectors(n_sectors: int) -> int:
    """Sectors of an allocation table that also holds itself."""
    count = 0
    while count * (_SECTOR // 4) < n_sectors + count:
        count += 1
    return count


def _add(entries: list[_Entry], tree: Tree) -> int:
    """Add the entries of a storage, and return the root of their search tree."""
    # The order in which a reader searches: by length, then in upper case.
    names = sorted(tree, key=lambda name: (len(name.encode("utf-16-le")), name.upper()))
    places = []
    for name in names:
        content = tree[name]
        places.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content))
        else:
            entries.append(_Entry(name, _STORAGE))
    for name, place in zip(names, places, strict=True):
        content = tree[name]
        if not isinstance(content, bytes):
            entries[place].child = _add(entries, content)
    return _balanced(entries, places, _height(len(places)))


def _height(count: int) -> int:
    """Levels of a tree that are full."""
    return (count + 1).bit_length() - 1


def _balanced(entries: list[_Entry], places: Sequence[int], black: int) -> int:
    """Hang sorted entries into a tree and return its root: full levels black, what hangs below them red."""
    if not places:
        return _NONE
    middle = len(places) // 2
    root = entries[places[middle]]
    root.colour = _BLACK if black > 0 else _RED
    root.left = _balanced(entries, places[:middle], black - 1)
    root.right = _balanced(entries, places[middle + 1 :], black - 1)
    return places[middle]
