"""A small picture file: 256 colours at most, as drawings of sheets hardly need more."""

from __future__ import annotations

import struct
import zlib
from typing import Any, Final

import numpy as np

__all__ = ["indexed_png"]

_COLOURS: Final = 256
_STEP: Final = 8
"""Shades of each basic colour that are taken together."""

Pixels = np.ndarray[Any, np.dtype[np.uint8]]


def indexed_png(pixels: Pixels) -> bytes:
    """Return a picture as a PNG file with a palette.

    Parameters
    ----------
    pixels
        Array of shape (height, width, 3): red, green and blue [0-255].
    """
    height, width, _ = pixels.shape
    rough = np.minimum((pixels.astype(np.int32) + _STEP // 2) // _STEP * _STEP, 255)
    codes = (rough[..., 0] << 16) | (rough[..., 1] << 8) | rough[..., 2]
    found, inverse, counts = np.unique(codes, return_inverse=True, return_counts=True)
    kept = found[np.argsort(-counts, kind="stable")[:_COLOURS]]
    nearest = np.array([_distances(_parts(kept), _parts(one)).argmin() for one in found], np.uint8)
    index = nearest[inverse.reshape(height, width)]
    rows = np.concatenate([np.zeros((height, 1), np.uint8), index], axis=1).tobytes()
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", _parts(kept).astype(np.uint8).tobytes()),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _parts(codes: Any) -> Any:
    """Return red, green and blue of colours."""
    return np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=-1)


def _distances(palette: Any, colour: Any) -> Any:
    return ((palette - colour) ** 2).sum(axis=-1)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
