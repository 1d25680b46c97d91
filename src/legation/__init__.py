"""Legation reads the news and keeps the record of who did what to whom.

`Reader` turns text into stories with events; the nouns are in `legation.story`. Importing this
package loads no model, reads no file and starts no thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from legation.pipeline import Reader

__version__ = "0.1.0"
__all__ = ["Reader", "__version__"]


def __getattr__(name: str) -> Any:
    """Load `Reader` on first use, so that `import legation` stays cheap (PEP 562)."""
    if name == "Reader":
        from legation.pipeline import Reader

        return Reader
    raise AttributeError(f"module 'legation' has no attribute {name!r}")
