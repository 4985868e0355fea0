"""gunicorn’s threaded worker, for clients that are slow or mean to be: none keeps a thread waiting for long.

gunicorn alone gives a connection a thread with its first byte, and the thread then waits for the rest for as
long as it takes: a few dozen connections that send a byte now and then keep everybody else out. Here requests
wait without a thread until they are there, and they have to be there in time. A server in front that
collects requests before it hands them on does more; this is for a site that has none, or an unwary one.
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

# Seconds for what is awaited without a thread, and for a whole request, which is 2 MB at most.
HEAD_SECONDS = 15
WHOLE_SECONDS = 60
# Bytes. A form up to this is awaited without a thread too; larger ones get one thread in three, no more.
SMALL = 16 * 1024
# Bytes. More than gunicorn takes as address and headers: it refuses the rest by itself.
_LARGEST_HEAD = 64 * 1024
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*(?=\r\n)", re.IGNORECASE)
_UNKNOWN = re.compile(rb"\r\n(?:transfer-encoding|expect):", re.IGNORECASE)
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 60\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
)


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """A worker whose threads are for requests that are there, and not for those that may come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._served: dict[TConn, float] = {}
        self._large: set[TConn] = set()

    def accept(self, listener: socket.socket) -> None:
        """Takes a connection, and lets it wait for its first request."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        self._wait(TConn(self.cfg, client, address, listener.getsockname()), time.monotonic() + HEAD_SECONDS)

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """A kept connection sends its next request."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._take_or_wait(conn, time.monotonic() + HEAD_SECONDS)

    def on_pending_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """More of a request has come."""
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        self._take_or_wait(conn, conn.timeout)

    def murder_pending(self) -> None:
        """Closes connections whose time is over, and stops the reading of requests that take too long."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in list(self._served.items()):
            if until < now:
                self._served.pop(conn, None)
                with suppress(OSError):  # an answer that is on its way still arrives
                    conn.sock.shutdown(socket.SHUT_RD)

    def handle(self, conn: TConn) -> Any:
        """Serves a request, in a thread."""
        self._served[conn] = time.monotonic() + WHOLE_SECONDS
        try:
            return super().handle(conn)
        finally:
            self._served.pop(conn, None)
            self._large.discard(conn)

    def _take_or_wait(self, conn: TConn, until: float) -> None:
        """Gives the request to a thread if enough of it is there, and waits for the rest otherwise."""
        try:
            came = conn.sock.recv(_LARGEST_HEAD, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            self._wait(conn, until)
            return
        except OSError:
            came = b""
        wanted = _bytes_wanted(came)
        if came and wanted is not None and len(came) < wanted:
            # Linux then wakes us for no less: what has come already would wake us without end.
            _wake_for(conn.sock, len(came) + 1 if _END not in came else wanted)
            self._wait(conn, until)
        elif wanted is None and len(self._large) >= max(1, self.cfg.threads // 3):
            self._refuse(conn)
        else:
            if wanted is None:
                self._large.add(conn)
            _wake_for(conn.sock, 1)
            conn.data_ready = True
            self.enqueue_req(conn)

    def _wait(self, conn: TConn, until: float) -> None:
        conn.timeout = until
        conn.sock.setblocking(False)
        # Those whose time ends first stand in front: that is where gunicorn looks.
        later = (at for at, other in enumerate(self.pending_conns) if other.timeout > until)
        self.pending_conns.insert(next(later, len(self.pending_conns)), conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _refuse(self, conn: TConn) -> None:
        with suppress(OSError):
            conn.sock.send(_BUSY)
        self.nr_conns -= 1
        conn.close()


def _bytes_wanted(came: bytes) -> int | None:
    """How many bytes the request has, as far as it is known; None for a large one, or one of unknown size."""
    head, end, _ = came.partition(_END)
    if not end:
        return _LARGEST_HEAD
    head += b"\r\n"
    # A head that names several lengths is refused by gunicorn at once: there is nothing to wait for.
    named = _LENGTH.findall(head)
    length = int(named[0]) if len(named) == 1 else 0
    return None if length > SMALL or _UNKNOWN.search(head) else len(head) + 2 + length


def _wake_for(client: socket.socket, count: int) -> None:
    with suppress(OSError):  # it has gone, and reading will say so
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, count)
