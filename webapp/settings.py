"""What whoever runs the site can set: read from the environment once, checked, every wrong one named."""

from __future__ import annotations

import os
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

SHORTEST_SECRET = 32
HERE_ALONE = ("localhost", "127.0.0.1")
_STORES = ("redis", "rediss", "unix")
_NAME_LETTERS = frozenset(string.ascii_letters + string.digits + ".-:[]_")


class SettingsError(ValueError):
    """Settings that cannot be used: one line each, with the remedy. No secret is repeated."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Settings:
    """How this site was asked to run."""

    data: Path
    """The folder for what is kept on this machine."""
    secret: str = ""
    """What signs the forms; "" for one that is made once and kept in the data folder."""
    hosts: tuple[str, ...] = HERE_ALONE
    """The names that the site is reached under."""
    store: str = ""
    """The address of the Redis server that keeps the answers; "" for a file in the data folder."""
    port: int = 8000
    renderers: int = 0
    """How many processes of this machine make letters at once; 0 for as many as it has use for."""
    log: str = ""
    """"json" for a line on standard output for each request; "" for none."""
    counters: bool = False
    """Whether routes, formats and languages are counted."""


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings in an environment. Raises SettingsError, which names all that are wrong at once."""
    wrong: list[str] = [_unknown(name) for name in sorted(environ) if _is_unknown(name)]

    def checked(name: str, check: Callable[[str], str]) -> str:
        value = environ.get(name, "").strip()
        if value and (problem := check(value)):
            wrong.append(f"{name}: {problem}")
        return value

    checked("HEARD_DATA", _check_data)
    store = checked("HEARD_STORE", _check_store)
    secret = checked("HEARD_SECRET", _check_secret)
    hosts = tuple(checked("HEARD_HOSTS", _check_hosts).replace(",", " ").split())
    port = checked("PORT", _check_port)
    renderers = checked("HEARD_RENDERERS", _check_renderers)
    log = checked("HEARD_LOG", _check_log)
    counters = checked("HEARD_COUNTERS", _check_counters)
    if store and not secret:
        wrong.append(
            "HEARD_SECRET: it is missing. Machines that share a store sign with one secret: give each of them"
            f" the same {SHORTEST_SECRET} random characters or more."
        )
    if wrong:
        raise SettingsError(wrong)
    return Settings(
        data_folder(environ),
        secret,
        hosts or HERE_ALONE,
        store,
        int(port or 8000),
        renderers=int(renderers or 0),
        log=log,
        counters=counters == "yes",
    )


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder for answers: `HEARD_DATA`, or `heard` among the user’s own files of this kind."""
    if named := environ.get("HEARD_DATA", "").strip():
        return Path(named).expanduser().absolute()
    state = Path(environ.get("XDG_STATE_HOME") or "")
    return (state if state.is_absolute() else Path.home() / ".local" / "state") / "heard"


KNOWN = (
    "HEARD_COUNTERS",
    "HEARD_DATA",
    "HEARD_HOSTS",
    "HEARD_LOG",
    "HEARD_PASSPHRASE",
    "HEARD_RENDERERS",
    "HEARD_SECRET",
    "HEARD_STORE",
)


def _is_unknown(name: str) -> bool:
    return name.startswith("HEARD_") and name not in KNOWN


def _unknown(name: str) -> str:
    near = get_close_matches(name, KNOWN, 1)
    meant = f"Did you mean {near[0]}?" if near else f"There are {', '.join(KNOWN)}."
    return f"{name}: there is no such setting. {meant}"


def _check_data(value: str) -> str:
    try:
        folder = Path(value).expanduser()
    except RuntimeError:
        return f"there is no user of that name: {value}. Name a folder."
    # The nearest thing there is, on the way to the folder: what is missing is made.
    found = next((each for each in (folder.absolute(), *folder.absolute().parents) if each.exists()), None)
    if found is not None and not found.is_dir():
        return f"{found} is a file. Name a folder."
    return ""


def _check_secret(value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        return f"it is too short. Give it {SHORTEST_SECRET} random characters or more."
    return ""


def _check_hosts(value: str) -> str:
    odd = [name for name in value.replace(",", " ").split() if not _NAME_LETTERS.issuperset(name)]
    return f"give names alone, such as heard.example, not {' '.join(odd)}." if odd else ""


def _check_store(value: str) -> str:
    example = "Say redis://name:6379/0, or leave it out to keep the answers in a file."
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return f"its port is not a number between 1 and 65535. {example}"
    if parts.scheme not in _STORES:
        return f"it begins with none of {', '.join(f'{each}://' for each in _STORES)}. {example}"
    if parts.scheme == "unix":
        if not parts.path.strip("/"):
            return "it names no socket. Say unix:///run/redis/redis.sock."
    elif not parts.hostname or port == 0:
        return f"it names no server. {example}"
    elif parts.path.strip("/") and not parts.path.strip("/").isdigit():
        return f"what follows the server is not the number of a database. {example}"
    odd = [key for key in parse_qs(parts.query) if not key.startswith("ssl_") and key != "db"]
    return (
        f"after the question mark it takes db and what begins with ssl_, not {' '.join(odd)}." if odd else ""
    )


def _check_renderers(value: str) -> str:
    if not value.isascii() or not value.isdigit() or not 0 < int(value[:4]) <= 64:
        return "it is not a number between 1 and 64. Leave it out for as many as this machine has use for."
    return ""


def _check_log(value: str) -> str:
    return "" if value == "json" else f"it is json, or left out for no log of requests, not {value}."


def _check_counters(value: str) -> str:
    return "" if value in ("yes", "no") else f"it is yes or no, not {value}."


def _check_port(value: str) -> str:
    if not value.isascii() or not value.isdigit() or not 0 < int(value[:6]) < 65536:
        return "it is not a number between 1 and 65535. Leave it out for 8000."
    return ""
