"""What speaks for and against a job that a person did, or that is offered: columns for trees.

A title in a text is not always somebody's job, and many tell a job without any title. Of each
part of a document, the occupations that are named there, whose skills are named there, or whose
words are near are candidates; the trees decide.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.domain import DocumentKind
from matching.extraction.activities import PRIVATE, TOLD
from matching.extraction.boilerplate import HIRING
from matching.extraction.loose_features import Signs
from matching.extraction.mentions import RawMention, Reading, segments_of
from matching.extraction.personal import is_personal
from matching.extraction.roles import Role
from matching.extraction.sections import Section
from matching.extraction.stretches import PASSED, Stretch
from matching.linking.occupation_profiles import Needs, OccupationProfiles, Titled
from matching.linking.roots import root
from matching.taxonomy import Taxonomy

Array = npt.NDArray[np.float64]

# Most candidates of a kind in one part, and the least nearness of words worth a look.
_MOST_NAMED, _MOST_NEAR = 6, 6
_LEAST_NEAR = 0.05
# What an optional skill counts beside an essential one.
_OPTIONAL = 0.4
_TITLE_LINES = (1.0, 0.8, 0.6)
_AFTER_CUE = 120
_MOST_BEFORE = 8
_MINOR, _SUBMAJOR = 3, 2
_NOT_ASKED = frozenset({Section.OFFER, Section.CONDITIONS})
_NAMED = ("titled", "told", "mentions", "first", "before", "elsewhere", "others", "refused")
_LABEL = (
    "asked", "strength", "found", "of_best",
    "head_asked", "head_strength",
    "title_asked", "title_strength", "title_of_best",
    "cue_asked", "cue_strength",
)  # fmt: skip
_SKILLS = (
    "essential", "optional", "share", "needs_of_best",
    "text_essential", "text_optional", "text_share", "text_needs_of_best",
)  # fmt: skip
_NEARNESS = ("near", "near_of_best", "near_place", "text_near", "text_near_of_best", "text_place")
_KIN = ("same_minor", "same_submajor", "labels")
_PLACE = ("words", "skills", "listed", "dated", "tone", "told_of_work", "private", "vacancy")
COLUMNS = (
    *_NAMED, *_LABEL, *_SKILLS, *_NEARNESS, *_KIN, *_PLACE,
    *(f"in_{section}" for section in Section),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class JobCandidate:
    """An occupation that a part of a document could be about; ``named`` if some rule found it.

    ``start`` and ``end`` are the words that most speak for it.
    """

    uri: str
    stretch: Stretch
    named: tuple[Role, ...]
    start: int
    end: int
    signs: Signs


@dataclass(frozen=True, eq=False)
class JobScene:
    """A document with what was found in it by rules: jobs, skills, the tone of its segments.

    ``titles`` are all occupations named, whosesoever; ``skills`` those that count.
    """

    reading: Reading
    taxonomy: Taxonomy
    profiles: OccupationProfiles
    roles: Sequence[Role]
    titles: Sequence[RawMention]
    skills: Sequence[RawMention]
    tones: Mapping[int, float]

    @cached_property
    def done(self) -> list[Role]:
        """Jobs that are not only wished for."""
        return [role for role in self.roles if not role.wanted]

    @cached_property
    def speaking(self) -> frozenset[int]:
        """The segments that may tell of a job: who somebody is and what is offered tell of none."""
        reading = self.reading
        return frozenset(
            number
            for number, tokens in segments_of(reading)
            if reading.segments[number].section not in _NOT_ASKED
            and not is_personal(reading.keys[token] for token in tokens)
        )

    @cached_property
    def words(self) -> list[tuple[int, str]]:
        """Where each word that may tell of a job stands, and its root."""
        reading = self.reading
        return [
            (token.start, root(key))
            for token, key, number in zip(
                reading.tokens, reading.keys, reading.of_segment, strict=True
            )
            if number in self.speaking
        ]

    def roots(self, start: int, end: int) -> list[str]:
        """The roots of the words between two places."""
        return [word for place, word in self.words if start <= place < end]

    @cached_property
    def near(self) -> Array:
        """How near the words of the whole text are to those of each occupation."""
        return self.profiles.closeness(word for _, word in self.words)

    @cached_property
    def needs(self) -> Needs:
        """What the whole text has of what each occupation needs."""
        return self.profiles.needs(_surest(self.skills))

    @cached_property
    def title(self) -> Titled:
        """How far the first lines of a vacancy are a title of each occupation."""
        lines = [line for line in re.finditer(r"[^\n]+", self.reading.text) if line[0].strip()]
        return self._asked_in(
            (line.start(), line.end(), weight)
            for line, weight in zip(lines, _TITLE_LINES, strict=False)
        )

    @cached_property
    def cue(self) -> Titled:
        """How far what follows *cerchiamo* is a title of each occupation."""
        return self._asked_in(
            (cue.end(), cue.end() + _AFTER_CUE, 1.0) for cue in HIRING.finditer(self.reading.words)
        )

    @cached_property
    def columns(self) -> tuple[Array, ...]:
        """What the whole text says of each occupation, for every part; see ``_LABEL`` and on."""
        needs, served = self.needs, self.needs.essential + _OPTIONAL * self.needs.optional
        return (
            self.title.asked, self.title.strength, _of_best(self.title.strength),
            self.cue.asked, self.cue.strength,
            needs.essential, needs.optional, needs.share, _of_best(served),
            self.near, _of_best(self.near), _place(self.near),
        )  # fmt: skip

    def _asked_in(self, places: Iterable[tuple[int, int, float]]) -> Titled:
        """The best of several places of a vacancy, each with its weight; nothing in a CV."""
        none = np.zeros(len(self.profiles.uris))
        asked, strength = none, none
        if self.reading.kind is DocumentKind.VACANCY:
            for start, end, weight in places:
                here = self.profiles.titled(self.roots(start, end))
                asked = np.maximum(asked, weight * here.asked)
                strength = np.maximum(strength, weight * here.strength)
        return Titled(asked, none, strength)

    @cached_property
    def minors(self) -> Counter[str]:
        """How many of the jobs are in each minor group of ISCO-08, and in each sub-major one."""
        codes = {
            role.raw.claim.uri: self.taxonomy.concepts[role.raw.claim.uri].isco08
            for role in self.done
        }
        return Counter(code[:size] for code in codes.values() for size in (_SUBMAJOR, _MINOR))

    def kin(self, uri: str) -> Signs:
        """Whether other jobs are of the same groups; in the order of ``_KIN``."""
        concept = self.taxonomy.concepts[uri]
        own = any(role.raw.claim.uri == uri for role in self.done)
        return (
            float(self.minors[concept.isco08[:_MINOR]] > own),
            float(self.minors[concept.isco08[:_SUBMAJOR]] > own),
            float(len(concept.labels.get("it", ()))),
        )


def candidates(scene: JobScene, stretches: Sequence[Stretch]) -> Iterator[JobCandidate]:
    """The occupations that each part of a document could be about, with their signs."""
    before = 0
    for stretch in stretches:
        part = _Part(scene, stretch, before)
        if part.heard and part.roots:
            yield from part.candidates()
        before = min(_MOST_BEFORE, before + bool(part.named))


@dataclass(frozen=True, eq=False)
class _Part:
    """One stretch of a document; ``before`` counts those with a job before it."""

    scene: JobScene
    stretch: Stretch
    before: int

    def _inside(self, place: int) -> bool:
        return self.stretch.start <= place < self.stretch.end

    @cached_property
    def heard(self) -> list[int]:
        """The numbers of its segments that speak."""
        segments = self.scene.reading.segments
        return [
            number
            for number in sorted(self.scene.speaking)
            if segments[number].start < self.stretch.end
            and segments[number].end > self.stretch.start
        ]

    @cached_property
    def roots(self) -> list[str]:
        return self.scene.roots(self.stretch.start, self.stretch.end)

    @cached_property
    def spoken(self) -> list[tuple[int, str]]:
        """The numbers and roots of its words, without those about who somebody is."""
        reading = self.scene.reading
        return [
            (number, root(key))
            for number, (token, key) in enumerate(zip(reading.tokens, reading.keys, strict=True))
            if self._inside(token.start) and reading.of_segment[number] in self.scene.speaking
        ]

    @cached_property
    def named(self) -> list[Role]:
        return [role for role in self.scene.done if self._inside(role.raw.start)]

    @cached_property
    def refused(self) -> frozenset[str]:
        """Occupations named here that no rule took for a job of the document."""
        held = {role.raw.claim.uri for role in self.scene.roles if self._inside(role.raw.start)}
        return frozenset(
            title.claim.uri
            for title in self.scene.titles
            if self._inside(title.start) and title.claim.uri not in held
        )

    @cached_property
    def skills(self) -> list[RawMention]:
        return [skill for skill in self.scene.skills if self._inside(skill.start)]

    def candidates(self) -> Iterator[JobCandidate]:
        scene, profiles = self.scene, self.scene.profiles
        label = profiles.titled(self.roots)
        end = scene.reading.text.find("\n", self.stretch.start)
        head_end = end if self.stretch.start < end < self.stretch.end else self.stretch.end
        head = profiles.titled(scene.roots(self.stretch.start, head_end))
        needs = profiles.needs(_surest(self.skills))
        near = profiles.closeness(self.roots)
        served = needs.essential + _OPTIONAL * needs.optional
        titled = np.maximum.reduce([label.strength, scene.title.strength, scene.cue.strength])
        text = scene.columns
        columns = (
            label.asked, label.strength, label.found, _of_best(label.strength),
            head.asked, head.strength, *text[:5],
            needs.essential, needs.optional, needs.share, _of_best(served), *text[5:9],
            near, _of_best(near), _place(near), *text[9:],
        )  # fmt: skip
        chosen = {profiles.numbers[role.raw.claim.uri] for role in self.named}
        chosen |= _best(near, _MOST_NEAR, _LEAST_NEAR) | _best(served, _MOST_NAMED)
        chosen |= _best(titled, _MOST_NAMED)
        around = self._around()
        rows = sorted(chosen)
        values = np.array([column[rows] for column in columns]).T.tolist()
        for row, said in zip(rows, values, strict=True):
            uri = profiles.uris[row]
            start, stop = self._evidence(row)
            yield JobCandidate(
                uri,
                self.stretch,
                tuple(role for role in self.named if role.raw.claim.uri == uri),
                start,
                stop,
                (*self._named(uri), *said, *scene.kin(uri), *around),
            )

    def _named(self, uri: str) -> Signs:
        own = [role for role in self.named if role.raw.claim.uri == uri]
        same = [role for role in self.scene.done if role.raw.claim.uri == uri]
        by_work = [role.confidence for role in own if role.raw.confidence == TOLD]
        by_title = [role.confidence for role in own if role.raw.confidence != TOLD]
        return (
            max(by_title, default=0.0),
            max(by_work, default=0.0),
            float(len(same)),
            float(bool(own) and own[0] is self.scene.done[0]),
            float(self.before),
            float(len(same) > len(own)),
            float(len({role.raw.claim.uri for role in self.named} - {uri})),
            float(uri in self.refused),
        )

    def _around(self) -> Signs:
        reading = self.scene.reading
        flat = reading.flat[self.stretch.start : self.stretch.end]
        sections = Counter(reading.segments[number].section for number in self.heard)
        section = max(sections, key=sections.__getitem__)
        return (
            float(len(self.roots)),
            float(len({skill.claim.uri for skill in self.skills})),
            float(self.stretch.listed),
            float(self.stretch.dated),
            max(self.scene.tones.get(number, 0.0) for number in self.heard),
            float(PASSED.search(flat) is not None),
            float(PRIVATE.search(flat) is not None),
            float(reading.kind is DocumentKind.VACANCY),
            *(float(section is other) for other in Section),
        )

    def _evidence(self, row: int) -> tuple[int, int]:
        """The words of one clause that most speak for an occupation."""
        profiles, reading = self.scene.profiles, self.scene.reading
        known = profiles.roots_of(row)
        best, weight = (0, 0), -1.0
        first, last, heard = -1, -1, 0.0
        for number, word in self.spoken:
            if reading.breaks[number]:
                first, last, heard = -1, -1, 0.0
            if word in known:
                first = number if first < 0 else first
                last = number
                heard += float(profiles.rarity[profiles.roots[word]])
            if last == number and heard > weight:
                best, weight = (first, last), heard
        if weight < 0:
            best = (self.spoken[0][0], self.spoken[0][0])
        return reading.tokens[best[0]].start, reading.tokens[best[1]].end


def _surest(skills: Sequence[RawMention]) -> dict[str, float]:
    found: dict[str, float] = {}
    for skill in skills:
        found[skill.claim.uri] = max(skill.confidence, found.get(skill.claim.uri, 0.0))
    return found


def _of_best(values: Array) -> Array:
    best = values.max(initial=0.0)
    return values / best if best > 0 else values


def _place(values: Array) -> Array:
    places = np.empty(len(values))
    places[np.argsort(-values, kind="stable")] = np.arange(len(values))
    return places


def _best(values: Array, most: int, least: float = 0.0) -> set[int]:
    """Return the rows of the highest values above the least."""
    rows = np.argsort(-values, kind="stable")[:most]
    return {row for row in rows.tolist() if values[row] > least}
