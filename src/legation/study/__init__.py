"""Counted and drawn: relations over time, networks, profiles, the calendar, alerts and charts.

`acts.acts` takes from a desk what a study needs; what follows is pure functions on polars frames
whose columns are documented beside them (docs/4-look-at-relations.md,
docs/5-alerts-and-calendar.md).
"""
