"""Compression of module sources and of the stream ``dir`` ([MS-OVBA] 2.4.1)."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["compressed"]

_CHUNK: Final = 4096
_SIGNATURE: Final = 0x01
_SHORTEST: Final = 3
_MOST_CANDIDATES: Final = 32
"""Places at which a match is looked for: more cost time and gain next to nothing."""


@functools.lru_cache(maxsize=64)
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
    earlier = _earlier(data)
    at = 0
    while at < len(data):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if at >= len(data):
                break
            length, offset = _longest(data, at, earlier) if earlier[at] >= 0 else (0, 0)
            if length:
                flags |= 1 << bit
                tokens += _copy_token(at, offset, length)
            else:
                tokens.append(data[at])
            at += length or 1
        yield bytes([flags]) + tokens


def _earlier(data: bytes) -> list[int]:
    """Return for every place the last place before it at which the same three letters stand; -1 for none."""
    found, last = [], dict[bytes, int]()
    for at in range(len(data)):
        letters = data[at : at + _SHORTEST]
        found.append(last.get(letters, -1))
        last[letters] = at
    return found


def _longest(data: bytes, at: int, earlier: Sequence[int]) -> tuple[int, int]:
    """Length and distance of the longest earlier run that stands here again; 0 for none."""
    best, offset = _SHORTEST - 1, 0
    most = min(_longest_copy(at), len(data) - at)
    place = earlier[at]
    for _ in range(_MOST_CANDIDATES):
        if place < 0 or best >= most:
            break
        # Only a place that agrees on one letter more than the best so far can do better.
        if data[place : place + best + 1] == data[at : at + best + 1]:
            best, offset = best + 1, at - place
            while best < most and data[place + best] == data[at + best]:
                best += 1
        place = earlier[place]
    return (best, offset) if offset else (0, 0)


def _length_bits(at: int) -> int:
    """Bits of a copy token for its length: fewer, the further into the chunk ([MS-OVBA] 2.4.1.3.19.1)."""
    return 16 - max((at - 1).bit_length(), 4)


def _longest_copy(at: int) -> int:
    return (1 << _length_bits(at)) - 1 + _SHORTEST if at else 0


def _copy_token(at: int, offset: int, length: int) -> bytes:
    return ((offset - 1) << _length_bits(at) | length - _SHORTEST).to_bytes(2, "little")
