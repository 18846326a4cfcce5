"""What the product says when it declines to do something: a value, not a text."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - to the reader of the code as to the user it is a refusal, no error
    """Something that cannot be done, for a reason that the person can act on.

    Parameters
    ----------
    code
        Key of the sentence in ``catalogue/<language>/refusals.toml``.
    **details
        What the sentence names: a file, a sheet, a cell, a value.

    Attributes
    ----------
    language
        Language to say it in, where that is known better than by whoever says it.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
        self.language: str | None = None
