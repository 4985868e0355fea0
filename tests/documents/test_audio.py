"""Letters read aloud: what the MP3 holds, whose voice it is, and what it must never do."""

from __future__ import annotations

import base64
import ctypes
import shutil
import subprocess
import sys
import threading
from dataclasses import replace

import espeakng_loader
import pytest
from letters_to_print import PLAIN, WELSH
from playwright.sync_api import sync_playwright

from webapp.documents import audio, render
from webapp.documents.audio import BIT_RATE, TooLongToHear
from webapp.documents.spoken import spoken
from webapp.documents.voice import SAMPLE_BYTES, SAMPLE_RATE, VoiceMissing, say
from webapp.language import read_words
from webapp.letters.model import Letter, OwnWords
from webapp.places import translations_folder

# Of MPEG 2, layer III: kilobits a second by their number in a frame’s head, and samples in a frame.
BIT_RATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
FRAME_SAMPLES = 576
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def seconds_of(mp3: bytes) -> float:
    """How long it plays. Every byte belongs to a frame: mono, MPEG 2, layer III, 22,050 a second."""
    at = frames = 0
    while at < len(mp3):
        head = int.from_bytes(mp3[at : at + 4], "big")
        assert head >> 17 == 0b111111111111001, f"no frame at {at}"
        assert BIT_RATES[head >> 12 & 15] == BIT_RATE
        assert head >> 10 & 3 == 0, "not 22,050 samples a second"
        assert head >> 6 & 3 == 3, "not mono"
        at += 72 * BIT_RATE * 1000 // SAMPLE_RATE + (head >> 9 & 1)
        frames += 1
    return frames * FRAME_SAMPLES / SAMPLE_RATE


def spoken_seconds(words: str, voice: str = "en-gb") -> float:
    return len(say(words, voice)) / SAMPLE_BYTES / SAMPLE_RATE


