"""Tables and lists of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["bold", "cell", "codes", "rows_of"]


def rows_of(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table: its headers, and its rows."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines)


def cell(text: str) -> str:
    r"""Return a text as one line, with nothing in it that Markdown takes for its own; marks of ours stay.

    >>> cell("2 * 3 | 4"), cell(bold("A*")), cell(codes(["CT_Num"]))
    ('2 \\* 3 \\| 4', '**A\\***', '`CT_Num`')
    """
    plain = " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
    if "`" in plain or plain == "---":
        return plain
    marked = plain.startswith("**") and plain.endswith("**")
    safe = (plain[2:-2] if marked else plain).replace("*", "\\*").replace("_", "\\_")
    return f"**{safe}**" if marked else safe


def bold(text: str) -> str:
    """Return a text in bold letters."""
    return f"**{text}**"


def codes(names: Iterable[str]) -> str:
    """Return names as they are written elsewhere, one after the other."""
    return ", ".join(f"`{name}`" for name in names)
