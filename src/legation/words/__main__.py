"""Write docs/operators.md to standard output: `python -m legation.words > docs/operators.md`."""

from legation.words import load
from legation.words.operators import page

print(page(load().operators), end="")
