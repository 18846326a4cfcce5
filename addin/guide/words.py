"""The guide's own words: titles of the pages of reference, and what stands around a page for the browser."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any

__all__ = ["own_words"]


@functools.cache
def own_words(language: str) -> dict[str, Any]:
    """Return the words of a language, as nested mappings."""
    path = resources.files(__package__).joinpath(f"words_{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
