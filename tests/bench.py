"""What the site costs beside floors of the same run: a step, a letter, memory, the first view."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask, redirect, render_template_string, session
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from wtforms import StringField

from webapp.clock import london_day

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "webapp" / "static"
ROUNDS, STEPS = 7, 40
_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def main() -> None:
    """Prints every figure with its ratio; asserts none, because machines differ."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HEARD_DATA"] = folder
        step()
        first_view()
    subprocess.run([sys.executable, str(ROOT / "tests" / "bench_documents.py")], check=True, cwd=ROOT)


def step() -> None:
    """CPU of one step: post an answer, follow the redirect, get the next page."""
    floor = _cpu(_floor_step())
    for name, make in (("first question", _early_step), ("name, after two letters", _late_step)):
        ours = _cpu(make())
        print(f"step ({name}): {ours:.2f} ms CPU; floor {floor:.2f} ms; ratio {ours / floor:.1f}")


def first_view() -> None:
    """What a phone loads for the first page, compressed."""
    from webapp import create_app

    page = create_app().test_client().get("/en/").data
    sizes = {
        "HTML": page,
        "CSS": (STATIC / "heard.css").read_bytes(),
        "JavaScript": (STATIC / "heard.js").read_bytes(),
    }
    packed = {name: len(gzip.compress(data)) / 1024 for name, data in sizes.items()}
    fonts = sum(path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2")) / 1024
    parts = ", ".join(f"{name} {size:.1f}" for name, size in packed.items())
    print(f"first view: {sum(packed.values()):.1f} KB gzip ({parts}); aim 24; fonts {fonts:.1f} KB, aim 30")


def _cpu(run: Callable[[], None]) -> float:
    """The median over rounds of the CPU milliseconds of one run."""
    for _ in range(10):
        run()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(STEPS):
            run()
        taken.append((time.process_time() - began) / STEPS * 1000)
    return sorted(taken)[ROUNDS // 2]


def _floor_step() -> Callable[[], None]:
    """Bare Flask, one Jinja page, one Flask-WTF form, the answer in a signed cookie."""
    app = Flask("floor")
    app.secret_key = "floor"

    class Form(FlaskForm):
        name = StringField("Name")

    source = (
        "<!doctype html><html lang=en><title>Question</title><h1>Name</h1>"
        "<form method=post>{{ form.csrf_token }}{{ form.name.label }}{{ form.name }}"
        "<button>Continue</button></form></html>"
    )

    @app.route("/<int:number>", methods=["GET", "POST"])
    def page(number: int) -> object:
        form = Form()
        if form.validate_on_submit():
            session[f"answer-{number % 20}"] = form.name.data
            return redirect(f"/{(number + 1) % 20}")
        return render_template_string(source, form=form)

    client = app.test_client()
    token = _token(client, "/1")
    return lambda: _step(client, "/1", {"csrf_token": token, "name": "Leanne"})


def _early_step() -> Callable[[], None]:
    client = _client()
    data = {"csrf_token": _token(client, "/en/nation"), "asks": "nation", "nation": "england"}
    return lambda: _step(client, "/en/nation", data)


def _late_step() -> Callable[[], None]:
    client = _client()
    token = _token(client, "/en/come-back")
    case = json.loads((ROOT / "tests" / "cases" / "two-letters.json").read_text())
    case["answers"]["conference"]["notes-received"] = (london_day() - timedelta(days=5)).isoformat()
    for key in ("you", "children", "support", "send-by", "read"):  # the parent has come as far as “name”
        case["answers"].pop(key, None)
    file = (io.BytesIO(json.dumps(case).encode()), "saved.json")
    client.post("/en/come-back", data={"csrf_token": token, "file": file})
    data = {"csrf_token": _token(client, "/en/name"), "asks": "name", "you.name": "Leanne Hartley"}
    return lambda: _step(client, "/en/name", data)


def _client() -> FlaskClient:
    from webapp import create_app

    return create_app().test_client()


def _token(client: FlaskClient, address: str) -> str:
    found = _TOKEN.search(client.get(address).text)
    assert found, address
    return found[1]


def _step(client: FlaskClient, address: str, data: dict[str, str]) -> None:
    posted = client.post(address, data=data)
    assert posted.status_code == 302, posted.status_code
    assert client.get(posted.headers["Location"]).status_code == 200


if __name__ == "__main__":
    main()
