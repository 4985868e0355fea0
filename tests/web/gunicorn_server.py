"""The site as gunicorn serves it, for the tests that need its true processes and threads."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from webapp.places import package_folder

TESTS = Path(__file__).parent


@dataclass
class Served:
    """A running server. `ask` gives the status, the headers and the body of one address."""

    port: int
    process: subprocess.Popen[str]

    def ask(self, address: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            connection.request("GET", address)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def stop(self) -> str:
        """Ends the server as an operator does, and gives what it wrote."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=60)[0]


@contextmanager
def gunicorn(data: Path, **environ: str) -> Iterator[Served]:
    """The site with the rooms of slow_site, once it answers and its processes for letters run."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    conf = package_folder() / "gunicorn_conf.py"
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", str(conf), "slow_site:create_app()"],
        env=os.environ | {"HEARD_DATA": str(data), "PORT": str(port), "PYTHONPATH": str(TESTS)} | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    served = Served(port, process)
    try:
        _wait_for(served)
        yield served
    finally:
        if process.poll() is None:
            served.stop()


def _wait_for(served: Served) -> None:
    for _ in range(600):
        assert served.process.poll() is None, served.process.communicate()[0]
        try:
            if served.ask("/healthz")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("gunicorn does not answer")
