"""What every store must do, run on each database (docs/how-to-add-a-store.md)."""

from __future__ import annotations

import gc
import threading
from dataclasses import replace

import pytest

import legation
from legation.errors import InputError
from legation.store import Desk, Feed, Look
from legation.story import Problem
from tests.store.conftest import BAKO, MLI, TCD, TEXT, VISIT, event, story


def test_a_story_comes_out_as_it_went_in(desk: Desk) -> None:
    given = story(problems=(Problem("odd", "two heads", 3, 5),))
    id = desk.add(given).id
    kept = desk.story(id)
    assert kept is not None
    assert replace(kept.story, events=()) == replace(given, events=())
    out = [replace(e, id="") for e in kept.story.events]
    assert out == [replace(e, id="") for e in given.events]
    assert desk.story("a.txt") == kept, "the id it came with finds it too"


def test_the_same_story_twice_is_one_story(desk: Desk) -> None:
    first, again = desk.add_all([story(), story(text=TEXT.replace(" ", "  "), id="b")])
    assert first.new
    assert not again.new
    assert first.id == again.id
    assert desk.status()["stories"] == 1
    assert desk.status()["events"] == 2


def test_the_same_text_of_another_outlet_is_another_story(desk: Desk) -> None:
    added = desk.add_all([story(), story(outlet="Radio Horizon")])
    assert [item.new for item in added] == [True, True]


def test_an_unread_story_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="never read"):
        desk.add(story(version=""))


def test_known_stories_are_known_before_they_are_read(desk: Desk) -> None:
    desk.add(story())
    raw = story(events=(), version="")
    assert desk.known([raw, story(outlet="Other")]) == {desk.story_id(raw)}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, 2), ({"actor": "FRA"}, 1), ({"actor": "FRA,NER"}, 2), ({"recipient": "TCD"}, 1),
        ({"party": "MLI"}, 1), ({"actor": "Ali Bako"}, 1), ({"party": "country:FRA"}, 1),
        ({"actor": "FRA/GOV"}, 1), ({"actor": "FRA/MIL"}, 0), ({"pair": "MLI-FRA"}, 1),
        ({"actor": "FRA", "recipient": "MLI"}, 1), ({"actor": "MLI", "recipient": "FRA"}, 0),
        ({"actor": "Ali Bako", "recipient": "TCD"}, 1), ({"source": "NER"}, 1),
        ({"type": "CONSULT"}, 1), ({"type": "CONSULT,ACCUSE"}, 2), ({"mode": "visit"}, 1),
        ({"status": "planned"}, 1), ({"since": "2020-01-08"}, 1), ({"until": "2020-01-09"}, 1),
        ({"place": "TCD"}, 1), ({"context": "diplomatic"}, 1), ({"outlet": "Sahel Wire"}, 2),
        ({"min_confidence": 0.7}, 1), ({"text": '"will visit" niger*'}, 2), ({"text": "paris"}, 0),
        ({"story": "a.txt"}, 2), ({"as_of": "2019-01-01"}, 0), ({"as_of": "2100-01-01"}, 2),
        ({"pair": "FRA-MLI", "as_of": "2100-01-01"}, 1), ({"precision": 1}, 2),
        ({"type": "ACCUSE", "status": "planned"}, 0), ({"published_since": "2020-01-09"}, 0),
    ],
)  # fmt: skip
def test_filters_find_what_fits(desk: Desk, asked: dict[str, object], expected: int) -> None:
    desk.add(story())
    found = desk.events(**asked)
    assert (found.count(), len(list(found))) == (expected, expected)


@pytest.mark.parametrize(
    "asked",
    [{"type": "DANCE"}, {"colour": "red"}, {"since": "soon"}, {"pair": "FRA"}, {"text": "-no"}],
)
def test_a_wrong_filter_is_told(desk: Desk, asked: dict[str, str]) -> None:
    with pytest.raises(InputError):
        desk.events(**asked).count()


@pytest.mark.parametrize("order", ["newest", "oldest", "recorded", "changed"])
def test_pages_hold_every_event_once_in_order(desk: Desk, order: str) -> None:
    for number in range(7):
        desk.add(story(text=f"{TEXT} {number}", published=f"2020-01-0{number + 1}"))
    asked = desk.events(order, party="FRA,NER,TCD")
    cursor, ids, days = "", [], []
    while True:
        page = asked.page(3, cursor)
        ids += [item.id for item in page.items]
        days += [item.day for item in page.items]
        cursor = page.next
        if not cursor:
            break
    assert len(ids) == len(set(ids)) == 14
    if order in ("newest", "oldest"):
        assert days == sorted(days, reverse=order == "newest")


