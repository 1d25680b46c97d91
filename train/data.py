"""Which sentences does the model learn from? Treebanks and name corpora become Examples.

Every Example has words and, per word, class numbers for each head of the network; IGNORE marks
what the source does not say, so sentences of all sources mix freely in one batch.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from legation.parse.forms import plain
from legation.parse.lemma import rule_of

IGNORE = -100
NAMES = ["O"] + [f"{p}-{t}" for t in ("PER", "ORG", "LOC", "NORP") for p in "BI"]
HEADS = ("upos", "feats", "rules", "labels", "names")  # the order of model.Sizes
MAX_WORDS = 250


@dataclass(slots=True)
class Token:
    """One gold word; head -1 is the root, -2 unknown; names "" means unknown."""

    word: str
    upos: str = ""
    feats: str = ""
    lemma: str = ""
    head: int = -2
    label: str = ""
    name: str = ""


@dataclass(slots=True)
class Gold:
    """One gold sentence, its corpus id and whose guidelines its names follow (model.SOURCES)."""

    id: str
    tokens: list[Token]
    source: int = 0


@dataclass(slots=True)
class Example:
    """One training sentence: words, heads (0 ROOT) and class numbers per head of the network."""

    words: list[str]
    heads: list[int]
    classes: dict[str, list[int]] = field(default_factory=dict)
    source: int = 0
    states: dict[int, int] = field(default_factory=dict)


def read_conllu(path: Path) -> Iterator[Gold]:
    """Sentences of a treebank, without multiword ranges and empty nodes."""
    for block in path.read_text("utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        name = next((line[12:].strip() for line in lines if line.startswith("# sent_id =")), "")
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        yield Gold(name, [_token(row) for row in rows if row[0].isdigit()])


def _token(row: list[str]) -> Token:
    feats = "" if row[5] == "_" else row[5]
    if row[3] == "ADV":  # GUM marks Degree=Pos on plain adverbs, EWT does not
        feats = "|".join(feat for feat in feats.split("|") if feat != "Degree=Pos")
    return Token(row[1], row[3], feats, row[2], int(row[6]) - 1, row[7])


def read_json(path: Path) -> list[dict[str, Any]]:
    """The rows of a .jsonl file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


PEOPLES = re.compile(
    r"[A-Z]\w+(?:ans?|ese|ish|[^aeiou]is?|ites?|[ls]ims?|lems?|arabs?)|Arabs?|Jew(?:s|ish)?|French"
    r"|Dutch|Greeks?|Swiss|Czechs?|Thais?|Turks?|Kurds?|Tamils?|Hindus?|Shia|Danes?|Welsh|Serbs?"
    r"|Croats?|Swedes?|Poles?|Finns?|Scots?|Sikhs?|Uzbeks?|Kazakhs?|Tajiks?|Pashtuns?|Zionists?"
    r"|Democrats?|Democratic|Republicans?|Catholics?|Baath?ists?|Communists?|Moslems?|Orthodox"
)


def is_people(word: str) -> bool:
    """Does the word look like the name of a nation, faith or party's members?"""
    return PEOPLES.fullmatch(word) is not None


def add_uner(sentences: list[Gold], path: Path) -> None:
    """Write the names of UNER English-EWT onto the same treebank sentences."""
    rows = {row["id"]: row for row in read_json(path)}
    for gold in sentences:
        row = rows.get(gold.id)
        if row is None or row["tokens"] != [token.word for token in gold.tokens]:
            continue
        for token, tag in zip(gold.tokens, row["tags"], strict=True):
            token.name = _uner(tag, token)


def _uner(tag: str, token: Token) -> str:
    if not tag.endswith("OTH"):
        return str(tag)
    if token.upos in ("ADJ", "PROPN", "NOUN") and (token.upos == "ADJ" or is_people(token.word)):
        return tag[:2] + "NORP"
    return "O"  # OTH holds nationalities, but also bands, ships and products


CROSSNER = {
    "politician": "PER",
    "person": "PER",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "country": "LOC",
    "location": "LOC",
}
WIKIGOLD = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


