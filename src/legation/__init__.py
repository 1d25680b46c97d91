"""Legation reads the news and keeps the record of who did what to whom.

`Reader` turns text into stories with events, `open` gives the desk that keeps them; the nouns are
in `legation.story`. Importing this package loads no model, reads no file and starts no thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from legation.pipeline import Reader
    from legation.store import open

__version__ = "0.1.0"
__all__ = ["Reader", "__version__", "open"]


def __getattr__(name: str) -> Any:
    """Load `Reader` and `open` on first use, so that `import legation` stays cheap (PEP 562)."""
    if name == "Reader":
        from legation.pipeline import Reader

        return Reader
    if name == "open":
        from legation import store

        return store.open
    raise AttributeError(f"module 'legation' has no attribute {name!r}")
