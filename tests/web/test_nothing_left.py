"""Marked words are planted in every field; then each file that the site had to do with is searched."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from answering_pages import TWO_LETTERS, answers_for
from redis_server import free_port
from visiting import Visitor
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart
from wire import HOST, Wire

from webapp.flows.law import Law
from webapp.places import package_folder
from webapp.security import ACCESS_LOG_FORMAT

STEM = "Zorvex"
PHONE = "960731"
DOWNLOADS = (
    "letter-1/en/standard.pdf", "letter-1/en/your-copy/standard.pdf", "letter-1/cy/large.pdf",
    "letter-1/en/standard.docx", "letter-1/en/standard.txt", "letter-2/en/standard.html",
    "letter-1/en/standard.brf", "letter-2/en/standard.mp3", "next-steps/standard.pdf", "calendar.ics",
    "everything.zip",
)  # fmt: skip


# Searching


def found_in(content: bytes) -> list[str]:
    """The marks in these bytes, however they are written: UTF-8, UTF-16, capitals, packed or not."""
    patterns = [mark.encode(code) for mark in (STEM, PHONE) for code in ("utf-8", "utf-16-le")]
    pattern = re.compile(b"|".join(map(re.escape, patterns)), re.IGNORECASE)
    hits = {found[0].decode("latin-1") for found in pattern.finditer(content)}
    for begins in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04", content):
        piece = content[begins.start() : begins.start() + 3_000_000]
        with suppress(zlib.error):
            if piece.startswith(b"PK"):
                name, extra = int.from_bytes(piece[26:28], "little"), int.from_bytes(piece[28:30], "little")
                inside = zlib.decompressobj(-15).decompress(piece[30 + name + extra :], 5_000_000)
            else:
                inside = zlib.decompressobj(47).decompress(piece, 5_000_000)
            hits |= {found[0].decode("latin-1") for found in pattern.finditer(inside)}
    return sorted(hits)


def mapped(content: bytes) -> bool:
    """For what is big and only mapped, such as libraries: the words as they are."""
    return STEM.encode() in content or STEM.encode("utf-16-le") in content


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def family_of(pid: int) -> list[int]:
    """A process and all below it."""
    with suppress(OSError):
        return [pid, *(each for child in children_of(pid) for each in family_of(child))]
    return []


def files_of(pid: int) -> set[str]:
    """The files that a process has open or mapped, deleted ones too, as they can still be read."""
    found: set[str] = set()
    if not Path(f"/proc/{pid}/maps").exists():
        return found
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            if link.stat().st_mode & 0o170000 == 0o100000:
                found.add(str(link))
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        fields = line.split(maxsplit=5)
        if len(fields) == 6 and fields[5].startswith("/"):
            deleted = fields[5].endswith("(deleted)")
            found.add(f"/proc/{pid}/map_files/{fields[0]}" if deleted else fields[5])
    return found


def left_behind(folder: Path, master: int) -> dict[str, object]:
    """Where a mark was found, and what."""
    found: dict[str, object] = {}
    own = [path for path in folder.rglob("*") if path.is_file()]
    assert {"answers.sqlite3", "answers.sqlite3-wal", "answers.sqlite3-shm", "log"} <= {p.name for p in own}
    for path in (*own, *(each for each in Path("/dev/shm").iterdir() if each.is_file())):
        with suppress(FileNotFoundError):
            if hits := found_in(path.read_bytes()):
                found[str(path)] = hits
    names = {name for pid in family_of(master) for name in files_of(pid)}
    assert len(names) > 50, "libraries at least"
    for name in names - {str(path) for path in own}:
        with suppress(OSError):
            if name.startswith("/proc"):
                if hits := found_in(Path(name).read_bytes()):
                    found[f"{name} {os.readlink(name)}"] = hits
            elif mapped(Path(name).read_bytes()):
                found[name] = "mapped"
    return found


def test_the_search_finds_what_it_looks_for() -> None:
    said = f"My name is {STEM}014 and".encode()
    for content in (
        said,
        said.upper(),
        said.decode().encode("utf-16-le"),
        zlib.compress(said),
        gzip.compress(said),
    ):
        assert found_in(b"\0\0x\x9c broken " + content + b"\xff")
    assert found_in(f"tel {PHONE}".encode())
    assert not found_in(os.urandom(10_000) + b"Zorve xylophone")


# The site


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The site under gunicorn with two workers, all its folders and logs in one folder."""
    folders = {
        name: tmp_path / name.lower() for name in ("HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    for folder in folders.values():
        folder.mkdir()
    environ = {name: str(folder) for name, folder in folders.items()} | {
        "PATH": os.environ["PATH"],
        "PORT": str(free_port()),
        "HEARD_DATA": str(tmp_path / "kept"),
        "HEARD_HOSTS": HOST,
    }
    command = [sys.executable, "-m", "gunicorn", "-c", str(package_folder() / "gunicorn_conf.py")]
    command += ["--pythonpath", str(Path(__file__).parent), "--log-level", "debug"]
    command += ["--access-logfile", "-", "--access-logformat", ACCESS_LOG_FORMAT, "planted_site:app"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=package_folder().parent, env=environ, stdout=log, stderr=log, start_new_session=True
        )
    try:
        for _ in range(300):
            if b"Heard is at" in (tmp_path / "log").read_bytes() and len(children_of(process.pid)) == 2:
                break
            assert process.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.1)
        yield SimpleNamespace(pid=process.pid, port=int(environ["PORT"]), folder=tmp_path)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def plant(browse: Visitor) -> list[str]:
    """Walks all questions with a marked word in every box that takes words, and gives the marks."""
    marks: list[str] = []
    given = TWO_LETTERS | {"role": "supporter", "reply-by": ["post", "email", "phone"]}
    browse.begin()
    for _ in range(120):
        if browse.path.endswith("/check"):
            return marks
        form = browse.page.form
        sent = form.filled() | answers_for(form, given)
        for box in form.fields.values():
            if box.kind in ("text", "textarea", "email") and not re.match("(day|month|year|find)", box.name):
                marks.append(f"{STEM}{len(marks):03d}")
                sent[box.name] = [
                    f"{marks[-1]}@example.org" if box.kind == "email" else f"{marks[-1]} said so"
                ]
            elif box.kind == "tel":
                sent[box.name] = [f"01632 {PHONE}"]
        browse.post(browse.address, sent)
    raise AssertionError(browse.path)


def go_everywhere(browse: Visitor) -> None:
    """Every page with answers on it, every kind of file, and the pages of faults."""
    plan = browse.get("/en/plan")
    for address in sorted(
        {href for href in plan.links("main").values() if re.fullmatch(r"/en/[\w/-]+", href)}
    ):
        browse.get(address)
    for address in ("check", "save", "welcome-back", "hand-over", "privacy", "letter-1/details-1?from=check"):
        browse.get(f"/en/{address}")
    browse.get("/cy/plan")
    for address in DOWNLOADS:
        browse.download(f"/en/{address}")
    browse.get("/en/hand-over")
    (make,) = [form for form in browse.page.forms if form.action == "/en/hand-over"]
    browse.post(make.action, make.filled())
    words = f"{STEM}900 wrote this by hand"
    form = browse.get("/en/letter-1/details-1").form.filled(details=words)
    browse.get("/en/letter-9/read", status=404)
    browse.post("/en/letter-1/details-1", form | {"details": ["x" * 60_000 + words]}, 422)
    browse.post("/en/letter-1/details-1", form | {"asks": ["details conference gone"]}, 409)
    browse.post("/en/letter-1/details-1", form | {"csrf_token": ["old"]}, 400)
    browse.post("/en/letter-1/details-1", form | {"details": [words * 200_000]}, 413)
    assert browse.client.get("/en/planted/fault").status_code == 500
    browse.get("/en/")
    browse.bring_back(words.encode() * 30_000, 422)


def crash(browse: Visitor, server: SimpleNamespace) -> None:
    """Kills the workers while one of them holds a form and a big file, and looks at what it has open."""
    browse.get("/en/save")
    kept = json.dumps(browse.kept()).encode()
    big = kept * (900_000 // len(kept))  # above what is kept in memory by itself
    fields = {"csrf_token": browse.secret, "words": f"{STEM}901", "file": FileStorage(BytesIO(big), "saved")}
    boundary, body = encode_multipart(fields)
    sign = server.folder / "sign"
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "X-Planted-Sign": str(sign)}

    def send() -> None:
        with suppress(OSError, HTTPException):
            browse.client._ask("POST", "/en/planted/hang", body, headers)  # type: ignore[attr-defined]

    sending = threading.Thread(target=send)
    sending.start()
    while not sign.exists():
        assert sending.is_alive()
        time.sleep(0.05)
    assert not left_behind(server.folder, server.pid), "while the form is held"
    workers = children_of(server.pid)
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    sending.join(30)
    for _ in range(200):
        now = children_of(server.pid)
        if len(now) == 2 and not set(now) & set(workers):
            break
        time.sleep(0.1)


def test_not_one_marked_word_is_left_anywhere(server: SimpleNamespace, law: Law) -> None:
    browse = Visitor(SimpleNamespace(test_client=lambda: Wire(server.port)), law)  # type: ignore[arg-type]
    marks = plant(browse)
    assert len(marks) >= 12
    saved = json.dumps(browse.kept())
    assert [mark for mark in marks if mark not in saved] == []
    assert PHONE in saved
    go_everywhere(browse)
    crash(browse, server)
    assert json.dumps(browse.kept()) == saved, "the crash has lost no answer"
    assert not left_behind(server.folder, server.pid), "while the answers are kept"
    log = (server.folder / "log").read_text()
    assert "GET /en/plan 200" in log
    assert "LookupError: (what it said is not logged)" in log
    browse.get("/en/plan")
    (finish,) = [form for form in browse.page.forms if form.action == "/en/finish"]
    browse.post(finish.action, finish.filled())
    assert not left_behind(server.folder, server.pid), "after it all"
    assert (server.folder / "kept" / "answers.sqlite3-wal").stat().st_size == 0
