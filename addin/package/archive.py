"""The zip package of a workbook, opened as if it came from a stranger.

Every entry is checked before anything is inflated, and nothing is inflated
beyond the size that its entry declares.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from addin.package import lexer
from addin.package.held import open_to_read, read_refusal
from addin.package.locks import check_name
from addin.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCAL: Final = 30  # length of the fixed part of a local header
_PIECE: Final = 1 << 16
"""So much of a part is inflated at once [bytes] ..."""
_MOST_AT_ONCE: Final = 1 << 20
"""... and becomes no more than that."""
_KEPT: Final = 4 << 20
"""Parts up to this size are kept once they are inflated [bytes]."""
_CFB: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DRIVE: Final = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Limits:
    """What no workbook of a person exceeds.

    Attributes
    ----------
    file, part, total
        Size of the file, and of one part and of all parts when they are inflated [bytes].
    entries
        Number of parts.
    ratio
        How many times a part inflates: worksheets 5 to 40 times; deflate ends at 1,032.
    ratio_matters
        Size of a part up to which no ratio does harm [bytes]: an empty bitmap may well reach 900.
    """

    file: int = 1 << 30
    part: int = 1 << 30
    total: int = 2 << 30
    entries: int = 10_000
    ratio: int = 250
    ratio_matters: int = 16 << 20


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one entry of the package stands in the file.

    Attributes
    ----------
    info
        What the central directory says of it.
    start, data, end
        Offsets of its local header, of its compressed bytes and of what follows these.
    """

    info: zipfile.ZipInfo
    start: int
    data: int
    end: int


