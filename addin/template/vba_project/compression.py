"""Compression of module sources and of the stream ``dir`` ([MS-OVBA] 2.4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

__all__ = ["compressed"]

_CHUNK: Final = 4096
_SIGNATURE: Final = 0x01
_SHORTEST: Final = 3
_MOST_CANDIDATES: Final = 32
"""Places at which a match is looked for: more cost time and gain next to nothing."""


def compressed(data: bytes) -> bytes:
    """Return a compressed container.

    Raises
    ------
    ValueError
        If the last chunk does not shrink: a raw chunk is always 4,096 bytes
        long, so that it would gain zeros at its end.
    """
    chunks = [_chunk(data[start : start + _CHUNK]) for start in range(0, len(data), _CHUNK)]
    return bytes([_SIGNATURE]) + b"".join(chunks)


def _chunk(data: bytes) -> bytes:
    body = b"".join(_token_sequences(data))
    if len(body) < _CHUNK:
        return (0xB000 | len(body) - 1).to_bytes(2, "little") + body
    if len(data) < _CHUNK:
        message = "the last piece of a source cannot be compressed"
        raise ValueError(message)
    return (0x3000 | _CHUNK - 1).to_bytes(2, "little") + data


def _token_sequences(data: bytes) -> Iterator[bytes]:
    """Yield groups of up to eight tokens, each behind the byte that tells copies from letters."""
    places: dict[bytes, list[int]] = {}
    at = 0
    while at < len(data):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if at >= len(data):
                break
            length, offset = _longest(data, at, places)
            step = length or 1
            if length:
                flags |= 1 << bit
                tokens += _copy_token(at, offset, length)
            else:
                tokens.append(data[at])
            for place in range(at, at + step):
                places.setdefault(data[place : place + _SHORTEST], []).append(place)
            at += step
        yield bytes([flags]) + tokens


def _longest(data: bytes, at: int, places: dict[bytes, list[int]]) -> tuple[int, int]:
    """Length and distance of the longest earlier run that stands here again; 0 for none."""
    best, offset = 0, 0
    most = min(_longest_copy(at), len(data) - at)
    for place in reversed(places.get(data[at : at + _SHORTEST], ())[-_MOST_CANDIDATES:]):
        length = 0
        while length < most and data[place + length] == data[at + length]:
            length += 1
        if length > best:
            best, offset = length, at - place
            if length == most:
                break
    return (best, offset) if best >= _SHORTEST else (0, 0)


def _length_bits(at: int) -> int:
    """Bits of a copy token for its length: fewer, the further into the chunk ([MS-OVBA] 2.4.1.3.19.1)."""
    return 16 - max((at - 1).bit_length(), 4)


def _longest_copy(at: int) -> int:
    return (1 << _length_bits(at)) - 1 + _SHORTEST if at else 0


def _copy_token(at: int, offset: int, length: int) -> bytes:
    return ((offset - 1) << _length_bits(at) | length - _SHORTEST).to_bytes(2, "little")