def read_names(path: Path, types: dict[str, str]) -> list[Gold]:
    """Sentences with names only. Types not in the table are outside."""
    return [Gold(row["id"], list(_split(row, types))) for row in read_json(path)]


def _split(row: dict[str, Any], types: dict[str, str]) -> Iterator[Token]:
    """Tokens cut at hyphens as the treebanks do."""
    for word, tag in zip(row["tokens"], row["tags"], strict=True):
        kind = types.get(tag[2:], "")
        name = f"{tag[0]}-{kind}" if kind else "O"
        if not kind and tag != "O" and tag[0] == "B" and is_people(word):
            name = "B-NORP"
        parts = re.findall(r"-|[^-]+", word) if re.search(r"\w-\w", word) else [word]
        for part in parts:
            yield Token(part, name=name)
            name = "I" + name[1:] if name[:1] == "B" else name


GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}
TITLES = {"president", "minister", "prime", "king", "queen", "prince", "sir", "dr.", "mr.", "mrs."}
TITLES |= {"ms.", "senator", "general", "governor", "pope", "judge", "justice", "professor"}
INNER = {"of", "the", "and", "for", "-", "&", "–", "."}


def add_gum(sentences: list[Gold], path: Path) -> None:
    """Write the plain named entities of GUM onto its treebank sentences; unclear ones unknown."""
    rows = {row["id"]: row for row in read_json(path)}
    for gold in sentences:
        row = rows.get(gold.id)
        if row is None or row["tokens"] != [token.word for token in gold.tokens]:
            continue
        for token in gold.tokens:
            token.name = _gum_alone(token)
        spans = [entity for entity in row["entities"] if entity["named"]]
        for entity in sorted(spans, key=lambda e: e["end"] - e["start"]):
            _mark(gold.tokens[entity["start"] : entity["end"]], GUM.get(entity["type"], ""))


def _gum_alone(token: Token) -> str:
    if token.upos in ("ADJ", "PROPN") and is_people(token.word):
        return "B-NORP"
    return "" if token.upos in ("PROPN", "X") else "O"


def _mark(tokens: list[Token], kind: str) -> None:
    """Longer spans come later and overwrite shorter ones when they read as a name throughout."""
    while tokens and (tokens[0].upos == "DET" or tokens[0].word.lower() in TITLES):
        tokens[0].name = "O" if tokens[0].name[1:] != "-NORP" else tokens[0].name
        tokens = tokens[1:]
    while tokens and tokens[-1].upos in ("PART", "PUNCT"):
        tokens = tokens[:-1]
    plain_name = all(token.word[:1].isupper() or token.word.lower() in INNER for token in tokens)
    if not (kind and plain_name and any(token.upos == "PROPN" for token in tokens)):
        return
    if kind == "PER" and any(token.word.lower() in ("of", "the", "and") for token in tokens):
        return
    for number, token in enumerate(tokens):
        token.name = f"{'I' if number else 'B'}-{kind}"


def load_train(data: Path) -> list[Gold]:
    """Every training sentence. `data` holds ud/ and ner/."""
    ewt = list(read_conllu(data / "ud/ewt-train.conllu"))
    add_uner(ewt, data / "ner/uner-ewt-train.jsonl")
    gum = list(read_conllu(data / "ud/gum-train-open.conllu"))
    add_gum(gum, data / "ner/gum-entities-train-open.jsonl")
    named = read_names(data / "ner/crossner-politics-train.jsonl", CROSSNER)
    named += read_names(data / "ner/crossner-politics-dev.jsonl", CROSSNER)
    named += read_names(data / "ner/wikigold.jsonl", WIKIGOLD)
    for number, golds in enumerate((ewt, gum, named)):
        for gold in golds:
            gold.source = number
    return [gold for gold in ewt + gum + named if 0 < len(gold.tokens) <= MAX_WORDS]


