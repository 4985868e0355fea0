"""What a letter costs: processor time against WeasyPrint alone on the same HTML, and memory after many.

    python tests/bench_documents.py

Everything is warmed on both sides. The two are timed in turn, so that a busy machine slows both alike.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "documents"))

from letters_to_print import PLAIN, RICH

from webapp.documents import SIZES, paper, pdf, render
from webapp.letters.model import Letter

ROUNDS = 25
LETTERS = 300


def cpu(work: Callable[[], object]) -> float:
    """Processor time of one run, in seconds."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def resident() -> float:
    """The memory of this process, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def compare(name: str, letter: Letter, size: str) -> float:
    """Prints the processor time of a letter, of WeasyPrint alone, and the ratio, which it gives back."""
    html = pdf.html_to_print(letter, size)
    options = {
        "font_config": paper._fonts(),
        "stylesheets": [paper._style(pdf.STYLES[size])],
        "pdf_variant": "pdf/ua-1",
    }
    engine = paper._engine()
    ours, alone = [], []
    for _ in range(ROUNDS):
        ours.append(cpu(lambda: render(letter, "pdf", size)))
        alone.append(cpu(lambda: engine.HTML(string=html).write_pdf(**options)))
    ratio = statistics.median(ours) / statistics.median(alone)
    print(
        f"letter ({name}, {size}): {statistics.median(ours) * 1000:.0f} ms CPU; WeasyPrint alone "
        f"{statistics.median(alone) * 1000:.0f} ms; ratio {ratio:.2f} (aim: under 1.15)"
    )
    return ratio


def memory() -> float:
    """Prints the memory after the first letter and after many; gives back how much the last 200 added."""
    first = resident()
    settled = first
    for number in range(1, LETTERS + 1):
        letter = RICH if number % 3 == 0 else PLAIN
        render(letter, "pdf", SIZES[number % 2])
        if number == LETTERS - 200:
            settled = resident()
    last = resident()
    print(
        f"memory after 1 letter: {first:.0f} MB; after {LETTERS - 200}, all fonts in use: {settled:.0f} MB; "
        f"after {LETTERS}: {last:.0f} MB; ratio of the last two {last / settled:.2f}"
    )
    return last / settled


def main() -> None:
    """Prints all numbers, each with its ratio."""
    begun = time.perf_counter()
    pdf.warm()
    print(f"warming: {time.perf_counter() - begun:.2f} s, once a process")
    render(PLAIN, "pdf")
    memory()
    for name, letter in (("plain", PLAIN), ("rich", RICH)):
        for size in SIZES:
            compare(name, letter, size)


if __name__ == "__main__":
    main()
