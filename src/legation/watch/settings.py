"""The desk file: which feeds to follow, how often, and what to expect of each (docs/3)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from legation.errors import InputError
from legation.store import Feed

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
SHORTEST = 60  # seconds between two looks at one feed; news sites ask for no less


@dataclass(frozen=True, slots=True)
class Settings:
    """A desk file: `store` a path or URL ("" when not said), `metrics` "host:port" or "".

    Of the feeds only what the file says is set: `every` in seconds, `low` and `high` stories a day.
    `alerts` are the tables of the alert rules as written; study/alerts reads them.
    """

    store: str
    feeds: tuple[Feed, ...]
    metrics: str = ""
    allow_private: bool = False
    alerts: tuple[dict[str, Any], ...] = ()


_TOP = {"store": str, "metrics": str, "allow_private": bool, "feed": list, "alert": list}
_FEED = {"url": str, "name": str, "outlet": str, "every": str, "expect": list}


def load(path: Path) -> Settings:
    """The settings of a desk file; InputError names file, feed and field of what is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not valid TOML: {error}") from error
    _check(raw, _TOP, str(path))
    feeds = tuple(
        _source(feed, f"{path}: feed {number}")
        for number, feed in enumerate(raw.get("feed", ()), 1)
    )
    addresses = [feed.url for feed in feeds]
    for url in addresses:
        if addresses.count(url) > 1:
            raise InputError(f"{path}: {url} is listed twice")
    store = raw.get("store", "")
    if store and "://" not in store:
        store = str(path.parent / store)
    alerts = tuple(raw.get("alert", ()))
    for number, rule in enumerate(alerts, 1):
        if not isinstance(rule, dict):
            raise InputError(f"{path}: alert {number}: write it as [[alert]]")
    return Settings(store, feeds, raw.get("metrics", ""), raw.get("allow_private", False), alerts)


def _source(raw: Any, where: str) -> Feed:
    if not isinstance(raw, dict):
        raise InputError(f"{where}: write it as [[feed]]")
    _check(raw, _FEED, where)
    url = raw.get("url", "")
    if not url.startswith(("http://", "https://")):
        raise InputError(f"{where}: url {url!r} is not an http or https address")
    low, high = _expected(raw.get("expect", []), where)
    every = seconds(raw.get("every", "15m"), where)
    return Feed(url, raw.get("name", ""), raw.get("outlet", ""), every, low, high)


def seconds(text: str, where: str = "") -> int:
    """The seconds of "90s", "15m", "2h" or "1d"; InputError below a minute or when it is none."""
    found = re.fullmatch(r"\s*(\d+)\s*([smhd])\s*", text)
    if not found:
        raise InputError(f"{where}: every = {text!r} is not a time like 15m, 2h or 1d")
    total = int(found[1]) * _UNITS[found[2]]
    if total < SHORTEST:
        raise InputError(
            f"{where}: every = {text!r}: no feed is asked more often than once a minute"
        )
    return total


def _expected(pair: list[Any], where: str) -> tuple[int | None, int | None]:
    """Fewest and most new stories a day."""
    if not pair:
        return None, None
    fit = len(pair) == 2 and all(type(n) is int and n >= 0 for n in pair) and pair[0] <= pair[1]
    if not fit:
        raise InputError(f"{where}: expect = {pair} is not [fewest, most] stories a day")
    return pair[0], pair[1]


def _check(raw: dict[str, Any], known: Mapping[str, type], where: str) -> None:
    for key, value in raw.items():
        if key not in known:
            raise InputError(f"{where}: unknown field {key!r}; known are {', '.join(known)}")
        if not isinstance(value, known[key]):
            raise InputError(f"{where}: {key} must be a {known[key].__name__}, not {value!r}")
