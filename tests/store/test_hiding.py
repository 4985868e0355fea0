"""What a thief reads on the disk, and what a forged token opens: nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from storing import MARK, OnDisk, Place, put

from webapp.store import Store, new_token

# What a thief reads


def test_neither_an_answer_nor_the_token_can_be_found(store: Store, place: Place) -> None:
    token = new_token()
    store.update(token, put({"you": {"name": MARK}}))
    store.update(token, put({"worker": MARK * 500}))
    found = place.everything()
    assert len(found) > 10_000
    for secret in (MARK, "Marigold", token, token[:16], "worker", "name"):
        assert secret.encode() not in found
        assert secret.encode("utf-16-le") not in found


def test_there_are_no_files_but_these(on_disk: OnDisk, folder: Path) -> None:
    on_disk.open().update(new_token(), put({"role": "parent"}))
    assert sorted(file.name for file in folder.iterdir()) == [
        "answers.sqlite3", "answers.sqlite3-shm", "answers.sqlite3-wal",
    ]  # fmt: skip


def test_the_length_does_not_tell_a_long_answer_from_a_short_one(store: Store, place: Place) -> None:
    for text in ("no", "a sentence that says somewhat more"):
        store.update(new_token(), put({"tried": text}))
    assert len({len(sealed) for sealed in place.records().values()}) == 1


def test_the_same_answers_never_look_the_same_twice(store: Store, place: Place) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    (first,) = place.records().values()
    store.update(token, put({"role": "parent"}))
    (second,) = place.records().values()
    assert second[:12] != first[:12]
    assert second[12:] != first[12:]


def test_a_record_moved_to_another_browser_does_not_open(store: Store, place: Place) -> None:
    one, other = new_token(), new_token()
    store.update(one, put({"role": "parent"}))
    store.update(other, put({"role": "carer"}))
    (first, a), (second, b) = place.records().items()
    place.write(first, b)
    place.write(second, a)
    assert store.read(one) is None
    assert store.read(other) is None


@pytest.mark.parametrize("damage", [b"", b"short", bytes(200)])
def test_a_damaged_record_counts_as_absent_and_can_be_written_again(
    store: Store, place: Place, damage: bytes
) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    (id,) = place.records()
    place.write(id, damage)
    assert store.read(token) is None
    assert store.update(token, put({"role": "carer"})) == {"role": "carer"}
    assert store.read(token) == {"role": "carer"}


def test_only_the_owner_may_look_into_the_folder_and_the_files(on_disk: OnDisk, folder: Path) -> None:
    on_disk.open().update(new_token(), put({"role": "parent"}))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(on_disk: OnDisk, folder: Path) -> None:
    folder.mkdir()
    (folder / "answers.sqlite3").touch(mode=0o644)
    (folder / "answers.sqlite3").chmod(0o644)
    on_disk.open().update(new_token(), put({"role": "parent"}))
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


# Tokens


def test_tokens_are_url_safe_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(len(token) == 43 and set(token) <= set("-_" + ALPHANUMERIC) for token in tokens)


ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
MALFORMED = {
    "empty": "", "one-letter": "x", "too-short": "x" * 42, "too-long": "x" * 44, "accents": "é" * 43,
    "equals": "=" * 43, "nul": "\0" * 43, "spaces": " " * 43, "plus": "+" * 43, "huge": "a" * 100_000,
    "spare-bits": "x" * 43,
}  # fmt: skip
FORGED = MALFORMED | {"well-formed": "A" * 43, "none": None}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_a_forged_token_opens_nothing_and_harms_nothing(store: Store, token: str | None) -> None:
    own = new_token()
    store.update(own, put({"role": "parent"}))
    assert store.read(token) is None
    assert store.touch(token) is False
    store.destroy(token)
    assert store.read(store.rotate(token)) is None
    assert store.read(own) == {"role": "parent"}


@pytest.mark.parametrize("token", MALFORMED.values(), ids=MALFORMED)
def test_nothing_is_written_under_a_malformed_token(store: Store, token: str) -> None:
    with pytest.raises(ValueError, match="not a token"):
        store.update(token, put({"role": "parent"}))


def test_another_spelling_of_a_token_is_not_that_token(store: Store) -> None:
    # 43 characters hold 258 bits, two more than the 32 bytes: the last character could be spelt four ways.
    token = new_token()
    store.update(token, put({"role": "parent"}))
    others = [token[:-1] + last for last in ALPHANUMERIC + "-_" if last != token[-1]]
    assert [store.read(other) for other in others] == [None] * 63
