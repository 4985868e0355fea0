"""The voice that reads aloud: eSpeak NG, which turns words into samples of sound."""

from __future__ import annotations

import ctypes
import os
import threading
from functools import cache

import espeakng_loader

# Samples in a second. It is what eSpeak NG’s voices are made in, and `_library` checks it.
SAMPLE_RATE = 22050
SAMPLE_BYTES = 2
WORDS_A_MINUTE = 150

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_RATE = 1
_FROM_CHARACTER = 1
# Plain UTF-8. Without the flags for SSML and for phonemes, no mark that somebody typed is an order.
_PLAIN = 1

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class VoiceMissing(RuntimeError):
    """eSpeak NG cannot be used here, or has no voice for the language."""


class _Voice(ctypes.Structure):
    """espeak_VOICE. Each of `languages` is one byte of priority and a tag that ends with a zero."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("private", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


# The library keeps one state for the whole process: one sentence at a time.
_lock = threading.Lock()
# A process is forked between two sentences, and no child gets a lock that nobody opens.
os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release)
_samples = bytearray()


def _take(samples: int | None, count: int, events: int | None) -> int:
    """Called by the library with each piece of sound; 0 asks it to go on."""
    if samples and count > 0:
        _samples.extend(ctypes.string_at(samples, count * SAMPLE_BYTES))
    return 0


# Kept for as long as the library may call it.
_TAKE = _Callback(_take)


@cache
def _library() -> ctypes.CDLL:
    """The library, ready to speak: loaded once in a process, with the first words that are said."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_SetSynthCallback.restype = None
    library.espeak_SetVoiceByProperties.argtypes = [ctypes.POINTER(_Voice)]
    library.espeak_GetCurrentVoice.restype = ctypes.POINTER(_Voice)
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    data = espeakng_loader.get_data_path().encode()
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DO_NOT_EXIT)
    if rate != SAMPLE_RATE:
        raise VoiceMissing(f"eSpeak NG did not start: {rate}")
    library.espeak_SetSynthCallback(_TAKE)
    return library


def say(text: str, voice: str, words_a_minute: int = WORDS_A_MINUTE) -> bytes:
    """The text said by the voice of this language tag: mono samples of 16 bits, SAMPLE_RATE in a second.

    What the text holds is said, never obeyed. Give it a sentence at a time: nobody else can speak meanwhile.
    Raises VoiceMissing, and OSError where the library cannot be loaded.
    """
    content = text.encode("utf-8", "ignore").replace(b"\0", b" ")
    with _lock:
        library = _library()
        _choose(library, voice)
        library.espeak_SetParameter(_RATE, words_a_minute, 0)
        try:
            # The size counts the zero that ctypes puts behind the bytes.
            failed = library.espeak_Synth(
                content, len(content) + 1, 0, _FROM_CHARACTER, 0, _PLAIN, None, None
            )
            if failed:
                raise VoiceMissing(f"eSpeak NG did not speak: {failed}")
            return bytes(_samples)
        finally:
            _samples.clear()


def _choose(library: ctypes.CDLL, voice: str) -> None:
    """Takes the voice. A tag that the library does not know would leave the last one speaking: refuse it."""
    tag = voice.encode()
    failed = library.espeak_SetVoiceByProperties(ctypes.byref(_Voice(languages=tag)))
    if failed or (library.espeak_GetCurrentVoice().contents.languages or b"")[1:] != tag:
        raise VoiceMissing(f"eSpeak NG has no voice “{voice}”")
