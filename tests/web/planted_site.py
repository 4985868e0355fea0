"""The site as gunicorn serves it, on a Monday that stays, with a page that breaks and one that hangs."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from flask import request

from webapp import create_app, visits

app = create_app()
for name, module in list(sys.modules.items()):
    if name.startswith("webapp.") and hasattr(module, "london_day"):
        module.london_day = lambda: date(2026, 11, 23)  # type: ignore[attr-defined]


@app.get("/en/planted/fault")
def fault() -> str:
    raise LookupError(f"it says all it knows: {visits.answers()}")


@app.post("/en/planted/hang")
def hang() -> str:
    """Holds all that was sent, until this process is killed."""
    held = [visits.answers(), dict(request.form), [file.read() for file in request.files.values()]]
    Path(request.headers["X-Planted-Sign"]).touch()
    time.sleep(600)
    return str(held)
