"""Looked at: pages for people and an API for programs, over one desk (docs/web.md, docs/api.md).

`application` builds the server that `legation serve` runs; nothing here starts by itself.
"""

from __future__ import annotations

from legation.web.app import application
from legation.web.settings import Settings

__all__ = ["Settings", "application"]
