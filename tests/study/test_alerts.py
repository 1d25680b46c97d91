"""Rules fire when they should, once, with evidence, and never because the feed was down."""

import json
import socketserver
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import feedparser
import polars as pl
import pytest

import legation
from legation.errors import InputError
from legation.store import Desk
from legation.store import alerts as kept
from legation.store.alerts import KeptAlert
from legation.study import alerts, baserates
from legation.study.alerts import Facts, Rule, check
from legation.study.alerts.delivery import atom, deliverer, send
from tests.study.test_relation import made


def day(number: int) -> str:
    return (date(2023, 1, 2) + timedelta(days=number)).isoformat()


def stories(first: int, last: int, each: int = 4) -> list[dict[str, Any]]:
    return [
        {"period": day(i), "outlet": "X", "stories": each, "originals": each}
        for i in range(first, last)
    ]


def rule(**fields: Any) -> Rule:
    return alerts.rules([{"name": "r", "pair": "AAA-BBB", **fields}])[0]


QUIET = [(day(i), "CONSULT") for i in range(0, 360, 14)]
COVERED = stories(0, 400)


def test_an_act_is_told_once_and_only_when_it_was_published() -> None:
    facts = Facts(made((day(300), "ASSAULT"), first_published=day(302)), (), COVERED)
    assert not check(rule(when="event"), facts, day(301))
    (alert,) = check(rule(when="event"), facts, day(302))
    assert alert.acts == ("h0",)
    assert not check(rule(when="event"), facts, day(303), {alert.key: alert.day})
    assert not check(rule(when="event", days=3), facts, day(320))


def test_a_pending_rule_waits_and_reports_are_asked_for() -> None:
    facts = Facts(made((day(300), "ASSAULT")), (), COVERED)
    assert not check(rule(when="event", pending="2d"), facts, day(301))
    assert check(rule(when="event", pending="2d"), facts, day(302))
    assert not check(rule(when="event", reports=2), facts, day(300))


def test_more_than_in_any_week_of_the_year_is_an_anomaly() -> None:
    burst = [(day(360 + i % 3), "ACCUSE") for i in range(6)]
    facts = Facts(made(*QUIET, *burst), (), COVERED)
    (alert,) = check(rule(when="anomaly"), facts, day(362))
    assert "unseen in a year" in alert.title
    assert "highest in the year before 1" in alert.words
    assert not check(rule(when="anomaly", floor=9), facts, day(362))
    early = [{**row, "period": row["period"]} for row in stories(340, 400)]
    assert not check(rule(when="anomaly"), Facts(facts.acts, (), early), day(362))


def test_a_burst_that_happens_every_year_is_none() -> None:
    busy = [(day(i), "ACCUSE") for i in range(360) for _ in range(2)]
    facts = Facts(made(*busy), (), COVERED)
    assert not check(rule(when="anomaly"), facts, day(350))


