"""The commands that make files: every format, the plan, the pack, folders of cases, and the library."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from routing import PLACES

from webapp.cli import main
from webapp.documents import offers
from webapp.documents.carried import case_file_in
from webapp.language import BY_ID

Run = Callable[..., tuple[int, str, str]]
TWO = {"concerns": ["conference-run", "worker"], "conference": {"conference": "2026-10-20"}}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command, and gives its status, what it prints, and what it says on standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as stopped:
            status = int(str(stopped.code))
        said = capsys.readouterr()
        return status, said.out.strip(), said.err.strip()

    return run


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A folder of four case files: two that open letters, one that waits, and one that is broken."""
    folder = tmp_path / "cases"
    (folder / "more").mkdir(parents=True)
    waiting = {"concerns": ["conference-run"], "conference": {"reached": "stage-1-sent"}}
    for name, answers in {"two": TWO, "more/one": {"concerns": ["worker"]}, "waits": waiting}.items():
        document = {"case": 1, "today": "2026-11-23", "answers": PLACES["durham"] | answers}
        (folder / f"{name}.json").write_text(json.dumps(document))
    (folder / "broken.json").write_text("{")
    return folder


@pytest.mark.parametrize("language", ["en", pytest.param("cy", id="welsh")])
def test_a_letter_comes_in_every_format_that_its_language_has(
    run: Run, cases: Path, tmp_path: Path, language: str
) -> None:
    for offer in offers(BY_ID[language]):
        look = ("--format", offer.format.id, "--size", offer.size, "--language", language)
        output = tmp_path / offer.file_name("mine")
        status, said, _ = run("letter", cases / "two.json", "--letter", "services", *look, "--output", output)
        assert (status, said) == (0, str(output))
        assert output.stat().st_size > 500


def test_braille_that_a_language_does_not_have_is_refused_with_what_to_take_instead(
    run: Run, cases: Path, tmp_path: Path
) -> None:
    words = ("letter", cases / "two.json", "--format", "brf-grade-1", "--language", "cy")
    status, _, said = run(*words, "--output", tmp_path / "out")
    assert status == 2
    assert said == ("heard: There is no “brf-grade-1” in this language yet (Cymraeg). Take “brf” instead.")


def test_the_letter_to_send_carries_nothing_and_the_parent_s_copy_the_case(
    run: Run, cases: Path, tmp_path: Path
) -> None:
    path = cases / "two.json"
    run("letter", path, "--output", tmp_path / "out")
    assert case_file_in((tmp_path / "out" / "letter-1.pdf").read_bytes()) is None
    status, said, _ = run("letter", path, "--copy", "--output", tmp_path / "out")
    assert (status, said.splitlines()[0]) == (0, str(tmp_path / "out" / "letter-1-your-copy.pdf"))
    assert case_file_in((tmp_path / "out" / "letter-1-your-copy.pdf").read_bytes()) == path.read_bytes()
    status, _, said = run("letter", path, "--copy", "--format", "docx", "--output", tmp_path / "out")
    assert status == 2
    assert "only a PDF can carry the answers" in said


