"""The command line: what each command prints or writes, and the one line with which it refuses."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from routing import PLACES

from webapp.cli import main

TWO = {"concerns": ["conference-run", "worker"], "conference": {"conference": "2026-10-20"}}
TODAY = "2026-11-23"


@pytest.fixture
def case(tmp_path: Path) -> Callable[..., str]:
    """Writes a case file and gives its path."""

    def write(place: str = "durham", today: str = TODAY, **answers: Any) -> str:
        path = tmp_path / "case.json"
        path.write_text(json.dumps({"case": 1, "today": today, "answers": PLACES[place] | (answers or TWO)}))
        return str(path)

    return write


@pytest.fixture
def heard(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that works, and gives what it prints."""

    def run(*words: object) -> str:
        assert main([str(word) for word in words]) == 0, capsys.readouterr().err
        said = capsys.readouterr()
        assert said.err == ""
        return said.out

    return run


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that is refused with status 2, and gives the one line that says why."""

    def run(*words: object) -> str:
        try:
            status: object = main([str(word) for word in words])
        except SystemExit as stopped:
            status = stopped.code
        said = capsys.readouterr()
        assert status == 2
        assert said.out == ""
        assert said.err.startswith("heard")
        assert said.err.count("\n") == 1, said.err
        return said.err.strip()

    return run


Command = Callable[..., str]
Case = Callable[..., str]


# route


def test_route_prints_the_letters_with_their_dates(heard: Command, case: Case) -> None:
    conference = {"conference": "2026-10-20", "notes-received": "2026-10-30"}
    found = json.loads(heard("route", case(concerns=["conference-run"], conference=conference)))
    assert list(found) == ["letters", "signposts", "notices"]
    (letter,) = found["letters"]
    assert (letter["procedure"], letter["stage"], letter["kind"]) == (
        "conference-durham",
        "stage-1",
        "complaint",
    )
    assert letter["deadlines"][0] == {
        "rule": "DUR-21",
        "who": "you",
        "due": "2026-11-27",
        "act_by": "2026-11-27",
        "state": "open",
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "this is not a JSON file"),
        (b"{", "this is not a JSON file"),
        (b"\xff\xfe", "this is not a JSON file"),
        (b"[" * 200_000, "this is not a JSON file"),
        (b"[]", "case: this is not a case file"),
        (b"{}", "case: this must be a case file of version 1"),
        (b'{"case": 1}', "answers: the answers are missing"),
        (b'{"case": 1, "answers": {"nation": "mars"}}', "nation: \u201cmars\u201d is not known here"),
        (
            b'{"case": 1, "answers": {"nation": "wales", "authority": "E06000047", "concerns": ["worker"]}}',
            "authority: ",
        ),
        (b'{"case": 1, "answers": {}, "answer": {}}', "answer: this key is not known"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    refused: Command, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(content)
    for command in ("route", "letter"):
        assert said in refused(command, path)


def test_a_file_that_is_not_there_is_refused(refused: Command, tmp_path: Path) -> None:
    assert "none.json: No such file" in refused("route", tmp_path / "none.json")
    assert "Is a directory" in refused("route", tmp_path)


def test_a_date_beyond_the_known_bank_holidays_is_refused(refused: Command, case: Case) -> None:
    later = case(today="2035-01-02", concerns=["worker"])
    assert "bank holidays" in refused("route", later)


@pytest.mark.parametrize(
    "words", [[], ["write"], ["route"], ["route", "a", "b"], ["letter", "x", "--colour", "red"]]
)
def test_a_command_that_there_is_not_is_refused_in_one_line(refused: Command, words: list[str]) -> None:
    assert "see heard" in refused(*words)


# letter


@pytest.mark.parametrize("language", ["en", pytest.param("cy", id="welsh")])
@pytest.mark.parametrize(
    ("format", "size"),
    [("pdf", "standard"), ("pdf", "large"), ("html", "standard"), ("html", "large"), ("txt", "standard")],
)
def test_a_letter_in_each_format_size_and_language(
    heard: Command, case: Case, tmp_path: Path, format: str, size: str, language: str
) -> None:
    output = tmp_path / f"mine.{format}"
    said = heard(
        "letter", case(), "--letter", "services", "--format", format, "--size", size,
        "--language", language, "--output", output,
    )  # fmt: skip
    assert said == f"{output}\n"
    content = output.read_bytes()
    if format == "pdf":
        document = pypdfium2.PdfDocument(io.BytesIO(content))
        text = "".join(each.get_textpage().get_text_bounded() for each in document)
        document.close()
    else:
        text = content.decode("utf-8")
    assert ("November" if language == "en" else "Tachwedd") in text


def test_the_dates_as_a_calendar(heard: Command, case: Case, tmp_path: Path) -> None:
    output = tmp_path / "dates.ics"
    heard("letter", case(), "--format", "ics", "--output", output)
    assert output.read_text().startswith("BEGIN:VCALENDAR")


def test_without_a_letter_s_name_all_come_into_a_folder_or_a_zip(
    heard: Command, case: Case, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    said = heard("letter", case(), "--format", "txt", "--output", folder)
    assert said.split() == [str(folder / "letter-1.txt"), str(folder / "letter-2.txt")]
    archive = tmp_path / "letters.zip"
    assert heard("letter", case(), "--format", "txt", "--output", archive) == f"{archive}\n"
    with zipfile.ZipFile(archive) as opened:
        assert opened.namelist() == ["letter-1.txt", "letter-2.txt"]
        assert opened.read("letter-1.txt") == (folder / "letter-1.txt").read_bytes()


def test_without_an_output_the_letters_come_here(
    heard: Command, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = case()
    monkeypatch.chdir(tmp_path)
    assert heard("letter", path, "--format", "txt").split() == ["letter-1.txt", "letter-2.txt"]
    assert (tmp_path / "letter-2.txt").exists()


def test_nothing_is_written_over_without_force(
    heard: Command, refused: Command, case: Case, tmp_path: Path
) -> None:
    for name in ("letters", "letters.zip"):
        output = tmp_path / name
        words = ("letter", case(), "--format", "txt", "--output", output)
        heard(*words)
        assert "is there already; use --force" in refused(*words)
        heard(*words, "--force")
    one = tmp_path / "mine.txt"
    one.write_text("mine")
    words = ("letter", case(), "--letter", "services", "--format", "txt", "--output", one)
    assert "use --force" in refused(*words)
    assert one.read_text() == "mine"
    folder = tmp_path / "half"
    folder.mkdir()
    (folder / "letter-2.txt").write_text("mine")
    assert "letter-2.txt is there already" in refused("letter", case(), "--format", "txt", "--output", folder)
    assert not (folder / "letter-1.txt").exists(), "all or nothing"


def test_one_letter_goes_into_a_folder_or_under_a_name_with_an_ending(
    heard: Command, case: Case, tmp_path: Path
) -> None:
    path = case(concerns=["worker"])
    folder, file, chosen = tmp_path / "folder", tmp_path / "mine.txt", tmp_path / "mine"
    assert heard("letter", path, "--format", "txt", "--output", folder) == f"{folder / 'letter-1.txt'}\n"
    assert heard("letter", path, "--format", "txt", "--output", file) == f"{file}\n"
    words = ("--letter", "services", "--format", "txt", "--output", chosen)
    assert heard("letter", path, *words) == f"{chosen}\n"
    assert chosen.read_bytes() == file.read_bytes()


def test_several_letters_do_not_fit_into_one_file(refused: Command, case: Case, tmp_path: Path) -> None:
    output = tmp_path / "there.txt"
    output.write_text("mine")
    assert "several letters" in refused("letter", case(), "--format", "txt", "--output", output)
    assert output.read_text() == "mine"


@pytest.mark.parametrize(
    ("option", "value", "works"),
    [
        ("--format", "doc", "pdf, docx, txt, html, brf, brf-grade-1, mp3, ics"),
        ("--format", "PDF", "pdf, docx, txt, html, brf, brf-grade-1, mp3, ics"),
        ("--size", "huge", "standard, large, giant"),
        ("--language", "xx", "en, cy, pl, "),
        ("--letter", "police", "conference, services"),
        ("--kind", "poem", ""),
    ],
)
def test_what_there_is_not_is_refused_with_what_works(
    refused: Command, case: Case, tmp_path: Path, option: str, value: str, works: str
) -> None:
    words = ["letter", case(), "--output", str(tmp_path / "out"), option, value]
    if option == "--kind":
        words += ["--letter", "services"]
    said = refused(*words)
    assert value in said
    assert works in said
    assert not (tmp_path / "out").exists()


def test_large_print_of_a_plain_text_is_refused(refused: Command, case: Case, tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    assert "standard" in refused("letter", case(), "--format", "txt", "--size", "large", "--output", output)


WAITS = {
    "concerns": ["conference-run"],
    "conference": {"reached": "stage-1-sent", "complaint-sent": "2026-11-20"},
}
ENDS = {"concerns": ["conference-run"], "conference": {"reached": "stage-2-replied"}}


@pytest.mark.parametrize("answers", [WAITS, ENDS], ids=["waiting", "at-the-end"])
def test_where_no_letter_is_due_one_line_says_so(
    refused: Command, case: Case, tmp_path: Path, answers: dict[str, Any]
) -> None:
    path = case("carmarthenshire", **answers)
    assert "no letter is due" in refused("letter", path, "--output", tmp_path / "out")
    assert "no letter is due" in refused(
        "letter", path, "--letter", "conference", "--output", tmp_path / "out"
    )
    assert not (tmp_path / "out").exists()


def test_elsewhere_and_court_alone_have_no_letter(refused: Command, case: Case, tmp_path: Path) -> None:
    for path in (case("elsewhere", role="parent"), case(concerns=["court"])):
        refused("letter", path, "--output", tmp_path / "out")


def test_an_enquiry_can_be_chosen_where_no_time_is_written(
    heard: Command, case: Case, tmp_path: Path
) -> None:
    output = tmp_path / "enquiry.txt"
    heard(
        "letter", case("england", **WAITS), "--letter", "conference", "--kind", "enquiry",
        "--format", "txt", "--output", output,
    )  # fmt: skip
    assert "20 November 2026" in output.read_text()


def test_a_character_that_no_font_has_is_named(refused: Command, case: Case, tmp_path: Path) -> None:
    path = case(concerns=["worker"], you={"name": "Leanne 😀", "reply-by": []})
    assert "😀" in refused("letter", path, "--output", tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_a_folder_that_cannot_be_made_is_refused(refused: Command, case: Case, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = refused("letter", case(), "--format", "txt", "--output", tmp_path / "file" / "letters")
    assert "file" in said


# The data


def test_check_says_that_the_data_is_in_order_and_what_can_be_answered(heard: Command) -> None:
    said = heard("check")
    assert said.startswith("The data is in order: ")
    assert "175 authorities" in said
    assert "you.reply-by: post email phone" in said
    assert "support.reply-format: standard large-print braille audio easy-read" in said


def test_draw_draws_the_tree(heard: Command, tmp_path: Path) -> None:
    drawn = heard("draw")
    assert ElementTree.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"
    output = tmp_path / "tree.svg"
    assert heard("draw", "--output", output) == f"{output}\n"
    assert output.read_text(encoding="utf-8").strip() == drawn.strip()


def test_routes_prints_one_line_a_route(heard: Command) -> None:
    lines = heard("routes").splitlines()
    assert len(lines) > 100
    assert all("\t" in line for line in lines if line and not line.startswith("#"))


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    for command in ("route", "letter", "check", "draw", "routes"):
        assert command in said
