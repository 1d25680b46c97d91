"""From a desk to a figure that a paper can print.

pip install 'legation[notebook]'
legation add examples/desk/reports.jsonl --store desk.db
marimo edit examples/relation.py            (or: python examples/relation.py, which makes the PDF)
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    from pathlib import Path

    import altair
    import marimo as mo

    import legation
    from legation.study import charts, relation
    from legation.study.acts import acts
    from legation.study.turning import turning_points

    return Path, acts, altair, charts, legation, mo, relation, turning_points


@app.cell
def _(mo):
    mo.md("# Guyana and Suriname, November 2023 to June 2024 (an invented quarrel)")
    return


@app.cell
def _(acts, legation):
    desk = legation.open("desk.db", create=False)
    found = acts(desk, "GUY-SUR")
    found.select("day", "type", "mode", "status", "direction", "score", "independent")
    return desk, found


@app.cell
def _(found, relation, turning_points):
    turns = turning_points(found)
    state = relation.state(found)
    state
    return state, turns


@app.cell
def _(turns):
    turns.select("day", "before_day", "direction", "before", "after")
    return


@app.cell
def _(altair, charts, desk, found, relation, turns):
    weeks = relation.series(found, "week", coverage=desk.coverage("week"))
    spec = charts.timeline(weeks, found, turns, "Guyana and Suriname")
    altair.Chart.from_dict(spec)
    return (spec,)


@app.cell
def _(Path, charts, spec):
    charts.written(spec, Path("guyana-suriname.pdf"))
    return


if __name__ == "__main__":
    app.run()
