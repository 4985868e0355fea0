"""Locked files: they open with their passphrase, here and with the tool of their format, and cost no more."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from webapp import locking
from webapp.locking import LockError, is_locked, lock, unlock

PASSPHRASE = "marigold Ŵy quokka"
MISSING = "There is no age. Install it: apt-get install -y --no-install-recommends age"


@pytest.fixture(autouse=True)
def light(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousandth of the work, where the work itself is not what is looked at."""
    if "real_work" not in request.fixturenames:
        monkeypatch.setattr(locking, "WORK", 7)


@pytest.fixture
def real_work() -> None:
    """Leaves the work as it is."""


def why(locked: bytes, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(LockError) as fault:
        unlock(locked, passphrase)
    return fault.value.reason


@pytest.mark.parametrize("length", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_what_was_locked_opens_again(length: int) -> None:
    content = os.urandom(length)
    locked = lock(content, PASSPHRASE)
    assert is_locked(locked)
    assert len(locked) <= length + locking.LARGEST_LOCKED_EXTRA
    assert unlock(locked, PASSPHRASE) == content


def test_nothing_of_the_contents_is_to_be_seen_and_no_two_are_alike() -> None:
    content = b"Marigold-of-the-marsh" * 50
    one, two = lock(content, PASSPHRASE), lock(content, PASSPHRASE)
    assert b"Marigold" not in one
    assert one[-100:] != two[-100:]


def test_another_passphrase_does_not_open_it() -> None:
    assert why(lock(b"{}", PASSPHRASE), "marigold wy quokka") == "passphrase"
    assert why(lock(b"{}", PASSPHRASE), "") == "passphrase"


@pytest.mark.parametrize("typed", [f" {PASSPHRASE} \n", "marigold W\u0302y quokka"])
def test_spaces_around_it_and_the_way_an_accent_is_typed_do_not_matter(typed: str) -> None:
    assert unlock(lock(b"{}", PASSPHRASE), typed) == b"{}"


def test_every_changed_byte_is_noticed() -> None:
    locked = lock(b"the answers", PASSPHRASE)
    for place in range(len(locked)):
        assert why(locked[:place] + bytes([locked[place] ^ 1]) + locked[place + 1 :])


@pytest.mark.parametrize("length", [10, 65_536, 100_000, 131_072])
def test_a_file_cut_short_or_made_longer_is_noticed(length: int) -> None:
    locked = lock(bytes(length), PASSPHRASE)
    for wrong in (
        locked[:-1],
        locked[: -(length % 65_536 or 65_536) - 16],
        locked + b"x",
        locked[:150],
        locked[:30],
    ):
        assert why(wrong) == "damaged"


def test_a_file_that_asks_for_too_much_is_refused_before_any_work() -> None:
    locked = lock(b"{}", PASSPHRASE)
    began = time.monotonic()
    for work in (b"19", b"30", b"63"):
        assert why(locked.replace(b" 7\n", b" " + work + b"\n", 1)) == "heavy"
    for work in (b"0", b"07", b"-1", b"100", b"99999999999999999999"):
        assert why(locked.replace(b" 7\n", b" " + work + b"\n", 1)) == "damaged"
    assert time.monotonic() - began < 0.1


@pytest.mark.usefixtures("real_work")
def test_the_work_is_what_is_meant() -> None:
    began = time.process_time()
    locked = lock(b"{}", PASSPHRASE)
    assert b" 17\n" in locked[:80]
    assert 0.05 < time.process_time() - began < 5


# The tool of this format


def age(*arguments: str, passphrase: str, times: int) -> None:
    """Runs age at a terminal of its own, where it asks for the passphrase."""
    program = shutil.which("age")
    assert program, MISSING
    child, terminal = pty.fork()
    if child == 0:
        os.execv(program, [program, *arguments])
    said = b""
    for _ in range(times):
        while b"passphrase" not in said:
            said += os.read(terminal, 1000)
        said = b""
        time.sleep(0.2)
        os.write(terminal, passphrase.encode() + b"\n")
    try:
        while os.read(terminal, 1000):
            pass
    except OSError:
        pass  # the terminal closes when the program ends
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.usefixtures("real_work")
def test_the_tool_opens_what_we_lock_and_we_what_it_locks(tmp_path: Path) -> None:
    ours, theirs, opened = tmp_path / "ours.age", tmp_path / "theirs.age", tmp_path / "opened.json"
    content = b'{"case": 1}' * 10_000
    ours.write_bytes(lock(content, PASSPHRASE))
    age("-d", "-o", str(opened), str(ours), passphrase=PASSPHRASE, times=1)
    assert opened.read_bytes() == content
    age("-p", "-o", str(theirs), str(opened), passphrase=PASSPHRASE, times=2)
    assert unlock(theirs.read_bytes(), PASSPHRASE) == content


def test_a_file_locked_to_a_key_is_not_one_of_ours(tmp_path: Path) -> None:
    key = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    (public,) = [line.split()[-1] for line in key.splitlines() if "public key" in line]
    locked = subprocess.run(["age", "-r", public], input=b"{}", capture_output=True, check=True).stdout
    assert why(locked) == "damaged"
