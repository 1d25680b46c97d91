"""Every error Legation raises: one root, one drawn tree; each survives pickling.

LegationError
├── InputError        a file, page or record that cannot be read as a story
│   └── FetchError    an address that gave no page
├── KnowledgeError    a line in words/ or world/ that breaks its own rules (file and line named)
├── ModelError        the language model is missing, damaged or of another version
├── GoldError         a gold or system file that the evaluator cannot use
└── StoreError        a desk that cannot be opened, read or written
    ├── StoreBusyError    another process holds it, or its server is away: try again
    └── StoreFullError    no room left on its disk

What is merely odd about one story is no exception but a `Problem` on that story (see story.py).
"""

from __future__ import annotations


class LegationError(Exception):
    """Root of all errors of this package; catch it to catch them all."""


class InputError(LegationError):
    """Raised when a location given by the user cannot be read as a story."""


class FetchError(InputError):
    """Raised when an http(s) address gives no usable page."""


class ModelError(LegationError):
    """Raised when the language model is missing, damaged or of another version."""


class GoldError(LegationError):
    """Raised when a gold or system file of the evaluator has a bad line (file and line named)."""


class StoreError(LegationError):
    """Raised when a desk cannot be opened, read or written."""


class StoreBusyError(StoreError):
    """Raised when another process holds the desk for too long, or its server is away."""


class StoreFullError(StoreError):
    """Raised when the disk of the desk is full; what was added before is safe."""


class KnowledgeError(LegationError):
    """Raised when a line of `words/` or `world/` breaks the rules of its file.

    The message names the file and, where known, the line (1-based) and the entry.
    """

    def __init__(self, message: str, path: str = "", line: int = 0) -> None:
        super().__init__(message, path, line)
        self.message, self.path, self.line = message, path, line

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return where + self.message
