"""Where files are made: in processes of their own, so that no letter keeps a page waiting."""

from __future__ import annotations

from webapp.rendering.faults import Busy, NotMade
from webapp.rendering.lanes import Make, at_once
from webapp.rendering.pool import Rendering, threads_held

__all__ = ["Busy", "Make", "NotMade", "Rendering", "at_once", "threads_held"]
