"""How the letters of a text file are encoded, told by all of its bytes: a late one decides, too."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from addin.imports.files.letters import Triples, best_code_page
from addin.package.held import open_to_read

__all__ = ["STRAY", "Encoding", "encoding_of"]

_AT_A_TIME: Final = 2**20
_C1: Final = bytes(range(0x80, 0xA0))
"""Bytes that are letters in cp1252 and nothing in ISO 8859-15."""
_SAMPLED: Final = 100_000
"""Letters beyond ASCII of a block that are looked at."""
_SURE: Final = 1_000
"""Bytes that are no UTF-8 from which the rest of the file cannot change what it is."""
_TIMES: Final = 2
"""Stray bytes to each letter of UTF-8 from which a file is not written in it."""
_AROUND: Final = 64
_WORD: Final = re.compile(r"[^\W_](?:[\w'’.-]*[^\W_])?")

STRAY: Final = "clientscore_stray"
"""How Python reads bytes that are no UTF-8 in a file that is: as Windows would."""

Told = Literal["plain", "mark", "valid", "letters"]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the letters of a file are encoded.

    Attributes
    ----------
    name
        Name of the codec.
    told
        What tells it: nothing needs to, since all letters are ``plain`` ASCII; the ``mark`` at the
        beginning; that it is ``valid`` UTF-8; or the words that its ``letters`` make.
    proof
        A word with a letter beyond ASCII, the first one.
    damaged
        Whether the file breaks off within a letter.
    n_stray
        Bytes that are no UTF-8 in a file that else is.
    stray_line
        The line of the first of them.
    """

    name: str
    told: Told = "plain"
    proof: str = ""
    damaged: bool = False
    n_stray: int = 0
    stray_line: int = 0

    @property
    def cut_as(self) -> str:
        """The encoding in which the text is cut: its own, where separators and figures are single bytes."""
        return "utf-8" if self.name.startswith("utf") else self.name

    @property
    def errors(self) -> str:
        """What Python does with bytes that do not fit."""
        return STRAY if self.n_stray else "replace"


