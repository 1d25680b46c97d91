"""Exports have the columns of the data sets they imitate, and say what they had to drop."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import polars
import pytest

import legation
from legation import exports, tables
from legation.exports.cameo import GDELT, ICEWS, cameo, fips
from legation.store import Desk
from legation.story import MODES
from tests.store.conftest import BAKO, TCD, VISIT, event, story


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = legation.open(tmp_path / "desk.db")
    denied = event(status="negated", source=(BAKO,))
    made.add(story(events=(event(), VISIT, denied, event(type="ASSAULT", mode="aerial"))))
    return made


def written(desk: Desk, name: str, form: str) -> tuple[bytes, exports.Loss]:
    profile, loss, out = exports.PROFILES[name], exports.Loss(), io.BytesIO()
    rows = exports.rows(profile, desk.events("recorded"), loss)
    if form != "jsonl":
        rows = (exports.flat(row, profile.table) for row in rows)
    tables.write(rows, profile.table, form, out, profile.header, profile.delimiter)
    return out.getvalue(), loss


def test_every_type_and_mode_has_a_cameo_code() -> None:
    table = cameo()
    for kind, modes in MODES.items():
        assert {(kind, ""), (kind, "planned")} <= table.keys()
        assert {(kind, mode) for mode in modes} <= table.keys()
    assert all(code.code.isdigit() for code in table.values())


def test_gdelt_has_61_columns_without_header_and_fips_places(desk: Desk) -> None:
    data, loss = written(desk, "gdelt", "csv")
    lines = data.decode().splitlines()
    assert len(GDELT) == 61
    assert len(lines) == loss.rows == 3
    cells = dict(zip(GDELT, lines[1].split("\t"), strict=True))
    assert (cells["Actor1CountryCode"], cells["Actor2CountryCode"]) == ("NER", "TCD")
    assert (cells["EventCode"], cells["EventRootCode"], cells["QuadClass"]) == ("036", "03", "1")
    assert cells["Day"] == "20200110"
    assert cells["FractionDate"] == "2020.0274", "(month - 1) * 30 + day, of 365, as GDELT has it"
    assert cells["ActionGeo_CountryCode"] == fips()["TCD"] == "CD"
    assert any("negated" in line for line in loss.report())
    assert any("planned CONSULT" in line for line in loss.report())


def test_icews_has_its_20_columns(desk: Desk) -> None:
    data, _ = written(desk, "icews", "csv")
    head, first = data.decode().splitlines()[:2]
    assert tuple(head.split("\t")) == ICEWS
    cells = dict(zip(ICEWS, first.split("\t"), strict=True))
    assert (cells["Source Country"], cells["CAMEO Code"]) == ("France", "111")


def test_plover_reduces_plans_and_says_so(desk: Desk) -> None:
    data, loss = written(desk, "plover", "jsonl")
    records = [json.loads(line) for line in data.decode().splitlines()]
    assert [record["event"] for record in records] == [
        ["ACCUSE"],
        ["AGREE"],
        ["ACCUSE"],
        ["ASSAULT"],
    ]
    assert records[0]["actor"][0]["code"] == "FRA"
    assert any("planned CONSULT written as AGREE" in line for line in loss.report())


def test_acled_holds_only_what_it_records(desk: Desk) -> None:
    data, loss = written(desk, "acled", "csv")
    lines = data.decode().splitlines()
    assert len(lines) == 2
    assert "Air/drone strike" in lines[1]
    assert any(line.startswith("left out: ACCUSE") for line in loss.report())


@pytest.mark.parametrize("name", list(exports.PROFILES))
def test_every_profile_can_be_parquet(desk: Desk, name: str) -> None:
    data, loss = written(desk, name, "parquet")
    frame = polars.read_parquet(io.BytesIO(data))
    assert frame.columns == [column for column, _ in exports.PROFILES[name].table]
    assert frame.height == loss.rows


def test_joint_acts_give_each_pair_and_formulas_are_inert(tmp_path: Path) -> None:
    talks = replace(VISIT, actors=(BAKO, TCD, replace(TCD, country="MLI")), recipients=())
    with legation.open(tmp_path / "d.db") as desk:
        desk.add(story(events=(talks,), title="=HYPERLINK(1)"))
        _, loss = written(desk, "icews", "csv")
        data, _ = written(desk, "own", "csv")
    assert loss.rows == 3
    assert b"'=HYPERLINK" in data
