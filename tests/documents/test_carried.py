"""The case file inside the parent's own copy: it comes out as it went in, and nothing else comes out."""

from __future__ import annotations

import json
import re
import time
import tracemalloc
import zlib
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters_to_print import PLAIN, RICH

from webapp.documents import SIZES, pdf
from webapp.documents.carried import MOST_GIVEN, MOST_READ, case_file_in

CASE = json.dumps({"child": "Kai ŵ", "words": "said “no”\n" * 200}, ensure_ascii=False).encode()
COPY = pdf.render_copy(PLAIN, "standard", CASE, "Your answers")


def stream(content: bytes, filters: bytes = b"/Filter /FlateDecode", kind: bytes = b"json") -> bytes:
    """A file with one stream, as somebody might write it by hand."""
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type /EmbeddedFile /Subtype /application#2f"
        + kind
        + b" "
        + filters
        + b">>\nstream\n"
        + content
        + b"\nendstream\nendobj\n"
    )


@pytest.mark.parametrize("size", SIZES)
def test_the_case_file_comes_out_as_it_went_in(size: str) -> None:
    assert case_file_in(pdf.render_copy(RICH, size, CASE, "Your answers")) == CASE


def test_the_letter_to_send_carries_nothing() -> None:
    content = pdf.render(PLAIN, "standard")
    assert case_file_in(content) is None
    document = pypdfium2.PdfDocument(content)
    assert document.count_attachments() == 0
    document.close()


def test_other_programs_find_it_under_its_name() -> None:
    document = pypdfium2.PdfDocument(COPY)
    (attached,) = (document.get_attachment(at) for at in range(document.count_attachments()))
    assert attached.get_name() == "saved-answers.json"
    assert bytes(attached.get_data()) == CASE
    document.close()


def test_it_tells_no_hour_at_which_it_was_made() -> None:
    assert set(re.findall(rb"\(D:([^)]*)\)", COPY)) == {b"20000101000000Z"}
    assert pdf.render_copy(PLAIN, "standard", CASE, "Your answers") == COPY


def test_a_copy_that_another_program_saved_again_still_gives_it() -> None:
    document = pypdfium2.PdfDocument(COPY)
    for version in (17, None):
        saved = BytesIO()
        document.save(saved, version=version)
        assert case_file_in(saved.getvalue()) == CASE
    document.close()


def test_of_two_the_one_that_was_added_last_is_taken() -> None:
    first, second = stream(zlib.compress(b'{"a": 1}')), stream(zlib.compress(b'{"a": 2}'))
    assert case_file_in(first + second) == b'{"a": 2}'


@pytest.mark.parametrize("filters", [b"/Filter/FlateDecode", b"/Filter [ /FlateDecode ]", b""])
def test_packed_or_not_it_comes_out(filters: bytes) -> None:
    content = b'{"a": 1}'
    assert case_file_in(stream(zlib.compress(content) if filters else content, filters)) == content


@pytest.mark.parametrize(
    "hostile",
    {
        "nothing": b"",
        "no PDF": b'{"a": 1}',
        "a case file behind no PDF": stream(zlib.compress(b'{"a": 1}'))[9:],
        "cut short": COPY[: COPY.index(b"endstream", COPY.index(b"#2fjson")) - 9],
        "not packed": stream(b'{"a": 1}'),
        "not a case file": stream(zlib.compress(b"[1]")),
        "another kind of file": stream(zlib.compress(b'{"a": 1}'), kind=b"jsonl"),
        "packed twice": stream(
            zlib.compress(zlib.compress(b'{"a": 1}')), b"/Filter [/FlateDecode /FlateDecode]"
        ),
        "packed in another way": stream(b'{"a": 1}', b"/Filter /ASCIIHexDecode"),
        "with parameters": stream(
            zlib.compress(b'{"a": 1}'), b"/Filter /FlateDecode /DecodeParms <</Predictor 12>>"
        ),
        "encrypted": stream(zlib.compress(b'{"a": 1}')[::-1]),
        "one byte too much": stream(zlib.compress(b"{" + b" " * MOST_GIVEN)),
        "one byte too much, not packed": stream(b"{" + b" " * MOST_GIVEN, b""),
        "no end": b"%PDF-1.7\n1 0 obj\n<</Subtype /application#2fjson>>\nstream\n{",
        "no stream": b"%PDF-1.7\n1 0 obj\n<</Subtype /application#2fjson>>\nendobj\n",
        "too big": COPY + bytes(MOST_READ),
    }.items(),
    ids=lambda each: each[0],
)
def test_what_is_no_copy_of_ours_gives_nothing(hostile: tuple[str, bytes]) -> None:
    assert case_file_in(hostile[1]) is None


def test_the_biggest_case_file_comes_out() -> None:
    content = b"{" + b" " * (MOST_GIVEN - 1)
    assert case_file_in(stream(zlib.compress(content))) == content
    assert case_file_in(stream(content, b"")) == content


def test_a_file_that_unpacks_to_a_hundred_times_its_size_costs_no_time_and_no_memory() -> None:
    packing = zlib.compressobj(9)
    bomb = b"".join(packing.compress(bytes(10_000_000)) for _ in range(10)) + packing.flush()
    hostile = b"".join(stream(bomb) for _ in range(6))
    begun = time.process_time()
    tracemalloc.start()
    try:
        assert case_file_in(hostile) is None
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "piece", [b"/application#2fjson ", b"obj ", b"obj<</application#2fjson>>stream\n", b"stream\n", b"/"]
)
def test_a_file_full_of_beginnings_is_read_quickly(piece: bytes) -> None:
    hostile = b"%PDF-1.7 " + piece * ((MOST_READ - 100) // len(piece))
    begun = time.process_time()
    assert case_file_in(hostile) is None
    assert time.process_time() - begun < 2


@given(st.binary(max_size=200))
def test_any_bytes_at_all_raise_nothing(content: bytes) -> None:
    case_file_in(content)
    case_file_in(stream(content))
    case_file_in(stream(content, b""))


@given(st.integers(0, len(COPY) - 1), st.binary(min_size=1, max_size=20))
def test_a_copy_that_was_spoilt_gives_the_case_file_or_nothing(place: int, spoilt: bytes) -> None:
    found = case_file_in(COPY[:place] + spoilt + COPY[place + len(spoilt) :])
    assert found in (None, CASE)
