"""What can be wrong with a store, in words for whoever runs the site."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

_REMEDIES = {
    "full": "There is no room left. Free some space on its disk.",
    "busy": "Another program is holding it. Stop that program.",
    "read-only": "It cannot be opened or written. Check who owns the folder, or name another in HEARD_DATA.",
    "damaged": "It is damaged. Stop the site, and delete it with its -wal and -shm files.",
    "broken": "It cannot be used.",
}
_REASONS: dict[object, str] = {
    **dict.fromkeys(["FULL", errno.ENOSPC, errno.EDQUOT, errno.EFBIG], "full"),
    **dict.fromkeys(["BUSY", "LOCKED"], "busy"),
    **dict.fromkeys(["READONLY", "PERM", "CANTOPEN", errno.EACCES, errno.EPERM, errno.EROFS], "read-only"),
    **dict.fromkeys(["CORRUPT", "NOTADB"], "damaged"),
}


class StoreUnavailable(Exception):
    """The store cannot be used now. `reason` is full, busy, read-only, damaged, away, refused or broken.

    Its words are for whoever runs the site: they name the place and the remedy, never an answer or a
    password. A place that is no file says the reason and the remedy itself.
    """

    def __init__(self, place: Path | str, fault: Exception | str, reason: str = "", remedy: str = "") -> None:
        self.reason = reason or _REASONS.get(_kind(fault), "broken")
        super().__init__(f"{place}: {remedy or _REMEDIES[self.reason]} ({fault})")


def _kind(fault: Exception | str) -> object:
    if isinstance(fault, OSError):
        return fault.errno
    # SQLITE_READONLY_DIRECTORY and the like: the second word says what kind of fault it is.
    name: str = getattr(fault, "sqlite_errorname", None) or "SQLITE_UNKNOWN"
    return name.split("_")[1] if isinstance(fault, sqlite3.Error) else None


def private_folder(folder: Path) -> None:
    """Makes the folder, for its owner alone, where it is missing. Raises StoreUnavailable."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreUnavailable(folder, fault) from fault
