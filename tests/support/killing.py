"""Commands run in forked processes of a warmed-up Python, and ended at some moment."""

import faulthandler
import gc
import io
import os
import signal
import sys
import time
import traceback
import warnings
from dataclasses import dataclass

import click

from addin.cli import main
from addin.interruptions import listen
from addin.output import make_lasting

CALLS = ("open", "fsync", "replace", "unlink", "mkdir", "rmdir", "chmod")
"""Calls to the system before and after which a process can be ended."""


_PATIENCE = 20
"""Seconds after which a process hangs."""


@dataclass(frozen=True)
class Ended:
    """A process that has ended: by itself with a code, or by a signal; what it said, and its steps."""

    code: int | None
    signal: int | None
    out: str
    err: str
    steps: int
    seconds: float

    @property
    def said(self):
        return self.out + self.err


@dataclass(frozen=True)
class Moment:
    """When a process is ended: at a step of its way, or after some seconds; never if neither is given."""

    step: int | None = None
    seconds: float | None = None


def _nothing():
    pass


def _waited_for(child):
    """Return the status of a process that has ended; one that hangs is made to say where."""
    for _ in range(_PATIENCE * 100):
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        time.sleep(0.01)
    os.kill(child, signal.SIGABRT)
    return os.waitpid(child, 0)[1]


class Runner:
    """Runs commands in processes of their own.

    Parameters
    ----------
    folder
        Where their outputs are kept.
    today
        The day on which they run.
    """

    def __init__(self, folder, today):
        self.files = [folder / name for name in ("out", "err", "steps")]
        self.today = today

    def run(self, arguments, number=signal.SIGKILL, moment=Moment(), before=_nothing, after=_nothing):
        """Run a command and return how it ended.

        Parameters
        ----------
        arguments
            What is typed.
        number
            The signal that ends it.
        moment
            When.
        before, after
            What the process does first and last.
        """
        for file in self.files:
            file.write_bytes(b"")
        start = time.perf_counter()
        ours = {signal.SIGINT, signal.SIGTERM}
        signal.pthread_sigmask(signal.SIG_BLOCK, ours)  # they are for the child alone
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of threads, which it has none of
            child = os.fork()
        if not child:
            self._child([str(argument) for argument in arguments], number, moment.step, (before, after), ours)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ours)
        if moment.seconds is not None:
            time.sleep(moment.seconds)
            os.kill(child, number)
        status = _waited_for(child)
        seconds = time.perf_counter() - start
        out, err, steps = (file.read_text(encoding="utf-8") for file in self.files)
        by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        code = os.WEXITSTATUS(status) if by is None else None
        return Ended(code, by, out, err, int(steps or 0), seconds)

    def _child(self, arguments, number, step, around, ours):
        code = 99
        try:
            gc.disable()
            for name in ours:
                signal.signal(name, signal.SIG_DFL)
            for to, name, file in ((1, "stdout", self.files[0]), (2, "stderr", self.files[1])):
                os.dup2(os.open(file, os.O_WRONLY), to)
                raw = io.FileIO(to, "w", closefd=False)
                setattr(sys, name, io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8"))
            faulthandler.enable(2)
            before, after = around
            before()
            steps = _Steps(number, step)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ours)
            listen()
            make_lasting()
            try:
                main(arguments, self.today)
            except SystemExit as end:
                code = end.code
            after()
            self.files[2].write_text(str(steps.count), encoding="utf-8")
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:  # noqa: BLE001 - whatever it is, the test is to see it
            self.files[1].write_text(traceback.format_exc(), encoding="utf-8")
        finally:
            os._exit(code)


class _Steps:
    """Counts what a process does to files and to its outputs, and ends it at a step."""

    def __init__(self, number, step):
        self.count = 0
        self._number, self._step = number, step
        for name in CALLS:
            setattr(os, name, self._counted(getattr(os, name)))
        click.echo = self._counted(click.echo)

    def _counted(self, real):
        def call(*args, **kwargs):
            self._tick()
            result = real(*args, **kwargs)
            self._tick()
            return result

        return call

    def _tick(self):
        self.count += 1
        if self.count == self._step:
            os.kill(os.getpid(), self._number)
