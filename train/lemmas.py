"""Write the dictionary of lemmas that the parser consults before it trusts the model's edit.

    python train/lemmas.py --data DIR

Known lemmas and irregular forms come from UD English EWT and the open part of GUM (CC BY-SA 4.0) and
from our own tables (heads of the act lexicon, operators, cues). Run it again when they grow. Written to src/legation/parse/model/lemmas.tsv: tag, lemma,
irregular forms with "|" between them.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from legation.parse.lemma import candidates
from legation.words import load
from legation.words.pattern import PREPOSITIONS

OUT = Path(__file__).parent.parent / "src" / "legation" / "parse" / "model" / "lemmas.tsv"
IRREGULAR = """freeze:froze,frozen strike:struck,stricken seek:sought shoot:shot fly:flew,flown flee:fled slay:slew,slain
    forbid:forbade,forbidden withdraw:withdrew,withdrawn overthrow:overthrew,overthrown shake:shook,shaken break:broke,broken
    tear:tore,torn swear:swore,sworn steal:stole,stolen beat:beaten fight:fought catch:caught hold:held withhold:withheld
    uphold:upheld meet:met lead:led mislead:misled sink:sank,sunk blow:blew,blown overrun:overran take:took,taken
    retake:retook,retaken undertake:undertook,undertaken bind:bound send:sent hang:hanged,hung light:lit sweep:swept
    shut:shut cut:cut hit:hit set:set put:put rise:rose,risen fall:fell,fallen speak:spoke,spoken spread:spread"""
TAGS = ("VERB", "NOUN", "ADJ")


def _ours() -> Iterator[tuple[str, str]]:
    """(tag, lemma) of the words that our own tables name: heads, operators, cues."""
    words = load()
    for pos, tag in (("verb", "VERB"), ("noun", "NOUN")):
        for head in words.patterns[pos]:
            yield tag, head
    for nouns in words.classes.values():
        for noun in nouns:
            for word in noun.split():
                if word not in PREPOSITIONS:
                    yield "NOUN", word
    for verb in (*words.operators.verbs, *words.table("whose")["speech"]["verbs"]):
        if "_" not in verb:
            yield "VERB", verb
    never = words.table("never")
    for verb in never.get("mishaps", ()):
        yield "VERB", verb
    for name in ("accident", "disaster", "sport", "shows", "leisure", "carriers", "armed"):
        for noun in never.get(name, ()):
            yield "NOUN", noun


def main() -> None:
    """Read the treebanks and the lexicon, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data / "ud"
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in (folder / "ewt-train.conllu", folder / "gum-train-open.conllu"):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == 10 and cells[3] in TAGS and cells[1].isalpha():
                counts[cells[3], cells[1].lower()][cells[2].lower()] += 1
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (tag, form), lemmas in counts.items():
        lemma, count = lemmas.most_common(1)[0]
        total = sum(counts.get((tag, lemma), Counter()).values()) + count
        if not lemma.isalpha() or total < 2:
            continue
        if lemma in candidates(form, tag):
            known[tag, lemma] |= set()
        elif count > 1:
            known[tag, lemma].add(form)
    for line in IRREGULAR.split():
        lemma, _, forms = line.partition(":")
        known["VERB", lemma] |= set(forms.split(","))
    for tag, lemma in _ours():
        known[tag, lemma] |= set()
    rows = [f"{tag}\t{lemma}\t{'|'.join(sorted(f))}" for (tag, lemma), f in sorted(known.items())]
    OUT.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(len(rows), "lemmas")


if __name__ == "__main__":
    main()
