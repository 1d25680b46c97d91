"""What does the corpus of passages teach the second opinion? Passages become Told and Asked.

A Told is one sentence: at each word the act whose trigger it belongs to, its mode and status, and
which words are its actors, recipients and sources. An Asked is one passage with a marked actor and
recipient and the act between them. Statuses are sets (bit masks): a source may only rule some out.
"""

import hashlib
import importlib.util
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data import IGNORE

from legation.parse import Parser
from legation.parse.segment import segment
from legation.questions.plover import filed, reduced
from legation.story import MODES, Sentence, Status, Type

ACTS = ["none", *(str(kind) for kind in Type)]
MODE_NAMES = [name for kind in Type for name in (f"{kind}/", *(f"{kind}/{m}" for m in MODES[kind]))]
STATES = [str(status) for status in Status]
ANY = (1 << len(STATES)) - 1
HAPPENED = 1 << STATES.index("happened")
FUNCTION = {"DET", "ADP", "PART", "PRON", "AUX", "PUNCT", "SCONJ", "CCONJ"}
COLUMNS = ("words", "starts", "ends", "tags", "heads", "feats", "lemmas", "labels")
LONGEST = 180  # words of a passage for Asked
ALIKE = 0.4  # Jaccard of word trigrams from which two passages count as near-duplicates


