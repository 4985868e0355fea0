"""Voices: each says the words of its own language, and spells none of them in another’s letters."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pytest
from sampled import languages

from webapp.documents import voice
from webapp.language import BY_ID, ENGLISH, LANGUAGES, read_words
from webapp.places import translations_folder

SPEAKING = [language.id for language in LANGUAGES if language.voice]
_UTF_8, _IPA = 1, 2
_ASIDE = re.compile(r"\([^)]*\)|（[^）]*）|\{+[^}]*\}+|%\(\w+\)s")


def sounds(text: str, tag: str) -> str:
    """How the voice says a text, in the signs of the International Phonetic Alphabet."""
    library = voice._library()
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]
    voice._choose(library, tag)
    given = ctypes.create_string_buffer(text.encode())
    place, said = ctypes.c_void_p(ctypes.addressof(given)), []
    while place.value:
        said.append((library.espeak_TextToPhonemes(ctypes.byref(place), _UTF_8, _IPA) or b"").decode())
    return " ".join(said)


def is_spelled(word: str, sound: str) -> bool:
    """Whether so much is said that the word is spelled out, letter by letter."""
    return len(re.sub(r"\W", "", sound)) > 2.5 * len(word) + 4


def common_words(language: str) -> Iterator[str]:
    """The words that the catalogue of a language has most often, but for English ones, in its own letters."""
    there = read_words(language, translations_folder()).catalogue._catalog  # type: ignore[attr-defined]
    counted = Counter(_words(" ".join(there.values())))
    for word in _words(" ".join(id if isinstance(id, str) else id[0] for id in there)):
        del counted[word]
    latin = sum(unicodedata.name(word[0]).startswith("LATIN") for word in counted) > len(counted) / 2
    for word, often in counted.most_common(700):
        if len(word) > 1 and often > 3 and unicodedata.name(word[0]).startswith("LATIN") == latin:
            yield word


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w\u0900-\u0dff\u200c’-]*", _ASIDE.sub(" ", text).casefold())


@pytest.mark.parametrize("language", languages(only=SPEAKING, but=(ENGLISH.id,)))
def test_a_voice_says_the_words_of_its_language_as_its_own(language: str) -> None:
    words, tag = list(common_words(language)), BY_ID[language].voice
    said = {word: sounds(word, tag) for word in words}
    assert len(said) > 150
    foreign = [word for word, sound in said.items() if "(" in sound]
    assert len(foreign) <= len(said) / 100, foreign
    assert not [word for word, sound in said.items() if not sound.strip(" ,ˈ")]
    spelled = [(word, sound) for word, sound in said.items() if is_spelled(word, sound)]
    assert len(spelled) <= len(said) / 100, spelled


@pytest.mark.parametrize(("word", "tag"), [("رسالة", "pl"), ("চিঠি", "ro"), ("ደብዳቤ", "es")])
def test_a_voice_that_does_not_know_a_script_is_noticed(word: str, tag: str) -> None:
    sound = sounds(word, tag)
    assert "(" in sound or not sound.strip(" ,ˈ") or len(re.sub(r"\W", "", sound)) > 2.5 * len(word) + 4, (
        sound
    )
