"""Which known names stand in a noun phrase, and which of their meanings is meant here?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from legation.questions.who import tree
from legation.questions.who.lexicon import Lexicon
from legation.questions.who.setting import Setting, borrowed
from legation.story import Sentence
from legation.words import listed
from legation.world import fitting

RANK = ("country", "seat", "organisation", "group", "demonym", "city", "region", "person")
SMALL = 300_000  # inhabitants; a smaller town outside the story's countries is a doubtful reading
LEADING = frozenset(["head-of-state", "head-of-government"])
TOP = LEADING | {"head", "leader"}
MINISTERS = frozenset(["foreign-minister", "defence-minister"])
DASHES = frozenset("-–‐")


@dataclass(frozen=True, slots=True)
class People:
    """An ethnic or religious group as a name gives it; the face of a world entry."""

    name: str
    country: str | None
    kind: str = "demonym"
    sector: str = "UNK"
    office: str = ""
    since: str = ""
    until: str = ""
    entity: str = ""
    capital: bool = False
    population: int = 0


class Names:
    """Finds the world's names in the noun phrases of one story, chosen by its setting."""

    def __init__(self, lexicon: Lexicon, world: Any, setting: Setting) -> None:
        """Keep the tables; the story's day decides who holds an office."""
        self.lexicon, self.world, self.setting = lexicon, world, setting
        self.day = setting.story.published
        self.longest = int(getattr(world, "longest", 6) or 6)

    def match(self, sentence: Sentence, i: int, j: int) -> tuple[Any, ...]:
        """World entries whose alias is exactly the words i..j (inclusive), fit to what follows."""
        if j - i >= self.longest + 2 or not sentence.words[i][:1].isalnum():
            return ()
        text = tree.surface(sentence, i, j)
        if self.lexicon.is_wide(text):
            return ()
        found = tuple(self.world.find(self._spelled_out(sentence, i, j, text)))
        if not found and " " in text:
            found = tuple(self.world.find(" ".join(sentence.words[i : j + 1])))
        if all(entry.kind == "region" for entry in found):  # the Kachin before their state
            known = self.lexicon.peoples.get(text, self.lexicon.peoples.get(text.rstrip("s")))
            if known is not None:
                return (People(text, known or None),)
        if i == j and all(entry.kind in ("city", "region") for entry in found):
            found = self._by_surname(sentence, i) or found
        if not found:
            return ()
        found = self._dated(found, text)
        if self._tells_otherwise(sentence, j):
            return ()
        if any(getattr(e, "near", ()) for e in found):
            known_by = found
            found = fitting(found, self.setting.words)
            if not found and text.isupper() and len({e.entity for e in known_by}) == 1:
                found = known_by  # the only body of this acronym
        found = self._followed(sentence, j, found)
        code = self.setting.namesakes.get(text)
        if code:
            here = [e for e in found if e.country == code]
            kind = "demonym" if found[0].kind == "demonym" else "region"
            outside = replace(found[0], kind=kind, country=code, entity="")
            return tuple(here) or (outside,)
        return self._plausible(sentence, i, j, found)

    def _dated(self, found: tuple[Any, ...], text: str) -> tuple[Any, ...]:
        """The entries under the code that the state had on the story's day."""
        dated = self.setting.dated
        return tuple(
            e if (code := dated(e.country, text)) == e.country else replace(e, country=code)
            for e in found
        )

    def _by_surname(self, sentence: Sentence, i: int) -> tuple[Any, ...]:
        """Office holders of the day called so, when a title or the tagger says it is a person.

        One of the story's countries, or the only head of state or government, or else the only
        foreign or defence minister, who bears the name.
        """
        surnames = getattr(self.world, "surname", None)
        office = self._title(sentence, i)
        person = bool(sentence.names) and sentence.names[i].endswith("PER")
        if surnames is None or not (person or office) or not sentence.words[i][:1].isupper():
            return ()
        if self.setting.short_of(sentence.words[i]):
            return ()
        rows = [e for e in surnames(sentence.words[i]) if self.distance(e) == 0]
        rows = [e for e in rows if e.office in LEADING] if office in LEADING else rows
        here = [e for e in rows if e.country in self.setting.told]
        for pool, offices in ((here, LEADING), (here, None), (rows, LEADING), (rows, MINISTERS)):
            known = [e for e in pool if offices is None or e.office in offices]
            if len({e.entity for e in known}) == 1:
                return tuple(known)
        return ()

    def _title(self, sentence: Sentence, i: int) -> str:
        """The office in whose title's name word i ends: "President Bush"; "" for none."""
        if i == 0 or not sentence.words[i - 1][:1].isupper():
            return ""
        title = self.role_at(sentence, max(0, i - 3), i - 1)
        return self.lexicon.offices.get(title[2], "") if title and title[1] == i - 1 else ""

    def _spelled_out(self, sentence: Sentence, i: int, j: int, text: str) -> str:
        """The full name of a body in short: "the Commission" with a capital and nothing before."""
        full = self.lexicon.alone.get(text) if i == j else None
        if isinstance(full, dict):  # "the Council" is the UN's beside a veto, else any
            full = full["name"] if self.setting.words & set(full["near"]) else None
        beside = i > 0 and sentence.words[i - 1][:1].isupper() and i > 1
        after = j + 1 < len(sentence) and sentence.words[j + 1] == "of"
        article = i > 0 and sentence.words[i - 1].lower() == "the"
        return full if full and article and not beside and not after else text

    def _tells_otherwise(self, sentence: Sentence, j: int) -> bool:
        """Does the next word make the name a thing: "Turkey sandwich", "Niger Delta"?"""
        if j + 1 >= len(sentence):
            return False
        after = self.lexicon.after.get(sentence.words[j], frozenset())
        return sentence.words[j + 1].lower() in after

    def _followed(self, sentence: Sentence, j: int, found: tuple[Any, ...]) -> tuple[Any, ...]:
        """Only what fits a region or state named right after: "Lebanon, Pennsylvania"."""
        if j + 2 >= len(sentence) or sentence.words[j + 1] != ",":
            return found
        for end in range(min(j + 4, len(sentence) - 1), j + 1, -1):
            where = self.world.find(tree.surface(sentence, j + 2, end))
            codes = {e.country for e in where if e.kind in ("region", "country")}
            if not codes:
                continue
            fits = tuple(e for e in found if e.country in codes and e.kind != "person")
            regions = {e.country for e in where if e.kind == "region"} - {
                e.country for e in where if e.kind == "country"
            }
            if fits:
                return tuple(e for e in fits if e.kind in ("city", "region")) or fits
            if regions == {"USA"} and any(e.kind in ("country", "city") for e in found):
                return (replace(found[0], kind="region", country="USA", entity=""),)
            break
        return found

    def _plausible(
        self, sentence: Sentence, i: int, j: int, found: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        """Without little towns that only happen to be called like a person or a body."""
        tags = sentence.names[i : j + 1] if sentence.names else ()
        person = bool(tags) and all(tag.endswith("PER") for tag in tags)
        body = bool(tags) and all(tag.endswith("ORG") for tag in tags)
        short = i == j and self.setting.short_of(sentence.words[i])
        kept = []
        for entry in found:
            if entry.kind in ("city", "region") and not entry.capital:
                small = entry.population < SMALL
                told = entry.country in self.setting.told
                if (
                    (person and not self._local(sentence, j))
                    or short
                    or (body and small)
                    or (small and not told and tags == ("O",))
                ):
                    continue
                if borrowed(entry) and self.setting.told and not told and self._bare(sentence, j):
                    continue
            if entry.kind in ("country", "seat") or entry.capital:
                if person and short:
                    continue
            if entry.kind in ("organisation", "group") and self._generic(sentence, i, j, entry):
                continue
            kept.append(entry)
        return tuple(kept)

    def _local(self, sentence: Sentence, j: int) -> bool:
        """Does what only a town has follow: "Tacloban's bishop"?"""
        after = sentence.lemmas[j + 1 : j + 4]
        owned = sentence.words[j + 1 : j + 2] in (("'s",), ("\u2019s",), ("'",))
        return owned and any(lemma.lower() in listed("local") for lemma in after)

    def _generic(self, sentence: Sentence, i: int, j: int, entry: Any) -> bool:
        """A name of nothing but common words, of a state that the story does not name."""
        told, words = self.setting.told, sentence.words[i : j + 1]
        if not told or entry.country in told or entry.country not in self.setting.states:
            return False
        common = self.lexicon.like.get("generic", frozenset())
        if len(words) == 1:
            low = words[0].lower()
            return (low in self.lexicon.bodies or low in common) and not words[0].isupper()
        return all(word.lower().strip("'’") in common for word in words)

    def longest_at(
        self, sentence: Sentence, first: int, last: int, w: int
    ) -> tuple[int, int, tuple[Any, ...]]:
        """The longest world name inside first..last that holds w; an empty match when none."""
        for size in range(last - first + 1, 0, -1):
            for i in range(max(first, w - size + 1), min(w, last - size + 1) + 1):
                found = self.match(sentence, i, i + size - 1)
                if found:
                    return i, i + size - 1, found
        return w, w - 1, ()

    def role_at(self, sentence: Sentence, first: int, last: int) -> tuple[int, int, str] | None:
        """The longest role phrase in first..last, the rightmost of equals."""
        best: tuple[int, int, str] | None = None
        for end in range(last, first - 1, -1):
            for start in range(max(first, end - 4), end + 1):
                found = self.lexicon.phrase(
                    sentence.words[start : end + 1], sentence.lemmas[start : end + 1]
                )
                if found and not self._cuts(sentence, first, start, end):
                    if best is None or (start <= best[0] and end >= best[1]):
                        best = (start, end, found)
                    break
        return best

    def _cuts(self, sentence: Sentence, first: int, start: int, end: int) -> bool:
        """Does a role start..end begin with the end of a name: "European [Union leaders]"?"""
        if not first < start < end:
            return False
        i, j, found = self.longest_at(sentence, first, end - 1, start)
        return bool(found) and i < start <= j

    def owners(self, sentence: Sentence, first: int, last: int) -> list[Any]:
        """Entries named in first..last that say whose the head is ("Chinese", "Hamas", "UN").

        Of two adjectives side by side the first is the state ("Bosnian Serb"); a name before
        "-backed" or "-made" owns nothing, one before "-led" does.
        """
        found: list[Any] = []
        at, past = first, -1  # past: the word after a nationality just found
        while at <= last:
            step = 1
            for end in range(last, at - 1, -1):
                entries = self.match(sentence, at, end)
                if entries and sentence.words[at][:1].isupper():
                    entry = self.choose(entries, sentence, at, end, modifier=True)
                    step = end - at + 1
                    beside = at == past and entry.kind == "demonym"
                    if beside and found and sentence.words[at] in self.lexicon.like["islands"]:
                        found.pop()  # "Turkish Cypriot leaders" are Cyprus's
                        beside = False
                    if self._owns(sentence, end) and not beside:
                        found.append(entry)
                    past = end + 1 if entry.kind in ("demonym", "country", "region") else -1
                    break
            else:
                found += self._glued(sentence.words[at])
            at += step
        return found

    def within(self, sentence: Sentence, first: int, last: int) -> Any:
        """The state that a people is a part of: "Bosnian" in "Bosnian Serb"; None for none.

        Words first..last are the people's name and what stands right before it.
        """
        if last <= first or sentence.words[last] in self.lexicon.like["islands"]:
            return None
        people = self.match(sentence, last, last)
        states = self.match(sentence, last - 1, last - 1)
        if not any(e.kind == "demonym" for e in people) or not sentence.words[last].istitle():
            return None
        kinds = ("demonym", "country", "region")
        return next((e for e in states if e.kind in kinds and e.country), None)

    def _glued(self, word: str) -> list[Any]:
        """Names inside one hyphenated word: "Sino-Russian", "China-Russia", "Saudi-led"."""
        parts = [part for part in word.replace("–", "-").split("-") if part]
        if len(parts) < 2 or not parts[0][:1].isupper():
            return []
        if self.lexicon.hyphens.get(parts[-1].lower()) == "other":
            return []
        return [e for part in parts for e in self._first(part)]

    def _first(self, part: str) -> list[Any]:
        prefix = self.lexicon.prefixes.get(part.lower())
        return list(self.world.find(prefix or part))[:1] if part[:1].isupper() else []

    def _owns(self, sentence: Sentence, end: int) -> bool:
        """Not so before "-backed", "-made", "-occupied"."""
        if end + 2 >= len(sentence) or sentence.words[end + 1] not in DASHES:
            return True
        return self.lexicon.hyphens.get(sentence.words[end + 2].lower()) != "other"

    def _bare(self, sentence: Sentence, j: int) -> bool:
        """Does nothing after the name tell where it lies, as in "Bath, England"?"""
        return not (
            j + 2 < len(sentence)
            and sentence.words[j + 1] == ","
            and sentence.words[j + 2][:1].isupper()
        )

    def choose(
        self, entries: tuple[Any, ...], sentence: Sentence, i: int, j: int, modifier: bool = False
    ) -> Any:
        """The likeliest entry of an ambiguous name: by the tagger's class, office date, kind."""
        tags = sentence.names[i : j + 1] if sentence.names else ()
        person = bool(tags) and all(tag.endswith("PER") for tag in tags)
        setting = self.setting

        def cost(entry: Any) -> tuple[float, int, int, float]:
            kind: float = RANK.index(entry.kind) if entry.kind in RANK else 9
            kind = 3 if entry.kind == "demonym" and modifier else kind
            kind = 1 if entry.kind == "city" and entry.capital else kind
            if entry.kind == "city" and not entry.capital and entry.population < SMALL:
                kind = (
                    RANK.index("region") + 0.5
                )  # "a jury in Virginia" is not in the Free State's town
            wrong = 10 * ((entry.kind == "person") != person) if tags else 0
            strange = entry.country not in setting.told and entry.kind not in ("seat", "country")
            holds = self.distance(entry)
            size = -float(getattr(entry, "population", 0) or 0)
            return (wrong + kind + 3 * (strange and bool(entry.country)), holds, 0, size)

        return min(entries, key=cost)

    def distance(self, entry: Any) -> int:
        """0 for an entry that holds on the story's day, 1 for a past one, 2 for a future one."""
        if self.day and entry.since and entry.since > self.day:
            return 2
        return int(bool(self.day and entry.until and entry.until < self.day))

    def holder(self, phrase: str, country: str | None, body: str = "") -> Any:
        """Who held the office on the story's day; None when unknown.

        The one office of a body that has no other is its head's, whatever the press calls it.
        """
        office = self.lexicon.offices.get(phrase)
        if not office or not self.day:
            return None
        keys = (office, "head") if office in TOP else (office,)
        owners = [owner for owner in (body, country) if owner and not self.world.country(owner)]
        held = (self.world.holder(key, owner, self.day) for owner in owners for key in keys)
        found = next((entry for entry in held if entry), None)
        if found or not self.world.country(country):
            return found
        return self.world.holder(office, self.setting.today(country or ""), self.day)


def proper(sentence: Sentence, w: int) -> bool:
    """Is the word (part of) a name: tagged so, or found by the tagger of names?"""
    if not sentence.words[w][:1].isupper():
        return False
    named = bool(sentence.names) and sentence.names[w] not in ("O", "B-NORP", "I-NORP")
    return sentence.tags[w] == "PROPN" or named