def test_counts_and_series_agree_with_the_events(desk: Desk) -> None:
    desk.add(story())
    desk.add(story(text=TEXT + " More.", events=(event(),)))
    assert (
        desk.counts("type")
        == [
            {"type": "ACCUSE", "events": 2, "stories": 2, "happenings": 1},
            {"type": "CONSULT", "events": 1, "stories": 1, "happenings": 1},
        ]
        or desk.counts("type")[0]["events"] == 2
    )
    months = desk.series("month", pair="FRA-MLI", split="status")
    assert [(row["period"], row["status"], row["events"]) for row in months] == [
        ("2020-01-01", "happened", 2)
    ]
    assert desk.series("week", pair="FRA-MLI")[0]["period"] == "2020-01-06"
    assert (
        desk.coverage("year")
        == [{"period": "2020-01-01", "outlet": "Sahel Wire", "stories": 2, "originals": 2}]
        or desk.coverage("year")[0]["stories"] == 2
    )


def test_words_are_found(desk: Desk) -> None:
    desk.add(story())
    (hit,) = desk.search("envoy -coup")
    assert "envoy" in hit.snippet
    assert desk.found("condemned") == 1
    assert desk.search("coup") == []


def test_frames_have_the_documented_columns(desk: Desk) -> None:
    desk.add(story())
    asked = desk.events("oldest")
    names = [name for name, _ in asked.table]
    assert asked.to_polars().columns == names
    assert list(asked.to_pandas().columns) == names
    assert asked.to_arrow().column_names == names
    assert asked.to_polars()["actors"].to_list() == [["France"], ["Ali Bako"]]


def test_what_is_learned_of_a_party_keeps_its_first_story(desk: Desk) -> None:
    id = desk.add(story()).id
    desk.add(story(text=TEXT + " Again.", published="2020-02-01"))
    (found,) = desk.parties("ali")
    assert (found["first_day"], found["last_day"]) == ("2020-01-08", "2020-02-01")
    assert found["roles"] == [
        {"role": "envoy", "country": "NER", "sector": "GOV", "first_day": "2020-01-08",
         "last_day": "2020-02-01", "story": id}
    ]  # fmt: skip


def test_acts_done_together_stand_in_both_directions(desk: Desk) -> None:
    desk.add(story(events=(event(type="CONSULT", mode=None, actors=(BAKO, TCD), recipients=()),)))
    assert desk.events(pair="NER-TCD").count() == 1
    assert {row["pair"] for row in desk.counts("pair")} == {"NER-TCD", "TCD-NER"}


def test_joint_accusers_are_no_pair(desk: Desk) -> None:
    desk.add(story(events=(event(actors=(BAKO, TCD), recipients=()),)))
    assert desk.counts("pair") == []


def test_evidence_carries_its_words(desk: Desk) -> None:
    desk.add(story())
    quote = desk.events(type="CONSULT").page().items[0].quotes[0]
    assert (quote.exact, quote.suffix) == ("visit", " Chad on Friday.")


def test_text_that_no_database_takes_is_cleaned(desk: Desk) -> None:
    id = desk.add(story(text="A\x00B \ud800", title="\x00", events=())).id
    assert desk.story(id) is not None


def test_a_failed_batch_leaves_nothing_behind(desk: Desk) -> None:
    bad = story(outlet="Bad", events=(event(confidence=None),))
    with pytest.raises(legation.errors.StoreError):
        desk.add_all([story(), bad])
    assert desk.status()["stories"] == desk.status()["events"] == 0
    assert desk.outlets() == []


def test_threads_read_while_one_writes(desk: Desk) -> None:
    seen: list[int] = []

    def watch() -> None:
        for _ in range(20):
            seen.append(desk.events().count())

    reader = threading.Thread(target=watch)
    reader.start()
    for number in range(20):
        desk.add(story(text=f"{TEXT} {number}"))
    reader.join()
    assert len(seen) == 20
    assert seen == sorted(seen)
    assert all(count % 2 == 0 for count in seen), "a story is seen whole or not at all"


