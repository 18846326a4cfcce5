"""Whose books FEC files are: one company's, or those of several that are to be added."""

from __future__ import annotations

from collections.abc import Sequence

from addin.imports.fec.fec_file import FecFile, named_both
from addin.refusals import Refusal

__all__ = ["by_company"]


def by_company(files: Sequence[FecFile], *, add: bool) -> list[list[FecFile]]:
    """Return the files of each company, in the order of their numbers.

    Parameters
    ----------
    files
        The files. One whose name says no number is of the only company of the others.
    add
        Whether the figures of several companies are to be added.

    Raises
    ------
    Refusal
        If they are of several companies and these are not to be added, or if it cannot be told whose a file
        is.
    """
    known: dict[str, list[FecFile]] = {}
    for file in files:
        known.setdefault(file.company, []).append(file)
    unknown = known.pop("", [])
    if len(known) < 2:
        return [[*unknown, *next(iter(known.values()), [])]]
    numbers = sorted(known)
    if not add:
        one, other = named_both(known[numbers[0]][0], known[numbers[1]][0])
        raise Refusal("fec_companies", file=one, siren=numbers[0], other=other, other_siren=numbers[1])
    if unknown:
        raise Refusal("fec_company_unknown", file=unknown[0].report.file, sirens=numbers)
    return [known[number] for number in numbers]
