"""Many files at once, on every processor: a folder of case files, and the library of blank letters."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TextIO, TypeVar

_Job = TypeVar("_Job")
_FEW = 8  # so few are made sooner than further processes start


@dataclass(frozen=True)
class Done:
    """One job that is over, by its name: how many files it made, or in one line why it made none."""

    name: str
    made: int = 0
    nothing: str = ""
    failed: str = ""


@dataclass
class Progress:
    """Says on `stream` how far it is and how long it still takes: one line that moves, or a line a tenth."""

    total: int
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    done: int = 0
    _began: float = field(default_factory=time.monotonic)
    _told: int = 0

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        moves = self.stream.isatty()
        tenth = self.done * 10 // self.total
        if not moves and tenth == self._told:
            return
        self._told = tenth
        left = (time.monotonic() - self._began) / self.done * (self.total - self.done)
        text = f"{self.done} of {self.total}, {_in_words(left)}"
        last = "\n" if self.done == self.total or not moves else ""
        self.stream.write(f"\r{text:<50}{last}" if moves else f"{text}\n")
        self.stream.flush()


def run(jobs: Sequence[_Job], work: Callable[[_Job], Done], start: Callable[[], None]) -> list[Done]:
    """Does all jobs, with progress, and gives what came of each in the order of the jobs.

    `work` and `start` (called once in each process) are functions of a module. One that fails stops nothing.
    """
    progress = Progress(len(jobs))
    found: dict[int, Done] = {}
    for place, done in _all(jobs, work, start):
        found[place] = done
        progress.step()
    return [found[place] for place in range(len(jobs))]


def _all(
    jobs: Sequence[_Job], work: Callable[[_Job], Done], start: Callable[[], None]
) -> Iterator[tuple[int, Done]]:
    processes = min(os.cpu_count() or 1, len(jobs) // _FEW)
    if processes < 2:
        start()
        yield from ((place, work(job)) for place, job in enumerate(jobs))
        return
    # New processes, not copies of this one: what sets text has threads, which a copy would be without.
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=start) as pool:
        waiting = {pool.submit(work, job): place for place, job in enumerate(jobs)}
        try:
            for one in as_completed(waiting):
                yield waiting[one], one.result()
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            raise


def named(done: Iterable[Done]) -> list[str]:
    """A line for each job that made nothing, failures last."""
    kept = list(done)
    return [f"{each.name}: {each.nothing}" for each in kept if each.nothing] + [
        f"{each.name}: {each.failed}" for each in kept if each.failed
    ]


def _in_words(seconds: float) -> str:
    if seconds >= 90:
        return f"about {round(seconds / 60)} min left"
    return f"about {round(seconds)} s left" if seconds >= 1 else "done"
