"""Text to skills, occupations and facts: the one entry point of extraction."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from matching.domain import (
    ConceptKind,
    DocumentKind,
    Extraction,
    Fact,
    Facts,
    LanguageFact,
    OccupationMention,
    SkillMention,
)
from matching.extraction.fact_sheet import fact_sheet
from matching.extraction.index import Index
from matching.extraction.language import identify
from matching.extraction.mentions import (
    RawMention,
    Reading,
    occupation_mentions,
    read,
    skill_mentions,
)
from matching.extraction.optional import OptionalScopes
from matching.extraction.periods import Period, periods
from matching.extraction.places import PlaceNames
from matching.extraction.roles import (
    Role,
    experience_months,
    person_roles,
    stands_as_title,
    vacancy_roles,
)
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.extraction.segments import segments
from matching.extraction.trade_words import concept_words, trade_words
from matching.normalisation import plain
from matching.taxonomy import Taxonomy

# A course teaches less surely than work does.
_STUDIED = 0.8
# Licences and languages are read as facts, by patterns made for them.
_CODED = 0.95
# What a vacancy offers, or where and when it is, asks for no skill.
_NOT_ASKED = frozenset({Section.OFFER, Section.CONDITIONS})
_PROVEN_BY_STUDY = frozenset({ConceptKind.CERTIFICATE, ConceptKind.LICENCE})


@dataclass(frozen=True)
class Extractor:
    """Reads CVs and vacancies against one taxonomy and the places of one territory."""

    taxonomy: Taxonomy
    index: Index
    places: PlaceNames

    @cached_property
    def concept_words(self) -> Mapping[str, frozenset[str]]:
        """Trade words of each skill and occupation, in the index's normal form."""
        return concept_words(self.taxonomy, self.index.normaliser)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset().union(*self.concept_words.values())

    def extract(self, text: str, *, kind: DocumentKind, as_of: date) -> Extraction:
        """Read one document.

        Offsets refer to the text in Unicode normal form C, which is what documents give.

        Parameters
        ----------
        text
            The document, lines kept.
        kind
            Whether it speaks of a person or of a vacancy.
        as_of
            The day to which *oggi* refers; nothing later is read.

        Raises
        ------
        DocumentError
            ``unsupported_language`` for a text clearly in another language than those read.
        """
        text = unicodedata.normalize("NFC", text)
        language = identify(text)
        words = plain(text)
        reading = read(text, words, kind, segments(text, kind), self.index)
        dated = periods(words, as_of) if kind is DocumentKind.CV else []
        roles = self._roles(reading, dated)
        raw = skill_mentions(reading, self.index, self.taxonomy)
        found = fact_sheet(
            reading,
            raw,
            self.taxonomy,
            self.places,
            as_of=as_of,
            experience_months=(
                experience_months(reading, dated) if kind is DocumentKind.CV else None
            ),
        )
        return Extraction(
            kind=kind,
            language=language,
            skills=tuple(self._skills(reading, raw, found)),
            occupations=tuple(map(self._occupation(reading), roles)),
            facts=found,
            words=trade_words(reading, self._vocabulary),
        )

    def _roles(self, reading: Reading, dated: Sequence[Period]) -> list[Role]:
        mentions = occupation_mentions(reading, self.index, self.taxonomy, stands_as_title)
        if reading.kind is DocumentKind.VACANCY:
            return vacancy_roles(mentions, reading)
        return person_roles(mentions, reading, dated)

    def _occupation(self, reading: Reading) -> Callable[[Role], OccupationMention]:
        def mention(role: Role) -> OccupationMention:
            concept = self.taxonomy.concepts[role.raw.claim.uri]
            return OccupationMention(
                uri=concept.uri,
                label=concept.label(),
                isco08=concept.isco08,
                evidence=reading.text[role.raw.start : role.raw.end],
                start=role.raw.start,
                end=role.raw.end,
                confidence=role.confidence,
                months=role.months,
                wanted=role.wanted,
            )

        return mention

    def _skills(
        self, reading: Reading, raw: Sequence[RawMention], found: Facts
    ) -> Iterator[SkillMention]:
        optional = OptionalScopes(reading)
        mentions: list[SkillMention] = []
        for mention in raw:
            concept = self.taxonomy.concepts[mention.claim.uri]
            section = mention.segment.section
            if mention.stance is not Stance.HELD or concept.kind is ConceptKind.LANGUAGE:
                continue
            if reading.kind is DocumentKind.VACANCY and section in _NOT_ASKED:
                continue
            studied = (
                section in (Section.EDUCATION, Section.COURSES)
                and concept.kind not in _PROVEN_BY_STUDY
            )
            mentions.append(
                SkillMention(
                    uri=concept.uri,
                    label=concept.label(),
                    evidence=reading.text[mention.start : mention.end],
                    start=mention.start,
                    end=mention.end,
                    confidence=round(mention.confidence * (_STUDIED if studied else 1), 3),
                    importance=optional.at(mention.start),
                )
            )
        mentions += self._coded(found)
        return iter(sorted(mentions, key=lambda mention: (mention.start, mention.end)))

    def _coded(self, found: Facts) -> Iterator[SkillMention]:
        """Licences and languages, which are read as facts, under their concepts."""
        coded: list[tuple[ConceptKind, str, Fact | LanguageFact]] = [
            *((ConceptKind.LICENCE, str(item.value), item) for item in found.licences),
            *((ConceptKind.LANGUAGE, spoken.code, spoken) for spoken in found.languages),
        ]
        for kind, code, item in coded:
            uri = self.taxonomy.by_code.get((kind, code))
            if uri is not None:
                yield SkillMention(
                    uri=uri,
                    label=self.taxonomy.concepts[uri].label(),
                    evidence=item.evidence,
                    start=item.start,
                    end=item.end,
                    confidence=_CODED,
                    importance=item.importance,
                )
