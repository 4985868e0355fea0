"""Files as one zip, piece by piece: it can be sent on while its next file is still being made."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The zip of these files (name and content): a piece for each of them, and its table at the end.

    No day and no machine is told in it: the same files make the same zip.
    """
    flow = _Flow()
    with zipfile.ZipFile(flow, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
            yield flow.take()
    yield flow.take()


class _Flow(RawIOBase):
    """What a zip is written to while it is sent on: nothing written can be gone back to."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Buffer) -> int:
        taken = bytes(piece)
        self._waiting += taken
        return len(taken)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken
