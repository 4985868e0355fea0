"""flows/ changes under a case that is half answered: nothing that still counts is lost or put elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from half_way import PAGE, WORDS, half_way
from running import Site, own_tree
from seeing import answers, letter
from visiting import Visitor

from webapp.flows.law import Law

_ADDED = """[[question]]
id = "one-more-page"
part = "what"
kind = "read"
title = "Something new to know"
label = "Something new"
when = { nation = ["england", "wales"] }
rules = ["DUR-16"]

"""


def reorder_law(tree: Path) -> None:
    """A new version that asks the same, but in which the second letter comes first."""
    file = tree / "flows" / "letters.toml"
    head, first, second, *others = re.split(r"(?m)^(?=\[\[letter\]\]\n)", file.read_text())
    file.write_text("".join((head, second, first, *others)))


def change_law(tree: Path) -> None:
    """A new version with a page and a question more, one question less, and an option of another name."""
    file = tree / "flows" / "questions.toml"
    entries = re.split(r"(?m)^(?=\[\[question\]\]\n|# -)", file.read_text())

    def entry(id: str) -> str:
        (found,) = [each for each in entries if each.startswith(f'[[question]]\nid = "{id}"\n')]
        return found

    entries.remove(entry("tried"))
    entries.insert(entries.index(entry("reached")), _ADDED)
    changed = "".join(entries)
    asked_of_all = entry("reply-language").replace(', nation = ["wales"]', "")
    file.write_text(changed.replace(entry("reply-language"), asked_of_all))
    file = tree / "flows" / "outcomes.toml"
    file.write_text(file.read_text().replace('id = "reconvene"', 'id = "meet-again"'))


def on_version(browse: Visitor, site: Site) -> None:
    """From now on this browser is answered by that site, as behind a server that shares the work out."""
    browse.client.port = site.port  # type: ignore[attr-defined]


def test_the_answer_of_an_open_page_goes_to_its_own_question_whatever_its_address_asks_now(
    sites: Callable[..., Site], law: Law, tmp_path: Path
) -> None:
    tree = own_tree(tmp_path / "tree")
    browse = half_way(sites(), law)
    before = browse.page.h1
    form = browse.page.form.filled(details=WORDS)
    reorder_law(tree)
    on_version(browse, sites(tree=tree))
    assert browse.get(PAGE).h1 != before, "the same address asks something else now"
    browse.post(PAGE, form)
    assert browse.path == "/en/letter-2/details-2"
    browse.submit(details="Pangolin: 12 days.")
    kept = answers(browse)
    assert kept["conference"]["details"] == {"conference-run": WORDS, "plan-made": "Pangolin: 12 days."}
    assert WORDS not in kept["services"]["details"]["communication"]


def test_a_new_version_asks_what_is_new_and_an_old_one_beside_it_takes_nothing_away(
    sites: Callable[..., Site], law: Law, tmp_path: Path
) -> None:
    tree = own_tree(tmp_path / "tree")
    old = sites()
    browse = half_way(old, law)
    form = browse.page.form.filled(details=WORDS)
    change_law(tree)
    new = sites(tree=tree)
    on_version(browse, new)
    page = browse.post(PAGE, form, 409)
    assert WORDS in page.text, "another page comes first: nothing typed is lost"
    browse.follow("Go on")
    assert browse.path == "/en/one-more-page"
    browse.answer({})
    browse.get("/en/check")
    assert browse.path == PAGE, "the first open question"
    browse.submit(details=WORDS)
    browse.submit(details="Pangolin: 12 days.")
    browse.get("/en/check")
    assert browse.page.form.asks == "outcomes conference", "what was ticked has another name now"
    browse.answer({"outcomes": ["meet-again"]})
    browse.get("/en/check")
    assert browse.page.form.asks == "reply-language", "nobody was asked that before"
    browse.answer({"reply-language": "cy"})
    browse.get("/en/check")
    assert browse.path == "/en/check"
    kept = answers(browse)
    assert kept["conference"]["details"] == {"conference-run": WORDS, "plan-made": "Pangolin: 12 days."}
    assert kept["conference"]["outcomes"] == ["meet-again"]
    assert WORDS in letter(browse)
    # The old version takes what it misses and leaves the rest; the new one asks again for what is its own.
    on_version(browse, old)
    browse.get("/en/check")
    assert browse.page.form.asks == "outcomes conference"
    browse.answer({"outcomes": ["reconvene"]})
    on_version(browse, new)
    asked_again = []
    while browse.get("/en/check") and browse.path != "/en/check":
        asked_again.append(browse.page.form.asks)
        browse.answer({"outcomes": ["meet-again"], "reply-language": "cy"})
    assert asked_again == ["one-more-page", "outcomes conference", "reply-language"]
    assert answers(browse)["conference"] == kept["conference"]
