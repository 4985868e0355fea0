"""Clients that send a byte now and then: others are served as if they were not there."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from gunicorn_server import Served, gunicorn

from webapp.slow_clients import HEAD_SECONDS

HEAD = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX: "
FORM = b"POST /en/nation HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SMALL_BODY = FORM + b"Content-Length: 9000\r\n\r\na="
LARGE_BODY = FORM + b"Content-Length: 2000000\r\n\r\na="
CHUNKED = FORM + b"Transfer-Encoding: chunked\r\n\r\n5\r\na="
# More than there are threads in both processes.
MANY = 100
# Seconds. A page takes a hundredth of it on a machine with nothing else to do.
PATIENCE = 10


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with gunicorn(tmp_path_factory.mktemp("kept")) as served:
        yield served


@pytest.mark.parametrize("begun", [b"", b"G", HEAD, SMALL_BODY, LARGE_BODY, CHUNKED])
def test_visitors_are_served_while_many_others_never_finish_their_requests(
    server: Served, begun: bytes
) -> None:
    with ExitStack() as open_ones:
        slow = [
            open_ones.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5))
            for _ in range(MANY)
        ]
        for _ in range(3):
            for each in slow:
                send(each, begun)
            began = time.monotonic()
            assert server.ask("/en/")[0] == 200
            assert time.monotonic() - began < PATIENCE
            begun = b"a"


def send(client: socket.socket, content: bytes) -> None:
    with suppress(OSError):  # it was refused, which is as good
        client.sendall(content)


def test_a_request_that_comes_in_pieces_is_served(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        for _ in range(2):  # the second on the connection that was kept
            for piece in (b"GET /en/ HT", b"TP/1.1\r\nHo", b"st: localhost\r", b"\n\r", b"\n"):
                client.sendall(piece)
                time.sleep(0.05)
            assert client.recv(12) == b"HTTP/1.1 200"
            rest = b""
            while b"</html>" not in rest:
                rest = rest[-10:] + client.recv(65536)


@pytest.mark.parametrize("size", [10, 15_000, 60_000, 1_500_000])
def test_a_form_that_comes_in_pieces_is_read_whole(server: Served, size: int) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.sendall(FORM + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % size)
        for start in range(0, size, max(1, size // 5)):
            client.sendall(b"a" * min(max(1, size // 5), size - start))
            time.sleep(0.05)
        # It has no secret, and so it is refused; but it was read.
        assert client.recv(12) == b"HTTP/1.1 400"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /en/%s HTTP/1.1\r\nHost: localhost\r\n\r\n" % (b"a" * 5000), b"414"),
        (b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n" % (b"a" * 9000), b"431"),
        (b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n" + b"X: 1\r\n" * 100 + b"\r\n", b"431"),
        (b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b"400"),
        (
            FORM + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"400",
        ),
        (b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"400"),
    ],
    ids=range(7),
)
def test_a_head_that_is_too_large_or_says_two_things_is_refused(
    server: Served, sent: bytes, status: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.sendall(sent)
        answer = client.recv(4096)
    assert answer.startswith(b"HTTP/1.1 4")
    assert b"evil" not in answer
    assert answer.split()[1] in (status, b"400")


def test_a_request_line_that_names_another_site_is_answered_as_this_one(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.sendall(b"GET http://evil.example/en/hand-over HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"evil" not in client.recv(65536)


@pytest.mark.verify
def test_a_client_that_says_nothing_is_let_go(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=HEAD_SECONDS + 10) as client:
        client.sendall(HEAD)
        began = time.monotonic()
        with suppress(ConnectionResetError):
            assert client.recv(1) == b""
        assert time.monotonic() - began > HEAD_SECONDS - 2
