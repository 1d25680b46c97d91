"""What are the sentences of a text and how are they built? Text in, Sentences (story.py) out.

segment.py finds sentences, tokenise.py words, network.py asks the model, tree.py repairs trees,
names.py decides names.
Importing this package loads nothing; a Parser loads the model when it is made (about 0.2 s).
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Final

from legation.errors import InputError
from legation.parse.batches import batches
from legation.parse.network import Analysis, Network, check
from legation.parse.pieces import MAX_PIECES
from legation.parse.segment import segment
from legation.parse.tokenise import Span
from legation.story import Pair, Sentence

__all__ = ["MODEL", "Parser", "check"]

MODEL: Final = Path(__file__).with_name("model")
MOST_THREADS: Final = 8  # more would only wait for the interpreter, which one thread has at a time


@dataclass(frozen=True, slots=True)
class _Draft:
    """A sentence found but not yet analysed: its words and how many pieces they have."""

    spans: tuple[Span, ...]
    words: tuple[str, ...]
    size: int


class Parser:
    """The language model, loaded once and used for many texts. Deterministic."""

    def __init__(self, path: Path | None = None, threads: int = 0) -> None:
        """Load the model in folder `path` (default: the shipped one).

        `threads` runs of the network are done at a time, 0: one on each core (8 at most). Threads
        start when they are needed. Raises ModelError.
        """
        self._network = Network(path or MODEL)
        self.version = self._network.version
        self.threads = threads or min(_cores(), MOST_THREADS)
        self._pool: ThreadPoolExecutor | None = None
        self._owner = 0

    def parse(self, text: str) -> tuple[Sentence, ...]:
        """The sentences of one text, in order, with offsets into it."""
        return self.start(text)()

    def parse_many(self, texts: Sequence[str]) -> list[tuple[Sentence, ...]]:
        """The sentences of each text."""
        return [found() for found in [self.start(text) for text in texts]]

    def start(self, text: str) -> Callable[[], tuple[Sentence, ...]]:
        """Set to work on a text. Call the answer for its sentences; it waits until they are there.

        With one thread all is done only then. A run of the network has sentences of one text only,
        since they have a little influence on each other's scores: so a text is read the same alone
        and among others.
        """
        drafts = list(self._drafts(text))
        runs = batches([draft.size for draft in drafts])
        answers = self._map()(self._analysed, [[drafts[n] for n in run] for run in runs])

        def found() -> tuple[Sentence, ...]:
            numbered = zip(chain.from_iterable(runs), chain.from_iterable(answers), strict=True)
            told = [answer for _, answer in sorted(numbered, key=itemgetter(0))]
            scores = [answer.names for answer in told]
            names = self._network.names.decide([draft.words for draft in drafts], scores)
            return tuple(map(_sentence, drafts, told, names))

        return found

    def _map(self) -> Callable[..., Iterable[list[Analysis]]]:
        """Does runs of the network: several at a time when there are several threads."""
        if self.threads == 1:
            return map
        if self._pool is None or self._owner != os.getpid():  # threads don't survive a fork
            self._pool, self._owner = ThreadPoolExecutor(self.threads, "parse"), os.getpid()
        return self._pool.map

    def _analysed(self, drafts: Sequence[_Draft]) -> list[Analysis]:
        return self._network.analyse([draft.words for draft in drafts])

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

    def _drafts(self, text: str) -> Iterator[_Draft]:
        """Sentences of a text; those beyond the encoder's 510 pieces are cut between words."""
        for spans in segment(text):
            first, size = 0, 0
            words = tuple(text[start:end] for start, end in spans)
            for at, word in enumerate(words):
                pieces = len(self._network.pieces.of(word))
                if size + pieces > MAX_PIECES:
                    yield _Draft(tuple(spans[first:at]), words[first:at], size)
                    first, size = at, 0
                size += pieces
            yield _Draft(tuple(spans[first:]), words[first:], size)


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _covered(spans: Sequence[Span], part: tuple[int, int], text: str) -> tuple[int, int]:
    start, end = part
    found = [n for n, span in enumerate(spans) if span[0] < end and start < span[1]]
    if not found:
        raise InputError(f"no word of the text stands at {start}:{end} ({len(text)} characters)")
    return found[0], found[-1] + 1


def _sentence(draft: _Draft, answer: Analysis, names: tuple[str, ...]) -> Sentence:
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
        names=names,
        opinions=answer.opinions,
    )
