"""What an upgrade did, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from addin.catalogue import Catalogue
from addin.upgrade.upgraded import Upgraded

__all__ = ["upgrade_lines"]


def upgrade_lines(done: Upgraded, words: Catalogue) -> Iterator[str]:
    """Yield what came to a workbook, and what could not, a sentence each."""

    def text(key: str, **details: object) -> str:
        return words.text("cli", "upgrade", key, **details)

    if done.sheets:
        yield text("sheets", sheets=done.sheets)
    for table, headers in done.columns.items():
        yield text("columns", table=table, headers=headers)
    if done.settings:
        yield text("settings", settings=done.settings)
    for before, after in done.renamed.items():
        yield text("renamed", table=before, name=after)
    for table, cell in done.blocked.items():
        yield text("blocked", table=table, cell=cell)
    for table, headers in done.own.items():
        yield text("own", table=table, headers=headers)
    if done.macros is not None:
        yield text("macros" if done.macros else "own_macros")
