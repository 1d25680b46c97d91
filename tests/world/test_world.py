"""The world's tables: who held which office when, what a name means, and what a bad line says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from legation import world
from legation.errors import KnowledgeError
from legation.world import tables

HERE = Path(__file__).parent
SHIPPED = sorted(world.HERE.rglob("*.tsv"))
HOLDERS = "entity\tname\taliases\tcountry\tbody\toffice\tsector\tsince\tuntil\tsource"
BODIES = "entity\tname\taliases\tkind\tcountry\tsector\tnear\tsince\tuntil\tsource"


def probes() -> list[tuple[str, str, str, str]]:
    with (HERE / "offices.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream, delimiter="\t"))[1:]
    return [(office, owner, day, name) for office, owner, day, name in rows]


@pytest.mark.parametrize(("office", "owner", "day", "name"), probes())
def test_the_holder_of_an_office_on_a_day(office: str, owner: str, day: str, name: str) -> None:
    found = world.load().holder(office, owner, day)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_row_passes_the_strict_reading(path: Path) -> None:
    strict = world.World()
    if path.stem != "countries":
        strict.countries = dict(world.load().countries)
        strict.bodies = set(world.load().bodies)
    world.fill(strict, path.stem, path)
    assert strict.counts[path.stem] > 50


def test_the_tables_are_sorted_without_doubles() -> None:
    for path in SHIPPED:
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        assert len(lines) == len(set(lines)), path


def test_no_table_is_above_two_megabytes() -> None:
    assert max(path.stat().st_size for path in SHIPPED) < 2_000_000


def test_every_state_has_its_head_now() -> None:
    here = world.load()
    lacking = [
        code
        for code, country in here.countries.items()
        if country.official != country.name
        and country.capital
        and code not in DEPENDENT
        and not here.holder("head-of-state", code, "2026-01-15")
        and not here.holder("head-of-government", code, "2026-01-15")
    ]
    assert lacking == []


# Territories under another state's head, and states whose head the tables lack.
DEPENDENT = frozenset(
    "HKG MAC GUM PRI VIR VGB ASM MNP UMI COK NIU TKL NFK CXR CCK HMD PYF NCL WLF SPM BLM MAF GUF"
    " GLP MTQ MYT REU ATF AIA BMU CYM FLK GIB GGY IMN JEY MSR PCN SHN TCA IOT SGS ABW CUW SXM BES"
    " FRO GRL ALA SJM BVT SMR ESH".split()
)


def test_spelling_variants_find_one_person() -> None:
    here = world.load()
    for name in ("Kim Jong-un", "Kim Jong Un", "Kim Jong-Un", "KIM JONG UN"):
        assert {e.entity for e in here.find(name)} == {"person:kim-jong-un"}
    for name in ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", "Tayyip Erdogan"):
        assert "person:recep-tayyip-erdogan" in {e.entity for e in here.find(name)}
    assert here.find("Abbas Araqchi")[0].entity == here.find("Abbas Araghchi")[0].entity


def test_a_former_holder_is_known_as_such() -> None:
    here = world.load()
    assert here.former("person:barack-obama", "2017-11-21")
    assert not here.former("person:barack-obama", "2016-05-01")
    assert not here.former("person:donald-trump", "2026-03-01")


def test_an_unknown_office_has_no_holder() -> None:
    assert world.load().holder("head-of-state", "USA", "1890-01-01") is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("person:x\tX Y\t\tFRA\t\thead-of-state\tGOV\t2020-01-01", "8 columns"),
        ("person:x\tX Y\t\tXXX\t\thead-of-state\tGOV\t\t\tme", "country 'XXX'"),
        ("person:x\tX Y\t\tFRA\t\tboss\tGOV\t\t\tme", "office 'boss'"),
        ("person:x\tX Y\t\tFRA\t\thead-of-state\tGOVT\t\t\tme", "sector 'GOVT'"),
        ("person:x\tX Y\t\tFRA\t\thead-of-state\tGOV\t2020-1-1\t\tme", "YYYY-MM-DD"),
        ("person:x\tX Y\t\tFRA\t\thead-of-state\tGOV\t2020-02-30\t\tme", "day"),
        ("person:x\tX Y\t\tFRA\t\thead-of-state\tGOV\t2020-02-02\t2019-01-01\tme", "is after"),
        ("person:x\t\t\tFRA\t\thead-of-state\tGOV\t\t\tme", "name is empty"),
    ],
)
def test_a_bad_line_is_named_with_file_and_line(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(f"{HOLDERS}\n# a comment\n\n{line}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        world.load((path,))
    assert f"{path}:4: " in str(caught.value)
    assert says in str(caught.value)


def test_a_file_of_no_known_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("name\tcountry\nX\tFRA\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="header is that of no world table"):
        tables.table_of(path)


def test_one_own_line_adds_a_body_and_a_holder(tmp_path: Path) -> None:
    body, person = tmp_path / "bodies.tsv", tmp_path / "people.tsv"
    body.write_text(
        f"{BODIES}\norg:river-front\tRiver Front\tRF\tgroup\tMLI\tREB\t\t\t\tme\n", encoding="utf-8"
    )
    person.write_text(
        f"{HOLDERS}\nperson:ali-traore\tAli Traore\t\tMLI\torg:river-front\tleader\tREB\t2024-01-01"
        "\t\tme\n",
        encoding="utf-8",
    )
    here = world.load((body, person))
    assert [(e.country, e.sector) for e in here.find("River Front")] == [("MLI", "REB")]
    leader = here.holder("leader", "org:river-front", "2025-05-05")
    assert leader is not None
    assert leader.name == "Ali Traore"


def test_cues_tell_the_meanings_of_an_acronym() -> None:
    found = world.load().find("SDF")
    syrian = world.fitting(found, {"raqqa", "kurdish"})[0]
    japanese = world.fitting(found, {"okinawa", "tokyo"})[0]
    assert (syrian.country, japanese.country) == ("SYR", "JPN")
    assert world.fitting(found, {"tax"}) == ()


def test_the_day_of_completeness_is_stated() -> None:
    assert world.load().complete_to >= "2026-08-22"