def _as_windows_would(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # it is registered for reading only
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(STRAY, _as_windows_would)


def encoding_of(path: Path, start: bytes, at_a_time: int = _AT_A_TIME) -> Encoding:
    """Tell how a file is encoded.

    Parameters
    ----------
    path
        The file.
    start
        Its beginning.
    at_a_time
        Bytes that are in memory at a time.

    Notes
    -----
    A file with a mark is what the mark says. One in which at least every third
    letter beyond ASCII is valid UTF-8 is UTF-8, with stray bytes where not all
    are: no other encoding makes so many by chance. Else it has one byte a letter,
    in the code page in which its letters make words: see :mod:`addin.imports.files.letters`.
    """
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return Encoding("utf-32", "mark")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16", "mark")
    wide = _wide(start)
    if wide:
        return Encoding(wide, "valid")
    seen = _Seen()
    marked = start.startswith(codecs.BOM_UTF8)
    with open_to_read(path) as stream:
        stream.seek(len(codecs.BOM_UTF8) if marked else 0)
        while (block := stream.read(at_a_time)) and not seen.is_settled:
            block += stream.readline(at_a_time)
            while block[-1] >= 0x80 and (more := stream.read(1)):  # no letter is cut in two
                block += more
            seen.add(block)
    return seen.encoding(marked=marked)


def _wide(start: bytes) -> str:
    """Return the name of UTF-16 without a mark: every other byte of western text is 0 there."""
    signs = np.frombuffer(start[: len(start) // 2 * 2], dtype=np.uint8)
    first, second = (float((signs[at::2] == 0).mean()) if len(signs) else 0.0 for at in (0, 1))
    if second > 0.5 and not first:
        return "utf-16-le"
    return "utf-16-be" if first > 0.5 and not second else ""


class _Seen:
    """What was seen of the bytes of a file, block by block."""

    def __init__(self) -> None:
        self._n_valid = self._n_stray = self._stray_line = 0
        self._lines = 1
        self._damaged = self._has_c1 = False
        self._triples: Triples = Counter()
        self._proof = (b"", b"")

    @property
    def is_settled(self) -> bool:
        """Whether nothing that follows can change what the file is."""
        return self._has_c1 and self._is_other

    @property
    def _is_other(self) -> bool:
        return self._n_stray > _SURE and not self._is_utf_8

    @property
    def _is_utf_8(self) -> bool:
        return _TIMES * self._n_valid > self._n_stray

    def add(self, block: bytes) -> None:
        """Look at the next bytes, which end with a letter, or in the middle of the last one of the file."""
        if self._is_other:  # only this is open then
            self._has_c1 = self._has_c1 or _has_c1(block)
        elif not block.isascii():
            signs = np.frombuffer(block, dtype=np.uint8)
            if not self._proof[1]:
                at = int(np.argmax(signs >= 0x80))
                self._proof = block[max(0, at - _AROUND) : at], block[at : at + _AROUND]
            try:
                block.decode()
                self._n_valid += int(np.count_nonzero(signs >= 0xC2))
            except UnicodeDecodeError as error:
                if not self._add_not_utf_8(block, signs, error):
                    self._damaged = True
        self._lines += _line_ends(block)

    def _add_not_utf_8(self, block: bytes, signs: npt.NDArray[np.uint8], error: UnicodeDecodeError) -> bool:
        """Look at bytes that are not all UTF-8, and say so; not where only the last letter is cut off."""
        letters, covered = _valid_letters(signs)
        self._n_valid += letters
        if error.end == len(block) and error.reason == "unexpected end of data":
            return False
        if not self._n_stray:
            self._stray_line = self._lines + _line_ends(block[: error.start])
        self._n_stray += int(np.count_nonzero(signs >= 0x80)) - covered
        self._has_c1 = self._has_c1 or _has_c1(block)
        at = np.flatnonzero(signs >= 0x80)[:_SAMPLED]
        padded = np.pad(signs, 1, constant_values=10)
        before, letter, behind = (padded[at + place].astype(np.int64) for place in range(3))
        found, counts = np.unique(before << 16 | letter << 8 | behind, return_counts=True)
        self._triples.update(dict(zip(found.tolist(), counts.tolist(), strict=True)))
        return True

    def encoding(self, *, marked: bool) -> Encoding:
        """Return what all that was seen makes of it.

        Parameters
        ----------
        marked
            Whether the file begins with the mark of UTF-8.
        """
        if self._is_utf_8 or not self._n_stray:
            name: str = "utf-8"
            told: Told = "mark" if marked else "valid" if self._n_valid else "plain"
        else:
            name, told = best_code_page(self._triples), "letters"
            if name == "cp1252" and not self._has_c1:
                name = "iso8859-15"
        n_stray, line = (self._n_stray, self._stray_line) if name == "utf-8" else (0, 0)
        damaged = self._damaged and name == "utf-8"
        return Encoding(name, told, self._word(name), damaged, n_stray, line)

    def _word(self, name: str) -> str:
        """Return the first word with a letter beyond ASCII."""
        before, behind = (part.decode(name, "ignore") for part in self._proof)
        found = [word for word in _WORD.finditer(before + behind) if not word[0].isascii()]
        return found[0][0] if found else (behind[:1])


def _valid_letters(signs: npt.NDArray[np.uint8]) -> tuple[int, int]:
    """Return how many sequences of bytes are letters of UTF-8 beyond ASCII, and how many bytes they have."""
    goes_on = np.concatenate([(signs >= 0x80) & (signs < 0xC0), [False] * 3])
    letters = covered = 0
    for n_bytes, first, last in ((2, 0xC2, 0xDF), (3, 0xE0, 0xEF), (4, 0xF0, 0xF4)):
        whole = (signs >= first) & (signs <= last)
        for more in range(1, n_bytes):
            whole &= goes_on[more : more + len(signs)]
        found = int(np.count_nonzero(whole))
        letters, covered = letters + found, covered + found * n_bytes
    return letters, covered


def _has_c1(block: bytes) -> bool:
    return len(block.translate(None, _C1)) < len(block)


def _line_ends(block: bytes) -> int:
    return block.count(b"\n") or block.count(b"\r")
