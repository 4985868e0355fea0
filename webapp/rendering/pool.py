"""The processes that make files for one server process: a bounded number, with a short line before them."""

from __future__ import annotations

import atexit
import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock
from typing import Any

from webapp.documents import Document
from webapp.rendering.faults import Broke, Busy, Died, NeverStarted, NotMade, TooSlow
from webapp.rendering.lanes import LANES, Lane, lane_of
from webapp.rendering.renderer import Renderer

_log = logging.getLogger(__name__)

# Seconds that a visitor waits before a page says how long it still takes.
PATIENCE = 10.0
# Seconds that a file of a zip waits: what is being sent cannot ask its reader to come again.
PATIENCE_OF_A_ZIP = 120.0
ZIPS_AT_ONCE = 2
ZIP_SECONDS = 15


def threads_held(renderers: int) -> int:
    """How many threads of a server process so many renderers can keep waiting, at most."""
    return ZIPS_AT_ONCE + sum(_places(lane, renderers) + lane.line for lane in LANES)


def _places(lane: Lane, renderers: int) -> int:
    return max(1, renderers - 1) if lane.slow else renderers


class Rendering:
    """Makes files in processes of their own, once it is started; until then, where it is asked."""

    def __init__(self) -> None:
        self._all: tuple[Renderer, ...] = ()
        self._idle: SimpleQueue[Renderer] = SimpleQueue()
        self._lock = Lock()
        self._slow = BoundedSemaphore(1)
        self._zips = BoundedSemaphore(ZIPS_AT_ONCE)
        self._in_line = {lane.id: 0 for lane in LANES}
        self._seconds = {lane.id: lane.usual for lane in LANES}

    def start(self, renderers: int) -> None:
        """Starts so many processes, and waits for none. Call it after the server process was forked."""
        self.stop()
        self._slow = BoundedSemaphore(max(1, renderers - 1))
        self._all = tuple(Renderer() for _ in range(renderers))
        for each in self._all:
            try:
                each.start()
            except NeverStarted as why:
                _log.warning("A process that makes letters could not be started: %s", why)
            self._idle.put(each)
        atexit.register(self.stop)

    def stop(self) -> None:
        """Ends the processes; files are then made where they are asked for."""
        atexit.unregister(self.stop)
        stopped, self._all, self._idle = self._all, (), SimpleQueue()
        for each in stopped:
            each.stop()

    def make(self, format: str, work: Callable[..., Document], /, *given: Any) -> Document:
        """A Make for a visitor who waits. Raises Busy when that would take long."""
        lane = lane_of(format)
        if lane is None or not self._all:
            return work(*given)
        with self._place_in_line(lane):
            return self._made(lane, PATIENCE, work, given)

    def make_for_zip(self, format: str, work: Callable[..., Document], /, *given: Any) -> Document:
        """A Make for one file of a zip that is being sent. It waits its turn, and raises no Busy."""
        lane = lane_of(format)
        if lane is None or not self._all:
            return work(*given)
        try:
            return self._made(lane, PATIENCE_OF_A_ZIP, work, given)
        except Busy:
            raise NotMade from None

    def seat(self) -> Callable[[], None]:
        """Leave to make a zip of many files, to be given back by calling it once. Raises Busy."""
        if not self._zips.acquire(blocking=False):
            raise Busy(ZIP_SECONDS)
        return self._zips.release

    def state(self) -> dict[str, int]:
        """How many processes there are, how many of them run, and how many letters are in line."""
        return {
            "renderers": len(self._all),
            "running": sum(each.alive for each in self._all),
            "line": sum(self._in_line.values()),
        }

    @contextmanager
    def _place_in_line(self, lane: Lane) -> Iterator[None]:
        with self._lock:
            places, ahead = _places(lane, len(self._all)), self._in_line[lane.id]
            wait = max(0, ahead - places + 1) / places * self._seconds[lane.id]
            if ahead >= places + lane.line or wait > PATIENCE:
                raise Busy(self._about(lane))
            self._in_line[lane.id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._in_line[lane.id] -= 1

    def _about(self, lane: Lane) -> int:
        """The seconds until the line as it is now is done: whole fives, and no more than a minute."""
        places = _places(lane, len(self._all))
        wait = (self._in_line[lane.id] + 1) / places * self._seconds[lane.id]
        return min(60, max(5, 5 * math.ceil(wait / 5)))

    def _made(
        self, lane: Lane, patience: float, work: Callable[..., Document], given: tuple[Any, ...]
    ) -> Document:
        until, slow, idle = time.monotonic() + patience, self._slow, self._idle
        if lane.slow and not slow.acquire(timeout=patience):
            raise Busy(self._about(lane))
        try:
            try:
                renderer = idle.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                raise Busy(self._about(lane)) from None
            try:
                return self._by(renderer, lane, work, given)
            finally:
                idle.put(renderer)
        finally:
            if lane.slow:
                slow.release()

    def _by(
        self, renderer: Renderer, lane: Lane, work: Callable[..., Document], given: tuple[Any, ...]
    ) -> Document:
        """The file, made by this process; one that dies over it is replaced, and the next tries once more."""
        for suspected in (False, True):
            begun = time.monotonic()
            try:
                return renderer.give(work, given, lane.limit)
            except NeverStarted as why:
                _log.error("A process that makes letters could not be started: %s", why)
                if suspected:
                    break
                # It was given no letter, so no letter is to blame: better slow than none.
                return work(*given)
            except Died as why:
                _log.error("A letter ended the process that made it: %s", why)
            except TooSlow as why:
                _log.error("A letter was not made within %s", why)
                break
            except Broke as why:
                _log.error("A letter could not be made: %s", why)
                break
            finally:
                self._learn(lane, time.monotonic() - begun)
        raise NotMade

    def _learn(self, lane: Lane, seconds: float) -> None:
        """What the lane’s files take these days: each new one moves the mean by a tenth."""
        with self._lock:
            self._seconds[lane.id] += (seconds - self._seconds[lane.id]) / 10
