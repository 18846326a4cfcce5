"""The card of who calls, in words and for a program."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping

from addin.catalogue import Catalogue
from addin.uses.call_card import Card

__all__ = ["card_json", "card_lines"]

_SHOWN = (
    *("class", "label", "score", "state", "rep", "phone", "last_visit", "risk", "share_of_wallet", "overdue"),
    *("holds", "reasons", "shipping", "instructions"),
)


def card_json(card: Card) -> str:
    """Return the card as JSON: the accounts found, and of a single one how urgent the request is."""
    content: dict[str, object] = {
        "matches": [{key: _plain(value) for key, value in one.items()} for one in card.matches],
        "found": card.n_matches,
    }
    if card.n_matches == 1:
        content |= {
            "request": card.request or None,
            "priority": card.priority,
            "answer_by": _plain(card.answer_by),
            "escalate_to": card.escalate_to,
        }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return value


def card_lines(card: Card, text: str, words: Catalogue) -> Iterator[str]:
    """Yield the card in words: the account with all that is known of it, or those to choose from."""
    if not card.matches:
        yield words.text("views", "call", "nobody", text=text)
        return
    if card.n_matches != 1:
        yield words.text("views", "call", "found", count=card.n_matches, text=text)
        for one in card.matches:
            yield f"  {one['account']}  {one['name'] or ''}  ({one['class']})"
        if card.n_matches > len(card.matches):
            yield words.text("views", "call", "more", count=card.n_matches - len(card.matches))
        return
    (match,) = card.matches
    yield f"{match['name'] or ''}  {match['account']}".strip()
    for key in _SHOWN:
        value = _worded(match, key, words)
        if value:
            yield f"  {_label(words, key)}{_colon(words)}{value}"
    if card.request:
        yield from _request_lines(card, words)


def _colon(words: Catalogue) -> str:
    return "\u00a0: " if words.language == "fr" else ": "


def _label(words: Catalogue, key: str) -> str:
    return words.text("template", "call", "fields", key)


def _worded(match: Mapping[str, object], key: str, words: Catalogue) -> str:
    value = match[key]
    if value is None or (isinstance(value, list) and not value):
        return ""
    match key, value:
        case "share_of_wallet", float():
            return words.percent(value)
        case (("state" | "risk"), str()):
            return str(words.surface("fields")["words"].get(key, {}).get(value, value))
        case "holds", list():
            return "; ".join(value)
        case "score", float():
            return words.show(round(value, 1))
        case _:
            return words.show(value)


def _request_lines(card: Card, words: Catalogue) -> Iterator[str]:
    between = _colon(words)
    yield f"{words.text('template', 'call', 'inputs', 'request')}{between}{card.request}"
    by = f"{words.show(card.answer_by)} {card.answer_by:%H:%M}" if card.answer_by else ""
    shown = {"priority": card.priority or "", "answer_by": by, "escalate_to": card.escalate_to or ""}
    for key, value in shown.items():
        if value:
            yield f"  {_label(words, key)}{between}{value}"
