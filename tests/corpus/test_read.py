"""The corpus: every passage parses, its words are found, its reader's tables are the codebook's."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from legation.story import MANNERS, MODES, SECTORS, Status

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = sorted([*CORPUS.glob("en/*.txt"), *CORPUS.glob("coded/*.txt")])
STORIES = """# 2010-02-01 | Chad
Chad will pay.
plan 1.1 will pay

# 2020-05-05 | Envoys
Kenya will send envoys.
They leave soon.
# 2020-05-07 | Envoys gone
Kenya's envoys left.
plan 1.1 will send envoys
  kept 2.1
"""
PASSAGE = (
    "# a comment\n"
    "2021-03-04 Envoy leaves // Kenya expelled two Somali diplomats on Tuesday,"
    " the ministry in Nairobi said. Then the envoy said he would go.\n"
    "  SANCTION/expel | Kenya = KEN GOV > two Somali diplomats = SOM GOV | happened | expelled"
    " | @2021-03-02 on Tuesday | src the ministry in Nairobi = KEN GOV said\n"
    '  RETREAT/withdraw | he = SOM GOV "Ali Musa" ; = SOM GOV | planned | go | in Nairobi = KEN\n'
    "\n"
    "2022-11-09 Strikers fell to a third straight defeat.\n"
)


@pytest.fixture(scope="module")
def reader() -> ModuleType:
    """corpus/read.py, which belongs to no package."""
    spec = importlib.util.spec_from_file_location("corpus_read", CORPUS / "read.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "few.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_passage_becomes_a_record_with_offsets(reader: ModuleType, tmp_path: Path) -> None:
    first, second = reader.read([written(tmp_path, PASSAGE)])
    assert (first["id"], first["published"], first["title"]) == (
        "few:2",
        "2021-03-04",
        "Envoy leaves",
    )
    expelled, leaving = first["events"]
    text = first["text"]
    for part in [
        expelled["trigger"],
        *expelled["actors"],
        *expelled["recipients"],
        *expelled["source"],
    ]:
        assert text[part["start"] : part["end"]] == part["text"]
    assert expelled["date"]["text"] == "on Tuesday"
    assert expelled["source"][0]["manner"] == "said"
    he, implied = leaving["actors"]
    assert text[he["start"] - 5 : he["end"]] == "said he"
    assert (implied["text"], implied["start"], implied["country"]) == ("", -1, "SOM")
    assert leaving["place"]["country"] == "KEN"
    assert second["events"] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2021-03-04 Envoy", "2021-13-04 Envoy", "few.txt:2: '2021-13-04' is no date"),
        ("SANCTION/expel", "SANCTION/expell", "few.txt:3: SANCTION has no mode 'expell'"),
        ("RETREAT/withdraw", "LEAVE", "few.txt:4: no type 'LEAVE'"),
        ("| happened", "| happend", "few.txt:3: no status 'happend'"),
        ("| expelled", "| expel", "few.txt:3: trigger 'expel' stands nowhere"),
        ("Kenya = KEN GOV", "Kenya#2 = KEN GOV", "few.txt:3: actor 'Kenya' stands 1 times, not 2"),
        ("Kenya = KEN GOV", "Kenya = KEN", "few.txt:3: actor 'Kenya = KEN' is not"),
        ("KEN GOV said", "KEN GOV", "few.txt:3: source"),
        ("in Nairobi = KEN\n", "at Nairobi = KEN\n", "few.txt:4: 'at Nairobi = KEN' is no date"),
        ("  RETREAT", " RETREAT", "few.txt:4: an event is indented"),
        ("  RETREAT", "# well\n  RETREAT", "few.txt:4: a comment inside a passage"),
    ],
)
def test_mistakes_name_file_and_line(
    reader: ModuleType, tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = written(tmp_path, PASSAGE.replace(old, new, 1))
    with pytest.raises(reader.Mistake) as caught:
        list(reader.read([path]))
    assert told in str(caught.value)
    assert any(told in line for line in reader.mistakes([path]))


def test_the_same_passage_twice_is_a_mistake(reader: ModuleType, tmp_path: Path) -> None:
    path = written(tmp_path, PASSAGE + "\n" + PASSAGE)
    assert [line.split(": ")[1] for line in reader.mistakes([path])] == [
        f"the same passage as {path}:2",
        f"the same passage as {path}:6",
    ]


def coded(folder: Path, text: str) -> Path:
    for name in ("stories", "coded"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "stories/few.txt").write_text(STORIES, encoding="utf-8")
    (folder / "coded/few.txt").write_text(text, encoding="utf-8")
    return folder / "coded/few.txt"


def test_a_coded_report_is_read_with_its_story(reader: ModuleType, tmp_path: Path) -> None:
    text = "2.1\n  CONSULT | Kenya = KEN GOV | planned | will send envoys\n\n2.2\n"
    first, second = reader.read([coded(tmp_path, text)])
    assert (first["published"], first["title"]) == ("2020-05-05", "Envoys")
    assert first["text"] == "Envoys\n\nKenya will send envoys. They leave soon."
    assert first["events"][0]["trigger"]["text"] == "will send envoys"
    assert (second["published"], second["text"]) == (
        "2020-05-07", "Envoys gone\n\nKenya's envoys left.",
    )  # fmt: skip


def test_a_report_that_the_story_lacks_is_named(reader: ModuleType, tmp_path: Path) -> None:
    path = coded(tmp_path, "2.1\n\n2.3\n")
    told = [f"{path}:3: no report '2.3' in stories/few.txt"]
    assert list(reader.mistakes([path])) == told
    with pytest.raises(reader.Mistake, match=r"no report .2\.3."):
        list(reader.read([path]))


def test_tables_are_those_of_the_records(reader: ModuleType) -> None:
    assert {kind: tuple(modes.split()) for kind, modes in reader.MODES.items()} == MODES
    assert set(SECTORS) == reader.SECTORS
    assert tuple(Status) == reader.STATUSES
    assert MANNERS == reader.MANNERS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_passage_of_the_corpus_parses(reader: ModuleType, path: Path) -> None:
    assert list(reader.mistakes([path])) == []


def test_no_passage_stands_in_two_files(reader: ModuleType) -> None:
    assert [line for line in reader.mistakes(FILES) if "the same passage" in line] == []
