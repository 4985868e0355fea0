"""Where the data that is not Python lies: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CARRIED = _PACKAGE / "carried"
_ROOT = _CARRIED if _CARRIED.is_dir() else _PACKAGE.parent


def package_folder() -> Path:
    """The code itself."""
    return _PACKAGE


def flows_folder() -> Path:
    """The law: procedures, questions, rules, authorities."""
    return _ROOT / "flows"


def templates_folder() -> Path:
    """The words and the shape of pages, letters and documents."""
    return _ROOT / "templates"


def translations_folder() -> Path:
    """The catalogues, one folder a language."""
    return _ROOT / "translations"


def fonts_folder() -> Path:
    """The fonts of the documents."""
    return _PACKAGE / "fonts"


def static_folder() -> Path:
    """What the website serves as it is: style sheets, script, web fonts."""
    return _PACKAGE / "static"
