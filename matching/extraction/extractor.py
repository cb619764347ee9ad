"""Text to skills, occupations and facts: the one entry point of extraction."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from matching.domain import (
    ConceptKind,
    DocumentKind,
    Extraction,
    Fact,
    Facts,
    Importance,
    LanguageFact,
    OccupationMention,
    SkillMention,
)
from matching.extraction import facts as read_facts
from matching.extraction.importance import importance_at, optional_scopes
from matching.extraction.index import Index
from matching.extraction.language import identify
from matching.extraction.languages import level_near, rank
from matching.extraction.mentions import (
    RawMention,
    Reading,
    occupation_mentions,
    read,
    skill_mentions,
)
from matching.extraction.periods import periods
from matching.extraction.places import municipality
from matching.extraction.roles import (
    Role,
    experience_months,
    person_roles,
    stands_as_title,
    vacancy_roles,
)
from matching.extraction.scope import Stance, scopes
from matching.extraction.sections import SILENT, Section
from matching.extraction.segments import Segment, segments
from matching.normalisation import plain
from matching.taxonomy import Taxonomy

# A course teaches less surely than work does.
_STUDIED = 0.8
# What a vacancy offers, or where and when it is, asks for no skill.
_NOT_ASKED = frozenset({Section.OFFER, Section.CONDITIONS})
# Countries (Russia, Bulgaria), dishes and tools that are named like languages.
_NO_LANGUAGE = re.compile(
    r"ia$|\b(?:crema|chiave|insalata|bagno|zuppa|giardino|prato all|cucina|cucine|ristorante"
    r"|pizzeria|toelettatura|azienda|ditta|mercato|clienti) (?:'|di )?\w+$"
)
_Reader = Callable[[str, str], Iterable[Fact]]


@dataclass(frozen=True, slots=True)
class Extractor:
    """Reads CVs and vacancies against one taxonomy and the places of one territory.

    ``places`` maps spellings to ISTAT codes, see :func:`place_names`.
    """

    taxonomy: Taxonomy
    index: Index
    places: Mapping[str, str]

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
        parts = segments(text, kind)
        reading = read(text, words, kind, parts, self.index)
        roles = self._roles(reading, as_of)
        raw = skill_mentions(reading, self.index, self.taxonomy)
        found = self._facts(reading, raw, as_of)
        return Extraction(
            kind=kind,
            language=language,
            skills=tuple(self._skills(reading, raw, found)),
            occupations=tuple(map(self._occupation(reading), roles)),
            facts=found,
        )

    def _roles(self, reading: Reading, as_of: date) -> list[Role]:
        mentions = occupation_mentions(reading, self.index, self.taxonomy, stands_as_title)
        if reading.kind is DocumentKind.VACANCY:
            return vacancy_roles(mentions, reading)
        return person_roles(mentions, reading, periods(reading.words, as_of))

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
        self, reading: Reading, raw: list[RawMention], found: Facts
    ) -> Iterator[SkillMention]:
        optional = _OptionalScopes(reading)
        mentions: list[SkillMention] = []
        for mention in raw:
            concept = self.taxonomy.concepts[mention.claim.uri]
            section = mention.segment.section
            if mention.stance is not Stance.HELD or concept.kind is ConceptKind.LANGUAGE:
                continue
            if reading.kind is DocumentKind.VACANCY and section in _NOT_ASKED:
                continue
            studied = section in (Section.EDUCATION, Section.COURSES) and concept.kind not in (
                ConceptKind.CERTIFICATE,
                ConceptKind.LICENCE,
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
                    confidence=0.95,
                    importance=item.importance,
                )

    def _facts(self, reading: Reading, raw: list[RawMention], as_of: date) -> Facts:
        person = reading.kind is DocumentKind.CV
        optional = _OptionalScopes(reading)

        def collect(reader: _Reader, *, wished: bool = False) -> list[Fact]:
            return [
                replace(item, importance=optional.at(item.start))
                for item in _in_segments(reading, reader, wished=wished)
            ]

        levels = collect(read_facts.education_levels)
        vehicles = collect(read_facts.own_vehicle, wished=True)
        denied = [item for item in vehicles if item.value is False]
        required = [] if person else collect(read_facts.months_required)
        starts = collect(read_facts.start, wished=True)
        weekly = collect(read_facts.weekly_hours, wished=True)
        refused = _refused_shifts(reading) if person else ()
        refused_values = {item.value for item in refused}
        shifts = [
            item
            for item in collect(read_facts.shifts, wished=True)
            if item.value not in refused_values
        ]
        return Facts(
            licences=read_facts.first_per_value(
                collect(lambda text, words: read_facts.licences(text, words, reading.kind))
            ),
            own_vehicle=next(iter(denied or vehicles), None),
            education_level=_level(levels, person=person),
            languages=self._languages(reading, raw, optional),
            comune=municipality(
                reading.text, reading.words, list(reading.segments), reading.kind, self.places
            ),
            start=next(iter(starts), None),
            contracts=read_facts.first_per_value(collect(read_facts.contracts, wished=True)),
            hours=read_facts.first_per_value(collect(read_facts.hours, wished=True)),
            weekly_hours=next(iter(weekly), None),
            shifts=read_facts.first_per_value(shifts),
            shifts_refused=refused,
            months_required=min(required, key=lambda item: int(item.value), default=None),
            experience_months=(
                experience_months(reading, periods(reading.words, as_of)) if person else None
            ),
        )

    def _languages(
        self, reading: Reading, raw: list[RawMention], optional: "_OptionalScopes"
    ) -> tuple[LanguageFact, ...]:
        places = [
            mention
            for mention in raw
            if self.taxonomy.concepts[mention.claim.uri].kind is ConceptKind.LANGUAGE
            and mention.stance is Stance.HELD
            and not _NO_LANGUAGE.search(reading.words[max(0, mention.start - 20) : mention.end])
        ]
        best: dict[str, LanguageFact] = {}
        for mention in places:
            segment = mention.segment
            words = reading.words[segment.start : segment.end]
            others = [
                other.start - segment.start for other in places if other.segment is segment
            ]
            start, end = mention.start - segment.start, mention.end - segment.start
            others = [place for place in others if place > start]
            code = self.taxonomy.concepts[mention.claim.uri].code or ""
            item = LanguageFact(
                code=code,
                level=level_near(words, start, end, others),
                evidence=reading.text[mention.start : mention.end],
                start=mention.start,
                end=mention.end,
                importance=optional.at(mention.start),
            )
            if code not in best or rank(item.level) > rank(best[code].level):
                best[code] = item
        return tuple(best[code] for code in sorted(best))


class _OptionalScopes:
    """Importance by place; None everywhere in a CV."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._scopes: dict[int, list[tuple[int, int]]] = {}

    def at(self, place: int) -> Importance | None:
        reading = self._reading
        if reading.kind is DocumentKind.CV:
            return None
        segment = _segment_at(reading, place)
        if segment is None:
            return Importance.ESSENTIAL
        if segment.start not in self._scopes:
            self._scopes[segment.start] = optional_scopes(
                reading.words[segment.start : segment.end]
            )
        return importance_at(
            place - segment.start, segment.section, self._scopes[segment.start]
        )


