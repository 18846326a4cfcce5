"""The pictures of the guide and of the READMEs: the sheets of the sample workbook, as LibreOffice shows them.

The sample is made and its sheets are filled by the commands themselves, as of :data:`TODAY`. In a copy
each sheet that is wanted becomes one page; ``soffice`` prints them in the locale of the language, so that
numbers and dates are written as there, and ``pdftoppm`` (of poppler) draws them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from addin.catalogue import LANGUAGES, catalogue
from addin.cli import main
from addin.guide.png import indexed_png
from addin.guide.sheet_pages import Shown, one_page_each
from addin.guide.site import PAGES

__all__ = ["SHEETS", "TODAY", "Picture", "make_pictures"]

TODAY: Final = dt.date(2026, 11, 27)
"""The day of the figures of the guide: a Friday."""
_REP: Final = "R291"
_CALLER: Final = "AW00000048"
_SEATS: Final = {"en": "Sales", "fr": "Commerce"}
"""Who takes part in the workshop."""
_LOCALES: Final = {"en": "en-GB", "fr": "fr-FR"}
_WIDTH: Final = 1400
"""Width of a picture [pixels]."""
_DRAFT: Final = 40
"""Resolution at which the edges of a picture are found [dots per inch]."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a sheet.

    Attributes
    ----------
    sheet
        Key of the name of the sheet; ``seat`` for that of the participant of the workshop.
    area
        What is shown of it.
    """

    sheet: str
    area: str


SHEETS: Final[Mapping[str, Picture]] = {
    "clients": Picture("clients", "$A$1:$O$34"),
    "dashboard": Picture("dashboard", "$A$1:$L$46"),
    "checks": Picture("checks", "$A$1:$F$17"),
    "tour": Picture("tour", "$A$1:$P$24"),
    "tour-days": Picture("tour_days", "$A$1:$J$24"),
    "call-desk": Picture("call", "$A$1:$I$22"),
    "stock": Picture("orders", "$A$1:$I$24"),
    "campaign": Picture("actions", "$A$1:$L$20"),
    "handover": Picture("handover", "$A$1:$L$40"),
    "review": Picture("review", "$A$1:$N$28"),
    "explain": Picture("explain", "$A$1:$O$41"),
    "workshop": Picture("seat", "$A$1:$E$18"),
}
"""The pictures of a language by the name of the file."""


def make_pictures(root: Path) -> None:
    """Write the pictures of all languages to addin/help, and those of the READMEs to addin/sample."""
    for language in LANGUAGES:
        folder = root.joinpath(*PAGES, language, "pictures")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as made:
            for name, picture in _drawn(Path(made), language):
                (folder / f"{name}.png").write_bytes(picture)
        readme = root / "addin" / "sample" / f"scored-sheet-{language}.png"
        readme.write_bytes((folder / "clients.png").read_bytes())


def _drawn(folder: Path, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of a language, each with its name."""
    pages = folder / "pages.xlsx"
    names = {_sheet(one, language): name for name, one in SHEETS.items()}
    shown = {sheet: Shown(SHEETS[name].area, _typed(name, language)) for sheet, name in names.items()}
    in_order = one_page_each(_sample(folder, language), pages, shown)
    _print(pages, folder, _LOCALES[language])
    for page, sheet in enumerate(in_order, start=1):
        yield names[sheet], _picture(pages.with_suffix(".pdf"), page)


def _sheet(picture: Picture, language: str) -> str:
    """Return the name of the sheet of a picture."""
    words = catalogue(language)
    if picture.sheet == "seat":
        return words.text("workshop", "sheet_name", name=_SEATS[language])
    return words.sheet(picture.sheet)


def _typed(name: str, language: str) -> Mapping[str, str]:
    """Return what is typed on a sheet before its picture is made, by cell."""
    if name != "call-desk":
        return {}
    requests = catalogue(language).surface("template")["shipped"]["requesttypes"]
    return {"C4": _CALLER, "C7": requests[0]["request"]}


# ------------------------------------------------------------------------------------- the workbook


def _sample(folder: Path, language: str) -> Path:
    """Make the sample workbook, its sheets filled and shown."""
    book = folder / "clientscore-demo.xlsm"
    _run("demo", "--lang", language, "--output", str(folder))
    for use in ("tour", "call", "allocate", "actions", "review"):
        _run(use, str(book))
    _run("handover", str(book), "--rep", _REP, "--output", str(folder))
    _run("explain", str(book), _CALLER)
    _run("workshop", str(book), "new", _SEATS[language])
    return book


def _run(*arguments: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(arguments, TODAY)
        except SystemExit as end:
            if end.code:
                raise RuntimeError(said.getvalue()) from None


# ------------------------------------------------------------------------------------------ the drawing

_ITEM: Final = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}"><value>{value}</value></prop></item>'
)


def _print(pages: Path, folder: Path, locale: str) -> None:
    """Print the workbook to ``pages.pdf``, in the locale."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    settings = {
        ("Setup/L10N", "ooSetupSystemLocale"): locale,
        ("Office.Calc/Formula/Load", "OOXMLRecalcMode"): "0",
        ("Office.Common/Misc", "FirstRun"): "false",
    }
    items = "".join(
        _ITEM.format(path=path, name=name, value=value) for (path, name), value in settings.items()
    )
    (user / "registrymodifications.xcu").write_text(
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>', encoding="utf-8"
    )
    command = [
        "soffice",
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
    ]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(pages)]
    for _ in range(2):  # a fresh profile may ask to be started again
        subprocess.run(  # noqa: S603 - our own workbook
            command, check=False, capture_output=True, env=os.environ | {"LC_ALL": "C.UTF-8"}, timeout=300
        )
        if pages.with_suffix(".pdf").is_file():
            return
    raise RuntimeError("soffice printed nothing")


def _picture(pdf: Path, page: int) -> bytes:
    """Draw a page, cut to what stands on it."""
    draft = _render(pdf, page, _DRAFT)
    wide = np.flatnonzero((draft != 255).any(axis=(0, 2)))
    scale = _DRAFT * _WIDTH / (wide[-1] - wide[0] + 1)
    drawn = _render(pdf, page, scale)
    inked = (drawn != 255).any(axis=2)
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    return indexed_png(drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def _render(pdf: Path, page: int, resolution: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    command = ["pdftoppm", "-r", f"{resolution:.2f}", "-f", str(page), "-l", str(page), str(pdf)]
    found = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - the same
    kind, width, height, most, rest = re.match(rb"(P6)\s(\d+)\s(\d+)\s(\d+)\s(.*)", found, re.DOTALL).groups()  # type: ignore[union-attr]
    assert (kind, most) == (b"P6", b"255")
    return np.frombuffer(rest, np.uint8).reshape(int(height), int(width), 3)
