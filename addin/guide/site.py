"""The pages for the browser: each page of ``docs`` as HTML, with the list of all pages beside it."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from addin.catalogue import LANGUAGES
from addin.guide.words import own_words

__all__ = ["PAGES", "site_pages"]

PAGES: Final = ("addin", "help")
"""Where the pages for the browser are put, from the top of the project."""
_STYLE: Final = "guide.css"
_HERE: Final = ' aria-current="page"'
_IT: Final = {"en": "IT.md", "fr": "IT.fr.md"}
"""The guide for IT departments stands at the top of the project, and is a page of this guide too."""
_OTHER: Final = re.compile(r"docs/(\w+)/([\w-]+)\.md")
"""A page of the other language."""
_LINK: Final = re.compile(r"\]\(([^)\s]+\.md)\)")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: its place in the project, what its file for the browser is called, its title and its text."""

    source: str
    name: str
    title: str
    text: str


def site_pages(root: Path) -> Mapping[Path, bytes]:
    """Return the pages for the browser, all languages, by file.

    Parameters
    ----------
    root
        The copy of the project whose ``docs`` are read.
    """
    folder = root.joinpath(*PAGES)
    made: dict[Path, bytes] = {}
    for language in LANGUAGES:
        pages = _pages(root, language)
        for at, page in enumerate(pages):
            made[folder / language / page.name] = _document(pages, at, language).encode()
    return made


def _pages(root: Path, language: str) -> Sequence[_Page]:
    """Return the index and the pages that it names, in its order."""
    folder = f"docs/{language}"
    index = _read(root, f"{folder}/index.md", "index.html")
    found = [index]
    for target in dict.fromkeys(_LINK.findall(index.text)):
        source = posixpath.normpath(posixpath.join(folder, target))
        name = "it.html" if source == _IT[language] else f"{Path(target).stem}.html"
        if (root / source).is_file() and source.startswith((folder, _IT[language])):
            found.append(_read(root, source, name))
    return found


def _read(root: Path, source: str, name: str) -> _Page:
    text = (root / source).read_text(encoding="utf-8")
    return _Page(source, name, text.partition("\n")[0].removeprefix("# ").strip(), text)


def _document(pages: Sequence[_Page], at: int, language: str) -> str:
    page, own = pages[at], own_words(language)["site"]
    other = next(one for one in LANGUAGES if one != language)
    listed = "\n".join(
        f'<li><a href="{one.name}"{_HERE if one is page else ""}>'
        f"{html.escape(own['contents'] if one is pages[0] else one.title)}</a></li>"
        for one in pages
    )
    colon = "\u00a0: " if language == "fr" else ": "
    steps = [
        f'<a href="{pages[to].name}">{html.escape(own[word] + colon + pages[to].title)}</a>'
        for word, to in (("previous", at - 1), ("next", at + 1))
        if at and to < len(pages)
    ]
    switch = f'<a href="../{other}/{page.name}" lang="{other}">{own["other"]}</a>'
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(page.title)} - {html.escape(own["title"])}</title>
<link rel="stylesheet" href="../{_STYLE}">
</head>
<body>
<header><a href="index.html">{html.escape(own["title"])}</a>{switch}</header>
<nav aria-label="{html.escape(own["contents"])}"><ol>
{listed}
</ol></nav>
<main>
{_html(page, pages)}<footer>{"".join(steps)}</footer>
</main>
</body>
</html>
"""


def _html(page: _Page, pages: Sequence[_Page]) -> str:
    """Return the content of a page: links lead to the pages of the browser, or nowhere."""
    names = {one.source: one.name for one in pages}
    folder = posixpath.dirname(page.source)
    shown = posixpath.join(*PAGES, posixpath.dirname(pages[0].source).rpartition("/")[2])

    def target(link: str) -> str | None:
        path, mark, place = link.partition("#")
        if ":" in link or not path:
            return link
        source = posixpath.normpath(posixpath.join(folder, path))
        if source.startswith(f"{shown}/"):  # a picture
            return source.removeprefix(f"{shown}/")
        if source in names:
            return f"{names[source]}{mark}{place}"
        if source in _IT.values():
            return f"../{next(one for one in _IT if _IT[one] == source)}/it.html"
        elsewhere = _OTHER.fullmatch(source)
        return f"../{elsewhere[1]}/{elsewhere[2]}.html" if elsewhere else None

    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    return str(parser.render(page.text, {"target": target}))


class _Renderer(RendererHTML):
    """Writes headings with a name to link to, tables that may be wide, and links of our own."""

    def heading_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any) -> str:
        text = "".join(child.content for child in tokens[at + 1].children or ())
        tokens[at].attrSet("id", "-".join(re.findall(r"\w+", text.casefold())))
        return str(self.renderToken(tokens, at, options, env))

    def table_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any) -> str:
        return f'<div class="table">{self.renderToken(tokens, at, options, env)}'

    def table_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any) -> str:
        return f"{self.renderToken(tokens, at, options, env)}</div>\n"

    def link_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any) -> str:
        found = env["target"](str(tokens[at].attrGet("href")))
        if found is None:  # a page that does not ship: its words stay
            tokens[at].tag = "span"
            tokens[at].attrs.pop("href")
            closing = next(one for one in tokens[at:] if one.type == "link_close")
            closing.tag = "span"
        else:
            tokens[at].attrSet("href", found)
        return str(self.renderToken(tokens, at, options, env))

    def image(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any) -> str:
        """Write a picture that leads to itself, where the browser shows it in its full size."""
        file = str(env["target"](str(tokens[at].attrGet("src"))))
        tokens[at].attrSet("src", file)
        return f'<a href="{file}">{super().image(tokens, at, options, env)}</a>'