def _segment_at(reading: Reading, place: int) -> Segment | None:
    for segment in reading.segments:
        if segment.start <= place < segment.end:
            return segment
    return None


def _in_segments(reading: Reading, reader: _Reader, *, wished: bool) -> Iterator[Fact]:
    """Facts of every segment that speaks, without those that are denied or somebody else's.

    With ``wished`` also what is hoped for counts: hours and contracts are always wishes.
    """
    allowed = {Stance.HELD, Stance.WISHED} if wished else {Stance.HELD}
    for segment in reading.segments:
        if segment.section in (SILENT - {Section.CONTACTS}):
            continue
        words = reading.words[segment.start : segment.end]
        text = reading.text[segment.start : segment.end]
        ruled = scopes(words, reading.kind)
        for item in reader(text, words):
            stances = {s.stance for s in ruled if s.start <= item.start < s.end}
            if stances <= allowed or item.value is False:
                yield replace(
                    item, start=item.start + segment.start, end=item.end + segment.start
                )


def _refused_shifts(reading: Reading) -> tuple[Fact, ...]:
    found: list[Fact] = []
    for segment in reading.segments:
        words = reading.words[segment.start : segment.end]
        ruled = [s for s in scopes(words, reading.kind) if s.stance is Stance.DENIED]
        if not ruled:
            continue
        for item in read_facts.shifts(reading.text[segment.start : segment.end], words):
            if any(s.start <= item.start < s.end for s in ruled):
                found.append(
                    replace(item, start=item.start + segment.start, end=item.end + segment.start)
                )
    return read_facts.first_per_value(found)


def _level(levels: list[Fact], *, person: bool) -> Fact | None:
    """The highest level a person has; the lowest that a vacancy insists on, else would like."""
    if person:
        return max(levels, key=lambda item: int(item.value), default=None)
    essential = [item for item in levels if item.importance is Importance.ESSENTIAL]
    return min(essential or levels, key=lambda item: int(item.value), default=None)
