"""The VBA of a workbook as text, out of its ``vbaProject.bin``.

References
----------
[MS-CFB] Compound File Binary File Format, sections 2.2 to 2.6.
[MS-OVBA] Office VBA File Format Structure, section 2.4.1: compressed containers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

__all__ = ["module_sources"]

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA  # sector numbers from here on are marks
_SMALL: Final = 4096  # streams below are in the mini stream
_LARGEST_CHUNK: Final = 4096
_STREAM, _ROOT = 2, 5

_FIRST_LINE: Final = b"\x00Attribut"
"""Eight literal signs under one flag byte: how every compressed module text begins."""


def module_sources(project: bytes) -> list[str]:
    """Return the text of every module.

    Parameters
    ----------
    project
        Content of ``vbaProject.bin``.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        return [source for stream in _streams(project) for source in _source(stream)]
    except (struct.error, IndexError) as damage:
        raise ValueError("damaged vbaProject.bin") from damage


def _source(stream: bytes) -> Iterator[str]:
    at = stream.find(_FIRST_LINE) - 3  # signature byte and chunk header stand before it
    if at >= 0 and stream[at] == 1:
        yield decompressed(stream[at:]).decode("cp1252", "replace")


def _streams(project: bytes) -> Iterator[bytes]:
    """Yield every stream of the compound file."""
    if not project.startswith(_MAGIC):
        raise ValueError("not a vbaProject.bin")
    size = 1 << struct.unpack_from("<H", project, 30)[0]
    mini_size = 1 << struct.unpack_from("<H", project, 32)[0]
    first_directory = struct.unpack_from("<I", project, 48)[0]
    first_mini = struct.unpack_from("<I", project, 60)[0]

    def sector(number: int) -> bytes:
        return project[(number + 1) * size : (number + 2) * size]

    def words(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    # 109 sector numbers of the table in the header: 7 MB of VBA; a longer project keeps the rest elsewhere
    table = [
        word
        for number in struct.unpack_from("<109I", project, 76)
        if number < _END
        for word in words(sector(number))
    ]

    def chain(first: int, links: list[int] | tuple[int, ...]) -> Iterator[int]:
        for _ in range(len(links) + 1):  # a chain that bites its tail ends
            if first >= _END:
                return
            yield first
            first = links[first]
        raise ValueError("circular vbaProject.bin")

    directory = b"".join(sector(number) for number in chain(first_directory, table))
    mini_table = words(b"".join(sector(number) for number in chain(first_mini, table)))
    small = b""
    for at in range(0, len(directory), 128):
        kind = directory[at + 66]
        first, length = struct.unpack_from("<II", directory, at + 116)
        if kind == _ROOT:
            small = b"".join(sector(number) for number in chain(first, table))
        elif kind == _STREAM and length >= _SMALL:
            yield b"".join(sector(number) for number in chain(first, table))[:length]
        elif kind == _STREAM and length:
            parts = (small[n * mini_size : (n + 1) * mini_size] for n in chain(first, mini_table))
            yield b"".join(parts)[:length]


def decompressed(container: bytes) -> bytes:
    """Return what a compressed container holds; what follows the container is left alone."""
    found = bytearray()
    at = 1
    while at + 2 <= len(container):
        header = struct.unpack_from("<H", container, at)[0]
        if header >> 12 & 7 != 3:  # no chunk: the container has ended
            break
        end = min(at + (header & 0x0FFF) + 3, len(container))
        at += 2
        if header & 0x8000:
            found += _chunk(container[at:end])
        else:
            found += container[at : at + _LARGEST_CHUNK]
        at = end
    return bytes(found)


def _chunk(tokens: bytes) -> bytes:
    """Inflate the tokens of one chunk: signs, and copies of what went before within it."""
    found = bytearray()
    at = 0
    while at < len(tokens):
        flags = tokens[at]
        at += 1
        for bit in range(8):
            if at >= len(tokens):
                break
            if not flags >> bit & 1:
                found.append(tokens[at])
                at += 1
                continue
            token = struct.unpack_from("<H", tokens, at)[0]
            at += 2
            offset_bits = max(4, (len(found) - 1).bit_length())
            length = (token & 0xFFFF >> offset_bits) + 3
            start = len(found) - (token >> 16 - offset_bits) - 1
            if start < 0:
                raise IndexError("a copy of nothing")
            for position in range(start, start + length):  # may run into what it writes
                found.append(found[position])
    return bytes(found)
