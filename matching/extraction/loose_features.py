"""What speaks for and against a skill that words could mean but do not name: columns for trees."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from matching.domain import ConceptKind, DocumentKind
from matching.extraction.mentions import RawMention, Reading, stance_at
from matching.extraction.personal import is_personal
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.linking.phrase_index import PhraseIndex, Proposal
from matching.linking.roots import root
from matching.taxonomy import Taxonomy

_MOST = 15
# A weaker sign than this share of the segment's best is not worth a look.
_WEAKEST = 0.4
_MOST_NEEDED = 20.0
_KINDS = (
    ConceptKind.SKILL, ConceptKind.KNOWLEDGE, ConceptKind.TRANSVERSAL, ConceptKind.DIGITAL,
    ConceptKind.LICENCE, ConceptKind.CERTIFICATE,
)  # fmt: skip
_WORDS = (
    "asked", "found", "missing", "label_words", "met_words", "span", "density", "in_order",
    "breaks", "clause_share", "clause_words", "segment_share", "segment_words", "same_key",
    "taken", "at_start", "held",
)  # fmt: skip
_PLACE = ("strength", "of_best", "place", "rivals", "equals", "by_label")
_DOCUMENT = ("of_occupation", "beside", "family", "broader", "occupation_family")
_CONCEPT = ("needed_by", "roots", "specificity", *(f"is_{kind}" for kind in _KINDS))
_TONE = ("tone", "tone_before", "tone_after", "text_tone", "silent_share")
_SEGMENT = ("vacancy", *_TONE, *(f"in_{section}" for section in Section))
COLUMNS = (*_WORDS, *_PLACE, *_DOCUMENT, *_CONCEPT, *_SEGMENT)

Signs = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A skill that stretches of a text could mean, with the signs for and against it."""

    uri: str
    label: str
    first: int
    last: int
    signs: Signs