def build_labels(sentences: list[Gold]) -> dict[str, list[str]]:
    """The class lists of each head: feature strings and lemma rules seen at least twice."""
    counts: dict[str, Counter[str]] = {key: Counter() for key in ("upos", "feats", "rules")}
    labels: Counter[str] = Counter()
    for token in (t for gold in sentences for t in gold.tokens if t.upos):
        counts["upos"][token.upos] += 1
        counts["feats"][token.feats] += 1
        counts["rules"][rule_of(plain(token.word), plain(token.lemma))] += 1
        labels[token.label] += 1
    lists = {k: sorted(v for v, n in c.items() if n > 1) for k, c in counts.items()}
    return lists | {"labels": sorted(v for v, n in labels.items() if n > 1), "names": NAMES}


def numbered(gold: Gold, labels: dict[str, dict[str, int]]) -> Example:
    """The class numbers of a gold sentence; `labels` maps class to number for each head."""
    tokens = gold.tokens
    words, lemmas = [t.word for t in tokens], [plain(t.lemma) for t in tokens]
    values = {
        "upos": [t.upos for t in tokens],
        "feats": [t.feats if t.upos else None for t in tokens],
        "rules": [
            rule_of(plain(w), x) if t.upos else None
            for w, x, t in zip(words, lemmas, tokens, strict=True)
        ],
        "labels": [t.label for t in tokens],
        "names": [t.name for t in tokens],
    }
    classes = {
        key: [labels[key].get(v, IGNORE) if v is not None else IGNORE for v in row]
        for key, row in values.items()
    }
    heads = [token.head + 1 if token.head > -2 else IGNORE for token in tokens]
    return Example(words, heads, classes, gold.source)


Pool = dict[tuple[str, int], list[list[str]]]


def mentions(classes: list[int]) -> Iterator[tuple[int, int, str]]:
    """(first, past, type) of the names in a row of class numbers."""
    tags = [NAMES[number] if number >= 0 else "O" for number in classes]
    for at, tag in enumerate(tags):
        if tag[0] == "B":
            past = at + 1
            while past < len(tags) and tags[past] == "I" + tag[1:]:
                past += 1
            yield at, past, tag[2:]


def pool(examples: list[Example]) -> Pool:
    """The names of the sentences by type and number of words, each once."""
    found: dict[tuple[str, int], dict[str, list[str]]] = {}
    for example in examples:
        for first, past, kind in mentions(example.classes["names"]):
            words = example.words[first:past]
            if words[0][:1].isupper() and kind != "NORP":
                found.setdefault((kind, past - first), {})[" ".join(words)] = words
    return {key: list(names.values()) for key, names in found.items()}


def renamed(example: Example, names: Pool, chance: random.Random, proper: int) -> Example:
    """Some names exchanged for others of their type and length, so that the context must tell.

    Only proper nouns are exchanged (`proper` is their class); their features and lemma are unknown.
    """
    words, classes = list(example.words), {k: list(v) for k, v in example.classes.items()}
    for first, past, kind in mentions(example.classes["names"]):
        others = names.get((kind, past - first))
        known = all(tag in (proper, IGNORE) for tag in classes["upos"][first:past])
        if not others or not known or chance.random() > 0.35:
            continue
        small = words[first].islower()
        for at, word in zip(range(first, past), chance.choice(others), strict=True):
            words[at] = word.lower() if small else word
            classes["feats"][at] = classes["rules"][at] = IGNORE
    return replace(example, words=words, classes=classes)


def vary(example: Example, chance: random.Random, full_stop: int) -> Example:
    """Make some sentences look like headlines: no final full stop, Title Case, ALL CAPS or all small."""
    draw = chance.random()
    stopped = example.words[-1] == "." and example.classes["upos"][-1] in (full_stop, IGNORE)
    if draw < 0.08 and len(example.words) > 3 and stopped:
        classes = {key: row[:-1] for key, row in example.classes.items()}
        example = replace(
            example, words=example.words[:-1], heads=example.heads[:-1], classes=classes
        )
    draw = chance.random()
    if draw < 0.04:
        return replace(example, words=[_titled(w) for w in example.words])
    if draw < 0.05:
        return replace(example, words=[w.upper() for w in example.words])
    if draw < 0.07:
        return replace(example, words=[w.lower() for w in example.words])
    return example


def _titled(word: str) -> str:
    return word[:1].upper() + word[1:] if len(word) > 3 else word
