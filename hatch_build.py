"""What the wheel carries beside the code: flows, templates and compiled catalogues, under webapp/carried."""

import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CarriedData(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the data folders into a wheel; an editable install reads them where they are."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the data folders to what goes into the wheel, each catalogue compiled from its .po file."""
        if version == "editable":
            return
        carried = build_data["force_include"]
        for folder in ("flows", "templates"):
            carried[folder] = f"webapp/carried/{folder}"
        for source in sorted(Path(self.root, "translations").rglob("*.toml")):
            carried[str(source)] = f"webapp/carried/{source.relative_to(self.root).as_posix()}"
        self.compiled = tempfile.TemporaryDirectory()
        for source in sorted(Path(self.root, "translations").glob("*/LC_MESSAGES/heard.po")):
            place = source.relative_to(self.root).with_suffix(".mo")
            target = Path(self.compiled.name, place)
            target.parent.mkdir(parents=True)
            language = source.parts[-3]
            with source.open("rb") as words, target.open("wb") as catalogue:
                write_mo(catalogue, read_po(words, locale=language, abort_invalid=True))
            carried[str(target)] = f"webapp/carried/{place.as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clears away the compiled catalogues once they are in the wheel."""
        if version != "editable":
            self.compiled.cleanup()
