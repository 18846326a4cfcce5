"""The moment at which a file is replaced: what has to be known before and after it, and never only half."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

from addin.workbook.port import Changes

__all__ = ["Moment", "Replacing", "Witness", "digest_of"]

_N_SIGNS: Final = 16
"""Signs of a digest: enough to tell apart the few states of one file."""


class Moment(Protocol):
    """What happens as a new file takes the place of an old one."""

    def before(self) -> None:
        """Do what has to be done before, while the new file lies beside the old one, complete."""
        ...

    def after(self) -> None:
        """Do what has to be done after, before anything can break it off."""
        ...


class Witness(Protocol):
    """Who keeps what was written to a workbook."""

    def begin(self, inverse: Changes, before: str, after: str) -> None:
        """Keep what is about to be written.

        Parameters
        ----------
        inverse
            What will put it back.
        before, after
            Digests of the file as it is, and as it is going to be.
        """
        ...

    def complete(self) -> None:
        """Take note that it is written."""
        ...


def digest_of(content: bytes) -> str:
    """Return what tells the bytes of a file from those that it had before."""
    return hashlib.sha256(content).hexdigest()[:_N_SIGNS]


@dataclass(slots=True)
class Replacing:
    """The moment at which a workbook is replaced, for who keeps what was written.

    Attributes
    ----------
    witness
        Who does.
    inverse
        What puts back what is written.
    old
        The bytes of the workbook as it is.
    """

    witness: Witness
    inverse: Changes
    old: bytes
    _new: hashlib._Hash = field(default_factory=hashlib.sha256)

    def seen(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the bytes of the new file as they are written."""
        for chunk in chunks:
            self._new.update(chunk)
            yield chunk

    def before(self) -> None:
        """Let the witness keep what is about to be written."""
        self.witness.begin(self.inverse, digest_of(self.old), self._new.hexdigest()[:_N_SIGNS])

    def after(self) -> None:
        """Tell the witness that it is written."""
        self.witness.complete()
