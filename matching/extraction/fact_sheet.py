"""The facts of one document: every reader over every sentence, then one answer each."""

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from matching.domain import (
    ConceptKind,
    DocumentKind,
    Fact,
    Facts,
    Importance,
    LanguageFact,
    SalaryFact,
)
from matching.extraction import facts as read_facts
from matching.extraction.deadline import deadlines
from matching.extraction.education import education_levels
from matching.extraction.languages import Named, rank, spoken
from matching.extraction.last_job import Ending, endings, last_job_end
from matching.extraction.licences import licences, own_vehicle
from matching.extraction.mentions import RawMention, Reading
from matching.extraction.optional import OptionalScopes
from matching.extraction.passages import Passage, moved, passages
from matching.extraction.periods import Period
from matching.extraction.places import PlaceNames, municipality
from matching.extraction.posts import posts
from matching.extraction.reserved import Span, reserved
from matching.extraction.roles import experience_months
from matching.extraction.salary import salaries
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.extraction.worktime import hours, shifts, shifts_refused, weekly_hours
from matching.normalisation import plain
from matching.taxonomy import Taxonomy

# What a vacancy offers is not what it asks for.
_OFFERED = frozenset({Section.OFFER})
_NOT_ASKED = frozenset({Section.OFFER, Section.CONDITIONS})
_NO_POSTS = frozenset({Section.ADVERTS, Section.COMPANY, Section.OFFER})
_NO_SALARY = frozenset({Section.ADVERTS, Section.COMPANY})
_NO_DEADLINE = frozenset({Section.ADVERTS})
_F = TypeVar("_F", Fact, SalaryFact)
_Reader = Callable[["Passage"], Iterable[Fact]]


def fact_sheet(
    reading: Reading,
    raw: Sequence[RawMention],
    taxonomy: Taxonomy,
    places: PlaceNames,
    *,
    as_of: date,
    dated: Sequence[Period] = (),
    aside: Sequence[Ending] = (),
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
    dated
        The periods of a CV.
    aside
        Statements that work ended, read where nothing else is.
    """
    person = reading.kind is DocumentKind.CV
    optional = OptionalScopes(reading)
    parts = list(passages(reading))

    def said(reader: _Reader, *, strict: bool, within: Callable[[Passage], bool]) -> list[Fact]:
        return [
            replace(item, importance=optional.at(item.start))
            for passage in parts
            if within(passage)
            for item in moved(passage, reader(passage), strict=strict)
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

    def by(text: str, words: str) -> Iterator[Fact]:
        return deadlines(text, words, as_of)

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
        experience_months=experience_months(reading, dated) if person else None,
        last_job_end=last_job_end(reading, dated, [*_endings(parts, as_of), *aside])
        if person
        else None,
        salary=(_wished_salary(parts) if person else _first(reading, salaries, but=_NO_SALARY)),
        posts=None if person else _first(reading, posts, but=_NO_POSTS),
        deadline=None if person else _first(reading, by, but=_NO_DEADLINE),
        # Of a person nothing is ever read about disability.
        reserved=None if person else _reserved(reading),
    )


def _endings(parts: Iterable[Passage], as_of: date) -> Iterator[Ending]:
    for passage in parts:
        for ending in endings(passage.text, passage.words, as_of):
            for placed in moved(passage, [ending.fact], strict=False):
                yield replace(ending, fact=placed)


def _wished_salary(parts: Iterable[Passage]) -> SalaryFact | None:
    found = (
        item
        for passage in parts
        if passage.wish
        for item in moved(passage, salaries(passage.text, passage.words), strict=False)
    )
    return next(found, None)


def _first(
    reading: Reading, reader: Callable[[str, str], Iterable[_F]], *, but: Container[Section]
) -> _F | None:
    """The first fact of a vacancy read whole: lists and silent lines belong to it."""
    starts = [segment.start for segment in reading.segments]
    for item in reader(reading.text, reading.flat):
        number = max(bisect_right(starts, item.start) - 1, 0)
        if not reading.segments or reading.segments[number].section not in but:
            return item
    return None


def _reserved(reading: Reading) -> Fact | None:
    """Read in all lines but those of other adverts: legal ones are where it is said."""
    adverts: list[Span] = []
    liked: list[Span] = []
    in_list = False
    for part in reading.segments:
        # The line of a list that names the law counts as a legal one.
        in_list = part.section is Section.PREFERRED or (in_list and part.silent)
        if part.section is Section.ADVERTS:
            adverts.append((part.start, part.end))
        elif in_list:
            liked.append((part.start, part.end))
    return reserved(reading.text, reading.flat, adverts=adverts, liked=liked)


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
