"""How sure a skill is, named or not: trees judge what a text names, and what its words could mean.

Skills that a text speaks of in words that are no label are proposed by the roots of the words.
What the trees are not sure enough of is left out: a skill that is not found can be asked for, one
that is wrong misleads. Confidence is calibrated: of mentions with .8, eight in ten are right.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

import numpy as np

from matching.domain import ConceptKind, DocumentKind
from matching.errors import ModelError
from matching.extraction.loose_features import (
    COLUMNS,
    Candidate,
    Meanings,
    Signs,
    Surroundings,
    candidates,
)
from matching.extraction.mentions import RawMention, Reading
from matching.extraction.named_features import COLUMNS as NAMED_COLUMNS
from matching.extraction.named_features import named_signs
from matching.extraction.phrases import Claim
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.linking.paraphrase_files import PARAPHRASES, Forms, load_paraphrases
from matching.linking.phrase_index import PhraseIndex
from matching.linking.tone import Tone, load_tone
from matching.linking.weights import Weights, load_weights
from matching.normalisation import Normaliser
from matching.taxonomy import Taxonomy, is_driving_licence

PHRASE_WEIGHTS = "phrase_skills"
NAMED_WEIGHTS = "named_skills"
# Under this confidence nothing is said. Chosen on the development documents.
_THRESHOLD = 0.4
_NAMED_THRESHOLD = 0.4
# What a vacancy offers, or where and when it is, asks for no skill.
_NOT_ASKED = frozenset({Section.OFFER, Section.CONDITIONS})
_HELD = COLUMNS.index("held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What a text names, with the signs of each mention, and what its words could mean."""

    reading: Reading
    named: tuple[RawMention, ...]
    named_signs: tuple[Signs, ...]
    proposed: tuple[Candidate, ...]


@dataclass(frozen=True, eq=False)
class LooseLinker:
    """Judges the skills that an Italian text names, and finds those that it does not name."""

    taxonomy: Taxonomy
    normaliser: Normaliser
    paraphrases: Forms = field(default_factory=lambda: MappingProxyType({}))
    tone: Tone = Tone()
    phrases: Weights | None = None
    names: Weights | None = None

    @classmethod
    def of(cls, taxonomy: Taxonomy, normaliser: Normaliser, folder: Path) -> "LooseLinker":
        """Set up the linker with the weights of a folder (``data/linking``).

        Raises
        ------
        DataError, ModelError
            The weights are missing, damaged or of another make.
        """
        return cls(
            taxonomy,
            normaliser,
            paraphrases=load_paraphrases(folder / PARAPHRASES),
            tone=load_tone(folder),
            phrases=load_weights(folder, PHRASE_WEIGHTS, COLUMNS),
            names=load_weights(folder, NAMED_WEIGHTS, NAMED_COLUMNS),
        )

    @cached_property
    def meanings(self) -> Meanings:
        """Italian labels and paraphrases by their roots, without languages and licences."""
        concepts = [
            concept
            for concept in self.taxonomy.skills
            if concept.kind is not ConceptKind.LANGUAGE and not is_driving_licence(concept)
        ]
        phrase = self.normaliser.phrase
        index = PhraseIndex.of(
            ((c.uri, phrase(label)) for c in concepts for label in c.labels.get("it", ())),
            ((c.uri, phrase(said)) for c in concepts for said in self.paraphrases.get(c.slug, ())),
        )
        return Meanings(self.taxonomy, index)

    def judged(
        self, reading: Reading, named: Sequence[RawMention], occupations: Collection[str]
    ) -> list[RawMention]:
        """Mentions that are sure enough, with their confidence: those ``named`` and others.

        What is named but does not count (see :func:`counts`) is returned as it is.
        """
        if self.phrases is None or self.names is None:
            raise ModelError("This linker has no weights yet; train it first.")
        held = [m for m in named if counts(m, reading.kind, self.taxonomy)]
        kept = [m for m in named if not counts(m, reading.kind, self.taxonomy)]
        if held:
            rows = np.array(self.signs(reading, held, occupations), np.float32)
            sure = self.names.confidence(rows)
            kept += [
                replace(mention, confidence=round(confidence, 3))
                for mention, confidence in zip(held, sure.tolist(), strict=True)
                if confidence >= _NAMED_THRESHOLD
            ]
        found = [
            candidate
            for candidate in self.candidates(reading, named, occupations)
            if candidate.signs[_HELD]
        ]
        if found:
            rows = np.array([candidate.signs for candidate in found], np.float32)
            sure = self.phrases.confidence(rows)
            kept += _likeliest(reading, found, sure.tolist())
        return kept

    def signs(
        self, reading: Reading, held: Sequence[RawMention], occupations: Iterable[str]
    ) -> list[Signs]:
        """What speaks for and against each skill that is named, in the order of mentions."""
        around = self._around(reading, held, occupations)
        return named_signs(reading, held, meanings=self.meanings, around=around)

    def candidates(
        self, reading: Reading, named: Sequence[RawMention], occupations: Iterable[str]
    ) -> Iterator[Candidate]:
        """Every skill that some segment's words could mean, with its signs."""
        held = [mention for mention in named if mention.stance is Stance.HELD]
        around = self._around(reading, held, occupations)
        for segment, tokens in segments_of(reading):
            section = reading.segments[segment].section
            if reading.kind is DocumentKind.VACANCY and section in _NOT_ASKED:
                continue
            yield from candidates(
                reading,
                segment,
                tokens,
                meanings=self.meanings,
                named=named,
                around=around,
            )

    def _around(
        self, reading: Reading, held: Sequence[RawMention], occupations: Iterable[str]
    ) -> Surroundings:
        return Surroundings(
            self.taxonomy,
            reading,
            frozenset(mention.claim.uri for mention in held),
            frozenset(occupations),
            {
                segment: self.tone.of(reading.kind, [reading.keys[n] for n in tokens])
                for segment, tokens in segments_of(reading)
            },
        )


def counts(mention: RawMention, kind: DocumentKind, taxonomy: Taxonomy) -> bool:
    """Whether a skill that is named is held, or asked for; languages are read as facts."""
    if kind is DocumentKind.VACANCY and mention.segment.section in _NOT_ASKED:
        return False
    is_language = taxonomy.concepts[mention.claim.uri].kind is ConceptKind.LANGUAGE
    return mention.stance is Stance.HELD and not is_language


def _likeliest(
    reading: Reading, found: Sequence[Candidate], sure: Sequence[float]
) -> list[RawMention]:
    """The surest mention of each skill, where it is sure enough."""
    best: dict[str, tuple[float, Candidate]] = {}
    for candidate, confidence in zip(found, sure, strict=True):
        if confidence > best.get(candidate.uri, (0.0, candidate))[0]:
            best[candidate.uri] = (confidence, candidate)
    return [
        RawMention(
            claim=Claim(uri, candidate.label),
            start=reading.tokens[candidate.first].start,
            end=reading.tokens[candidate.last].end,
            confidence=round(confidence, 3),
            segment=reading.segments[reading.of_segment[candidate.first]],
            stance=Stance.HELD,
        )
        for uri, (confidence, candidate) in best.items()
        if confidence >= _THRESHOLD
    ]


def segments_of(reading: Reading) -> Iterator[tuple[int, range]]:
    """The segments that have words, with the numbers of their tokens."""
    for segment, run in groupby(range(len(reading.tokens)), key=reading.of_segment.__getitem__):
        numbers = list(run)
        yield segment, range(numbers[0], numbers[-1] + 1)
