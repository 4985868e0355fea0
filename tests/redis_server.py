"""A Redis server of the tests’ own, in a folder of its own, reached through a socket or a port."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

import redis

MISSING = "There is no redis-server. Install it: apt-get install -y --no-install-recommends redis-server"


class RedisServer:
    """`keeps`: writes down each change before it answers, so that a restart loses nothing."""

    def __init__(self, folder: Path, *options: str, keeps: bool = False, port: int = 0) -> None:
        self.folder, self.port = folder, port
        self.socket = folder / "redis.sock"
        self.options = [*options, *(["--appendonly", "yes", "--appendfsync", "always"] if keeps else [])]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0" if self.port else f"unix://{self.socket}"

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, MISSING
        self.folder.mkdir(parents=True, exist_ok=True)
        base = ["--port", str(self.port), "--bind", "127.0.0.1", "--unixsocket", str(self.socket)]
        base += ["--dir", str(self.folder), "--save", "", "--rdbcompression", "no"]
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen([program, *base, *self.options], stdout=log, stderr=log)
        for _ in range(200):
            try:
                with self.client() as client:
                    client.ping()
                return
            except redis.exceptions.ConnectionError:
                assert self.process.poll() is None, (self.folder / "redis.log").read_text()
                time.sleep(0.05)
        raise AssertionError("redis-server does not answer")

    def stop(self) -> None:
        """Ends it without a word, as when the power goes."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def client(self) -> redis.Redis:
        """A client that sees what a thief would see. The unix socket may be gone: ask again later."""
        return redis.Redis(unix_socket_path=str(self.socket))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found
