"""The files of deploy/ as far as they can be checked without their engines: units, container, settings."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from running import ROOT, Site

from webapp.settings import KNOWN, SHORTEST_SECRET, read_settings

DEPLOY = ROOT / "deploy"
NO_SYSTEMD = "There is no systemd-analyze. Install it: apt-get install -y --no-install-recommends systemd"
# Of ten: what systemd says that a service could still do. The network is what Heard is for.
MOST_EXPOSED = 20


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units with this checkout in place of /opt/heard, and one server of them made."""
    folder = tmp_path / "units"
    folder.mkdir()
    for kind in ("socket", "service"):
        text = (DEPLOY / f"heard@.{kind}").read_text()
        text = text.replace("/opt/heard/.venv/bin/gunicorn", str(Path(sys.executable).with_name("gunicorn")))
        (folder / f"heard@8000.{kind}").write_text(
            text.replace("/opt/heard", str(ROOT)).replace("%i", "8000")
        )
    return folder


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    assert program, NO_SYSTEMD
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)


def test_systemd_understands_every_line_of_the_units(units: Path) -> None:
    found = analyze("verify", "--man=no", "--recursive-errors=no", str(units / "heard@8000.service"))
    ours = [line for line in found.stderr.splitlines() if "heard@8000" in line]
    assert ours == []
    assert found.returncode == 0


def test_systemd_finds_the_service_well_shut_in(units: Path) -> None:
    unit = str(units / "heard@8000.service")
    found = analyze("security", "--offline=yes", f"--threshold={MOST_EXPOSED}", unit)
    assert found.returncode == 0, found.stdout


def test_the_linter_finds_nothing_in_the_containerfile() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    found = subprocess.run(
        [linter, "--no-color", DEPLOY / "Containerfile"], capture_output=True, text=True, check=False
    )
    assert found.stdout == ""
    assert found.returncode == 0


def copied() -> list[str]:
    """What the Containerfile takes from the checkout."""
    lines = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", (DEPLOY / "Containerfile").read_text())
    return [name for line in lines for name in line.split()]


def test_the_container_has_the_packages_that_the_makefile_installs() -> None:
    makefile = (ROOT / "Makefile").read_text()
    (needed,) = re.findall(r"(?m)^DEBIAN_RUN := (.+)$", makefile)
    text = (DEPLOY / "Containerfile").read_text()
    last = text[text.rindex("FROM ") :]
    assert set(needed.split()) <= set(last.split())
    assert all((ROOT / name).exists() for name in copied())


def test_the_settings_in_the_example_are_settings_of_the_site() -> None:
    lines = [line for line in (DEPLOY / "heard.env").read_text().splitlines() if not line.startswith("#")]
    environ = dict(line.split("=", 1) for line in lines)
    assert set(environ) <= set(KNOWN)
    assert read_settings(environ | {"HEARD_SECRET": "x" * SHORTEST_SECRET}).hosts == ("heard.example",)


def test_the_two_servers_of_the_composition_differ_in_port_and_folder_alone() -> None:
    document = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    one, two = (dict(document["services"][name]) for name in ("heard-1", "heard-2"))
    nginx = (DEPLOY / "nginx.conf").read_text()
    for each in (one, two):
        port = each["environment"].pop("PORT")
        assert f"server 127.0.0.1:{port} " in nginx
        assert set(each["environment"]) <= set(KNOWN)
        (volume,) = each.pop("volumes")
        assert volume.split(":")[0] in document["volumes"]
    assert one == two
    assert one["read_only"] is True


@pytest.mark.verify
def test_what_the_container_copies_is_enough_to_install_and_to_serve(tmp_path: Path) -> None:
    tree = tmp_path / "heard"
    tree.mkdir()
    for name in copied():
        if (ROOT / name).is_dir():
            leave = shutil.ignore_patterns("__pycache__", "*.mo")
            shutil.copytree(ROOT / name, tree / name, ignore=leave)
        else:
            shutil.copy(ROOT / name, tree / name)
    subprocess.run(["make", "install", "PYTHON=/usr/bin/python3"], cwd=tree, check=True)
    site = Site(tmp_path, tree=tree, program=tree / ".venv" / "bin" / "gunicorn")
    try:
        site.start()
        assert "Traceback" not in site.log()
    finally:
        site.kill()
