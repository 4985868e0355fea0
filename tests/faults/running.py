"""The site as it is served, in processes of its own, for tests that do harm to them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from redis_server import free_port
from visiting import Visitor
from wire import HOST, Wire

from webapp.clock import london_day
from webapp.flows.law import Law
from webapp.questions import put

ROOT = Path(__file__).resolve().parent.parent.parent
GUNICORN = Path(sys.executable).with_name("gunicorn")
SECRET = "a-secret-that-both-servers-of-the-tests-share"
# What root may do in a room of its own, and others in one where they count as root.
_ROOM = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]


def saved_case(*still_open: str) -> bytes:
    """The saved file of a parent in Durham with two letters, who has not yet come to these answers."""
    document = json.loads((ROOT / "tests" / "cases" / "two-letters.json").read_text())
    answers = document["answers"]
    for letter, event, days in (
        ("conference", "conference", 33),
        ("conference", "notes-received", 20),
        ("services", "noticed", 80),
    ):
        answers[letter][event] = (london_day() - timedelta(days=days)).isoformat()
    for key in still_open:
        put(answers, key, None)
    return json.dumps(document).encode()


def visitor(port: int, law: Law) -> Visitor:
    """A browser at this port, which checks every page that it gets."""
    return reaching(Wire(port), law)


def reaching(wire: Wire, law: Law) -> Visitor:
    """A browser with this line."""
    return Visitor(SimpleNamespace(test_client=lambda: wire), law)  # type: ignore[arg-type]


def until(holds: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Waits for something. Raises AssertionError when it does not come."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)


class Site:
    """gunicorn with its two workers, everything that it keeps in one folder.

    `tree` is the checkout that it is started from. `held` is a socket that it listens at and that stays open
    while it is restarted, as systemd holds one. `small_disk` puts what it keeps on a disk of its own, of so
    many bytes, which only it and this test can see.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        environ: Mapping[str, str] = {},
        tree: Path = ROOT,
        held: socket.socket | None = None,
        small_disk: int = 0,
        program: Path = GUNICORN,
    ) -> None:
        self.folder, self.tree, self._held = folder, tree, held
        self.port = port or (held.getsockname()[1] if held else free_port())
        self.kept = folder / "kept"
        self.kept.mkdir(parents=True, exist_ok=True)
        self.log_file = folder / f"log-{self.port}"
        self._small_disk, self._program = small_disk, program
        self._environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PORT": str(self.port),
            "HEARD_DATA": str(self.kept),
            "HEARD_HOSTS": HOST,
            "HEARD_RENDERERS": "1",
            "PYTHONPATH": str(tree),
            **environ,
        }
        self.process: subprocess.Popen[bytes] | None = None

    # Starting and ending

    def start(self) -> Site:
        """Starts it, and waits until it takes calls."""
        command = [str(self._program), "-c", "webapp/gunicorn_conf.py"]
        if self._small_disk:
            mount = f'mount -t tmpfs -o size={self._small_disk} tmpfs "$0" && exec "$@"'
            command = [*_ROOM, "sh", "-c", mount, str(self.kept), *command]
        if self._held:
            descriptor = self._held.fileno()
            hand_over = f'exec 3<&{descriptor}; LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'
            command = ["bash", "-c", hand_over, "bash", *command]
        said = len(self.log())
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.tree,
                env=self._environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[self._held.fileno()] if self._held else [],
            )
        until(lambda: self._ready(said), "the site does not start")
        return self

    def _ready(self, said: int) -> bool:
        assert self.process
        assert self.process.poll() is None, self.log()
        return "Heard is at" in self.log()[said:] and len(self.workers()) == 2

    def stop(self) -> None:
        """Ends it as an administrator would, and waits for it."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(40)

    def kill(self) -> None:
        """Ends all its processes at once, without a word."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Tells the server something."""
        assert self.process
        self.process.send_signal(number)

    def workers(self) -> list[int]:
        """The numbers of the processes that answer."""
        assert self.process
        with suppress(OSError):
            return [
                int(child)
                for task in Path(f"/proc/{self.process.pid}/task").iterdir()
                for child in (task / "children").read_text().split()
                if "gunicorn" in Path(f"/proc/{child}/cmdline").read_text()
            ]
        return []

    def replace_workers(self) -> None:
        """Kills both workers, and waits until others have taken over."""
        before = self.workers()
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        until(lambda: len(set(self.workers()) - set(before)) == 2, "no new workers")

    def log(self) -> str:
        return self.log_file.read_text() if self.log_file.exists() else ""

    # Its own small disk

    def disk(self) -> Path:
        """What it keeps, seen from here."""
        assert self.process
        return Path(f"/proc/{self.process.pid}/root{self.kept}")

    def fill_disk(self) -> None:
        """Fills the disk to the last byte."""
        with suppress(OSError), (self.disk() / "filler").open("wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                with suppress(OSError):
                    while file.write(b"x" * size):
                        pass

    def free_disk(self) -> None:
        (self.disk() / "filler").unlink()

    def in_room(self, *command: str) -> None:
        """Runs a command that sees the site’s own disk."""
        assert self.process
        enter = ["nsenter", "-t", str(self.process.pid), "--mount"]
        if os.geteuid() != 0:
            enter += ["--user", "--preserve-credentials"]
        subprocess.run([*enter, *command], check=True)


def own_tree(folder: Path) -> Path:
    """A checkout of its own, whose law can be changed: copies of what is read, links to what is large."""
    (folder / "webapp").mkdir(parents=True)
    for name in ("flows", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "translations").symlink_to(ROOT / "translations")
    for path in (ROOT / "webapp").iterdir():
        if path.name in ("static", "fonts", "assets"):
            (folder / "webapp" / path.name).symlink_to(path)
        elif path.is_dir():
            shutil.copytree(path, folder / "webapp" / path.name)
        else:
            shutil.copy(path, folder / "webapp" / path.name)
    return folder
