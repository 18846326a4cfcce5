"""Three commands and another program that meet on one workbook, round after round.

``python -m support.meetings [ROUNDS] [SAVES]``, with ``tests`` on PYTHONPATH: 200 rounds and 50 saves if
nothing else is said. In a round each of three processes imports an account of its own, or takes back the last
import; in some, a program that knows nothing of ClientScore saves the workbook meanwhile. What was said to be
written has to be there, whatever was refused must have changed nothing, and no save may be lost.
"""

import contextlib
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from package.raw_package import RawBook

from addin.cli import main
from addin.package import PackageBook
from addin.package.exchange import exchange

TESTS = (Path(__file__).parents[2], Path(__file__).parents[1])
WORKERS = 3
UNDO_EVERY = 5
LONGEST = 0.06
"""How long after the commands were started the other program saves, at most [s]."""


class Worker:
    """A process that runs commands one after the other, as they are given to it."""

    def __init__(self, folder):
        own = {"XDG_STATE_HOME": str(folder / "state"), "LC_ALL": "C.UTF-8"}
        environment = os.environ | own | {"PYTHONPATH": os.pathsep.join(map(str, TESTS))}
        command = [sys.executable, "-m", "support.meetings", "--worker"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        self._process = subprocess.Popen(command, env=environment, **pipes)
        self._answer()

    def start(self, *arguments):
        """Give it a command."""
        self._process.stdin.write("\t".join(map(str, arguments)) + "\n")
        self._process.stdin.flush()

    def end(self):
        """Wait for the command; returns its exit code and what it said."""
        code, _, said = self._answer().partition("\t")
        return int(code), said

    def _answer(self):
        return self._process.stdout.readline().rstrip("\n")

    def close(self):
        """Let the process end."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def work():
    """Run the commands that come in, and answer with exit code and words."""
    answers, sys.stdout = sys.stdout, io.StringIO()
    answers.write("0\tready\n")
    answers.flush()
    for line in sys.stdin:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                main([*line.rstrip("\n").split("\t"), "--lang", "en"])
            except SystemExit as ended:
                code = ended.code
        answers.write(f"{code}\t{' '.join(said.getvalue().split())}\n")
        answers.flush()


def accounts(path):
    """The codes that a workbook holds."""
    (table,) = PackageBook(path).tables()
    return {code for code in table.columns[0] if code is not None}


def marks(content):
    """What the other program noted in the comment of the package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.comment.decode().split()


def marked(content, mark):
    """The package with one more mark."""
    comment = " ".join([*marks(content), mark]).encode()
    end = content.rindex(b"PK\5\6") + 20
    return content[:end] + len(comment).to_bytes(2, "little") + comment


def save_beside(path, mark):
    """Save as Excel does: a new file in the place of the old; returns the codes that it overwrites itself."""
    beside = path.with_name("theirs.xlsx")
    content = marked(path.read_bytes(), mark)
    beside.write_bytes(content)
    assert exchange(beside, path), "this disk knows no exchange"
    overwritten = accounts(beside)
    beside.write_bytes(content)
    return overwritten ^ accounts(beside)


def save_in_place(path, mark):
    """Save as simple programs do: over the bytes of the file."""
    with path.open("r+b") as file:
        content = marked(file.read(), mark)
        time.sleep(random.uniform(0, LONGEST / 3))
        file.seek(0)
        file.write(content)
        file.truncate()
    return set()


def meet(rounds, saves, seed=1):
    """Let them meet; returns how often what came of it. What is lost, or there unsaid, fails."""
    chance, came = random.Random(seed), Counter()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        path = folder / "book.xlsx"
        RawBook('<row r="1"/>', ref="A1:D2", headers=("Account", "Name", "Score", "Class")).save(path)
        workers = [Worker(folder) for _ in range(WORKERS)]
        for worker in workers:
            stack.callback(worker.close)
        saving = set(chance.sample(range(rounds), saves))
        saved = []
        for number in range(rounds):
            before = accounts(path)
            asked = {}
            for worker in chance.sample(workers, WORKERS):
                code = f"R{number}W{workers.index(worker)}"
                if number % UNDO_EVERY == UNDO_EVERY - 1 and worker is workers[-1]:
                    asked[worker] = None
                    worker.start("undo", path)
                    continue
                asked[worker] = code
                file = folder / f"{code}.csv"
                file.write_text(f"Account;Name\n{code};Name of {code}\n", encoding="utf-8")
                worker.start("import", path, file, "--yes")
            excused = set()
            if number in saving:
                time.sleep(chance.uniform(0, LONGEST))
                saved.append(f"S{number}")
                excused = chance.choice([save_beside, save_in_place])(path, saved[-1])
            written, refused, n_undone = set(), set(), 0
            for worker, code in asked.items():
                ended, said = worker.end()
                kind = "undo" if code is None else "import"
                if ended == 0:
                    assert "Written: " in said, said
                    came[f"{kind}: written"] += 1
                    n_undone += code is None
                else:
                    last = re.search(r"[^.]*\.xlsx[^.]*\. [^.]*\.$|$", said)
                    came[f"{kind}: {last[0].strip() or said}"] += 1
                if code is not None:
                    (written if ended == 0 else refused).add(code)
            after = accounts(path)
            lost = (before | written) - after - excused
            assert len(lost) <= n_undone, (
                f"round {number}: {sorted(lost)} said to be written, and are not there"
            )
            assert not refused & after, f"round {number}: {sorted(refused & after)} refused, and are there"
            assert after <= before | written, (
                f"round {number}: {sorted(after - before - written)} from nowhere"
            )
            assert saved == marks(path.read_bytes()), f"round {number}: a save of another program is lost"
        leftovers = {file.name for file in folder.iterdir()} - {path.name, "theirs.xlsx", "state"}
        assert all(name.endswith(".csv") for name in leftovers), leftovers
    return came


if __name__ == "__main__":
    if sys.argv[1:] == ["--worker"]:
        work()
    else:
        n_rounds, n_saves = (int(argument) for argument in [*sys.argv[1:3], "200", "50"][:2])
        for what, count in sorted(meet(n_rounds, n_saves).items()):
            sys.stdout.write(f"{count:5} {what}\n")
