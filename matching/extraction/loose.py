"""How sure a skill is, named or not: trees judge what a text names, and what its words could mean.

Skills that a text speaks of in words that are no label are proposed by the roots of the words.
What the trees are not sure enough of is left out: a skill that is not found can be asked for, one
that is wrong misleads. Confidence is calibrated: of mentions with .8, eight in ten are right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from matching.domain import ConceptKind, DocumentKind
from matching.errors import ModelError
from matching.extraction.lexis import Lexis
from matching.extraction.loose_features import (
    COLUMNS,
    Candidate,
    Signs,
    Surroundings,
    candidates,
)
from matching.extraction.mentions import RawMention, Reading, segments_of
from matching.extraction.named_features import COLUMNS as NAMED_COLUMNS
from matching.extraction.named_features import named_signs
from matching.extraction.phrases import Claim
from matching.extraction.purpose import is_short
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.linking.paraphrase_files import PARAPHRASES, load_paraphrases
from matching.linking.tone import Tone, load_tone
from matching.linking.weights import Weights, load_weights
from matching.normalisation import Normaliser
from matching.taxonomy import Taxonomy

PHRASE_WEIGHTS = "phrase_skills"
NAMED_WEIGHTS = "named_skills"
# Under this confidence nothing is said. Chosen on documents that nothing was learned from then.
_THRESHOLD = 0.45
_NAMED_THRESHOLD = 0.45
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

    lexis: Lexis
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
            Lexis(taxonomy, normaliser.phrase, load_paraphrases(folder / PARAPHRASES)),
            tone=load_tone(folder),
            phrases=load_weights(folder, PHRASE_WEIGHTS, COLUMNS),
            names=load_weights(folder, NAMED_WEIGHTS, NAMED_COLUMNS),
        )

    def judged(
        self,
        reading: Reading,
        named: Sequence[RawMention],
        occupations: Mapping[str, float],
        coded: Sequence[RawMention] = (),
    ) -> tuple[list[RawMention], list[RawMention]]:
        """Mentions that are sure enough, with their confidence, and those of ``coded`` that are.

        Parameters
        ----------
        reading
            The text.
        named
            What it names. What does not count (see :func:`counts`) is returned as it is.
        occupations
            Those of the document, with how sure each is.
        coded
            Languages and driving licences, which were read as facts.

        Raises
        ------
        ModelError
            When the linker has no weights.
        """
        if self.phrases is None or self.names is None:
            raise ModelError("This linker has no weights yet; train it first.")
        taxonomy = self.lexis.taxonomy
        held = [m for m in named if counts(m, reading.kind, taxonomy)]
        kept = [m for m in named if not counts(m, reading.kind, taxonomy)]
        sure = self._with_confidence(self.names, reading, [*held, *coded], occupations)
        # A few words say too little of themselves to be refused: what they name stays.
        least = 0.0 if is_short(reading) else _NAMED_THRESHOLD
        kept += (m for m in sure[: len(held)] if m.confidence >= least)
        codes = [m for m in sure[len(held) :] if m.confidence >= least]
        found = [
            candidate
            for candidate in self.candidates(reading, named, occupations)
            if candidate.signs[_HELD]
        ]
        if found:
            rows = np.array([candidate.signs for candidate in found], np.float32)
            kept += _likeliest(reading, found, self.phrases.confidence(rows).tolist())
        return kept, codes

    def _with_confidence(
        self,
        names: Weights,
        reading: Reading,
        mentions: Sequence[RawMention],
        occupations: Mapping[str, float],
    ) -> list[RawMention]:
        if not (mentions and reading.tokens):
            return list(mentions)
        rows = np.array(self.signs(reading, mentions, occupations), np.float32)
        return [
            replace(mention, confidence=round(confidence, 3))
            for mention, confidence in zip(mentions, names.confidence(rows).tolist(), strict=True)
        ]

    def signs(
        self, reading: Reading, held: Sequence[RawMention], occupations: Mapping[str, float]
    ) -> list[Signs]:
        """What speaks for and against each skill that is named, in the order of mentions."""
        around = self._around(reading, held, occupations)
        return named_signs(reading, held, meanings=self.lexis.meanings, around=around)

    def candidates(
        self, reading: Reading, named: Sequence[RawMention], occupations: Mapping[str, float]
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
                meanings=self.lexis.meanings,
                named=named,
                around=around,
            )

    def _around(
        self, reading: Reading, held: Sequence[RawMention], occupations: Mapping[str, float]
    ) -> Surroundings:
        return Surroundings(
            self.lexis.taxonomy,
            reading,
            frozenset(mention.claim.uri for mention in held),
            occupations,
            self.tones(reading),
        )

    def tones(self, reading: Reading) -> dict[int, float]:
        """How much each segment that has words speaks of somebody's work, by its number."""
        return {
            segment: self.tone.of(reading.kind, [reading.keys[n] for n in tokens])
            for segment, tokens in segments_of(reading)
        }


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