@dataclass(frozen=True, eq=False)
class Meanings:
    """What could be meant: the labels of a taxonomy's skills, and what is known of each skill."""

    taxonomy: Taxonomy
    index: PhraseIndex

    @cached_property
    def needed(self) -> tuple[Mapping[str, float], ...]:
        """Which occupations need each skill, and how much: 1 essential, .5 optional."""
        found: dict[str, dict[str, float]] = {}
        for occupation in self.taxonomy.occupations:
            for uris, weight in ((occupation.optional, 0.5), (occupation.essential, 1.0)):
                for uri in uris:
                    found.setdefault(uri, {})[occupation.uri] = weight
        return tuple(found.get(uri, {}) for uri in self.index.uris)

    @cached_property
    def signs(self) -> tuple[Signs, ...]:
        """What is said of each skill whatever the text; in the order of ``_CONCEPT``."""
        concepts = [self.taxonomy.concepts[uri] for uri in self.index.uris]
        return tuple(
            (
                min(_MOST_NEEDED, float(len(needed))),
                float(roots),
                self.taxonomy.specificity(concept.uri),
                *(float(concept.kind is kind) for kind in _KINDS),
            )
            for concept, needed, roots in zip(
                concepts, self.needed, self.index.forms.tolist(), strict=True
            )
        )


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What is known of the rest of a document: its skills, and its occupations with how sure.

    ``tones`` says of each segment that has words how much it speaks of somebody's work.
    """

    taxonomy: Taxonomy
    reading: Reading
    skills: frozenset[str]
    occupations: Mapping[str, float]
    tones: Mapping[int, float]

    @cached_property
    def tone(self) -> float:
        """The mean tone of the segments that count, 0 without any."""
        tones = [self.tones[number] for number in self._counted if number in self.tones]
        return sum(tones) / len(tones) if tones else 0.0

    @cached_property
    def silent_share(self) -> float:
        """The share of the segments that count that are boilerplate or about a firm."""
        segments = self.reading.segments
        return sum(segments[number].silent for number in self._counted) / max(1, len(self._counted))

    @cached_property
    def _counted(self) -> Sequence[int]:
        """Segments but those about who the writer is: these must move no confidence.

        Who was born elsewhere, or says nothing of it, has the same skills in the same words.
        """
        reading = self.reading
        keys: dict[int, list[str]] = {}
        for number, key in zip(reading.of_segment, reading.keys, strict=True):
            keys.setdefault(number, []).append(key)
        return [
            number
            for number, part in enumerate(reading.segments)
            if (part.silent and part.section is not Section.CONTACTS)
            or (number in keys and not is_personal(keys[number]))
        ]

    def _beside(self, segment: int) -> tuple[float, float]:
        """The tones of the segments before and after one, of the text where there is none."""
        before = bisect_left(self._counted, segment) - 1
        after = bisect_right(self._counted, segment)
        return (
            self.tones.get(self._counted[before], self.tone) if before >= 0 else self.tone,
            self.tones.get(self._counted[after], self.tone)
            if after < len(self._counted)
            else self.tone,
        )

    def where(self, segment: int) -> Signs:
        """What is said of a place by its segment; in the order of ``_SEGMENT``."""
        section = self.reading.segments[segment].section
        return (
            float(self.reading.kind is DocumentKind.VACANCY),
            self.tones.get(segment, self.tone),
            *self._beside(segment),
            self.tone,
            self.silent_share,
            *(float(section is other) for other in Section),
        )

    @cached_property
    def families(self) -> Counter[str]:
        """How many of the skills are of each family of the lexicon."""
        return Counter(self.taxonomy.concepts[uri].family for uri in self.skills)

    @cached_property
    def broader(self) -> Counter[str | None]:
        """How many of the skills stand under each broader concept."""
        return Counter(self.taxonomy.concepts[uri].broader for uri in self.skills)

    @cached_property
    def occupation_families(self) -> Mapping[str, float]:
        """The families of the occupations, as sure as the surest of each."""
        found: dict[str, float] = {}
        for uri, sure in self.occupations.items():
            family = self.taxonomy.concepts[uri].family
            found[family] = max(sure, found.get(family, 0.0))
        return found

    @cached_property
    def by_occupation(self) -> Mapping[str, int]:
        """How many of the skills each occupation of the taxonomy needs, where it needs any."""
        needed_by = self.taxonomy.needed_by
        return Counter(one for uri in self.skills for one in needed_by.get(uri, ()))

    @cached_property
    def _signs(self) -> dict[str, Signs]:
        return {}

    def signs(self, uri: str, needed: Mapping[str, float]) -> Signs:
        """What the document says of a skill; in the order of ``_DOCUMENT``.

        ``needed`` are the occupations that need it, and how much: always the same of a skill. Many
        segments propose the same skills, so what was said once is kept.
        """
        found = self._signs.get(uri)
        if found is None:
            found = self._signs[uri] = self._signs_of(uri, needed)
        return found

    def _signs_of(self, uri: str, needed: Mapping[str, float]) -> Signs:
        concept = self.taxonomy.concepts[uri]
        return (
            max(
                (
                    needed[occupation] * sure
                    for occupation, sure in self.occupations.items()
                    if occupation in needed
                ),
                default=0.0,
            ),
            float(max((self.by_occupation.get(one, 0) for one in needed), default=0)),
            float(self.families[concept.family]),
            float(self.broader[concept.broader]),
            self.occupation_families.get(concept.family, 0.0),
        )


def candidates(
    reading: Reading,
    segment: int,
    tokens: range,
    *,
    meanings: Meanings,
    named: Sequence[RawMention],
    around: Surroundings,
) -> list[Candidate]:
    """Skills that the words of one segment could mean and that the document does not name.

    Parameters
    ----------
    reading
        The document.
    segment, tokens
        The segment and the numbers of its tokens.
    meanings
        What could be meant.
    named
        Mentions found by name, in the order of the text, whose words are taken.
    around
        What the rest of the document says.
    """
    index = meanings.index
    roots = [root(reading.keys[number]) for number in tokens]
    proposals = [p for p in index.proposals(roots) if index.uris[p.owner] not in around.skills]
    if not proposals:
        return []
    scene = _Scene(reading, segment, tokens, roots, index, _taken(reading, tokens, named))
    best = proposals[0].strength
    phrases = Counter(index.roots[proposal.phrase] for proposal in proposals)
    strengths = Counter(round(proposal.strength, 9) for proposal in proposals)
    where = around.where(segment)
    found: list[Candidate] = []
    for place, proposal in enumerate(proposals[:_MOST]):
        if proposal.strength < _WEAKEST * best:
            break
        uri = index.uris[proposal.owner]
        first, last, words = scene.words(proposal)
        standing = (
            proposal.strength,
            proposal.strength / best,
            float(place),
            float(place - (phrases[index.roots[proposal.phrase]] - 1)),
            float(strengths[round(proposal.strength, 9)] - 1),
            float(index.labels[proposal.phrase]),
        )
        document = around.signs(uri, meanings.needed[proposal.owner])
        signs = (*words, *standing, *document, *meanings.signs[proposal.owner], *where)
        label = meanings.taxonomy.concepts[uri].label()
        found.append(Candidate(uri, label, tokens[first], tokens[last], signs))
    return found


@dataclass(frozen=True, eq=False)
class _Scene:
    """One segment: its roots, where phrases break, and which words a named skill has taken."""

    reading: Reading
    segment: int
    tokens: range
    roots: Sequence[str]
    index: PhraseIndex
    taken: Sequence[bool]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self.roots):
            places.setdefault(word, []).append(place)
        return places

    @cached_property
    def breaks(self) -> list[bool]:
        return [self.reading.breaks[number] for number in self.tokens]

    @cached_property
    def mass(self) -> float:
        return sum(map(self.index.rarity, self.places))

    @cached_property
    def _masses(self) -> dict[tuple[int, int], float]:
        return {}

    def mass_of(self, start: int, end: int) -> float:
        """The summed rarity of the words between two places; of a clause it is asked often."""
        found = self._masses.get((start, end))
        if found is None:
            words = set(self.roots[start:end])
            found = self._masses[start, end] = sum(map(self.index.rarity, words))
        return found

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(self.reading.keys[number] for number in self.tokens)

    def is_held(self, place: int) -> bool:
        start = self.reading.tokens[self.tokens[place]].start
        return stance_at(self.reading, self.segment, start, employers=True) is Stance.HELD

    @cached_property
    def clause_ends(self) -> tuple[list[int], list[int]]:
        """Where the clause of each place begins and ends."""
        size = len(self.roots)
        starts, ends = [0] * size, [size] * size
        for place in range(1, size):
            starts[place] = place if self.breaks[place] else starts[place - 1]
        for place in range(size - 2, -1, -1):
            ends[place] = place + 1 if self.breaks[place + 1] else ends[place + 1]
        return starts, ends

    def words(self, proposal: Proposal) -> tuple[int, int, Signs]:
        """The shortest stretch with all of the label's words that are there, and its signs."""
        label = self.index.roots[proposal.phrase]
        met = [word for word in dict.fromkeys(label) if word in self.places]
        first, last = _shortest([self.places[word] for word in met])
        starts, ends = self.clause_ends
        start, end = starts[first], ends[last]
        inside = [n for n in range(first, last + 1) if self.roots[n] in met]
        order = list(dict.fromkeys(self.roots[n] for n in inside))
        same = sum(key in self.keys for key in self.index.phrases[proposal.phrase])
        length = last - first + 1
        return (
            first,
            last,
            (
                proposal.asked,
                proposal.found,
                float(self.index.mass[proposal.phrase]) - proposal.found,
                float(len(label)),
                float(len(met)),
                float(length),
                len(met) / length,
                float(order == met),
                float(sum(self.breaks[first + 1 : last + 1])),
                proposal.found / self.mass_of(start, end),
                float(end - start),
                proposal.found / self.mass,
                float(len(self.roots)),
                same / len(label),
                sum(self.taken[n] for n in inside) / len(inside),
                float(first == 0 or self.breaks[first]),
                float(self.is_held(first) and self.is_held(last)),
            ),
        )


def _taken(reading: Reading, tokens: range, named: Sequence[RawMention]) -> list[bool]:
    starts = [reading.tokens[number].start for number in tokens]
    # A document of thousands of lines names thousands of skills; here only these lines' matter.
    first = bisect_left(named, starts[0], key=lambda mention: mention.start)
    last = bisect_right(named, starts[-1], key=lambda mention: mention.start)
    spans = [(mention.start, mention.end) for mention in named[first:last]]
    return [any(a <= start < b for a, b in spans) for start in starts]


def _shortest(places: Collection[Sequence[int]]) -> tuple[int, int]:
    """Return the ends of the shortest stretch with a place of every list."""
    marks = sorted((place, which) for which, listed in enumerate(places) for place in listed)
    inside = [0] * len(places)
    missing, opening = len(places), 0
    best = (marks[0][0], marks[-1][0])
    for place, which in marks:
        missing -= inside[which] == 0
        inside[which] += 1
        while not missing:
            start, leaving = marks[opening]
            if place - start < best[1] - best[0]:
                best = (start, place)
            inside[leaving] -= 1
            missing += inside[leaving] == 0
            opening += 1
    return best
