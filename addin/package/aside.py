"""Work done on other threads where the computer gives any, else by whoever waits for what comes of it."""

from __future__ import annotations

import _thread
import contextlib
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Generic, ParamSpec, Self, TypeVar

__all__ = ["Aside", "Task"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Task(Generic[_T]):
    """A piece of work, done once by whoever comes first."""

    def __init__(self, work: Callable[[], _T]) -> None:
        self._work = work
        self._taken, self._busy = _thread.allocate_lock(), _thread.allocate_lock()
        self._busy.acquire()
        self._found: list[_T] = []
        self._failure: BaseException | None = None

    def do(self) -> None:
        """Do the work, unless somebody does or has done it."""
        if not self._taken.acquire(blocking=False):
            return
        try:
            self._found = [self._work()]
        except BaseException as failure:  # noqa: BLE001 - it is raised where the result is asked for
            self._failure = failure
        finally:
            self._busy.release()

    def result(self) -> _T:
        """Return what came of it, or raise what it raised."""
        self.do()
        with self._busy:
            if self._failure is not None:
                raise self._failure
            return self._found[0]


class Aside:
    """Threads that do what is submitted, in its order.

    Those of Python's own pools are waited for as they start, for ever where one finds no memory for that:
    here a thread that does not come up is only missed.

    Parameters
    ----------
    n_threads
        How many there may be.
    """

    def __init__(self, n_threads: int) -> None:
        self._left = n_threads
        self._tasks: deque[Task[object]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._tasks.clear()

    def submit(self, work: Callable[_P, _T], *arguments: _P.args, **more: _P.kwargs) -> Task[_T]:
        """Let something be done, and return what its result will be asked of."""
        task = Task(lambda: work(*arguments, **more))
        self._tasks.append(task)  # type: ignore[arg-type]  # whatever comes of it
        if self._left:
            self._left -= 1
            with contextlib.suppress(RuntimeError, MemoryError):
                _thread.start_new_thread(self._do_all, ())
        return task

    def _do_all(self) -> None:
        with contextlib.suppress(IndexError, MemoryError):
            while True:
                self._tasks.popleft().do()
        self._left += 1
