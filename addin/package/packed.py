"""A part that is compressed while it comes to be, so that it is never in memory as a whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final, NamedTuple

__all__ = ["Packed", "packed"]

_LEVEL: Final = 1
"""Measured on worksheets: 15 % larger than at level 6, in half the time."""


class Packed(NamedTuple):
    """A compressed part.

    Attributes
    ----------
    data
        Its compressed bytes.
    checksum, size
        Checksum and number of its bytes before.
    """

    data: bytes
    checksum: int
    size: int


def packed(pieces: Iterable[bytes]) -> Packed:
    """Return a part compressed, given in pieces."""
    machine = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    checksum, size = 0, 0
    found = []
    for piece in pieces:
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        found.append(machine.compress(piece))
    return Packed(b"".join([*found, machine.flush()]), checksum, size)
