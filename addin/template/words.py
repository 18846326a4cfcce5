"""The words of one language as they stand on a sheet."""

from __future__ import annotations

import re
from typing import Any

from addin.catalogue import Catalogue, catalogue

_NARROW = re.compile(r" (?=[:;?!%»›](?:\s|$|[.,)]))|(?<=«) ")


class Words:
    """The texts of the template and the headers and list words around them.

    Parameters
    ----------
    language
        ``"en"`` or ``"fr"``.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.catalogue: Catalogue = catalogue(language)

    def text(self, *keys: str, **details: object) -> str:
        """Return a text of the sheets, its spaces before double signs unbreakable in French."""
        return self.typeset(self.catalogue.text("template", *keys, **details))

    def template(self, *keys: str) -> str:
        """Return a text of the sheets with its gaps, such as ``"of {count} accounts"``."""
        found: Any = self.catalogue.surface("template")
        for key in keys:
            found = found[key]
        return self.typeset(str(found))

    def typeset(self, text: str) -> str:
        """Return a text with the spaces that its language does not break at."""
        return _NARROW.sub("\u00a0", text) if self.language == "fr" else text

    def entries(self, *keys: str) -> list[dict[str, str]]:
        """Return a list of texts, such as the numbered steps of the sheet Start."""
        found = self.catalogue.surface("template")
        for key in keys[:-1]:
            found = found[key]
        return [{name: self.typeset(text) for name, text in entry.items()} for entry in found[keys[-1]]]

    def header(self, table: str, key: str) -> str:
        """Return the header of a column."""
        return self.catalogue.header(table, key)

    def word(self, kind: str, key: str) -> str:
        """Return the word of a list."""
        return self.catalogue.word(kind, key)

    def listed(self, kind: str) -> list[str]:
        """Return all words of a list, in its order."""
        return list(self.catalogue.words(kind).values())

    def sheet(self, key: str) -> str:
        """Return the name of a sheet."""
        return self.catalogue.sheet(key)


def solidity_word(language: str, key: str) -> str:
    """Return the word of the shipped solidity scale for a key.

    >>> solidity_word("fr", "default")
    'Défaillante'
    """
    return catalogue(language).text("template", "solidity", key)
