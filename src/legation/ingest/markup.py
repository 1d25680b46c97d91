"""XML from strangers, read safely, and the plain text of marked-up pieces."""

from __future__ import annotations

import re
from typing import Any

from legation.errors import InputError

_BLOCK = frozenset(
    [
        *("p", "div", "br", "li", "tr", "blockquote", "section", "article", "ul", "ol", "table"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "figure", "hr"),
    ]
)
_SILENT = frozenset(["script", "style", "template", "noscript"])


def tree(raw: bytes, name: str) -> Any:
    """The root element of an XML document; InputError when it is broken or declares entities."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        return ElementTree.fromstring(raw)
    except DefusedXmlException as error:
        raise InputError(
            f"{name}: declares XML entities ({type(error).__name__}); such files are not read"
        ) from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputError(f"{name}: not well-formed XML: {error}") from error


def local(element: Any) -> str:
    """The tag of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def first(root: Any, *tags: str) -> Any:
    """The first element with one of the local tags, in the order given; None when there is none."""
    for tag in tags:
        for element in root.iter():
            if local(element) == tag:
                return element
    return None


def words(element: Any) -> str:
    """All text inside an XML element, as one line; "" for None."""
    return "" if element is None else re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def paragraphs(element: Any) -> str:
    """The `p` elements inside an element, a blank line between; its whole text if it has none."""
    found = [words(p) for p in element.iter() if local(p) == "p"]
    return "\n\n".join(p for p in found if p) or words(element)


def plain(piece: str) -> str:
    """The text of a piece of HTML, paragraphs kept apart by blank lines."""
    if "<" not in piece:
        import html

        return html.unescape(piece).strip()
    from lxml import etree
    from lxml import html as lxml_html

    try:
        root = lxml_html.fragment_fromstring(piece, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    parts: list[str] = []
    _gather(root, parts)
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _gather(root: Any, parts: list[str]) -> None:
    """Text in reading order with a line break at each block, without recursion."""
    from lxml import etree

    for happening, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        shown = tag and not any(a.tag in _SILENT for a in (element, *element.iterancestors()))
        if happening == "start":
            parts.append("\n" if tag in _BLOCK else "")
            parts.append(element.text or "" if shown else "")
        else:
            parts.append("\n" if tag in _BLOCK else "")
            parts.append(element.tail or "" if element is not root else "")