def test_flaps_are_damped() -> None:
    burst = [(day(360 + i // 2), "ACCUSE") for i in range(20)]
    facts = Facts(made(*QUIET, *burst), (), COVERED)
    found = rule(when="anomaly", quiet="2w")
    assert check(found, facts, day(363), {"anomaly x": day(300)})
    assert not check(found, facts, day(364), {"anomaly x": day(360)})


def test_a_falling_level_is_a_drop_and_a_rising_one_is_not() -> None:
    fall = made(*QUIET, *[(day(361 + i), "SANCTION") for i in range(5)])
    (alert,) = check(rule(when="drop", points=3), Facts(fall, (), COVERED), day(366))
    assert "fell by" in alert.title
    assert len(alert.acts) == 5
    rise = made(*QUIET, *[(day(361 + i), "AID") for i in range(5)])
    assert not check(rule(when="drop"), Facts(rise, (), COVERED), day(366))


def test_silence_is_told_only_while_stories_come_in() -> None:
    busy = made(*[(day(i), "ACCUSE") for i in range(0, 330, 3)])
    still = rule(when="silence", days=30)
    (alert,) = check(still, Facts(busy, (), COVERED), day(362))
    assert "silence" in alert.title
    down = Facts(busy, (), stories(0, 330))
    assert not check(still, down, day(362))
    assert alerts.checking.blind(still, down, day(362))
    thin = Facts(busy, (), [*stories(0, 330), *stories(330, 334, 1)])
    assert alerts.checking.blind(still, thin, day(362))
    assert not alerts.checking.blind(still, Facts(busy, (), COVERED), day(362))


def test_the_first_of_its_kind_needs_a_past_that_was_seen() -> None:
    acts = made(*QUIET, (day(350), "ASSAULT"))
    (alert,) = check(rule(when="first"), Facts(acts, (), COVERED), day(350))
    assert "first" in alert.title
    assert "ASSAULT" in alert.title
    again = made(*QUIET, (day(200), "ASSAULT"), (day(350), "ASSAULT"))
    assert not check(rule(when="first"), Facts(again, (), COVERED), day(350))
    assert not check(rule(when="first"), Facts(acts, (), stories(345, 360)), day(350))


def test_conflicting_accounts_are_told() -> None:
    acts = made((day(1), "ASSAULT"), (day(9), "AID"))
    facts = Facts(acts, disputed={"h0": day(20)})
    (alert,) = check(rule(when="conflict"), facts, day(20))
    assert "accounts differ" in alert.title
    assert not check(rule(when="conflict"), facts, day(19)), "nobody had denied it yet"


def test_a_fall_is_told_again_only_after_news_of_it() -> None:
    good = [(day(i), "AGREE") for i in range(0, 300, 10)]
    blows = [(day(i), "ASSAULT") for i in range(301, 303) for _ in range(4)]
    facts = Facts(made(*good, *blows), (), COVERED)
    (alert,) = check(rule(when="drop"), facts, day(303))
    assert not check(rule(when="drop"), facts, day(318), {alert.key: alert.day})
    worse = Facts(pl.concat([facts.acts, made((day(317), "ASSAULT"), id="h99")]), (), COVERED)
    assert check(rule(when="drop"), worse, day(318), {alert.key: alert.day})


def test_a_plan_is_told_when_it_is_decided() -> None:
    plan = {
        "id": "e1", "outcome": "kept", "type": "CONSULT", "mode": "visit", "actors": ["A"],
        "actor_countries": ["AAA"], "recipients": [], "recipient_countries": [], "words": "will go",
        "by_words": "went", "by_day": day(5), "by_event": "e2", "day": day(4), "last_day": day(4),
        "published": day(1),
    }  # fmt: skip
    facts = Facts(made(), [plan])
    (alert,) = check(rule(when="plan"), facts, day(5))
    assert alert.events == ("e1", "e2")
    assert "(kept)" in alert.title
    assert not check(rule(when="plan", outcome="cancelled"), facts, day(5))
    assert not check(rule(when="plan"), facts, day(4))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"when": "event"}, "give it a name"),
        ({"name": "x", "when": "never"}, "none of event"),
        ({"name": "x", "when": "event", "colour": "red"}, "unknown field 'colour'"),
        ({"name": "x", "when": "drop"}, "needs a pair"),
        ({"name": "x", "when": "event", "pair": "AAA"}, "two sides"),
        ({"name": "x", "when": "event", "type": "ATTACK"}, "none of AGREE"),
        ({"name": "x", "when": "event", "days": "soon"}, "number of days"),
        ({"name": "x", "when": "event", "to": "pigeon:home"}, "none of stdout"),
        ({"name": "x", "when": "event", "floor": "3"}, "floor = '3'"),
        ({"name": "x", "when": "event", "pair": "AAA-BBB", "party": "CCC"}, "exclude"),
    ],
)
def test_what_is_wrong_in_a_rule_is_said(table: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        alerts.rules([table], "desk.toml")
    assert str(caught.value).startswith("desk.toml: alert")


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="twice"):
        alerts.rules([{"name": "x", "when": "event"}] * 2)


