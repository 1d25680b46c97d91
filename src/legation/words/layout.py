"""How the files of the act lexicon are laid out: long lists sorted and wrapped, so that a person
finds any word in seconds and two people's changes rarely touch one line."""

from __future__ import annotations

import re
import tomllib

WIDTH = 100
SORTED = ("verbs", "nouns", "adjectives")
_LIST = re.compile(r"^([a-z_]+) = \[(.*?)\][ \t]*$", re.MULTILINE | re.DOTALL)


def laid_out(text: str) -> str:
    """The text of a lexicon file with its lists of words sorted, wrapped, without duplicates.

    Examples (`yes`, `no`) keep their order, one a line when they don't fit. Comments inside a list
    of words would be lost: put them above the group.
    """
    classes = text.find("[classes]")

    def one(match: re.Match[str]) -> str:
        name = match.group(1)
        items = list(dict.fromkeys(tomllib.loads(f"x = [{match.group(2)}]")["x"]))
        if name in SORTED or 0 <= classes < match.start():
            items.sort(key=_order)
        return _written(name, items)

    return _LIST.sub(one, text)


def _order(item: str) -> tuple[str, str]:
    return (re.sub(r"[^a-z ]", "", item.lower()), item)


def _written(name: str, items: list[str]) -> str:
    quoted = ['"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items]
    flat = f"{name} = [{', '.join(quoted)}]"
    if len(flat) <= WIDTH:
        return flat
    if name in ("yes", "no"):
        return f"{name} = [\n" + "".join(f"  {item},\n" for item in quoted) + "]"
    lines, line = [], " "
    for item in quoted:
        if len(line) + len(item) + 2 > WIDTH:
            lines.append(line)
            line = " "
        line += f" {item},"
    return f"{name} = [\n" + "\n".join([*lines, line]) + "\n]"
