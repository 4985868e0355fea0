"""How much one browser, and one address, may have made for it in an hour: by what it costs, not by page.

Pages are never limited, so a building full of kiosks behind one address notices nothing. What is counted lies
in the memory of each server process alone: of an address and of a key only a hash with a salt that is made
anew at each start, which no log and no disk ever gets. So with two processes the numbers are twice as large;
they are there to stop one visitor from using up the machine, and not to count anybody exactly.
"""

from __future__ import annotations

import hashlib
import logging
import math
import secrets
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Allowance:
    """How many units one browser and one address may use in an hour, in one server process."""

    id: str
    browser: int
    address: int


# The unit is a tenth of a second of a processor, as measured for webapp/rendering/lanes.py.
# A browser: thirty packs, or every file of its letters many times over. An address: sixty kiosks whose people
# take three packs each within the same hour. Who reaches that has kept a processor busy for half an hour.
FILES = Allowance("files", browser=3_000, address=18_000)
# The unit is one go. A code is made once a visit; it fails at times, and a worker shows how it is done.
CODES = Allowance("codes", browser=60, address=2_000)
# The unit is one file brought back. It may be 1 MB, and is kept for an hour: an address fills 1.2 GB at most.
FILES_BACK = Allowance("files-back", browser=60, address=1_200)
# The unit is one lock put on or tried. It takes half a second and 128 MB, one at a time: guessing passphrases
# through this site is slower than on a computer of one’s own, and may not keep others from theirs.
LOCKS = Allowance("locks", browser=30, address=600)
# The unit is one browser that begins to answer. Sixty kiosks with a new person every minute make 3,600.
BEGINNINGS = Allowance("beginnings", browser=100, address=7_200)

# What a file costs in tenths of a second, by its format.
COSTS = {"pdf": 2, "mp3": 20, "brf": 2, "brf-grade-1": 2}
AT_ONCE = 1
# Measured: the pack of one letter takes 3.5 s. A case seldom opens more than two.
COPY, PACK, LIBRARY_ZIP = 3, 100, 100


class TooMuch(Exception):
    """Somebody had more made than one visitor needs: ask again in so many `seconds`."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"in {seconds} seconds")


class Limits:
    """The counts of one server process. `salt` is what hashes addresses; a new one for each start."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(16)
        self._counts = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._said: set[str] = set()

    def charge(self, allowance: Allowance, cost: int, address: str, browser: str) -> None:
        """Counts what is about to be done. Raises TooMuch where it would be too much; then it is not counted.

        `browser` is its key, or "" for one without. The address is asked first: keys that somebody makes up
        are not even remembered once their address has had enough.
        """
        if cost <= 0:
            return
        for name, most in ((network_of(address), allowance.address), (browser, allowance.browser)):
            if not name:
                continue
            limit = RateLimitItemPerHour(most, namespace=allowance.id)
            key = hashlib.blake2b(name.encode(errors="replace"), key=self._salt, digest_size=16).hexdigest()
            if not self._counts.hit(limit, key, cost=cost):
                self._say_once(f"Somebody has reached the limit of {allowance.id}.")
                window = self._counts.get_window_stats(limit, key)
                raise TooMuch(max(60, 60 * math.ceil((window.reset_time - time.time()) / 60)))

    def warn_of_front_server(self) -> None:
        """Says to whoever runs the site that a server in front of it hides who asks."""
        self._say_once(
            "The server in front sends no X-Forwarded-For: only browsers are limited, not addresses."
        )

    def _say_once(self, what: str) -> None:
        """A flood of requests must not become one of lines in the log."""
        if what not in self._said:
            _log.warning("%s", what)
        self._said.add(what)


def network_of(address: str) -> str:
    """What counts as one address: of IPv6 its network, because a household has as many addresses as it likes.

    "" for what is no address: then only the browser counts.
    """
    try:
        found = ip_address(address.strip())
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return f"{IPv6Address(int(found) >> 64 << 64)}/64"
    return str(found)


def visitor_address(remote: str, forwarded: str) -> str:
    """Whose request it is: what the server in front says, where it runs on this machine, else who connects.

    Of X-Forwarded-For only the last entry counts: that server wrote it, and what stands before is hearsay.
    "" where it says nothing: then all its visitors would count as one, and a whole town would be refused.
    """
    if not _is_here(remote):
        return remote
    last = forwarded.rpartition(",")[2].strip()
    return last if network_of(last) else ""


def _is_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
