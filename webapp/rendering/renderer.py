"""One process that makes files, seen from the server: started, given a job, ended and replaced."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from webapp.documents import Document, DocumentError
from webapp.documents.model import as_it_was
from webapp.rendering.child import READY
from webapp.rendering.faults import Broke, Died, NeverStarted, NotMade, TooSlow

_PROGRAM = "from webapp.rendering.child import main; main({}, {!r})"
# Seconds. It takes less than one, on a machine with nothing else to do.
START_LIMIT = 30.0


class Renderer:
    """One such process. Whoever uses it has it alone."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._folder = ""
        self._ready = False

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of the process; 0 where there is none."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Starts the process anew, and does not wait for it. Raises NeverStarted.

        It is a program of its own, not a copy of the server: it has none of the server’s memory and secrets.
        """
        self.stop()
        try:
            ours, theirs = Pipe()
            with theirs:
                self._pipe = ours
                self._folder = tempfile.mkdtemp(prefix="heard-making-")
                self._process = subprocess.Popen(
                    [sys.executable, "-c", _PROGRAM.format(theirs.fileno(), self._folder)],
                    pass_fds=(theirs.fileno(),),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=_environment(self._folder),
                )
        except OSError as fault:
            self.stop()
            raise NeverStarted(fault.strerror or type(fault).__name__) from None

    def give(self, work: Callable[..., Document], given: tuple[Any, ...], limit: float) -> Document:
        """Lets the process do a job within `limit` seconds.

        Raises what the job raises of DocumentError; NotMade where it wants too much memory; NeverStarted,
        Died, TooSlow and Broke.
        """
        pipe = self._waited_for()
        try:
            pipe.send((work, given, limit))
            if not pipe.poll(limit):
                self.stop()
                raise TooSlow(f"{limit:.0f} seconds")
            kind, content, leaves = _Reply(io.BytesIO(pipe.recv_bytes())).load()
        except (EOFError, OSError, pickle.UnpicklingError):
            raise Died(self._end()) from None
        if leaves:
            self._replace()
        if kind == "made" and isinstance(content, Document):
            return content
        if kind == "refused" and isinstance(content, DocumentError):
            raise content
        if kind == "memory":
            raise NotMade
        raise Broke(str(content))

    def stop(self) -> None:
        """Ends the process, whatever it does, and takes away what it left."""
        if self._pipe:
            self._pipe.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._pipe, self._process, self._folder, self._ready = None, None, "", False

    def _waited_for(self) -> Connection[Any, Any]:
        """The pipe to a process that is ready for a job."""
        if not self.alive:
            self.start()
        assert self._pipe
        if not self._ready:
            try:
                if not self._pipe.poll(START_LIMIT):
                    self.stop()
                    raise NeverStarted("it was not ready in time")
                self._ready = self._pipe.recv_bytes() == READY
            except (EOFError, OSError):
                raise NeverStarted(self._end()) from None
        return self._pipe

    def _end(self) -> str:
        """Ends a process that closed its pipe, and says how it went."""
        status = 0
        if self._process:
            try:
                status = self._process.wait(1)
            except subprocess.TimeoutExpired:
                status = 0
        self.stop()
        return f"signal {-status}" if status < 0 else f"status {status}"

    def _replace(self) -> None:
        """Starts the next process while nobody waits for it; where that fails, the next job tries again."""
        try:
            self.start()
        except NeverStarted:
            self.stop()


def _environment(folder: str) -> dict[str, str]:
    """What the process is told: where its modules are and a folder of its own, and no setting of the site."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TMPDIR": folder}


class _Reply(pickle.Unpickler):
    """Reads what the process answered: a document, or why there is none, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith("webapp.") else None
        if found is as_it_was or (isinstance(found, type) and issubclass(found, (Document, DocumentError))):
            return found
        raise pickle.UnpicklingError
