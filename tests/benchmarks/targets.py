"""What is measured beside what, and how far it may be from it: a row of the last table each.

A new row is one `Target`, whose two keys name figures that a benchmark leaves with the
fixture `timed` or `figures`.
"""

from dataclasses import dataclass

from benchmarks.growth import SIZES

from addin.workbook.uses import USES


@dataclass(frozen=True)
class Figure:
    """What a piece of work took: the least processor time of some runs, the greatest peak of memory."""

    seconds: float
    megabytes: float | None = None


@dataclass(frozen=True)
class Target:
    """A work of ours beside another one.

    Either `most` is given (ours takes at most so many times as much), or `least` (ours is at
    least so many times faster or smaller), or none: then the ratio is for information. With
    `over`, the other one counts so many times. Without `beside`, `most` is the figure itself.
    """

    work: str
    ours: str
    beside: str | None = None
    words: str = ""
    most: float | None = None
    least: float | None = None
    over: int = 1
    memory: bool = False


_TEXT = "pandas: read_csv, groupby, dates left as text"
_SCORE = "score 1,000,000 accounts by 9 criteria"
_DRAWS = "robustness of 100,000 accounts, 1,000 draws"
_REFRESH = "refresh a file of 100,000 accounts"
_IMPORT = "import a ledger of 1,000,000 lines"
_PLAIN = "refresh 20,000"
_BREAKS = "natural breaks of 1,000,000 scores"

TARGETS = (
    Target(_SCORE, "score", "numpy", "the bare NumPy loop", most=2.5),
    Target(_SCORE, "score", "scikit-criteria", "scikit-criteria: the weighted sum alone", least=3),
    Target(_SCORE, "score", "pymcdm", "pymcdm: the weighted sum alone"),
    Target("growth: score 10,000 accounts", "growth 10,000", "growth 1,000", "10 x 1,000", most=1.3, over=10),
    Target(
        "growth: score 100,000 accounts", "growth 100,000", "growth 10,000", "10 x 10,000", most=1.3, over=10
    ),
    Target(
        "growth: score 1,000,000 accounts",
        "growth 1,000,000",
        "growth 100,000",
        "10 x 100,000",
        most=1.3,
        over=10,
    ),
    *(
        Target(
            f"growth: {n:,} {what}{': memory' if memory else ''}",
            f"{what} {n:,}",
            f"{what} {n // 10:,}",
            f"10 x {n // 10:,}",
            most=1 if memory else 1.3,
            over=10,
            memory=memory,
        )
        for what, n in SIZES.items()
        for memory in (False, True)
    ),
    Target(f"{_BREAKS}, 4 classes", "breaks", "sort", "numpy's sort", most=25),
    Target(f"{_BREAKS}, 4 classes", "breaks", "ckmeans", "ckmeans alone"),
    Target(f"{_BREAKS}, 10 classes", "breaks 10", "sort", "numpy's sort"),
    Target(_DRAWS, "draws", "product", "the bare matrix product", most=10),
    Target(f"{_DRAWS}: memory", "draws", most=600, memory=True),
    Target(_REFRESH, "refresh", "openpyxl", "openpyxl: load, fill, save", least=12),
    Target(_REFRESH, "refresh", "refresh then", "the build of 52a6278", most=0.4),
    Target(f"{_REFRESH}: memory", "refresh", "openpyxl", "openpyxl: load, fill, save", memory=True),
    Target(f"{_REFRESH}: memory", "refresh", "refresh then", "the build of 52a6278", most=0.45, memory=True),
    Target(_IMPORT, "import", "pandas", _TEXT, most=0.8),
    Target(f"{_IMPORT}, all cells quoted", "import quoted", "pandas", _TEXT, most=1.2),
    Target(f"{_IMPORT}, stray quotation marks", "import odd", "pandas", _TEXT, most=1.3),
    Target(f"{_IMPORT}, blanks between thousands", "import blanks", "pandas", _TEXT),
    Target(_IMPORT, "import", "pandas dates", "pandas: read_csv, groupby, dates read"),
    Target(f"{_IMPORT}: memory", "import", most=250, memory=True),
    Target(f"{_IMPORT}: memory", "import", "pandas", _TEXT, most=1, memory=True),
    Target(
        f"{_IMPORT}: memory beyond 250,000", "import growth", "pandas growth", _TEXT, most=0.5, memory=True
    ),
    Target("a formula with tables, warm, 2,000 accounts", "formula", "assess", "the scoring alone", most=1.2),
    Target(
        "refresh a file of 2,000 accounts", "refresh 2,000", "imports", "import pandas, xlwings", most=1.4
    ),
    *(
        Target(
            f"view {use.key}, 20,000 accounts", f"view {use.key}", _PLAIN, "the refresh without it", most=0.2
        )
        for use in USES
    ),
    Target("allocate 50,000 lines of orders, 20,000 accounts: seconds", "allocate", most=1),
    Target("clientscore --help", "help", "python", "an empty Python", most=3),
    Target("clientscore new, an empty workbook", "new", "python", "an empty Python", most=3),
)

HEADERS = ("work", "ours", "beside it", "ratio", "target", "")
_VERDICTS = ("met", "MISSED", "not measured")


def lines(figures, targets=TARGETS):
    """The table, and a line that counts the targets met; a work of which nothing is known is left out."""
    known = {None: None} | figures
    rows = [_row(target, known) for target in targets if target.ours in known or target.beside in figures]
    table = [HEADERS, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADERS))]
    for row in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    said = [row[-1] for row in rows]
    counted = [f"{said.count(verdict)} {verdict}" for verdict in _VERDICTS if verdict in said]
    yield f"Targets: {', '.join(counted) or 'none measured'}."


def _row(target, figures):
    ours = _amount(figures.get(target.ours), target)
    theirs = _amount(figures.get(target.beside), target)
    if theirs is not None:
        theirs *= target.over
    texts = (
        target.work,
        _shown(ours, target),
        f"{target.words}: {_shown(theirs, target)}" if target.beside else "",
    )
    if ours is None or (theirs is None and target.beside):
        return (*texts, "", "", "not measured")
    if target.least is not None:
        ratio = theirs / ours
        verdict = "met" if ratio >= target.least else "MISSED"
        return (*texts, f"{ratio:.3g} times less", f"at least {target.least:g}", verdict)
    unit = " times" if target.beside else " MB" if target.memory else " s"
    ratio = ours / theirs if target.beside else ours
    if target.most is None:
        return (*texts, f"{ratio:.3g}{unit}", "", "")
    return (
        *texts,
        f"{ratio:.3g}{unit}",
        f"at most {target.most:g}",
        "met" if ratio <= target.most else "MISSED",
    )


def _amount(figure, target):
    if figure is None:
        return None
    return figure.megabytes if target.memory else figure.seconds


def _shown(amount, target):
    if amount is None:
        return "-"
    if target.memory:
        return f"{amount:.0f} MB"
    return f"{amount:.3g} s" if amount >= 0.1 else f"{amount * 1e3:.3g} ms"
