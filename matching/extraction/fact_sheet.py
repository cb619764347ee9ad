"""The facts of one document: every reader over every sentence, then one answer each."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching.domain import (
    ConceptKind,
    DocumentKind,
    Fact,
    Facts,
    Importance,
    LanguageFact,
)
from matching.extraction import facts as read_facts
from matching.extraction.education import education_levels
from matching.extraction.languages import Named, rank, spoken
from matching.extraction.licences import licences, own_vehicle
from matching.extraction.mentions import RawMention, Reading
from matching.extraction.optional import OptionalScopes
from matching.extraction.places import PlaceNames, municipality
from matching.extraction.scope import Scope, Stance
from matching.extraction.sections import SILENT, Section
from matching.extraction.segments import Segment
from matching.extraction.worktime import hours, shifts, shifts_refused, weekly_hours
from matching.normalisation import plain
from matching.taxonomy import Taxonomy

_SILENT = SILENT - {Section.CONTACTS}
# What a vacancy offers is not what it asks for.
_OFFERED = frozenset({Section.OFFER})
_NOT_ASKED = frozenset({Section.OFFER, Section.CONDITIONS})
_PAST_SECTIONS = frozenset(
    {Section.EXPERIENCE, Section.EDUCATION, Section.COURSES, Section.SKILLS, Section.LANGUAGES}
)
# In a CV, hours and contracts are a wish where the sentence says so, or where nothing is told of
# the past: a contract of ten years ago is none.
_WISH = re.compile(
    r"\b(?:cerc\w+|ricerc\w+|disponibil\w+|vorrei|mi piacerebbe|preferi\w+|preferenz\w+"
    r"|desider\w+|accett\w+"
    r"|valut\w+|obiettiv\w+|interessat[oa]|aspir\w+|va bene|vanno bene|bisogno|posso|potrei"
    r"|non ho problemi"
    r"|nessun problema|orari\w* desiderat\w*|available|looking for)\b"
)
_TOLD = re.compile(
    r"\b(?:ho|lavoravo|ero|sono stat[oa]|facevo|presso|era|erano|assunt[oa]|fatto|svolt[oa]|19\d\d"
    r"|20\d\d)\b"
)
_Reader = Callable[["Passage"], Iterable[Fact]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment with the header before it (*Patente: B*), which ``body`` skips."""

    segment: Segment
    start: int
    body: int
    text: str
    words: str
    scopes: Sequence[Scope]
    wish: bool

    def has(self, place: int, stance: Stance) -> bool:
        """Whether a stance rules at a place of the passage."""
        inside = place - self.body
        return any(s.stance is stance and s.start <= inside < s.end for s in self.scopes)


def fact_sheet(
    reading: Reading,
    raw: Sequence[RawMention],
    taxonomy: Taxonomy,
    places: PlaceNames,
    *,
    as_of: date,
    experience_months: int | None,
) -> Facts:
    """All facts of a document.

    Parameters
    ----------
    reading
        The document.
    raw
        The skill mentions, languages among them.
    taxonomy
        Says which mentions are languages.
    places
        The municipalities that can be named.
    as_of
        The day from which *tra due settimane* counts.
    experience_months
        Months of dated work; None in a vacancy.
    """
    person = reading.kind is DocumentKind.CV
    optional = OptionalScopes(reading)
    passages = list(_passages(reading))

    def said(reader: _Reader, *, strict: bool, within: Callable[[Passage], bool]) -> list[Fact]:
        return [
            replace(item, importance=optional.at(item.start))
            for passage in passages
            if within(passage)
            for item in _moved(passage, reader(passage), strict=strict)
        ]

    def asked(passage: Passage) -> bool:
        return person or passage.segment.section not in _OFFERED

    def wished(passage: Passage) -> bool:
        return not person or passage.wish

    vehicles = said(lambda p: own_vehicle(p.text, p.words), strict=False, within=asked)
    denied = [item for item in vehicles if item.value is False]
    if not person:
        vehicles, denied = [item for item in vehicles if item.value is True], []
    levels = said(
        lambda p: education_levels(p.text, p.words, reading.kind, studies=_of_studies(p)),
        strict=True,
        within=asked,
    )
    refused = (
        said(lambda p: shifts_refused(p.text, p.words), strict=False, within=wished)
        if person
        else []
    )
    ruled_out = {item.value for item in refused}
    accepted = said(lambda p: shifts(p.text, p.words), strict=False, within=wished)
    required = (
        []
        if person
        else said(
            lambda p: read_facts.months_required(p.text, p.words),
            strict=True,
            within=lambda p: asked(p) and not p.segment.silent,
        )
    )
    held = said(lambda p: licences(p.text, p.words, p.body), strict=True, within=asked)
    weekly = said(lambda p: weekly_hours(p.text, p.words), strict=False, within=wished)
    starts = said(lambda p: read_facts.start(p.text, p.words, as_of), strict=False, within=wished)
    return Facts(
        licences=read_facts.first_per_value(held),
        own_vehicle=next(iter(denied or vehicles), None),
        education_level=_level(levels, person=person),
        languages=_languages(reading, raw, taxonomy, optional),
        comune=municipality(
            reading.text, reading.words, list(reading.segments), reading.kind, places
        ),
        start=next(iter(starts), None),
        contracts=read_facts.first_per_value(
            said(lambda p: read_facts.contracts(p.text, p.words), strict=False, within=wished)
        ),
        hours=read_facts.first_per_value(
            said(lambda p: hours(p.text, p.words), strict=False, within=wished)
        ),
        weekly_hours=next(iter(weekly), None),
        shifts=read_facts.first_per_value(i for i in accepted if i.value not in ruled_out),
        shifts_refused=read_facts.first_per_value(refused),
        months_required=_least(required),
        experience_months=experience_months,
    )


