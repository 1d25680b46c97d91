"""The order of the rooms: a story is checked, parsed and asked the six questions.

`Reader` is the face of it all. What is odd about a story becomes a `Problem` on it; with
`strict=False`, as in bulk, so does a crash over it.
"""

from __future__ import annotations

import hashlib
import re
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import legation
from legation import ingest, parse, questions, words, world
from legation.errors import InputError, KnowledgeError
from legation.questions import opinion, relation
from legation.story import Story

if TYPE_CHECKING:
    from legation.story import Relation, Sentence
    from legation.words import Words
    from legation.world import World

_Trees = Callable[[], "tuple[Sentence, ...]"]

LONGEST = 60_000  # characters of one story: 10,000 words; keeps any input under 10 s on two cores
LONGEST_TITLE = 1_000
AHEAD = 2  # stories that are parsed while one is asked its questions

_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class Reader:
    """Reads texts into stories with events; loads the model on the first reading.

    `parser` stands in for the shipped one; `world` are extra tables of the world's facts, TSV;
    `voices` says who is heard on what was done: "rules", "model" or "both".
    """

    def __init__(
        self,
        parser: parse.Parser | None = None,
        world: tuple[Path, ...] = (),
        voices: str = "both",
    ) -> None:
        if voices not in opinion.VOICES:
            raise InputError(f"voices {voices!r} is none of {', '.join(opinion.VOICES)}")
        self._parser = parser
        self._extra = world
        self.voices = voices

    @cached_property
    def parser(self) -> parse.Parser:
        """The parser, loaded once."""
        return self._parser if self._parser is not None else parse.Parser()

    @cached_property
    def words(self) -> Words:
        """What the language says: frames and cues."""
        return words.load()

    @cached_property
    def world(self) -> World:
        """What is true of the world, with the extra tables."""
        return world.load(self._extra)

    @cached_property
    def version(self) -> str:
        """The reading version, kept on each story: package, model, and what the package knows."""
        model = getattr(self.parser, "version", "") or "model"
        heard = "" if self.voices == "both" else f"+{self.voices}"
        return f"{legation.__version__}+{model}+{_knowledge()}{heard}"

    def read(
        self,
        text: str,
        published: str = "",
        title: str = "",
        outlet: str = "",
        url: str = "",
        id: str = "",
    ) -> Story:
        """One text with what is known about it -> the story with its events.

        `published` is an ISO date or "" when unknown; raises InputError when it is neither.
        """
        return self.read_story(
            Story(text, id=id, published=published, title=title, outlet=outlet, url=url)
        )

    def relate(
        self,
        text: str,
        actor_span: tuple[int, int],
        recipient_span: tuple[int, int] | None,
        published: str = "",
    ) -> Relation:
        """What the first party does to the second in a sentence or short text.

        The spans are characters of `text`, (start, end), end exclusive; without a recipient
        (None): what the first party does at all. The answer has the chances of all 16 types and of
        the statuses, likeliest first; `why` says what rules and model thought. For people who check
        or extend existing event data. Raises InputError when a span covers no word.
        """
        for start, end in filter(None, (actor_span, recipient_span)):
            if not (0 <= start < end <= len(text) and text[start:end].strip()):
                raise InputError(f"no word of the text stands at {start}:{end}")
        story = self.read_story(Story(text, published=published, language="en"))
        model = None
        if recipient_span:
            model = self.parser.relate(story.text, actor_span, recipient_span)
        tables = self.words.table("opinion"), self.words.table("plover")
        other = recipient_span or relation.OPEN
        return relation.relation(story, actor_span, other, model, *tables)

    def read_story(self, story: Story) -> Story:
        """A story as it came in -> the same with sentences, events and problems."""
        return next(self.read_all((story,), strict=True))

    def read_file(self, path: str | Path, published: str = "", title: str = "") -> Story:
        """The first story of a text, Markdown, HTML or JSONL file; raises InputError."""
        return self._first(str(path), published, title, allow_private=False)

    def read_url(
        self, url: str, published: str = "", title: str = "", allow_private: bool = False
    ) -> Story:
        """The story of a page; raises FetchError. Private addresses only with `allow_private`."""
        return self._first(url, published, title, allow_private)

    def read_all(self, stories: Iterable[Story], strict: bool = False) -> Iterator[Story]:
        """Stories with events, in order; the next ones are parsed while one is asked.

        A crash over one story becomes its Problem "crash" with the traceback, or is raised when
        `strict`. Only a few stories are held in memory.
        """
        waiting: deque[tuple[Story, _Trees | None]] = deque()
        for story in stories:
            waiting.append(self._started(story, strict))
            if len(waiting) > AHEAD:
                yield self._answered(*waiting.popleft(), strict)
        while waiting:
            yield self._answered(*waiting.popleft(), strict)

    def _first(self, location: str, published: str, title: str, allow_private: bool) -> Story:
        found = ingest.stories(
            location, published=published, title=title, allow_private=allow_private
        )
        story = next(found, None)
        if story is None:
            raise InputError(f"{location}: no story in it")
        return self.read_story(story)

    def _started(self, story: Story, strict: bool) -> tuple[Story, _Trees | None]:
        """The checked story, and its trees to wait for; None when it cannot be read."""
        story = checked_story(story)
        if not readable(story):
            return story, None
        try:
            return story, self.parser.start(story.text)
        except Exception:
            if strict:
                raise
            return _crashed(story), None

    def _answered(self, story: Story, trees: _Trees | None, strict: bool) -> Story:
        if trees is None:
            return self._marked(story)
        try:
            words, world = self.words, self.world  # the first story's trees are made meanwhile
            parsed = replace(story, sentences=trees(), version=self.version)
            return questions.events(parsed, words, world, self.voices)
        except KnowledgeError:  # a slip in the user's own table is no fault of the story
            raise
        except Exception:
            if strict:
                raise
            return self._marked(_crashed(story))

    def _marked(self, story: Story) -> Story:
        return replace(story, version=self.version)


