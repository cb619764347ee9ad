"""What is to be talked over with a person before she starts a service. Nothing here excludes."""

from collections.abc import Iterator
from datetime import date, timedelta

from matching.accompaniment.catalogue import Service
from matching.domain import Band, ConceptKind, Facts, Hours, Matter, Profile, Shift, ToConfirm
from matching.features.availability import shift_answers
from matching.features.reach import everyday_answers
from matching.taxonomy import Taxonomy

# An evening is outside what somebody offers who names only a part of the day.
_SHIFTS = {
    Band.MORNING: Shift.MORNING,
    Band.AFTERNOON: Shift.AFTERNOON,
    Band.EVENING: Shift.DAY,
    Band.WEEKEND: Shift.WEEKEND,
}
_BAND_HOURS = 4  # half a working day, at most
_PART_TIME = 30  # more hours a week are hardly part time
_WEEKEND = frozenset({"sat", "sun"})


def to_confirm(
    profile: Profile,
    service: Service,
    skills: frozenset[str],
    taxonomy: Taxonomy,
    language: str,
) -> tuple[ToConfirm, ...]:
    """What a service expects or takes that the CV does not show or offer.

    ``skills`` are those of this person's that the service teaches.
    """
    return (
        *_required(profile, service, taxonomy, language),
        *_levels(skills, taxonomy, language),
        *_times(profile.facts, service),
    )


def _required(
    profile: Profile, service: Service, taxonomy: Taxonomy, language: str
) -> Iterator[ToConfirm]:
    held = shown(profile, taxonomy)
    for uri in service.requires:
        if uri not in held:
            label = taxonomy.concepts[uri].label(language)
            yield ToConfirm(matter=Matter.REQUIRED_SKILL, about=label)


def shown(profile: Profile, taxonomy: Taxonomy) -> set[str]:
    """URIs of what a CV shows: skills, those of the jobs held, licences, languages."""
    facts = profile.facts
    licences = {str(licence.value) for licence in facts.licences}
    licences |= {code for code, answer in everyday_answers(facts).items() if answer}
    codes = {(ConceptKind.LICENCE, code) for code in licences}
    codes |= {(ConceptKind.LANGUAGE, item.code) for item in facts.languages}
    return {
        *(skill.uri for skill in profile.skills),
        *(uri for job in profile.occupations for uri in taxonomy.concepts[job.uri].essential),
        *(uri for code, uri in taxonomy.by_code.items() if code in codes),
    }


def _levels(skills: frozenset[str], taxonomy: Taxonomy, language: str) -> Iterator[ToConfirm]:
    for uri in sorted(skills):
        if taxonomy.concepts[uri].kind is ConceptKind.LANGUAGE:
            label = taxonomy.concepts[uri].label(language)
            yield ToConfirm(matter=Matter.LANGUAGE_LEVEL, about=label)


def _times(facts: Facts, service: Service) -> Iterator[ToConfirm]:
    answers = shift_answers(facts)
    for band in service.bands:
        if answers.get(_SHIFTS[band]) is False:
            yield ToConfirm(matter=Matter.BAND, about=band)
    hours = weekly_hours(service)
    if facts.weekly_hours is not None:
        if hours > int(facts.weekly_hours.value):
            yield ToConfirm(matter=Matter.WEEKLY_HOURS, about=str(hours))
    elif {fact.value for fact in facts.hours} == {Hours.PART_TIME} and hours > _PART_TIME:
        yield ToConfirm(matter=Matter.PART_TIME, about=str(hours))


def same_time(service: Service, start: date, other: Service, other_start: date) -> bool:
    """Whether two editions are held on the same days at the same times."""
    if not (set(service.weekdays) & set(other.weekdays) and set(service.bands) & set(other.bands)):
        return False
    return start <= last_week(other, other_start) and other_start <= last_week(service, start)


def last_week(service: Service, start: date) -> date:
    """When the last week of an edition begins that takes all the hours it can each week."""
    weeks = service.hours / max(1, weekly_hours(service))
    return start + timedelta(weeks=max(0.0, weeks - 1))


def weekly_hours(service: Service) -> int:
    """The most hours that a service can take in a week, by its days and times."""
    weekend = len(_WEEKEND & set(service.weekdays))
    working = len(service.weekdays) - weekend
    bands = len(set(service.bands) - {Band.WEEKEND})
    held = _BAND_HOURS * (working * bands + weekend * (Band.WEEKEND in service.bands))
    return min(service.hours, held)
