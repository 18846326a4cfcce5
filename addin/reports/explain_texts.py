"""What the command explain says of an account."""

from __future__ import annotations

from addin.catalogue import Catalogue
from addin.uses import Result

__all__ = ["explain_lines"]


def explain_lines(result: Result, words: Catalogue) -> list[str]:
    """Return who it is, why, criterion by criterion, and what would raise the class."""
    (head,) = result.tables["explainaccount"]
    if head.get("class") is None:
        return []
    (said,) = result.tables["explainwords"]
    name = {"account": head["account"], "name": head["name"] or ""}
    lines = [words.text("ribbon", "explained", "title", **name), str(said["reasons"] or ""), ""]
    lines.append(words.text("ribbon", "explained", "criteria"))
    for row in result.tables["explain"]:
        details = {
            "criterion": row["criterion"],
            "weight": row["weight"],
            "contribution": row["contribution"],
        }
        if row["known"]:
            details |= {"value": row["value"], "points": row["points"]}
            lines.append(words.text("ribbon", "explained", "part", **details))
        else:
            lines.append(words.text("ribbon", "explained", "unknown_part", **details))
    return [*lines, "", str(said["way_up"])] if said["way_up"] else lines