def test_base_rates_of_a_series() -> None:
    acts = made(*QUIET, *[(day(357), "ACCUSE")] * 6)
    rows = baserates.anomalies(acts)
    assert rows.filter(pl.col("unusual"))["acts"].to_list() == [6]
    assert baserates.anomalies(made()).is_empty()


# On a desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with legation.open(tmp_path / "desk.db") as made_:
        yield made_


def alert(**fields: Any) -> KeptAlert:
    told = {"happening": "h", "day": day(1), "words": "They <met> & left.", "outlet": "Wire",
            "published": day(1), "url": "https://wire.example/1", "story": "s"}  # fmt: skip
    base: dict[str, Any] = {
        "rule": "r", "key": "k", "day": day(1), "title": "r: A & B <met>", "words": "one report.",
        "evidence": (told,), "waiting": ("stdout",),
    }  # fmt: skip
    return KeptAlert(**(base | fields))


def test_an_alert_is_kept_once(desk: Desk) -> None:
    assert kept.keep(desk.database, alert())
    assert not kept.keep(desk.database, alert(title="again"))
    assert kept.known(desk.database, "r") == {"k": day(1)}
    (found,) = kept.latest(desk.database)
    assert (found.title, found.evidence[0]["outlet"]) == ("r: A & B <met>", "Wire")


class Hook(BaseHTTPRequestHandler):
    """Takes alerts, or is out of order."""

    got: list[dict[str, Any]] = []  # noqa: RUF012
    code = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.code < 300:
            Hook.got.append(json.loads(body))
        self.send_response(self.code)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Hook.got, Hook.code = [], 204
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()


def test_a_target_that_was_away_gets_its_alert_later_and_the_others_at_once(
    desk: Desk, hook: str, tmp_path: Path
) -> None:
    said: list[str] = []
    deliver = deliverer(desk, tmp_path, say=said.append)
    to = ("stdout", "file:alerts.jsonl", "atom:alerts.xml", hook)
    kept.keep(desk.database, alert(waiting=to))
    Hook.code = 503
    first = alerts.run(desk, [], day(2), deliver)
    assert [reason for _, reason in first.failed] == ["http://127.0.0.1: answered 503"]
    Hook.code = 204
    second = alerts.run(desk, [], day(2), deliver)
    assert not second.failed
    assert not kept.waiting(desk.database)
    assert len(said) == 1
    assert "They <met> & left." in said[0]
    assert len((tmp_path / "alerts.jsonl").read_text().splitlines()) == 1
    assert Hook.got[0]["evidence"][0]["words"] == "They <met> & left."
    feed = feedparser.parse((tmp_path / "alerts.xml").read_text())
    assert not feed.bozo
    assert feed.entries[0].title == "r: A & B <met>"


class Mail(socketserver.StreamRequestHandler):
    """As much of a mail server as one message needs."""

    got: list[str] = []  # noqa: RUF012

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        data = False
        for line in self.rfile:
            text = line.decode().rstrip("\r\n")
            if data:
                Mail.got.append(text)
                if text == ".":
                    data = False
                    self.wfile.write(b"250 ok\r\n")
            elif text.upper().startswith("QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            elif text.upper() == "DATA":
                data = True
                self.wfile.write(b"354 go\r\n")
            else:
                self.wfile.write(b"250 ok\r\n")


def test_an_alert_goes_by_mail_and_no_header_can_be_smuggled_in() -> None:
    Mail.got = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        evil = alert(title="r: met\r\nBcc: all@example.org")
        send(evil, "desk@example.org", f"smtp://127.0.0.1:{port}?from=legation@example.org")
        server.shutdown()
    assert "To: desk@example.org" in Mail.got
    assert "Subject: r: met Bcc: all@example.org" in Mail.got
    headers = Mail.got[: Mail.got.index("")]
    assert not [line for line in headers if line.startswith("Bcc")]


def test_mail_without_a_server_waits() -> None:
    with pytest.raises(InputError, match="LEGATION_SMTP"):
        send(alert(), "desk@example.org", "")


def test_an_empty_feed_is_valid() -> None:
    assert not feedparser.parse(atom([])).bozo
