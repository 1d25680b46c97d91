"""What are the sentences of a text and how are they built? Text in, Sentences (story.py) out.

segment.py finds sentences, tokenise.py words, network.py asks the model, tree.py repairs trees.
Importing this package loads nothing; a Parser loads the model when it is made (about 0.2 s).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from legation.errors import InputError
from legation.parse.network import Analysis, Network, check
from legation.parse.pieces import MAX_PIECES
from legation.parse.segment import segment
from legation.parse.tokenise import Span
from legation.story import Pair, Sentence

__all__ = ["MODEL", "Parser", "check"]

MODEL: Final = Path(__file__).with_name("model")
BATCH: Final = 16  # sentences; 8 to 32 measured best, 128 a fifth slower
BATCH_PIECES: Final = 2048  # bounds the memory of a batch of very long sentences


@dataclass(frozen=True, slots=True)
class _Draft:
    """A sentence found but not yet analysed: its text's number and its words."""

    text: int
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    size: int


class Parser:
    """The language model, loaded once and used for many texts. Deterministic."""

    def __init__(self, path: Path | None = None, threads: int = 0) -> None:
        """Load the model in folder `path` (default: the shipped one).

        `threads` 0 leaves their number to onnxruntime. Raises ModelError.
        """
        self._network = Network(path or MODEL, threads)
        self.version = self._network.version

    def parse(self, text: str) -> tuple[Sentence, ...]:
        """The sentences of one text, in order, with offsets into it."""
        return self.parse_many([text])[0]

    def parse_many(self, texts: Sequence[str]) -> list[tuple[Sentence, ...]]:
        """The sentences of each text; faster than one by one when texts are short."""
        drafts = [draft for at, text in enumerate(texts) for draft in self._drafts(at, text)]
        found: list[Sentence | None] = [None] * len(drafts)
        for numbers in _batches(drafts):
            answers = self._network.analyse([drafts[number].words for number in numbers])
            for number, answer in zip(numbers, answers, strict=True):
                found[number] = _sentence(drafts[number], answer)
        result: list[list[Sentence]] = [[] for _ in texts]
        for draft, sentence in zip(drafts, found, strict=True):
            assert sentence is not None
            result[draft.text].append(sentence)
        return [tuple(sentences) for sentences in result]

    def relate(self, text: str, actor: tuple[int, int], recipient: tuple[int, int]) -> Pair | None:
        """Chances of the types and statuses of what one party does to another in a short text.

        The parties are spans of characters, (start, end). Of a text above 510 pieces the part
        around the parties counts. None when the model has no such head; raises InputError when a
        span covers no word of the text.
        """
        spans = [span for sentence in segment(text) for span in sentence]
        pair = [_covered(spans, part, text) for part in (actor, recipient)]
        first, past = self._window([text[s:e] for s, e in spans], pair)
        words = [text[start:end] for start, end in spans[first:past]]
        (a, b), (c, d) = [(begin - first, min(end, past) - first) for begin, end in pair]
        return self._network.relate(words, (a, b), (c, d))

    def _window(self, words: Sequence[str], pair: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """Numbers of the first and past the last word that fit the encoder, the pair inside."""
        sizes = [len(self._network.pieces.of(word)) for word in words]
        first, past = min(part[0] for part in pair), max(part[1] for part in pair)
        while past - first > 1 and sum(sizes[first:past]) > MAX_PIECES:
            past -= 1
        room = MAX_PIECES - sum(sizes[first:past])
        while True:
            if past < len(words) and sizes[past] <= room:
                room -= sizes[past]
                past += 1
            elif first and sizes[first - 1] <= room:
                first -= 1
                room -= sizes[first]
            else:
                return first, past

    def _drafts(self, number: int, text: str) -> Iterator[_Draft]:
        """Sentences of a text; those beyond the encoder's 510 pieces are cut between words."""
        for spans in segment(text):
            first, size = 0, 0
            words = tuple(text[start:end] for start, end in spans)
            for at, word in enumerate(words):
                pieces = len(self._network.pieces.of(word))
                if size + pieces > MAX_PIECES:
                    yield _Draft(number, tuple(spans[first:at]), words[first:at], size)
                    first, size = at, 0
                size += pieces
            yield _Draft(number, tuple(spans[first:]), words[first:], size)


def _covered(spans: Sequence[Span], part: tuple[int, int], text: str) -> tuple[int, int]:
    start, end = part
    found = [n for n, span in enumerate(spans) if span[0] < end and start < span[1]]
    if not found:
        raise InputError(f"no word of the text stands at {start}:{end} ({len(text)} characters)")
    return found[0], found[-1] + 1


def _batches(drafts: list[_Draft]) -> Iterator[list[int]]:
    """Numbers of drafts of like length, so that little is padded."""
    batch: list[int] = []
    for number in sorted(range(len(drafts)), key=lambda number: drafts[number].size):
        widest = drafts[number].size
        if batch and (len(batch) == BATCH or widest * (len(batch) + 1) > BATCH_PIECES):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _sentence(draft: _Draft, answer: Analysis) -> Sentence:
    starts, ends = zip(*draft.spans, strict=True)
    return Sentence(
        start=starts[0],
        end=ends[-1],
        words=draft.words,
        starts=starts,
        ends=ends,
        lemmas=answer.lemmas,
        tags=answer.tags,
        feats=answer.feats,
        heads=answer.heads,
        labels=answer.labels,
        names=answer.names,
        opinions=answer.opinions,
    )
