"""The binding to liblouis: whole paragraphs, silence, and what is said where it is not installed."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from webapp.documents import LouisMissing, louis
from webapp.language import BY_ID

GRADE_2, GRADE_1 = BY_ID["en"].braille


def test_a_long_paragraph_is_translated_whole() -> None:
    typed = "The social worker wrote “ŵŷâ” again and again. " * 400
    assert louis.translate(typed, GRADE_1).count(louis.translate("social", GRADE_1)) == 400
    escapes = "日" * 5000
    assert louis.translate(escapes, GRADE_1).count(louis.translate("日", GRADE_1)) == 5000


MISSING = """
import sys
from webapp.documents import LouisMissing, louis
louis.{name} = {value}
try:
    louis.translate("Leanne Hartley 日", {table})
except LouisMissing as missing:
    sys.exit(missing.say(str))
"""


@pytest.mark.parametrize(
    ("name", "value", "table"),
    [
        ("LIBRARY", "'liblouis-that-is-not-there.so'", "'en-ueb-g2.ctb'"),
        ("VOID", "None", "'table-that-is-not-there.ctb'"),
    ],
)
def test_what_is_not_installed_is_said_with_its_command(name: str, value: str, table: str) -> None:
    code = MISSING.format(name=name, value=value, table=table)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    # The one line is ours: liblouis itself, which would name the table, stays silent.
    assert run.stderr.splitlines() == [LouisMissing().say(str)]
    assert "apt-get install liblouis20 liblouis-data" in run.stderr


def test_liblouis_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    louis.translate("日 Leanne", GRADE_2)
    with pytest.raises(LouisMissing):
        louis.translate("Leanne", "table-that-is-not-there.ctb")
    assert capfd.readouterr() == ("", "")


def test_the_version_is_known() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", louis.version())
