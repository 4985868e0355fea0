"""What parents write in their own languages, and where a case of theirs leads."""

from __future__ import annotations

from answering_pages import TWO_LETTERS

# Each says: they spoke too fast, and nobody had booked an interpreter though I had asked for one twice.
OWN_WORDS = {
    "ar": "كانوا يتكلمون بسرعة كبيرة، ولم يحجز أحد مترجمًا مع أنني طلبت ذلك مرتين قبل الاجتماع بأسبوع.",
    "bn": "তাঁরা খুব তাড়াতাড়ি কথা বলছিলেন। আমি দুইবার দোভাষী চেয়েছিলাম, কিন্তু কেউ দোভাষী ঠিক করে রাখেননি।",
    "pl": "Mówili bardzo szybko, a tłumacza nikt nie zamówił, chociaż prosiłam o to dwa razy.",
}


def in_own_words(language: str) -> dict[str, object]:
    """The answers of a parent whose own words are in this language."""
    return TWO_LETTERS | {"details conference conference-run": OWN_WORDS[language]}
