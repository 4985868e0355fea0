"""The disk fills up or can no longer be written, on a real small disk of the site’s own."""

from __future__ import annotations

from collections.abc import Callable

from half_way import WORDS, half_way, refused, sent_again
from running import Site, visitor
from seeing import answers, letter

from webapp.flows.law import Law

SMALL, ROOMY = 600_000, 20_000_000


def test_a_disk_that_is_full_takes_nothing_from_a_parent(sites: Callable[..., Site], law: Law) -> None:
    site = sites(small_disk=SMALL)
    browse = half_way(site, law)
    kept = answers(browse)
    words = f"{WORDS} " + "and all of it happened on a rainy day " * 240
    form = browse.page.form.filled(details=words)
    site.fill_disk()
    refused(browse, form, words.strip())
    assert answers(browse) == kept, "what was kept before can still be saved to the parent’s own device"
    assert "There is no room left. Free some space on its disk." in site.log()
    site.free_disk()
    assert answers(browse) == kept
    sent_again(browse, form, words.strip())
    assert "Traceback" not in site.log()


def test_a_site_that_begins_on_a_full_disk_says_so_and_goes_on_when_there_is_room(
    sites: Callable[..., Site], law: Law
) -> None:
    site = sites(small_disk=SMALL)
    site.fill_disk()
    site.replace_workers()
    browse = visitor(site.port, law)
    browse.get("/en/nation")
    page = browse.submit(503, nation="england")
    assert page.h1 == "We could not save that"
    site.free_disk()
    browse.get("/en/nation")
    browse.submit(nation="england")
    assert browse.path == "/en/authority"


def test_a_disk_that_cannot_be_written_takes_nothing_from_a_parent(
    sites: Callable[..., Site], law: Law
) -> None:
    site = sites(small_disk=ROOMY)
    browse = half_way(site, law)
    kept = answers(browse)
    form = browse.page.form.filled(details=WORDS)
    site.in_room("mount", "--bind", str(site.kept), str(site.kept))
    site.in_room("mount", "-o", "remount,bind,ro", str(site.kept))
    site.replace_workers()  # what the old ones have open they could still write
    refused(browse, form)
    assert answers(browse) == kept
    assert "cannot be opened or written" in site.log()
    site.in_room("umount", "--lazy", str(site.kept))
    sent_again(browse, form)
    assert letter(browse)
    assert "Traceback" not in site.log()
