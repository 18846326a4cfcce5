"""Every word that a person reads, by key and language, and the way back from word to key.

One folder a language, one TOML file a surface: ``fields`` (sheets, headers,
list words), ``refusals``, ``faults``, ``template``, ``reasons``, ``cli``.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from scoring.text import fold

LANGUAGES: Final = ("en", "fr")


class Catalogue:
    """The words of one language.

    Parameters
    ----------
    language
        ``"en"`` or ``"fr"``.
    currency
        What stands behind amounts of money; empty where that is not known.
    """

    def __init__(self, language: str, currency: str = "") -> None:
        self.language = language
        self.currency = currency
        self._surfaces: dict[str, dict[str, Any]] = {}

    def with_currency(self, currency: str) -> Catalogue:
        r"""Return the same words, with a currency behind amounts of money.

        >>> Catalogue("en").with_currency("EUR").money(1300.0)
        '1,300\xa0EUR'
        """
        found = Catalogue(self.language, currency.strip())
        found._surfaces = self._surfaces
        return found

    def surface(self, name: str) -> dict[str, Any]:
        """Everything in one file of the language, as nested mappings."""
        if name not in self._surfaces:
            path = Path(__file__).parent / self.language / f"{name}.toml"
            self._surfaces[name] = tomllib.loads(path.read_text(encoding="utf-8"))
        return self._surfaces[name]

    def text(self, surface: str, *keys: str, **details: object) -> str:
        """Return the text under the keys, with the details shown in the way of the language.

        A text with the forms ``one`` and ``many`` goes by the detail ``count``.
        """
        found: Any = self.surface(surface)
        for key in keys:
            found = found[key]
        if isinstance(found, dict):  # a sentence that counts
            count = details["count"]
            # In French nothing is singular too, where the sentence tells the number.
            single = count == 1 or (count == 0 and self.language == "fr" and "{count}" in found["one"])
            found = found["one" if single else "many"]
        shown = {name: _Shown(value, self) for name, value in details.items()}
        return str(found).format_map(shown)

    def header(self, table: str, key: str) -> str:
        """Return the column header of a field of a table."""
        return str(self.surface("fields")[table][key])

    def headers(self, table: str) -> Mapping[str, str]:
        """Return the column headers of a table by field, in the order of its columns."""
        return dict(self.surface("fields")[table])

    def word(self, kind: str, key: str) -> str:
        """Return the word for a value of a list, such as ``("state", "new")``."""
        return str(self.surface("fields")["words"][kind][key])

    def words(self, kind: str) -> Mapping[str, str]:
        """Return all words of a list by key."""
        return dict(self.surface("fields")["words"][kind])

    def sheet(self, key: str) -> str:
        """Return the name of a sheet."""
        return str(self.surface("fields")["sheets"][key])

    def show(self, value: object, decimals: int | None = None) -> str:
        r"""Return a value as a reader of the language writes it, with as many decimals as it needs.

        >>> Catalogue("fr").show(1234.5), Catalogue("en").show(1234.5)
        ('1\u202f234,5', '1,234.5')
        >>> Catalogue("fr").show(True), Catalogue("en").show(True)
        ('VRAI', 'TRUE')
        """
        style = self.surface("fields")["language"]
        match value:
            case bool():  # as Excel shows it
                return str(style["is_true" if value else "is_false"])
            case str():
                return value
            case int() | float():
                if not math.isfinite(value):
                    return str(value)
                plain = f"{value:,.{6 if decimals is None else decimals}f}"
                if decimals is None:
                    plain = plain.rstrip("0").rstrip(".")
                return "".join(
                    {",": style["thousands"], ".": style["decimal"]}.get(sign, sign) for sign in plain
                )
            case dt.date():
                return value.strftime(style["date"])
            case Phrase():
                return self.text(value.surface, *value.keys, **value.details)
            case list() | tuple() | set() | frozenset():
                if any(isinstance(item, Phrase) for item in value):
                    return str(style["between"]).join(self.show(item) for item in value)
                return ", ".join(self.show(item) for item in value)
            case _:
                return str(value)

    def money(self, amount: float) -> str:
        r"""Return an amount of money: with cents where it has some.

        >>> Catalogue("fr").money(1300), Catalogue("fr").money(0.5)
        ('1\u202f300', '0,50')
        """
        cents = round(float(amount), 2) + 0.0  # no nought below zero
        shown = self.show(cents, decimals=0 if cents == round(cents) else 2)
        return f"{shown}\u00a0{self.currency}" if self.currency else shown

    def percent(self, share: float) -> str:
        r"""Return a share as a percentage, with one decimal where it needs one.

        >>> Catalogue("fr").percent(0.5), Catalogue("en").percent(0.125)
        ('50\xa0%', '12.5%')
        """
        return str(self.surface("fields")["language"]["percent"]).format(self.show(round(100 * share, 1)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to say, before it is known in which language.

    Attributes
    ----------
    surface, keys
        Where the text stands.
    details
        What it names.
    """

    surface: str
    keys: tuple[str, ...]
    details: Mapping[str, object] = field(default_factory=dict)


class _Shown:
    """A value that a sentence names, as ``{value}``, ``{share:percent}`` or ``{points:signed}``."""

    def __init__(self, value: Any, words: Catalogue) -> None:
        self._value = value
        self._words = words

    def __format__(self, spec: str) -> str:
        match spec:
            case "percent":
                return self._words.percent(self._value)
            case "whole":
                return self._words.show(round(self._value))
            case "money":
                return self._words.money(self._value)
            case "amount":  # of another currency, which is named
                return catalogue(self._words.language).money(self._value)
            case "one":
                return self._words.show(round(self._value, 1))
            case "signed":
                # Below 1 with a decimal: "-0.9" is no "-1", and "+0.3" is not nothing.
                rounded = round(self._value) if abs(self._value) >= 1 else round(self._value, 1)
                return ("+" if rounded > 0 else "−" if rounded < 0 else "") + self._words.show(abs(rounded))
            case _:
                return self._words.show(self._value)


@functools.cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language."""
    return Catalogue(language)


@functools.cache
def _keys(section: tuple[str, ...], language: str) -> Mapping[str, str]:
    """Folded word -> key: the given language first, then the others, then what was said before."""
    languages = (language, *(other for other in LANGUAGES if other != language))
    found: dict[str, str] = {}
    for name in languages:
        for key, word in _section(name, section).items():
            found.setdefault(fold(word), key)
    for name in languages:
        for key, words in _section(name, ("older", *section)).items():
            for word in words:
                found.setdefault(fold(word), key)
    return found


def _section(language: str, section: tuple[str, ...]) -> Mapping[str, Any]:
    """Return a section of the fields, empty where a language has none."""
    found: Any = catalogue(language).surface("fields")
    for part in section:
        found = found.get(part, {})
    return dict(found)


def field_key(table: str, header: str, language: str = "en") -> str | None:
    """Return the field that a header of a table names in either language, or None.

    >>> field_key("accounts", "raison  SOCIALE")
    'name'
    """
    return _keys((table,), language).get(fold(header))


def word_key(kind: str, word: str, language: str = "en") -> str | None:
    """Return the key of a list word in either language, or None.

    >>> word_key("scale", "Paliers")
    'steps'
    """
    return _keys(("words", kind), language).get(fold(word))
