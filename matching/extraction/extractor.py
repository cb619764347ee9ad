"""Text to skills, occupations and facts: the one entry point of extraction."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from matching.domain import (
    ConceptKind,
    DocumentKind,
    Extraction,
    Facts,
    Importance,
    OccupationMention,
    SkillMention,
)
from matching.extraction.activities import told_mentions
from matching.extraction.codes import coded_mentions, codes, places_of, without
from matching.extraction.fact_sheet import fact_sheet
from matching.extraction.gate import Gate, gate_signs, is_plain
from matching.extraction.index import Index
from matching.extraction.job_features import JobCandidate
from matching.extraction.jobs import JobLinker, Told, surest
from matching.extraction.language import identify, second_guess
from matching.extraction.last_job import Ending, without_work
from matching.extraction.loose import LooseLinker, Signals, counts
from matching.extraction.loose_features import Signs
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
from matching.extraction.purpose import is_short, speaks
from matching.extraction.roles import (
    Role,
    on_a_street,
    own_titles,
    person_roles,
    stands_as_title,
)
from matching.extraction.sections import Section
from matching.extraction.segments import segments
from matching.extraction.shown import Shown
from matching.extraction.targets import vacancy_roles
from matching.extraction.tick_boxes import without_unticked
from matching.extraction.timeless import timeless
from matching.extraction.tongues import Tongue
from matching.extraction.trade_words import concept_words, trade_words
from matching.extraction.unnamed import anybodys
from matching.normalisation import plain
from matching.taxonomy import Taxonomy

# A course teaches less surely than work does.
_STUDIED = 0.8
_PROVEN_BY_STUDY = frozenset({ConceptKind.CERTIFICATE, ConceptKind.LICENCE})


@dataclass(frozen=True)
class Extractor:
    """Reads CVs and vacancies against one taxonomy and the places of one territory.

    A text in one of the ``tongues`` is read by that; any other by the index, which is Italian.
    With ``loose``, Italian words that name no skill are linked to those that they speak of; with
    ``jobs``, Italian texts that name no job to that which they tell of. With a ``gate`` beside
    ``loose``, nothing is read in Italian texts that most likely tell of nobody.
    """

    taxonomy: Taxonomy
    index: Index
    places: PlaceNames
    tongues: Mapping[str, Tongue] = field(default_factory=dict)
    loose: LooseLinker | None = None
    jobs: JobLinker | None = None
    gate: Gate | None = None

    @cached_property
    def concept_words(self) -> Mapping[str, frozenset[str]]:
        """Trade words of each skill and occupation, in the index's normal form."""
        return concept_words(self.taxonomy, self.index.normaliser)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset().union(*self.concept_words.values())

    def extract(self, text: str, *, kind: DocumentKind, as_of: date) -> Extraction:
        """Read one document; of a CV nothing is judged by its lines about who its writer is.

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
        shown = self.shown(text, kind)
        seen = self._gated(self._look(shown.text, kind, as_of))
        reading, raw = seen.reading, seen.skills
        # They have no place in what is shown.
        idle = without_work(shown.whole, shown.left_out, as_of)
        nowhere = [replace(one, fact=replace(one.fact, start=-1, end=-1)) for one in idle]
        found = self._facts(seen, as_of, nowhere)
        coded = coded_mentions(reading, found, self.taxonomy) if seen.told else []
        roles, held = seen.roles, seen.held
        if self.jobs is not None and seen.is_italian and seen.told:
            told = self._told(seen)
            jobs = self.jobs.judged(reading, told)
            roles, held = self.jobs.roles(reading, told, jobs), surest(jobs)
        judged = self.loose is not None and seen.is_italian and seen.told
        if self.loose is not None and judged:
            raw, sure = self.loose.judged(reading, raw, held, coded)
            found = without(found, refused=places_of(coded) - places_of(sure))
            coded = sure
        skills = self._skills(reading, raw, coded, found, judged=judged) if seen.told else ()
        placed = shown.moved(
            Extraction(
                kind=kind,
                language=seen.language,
                skills=tuple(skills),
                occupations=tuple(map(self._occupation(reading), roles)),
                facts=found,
                words=trade_words(reading, self._vocabulary) if seen.told else (),
            )
        )
        for one, other in zip(nowhere, idle, strict=True):
            if found.last_job_end is one.fact:
                return replace(placed, facts=replace(placed.facts, last_job_end=other.fact))
        return placed

    def shown(self, text: str, kind: DocumentKind) -> Shown:
        """A text as it is shown to all judges: of a CV without what says who its writer is.

        Raises
        ------
        DocumentError
            ``unsupported_language``, as :meth:`extract`.
        """
        text = unicodedata.normalize("NFC", text)
        index = self.index
        if self.tongues and kind is DocumentKind.CV:
            tongue = self.tongues.get(identify(text, self.tongues))
            index = tongue.index if tongue is not None else index
        return anybodys(text, kind, index)

    def reading(self, text: str, *, kind: DocumentKind, as_of: date) -> Reading:
        """A text, as it is shown to all judges, with its segments and words."""
        return self._look(self.shown(text, kind).text, kind, as_of).reading

    def evidence(
        self,
        linker: LooseLinker,
        text: str,
        *,
        kind: DocumentKind,
        as_of: date,
        occupations: Mapping[str, float],
    ) -> Signals:
        """Skills that an Italian text names or that its words could mean, for trees to learn from.

        ``occupations`` are those of the document, with how sure each is.
        """
        seen = self._look(self.shown(text, kind).text, kind, as_of)
        told = seen.is_italian and seen.told
        skills = seen.skills if told else []
        held = [mention for mention in skills if counts(mention, kind, self.taxonomy)]
        if told and seen.reading.tokens:
            held += coded_mentions(seen.reading, self._facts(seen, as_of), self.taxonomy)
        return Signals(
            reading=seen.reading,
            named=tuple(held),
            named_signs=tuple(linker.signs(seen.reading, held, occupations)),
            proposed=tuple(linker.candidates(seen.reading, skills, occupations)) if told else (),
        )

    def job_evidence(
        self, jobs: JobLinker, text: str, *, kind: DocumentKind, as_of: date
    ) -> tuple[JobCandidate, ...]:
        """Jobs that the parts of an Italian text could be about, for trees to learn from."""
        seen = self._look(self.shown(text, kind).text, kind, as_of)
        if not (seen.is_italian and seen.told):
            return ()
        return tuple(jobs.candidates(seen.reading, self._told(seen)))

    def purpose_evidence(
        self, linker: LooseLinker, text: str, *, kind: DocumentKind, as_of: date
    ) -> Signs:
        """What a whole text says of its purpose, to learn from."""
        return _purpose(self._look(self.shown(text, kind).text, kind, as_of), linker)

    def _gated(self, seen: "_Look") -> "_Look":
        if self.gate is None or self.loose is None or not (seen.told and seen.is_italian):
            return seen
        if is_short(seen.reading) or is_plain(seen.reading, seen.roles):
            return seen
        job = seen.reading.kind is DocumentKind.CV and bool(seen.roles)
        if self.gate.passes(_purpose(seen, self.loose), names_a_job=job):
            return seen
        return replace(seen, told=False, roles=[])

    def _facts(self, seen: "_Look", as_of: date, aside: Sequence[Ending] = ()) -> Facts:
        return fact_sheet(
            seen.reading,
            seen.skills,
            self.taxonomy,
            self.places,
            as_of=as_of,
            dated=seen.dated,
            aside=aside,
        )

    def _told(self, seen: "_Look") -> Told:
        kind, taxonomy = seen.reading.kind, self.taxonomy
        return Told(
            roles=seen.roles,
            titles=seen.titles,
            skills=[mention for mention in seen.skills if counts(mention, kind, taxonomy)],
            dated=seen.dated,
        )

    def _look(self, text: str, kind: DocumentKind, as_of: date) -> "_Look":
        language = identify(text, self.tongues)
        seen = self._look_in(language, text, kind, as_of)
        # Not of a CV: there a name could sway the guess, and nobody is read by her name.
        unsure = seen.is_italian and kind is DocumentKind.VACANCY
        other = second_guess(text, self.tongues) if unsure else None
        if other is None:
            return seen
        # Of a text that proves no language, the one in which it names more; Italian if as much.
        again = self._look_in(other, text, kind, as_of)
        return max(seen, again, key=lambda look: len(look.named))

    def _look_in(self, language: str, text: str, kind: DocumentKind, as_of: date) -> "_Look":
        tongue = self.tongues.get(language) or Tongue(self.index, self.taxonomy)
        shown = without_unticked(text)
        words = plain(shown)
        reading = read(shown, words, kind, segments(shown, kind), tongue.index)
        # What proves a mention is quoted as it is written.
        reading = replace(reading, text=text)
        dated = periods(words, as_of) if kind is DocumentKind.CV else []
        if kind is DocumentKind.CV:
            reading = timeless(reading, dated)
        titles = occupation_mentions(reading, tongue.index, tongue.taxonomy, stands_as_title)
        titles = [mention for mention in titles if not on_a_street(mention, reading)]
        # The words that tell are Italian ones; of another language everything is read.
        told = language != "it" or speaks(reading, titles)
        return _Look(
            language=language,
            reading=reading,
            dated=dated,
            told=told,
            titles=titles,
            roles=_roles(reading, dated, titles, tongue.taxonomy) if told else [],
            skills=skill_mentions(reading, tongue.index, tongue.taxonomy),
        )

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
                until=_month(role.until),
            )

        return mention

    def _skills(
        self,
        reading: Reading,
        raw: Sequence[RawMention],
        coded: Sequence[RawMention],
        found: Facts,
        *,
        judged: bool,
    ) -> Iterator[SkillMention]:
        optional = OptionalScopes(reading)
        mentions: list[SkillMention] = []
        for mention in raw:
            concept = self.taxonomy.concepts[mention.claim.uri]
            section = mention.segment.section
            if not counts(mention, reading.kind, self.taxonomy):
                continue
            studied = (
                not judged
                and section in (Section.EDUCATION, Section.COURSES)
                and concept.kind not in _PROVEN_BY_STUDY
            )
            confidence = round(mention.confidence * (_STUDIED if studied else 1), 3)
            importance = optional.at(mention.start)
            mentions.append(self._skill(reading, mention, confidence, importance))
        said = {(fact.start, fact.end): fact.importance for fact in codes(found)}
        mentions += (
            self._skill(reading, one, one.confidence, said[one.start, one.end]) for one in coded
        )
        return iter(sorted(mentions, key=lambda mention: (mention.start, mention.end)))

    def _skill(
        self,
        reading: Reading,
        mention: RawMention,
        confidence: float,
        importance: Importance | None,
    ) -> SkillMention:
        concept = self.taxonomy.concepts[mention.claim.uri]
        return SkillMention(
            uri=concept.uri,
            label=concept.label(),
            evidence=reading.text[mention.start : mention.end],
            start=mention.start,
            end=mention.end,
            confidence=confidence,
            importance=importance,
        )


def _purpose(seen: "_Look", linker: LooseLinker) -> Signs:
    return gate_signs(
        seen.reading,
        tones=linker.tones(seen.reading),
        titles=seen.titles,
        skills=seen.skills,
        dated=seen.dated,
    )


def _month(number: int | None) -> str | None:
    return None if number is None else f"{number // 12:04d}-{number % 12 + 1:02d}"


def _roles(
    reading: Reading, dated: Sequence[Period], titles: Sequence[RawMention], taxonomy: Taxonomy
) -> list[Role]:
    if reading.kind is DocumentKind.VACANCY:
        work = told_mentions(titles, reading, dated, taxonomy, titles)
        return vacancy_roles(titles, reading, work)
    own = own_titles(titles, reading)
    work = told_mentions(own, reading, dated, taxonomy, titles)
    return person_roles(own, reading, dated, work)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """A document as the matchers see it, before anything is judged."""

    language: str
    reading: Reading
    dated: Sequence[Period]
    told: bool
    titles: Sequence[RawMention]
    roles: Sequence[Role]
    skills: Sequence[RawMention]

    @property
    def is_italian(self) -> bool:
        return self.language == "it"

    @property
    def named(self) -> frozenset[str]:
        """Every skill and occupation that is named somewhere."""
        return frozenset(mention.claim.uri for mention in (*self.skills, *self.titles))

    @property
    def held(self) -> dict[str, float]:
        """The occupations that were done, or that are offered."""
        return {role.raw.claim.uri: 1.0 for role in self.roles if not role.wanted}
