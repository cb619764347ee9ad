"""Skills that a text speaks of in words that are no label: proposed by roots, judged by trees.

What the trees are not sure enough of is left out: a skill that is not found can be asked for, one
that is wrong misleads. Where two skills could be meant by the same words and neither is much
likelier, the mention names both.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

import numpy as np

from matching.domain import ConceptKind, DocumentKind
from matching.extraction.loose_features import (
    COLUMNS,
    Candidate,
    Meanings,
    Surroundings,
    candidates,
)
from matching.extraction.mentions import RawMention, Reading
from matching.extraction.phrases import Claim
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.linking.phrase_index import PhraseIndex
from matching.linking.weights import Weights, load_weights
from matching.normalisation import Normaliser
from matching.taxonomy import Taxonomy, is_driving_licence

PHRASE_WEIGHTS = "phrase_skills"
# Under this confidence nothing is said.
_THRESHOLD = 0.5
# A second meaning within this of the first is named as well.
_NEARLY = 0.15
_NOT_ASKED = frozenset({Section.OFFER, Section.CONDITIONS})


@dataclass(frozen=True, eq=False)
class LooseLinker:
    """Finds skills of a taxonomy in Italian words that name none of them."""

    taxonomy: Taxonomy
    normaliser: Normaliser
    weights: Weights

    @classmethod
    def of(cls, taxonomy: Taxonomy, normaliser: Normaliser, folder: Path) -> "LooseLinker":
        """Set up the linker with the weights of a folder (``data/linking``).

        Raises
        ------
        DataError, ModelError
            The weights are missing, damaged or of another make.
        """
        return cls(taxonomy, normaliser, load_weights(folder, PHRASE_WEIGHTS, COLUMNS))

    @cached_property
    def meanings(self) -> Meanings:
        """Italian labels by their roots, without languages and driving licences."""
        index = PhraseIndex.of(
            (concept.uri, self.normaliser.phrase(label))
            for concept in self.taxonomy.skills
            if concept.kind is not ConceptKind.LANGUAGE and not is_driving_licence(concept)
            for label in concept.labels.get("it", ())
        )
        return Meanings(self.taxonomy, index)

    def mentions(
        self, reading: Reading, named: Sequence[RawMention], occupations: Iterable[str]
    ) -> list[RawMention]:
        """Skills that are not among those ``named``, each once, with calibrated confidence."""
        found = list(self.candidates(reading, named, occupations))
        if not found:
            return []
        rows = np.array([candidate.signs for candidate in found], np.float32)
        chances = self.weights.reranker.predict(rows)
        curve = self.weights.calibration
        sure = curve.confidence(chances) if curve else chances
        best: dict[str, tuple[float, Candidate]] = {}
        for candidate, confidence in zip(found, sure.tolist(), strict=True):
            if confidence > best.get(candidate.uri, (0.0, candidate))[0]:
                best[candidate.uri] = (confidence, candidate)
        return [
            self._mention(reading, candidate, confidence)
            for confidence, candidate in best.values()
            if confidence >= _THRESHOLD
        ]

    def candidates(
        self, reading: Reading, named: Sequence[RawMention], occupations: Iterable[str]
    ) -> Iterator[Candidate]:
        """Every skill that some segment's words could mean, with its signs."""
        held = [mention for mention in named if mention.stance is Stance.HELD]
        around = Surroundings(
            self.taxonomy,
            frozenset(mention.claim.uri for mention in held),
            frozenset(occupations),
        )
        for segment, tokens in _segments(reading):
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

    def _mention(self, reading: Reading, candidate: Candidate, confidence: float) -> RawMention:
        concept = self.taxonomy.concepts[candidate.uri]
        return RawMention(
            claim=Claim(candidate.uri, concept.label()),
            start=reading.tokens[candidate.first].start,
            end=reading.tokens[candidate.last].end,
            confidence=round(confidence, 3),
            segment=reading.segments[reading.of_segment[candidate.first]],
            stance=Stance.HELD,
        )


def _segments(reading: Reading) -> Iterator[tuple[int, range]]:
    for segment, run in groupby(range(len(reading.tokens)), key=reading.of_segment.__getitem__):
        numbers = list(run)
        yield segment, range(numbers[0], numbers[-1] + 1)
