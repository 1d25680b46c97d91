"""Rules that watch a desk: `[[alert]]` tables of the desk file, checked, kept, delivered once.

`rules.rules` reads them, `checking.check` is pure, `running.run` does the rest
(docs/5-alerts-and-calendar.md).
"""

from legation.study.alerts.checking import Alert, Facts, check
from legation.study.alerts.rules import KINDS, Rule, rules
from legation.study.alerts.running import Outcome, Replay, replay, run

__all__ = [
    "KINDS",
    "Alert",
    "Facts",
    "Outcome",
    "Replay",
    "Rule",
    "check",
    "replay",
    "rules",
    "run",
]
