"""What a parent takes away: letters in every format, size and language, the calendar, the next steps."""

from __future__ import annotations

import io
import re

import icalendar
import pypdfium2
import pytest
from visiting import Visitor

MINE = ("Leanne", "Hartley", "Kai", "Marmalade", "Durham", "conference", "child", "complaint", "council")


def words_of_pdf(content: bytes) -> str:
    """The text of a PDF on one line."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        text = " ".join(each.get_textpage().get_text_bounded() for each in document)
    finally:
        document.close()
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("size", ["standard", "large", "giant"])
@pytest.mark.parametrize("language", ["en", pytest.param("cy", id="welsh")])
def test_a_letter_comes_as_pdf_in_every_size_and_language(whole: Visitor, language: str, size: str) -> None:
    content = whole.download(f"/en/letter-1/{language}/{size}.pdf")
    assert whole.client.get(f"/en/letter-1/{language}/{size}.pdf").content_type == "application/pdf"
    said = words_of_pdf(content)
    assert "Marmalade: I had the report ten minutes before." in said
    assert "Leanne Hartley" in said
    assert ("November" in said) == (language == "en")
    assert ("Tachwedd" in said) == (language == "cy")


def test_a_letter_comes_as_text_and_as_one_html_file(whole: Visitor) -> None:
    text = whole.download("/en/letter-2/en/standard.txt").decode()
    assert "Wombat: she did not come." in text
    html = whole.download("/en/letter-2/en/large.html").decode()
    assert "Wombat: she did not come." in html
    assert "http://" not in html.replace("http://www.w3.org", "")


def test_every_file_that_the_plan_offers_is_there(whole: Visitor) -> None:
    plan = whole.get("/en/plan")
    links = [a.get("href", "") for a in plan.one("main").iter("a")]
    files = [link for link in links if re.search(r"\.[\w-]+$", link)]
    in_english, own_copy = 13, 1
    assert len(files) == 2 * (in_english + own_copy) + in_english + len(("calendar", "zip"))
    for link in files:
        if not link.endswith((".mp3", ".zip")):  # these take long, and have tests of their own
            assert whole.download(link)


@pytest.mark.parametrize(
    "address",
    [
        "letter-3/en/standard.pdf",
        "letter-0/en/standard.pdf",
        "letter-1/xx/standard.pdf",
        "letter-1/en/huge.pdf",
        "letter-1/en/standard.doc",
        "letter-1/en/standard.ics",
        "letter-1/en/large.txt",
        "letter-1/en/nonsense/standard.pdf",
        "letter-1/en/complaint.pdf",
        "letter-1/read/escalation",
        "letter-9/read",
        "next-steps/huge.pdf",
        "next-steps/standard.ics",
        "letter-1/en/your-copy/huge.pdf",
        "letter-3/en/your-copy/standard.pdf",
        "letter-1/xx/your-copy/standard.pdf",
    ],
)
def test_a_file_that_there_is_not_says_so(whole: Visitor, address: str) -> None:
    assert whole.get(f"/en/{address}", status=404).h1 == "We could not find that page"


def test_no_name_of_a_file_tells_anything(whole: Visitor) -> None:
    names = []
    for address in (
        "letter-1/en/standard.pdf",
        "letter-2/en/standard.txt",
        "calendar.ics",
        "next-steps/large.pdf",
        "letter-1/en/giant.docx",
        "letter-1/en/standard.brf-grade-1",
        "letter-1/en/your-copy/large.pdf",
    ):
        response = whole.client.get(f"/en/{address}")
        assert response.headers["Cache-Control"] == "no-store"
        names.append(response.headers["Content-Disposition"].partition("filename=")[2].strip('"'))
    assert names == [
        "letter-1.pdf",
        "letter-2.txt",
        "dates.ics",
        "next-steps-large-print.pdf",
        "letter-1-giant-print.docx",
        "letter-1-grade-1.brf",
        "letter-1-your-copy-large-print.pdf",
    ]


def test_the_calendar_tells_a_stranger_nothing(whole: Visitor) -> None:
    content = whole.download("/en/calendar.ics")
    calendar = icalendar.Calendar.from_ical(content)
    events = calendar.walk("VEVENT")
    assert str(events[0]["SUMMARY"]) == "Letter 1: send today"
    assert events[0].decoded("DTSTART").isoformat() == "2026-11-30"
    for event in events:
        assert str(event["SUMMARY"]) in (
            "Letter 1: send today",
            "Letter 2: send today",
            "Letter 1: look for an answer",
            "Letter 2: look for an answer",
            "Letter 2: last day to go further",
        )
        assert len(event.walk("VALARM")) == 1
    text = content.decode().lower()
    for word in MINE:
        assert word.lower() not in text
    assert content == whole.download("/en/calendar.ics"), (
        "the same entries, so that a second import adds none"
    )


def test_the_sheet_of_next_steps_has_every_date_of_the_plan(whole: Visitor) -> None:
    for size in ("standard", "large"):
        said = words_of_pdf(whole.download(f"/en/next-steps/{size}.pdf"))
        assert "30 November" in said
        assert "2 Dec" in said
    assert "Tachwedd" in words_of_pdf(whole.download("/cy/next-steps/standard.pdf"))


def test_a_name_that_no_font_has_is_named_before_the_file_is_made(whole: Visitor) -> None:
    whole.get("/en/name?from=check")
    page = whole.submit(422, you__name="Leanne 𓀀 Hartley")
    assert "We cannot print 𓀀. Take it out, or use words instead" in page.text
