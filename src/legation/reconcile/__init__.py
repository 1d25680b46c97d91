"""Many reports become one happening; plans are followed to their end. Pure: candidates come in.

copies.py    which texts are copies of each other
telling.py   an event as the search for happenings sees it, and where to look for its like
match.py     how sure it is that two events are one act
cluster.py   which events are one happening, whatever the order they came in
identity.py  which happening keeps which id
summary.py   what all reports of one happening say together
voices.py    how many of them are independent
plans.py     what became of a plan
pending.py   which concessions are still to be made, and so are plans
verdict.py   what one later report's event makes of a plan
acting.py    … by what is done, with the tables of outcomes.toml
fitting.py   … and how well its parties, days and words fit the plan
strangers.py … and whether it is another act than the one planned
kin.py       which words are of one matter
pages.py     a later report as its plain sentences
days.py      the days that they name
affair.py    whether the report is of the plan's affair
topic.py     whether one of them is about the plan
deeds.py     whether one shows that it was done
remarks.py   what its plain sentences make of it, whether an act was read in them or not
judged.py    what the language model makes of them, heard besides the rules
outcomes.py  those tables
usage.py     the small classes of words of usage.toml: weekdays, numbers, words that say nothing
"""

from __future__ import annotations

from legation.reconcile.affair import akin
from legation.reconcile.cluster import clusters, neighbours, vague
from legation.reconcile.identity import Identity, identities
from legation.reconcile.match import SAME, match
from legation.reconcile.pages import Page, page
from legation.reconcile.plans import (
    GRACE,
    due,
    follow,
    hearing,
    horizon,
    is_plan,
    nearest,
    outlook,
    page_keys,
    pair_keys,
    plan_keys,
    side_keys,
    waiting,
)  # fmt: skip
from legation.reconcile.summary import summary
from legation.reconcile.telling import (
    Telling,
    in_reach,
    keys,
    reach,
    sought,
    stands,
    telling,
)  # fmt: skip
from legation.reconcile.voices import named

__all__ = [
    "GRACE", "SAME", "Identity", "Page", "Telling", "akin", "clusters", "due", "follow",
    "hearing", "horizon", "identities", "in_reach", "is_plan", "keys", "match", "named", "nearest",
    "neighbours", "outlook", "page", "page_keys", "pair_keys", "plan_keys", "reach", "side_keys",
    "sought", "stands", "summary", "telling", "vague", "waiting",
]  # fmt: skip
