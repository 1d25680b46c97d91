"""A specification as a file: SVG, PNG, PDF without a browser, and a page that needs no network."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from legation.errors import InputError

VERSION = "6.4"
_SNIPPET = """
for (const place of document.querySelectorAll("[data-chart]")) {
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  vegaEmbed(place, spec, {ast: true, actions: false, renderer: "svg", tooltip: true});
}
"""


def svg(spec: Mapping[str, Any]) -> str:
    """The chart as SVG with text as text."""
    return str(_converter().vegalite_to_svg(json.dumps(spec), vl_version=VERSION))


def png(spec: Mapping[str, Any], scale: float = 2.0) -> bytes:
    """The chart as PNG, `scale` pixels a unit."""
    made = _converter().vegalite_to_png(json.dumps(spec), vl_version=VERSION, scale=scale)
    return bytes(made)


def pdf(spec: Mapping[str, Any]) -> bytes:
    """The chart as PDF."""
    return bytes(_converter().vegalite_to_pdf(json.dumps(spec), vl_version=VERSION))


@cache
def script() -> str:
    """The one script of a page with live charts: Vega, Vega-Lite and vega-embed as a module.

    It draws each element with `data-chart="ID"` from the JSON in the element ID, without `eval`,
    so a page may forbid inline code and other hosts.
    """
    return str(_converter().javascript_bundle(_SNIPPET, vl_version=VERSION))


def html(spec: Mapping[str, Any], title: str = "Chart") -> str:
    """One page that holds everything: the live chart, and its SVG where scripts are off."""
    data = json.dumps(spec).replace("<", "\\u003c")
    ground = escape(str(spec.get("background", "#ffffff")), quote=True)
    code = script().replace("</script", "<\\/script")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>' + escape(title) + "</title>"
        f"<style>body{{margin:1rem;background:{ground}}}svg{{max-width:100%;height:auto}}</style>"
        '</head><body><div data-chart="spec"></div>'
        f"<noscript>{svg(spec)}</noscript>"
        f'<script id="spec" type="application/json">{data}</script>'
        f'<script type="module">{code}</script></body></html>\n'
    )


def written(spec: Mapping[str, Any], path: Path, title: str = "Chart") -> None:
    """Write the chart in the form that the path's suffix names; InputError on another one."""
    make = SUFFIXES.get(path.suffix.lower())
    if make is None:
        raise InputError(f"{path}: a chart is written as {', '.join(SUFFIXES)}")
    made = html(spec, title) if make is html else make(spec)
    try:
        path.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def _json(spec: Mapping[str, Any]) -> str:
    return json.dumps(spec, ensure_ascii=False, indent=1) + "\n"


SUFFIXES: dict[str, Callable[..., str | bytes]] = {
    ".svg": svg, ".png": png, ".pdf": pdf, ".html": html, ".json": _json,
}  # fmt: skip
"""What each suffix of a file makes; .json is the specification itself."""


def _converter() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise InputError("vl-convert-python is missing: pip install vl-convert-python") from error
    return vl_convert