def phonemes(words: str) -> str:
    """How the voice that spoke last says the words, in the sounds’ international signs."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    content = ctypes.c_char_p(words.encode())
    left = ctypes.c_void_p(ctypes.cast(content, ctypes.c_void_p).value)
    found = []
    while left.value:
        found.append(library.espeak_TextToPhonemes(ctypes.byref(left), 1, 2).decode())
    return " ".join(found).replace("ˈ", "").replace("ˌ", "")


def words_said(letter: Letter) -> int:
    """How many words are in it, where “07700” is five."""
    sentences = spoken(letter, read_words(letter.language, translations_folder()))
    return sum(len(sentence.words.split()) for sentence in sentences)


# Most of the other Welsh letter is addresses, between which the voice rests.
WELSH_TEXT = (
    "Cefais y nodiadau ar 2 Tachwedd 2026, felly mae’r llythyr hwn o fewn yr amser. Rhoddodd y gweithiwr "
    "cymdeithasol ei hadroddiad imi wrth y drws, ddeng munud cyn y cyfarfod. Gofynnais am amser i’w ddarllen."
)
WELSH_STORY = replace(WELSH, sender=(), recipient=(), reference=(), blocks=(OwnWords((WELSH_TEXT,) * 8),))


@pytest.mark.parametrize("letter", [PLAIN, WELSH_STORY], ids=["english", "welsh"])
def test_a_letter_is_read_at_the_pace_of_a_calm_reader(letter: Letter) -> None:
    document = render(letter, "mp3")
    assert (document.media_type, document.extension) == ("audio/mpeg", "mp3")
    minutes = seconds_of(document.content) / 60
    assert 110 <= words_said(letter) / minutes <= 220
    assert len(document.content) / minutes == pytest.approx(BIT_RATE * 1000 / 8 * 60, rel=0.01)


def test_it_is_as_long_the_second_time() -> None:
    # The voice trembles a little, as it should: no two readings are the same to the sample.
    first, second = (seconds_of(render(PLAIN, "mp3").content) for _ in range(2))
    assert first == pytest.approx(second, abs=0.5)


def test_a_slower_reading_takes_longer() -> None:
    usual, slow = (seconds_of(audio.render(WELSH, "standard", rate)) for rate in (150, 100))
    assert slow > 1.2 * usual


def test_nothing_but_sound_is_in_the_file() -> None:
    content = render(PLAIN, "mp3").content
    assert content[:2] == b"\xff\xf3", "no tag before the sound"
    assert content[-128:-125] != b"TAG"
    for name in (b"Leanne", b"Hartley", b"conference", b"2026"):
        assert name not in content


@pytest.mark.parametrize(
    ("letter", "words", "sounds"),
    [
        (WELSH, "Llythyr", "ɬʌθør"),
        (WELSH, "2 Tachwedd", "daɨ tɑːxwɛð"),
        (WELSH, "Yn gywir", "ən ɡɨuɨr"),
        (PLAIN, "2 November 2026", "tuː nəʊvɛmbə tuː θaʊzənd ən twɛnti sɪks"),
        (PLAIN, "Llythyr", "lɪθ"),
    ],
)
def test_the_voice_is_that_of_the_letter_s_language(letter: Letter, words: str, sounds: str) -> None:
    for other in (PLAIN, WELSH, letter):  # whoever spoke before
        audio.render(replace(other, blocks=()), "standard")
    assert sounds in phonemes(words)


def test_a_language_without_a_voice_is_not_read_by_another_one() -> None:
    say("Annwyl", "cy")
    with pytest.raises(VoiceMissing):
        say("Waad ku mahadsan tahay", "so")


def test_what_is_typed_is_said_not_obeyed() -> None:
    assert spoken_seconds("not bold") < spoken_seconds("<b>not bold</b>") < 3
    assert spoken_seconds('one <break time="20s"/> two') < 8
    assert spoken_seconds("<audio src='x.wav'>one</audio>") > spoken_seconds("one")
    assert spoken_seconds("&lt;&amp;") > 0.5
    slow = "This is a sentence of some length."
    for order in ("\x0110S", "\x01300S", "\x01900A"):
        letters = [replace(PLAIN, blocks=(OwnWords((typed,)),)) for typed in (slow, f"{order} {slow}")]
        plain, typed = (seconds_of(render(letter, "mp3").content) for letter in letters)
        assert plain == pytest.approx(typed, abs=2), "it says the letters of the order, at the same pace"


def test_a_very_long_letter_is_read_whole_and_a_longer_one_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The social worker gave me her report at the door, ten minutes before the meeting. "
    long = replace(PLAIN, blocks=(OwnWords((words * (20_000 // len(words)),)),))
    seconds = seconds_of(render(long, "mp3").content)
    assert 110 <= words_said(long) / (seconds / 60) <= 220
    monkeypatch.setattr(audio, "MOST_MINUTES", 5)
    with pytest.raises(TooLongToHear, match="5 minutes"):
        render(long, "mp3")


@pytest.mark.parametrize(
    "typed", ["x" * 1000, "9" * 1000, "م" * 300, "!" * 5000, "😀" * 200, "\ud800", "\0a\0"]
)
def test_strange_words_are_no_fault(typed: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert seconds_of(render(replace(PLAIN, blocks=(OwnWords((typed,)),)), "mp3").content) > 20
    assert capfd.readouterr() == ("", "")


def test_several_letters_at_once_keep_their_own_voices() -> None:
    alone = {letter.language: seconds_of(render(letter, "mp3").content) for letter in (PLAIN, WELSH)}
    found: list[tuple[str, float]] = []

    def read(letter: Letter) -> None:
        found.append((letter.language, seconds_of(render(letter, "mp3").content)))

    threads = [threading.Thread(target=read, args=(letter,)) for letter in (PLAIN, WELSH) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(threads)
    for language, seconds in found:
        assert seconds == pytest.approx(alone[language], abs=0.5)


FORKED = """
import os, threading
from webapp.documents.voice import say
sound = len(say("The chair said that we had to begin.", "en-gb"))
welsh = "Yn Nhŷ’r Ysgol, gwelais ŵr â dŵr. " * 5
threading.Thread(target=lambda: [say(welsh, "cy") for _ in range(300)], daemon=True).start()
for _ in range(8):
    child = os.fork()
    if child == 0:
        again = len(say("The chair said that we had to begin.", "en-gb"))
        os._exit(0 if abs(again - sound) < sound / 20 else 3)
    assert os.waitpid(child, 0)[1] == 0
"""


def test_a_forked_process_speaks_even_when_its_parent_was_speaking() -> None:
    done = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


DECODED = """
async (content) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
  const sound = await new OfflineAudioContext(1, 1, 22050).decodeAudioData(bytes.buffer)
  const samples = sound.getChannelData(0)
  const window = sound.sampleRate / 100
  let silent = 0
  let loudest = 0
  for (let at = 0; at + window <= samples.length; at += window) {
    const peak = samples.subarray(at, at + window).reduce((most, each) => Math.max(most, Math.abs(each)), 0)
    if (peak < 0.01) silent += 1
    loudest = Math.max(loudest, peak)
  }
  return [sound.duration, sound.numberOfChannels, silent * window / samples.length, loudest]
}
"""


@pytest.mark.browser
def test_a_browser_plays_it() -> None:
    content = render(PLAIN, "mp3").content
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=CHROMIUM
        )
        page = chromium.new_page()
        seconds, channels, silent, loudest = page.evaluate(DECODED, base64.b64encode(content).decode())
        chromium.close()
    assert seconds == pytest.approx(seconds_of(content), abs=0.2)
    assert channels == 1
    assert 0.15 < silent < 0.5, "words, and rests between them"
    assert 0.3 < loudest < 1, "loud enough, and not cut off"
