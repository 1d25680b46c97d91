"""The desk file: strict, and clear about what is wrong where."""

from pathlib import Path

import pytest

from legation.errors import InputError
from legation.store import Feed
from legation.watch.settings import load

GOOD = """
store = "desk.db"
[[feed]]
url = "https://a.example/rss"
name = "A"
every = "2h"
expect = [5, 80]
[[alert]]
pair = "CHN-KOR"
"""


def test_a_desk_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text(GOOD, encoding="utf-8")
    settings = load(path)
    assert settings.store == str(tmp_path / "desk.db")
    assert settings.feeds == (Feed("https://a.example/rss", "A", "", 7200, 5, 80),)
    assert settings.alerts == ({"pair": "CHN-KOR"},)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "A"', 'nmae = "A"', "feed 1: unknown field 'nmae'"),
        ('every = "2h"', 'every = "soon"', "not a time like 15m"),
        ('every = "2h"', 'every = "5s"', "once a minute"),
        ("[5, 80]", "[80, 5]", "is not"),
        ("https://a.example/rss", "a.example", "not an http or https address"),
        ('store = "desk.db"', "store = 1", "store must be a str"),
        ("[[feed]]", "[feed]", "feed must be a list"),
        ('name = "A"', "name = ", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "desk.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match="desk") as error:
        load(path)
    assert told in str(error.value)


def test_a_feed_listed_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text('[[feed]]\nurl = "http://a.b/"\n' * 2, encoding="utf-8")
    with pytest.raises(InputError, match="listed twice"):
        load(path)