def test_two_desks_on_one_database_add_a_story_once(desk: Desk, url: str) -> None:
    batch = [story(text=f"{TEXT} {number}") for number in range(30)]
    with legation.open(url) as other:
        workers = [
            threading.Thread(target=lambda d=d: [d.add(s) for s in batch]) for d in (desk, other)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert desk.status()["stories"] == 30
    assert desk.status()["events"] == 60


def test_a_failing_feed_is_looked_at_less_and_less(desk: Desk) -> None:
    desk.keep_feed(Feed("https://x.example/rss", "X", "X", every=600))
    assert [feed.url for feed in desk.feeds("2100-01-01")] == ["https://x.example/rss"]
    desk.looked("https://x.example/rss", Look("failed", message="timed out"))
    first = desk.feeds()[0]
    desk.looked("https://x.example/rss", Look("failed", message="timed out"))
    second = desk.feeds()[0]
    assert (second.failures, second.error) == (2, "timed out")
    assert second.next_due > first.next_due
    desk.looked("https://x.example/rss", Look("good", 3, 2), etag="abc")
    good = desk.feeds()[0]
    assert (good.failures, good.error, good.etag) == (0, "", "abc")
    assert [look.outcome for look in desk.looks(good.url)] == ["good", "failed", "failed"]
    desk.keep_feed(replace(good, every=60))
    assert desk.feeds()[0].etag == "abc", "new settings keep the state"


def test_a_process_tells_that_it_lives(desk: Desk) -> None:
    desk.beat("watch")
    desk.beat("watch", "stopping")
    (pulse,) = desk.heartbeats()
    assert (pulse.name, pulse.state) == ("watch", "stopping")


def test_places_and_parties_without_a_country_are_kept(desk: Desk) -> None:
    nobody = replace(MLI, country=None, entity="", text="gunmen", sector="UAF")
    desk.add(story(events=(event(actors=(nobody,)), VISIT)))
    assert desk.events(type="ACCUSE").first().event.actors == (nobody,)  # type: ignore[union-attr]


def test_a_healthy_desk_has_nothing_wrong_and_a_bent_one_says_what(desk: Desk) -> None:
    desk.add(story())
    assert desk.check() == []
    desk.database.run("UPDATE happenings SET events = 7 WHERE type = 'ACCUSE'")
    assert desk.check() == ["1 happenings whose number of events is wrong"]


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("who", "status = 'planned'", "parties that differ from their events"),
        ("who", "superseded = '2020-01-01'", "parties that differ from their events"),
        ("pairs", "happening = NULL", "pairs that differ from their events"),
        ("pairs", "published = '1999-01-01'", "pairs that differ from their events"),
        ("happening_pairs", "confidence = 0.1", "pairs that differ from their happenings"),
        ("happening_pairs", "changed = '2020'", "pairs that differ from their happenings"),
    ],
)
def test_what_an_index_holds_beside_a_row_is_compared_with_it(
    desk: Desk, table: str, change: str, said: str
) -> None:
    desk.add(story())
    desk.database.run(f"UPDATE {table} SET {change}")
    (wrong,) = desk.check()
    assert wrong.endswith(said)


def test_whatever_changes_the_desk_counts_up(desk: Desk) -> None:
    seen = [desk.version()]
    desk.add(story())
    seen.append(desk.version())
    event_ = desk.events(type="ACCUSE").first()
    assert event_ is not None
    review = desk.review("event", event_.id, "accept")
    seen.append(desk.version())
    desk.undo(review.n)
    seen.append(desk.version())
    assert seen == sorted(set(seen))
    desk.add(story())
    desk.keep_feed(Feed("https://x.example/rss"))
    assert desk.version() == seen[-1], "nothing that the desk says has changed"


def test_bars_of_a_chart_agree_with_the_series(desk: Desk) -> None:
    desk.add(story())
    desk.add(story(text=TEXT + " More.", events=(event(actors=(BAKO, TCD), recipients=()),)))
    for by in ("day", "week", "month", "year"):
        for asked in ({"party": "NER,TCD"}, {"pair": "NER-TCD"}, {"type": "ACCUSE"}, {}):
            rows = desk.series(by, "type", **asked)
            bars = [(row["period"], row["type"], row["events"]) for row in rows]
            assert desk.tally(by, "type", **asked) == bars
        assert desk.covered(by) == {row["period"] for row in desk.coverage(by)}


def test_the_collector_of_garbage_is_left_as_it_was(desk: Desk) -> None:
    for on in (True, False):
        (gc.enable if on else gc.disable)()
        try:
            desk.add(story(text=f"{story().text} {on}."))
            assert gc.isenabled() == on
        finally:
            gc.enable()
