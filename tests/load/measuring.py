"""What a load test reads of the machine: who used the processors, and how much memory the site took."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

_PACKAGES = ("flask", "gunicorn", "weasyprint", "redis", "locust", "gevent")


def machine() -> dict[str, Any]:
    """This machine and what runs on it: no name of it, no folder, no address."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    release = platform.freedesktop_os_release()
    return {
        "processor": model,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": release.get("PRETTY_NAME", platform.system()),
        "kernel": platform.release().split("-")[0],
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: version(name) for name in _PACKAGES},
    }


def site_processes(pid: int) -> list[psutil.Process]:
    """A process and all below it."""
    with suppress(psutil.NoSuchProcess):
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    return []


@dataclass
class Usage:
    """The processor seconds of groups of processes since `begin`, and the most memory that they held."""

    groups: dict[str, int]
    began: float = 0.0
    seconds: dict[tuple[str, int], tuple[float, float]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    whole: tuple[float, float] = (0.0, 0.0)

    def begin(self) -> None:
        """From now on all counts."""
        self.began, self.seconds, self.whole = time.monotonic(), {}, _machine_seconds()
        self.look(first=True)

    def look(self, first: bool = False) -> None:
        """Reads all once. Call it now and then: a process that ends is counted as it was seen last."""
        held: dict[str, float] = {}
        for group, pid in self.groups.items():
            # The site is a child of the generator: each counts as itself alone.
            for each in [psutil.Process(pid)] if pid == os.getpid() else site_processes(pid):
                with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    times = each.cpu_times()
                    name = _part(group, each)
                    used = times.user + times.system
                    start = self.seconds.get((name, each.pid), (used if first else 0.0, 0.0))[0]
                    self.seconds[name, each.pid] = (start, used)
                    held[name] = held.get(name, 0.0) + each.memory_full_info().pss / 2**20
        for name, mebibytes in held.items():
            self.memory[name] = max(self.memory.get(name, 0.0), mebibytes)

    def report(self) -> dict[str, Any]:
        """The share of one core that each group used, of all cores that were busy, and memory in MiB."""
        self.look()
        passed = time.monotonic() - self.began
        names = sorted({name for name, _ in self.seconds})
        shares = {name: _sum(self.seconds, name) / passed for name in names}
        busy, idle = (now - then for now, then in zip(_machine_seconds(), self.whole, strict=True))
        return {
            "cores_used": {name: round(share, 3) for name, share in shares.items()},
            "cores_used_by_all_programs": round(busy / passed, 3),
            "cores_idle": round(idle / passed, 3),
            "generator_share_of_what_was_used": round(
                shares.get("generator", 0) / max(busy / passed, 0.001), 3
            ),
            "memory_mib_at_most": {name: round(most) for name, most in sorted(self.memory.items())},
        }


def _part(group: str, process: psutil.Process) -> str:
    """Those that make files are a group of their own."""
    if group != "site":
        return group
    return "site: renderers" if "rendering.child" in " ".join(process.cmdline()) else "site: pages"


def _sum(seconds: dict[tuple[str, int], tuple[float, float]], name: str) -> float:
    return sum(end - start for (group, _), (start, end) in seconds.items() if group == name)


def _machine_seconds() -> tuple[float, float]:
    times = psutil.cpu_times()
    idle = times.idle + times.iowait
    return sum(times[:8]) - idle, idle


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of them does not exceed; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