def _crashed(story: Story) -> Story:
    return story.with_problem("crash", traceback.format_exc())


@cache
def _knowledge() -> str:
    """Eight digits that change when a rule, a word or a fact of the world does."""
    digest = hashlib.sha256()
    for room in ("parse", "questions", "words", "world"):
        for path in sorted((Path(legation.__file__).parent / room).rglob("*")):
            if path.suffix in (".py", ".toml", ".tsv", ".json"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def readable(story: Story) -> bool:
    """Whether a checked story has text in a language that we read."""
    return not {"empty", "language"} & {problem.code for problem in story.problems}


def checked_story(story: Story) -> Story:
    """The story as it can be read: clean text of bounded length, oddities noted as problems.

    Odd characters become one space each, so offsets stay those of the text as given. Raises
    InputError when `published` is no ISO date.
    """
    story = _cleaned(_shortened(story))
    if not story.text.strip():
        return story.with_problem("empty", "there is no text to read")
    story = _in_language(story)
    if not story.published:
        return story.with_problem(
            "no-date", "no publication date: relative dates such as 'on Monday' stay unresolved"
        )
    return replace(story, published=_day(story.published))


def _shortened(story: Story) -> Story:
    size = len(story.text)
    if size <= LONGEST:
        return replace(story, title=story.title[:LONGEST_TITLE])
    cut = max(story.text.rfind(mark, LONGEST - 2_000, LONGEST) for mark in ("\n", ". ", " "))
    cut = cut + 1 if cut > 0 else LONGEST
    message = f"only the first {cut:,} of {size:,} characters were read"
    kept = replace(story, text=story.text[:cut], title=story.title[:LONGEST_TITLE])
    return kept.with_problem("too-long", message, cut, size)


def _cleaned(story: Story) -> Story:
    text, count = _ODD.subn(" ", story.text)
    title = _ODD.sub(" ", story.title)
    if not count:
        return replace(story, title=title)
    first = _ODD.search(story.text)
    where = first.start() if first else -1
    message = f"{count:,} control characters were read as spaces"
    return replace(story, text=text, title=title).with_problem(
        "control-characters", message, where, where + 1
    )


def _in_language(story: Story) -> Story:
    from legation.ingest.language import language_of

    language = story.language or language_of(story.text)
    story = replace(story, language="" if language == "und" else language)
    if language == "en":
        return story
    return story.with_problem("language", f"only English is read; this is {language}")


def _day(published: str) -> str:
    try:
        return date.fromisoformat(published[:10]).isoformat()
    except ValueError as error:
        raise InputError(f"published {published!r} is not a date like 2017-11-21") from error