@dataclass(slots=True)
class Told:
    """One sentence of a passage; `roles` are (trigger, number of the role, word)."""

    words: list[str]
    acts: list[int]
    seconds: list[int]
    modes: list[int]
    states: list[int]
    roles: list[tuple[int, int, int]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Asked:
    """One passage and a pair of parties in it, by the numbers of their words.

    `plover` is the type that PLOVER's reduction makes of act and status (questions/plover.py).
    """

    words: list[str]
    actor: tuple[int, int]
    recipient: tuple[int, int]
    act: int
    state: int
    passage: str = ""
    plover: int = 0


def read(folders: Iterable[Path]) -> list[dict[str, Any]]:
    """The records of every passage in the folders, each text once; a passage with a mistake is told
    on standard error and left out. `whole`: every telling of an act is coded, not one only."""
    where = Path(__file__).resolve().parents[1] / "corpus" / "read.py"
    spec = importlib.util.spec_from_file_location("corpus_read", where)
    assert spec is not None
    assert spec.loader is not None
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(path for folder in folders for path in folder.glob("*.txt")):
        for line, lines in reader.blocks(path):
            try:
                passage = reader.passage(path, line, lines)
            except reader.Mistake as mistake:
                print(mistake, file=sys.stderr)
                continue
            passage["whole"] = path.parent.name == reader.CODED
            found.setdefault(passage["text"], passage)
    return list(found.values())


def held_out(
    passages: Iterable[dict[str, Any]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(train, dev): a tenth by a hash of the text, and no passage of either like one of the other.

    Train passages that are near-duplicates of a dev passage are left out of train.
    """
    train, dev = [], []
    for passage in passages:
        tenth = int(hashlib.sha1(passage["text"].encode()).hexdigest(), 16) % 10 == 0
        (dev if tenth else train).append(passage)
    return without_alike(train, dev), dev


def without_alike(
    passages: list[dict[str, Any]], others: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The passages that are no near-duplicate of any of the others."""
    index: dict[str, list[int]] = {}
    grams = [trigrams(other["text"]) for other in others]
    for number, found in enumerate(grams):
        for gram in found:
            index.setdefault(gram, []).append(number)
    kept = []
    for passage in passages:
        own = trigrams(passage["text"])
        shared = Counter(number for gram in own for number in index.get(gram, ()))
        if not any(n / len(own | grams[at]) >= ALIKE for at, n in shared.items()):
            kept.append(passage)
    return kept


def trigrams(text: str) -> set[str]:
    """The word trigrams of a text."""
    words = text.lower().split()
    return {" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))}


def trees(passages: list[dict[str, Any]], cache: Path) -> dict[str, list[Sentence]]:
    """The sentences of every passage by the shipped parser; kept in `cache` between runs."""
    parser = Parser(threads=1)
    known: dict[str, Any] = json.loads(cache.read_text("utf-8")) if cache.exists() else {}
    new = [p["text"] for p in passages if p["text"] not in known]
    for at in range(0, len(new), 64):
        texts = new[at : at + 64]
        for text, sentences in zip(texts, parser.parse_many(texts), strict=True):
            known[text] = [
                [s.start, s.end, *(getattr(s, key) for key in COLUMNS)] for s in sentences
            ]
    if new:
        cache.write_text(json.dumps(known), "utf-8")
    return {text: [_sentence(row) for row in rows] for text, rows in known.items()}


def _sentence(row: list[Any]) -> Sentence:
    start, end, *columns = row
    return Sentence(start, end, **dict(zip(COLUMNS, map(tuple, columns), strict=True)))


def told(passage: dict[str, Any], sentences: list[Sentence]) -> Iterator[Told]:
    """The sentences of a passage with what is told at each word."""
    for sentence in sentences:
        size = len(sentence)
        one = Told(list(sentence.words), [0] * size, [0] * size, [IGNORE] * size, [0] * size)
        for event in passage["events"]:
            _tell(one, sentence, event)
        if _half_told(passage) and not one.heads:
            one.acts = [IGNORE] * size
        yield one


def _half_told(passage: dict[str, Any]) -> bool:
    """Whether headline and text may tell an act of which one telling only is coded, so that a
    sentence without a trigger there says nothing."""
    return bool(passage.get("title")) and not passage["whole"]


def _tell(one: Told, sentence: Sentence, event: dict[str, Any]) -> None:
    span = within(sentence, event["trigger"])
    if not span:
        return
    kind = ACTS.index(event["type"])
    content = [w for w in span if sentence.tags[w] not in FUNCTION] or span
    for word in content:
        if one.acts[word]:
            one.seconds[word] = kind
            continue
        one.acts[word] = kind
        one.modes[word] = MODE_NAMES.index(f"{event['type']}/{event['mode'] or ''}")
        one.states[word] = 1 << STATES.index(event["status"])
    head = head_of(sentence, span)
    one.heads.append(head)
    for role, key in enumerate(("actors", "recipients", "source")):
        for party in event[key]:
            words = within(sentence, party) if party["start"] >= 0 else []
            if words:
                one.roles.append((head, role, head_of(sentence, words)))


def within(sentence: Sentence, part: dict[str, Any]) -> list[int]:
    """Numbers of the words of a sentence that a part of the text covers."""
    pairs = enumerate(zip(sentence.starts, sentence.ends, strict=True))
    return [at for at, (start, end) in pairs if start < part["end"] and part["start"] < end]


def head_of(sentence: Sentence, span: list[int]) -> int:
    """The word of a span that the others hang from."""
    inside = set(span)
    outer = [w for w in span if sentence.heads[w] not in inside]
    content = [w for w in outer if sentence.tags[w] not in FUNCTION]
    return (content or outer or span)[0]


def asked(passage: dict[str, Any], sentences: list[Sentence], moves: Any) -> Iterator[Asked]:
    """Every pair of parties that an event of the passage joins, both written in it.

    A party comes as it is coded and, where that is longer, as its whole noun phrase too. `moves` is
    words/en/plover.toml.
    """
    spans = [span for sentence in segment(passage["text"]) for span in sentence]
    words = [passage["text"][start:end] for start, end in spans]
    if len(words) > LONGEST:
        return
    whole = _phrases(spans, sentences)
    for event in passage["events"]:
        kind = ACTS.index(event["type"]) - 1
        state = 1 << STATES.index(event["status"])
        plover = ACTS.index(_filed(event, spans, words, moves)) - 1
        actors = [_range(spans, party) for party in event["actors"]]
        others = [_range(spans, party) for party in event["recipients"]]
        pairs = [(a, b) for a in actors for b in others]
        if not event["recipients"]:
            pairs = [(a, b) for a in actors for b in actors if a != b]
        for actor, recipient in pairs[:4]:
            if actor and recipient and actor != recipient:
                wide = whole.get(actor, actor), whole.get(recipient, recipient)
                apart = wide[0][1] <= wide[1][0] or wide[1][1] <= wide[0][0]
                for one, two in {(actor, recipient), wide} if apart else {(actor, recipient)}:
                    yield Asked(words, one, two, kind, state, passage["id"], plover)


def _filed(
    event: dict[str, Any], spans: list[tuple[int, int]], words: list[str], moves: Any
) -> str:
    trigger = event["trigger"]
    around: set[str] = set()
    at = _range(spans, trigger) if trigger else None
    if at:
        around = stems(words[max(0, at[0] - 2) : at[1] + 6])
    status = event["status"]
    return reduced(filed(event["type"], event["mode"], around, moves, status), status)


def stems(words: Iterable[str]) -> set[str]:
    """The words in lower case, and without their commonest endings."""
    found = {word.lower() for word in words}
    for ending in ("s", "es", "ed", "d", "ing"):
        found |= {w[: -len(ending)] for w in found if w.endswith(ending) and len(w) > 4}
    return found


def _phrases(
    spans: list[tuple[int, int]], sentences: list[Sentence]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Each range of words that heads a longer noun phrase without a clause -> the phrase."""
    place = {start: number for number, (start, _) in enumerate(spans)}
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for sentence in sentences:
        below: list[set[int]] = [{at} for at in range(len(sentence))]
        for _ in range(8):
            for at, head in enumerate(sentence.heads):
                if head >= 0:
                    below[head] |= below[at]
        for inside in below:
            first, last = min(inside), max(inside)
            numbers = [place.get(sentence.starts[at]) for at in (first, last)]
            if not 2 <= last - first + 1 == len(inside) <= 9 or None in numbers:
                continue
            tags = {sentence.tags[at] for at in inside}
            if "VERB" in tags or "AUX" in tags or sentence.tags[last] == "PUNCT":
                continue
            wide = (int(numbers[0] or 0), int(numbers[1] or 0) + 1)
            for start in range(*wide):
                for end in range(start + 1, wide[1] + 1):
                    if (start, end) != wide and wide[1] - wide[0] > _width(found.get((start, end))):
                        found[start, end] = wide
    return {key: wide for key, wide in found.items() if wide[1] - wide[0] <= 9}


def _width(span: tuple[int, int] | None) -> int:
    return span[1] - span[0] if span else 0


LINKS = (
    ", while",
    ", as",
    ", after",
    ", and",
    ", but",
    ", a day after",
    ", before",
    ";",
    ", because",
)
SMALL = frozenset(
    "The A An Its His Her Their Our It He She They We In On At After Before When While As If"
    " Two Three Four Five Six Some Many Several Dozens Hundreds Thousands At Both Police Troops"
    " Soldiers Protesters Rebels Gunmen Officials Prosecutors Lawmakers Ministers Workers".split()
)


def joined(one: Asked, other: list[str], chance: random.Random) -> Asked:
    """The pair with another passage's words before or after it, as the news runs acts together."""
    own, link = one.words, chance.choice(LINKS).split()
    before = chance.random() < 0.5
    first, second = (other, own) if before else (own, other)
    if chance.random() < 0.75 and first[-1] == "." and second[0] != '"':
        word = second[0].lower() if second[0] in SMALL else second[0]
        lead = [*first[:-1], *_tokens(link), word]
    else:
        lead = [*first, second[0]]
    shift = len(lead) - 1 if before else 0
    spans = [(start + shift, end + shift) for start, end in (one.actor, one.recipient)]
    return replace(one, words=[*lead, *second[1:]], actor=spans[0], recipient=spans[1])


def _tokens(link: list[str]) -> list[str]:
    return [part for part in link if part]


def _range(spans: list[tuple[int, int]], party: dict[str, Any]) -> tuple[int, int] | None:
    if party["start"] < 0:
        return None
    found = [
        n for n, (start, end) in enumerate(spans) if start < party["end"] and party["start"] < end
    ]
    return (found[0], found[-1] + 1) if found else None


def factual(data: Path) -> tuple[dict[str, dict[int, int]], list[Told]]:
    """What public sets say about happening: UDS on EWT sentences (by sentence id), MEANTIME sentences.

    UDS is trusted when it says that something happened, and when it says not unless a negative word
    stands near (its annotators disagree there).
    """
    found: dict[str, dict[int, int]] = {}
    for line in (data / "factuality/uds-ewt-predicates-train.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        negative = any(w.lower() in ("not", "n't", "never", "no", "nor") for w in row["tokens"])
        for one in row["preds"]:
            score = one.get("factual")
            if score is None or (score < 0 and negative) or -0.8 < score < 1.0:
                continue
            found.setdefault(row["sent_id"], {})[one["i"]] = (
                HAPPENED if score > 0 else ANY - HAPPENED
            )
    more = []
    for line in (data / "factuality/meantime-train.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        size = len(row["tokens"])
        one_told = Told(row["tokens"], [IGNORE] * size, [0] * size, [IGNORE] * size, [0] * size)
        for one in row["preds"]:
            if one["label"] >= 2.5:
                one_told.states[one["i"]] = HAPPENED
            elif one["label"] < 1.5:
                one_told.states[one["i"]] = ANY - HAPPENED
        more.append(one_told)
    return found, more
