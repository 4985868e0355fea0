"""The load test: starts the site, sends it many parents at once, and says how long each page took.

The site runs as `make run` starts it, with two workers, on this machine alone. The results are kept in
tests/load/results.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gevent
import locust  # first: it makes gevent take over what waits
from measuring import Usage, machine, percentile
from parents import FILES, Parent, Refused, this_machine

ROOT = Path(__file__).resolve().parent.parent.parent
RESULTS = Path(__file__).resolve().parent / "results"
MOST_USERS, MOST_SECONDS = 500, 1800
LOOK_EVERY = 10.0
AIM_P99_MS = 300
_FILES = {kind for kind, *_ in FILES}
_NO_PAGES = {*_FILES, "style or script", "journey"}


@dataclass(frozen=True)
class Answer:
    """One answer of the site: when it came (seconds from the start), to what, after how many milliseconds."""

    second: float
    kind: str
    method: str
    ms: float
    bytes: int
    wrong: str


def main() -> int:
    """Runs the test, prints what it found, and writes it down. 1 where something went wrong."""
    chosen = _arguments()
    try:
        if chosen.host:
            this_machine(chosen.host)
    except Refused as why:
        print(why, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, _site(Path(folder), chosen) as (host, pid):
        found, usage = _visit(host, pid, chosen)
    report = _report(found, usage, chosen)
    _print(report)
    if chosen.keep:
        _write(report, found)
    return 0 if report["errors"] == {} else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=200, help="people at once (200)")
    parser.add_argument("--seconds", type=int, default=120, help="how long all of them are there (120)")
    parser.add_argument("--ramp", type=int, default=20, help="seconds in which they arrive (20)")
    parser.add_argument("--think", type=float, default=10.0, help="mean seconds before each page (10)")
    parser.add_argument("--host", default="", help="a site that runs already, on this machine")
    parser.add_argument("--store", default="", help="HEARD_STORE of the site, such as unix:///run/redis.sock")
    parser.add_argument("--no-keep", dest="keep", action="store_false", help="writes no results")
    chosen = parser.parse_args()
    if not 0 < chosen.users <= MOST_USERS or not 0 < chosen.seconds <= MOST_SECONDS:
        parser.error(f"at most {MOST_USERS} people for {MOST_SECONDS} seconds")
    return chosen


# The site


@contextmanager
def _site(folder: Path, chosen: argparse.Namespace) -> Iterator[tuple[str, int]]:
    """A site of the test’s own, whose answers lie in this folder; or the one that was named."""
    if chosen.host:
        yield chosen.host, 0
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PORT": str(port),
        "HEARD_DATA": str(folder / "kept"),
    }
    if chosen.store:
        environ |= {
            "HEARD_STORE": chosen.store,
            "HEARD_SECRET": "only-for-the-load-test-" + os.urandom(16).hex(),
        }
    command = [str(Path(sys.executable).with_name("gunicorn")), "-c", "webapp/gunicorn_conf.py"]
    log = folder / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=file, stderr=file, start_new_session=True
        )
    try:
        end = time.monotonic() + 60
        while "Heard is at" not in log.read_text():
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"The site does not start:\n{log.read_text()}")
            time.sleep(0.1)
        time.sleep(min(5, chosen.seconds / 4))  # until those that make files have loaded
        yield f"http://127.0.0.1:{port}", process.pid
        if said := log.read_text().partition("\n")[2]:
            print(f"The site said:\n{said[:2000]}")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


# The visit


def _visit(host: str, pid: int, chosen: argparse.Namespace) -> tuple[list[Answer], dict[str, Any]]:
    """All answers, and what they cost while everybody was there."""
    Parent.host, Parent.thinks = host, (chosen.think / 2, chosen.think * 1.5)
    environment = locust.env.Environment(user_classes=[Parent], catch_exceptions=True)
    found: list[Answer] = []
    began = time.monotonic()

    @environment.events.request.add_listener
    def note(
        request_type: str, name: str, response_time: float, response_length: int, exception: Any, **_: Any
    ) -> None:
        second = time.monotonic() - began
        found.append(
            Answer(second, name, request_type, response_time, response_length or 0, str(exception or ""))
        )

    @environment.events.user_error.add_listener
    def broke(exception: Exception, **_: Any) -> None:
        found.append(
            Answer(
                time.monotonic() - began, "journey", "GET", 0, 0, f"{type(exception).__name__}: {exception}"
            )
        )

    usage = Usage({"generator": os.getpid()} | ({"site": pid} if pid else {}))
    runner = environment.create_local_runner()
    runner.start(chosen.users, spawn_rate=max(0.1, chosen.users / max(1, chosen.ramp)))
    gevent.sleep(chosen.ramp)
    usage.begin()
    end = time.monotonic() + chosen.seconds
    while (left := end - time.monotonic()) > 0:
        gevent.sleep(min(left, LOOK_EVERY))
        usage.look()
    costs = usage.report()
    print(f"{runner.user_count} people are there.", flush=True)
    runner.quit()
    return found, costs


# The results


def _report(found: list[Answer], usage: dict[str, Any], chosen: argparse.Namespace) -> dict[str, Any]:
    steady = [each for each in found if each.second > chosen.ramp]
    pages = [each.ms for each in steady if each.kind not in _NO_PAGES]
    errors: dict[str, int] = {}
    for each in found:
        if each.wrong:
            errors[f"{each.kind}: {each.wrong}"] = errors.get(f"{each.kind}: {each.wrong}", 0) + 1
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "asked_for": {
            "people": chosen.users,
            "seconds": chosen.seconds,
            "ramp_seconds": chosen.ramp,
            "mean_thinking_seconds": chosen.think,
            "store": "redis" if chosen.store else "file",
        },
        "machine": machine(),
        "answers": len(found),
        "answers_a_second": round(len(steady) / chosen.seconds, 1),
        "files": sum(each.kind in _FILES for each in steady),
        "files_that_had_to_wait": Parent.pages_of_files_waited_for,
        "journeys_finished": sum(each.kind == "finished" for each in found),
        "errors": errors,
        "pages": _times(pages),
        "by_kind": {
            kind: _times([each.ms for each in steady if each.kind == kind])
            for kind in sorted({each.kind for each in steady})
        },
        "usage": usage,
    }


def _times(values: list[float]) -> dict[str, float]:
    return {
        "count": len(values),
        "p50_ms": round(percentile(values, 0.50), 1),
        "p95_ms": round(percentile(values, 0.95), 1),
        "p99_ms": round(percentile(values, 0.99), 1),
        "most_ms": round(max(values, default=0), 1),
    }


def _print(report: dict[str, Any]) -> None:
    print(f"{'':24}{'count':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'most ms':>9}")
    for kind, times in [*report["by_kind"].items(), ("ALL PAGES", report["pages"])]:
        print(f"{kind:24}" + f"{times['count']:8}" + "".join(f"{times[key]:9.0f}" for key in list(times)[1:]))
    use = report["usage"]
    for name, cores in use["cores_used"].items():
        print(f"{name}: {cores:.2f} of a core, {use['memory_mib_at_most'].get(name, 0)} MiB at most")
    print(
        f"all programs: {use['cores_used_by_all_programs']:.2f} cores of {report['machine']['cores']};"
        f" the generator had {use['generator_share_of_what_was_used']:.0%} of that"
    )
    print(
        f"{report['answers_a_second']} answers a second, {report['files']} files"
        f" ({report['files_that_had_to_wait']} times told to wait),"
        f" {report['journeys_finished']} journeys to the end"
    )
    print(f"pages p99 {report['pages']['p99_ms']:.0f} ms; aim: under {AIM_P99_MS}")
    print(f"errors: {report['errors'] or 'none'}")


def _write(report: dict[str, Any], found: list[Answer]) -> None:
    """The summary as JSON, and each answer as one line of a packed CSV beside it."""
    RESULTS.mkdir(exist_ok=True)
    asked = report["asked_for"]
    name = f"{report['day']}-{asked['people']}-people-{asked['store']}"
    (RESULTS / f"{name}.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["second", "kind", "method", "ms", "bytes", "wrong"])
    for each in found:
        rows.writerow(
            [f"{each.second:.2f}", each.kind, each.method, f"{each.ms:.1f}", each.bytes, each.wrong]
        )
    (RESULTS / f"{name}.csv.gz").write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    print(f"kept: tests/load/results/{name}.json and .csv.gz")


if __name__ == "__main__":
    raise SystemExit(main())
