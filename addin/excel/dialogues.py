"""Questions to the person in front of Excel: which files, and yes or no."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from addin.catalogue import Catalogue

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["TITLE", "ask", "choose_files", "choose_target", "confirmed", "typed_text"]

TITLE: Final = "ClientScore"
"""What the message boxes have above them."""

_PATTERNS: Final = "*.csv;*.txt;*.tsv;*.xlsx;*.xlsm;*.xls;*.xlsb;*.ods;*.xml;*.htm;*.html"
_CHOOSE_ON_MAC: Final = """
on run arguments
    set chosen to choose file with prompt (item 1 of arguments) with multiple selections allowed
    set paths to ""
    repeat with one in chosen
        set paths to paths & POSIX path of one & linefeed
    end repeat
    return paths
end run
"""

_TYPE_ON_MAC: Final = """
on run arguments
    return text returned of (display dialog (item 1 of arguments) default answer (item 2 of arguments))
end run
"""


_TARGET_ON_MAC: Final = """
on run arguments
    set chosen to choose file name with prompt (item 1 of arguments) default name (item 2 of arguments)
    return POSIX path of chosen
end run
"""


def choose_target(app: xw.App, title: str, name: str, endings: Sequence[str]) -> Path | None:
    """Let the person say where a file goes; None if it cancels.

    Parameters
    ----------
    app
        The program.
    title
        What the dialogue asks.
    name
        The name that it proposes, without ending.
    endings
        How the name of such a file may end, the usual one first; it gets that if it has none.
    """
    if sys.platform == "darwin":
        chosen: Any = _answer_on_mac(_TARGET_ON_MAC, title, name + endings[0])
    else:
        # Excel takes, in this order: name, filter, which of its lines, title.
        lines = ",".join(f"{ending[1:].upper()} (*{ending}),*{ending}" for ending in endings)
        chosen = app.api.GetSaveAsFilename(name + endings[0], lines, 1, title)
    if not isinstance(chosen, str) or not chosen.strip():
        return None
    target = Path(chosen.strip())
    return target if target.suffix else target.with_name(target.name + endings[0])


def choose_files(app: xw.App, words: Catalogue) -> list[Path]:
    """Let the person choose files; none if it cancels."""
    title, kind = (words.text("imports", "box", key) for key in ("title_files", "filter"))
    if sys.platform == "darwin":
        return _chosen_on_mac(title)
    # Excel takes, in this order: filter, which of its lines, title, button on a Mac, several files.
    chosen: Any = app.api.GetOpenFilename(f"{kind},{_PATTERNS}", 1, title, _left_out(), True)  # noqa: FBT003 - its order
    if not isinstance(chosen, tuple | list):
        return []
    return [Path(str(path)) for path in chosen]


def _left_out() -> Any:
    """Return what stands for an argument that is left out: to COM, None would be a value."""
    if sys.platform != "win32":
        return None
    import pythoncom  # type: ignore[import-untyped]

    # not pythoncom.Missing: that is known only where the types of Excel are, as when makepy was run
    return pythoncom.ArgNotFound


def _chosen_on_mac(title: str) -> list[Path]:
    """Let the system ask: Excel's own dialogue takes one file there, or fails on its filter."""
    return [Path(line) for line in _answer_on_mac(_CHOOSE_ON_MAC, title).splitlines() if line.strip()]


def _answer_on_mac(script: str, *arguments: str) -> str:
    """Return what a person answers to a dialogue of the system; nothing where it cancels."""
    command = ["/usr/bin/osascript", "-e", script, *arguments]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed, no shell
    return found.stdout


def typed_text(app: xw.App, question: str, default: str) -> str | None:
    """Let the person type a text; None if it cancels.

    Parameters
    ----------
    app
        Excel.
    question
        What is asked, in 250 signs at most: Excel shows no more.
    default
        What stands there already.
    """
    if sys.platform == "darwin":
        return _answer_on_mac(_TYPE_ON_MAC, question, default).strip() or None
    # Excel takes: question, title, default, place (two), help (two), and 2 for a text.
    out = _left_out()
    answer: Any = app.api.InputBox(question, TITLE, default, out, out, out, out, 2)
    return answer.strip() or None if isinstance(answer, str) else None


def confirmed(app: xw.App, text: str) -> bool:
    """Ask a question whose answer is yes or no."""
    return app.alert(text, title=TITLE, buttons="yes_no", mode="info") == "yes"


def ask(app: xw.App, text: str) -> Literal["yes", "no", "cancel"]:
    """Ask a question with three answers."""
    answer = app.alert(text, title=TITLE, buttons="yes_no_cancel", mode="info")
    return cast("Literal['yes', 'no', 'cancel']", answer) if answer in ("yes", "no") else "cancel"
