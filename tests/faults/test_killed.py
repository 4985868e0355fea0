"""Workers, whole sites and stores are killed in the middle of a journey, and the parent goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest
from answering_pages import ENGLAND
from half_way import WORDS, go_on_to_the_letter, half_way, refused, sent_again
from redis_server import RedisServer
from running import SECRET, Site, until, visitor
from seeing import answers, letter

from webapp.flows.law import Law


@pytest.mark.parametrize("store", ["file", "redis"])
def test_killed_workers_and_a_killed_site_lose_no_answer(
    sites: Callable[..., Site], law: Law, store: str, request: pytest.FixtureRequest
) -> None:
    environ = {}
    if store == "redis":
        server: RedisServer = request.getfixturevalue("own_redis")
        environ = {"HEARD_STORE": server.address, "HEARD_SECRET": SECRET}
    site = sites(environ=environ)
    browse = half_way(site, law)
    form = browse.page.form.filled(details=WORDS)
    kept = answers(browse)
    site.replace_workers()
    assert answers(browse) == kept
    site.kill()
    site.start()
    # The page was open all the while: its form is as good as before, signed with the same secret.
    sent_again(browse, form)


def test_one_worker_that_dies_is_replaced_while_the_other_goes_on(
    sites: Callable[..., Site], law: Law
) -> None:
    site = sites()
    browse = half_way(site, law)
    killed = site.workers()[0]
    os.kill(killed, signal.SIGKILL)
    go_on_to_the_letter(browse)
    until(lambda: len(site.workers()) == 2 and killed not in site.workers(), "no new worker")


def test_a_store_that_is_killed_and_started_again_loses_no_answer(
    sites: Callable[..., Site], law: Law, own_redis: RedisServer
) -> None:
    site = sites(environ={"HEARD_STORE": own_redis.address, "HEARD_SECRET": SECRET})
    browse = half_way(site, law)
    form = browse.page.form.filled(details=WORDS)
    own_redis.stop()
    refused(browse, form)
    assert browse.get("/en/plan", status=503).h1 == "We could not save that"
    own_redis.start()
    sent_again(browse, form)
    assert "Traceback" not in site.log()


def test_a_store_that_hangs_gets_a_page_soon_and_afterwards_all_goes_on_by_itself(
    sites: Callable[..., Site], law: Law, own_redis: RedisServer
) -> None:
    site = sites(environ={"HEARD_STORE": own_redis.address, "HEARD_SECRET": SECRET})
    browse = half_way(site, law)
    form = browse.page.form.filled(details=WORDS)
    assert own_redis.process
    own_redis.process.send_signal(signal.SIGSTOP)
    try:
        refused(browse, form)  # within the two seconds that a store may take, not for as long as it hangs
    finally:
        own_redis.process.send_signal(signal.SIGCONT)
    # Whether the store kept the first one after all makes no difference.
    sent_again(browse, form)


@pytest.mark.verify
def test_a_journey_from_its_first_page_to_its_last_with_a_kill_on_the_way(
    sites: Callable[..., Site], law: Law
) -> None:
    site = sites()
    browse = visitor(site.port, law)
    browse.begin()
    browse.walk(ENGLAND, until="/letter-1/details-1")
    site.replace_workers()
    browse.walk(ENGLAND)
    assert "Zebedee" in letter(browse)
    assert browse.download("/en/letter-1/en/standard.pdf").startswith(b"%PDF")
    browse.get("/en/plan")
    (finish,) = [form for form in browse.page.forms if form.action == "/en/finish"]
    browse.post(finish.action, finish.filled())
    browse.get("/en/letter-1/details-1")
    assert browse.path == "/en/nation", "nothing is kept any more"
