"""Pairs, networks, partners and outlets of small worlds whose shape is known."""

import polars as pl
import pytest

from legation.study import media, networks
from tests.study.test_relation import made


def act(kind: str, actors: str, recipients: str = "", **fields: object) -> pl.DataFrame:
    one, two = actors.split(), recipients.split()
    named = {"actors": one, "recipients": two, "actor_names": one, "recipient_names": two}
    return made(("2024-01-01", kind), **named, **fields)


def net() -> pl.DataFrame:
    """Two circles of friends, AAA-BBB-CCC and XXX-YYY-ZZZ, at war over one bridge."""
    friends = [("AAA", "BBB"), ("BBB", "CCC"), ("AAA", "CCC"), ("XXX", "YYY"), ("YYY", "ZZZ"),
               ("XXX", "ZZZ")]  # fmt: skip
    return pl.concat([act("AID", a, b) for a, b in friends] + [act("ASSAULT", "CCC", "XXX")] * 4)


def test_several_parties_make_several_pairs() -> None:
    rows = networks.pairs(act("ACCUSE", "FRA USA", "RUS"))
    assert sorted(rows.select("a", "b").rows()) == [("FRA", "RUS"), ("USA", "RUS")]
    assert networks.pairs(act("ACCUSE", "FRA USA")).is_empty()
    together = networks.pairs(act("CONSULT", "FRA USA"))
    assert together.select("a", "b", "acts").rows() == [("FRA", "USA", 1)]


def test_only_what_happened_ties() -> None:
    assert networks.pairs(act("AID", "FRA", "USA", status="planned")).is_empty()


def test_pairs_are_directed_or_not() -> None:
    both = pl.concat([act("AID", "FRA", "USA"), act("ASSAULT", "USA", "FRA")])
    assert networks.pairs(both).height == 2
    one = networks.pairs(both, directed=False).row(0, named=True)
    assert (one["a"], one["b"], one["acts"], one["score"]) == ("FRA", "USA", 2, 0.5)
    assert (one["cooperation"], one["conflict"]) == (1, 1)


def test_friends_share_a_community_and_foes_do_not() -> None:
    nodes, edges = networks.network(net())
    group = dict(nodes.select("code", "community").rows())
    assert group["AAA"] == group["BBB"] == group["CCC"]
    assert group["XXX"] == group["YYY"] == group["ZZZ"] != group["AAA"]
    assert edges.height == 7
    assert nodes["bridge"].arg_max() in (0, 1)
    assert set(nodes["code"][:2]) == {"CCC", "XXX"}
    assert nodes["centrality"].sum() == pytest.approx(1.0)
    again, _ = networks.network(net())
    assert nodes.equals(again)


def test_a_network_can_be_thinned() -> None:
    nodes, edges = networks.network(net(), least=2)
    assert edges.select("a", "b").rows() == [("CCC", "XXX")]
    nodes, _ = networks.network(net(), most=3)
    assert nodes.height <= 3


def test_a_profile_tells_giving_from_getting() -> None:
    rows = networks.profile(
        pl.concat(
            [act("AID", "FRA", "USA"), act("ASSAULT", "USA", "FRA"), act("CONSULT", "FRA DEU")]
        ),
        "FRA",
    )
    usa = rows.filter(pl.col("partner") == "USA").row(0, named=True)
    assert (usa["done"], usa["received"], usa["given"], usa["got"]) == (1, 1, 10.0, -9.0)
    assert rows.filter(pl.col("partner") == "DEU")["together"].to_list() == [1]


def events(*rows: tuple[str, str, str, str, str | None]) -> pl.DataFrame:
    """Events from (happening, outlet, published, status, copy_of)."""
    names = ("happening", "outlet", "published", "status", "copy_of")
    return pl.DataFrame(
        [dict(zip(names, row, strict=True)) | {
            "story": f"s{i}", "type": "ASSAULT", "day": "2024-01-01",
            "sources": ["x"] if row[3] == "negated" else [],
        } for i, row in enumerate(rows)],
        schema_overrides={"copy_of": pl.String, "sources": pl.List(pl.String)},
    )  # fmt: skip


TOLD = events(
    ("h1", "Wire", "2024-01-01", "happened", None),
    ("h1", "Post", "2024-01-03", "negated", None),
    ("h1", "Copy", "2024-01-02", "happened", "s0"),
    ("h2", "Post", "2024-01-05", "happened", None),
)


def test_a_media_profile_says_who_is_first_and_who_denies() -> None:
    rows = {row["outlet"]: row for row in media.profile(TOLD).iter_rows(named=True)}
    assert (rows["Wire"]["first"], rows["Wire"]["lag"]) == (1, 0.0)
    assert (rows["Post"]["first"], rows["Post"]["lag"]) == (0, 2.0)
    assert (rows["Post"]["denies"], rows["Wire"]["denies"]) == (1, 0)
    assert (rows["Post"]["alone"], rows["Post"]["shared"]) == (1, 1)
    assert (rows["Copy"]["reports"], rows["Copy"]["copies"]) == (0, 1)


def test_agreement_counts_shared_acts_both_ways() -> None:
    rows = media.agreement(TOLD).rows()
    assert rows == [("Post", "Wire", 1, 0, 0.0), ("Wire", "Post", 1, 0, 0.0)]


def test_a_dispute_names_both_sides_and_whose_word_it_is() -> None:
    row = media.disputes(TOLD).row(0, named=True)
    assert (row["claimed"], row["denied"], row["denied_by"]) == (["Wire"], ["Post"], ["x"])
