"""The package written anew: entries that stay are copied as they stand, bit by bit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from addin.package.aside import Aside
from addin.package.packed import Packed, packed

if TYPE_CHECKING:
    from addin.package.archive import Archive, Entry

_STREAMED: Final = 1 << 3  # the sizes follow the data; ours are known beforehand
_ZIP64: Final = 0x0001
_DEFLATED: Final = 8
_CENTRAL: Final = 46  # length of the fixed part of a record of the central directory


def repacked(
    archive: Archive,
    changed: Mapping[str, bytes | Packed | None],
    check: Callable[[str, bytes], None],
) -> Iterator[bytes]:
    """Yield the bytes of the package with some parts changed, or left out where they are None.

    Order, names, dates and attributes of the entries stay, and so does every
    byte of the entries that do not change.

    Parameters
    ----------
    archive
        The package as it was read.
    changed
        New bytes by the names of the parts, or what they are once compressed.
    check
        Called with each part that is not compressed yet, while the next ones are.
    """
    with Aside(2) as pool:
        contents = {name: content for name, content in changed.items() if isinstance(content, bytes)}
        packing = {name: pool.submit(packed, [content]) for name, content in contents.items()}
        for name, content in contents.items():
            check(name, content)
        ends = _ends(archive)
        records: list[bytes] = []
        at = 0
        for entry, record in zip(archive.entries, _records(archive), strict=True):
            name = entry.info.filename
            new = packing[name].result() if name in packing else changed.get(name)
            if isinstance(new, Packed):
                fields = _fields(new)
                header = _header(archive, entry, fields)
                record = _changed_record(record, fields)  # noqa: PLW2901 - the entry's, brought up to date
                chunks = [header, new.data]
            elif name in changed:
                continue
            else:
                chunks = [archive.raw[entry.start : ends[entry.start]]]
            records.append(_placed(record, entry, at, resized=name in changed))
            at += sum(map(len, chunks))
            yield from chunks
    directory = b"".join(records)
    yield directory
    yield _end_record(len(records), len(directory), at, archive.comment)


def _ends(archive: Archive) -> dict[int, int]:
    """Return for each entry by its start where the next one starts."""
    starts = sorted(entry.start for entry in archive.entries)
    return dict(zip(starts, [*starts[1:], archive.directory_start], strict=True))


def _records(archive: Archive) -> Iterator[bytes]:
    at = archive.directory_start
    for _ in archive.entries:
        lengths = sum(int.from_bytes(archive.raw[at + n : at + n + 2], "little") for n in (28, 30, 32))
        yield archive.raw[at : at + _CENTRAL + lengths]
        at += _CENTRAL + lengths


def _fields(part: Packed) -> bytes:
    """Return checksum and sizes as both headers spell them."""
    numbers = (part.checksum, len(part.data), part.size)
    return b"".join(number.to_bytes(4, "little") for number in numbers)


def _flags(flags: bytes) -> bytes:
    return (int.from_bytes(flags, "little") & ~_STREAMED).to_bytes(2, "little")


def _header(archive: Archive, entry: Entry, fields: bytes) -> bytes:
    old = archive.raw[entry.start : entry.data]
    n_name = int.from_bytes(old[26:28], "little")
    name, extra = old[30 : 30 + n_name], _without_zip64(old[30 + n_name :])
    method = _DEFLATED.to_bytes(2, "little")
    lengths = old[26:28] + len(extra).to_bytes(2, "little")
    return old[:6] + _flags(old[6:8]) + method + old[10:14] + fields + lengths + name + extra


def _changed_record(record: bytes, fields: bytes) -> bytes:
    method = _DEFLATED.to_bytes(2, "little")
    return record[:8] + _flags(record[8:10]) + method + record[12:16] + fields + record[28:]


def _placed(record: bytes, entry: Entry, at: int, *, resized: bool) -> bytes:
    """Return a record of the central directory with the new offset, in 32 bits like all of ours."""
    n_name, n_extra = (int.from_bytes(record[n : n + 2], "little") for n in (28, 30))
    name_end = _CENTRAL + n_name
    extra = _without_zip64(record[name_end : name_end + n_extra])
    sizes = record[20:28]
    if not resized:
        info = entry.info
        sizes = info.compress_size.to_bytes(4, "little") + info.file_size.to_bytes(4, "little")
    return b"".join(
        (
            record[:20],
            sizes,
            record[28:30],
            len(extra).to_bytes(2, "little"),
            record[32:42],
            at.to_bytes(4, "little"),
            record[_CENTRAL:name_end],
            extra,
            record[name_end + n_extra :],
        ),
    )


def _without_zip64(extra: bytes) -> bytes:
    """Return the extra fields of an entry without the 64-bit sizes, which no longer hold."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        length = 4 + int.from_bytes(extra[at + 2 : at + 4], "little")
        if int.from_bytes(extra[at : at + 2], "little") != _ZIP64:
            kept += extra[at : at + length]
        at += length
    return kept + extra[at:]


def _end_record(count: int, size: int, at: int, comment: bytes) -> bytes:
    numbers = ((0, 2), (0, 2), (count, 2), (count, 2), (size, 4), (at, 4), (len(comment), 2))
    return b"PK\x05\x06" + b"".join(number.to_bytes(width, "little") for number, width in numbers) + comment
