"""Charts from one grammar: each function turns a frame into a Vega-Lite specification (a dict).

The same specification serves a notebook (`altair.Chart.from_dict(spec)`), a page (`script` is the
one JavaScript bundle, `inline` the SVG) and a file (`svg`, `png`, `pdf`, `html`). `dark=True` gives
the colours for a dark ground.
"""

from legation.study.charts import ground
from legation.study.charts.files import SUFFIXES, html, pdf, png, script, svg, written
from legation.study.charts.grids import agreement, calendar, matrix
from legation.study.charts.maps import world
from legation.study.charts.nets import network
from legation.study.charts.ridges import ridgeline
from legation.study.charts.timeline import timeline

__all__ = [
    "SUFFIXES", "agreement", "calendar", "ground", "html", "matrix", "network", "pdf", "png",
    "ridgeline", "script", "svg", "timeline", "world", "written",
]  # fmt: skip
