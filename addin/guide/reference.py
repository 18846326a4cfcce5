"""The pages of reference: every formula, button, column, setting, message and command, by the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import click

from addin.buttons import CONTROLS, Menu
from addin.catalogue import Catalogue, catalogue
from addin.commands import COMMANDS
from addin.commands.command import local_command
from addin.guide.markdown import bold, cell, codes, rows_of
from addin.guide.typography import french
from addin.guide.words import own_words
from addin.imports.programs import PROGRAMS, columns_of
from addin.template.defaults import settings
from addin.template.words import Words
from addin.workbook.account_columns import GROUPS
from addin.workbook.definitions import Column, Table
from addin.workbook.formulas import FORMULAS
from addin.workbook.tables import TABLES
from addin.workbook.uses import USES

__all__ = ["REFERENCE", "reference_pages"]

_PLACE: Final = re.compile(r"\{[^{}]*\}")
_HELP_WIDTH: Final = 96


def reference_pages(language: str) -> Mapping[str, str]:
    """Return the pages of reference of a language as Markdown, by the name of the file."""
    words = catalogue(language)
    typeset = french if language == "fr" else str
    return {f"{name}.md": typeset(_page(name, words)) for name in REFERENCE}


def _page(name: str, words: Catalogue) -> str:
    own = own_words(words.language)[name.removeprefix("reference-")]
    head = [
        f"# {own['title']}",
        own["intro"].format_map(_Names(words)),
        own_words(words.language)["reference"]["made"],
    ]
    return "\n\n".join([*head, *REFERENCE[name](words, own)]) + "\n"


class _Names(dict[str, str]):
    """What an introduction may name."""

    def __init__(self, words: Catalogue) -> None:
        menus = words.surface("ribbon")["buttons"]
        super().__init__(
            uses=menus["uses"]["label"],
            trust=menus["trust"]["label"],
            sheet=words.sheet("settings"),
            checks=words.sheet("checks"),
        )


# ------------------------------------------------------------------------------------------ formulas


def _formulas(words: Catalogue, own: Mapping[str, str]) -> Iterator[str]:
    said = words.surface("ribbon")["functions"]
    rows = []
    for formula in FORMULAS:
        names = [own["account"], *([own["n"]] if formula.has_n else []), own["table"]]
        rows.append((_call(formula.name, [f"[{name}]" for name in names], own), said[formula.key]))
    names = [own["account"], own["request"], f"[{own['received']}]"]
    rows.append((_call("CLIENTPRIORITY", names, own), said["priority"]))
    yield rows_of((own["formula"], own["answer"]), rows)
    arguments = {
        "account": "account",
        "n": "n",
        "table": "table",
        "request": "request",
        "received": "received",
    }
    yield rows_of(
        (own["argument"], own["meaning"]), [(own[name], said[key]) for name, key in arguments.items()]
    )
    yield own["after"]


def _call(name: str, arguments: Sequence[str], own: Mapping[str, str]) -> str:
    return f"`={name}({own['separator'].join(arguments)})`"


# ------------------------------------------------------------------------------------------- buttons


def _buttons(words: Catalogue, own: Mapping[str, str]) -> Iterator[str]:
    texts = words.surface("ribbon")
    headers = (own["button"], own["does"])

    def row(key: str) -> tuple[str, str]:
        said = texts["buttons"][key]
        return bold(said["label"]), f"{_sentence(said['title'])} {said['tip']}"

    menus = [control for control in CONTROLS if isinstance(control, Menu)]
    for group in dict.fromkeys(control.group for control in CONTROLS):
        yield f"## {texts['groups'][group]}"
        yield rows_of(headers, [row(one.key) for one in CONTROLS if one.group == group])
    for menu in menus:
        yield f"## {own['menu'].format(menu=texts['buttons'][menu.key]['label'])}"
        yield rows_of(headers, [row(line.key) for line in menu.lines])


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


# ------------------------------------------------------------------------------- columns of the sheets


def _columns(words: Catalogue, own: Mapping[str, str]) -> Iterator[str]:
    del own
    headings = words.surface("template")["accounts"]["groups"]
    for group, columns in GROUPS.items():
        yield f"## {headings[group]}"
        yield _columns_of("accounts", columns, words)


def _columns_of(table: str, columns: Sequence[Column], words: Catalogue) -> str:
    own = own_words(words.language)
    notes = words.surface("template")["notes"][table]
    rows = [
        (bold(words.header(table, one.key)), own["who"][one.filled_by.value], notes[one.key])
        for one in columns
    ]
    said = own["reference"]
    return rows_of((said["column"], said["filled_by"], said["says"]), rows)


def _sheets(words: Catalogue, own: Mapping[str, str]) -> Iterator[str]:
    seen = [table for table in TABLES if _is_seen(table)]
    for sheet, tables in groupby(seen, key=lambda table: table.sheet):
        yield f"## {words.sheet(sheet)}"
        for table in tables:
            yield own["table"].format(name=f"`{table.name}`")
            yield _columns_of(table.key, table.columns, words)


def _is_seen(table: Table) -> bool:
    """Whether a person sees its columns: none of the Dashboard, no notes, nothing that is out of sight."""
    if table.sheet == "dashboard" or [column.key for column in table.columns] == ["note"]:
        return False
    return not any(table.key in use.behind or table in use.unseen for use in USES)


# ------------------------------------------------------------------------------------------ settings


def _settings(words: Catalogue, own: Mapping[str, str]) -> Iterator[str]:
    rows = [
        (bold(str(row["setting"])), _shipped(row["value"], words, own), str(row["help"]))
        for row in settings(Words(words.language), None)
    ]
    yield rows_of((own["setting"], own["ships"], own["does"]), rows)


def _shipped(value: Any, words: Catalogue, own: Mapping[str, str]) -> str:
    if value is None or value == "":
        return own["blank"]
    if isinstance(value, float) and 0 < value < 1:
        return words.percent(value)
    return words.show(value)


# ------------------------------------------------------------------------------------------ programs


def _programs(words: Catalogue, own: Mapping[str, str]) -> Iterator[str]:
    for program in sorted(PROGRAMS, key=lambda name: str(columns_of(name)["source"]["program"]).casefold()):
        found = columns_of(program)
        yield f"## {found['source']['program']}"
        rows = [
            (own[of], words.header(table, key), codes(names))
            for section, of, table in (
                ("accounts", "accounts", "accounts"),
                ("lists", "accounts", "accounts"),
                ("roles", "ledger", "roles"),
            )
            for key, names in found[section].items()
        ]
        rows += [(own["accounts"], own["key"], codes(names)) for names in found["ids"].values()]
        yield rows_of((own["list"], own["goes_to"], own["columns"]), rows)


# ------------------------------------------------------------------------------------------ messages


def _messages(words: Catalogue, own: Mapping[str, str]) -> Iterator[str]:
    names = _Names(words)
    yield f"## {own['refusals']}"
    yield own["refusals_intro"]
    yield _lines(words.surface("refusals"))
    yield f"## {own['excel']}"
    yield own["excel_intro"]
    said = {key: text for key, text in words.surface("ribbon")["vba"].items() if key != "title"}
    yield _lines(said)
    for part, key in (("found", "what"), ("remedies", "remedy")):
        yield f"## {own[part].format_map(names)}"
        yield _lines(words.surface("faults")[key])
    for surface in ("imports", "views", "doctor"):
        yield f"## {own[surface]}"
        yield _lines(words.surface(surface))


def _lines(texts: Mapping[str, Any]) -> str:
    """Return the sentences of a part of the catalogue as a list; of one that counts, both forms."""
    shown = [_PLACE.sub("…", text) for text in _texts(texts) if text.endswith((".", "?", "!"))]
    return "\n".join(f"- {cell(text)}" for text in dict.fromkeys(shown))


def _texts(part: Any) -> Iterator[str]:
    """Yield all texts of a part of the catalogue."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for one in part.values():
            yield from _texts(one)


# ------------------------------------------------------------------------------------------ commands


def _commands(words: Catalogue, own: Mapping[str, str]) -> Iterator[str]:
    del own
    for command in COMMANDS:
        made = local_command(command, words)
        context = click.Context(made, info_name=f"clientscore {command.name}", max_content_width=_HELP_WIDTH)
        context.terminal_width = _HELP_WIDTH
        yield f"## {command.name}"
        yield f"```text\n{made.get_help(context)}\n```"


REFERENCE: Final[Mapping[str, Callable[[Catalogue, Mapping[str, str]], Iterator[str]]]] = {
    "reference-buttons": _buttons,
    "reference-columns": _columns,
    "reference-sheets": _sheets,
    "reference-settings": _settings,
    "reference-formulas": _formulas,
    "reference-programs": _programs,
    "reference-messages": _messages,
    "reference-commands": _commands,
}
"""The pages in the order of the index, and what makes the content of each."""
