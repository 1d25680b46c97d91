"""Measure the shipped model: python train/evaluate.py --data DIR [--model DIR].

Gold words: UPOS, UFeats, Lemma, UAS, LAS (as CoNLL-18: subtypes ignored), names (span F1 over PER,
ORG, LOC; documents as wholes, as stories are read). Raw text: F1 of words and sentences on character spans, paragraph breaks given. Feature
gold drops Degree=Pos on ADV (the two treebanks disagree on it).
"""

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data import Gold, read_conllu, read_json

from legation.parse import MODEL
from legation.parse.forms import plain
from legation.parse.network import Analysis, Network
from legation.parse.segment import segment

BATCH = 16


def analyses(network: Network, sentences: list[list[str]]) -> list[Analysis]:
    """Analyse word lists, length-sorted in batches of 16."""
    order = sorted(range(len(sentences)), key=lambda number: len(sentences[number]))
    found: dict[int, Analysis] = {}
    for at in range(0, len(order), BATCH):
        numbers = order[at : at + BATCH]
        answers = network.analyse([sentences[number] for number in numbers])
        found |= dict(zip(numbers, answers, strict=True))
    return [found[number] for number in range(len(sentences))]


def base(label: str) -> str:
    """A relation without its subtype."""
    return label.split(":")[0]


def treebank(network: Network, golds: list[Gold]) -> dict[str, float]:
    """Percentages over all words."""
    words = [[token.word for token in gold.tokens] for gold in golds]
    hits: dict[str, int] = dict.fromkeys(("UPOS", "UFeats", "Lemma", "UAS", "LAS", "LAS+sub"), 0)
    started = time.process_time()
    answers = analyses(network, words)
    spent = time.process_time() - started
    for gold, answer in zip(golds, answers, strict=True):
        for at, token in enumerate(gold.tokens):
            right_head = answer.heads[at] == token.head
            hits["UPOS"] += answer.tags[at] == token.upos
            hits["UFeats"] += answer.feats[at] == token.feats
            hits["Lemma"] += answer.lemmas[at] == plain(token.lemma)
            hits["UAS"] += right_head
            hits["LAS"] += right_head and base(answer.labels[at]) == base(token.label)
            hits["LAS+sub"] += right_head and answer.labels[at] == token.label
    total = sum(map(len, words))
    scores = {key: round(100 * hit / total, 2) for key, hit in hits.items()}
    return scores | {"words per CPU-second": round(total / spent)}


Name = tuple[int, int, str]


def name_spans(tags: tuple[str, ...] | list[str]) -> Iterator[Name]:
    """(first, past, type) of PER, ORG and LOC in a BIO row."""
    first = 0
    for at, tag in enumerate([*tags, "O"]):
        before = tags[at - 1] if at else "O"
        if before != "O" and tag[:1] != "I" and before[2:] in ("PER", "ORG", "LOC"):
            yield first, at, before[2:]
        if tag[:1] != "I":
            first = at


def names(network: Network, path: Path) -> dict[str, float]:
    """Span F1, overall and by type. The sentences of a document are decided together, as the reader
    decides those of a story; "alone" is the F1 when each sentence is a document of its own."""
    rows = read_json(path)
    sentences = [row["tokens"] for row in rows]
    told = [answer.names for answer in analyses(network, sentences)]
    gold = {(n, *span) for n, row in enumerate(rows) for span in name_spans(row["tags"])}
    by_document: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        by_document.setdefault(row["doc"], []).append(number)
    found, alone = (
        {
            (number, *span)
            for group in groups
            for number, tags in zip(group, decided(network, sentences, told, group), strict=True)
            for span in name_spans(tags)
        }
        for groups in (list(by_document.values()), [[number] for number in range(len(rows))])
    )
    scores = {"names F1": f1(gold, found)}
    for kind in ("PER", "ORG", "LOC"):
        pick = [{item for item in items if item[3] == kind} for items in (gold, found)]
        scores[kind] = f1(*pick)
    return scores | {"alone": f1(gold, alone)}


def decided(
    network: Network, sentences: list[list[str]], scores: list[Any], numbers: list[int]
) -> list[tuple[str, ...]]:
    """The name tags of some sentences, decided together."""
    return network.names.decide([sentences[n] for n in numbers], [scores[n] for n in numbers])


def f1(gold: set[tuple], found: set[tuple]) -> float:
    """Harmonic mean of precision and recall, in percent."""
    return round(200 * len(gold & found) / max(1, len(gold) + len(found)), 2)


def raw(path: Path) -> dict[str, float]:
    """Word and sentence F1 on the text rebuilt from `# text` and `# newpar`."""
    text, gold_words, gold_sentences = "", set(), set()
    for block in path.read_text("utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        written = next(line[9:] for line in lines if line.startswith("# text = "))
        if text and any(line.startswith(("# newpar", "# newdoc")) for line in lines):
            text = text.rstrip() + "\n\n"
        at = first = len(text)
        text += written
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        for row in (row for row in rows if row[0].isdigit()):
            start = text.find(row[1], at)
            if start < 0:
                continue
            at = start + len(row[1])
            gold_words.add((start, at))
        gold_sentences.add((first, at))
        text += "" if "SpaceAfter=No" in rows[-1][9] else " "
    found = segment(text)
    words = {span for sentence in found for span in sentence}
    sentences = {(sentence[0][0], sentence[-1][1]) for sentence in found}
    scores = {"raw words F1": f1(gold_words, words)}
    return scores | {"raw sentences F1": f1(gold_sentences, sentences)}


def main() -> None:
    """Read the arguments; print one JSON line per set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument("--model", type=Path, default=MODEL)
    args = parser.parse_args()
    network = Network(args.model)
    print(json.dumps({"version": network.version}))
    for name in ("ewt-dev", "gum-dev-open"):
        path = args.data / f"ud/{name}.conllu"
        golds = list(read_conllu(path))
        news = [gold for gold in golds if gold.id.startswith("GUM_news")]
        print(json.dumps({"set": name} | raw(path)), flush=True)
        print(json.dumps({"set": name} | treebank(network, golds)), flush=True)
        if news:
            scores = treebank(network, news)
            print(json.dumps({"set": f"{name}, news", "sentences": len(news)} | scores))
    scores = names(network, args.data / "ner/uner-ewt-dev.jsonl")
    print(json.dumps({"set": "uner-ewt-dev"} | scores))


if __name__ == "__main__":
    main()