def _passages(reading: Reading) -> Iterator[Passage]:
    previous_end = 0
    for segment, ruled in zip(reading.segments, reading.scopes, strict=True):
        start, previous_end = previous_end, segment.end
        if segment.section in _SILENT:
            continue
        # Only the last line before the segment can be its header.
        header = reading.words[start : segment.start].rstrip("\n\r \t")
        start += max(header.rfind("\n"), 0)
        words = reading.flat[start : segment.end].replace("\n", " ")
        yield Passage(
            segment=segment,
            start=start,
            body=segment.start - start,
            text=reading.text[start : segment.end],
            words=words,
            scopes=ruled,
            wish=_is_wish(words, segment.section),
        )


def _moved(passage: Passage, found: Iterable[Fact], *, strict: bool) -> Iterator[Fact]:
    """Facts with places in the document, without those of somebody else.

    ``strict`` leaves out also what is denied or only hoped for; readers that judge refusals by
    themselves are not strict.
    """
    for item in found:
        if passage.has(item.start, Stance.OTHERS):
            continue
        if strict and (
            passage.has(item.start, Stance.DENIED) or passage.has(item.start, Stance.WISHED)
        ):
            continue
        yield replace(item, start=item.start + passage.start, end=item.end + passage.start)


def _is_wish(words: str, section: Section) -> bool:
    if section is Section.WISHES or _WISH.search(words):
        return True
    return not (section in _PAST_SECTIONS or _TOLD.search(words))


def _of_studies(passage: Passage) -> bool:
    return passage.segment.section is not Section.EXPERIENCE


def _languages(
    reading: Reading, raw: Sequence[RawMention], taxonomy: Taxonomy, optional: OptionalScopes
) -> tuple[LanguageFact, ...]:
    named: list[Named] = []
    mention_at: dict[int, RawMention] = {}
    for mention in raw:
        concept = taxonomy.concepts[mention.claim.uri]
        if concept.kind is not ConceptKind.LANGUAGE:
            continue
        written = reading.words[mention.start : mention.end]
        labels = {plain(label) for forms in concept.labels.values() for label in forms}
        exact = bool(labels.intersection([written, *re.findall(r"\w+", written)]))
        named.append(Named(mention.start, mention.end, exact, mention.segment.section))
        mention_at[mention.start] = mention
    best: dict[str, LanguageFact] = {}
    for name, level in spoken(reading.flat, named):
        mention = mention_at[name.start]
        person = reading.kind is DocumentKind.CV
        if mention.stance is not Stance.HELD or not (person or name.section not in _NOT_ASKED):
            continue
        code = taxonomy.concepts[mention.claim.uri].code or ""
        if code in best and rank(level) <= rank(best[code].level):
            continue
        best[code] = LanguageFact(
            code=code,
            level=level,
            evidence=reading.text[name.start : name.end],
            start=name.start,
            end=name.end,
            importance=optional.at(name.start),
        )
    return tuple(best[code] for code in sorted(best))


def _level(levels: list[Fact], *, person: bool) -> Fact | None:
    """The highest level a person has; the lowest that a vacancy insists on, else would like."""
    if person:
        return max(levels, key=lambda item: int(item.value), default=None)
    return _least(levels)


def _least(found: list[Fact]) -> Fact | None:
    essential = [item for item in found if item.importance is not Importance.OPTIONAL]
    return min(essential or found, key=lambda item: int(item.value), default=None)
