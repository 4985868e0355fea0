"""Python runs this first where its folder is named: every program then sees a clock that a test can move.

It is the time of day alone, as when somebody sets it: what measures how long something takes goes on.
"""

import os
import time
from collections.abc import Callable


def _moved(right: Callable[[], float], file: str) -> Callable[[], float]:
    def now() -> float:
        with open(file) as offset:
            return right() + float(offset.read())

    return now


if _file := os.environ.get("MOVED_CLOCK"):
    time.time = _moved(time.time, _file)
