"""A desk that looks after itself: feeds are visited when due, read, kept, and their health told.

`settings` reads the desk file, `daemon` is the loop, `health` judges a feed by what it brought, and
`metrics` lets Prometheus ask. Everything a restart needs is in the store, so the daemon can be
killed at any moment.
"""

from legation.watch.daemon import Daemon
from legation.watch.settings import Settings, load

__all__ = ["Daemon", "Settings", "load"]
