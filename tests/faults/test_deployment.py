"""The files of deploy/ at work: nginx in front of two servers on one Redis, one of which ends on the way."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from http.client import HTTPSConnection
from ipaddress import IPv4Address
from pathlib import Path
from types import SimpleNamespace

import pytest
import redis
import wire
from answering_pages import ENGLAND
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from redis_server import MISSING, free_port
from running import ROOT, SECRET, Site, reaching, until
from seeing import letter
from visiting import Visitor
from wire import HOST, Wire

from webapp.flows.law import Law

DEPLOY = ROOT / "deploy"
PASSWORD = "Pomegranate-by-the-door"
NO_NGINX = "There is no nginx. Install it: apt-get install -y --no-install-recommends nginx"


class SecureWire(Wire):
    """A browser that speaks https with whoever has the certificate of these tests."""

    def __init__(self, port: int, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(port)
        context = ssl.create_default_context(cafile=str(certificate))

        class Secure(HTTPSConnection):
            def __init__(self, host: str, port: int, timeout: float) -> None:
                super().__init__(host, port, timeout=timeout, context=context)

        monkeypatch.setattr(wire, "HTTPConnection", Secure)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for this machine, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    here = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    files = tmp_path / "fullchain.pem", tmp_path / "privkey.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


@pytest.fixture
def shipped_redis(tmp_path: Path) -> Iterator[int]:
    """A Redis server with deploy/redis.conf; gives its port."""
    program = shutil.which("redis-server")
    assert program, MISSING
    folder, port = tmp_path / "redis", free_port()
    folder.mkdir()
    settings = (DEPLOY / "redis.conf").read_text().replace(">PASSWORD", f">{PASSWORD}")
    (folder / "heard.conf").write_text(f"{settings}\nport {port}\ndir {folder}\n")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, str(folder / "heard.conf")], stdout=log, stderr=log)
    try:
        until(
            lambda: "Ready to accept" in (folder / "log").read_text() or process.poll() is not None,
            "no start",
        )
        assert process.poll() is None, (folder / "log").read_text()
        yield port
    finally:
        process.kill()
        process.wait()


class Nginx:
    """nginx with deploy/nginx.conf, its ports, folders and certificate put in place."""

    def __init__(self, folder: Path, servers: list[int], certificate: tuple[Path, Path]) -> None:
        self.folder, self.plain, self.secure = folder, free_port(), free_port()
        for name in ("body", "proxy", "other"):
            (folder / name).mkdir(parents=True)
        text = (DEPLOY / "nginx.conf").read_text()
        for old, new in (
            (r"(?m)^ *listen \[::\].*\n", ""),
            (r"listen 80;", f"listen 127.0.0.1:{self.plain};"),
            (r"listen 443 ", f"listen 127.0.0.1:{self.secure} "),
            (r"/etc/ssl/heard/fullchain.pem", str(certificate[0])),
            (r"/etc/ssl/heard/privkey.pem", str(certificate[1])),
            (r"/var/log/nginx/heard.log", str(folder / "heard.log")),
            (r"root /etc/nginx/heard;", f"root {DEPLOY};"),
            (r"127.0.0.1:8000", f"127.0.0.1:{servers[0]}"),
            (r"127.0.0.1:8001", f"127.0.0.1:{servers[1]}"),
            (r"client_header_timeout 10s", "client_header_timeout 1s"),
        ):
            assert re.search(old, text), old
            text = re.sub(old, new, text)
        (folder / "heard.conf").write_text(text)
        (folder / "nginx.conf").write_text(
            f"""daemon off; pid {folder}/pid; error_log {folder}/error.log emerg;
            {"user root;" * (os.geteuid() == 0)}
            events {{ worker_connections 512; }}
            http {{ include /etc/nginx/mime.types; client_body_temp_path {folder}/body;
            proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/other; uwsgi_temp_path {folder}/other;
            scgi_temp_path {folder}/other; include {folder}/heard.conf; }}"""
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        assert program, NO_NGINX
        command = [program, "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        assert "warn" not in checked.stderr, checked.stderr
        self.process = subprocess.Popen(command)
        until(self._answers, "nginx does not answer")

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.secure)) == 0

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)

    def written(self) -> str:
        """All that it has written down, but for its settings."""
        return "".join(path.read_text() for path in self.folder.rglob("*.log"))


@pytest.fixture
def deployment(
    sites: Callable[..., Site], shipped_redis: int, certificate: tuple[Path, Path], tmp_path: Path
) -> Iterator[SimpleNamespace]:
    """Two servers on one Redis, and nginx in front of them."""
    store = f"redis://heard:{PASSWORD}@127.0.0.1:{shipped_redis}/0"
    environ = {"HEARD_STORE": store, "HEARD_SECRET": SECRET, "HEARD_LOG": "json", "HEARD_HOSTS": f"{HOST}"}
    folders = [tmp_path / "one", tmp_path / "two"]
    servers = [sites(folder=folder, environ=environ) for folder in folders]
    nginx = Nginx(tmp_path / "nginx", [each.port for each in servers], certificate)
    try:
        nginx.start()
        yield SimpleNamespace(servers=servers, nginx=nginx, certificate=certificate[0])
    finally:
        nginx.stop()


def answered(site: Site) -> int:
    """How many calls this server has answered."""
    return site.log().count('"room"')


def finish(browse: Visitor) -> None:
    browse.get("/en/plan")
    (form,) = [form for form in browse.page.forms if form.action == "/en/finish"]
    browse.post(form.action, form.filled())


@pytest.mark.verify
def test_a_journey_through_two_servers_goes_on_when_one_is_gone(
    deployment: SimpleNamespace, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = deployment.servers
    nginx = deployment.nginx
    browse = reaching(SecureWire(nginx.secure, deployment.certificate, monkeypatch), law)
    browse.begin()
    browse.walk(ENGLAND, until="/concerns")
    assert min(answered(one), answered(two)) >= 5, "both have had their share"
    assert browse.client.get_cookie("__Host-heard"), "the servers know that this is https"
    one.kill()
    browse.walk(ENGLAND, until="/name")
    one.start()
    before = answered(one)
    time.sleep(2.1)  # nginx asks again after two seconds
    two.stop()
    browse.walk(ENGLAND)
    assert answered(one) > before
    one.kill()
    away = browse.client.get("/en/plan")
    assert away.status_code == 502
    assert "What you answered before is still here." in away.text
    assert away.headers["Cache-Control"] == "no-store"
    one.start()
    time.sleep(2.1)
    assert "Zebedee" in letter(browse)
    assert browse.download("/en/letter-1/en/large.pdf").startswith(b"%PDF")
    finish(browse)
    browse.get("/en/plan")
    assert browse.path == "/en/nation"
    written = nginx.written()
    assert not re.search(r"127\.0\.0\.1, server|client: ", written), "nobody is written down"


@pytest.mark.verify
def test_what_goes_through_nginx_leaves_no_trace_and_slow_visitors_are_let_go(
    deployment: SimpleNamespace, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    nginx = deployment.nginx
    secure = SecureWire(nginx.secure, deployment.certificate, monkeypatch)
    browse = reaching(secure, law)
    folders = [nginx.folder / "body", nginx.folder / "proxy"]
    before = [folder.stat().st_mtime_ns for folder in folders]
    browse.get("/en/")
    browse.bring_back(b"Zorvex " * 800_000, 413)  # five megabytes: the site’s own page says what to do
    assert "That is too much at once" in browse.page.text
    assert [folder.stat().st_mtime_ns for folder in folders] == before, "no temporary file was ever made"
    packed = secure._ask("GET", "/en/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert secure.get("/healthz").status_code == 200
    with socket.create_connection(("127.0.0.1", nginx.plain)) as plain:
        plain.sendall(f"GET /en/plan HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
        answer = plain.recv(4096).decode()
        assert " 301 " in answer
        assert "Location: https://heard.example/en/plan" in answer
    with socket.create_connection(("127.0.0.1", nginx.plain)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost:")
        slow.settimeout(10)
        begun = time.monotonic()
        assert slow.recv(100) == b""
        assert time.monotonic() - begun < 5


def test_redis_lets_only_heard_in_and_heard_only_to_its_own(shipped_redis: int) -> None:
    for name, password in (("default", ""), ("heard", "wrong")):
        client = redis.Redis(port=shipped_redis, username=name, password=password, retry=None)
        with client, pytest.raises(redis.exceptions.RedisError):
            client.get("heard:x")
    with redis.Redis(port=shipped_redis, username="heard", password=PASSWORD) as client:
        assert client.get("heard:x") is None
        for refused in (lambda: client.get("other"), lambda: client.keys("*"), lambda: client.flushall()):
            with pytest.raises(redis.exceptions.NoPermissionError):
                refused()
