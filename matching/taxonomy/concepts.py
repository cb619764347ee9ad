"""What a taxonomy holds: concepts with their labels, rules for labels, and the whole in memory."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from matching.domain import ConceptKind
from matching.taxonomy.activities import Activity, ActivityIndex
from matching.taxonomy.verbs import VerbNouns

SKILL_KINDS = frozenset(ConceptKind) - {ConceptKind.OCCUPATION, ConceptKind.GROUP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One concept with its labels per language, the preferred one first."""

    uri: str
    slug: str
    kind: ConceptKind
    family: str
    labels: Mapping[str, tuple[str, ...]]
    broader: str | None = None
    code: str | None = None
    isco08: str = ""
    essential: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()

    def label(self, language: str = "it") -> str:
        """The preferred label in a language, else in Italian, else in English, else in any."""
        for code in (language, "it", "en", *self.labels):
            if found := self.labels.get(code):
                return found[0]
        return self.uri


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRule:
    """What a label means when it is not enough alone.

    ``near`` maps a concept to words, any of which on the same line selects it; ``prefer`` is
    the concept otherwise (None: no concept). ``title_only`` accepts the label only where a job
    title stands (*meccanico* at the head of an entry, not *officina meccanica*), ``alone`` only
    where it is a whole item: between commas, bullets or ends of lines.
    """

    label: str
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefer: str | None = None
    title_only: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Taxonomy:
    """Concepts by URI. Immutable; equal contents have equal ``digest``."""

    concepts: Mapping[str, Concept]
    rules: Mapping[tuple[str, str], LabelRule]
    digest: str
    verbs: VerbNouns = field(default_factory=VerbNouns)
    activities: tuple[Activity, ...] = ()

    @cached_property
    def told_by(self) -> ActivityIndex:
        """The activities, by the words that they begin with."""
        return ActivityIndex(self.activities)

    @cached_property
    def skills(self) -> tuple[Concept, ...]:
        """Every concept that a person can hold, in URI order."""
        return tuple(c for _, c in sorted(self.concepts.items()) if c.kind in SKILL_KINDS)

    @cached_property
    def occupations(self) -> tuple[Concept, ...]:
        """Every occupation, in URI order."""
        return tuple(
            c for _, c in sorted(self.concepts.items()) if c.kind is ConceptKind.OCCUPATION
        )

    @cached_property
    def needed_by(self) -> Mapping[str, tuple[str, ...]]:
        """URIs of the occupations that need each skill; twice where essential and optional."""
        found: dict[str, list[str]] = {}
        for occupation in self.occupations:
            for uri in (*occupation.essential, *occupation.optional):
                found.setdefault(uri, []).append(occupation.uri)
        return {uri: tuple(occupations) for uri, occupations in found.items()}

    @cached_property
    def by_code(self) -> Mapping[tuple[ConceptKind, str], str]:
        """URI of a licence or language by its code."""
        return {(c.kind, c.code): c.uri for c in self.concepts.values() if c.code}

    @cached_property
    def _demand(self) -> Counter[str]:
        return Counter(uri for occupation in self.occupations for uri in occupation.essential)

    def language_name(self, code: str, language: str) -> str:
        """The name of a language (ISO 639-1) as people say it, in one word where there is one."""
        uri = self.by_code.get((ConceptKind.LANGUAGE, code))
        if uri is None:
            return code
        labels = self.concepts[uri].labels
        names = labels.get(language) or labels["it"]
        return next((name for name in names if " " not in name), names[0])

    def specificity(self, uri: str) -> float:
        """How much a skill tells trades apart, in (0, 1].

        Inverse document frequency of the skill among the essential skills of occupations,
        ``log((N + 1) / (df + 1)) / log(N + 1)``; soft skills, which every advertisement
        repeats, count for a third of it.
        """
        size = len(self.occupations)
        value = math.log((size + 1) / (self._demand[uri] + 1)) / math.log(size + 1)
        soft = self.concepts[uri].kind is ConceptKind.TRANSVERSAL
        return max(value, 0.05) / (3 if soft else 1)

    def ancestors(self, uri: str) -> Iterator[str]:
        """The broader concepts of a concept, nearest first."""
        concept = self.concepts[uri]
        while concept.broader is not None:
            concept = self.concepts[concept.broader]
            yield concept.uri


def is_driving_licence(concept: Concept) -> bool:
    """Whether a concept is a driving licence, known by its category code."""
    return concept.kind is ConceptKind.LICENCE and concept.code is not None
