"""A letter as an MP3: read aloud by the voice of its language."""

from __future__ import annotations

import lameenc

from webapp.documents.model import DocumentError
from webapp.documents.spoken import spoken
from webapp.documents.voice import SAMPLE_BYTES, SAMPLE_RATE, WORDS_A_MINUTE, say
from webapp.language import BY_ID, N_, read_words
from webapp.letters.model import Letter
from webapp.places import translations_folder

# In kilobits a second. At 24 the consonants lose their edge; above 32 a file only grows: 240 KB a minute.
BIT_RATE = 32
# The voice takes some milliseconds more or less each time. It ends on a whole piece of two seconds, so that
# the same letter has the same length to a player that asks for it in parts.
_WHOLE = 2 * SAMPLE_RATE * SAMPLE_BYTES
# LAME’s fast one. At this rate it is also the nearest to what was said.
_QUALITY = 7
# A letter of ordinary length takes three to ten. This much takes a processor about fifteen seconds to make.
MOST_MINUTES = 90


class TooLongToHear(DocumentError):
    """The letter would be read for hours, which nobody hears, and keep everybody else waiting."""

    message = N_(
        "This letter is too long to read aloud: it would take more than {minutes} minutes. "
        "Make your own words shorter."
    )

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes=str(minutes))


def render(letter: Letter, size: str, words_a_minute: int = WORDS_A_MINUTE) -> bytes:
    """The letter read aloud: MP3, mono, the same bit rate throughout. There is one size of it.

    No title, name or date stands in the file beside the sound. Raises TooLongToHear.
    """
    language = BY_ID[letter.language]
    words = read_words(letter.language, translations_folder())
    encoder = _encoder()
    made = bytearray()
    left = longest = MOST_MINUTES * 60 * SAMPLE_RATE * SAMPLE_BYTES
    for sentence in spoken(letter, words):
        sound = say(sentence.words, language.voice, words_a_minute) + _silence(sentence.pause)
        left -= len(sound)
        if left < 0:
            raise TooLongToHear(MOST_MINUTES)
        made += encoder.encode(sound)
    made += encoder.encode(bytes(-(longest - left) % _WHOLE))
    made += encoder.flush()
    return bytes(made)


def _encoder() -> lameenc.Encoder:
    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(SAMPLE_RATE)
    encoder.set_channels(1)
    encoder.set_bit_rate(BIT_RATE)
    encoder.set_quality(_QUALITY)
    encoder.silence()
    return encoder


def _silence(seconds: float) -> bytes:
    return bytes(round(seconds * SAMPLE_RATE) * SAMPLE_BYTES)