def test_a_folder_of_cases_names_what_failed_and_makes_the_rest(
    run: Run, cases: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    status, out, said = run("letter", cases, "--format", "txt", "--output", output)
    assert (status, out) == (2, "")
    made = sorted(path.relative_to(output).as_posix() for path in output.rglob("*.txt"))
    assert made == ["more/one/letter-1.txt", "two/letter-1.txt", "two/letter-2.txt"]
    assert f"{cases / 'waits.json'}: no letter is due now" in said
    assert f"{cases / 'broken.json'}: {cases / 'broken.json'}: this is not a JSON file" in said
    assert f"3 files of 2 cases are in {output}; 4 case files were read" in said
    assert said.splitlines()[-1] == "1 could not be made"


def test_a_folder_in_which_all_is_well_says_how_many_letters_it_made(
    run: Run, cases: Path, tmp_path: Path
) -> None:
    (cases / "broken.json").unlink()
    status, said, progress = run("letter", cases, "--format", "txt", "--output", tmp_path / "out")
    assert status == 0
    assert said.splitlines()[-1].startswith("3 files of 2 cases are in")
    assert progress.splitlines()[-1] == "3 of 3, done"
    again = run("letter", cases, "--format", "txt", "--output", tmp_path / "out")
    assert again[0] == 2
    assert "is there already; use --force" in again[2]
    assert run("letter", cases, "--format", "txt", "--output", tmp_path / "out", "--force")[0] == 0


def test_a_folder_without_a_case_file_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, _, said = run("letter", tmp_path / "empty")
    assert status == 2
    assert said == f"heard: {tmp_path / 'empty'}: there is no case file (.json) in this folder"


@pytest.mark.parametrize("format", ["pdf", "docx", "txt", "html", "brf", "ics"])
def test_the_plan_comes_in_every_format(run: Run, cases: Path, tmp_path: Path, format: str) -> None:
    status, said, _ = run("plan", cases / "two.json", "--format", format, "--output", tmp_path / "out")
    assert status == 0
    assert Path(said).name == ("dates.ics" if format == "ics" else f"next-steps.{format}")
    content = Path(said).read_bytes()
    if format == "ics":
        assert icalendar.Calendar.from_ical(content).walk("VEVENT")
    elif format == "txt":
        assert "For you to keep. Do not send." in content.decode()
        assert "The chair meets you." in content.decode()


def test_the_pack_holds_everything_and_a_page_that_says_what_it_is(
    run: Run, cases: Path, tmp_path: Path
) -> None:
    path = cases / "more" / "one.json"
    output = tmp_path / "pack.zip"
    assert run("pack", path, "--language", "cy", "--output", output)[0] == 0
    with zipfile.ZipFile(output) as pack:
        names = pack.namelist()
        assert {"letter-1.pdf", "letter-1-giant-print.pdf", "letter-1.docx", "letter-1.brf"} <= set(names)
        assert {"letter-1-cy.pdf", "letter-1-cy-your-copy.pdf", "letter-1-cy.mp3"} <= set(names)
        assert {"next-steps.pdf", "next-steps.mp3", "dates.ics", "saved-answers.json"} <= set(names)
        contents = pack.read("contents.html").decode()
        assert pack.read("saved-answers.json") == path.read_bytes()
        assert case_file_in(pack.read("letter-1-cy-your-copy.pdf")) == path.read_bytes()
        assert case_file_in(pack.read("letter-1.pdf")) is None
        assert len(names) == len(set(names))
        for name in names:
            assert name == "contents.html" or f'href="{name}"' in contents
    status, _, said = run("pack", path, "--output", output)
    assert status == 2
    assert "use --force" in said


def test_a_pack_leaves_out_what_cannot_be_made_and_says_why(run: Run, cases: Path, tmp_path: Path) -> None:
    path = cases / "more" / "one.json"
    document = json.loads(path.read_text())
    document["answers"]["you"] = {"name": "Leanne 𓀀 Hartley"}
    path.write_text(json.dumps(document))
    assert run("pack", path, "--output", tmp_path / "pack.zip")[0] == 0
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        assert "letter-1.pdf" not in pack.namelist()
        assert "letter-1.docx" in pack.namelist()
        assert "These characters cannot be printed: 𓀀." in pack.read("contents.html").decode()


def test_the_library_is_made_once_and_goes_on_where_it_stopped(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    words = ("templates", "--output", folder, "--language", "en", "--format", "txt", "--format", "brf")
    status, said, _ = run(*words)
    assert status == 0
    # Beside the letters lies the mark of the edition.
    count = len([*folder.rglob("*.txt"), *folder.rglob("*.brf")]) - 1
    assert said == f"{count} made, 0 were there already: {count} files in {folder}"
    complaint = folder / "en/england/conference-durham/stage-1/complaint.txt"
    before = complaint.stat().st_mtime_ns
    (folder / "en/england/police/stage-1/complaint.txt").unlink()
    assert run(*words)[1] == f"1 made, {count - 1} were there already: {count} files in {folder}"
    assert complaint.stat().st_mtime_ns == before
    (folder / "edition.txt").write_text("an older one")
    assert run(*words)[1].startswith(f"{count} made, 0 were there already")


def test_the_library_goes_into_one_zip(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "all.zip"
    words = ("templates", "--output", tmp_path / "library", "--language", "cy", "--format", "txt")
    assert run(*words, "--zip", output)[0] == 0
    with zipfile.ZipFile(output) as library:
        assert library.testzip() is None
        assert "cy/wales/conference-carmarthenshire/stage-2/escalation.txt" in library.namelist()
