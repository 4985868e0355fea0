"""The process that makes files: takes one job after the other from its pipe, and leaves before it grows old.

It writes no word of a letter anywhere but into the pipe: no core, no output, no message of an error.
"""

from __future__ import annotations

import atexit
import math
import os
import pickle
import resource
import shutil
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from webapp.documents import Document, DocumentError

READY = b"ready"
# Bytes. A letter of four full boxes takes 330 MB of addresses, and 125 MB of memory.
MEMORY = 1 << 30
# After so many jobs, or with so many bytes in memory, a new process takes over.
MOST_JOBS = 200
GROWN = 256 << 20
# A page that somebody waits for goes first.
NICENESS = 5
# Seconds after its limit in which a job ends itself, where nobody is left to end it.
GRACE = 3

Work = Callable[..., Document]
Job = tuple[Work, tuple[Any, ...], float]


def main(descriptor: int, folder: str) -> None:
    """Makes files until the pipe closes, and then takes away its folder: the server may be gone."""
    # Registered first, and so the last to be called.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _be_modest()
    _work(Connection(descriptor))


def _work(pipe: Connection[Any, Job]) -> None:
    _warm()
    pipe.send_bytes(READY)
    for number in range(1, MOST_JOBS + 1):
        try:
            work, given, limit = pipe.recv()
        except (EOFError, OSError):
            return
        # The kernel ends the process then, wherever it hangs.
        signal.alarm(math.ceil(limit) + GRACE)
        kind, content = _made(work, given)
        leaves = number == MOST_JOBS or kind in ("memory", "broke") or _resident() > GROWN
        try:
            pipe.send_bytes(pickle.dumps((kind, content, leaves)))
        except OSError:
            return
        signal.alarm(0)
        if leaves:
            return


def _made(work: Work, given: tuple[Any, ...]) -> tuple[str, object]:
    try:
        return "made", work(*given)
    except DocumentError as error:
        return "refused", error
    except MemoryError:
        return "memory", ""
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        places = ", ".join(f"{Path(each.filename).name} line {each.lineno}" for each in frames)
        return "broke", f"{type(error).__name__} at {places}"


def _be_modest() -> None:
    """No core file, no more memory than it may have, and no interrupt that is meant for the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with suppress(OSError):
        os.nice(NICENESS)


def _warm() -> None:
    """Loads what files are made with. What is missing says so when a file needs it."""
    from webapp.documents import audio, braille, next_steps, pdf  # noqa: F401
    from webapp.language import LANGUAGES, read_words
    from webapp.places import translations_folder

    for language in LANGUAGES:
        read_words(language.id, translations_folder())
    with suppress(DocumentError):
        pdf.warm()


def _resident() -> int:
    """The memory of this process in bytes; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize()