class Archive:
    """A workbook's package, held in memory as it was read.

    Parameters
    ----------
    path
        The file.
    limits
        What it may hold.

    Raises
    ------
    Refusal
        If the file is missing, is no workbook of the right kind, is damaged
        or is built to do harm.
    """

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        self.file = path.name
        self._limits = limits
        self.raw: Final = _read(path, limits.file)
        if self.raw.startswith(_CFB):
            encrypted = "EncryptedPackage".encode("utf-16-le") in self.raw
            raise Refusal("encrypted" if encrypted else "old_xls", file=self.file)
        if not self.raw.startswith(b"PK"):
            raise Refusal("not_a_workbook", file=self.file)
        try:
            with zipfile.ZipFile(io.BytesIO(self.raw)) as directory:
                infos = directory.infolist()
                self.directory_start: Final = directory.start_dir
                self.comment: Final = directory.comment
        # What the standard library lets through on damaged directories, NotImplementedError too.
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise Refusal("damaged", file=self.file) from error
        self._check_directory(infos)
        self.entries: Final = self._locate(infos)
        self._by_name = {entry.info.filename.casefold(): entry for entry in self.entries}
        self._inflated: dict[str, bytes] = {}
        self._verified: set[str] = set()
        self._proven: set[str] = set()

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._by_name

    def name(self, part: str) -> str:
        """Return the name of a part as its entry spells it (part names ignore case)."""
        return self._entry(part).info.filename

    def _entry(self, part: str) -> Entry:
        entry = self._by_name.get(part.casefold())
        if entry is None:
            raise Refusal("part_missing", file=self.file, part=part)
        return entry

    def read(self, part: str) -> bytes:
        """Return the bytes of a part, their number and checksum verified.

        Raises
        ------
        Refusal
            If the part is missing or damaged.
        """
        key = part.casefold()
        if key in self._inflated:
            return self._inflated[key]
        content = b"".join(self.pieces(part))
        if len(content) <= _KEPT:
            self._inflated[key] = content
        return content

    def size(self, part: str) -> int:
        """Return the size of a part [bytes]."""
        return self._entry(part).info.file_size

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield the bytes of a part in pieces, their number and checksum verified at the end.

        Raises
        ------
        Refusal
            If the part is missing or damaged.
        """
        yield from self._inflate(self._entry(part))
        self._verified.add(part.casefold())

    def xml(self, part: str) -> bytes:
        """Return the bytes of an XML part, proven well-formed and free of declarations."""
        content = self.read(part)
        if part.casefold() not in self._proven:
            self.prove(part, content)
        return content

    def prove(self, part: str, content: bytes) -> None:
        """Check that an XML part is well-formed and free of declarations.

        Parameters
        ----------
        part
            The part.
        content
            What of it is to be proven: all, or all but what was proven already.

        Raises
        ------
        Refusal
            If it is not.
        """
        lexer.check(content, self.file, part)
        self._proven.add(part.casefold())

    def verify(self) -> None:
        """Check the bytes of every entry against its checksum."""
        for entry in self.entries:
            if entry.info.filename.casefold() not in self._verified:
                for _ in self._inflate(entry):
                    pass

    def _check_directory(self, infos: list[zipfile.ZipInfo]) -> None:
        limits = self._limits
        if len(infos) > limits.entries or sum(info.file_size for info in infos) > limits.total:
            raise Refusal("too_large", file=self.file)
        seen: set[str] = set()
        for info in infos:
            name = info.filename
            if _unsafe(name) or _unsafe(info.orig_filename):
                raise Refusal("unsafe_entry", file=self.file, part=name)
            if name.casefold() in seen:
                raise Refusal("duplicate_entry", file=self.file, part=name)
            seen.add(name.casefold())
            if info.flag_bits & 1:
                raise Refusal("encrypted", file=self.file)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Refusal("damaged_part", file=self.file, part=name)
            swollen = info.file_size > max(limits.ratio_matters, limits.ratio * info.compress_size)
            if info.file_size > limits.part or swollen:
                raise Refusal("too_large", file=self.file)

    def _locate(self, infos: list[zipfile.ZipInfo]) -> list[Entry]:
        entries = []
        for info in infos:
            start = info.header_offset
            header = self.raw[start : start + _LOCAL]
            if start < 0 or len(header) < _LOCAL or not header.startswith(b"PK\x03\x04"):
                raise Refusal("damaged_part", file=self.file, part=info.filename)
            lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
            data = start + _LOCAL + lengths
            entries.append(Entry(info, start, data, data + info.compress_size))
        in_file = sorted(entries, key=lambda entry: entry.start)
        limits = [entry.start for entry in in_file[1:]] + [self.directory_start]
        for entry, limit in zip(in_file, limits, strict=True):
            if entry.end > limit:
                raise Refusal("damaged_part", file=self.file, part=entry.info.filename)
        return entries

    def _inflate(self, entry: Entry) -> Iterator[bytes]:
        info = entry.info
        size, checksum = 0, 0
        try:
            for piece in self._inflated_pieces(entry):
                size += len(piece)
                checksum = zlib.crc32(piece, checksum)
                if size > info.file_size:
                    break
                yield piece
        except zlib.error as error:
            raise Refusal("damaged_part", file=self.file, part=info.filename) from error
        if size != info.file_size or checksum != info.CRC:
            raise Refusal("damaged_part", file=self.file, part=info.filename)

    def _inflated_pieces(self, entry: Entry) -> Iterator[bytes]:
        packed = entry.info.compress_type == zipfile.ZIP_DEFLATED
        machine = zlib.decompressobj(-zlib.MAX_WBITS)
        for start in range(entry.data, entry.end, _PIECE):
            piece = self.raw[start : min(start + _PIECE, entry.end)]
            if not packed:
                yield piece
                continue
            more = True
            while more:
                found = machine.decompress(piece, _MOST_AT_ONCE)
                yield found
                piece = machine.unconsumed_tail
                more = len(found) == _MOST_AT_ONCE


def _read(path: Path, most: int) -> bytes:
    try:
        if path.is_dir():
            raise Refusal("folder", file=path.name)
        check_name(path)  # reading from CON would wait for somebody to type
        with open_to_read(path) as file:
            # never read(most): Windows would make room for all of it first, a gigabyte
            raw = file.read() if os.fstat(file.fileno()).st_size <= most else file.read(most + 1)
    except OSError as error:
        raise read_refusal(error, path) from error
    if len(raw) > most:
        raise Refusal("too_large", file=path.name)
    return raw


def _unsafe(name: str) -> bool:
    """Whether an entry's name could lead out of the package, or means two things."""
    plain = name.rstrip("/")
    return (
        not plain
        or name.startswith("/")
        or "\\" in name
        or "\0" in name
        or _DRIVE.match(name) is not None
        or posixpath.normpath(plain) != plain
        or plain.split("/")[0] == ".."
    )
