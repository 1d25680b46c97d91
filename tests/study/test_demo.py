"""The demo desk: what it says of the quarrel, from reading to relation, calendar and alert."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import icalendar
import pytest

from legation.store import Desk
from legation.study import alerts, calendar, charts, media, networks, relation
from legation.study.acts import acts
from legation.study.turning import turning_points

DESK = """
[[alert]]
name = "quarrel"
when = "event"
pair = "GUY-SUR"
type = "SANCTION,COERCE"
to = ["stdout", "file:told.jsonl"]
"""


def test_the_quarrel_turns_to_the_better_in_april(demo: Desk) -> None:
    found = acts(demo, "GUY-SUR")
    turns = turning_points(found)
    better = turns.filter(turns["direction"] == "better")
    assert any("2024-03-20" <= day <= "2024-04-20" for day in better["day"])
    march, june = relation.state(found, "2024-03-20"), relation.state(found, "2024-06-24")
    assert march["word"] in ("strained", "hostile")
    assert june["level"] > march["level"] + 3


def test_both_states_are_the_core_of_the_network(demo: Desk) -> None:
    nodes, _ = networks.network(acts(demo))
    assert set(nodes["code"][:2]) == {"GUY", "SUR"}


def test_the_calendar_has_the_meeting_that_was_kept(demo: Desk) -> None:
    rows = calendar.entries(demo, "2024-04-01", "2024-04-30")
    kept = [row for row in rows if row["day"] == "2024-04-10" and row["outcome"] == "kept"]
    assert kept
    assert all(row["words"] for row in rows)


def test_who_denied_the_arrests_and_on_whose_word(demo: Desk) -> None:
    disputes = media.disputes(demo.events().to_polars()).to_dicts()
    found = next(row for row in disputes if row["day"] == "2024-05-28")
    assert found["type"] == "COERCE"
    assert (found["claimed"], found["claimed_by"]) == (["Berbice Bugle"], ["the fishermen's union"])
    assert found["denied"] == ["Georgetown Gazette", "Paramaribo Post"]
    assert "the defence ministry" in found["denied_by"]


def test_which_reports_were_copies_and_of_what(demo: Desk) -> None:
    def outlet(id: str | None) -> str:
        kept = demo.story(id or "")
        return kept.story.outlet if kept else ""

    copies = {kept.story.title: outlet(kept.copy_of) for kept in demo.stories() if kept.copy_of}
    assert copies["Guyana stops ferry"] == "Caribbean Wire"
    assert copies["Brasilia brings rivals together"] == "Caribbean Wire"
    assert copies["Guyana and Suriname sign fishing treaty"] == "Georgetown Gazette"
    assert len(copies) >= 9
    ferry = max(
        demo.happenings(type="SANCTION", since="2024-02-01", until="2024-02-29"),
        key=lambda kept: len(kept.happening.reports),
    )
    assert ferry.happening.independent < len(ferry.happening.reports)


def test_the_visit_that_was_planned_and_called_off(demo: Desk) -> None:
    due = calendar.entries(demo, "2024-02-20", "2024-02-20")
    assert {row["outcome"] for row in due} == {"cancelled"}, "that no talks were held is its sequel"
    assert any("Indira Hope will travel to Paramaribo" in row["words"] for row in due)


def test_a_group_answers_as_its_members_do(demo: Desk) -> None:
    pair, group = acts(demo, "GUY-SUR"), acts(demo, "CARICOM-SUR:SUR")
    assert set(pair["id"]) <= set(group["id"])


def test_charts_of_the_demo_hold_its_words(demo: Desk) -> None:
    found = acts(demo, "GUY-SUR")
    weeks = relation.series(found, coverage=demo.coverage("week"))
    assert weeks["period"][0] == "2023-11-06"
    states = dict(weeks.select("period", "state").iter_rows())
    assert states["2023-12-25"] == states["2024-01-01"] == "no coverage"
    assert states["2024-01-22"] == "silent"
    text = charts.svg(charts.timeline(weeks, found, turning_points(found), "Guyana and Suriname"))
    assert "Guyana and Suriname" in text


def test_a_replay_names_days_and_acts_and_sends_nothing(demo: Desk) -> None:
    (rule,) = alerts.rules([{"name": "q", "when": "event", "pair": "GUY-SUR", "type": "SANCTION"}])
    found = alerts.replay(demo, rule, "2024-06-30")
    assert found.since == "2023-07-02"
    assert found.alerts
    assert all("SANCTION" in alert.title for alert in found.alerts)
    from legation.store import alerts as kept

    assert not kept.latest(demo.database)


def test_each_kind_of_rule_of_the_example_fires(demo: Desk) -> None:
    path = Path(__file__).parent.parent.parent / "examples" / "desk" / "desk.toml"
    rules = alerts.rules(tomllib.loads(path.read_text(encoding="utf-8"))["alert"], str(path))
    fired = {rule.when: alerts.replay(demo, rule, "2024-06-24").alerts for rule in rules}
    assert set(fired) == set(alerts.KINDS)
    assert all(fired.values()), {kind for kind, told in fired.items() if not told}
    assert "2024-05-30" in [alert.day for alert in fired["conflict"]]
    assert fired["drop"][0].day < "2024-01-15"


def test_what_was_known_then(demo: Desk) -> None:
    def outcomes(day: str) -> dict[str, str]:
        due = calendar.entries(demo, "2024-04-10", "2024-04-10", as_of=day)
        return {row["words"]: row["outcome"] for row in due}

    assert set(outcomes("2024-04-05").values()) == {"open"}
    assert set(outcomes("2024-04-12").values()) == {"kept"}

    def arrest(day: str) -> list[tuple[str, bool]]:
        found = demo.happenings(type="COERCE", since="2024-05-20", until="2024-05-30", as_of=day)
        return [(kept.happening.status, kept.happening.disputed) for kept in found]

    assert arrest("2024-05-29") == [("happened", False)]
    assert arrest("2024-05-30") == [("happened", True)]
    assert arrest("2024-05-31") == [("negated", True)]
    march = relation.state(acts(demo, "GUY-SUR", as_of="2024-03-20"), "2024-03-20")
    assert march["word"] in ("strained", "hostile")


def run(demo: Desk, *words: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "legation.cli", *words],
        capture_output=True, text=True,
        env={**os.environ, "LEGATION_STORE": demo.url.removeprefix("sqlite:///")},
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done.stdout


def test_the_commands_of_the_room(demo: Desk, tmp_path: Path) -> None:
    told = run(demo, "relations", "GUY-SUR", "--by", "month", "--until", "2024-06-30")
    assert "turn better" in told
    rows = [json.loads(line) for line in run(demo, "relations", "--format", "jsonl").splitlines()]
    assert {"GUY", "SUR"} == {rows[0]["a"], rows[0]["b"]}
    assert "community" in run(demo, "network", "--format", "csv").splitlines()[0]
    read = icalendar.Calendar.from_ical(run(demo, "calendar", "--format", "ics"))
    assert read.walk("VEVENT")
    assert json.loads(run(demo, "calendar", "--format", "json"))
    assert run(demo, "calendar", "--format", "rss").startswith("<?xml")
    file = tmp_path / "ridges.svg"
    run(demo, "chart", "ridgeline", str(file), "--pair", "GUY-SUR")
    assert file.read_text().startswith("<svg")
    run(demo, "chart", "timeline", str(file), code=2)


def test_alerts_come_once_from_the_command_line(demo: Desk, tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text(DESK)
    again = run(demo, "alerts", str(path), "--until", "2024-03-10", "--replay")
    assert "would have fired" in again
    first = run(demo, "alerts", str(path), "--until", "2024-03-10")
    assert "SANCTION" in first
    assert "“" in first
    assert run(demo, "alerts", str(path), "--until", "2024-03-10") == ""
    lines = (tmp_path / "told.jsonl").read_text().splitlines()
    assert len(lines) == first.count("quarrel: ")


@pytest.mark.parametrize("words", [("relations", "GUY"), ("calendar", "--outcome", "maybe")])
def test_what_cannot_be_asked_is_refused(demo: Desk, words: tuple[str, ...]) -> None:
    run(demo, *words, code=2)
