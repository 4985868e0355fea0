"""How gunicorn serves the site; `make run` starts it with this file. PORT names another port."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

from webapp.documents import DocumentError
from webapp.documents.pdf import warm
from webapp.library.desk import ZIPS_AT_ONCE
from webapp.rendering import threads_held
from webapp.settings import SettingsError, read_settings

wsgi_app = "webapp:create_app()"
try:
    settings = read_settings()
except SettingsError as wrong:
    print(f"Heard cannot start:\n{wrong}", file=sys.stderr)
    raise SystemExit(2) from None
port = settings.port
bind = f"127.0.0.1:{port}"

# Loaded once, before the workers are forked: they share the memory, and none has a slow first letter.
preload_app = True
workers = 2
worker_class = "webapp.slow_clients.PatientWorker"
# How many processes each worker has make its letters: two, so that a letter that hangs holds nobody up.
renderers = max(1, (settings.renderers or max(2 * workers, os.cpu_count() or 1)) // workers)
# However many threads wait for letters and for zips, some are left for pages.
threads = threads_held(renderers) + ZIPS_AT_ONCE + 5
# Workers tell that they are alive through a file: in memory, because a busy disk must not get them stopped.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

# Our addresses are short and our cookies two. A connection is kept for the pictures and styles of its page.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
keepalive = 5

# No access log: what somebody asks for, and when, is nobody's business. Faults go to standard error.
accesslog = None
loglevel = "warning"
# No socket that would steer a running server.
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Stops with a clear word where another program has the port, which gunicorn alone tries five times."""
    if os.environ.get("LISTEN_FDS") or os.environ.get("GUNICORN_FD"):
        return  # the socket is open already: systemd holds it, or the server that this one follows
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as fault:
            raise SystemExit(
                f"Port {port} cannot be used: {fault.strerror}. Choose another: make run PORT={port + 1}"
            ) from None


def post_worker_init(worker: Any) -> None:
    """Destroys what expired while nobody was here, goes on doing so, and starts what makes the letters."""
    worker.app.callable.extensions["heard"].store.watch()
    worker.app.callable.extensions["rendering"].start(renderers)


def worker_exit(server: Any, worker: Any) -> None:
    """Ends what makes the letters together with its worker."""
    if hasattr(worker, "wsgi"):  # else it ended before it had begun
        worker.app.callable.extensions["rendering"].stop()


def when_ready(server: Any) -> None:
    """Says whether PDFs can be made, warms what makes them here at need, and says where the site is."""
    try:
        warm()
    except DocumentError as missing:
        print(missing, flush=True)
    print(f"Heard is at http://{bind} (Ctrl+C stops it)", flush=True)
