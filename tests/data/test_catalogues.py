"""Every message in every catalogue: there, whole, with its placeholders, and in its language."""

from __future__ import annotations

import ast
import re

import pytest
from catalogues import catalogue, faults, messages, translated
from sampled import languages

from webapp.cli import main
from webapp.language import BY_ID, ENGLISH, LANGUAGES
from webapp.places import translations_folder

OTHERS = languages(but=(ENGLISH.id,))


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_and_no_other(language: str) -> None:
    there = {id for id, forms in translated(language) if all(forms)}
    assert sorted(map(str, messages() - there)) == []
    assert sorted(map(str, there - messages())) == []
    assert not [message.id for message in catalogue(language) if message.id and message.fuzzy]


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_broken_or_left_in_english(language: str) -> None:
    wrong = [
        (id, forms, fault) for id, forms in translated(language) for fault in faults(language, id, forms)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("forms", "fault"),
    [
        (("Proszę wysłać do {when}",), ""),
        (("Proszę wysłać",), "placeholders {}"),
        (("Proszę wysłać do {when} {when}",), "placeholders {'{when}': 2}"),
        (("",), "empty"),
        (("Please send it to the council by {when}",), "not translated"),
        (("Proszę: they must have it before {when}",), "English left over"),
        (("Proszę 'wysłać' do {when}",), "sign U+0027"),
        (("Proszę\u200f wysłać do {when}",), "sign U+200F"),
        (("Proszę (wysłać do {when}",), "( without )"),
        (("Proszę wysłać do {when} ",), "space at an end"),
    ],
)
def test_a_fault_is_found(forms: tuple[str, ...], fault: str) -> None:
    found = list(faults("pl", "Please send it to the council by {when}", forms))
    assert (fault in found) if fault else not found


@pytest.mark.parametrize("language", OTHERS)
def test_each_catalogue_says_who_has_reviewed_it(language: str) -> None:
    head = catalogue(language).header_comment
    reviewed = BY_ID[language].reviewed
    assert re.findall(r"^# Reviewed: (.*)$", head, re.M) == list(reviewed)
    assert ("# Reviewed by a named person: nobody yet." in head) == (not reviewed)


def test_every_folder_of_translations_is_a_language_and_none_is_missing() -> None:
    folders = sorted(path.name for path in translations_folder().iterdir() if path.is_dir())
    assert folders == sorted(language.locale for language in LANGUAGES if language is not ENGLISH)


def test_the_table_of_languages_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["languages"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0] == "id"
    assert [row.split()[0] for row in rows] == [language.id for language in LANGUAGES]
    assert all(re.search(r"  100 %  ", row) for row in rows)
    assert sum("nobody yet" in row for row in rows) == len(
        [each for each in LANGUAGES[1:] if not each.reviewed]
    )


def test_every_sentence_that_the_code_says_is_a_message() -> None:
    """What stands inside an f-string is not found by those who gather the messages."""
    known = {part for id in messages() for part in ([id] if isinstance(id, str) else id)}
    unknown = []
    for path in (translations_folder().parent / "webapp").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))) if "node_modules" not in path.parts else ():
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in ("say", "_say", "N_") and node.args[0].value not in known:
                    unknown.append((path.name, node.args[0].value))
    assert unknown == []
