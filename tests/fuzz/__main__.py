"""Look for faults for as long as is wanted: ``PYTHONPATH=tests python -m fuzz --minutes 120``.

What the suite tries in a bounded time, with inputs that are the same on every machine, is tried here with new
ones, law by law in turn. It ends by saying how many inputs of which kinds were tried, and which faults they
found; each fault is told once, with the input that showed it first (``--folder`` keeps it).
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from importlib import import_module
from pathlib import Path

import click
from fuzz.runs import inputs
from hypothesis import HealthCheck, Phase, settings

HERE = Path(__file__).parent
settings.register_profile(
    "fuzz",
    derandomize=False,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("fuzz")  # before the laws are loaded, whose settings are made of it


def laws():
    """The laws of the suite, by name."""
    for module in ("test_tables", "test_workbooks", "test_exports"):
        for name, value in vars(import_module(f"fuzz.{module}")).items():
            if name.startswith("test_") and hasattr(value, "hypothesis"):
                yield f"{module}.{name}", value


def place_of(failure):
    """Where a failure came from: what it is, and the last line of ours, be it of the product or of a law."""
    frames = traceback.extract_tb(failure.__traceback__)
    ours = [one for one in frames if "/addin/" in one.filename or "/scoring/" in one.filename]
    ours = [one for one in ours if not one.filename.endswith("addin/cli.py")]
    laws = [one for one in frames if Path(one.filename).parent == HERE]
    last = (laws if isinstance(failure, AssertionError) or not ours else ours)[-1]
    what = str(failure).split(":")[0][:60] if isinstance(failure, AssertionError) else ""
    return f"{type(failure).__name__} {Path(last.filename).name}:{last.lineno} {last.name} {what}".strip()


class Search:
    """Inputs tried and faults found."""

    def __init__(self, folder):
        self.found = Counter()
        self.folder = folder

    def trying(self, law):
        """The law, that notes a failure and goes on."""

        def tried(*arguments, **named):
            try:
                law(*arguments, **named)
            except Exception as failure:  # noqa: BLE001 - whatever it is, it is a fault
                place = place_of(failure)
                self.found[place] += 1
                if self.found[place] == 1:
                    self.tell(place, failure, arguments, named)

        return tried

    def tell(self, place, failure, arguments, named):
        traced = "".join(traceback.format_exception(failure))
        text = f"{place}\n{traced}\n{arguments} {named}\n"
        click.echo(f"\n== fault {len(self.found)}: {text[:4000]}")
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = self.folder / f"fault-{len(self.found):02}.txt"
        kept.write_text(text, encoding="utf-8")
        for value in (*arguments, *named.values()):
            if hasattr(value, "content"):
                kept.with_suffix(".xlsx").write_bytes(value.content)

    def said(self, began):
        click.echo(f"\n== {(time.monotonic() - began) / 60:.0f} minutes")
        for kind, count in sorted(inputs.items()):
            click.echo(f"{count:8} {kind}")
        click.echo(f"{len(self.found):8} faults")
        for place, count in self.found.most_common():
            click.echo(f"{count:8} {place}")


def main():
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--only", default="", help="a part of the name of a law, or of its module")
    parser.add_argument("--folder", type=Path, help="where the inputs that show a fault are kept")
    chosen = parser.parse_args()
    began, search = time.monotonic(), Search(chosen.folder)
    said = began
    for _, law in laws():
        law.hypothesis.inner_test = search.trying(law.hypothesis.inner_test)
    while time.monotonic() - began < 60 * chosen.minutes:
        for name, law in laws():
            if chosen.only in name:
                law()
        if time.monotonic() - said > 600:
            said = time.monotonic()
            search.said(began)
    search.said(began)
    return 1 if search.found else 0


if __name__ == "__main__":
    sys.exit(main())
