"""How gunicorn serves the site; `make run` starts it with this file. PORT names another port."""

import os
import socket
from pathlib import Path
from typing import Any

from webapp.documents import DocumentError
from webapp.documents.pdf import warm

wsgi_app = "webapp:create_app()"
port = int(os.environ.get("PORT") or 8000)
bind = f"127.0.0.1:{port}"

# Loaded once, before the workers are forked: they share the memory, and none has a slow first letter.
preload_app = True
workers = 2
worker_class = "gthread"
threads = 4
# Workers tell that they are alive through a file: in memory, because a busy disk must not get them stopped.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

# No access log: what somebody asks for, and when, is nobody's business. Faults go to standard error.
accesslog = None
loglevel = "warning"
# No socket that would steer a running server.
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Stops with a clear word where another program has the port, which gunicorn alone tries five times."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as fault:
            raise SystemExit(
                f"Port {port} cannot be used: {fault.strerror}. Choose another: make run PORT={port + 1}"
            ) from None


def when_ready(server: Any) -> None:
    """Warms what makes PDFs, before the workers are forked, and says where the site is."""
    try:
        warm()
    except DocumentError as missing:
        print(missing, flush=True)
    print(f"Heard is at http://{bind} (Ctrl+C stops it)", flush=True)
