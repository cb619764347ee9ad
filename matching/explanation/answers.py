"""What a person might answer: her profile as each possible answer to each open question makes it.

The answers of a question are few and stand for all: the best, the worst, and what lies between
where it matters. Those that a profile cannot hold are left out: that somebody has no licence at
all, or starts on a day of which no feature can tell whether it is soon enough.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np

from matching.domain import (
    Contract,
    Fact,
    Facts,
    Hours,
    LanguageFact,
    OccupationHeld,
    Profile,
    SkillHeld,
)
from matching.errors import FeatureError
from matching.explanation.extremes import Extremes
from matching.explanation.pair import Pair
from matching.explanation.skills import not_shown
from matching.features import FEATURES, judged
from matching.features.experience import NEAR
from matching.features.qualifications import language_share
from matching.features.reach import VEHICLE, everyday_asked
from matching.taxonomy import Taxonomy, is_driving_licence

EXPERIENCE, _MONTHS = "ask.experience", "ask.experience_months"
_LICENCE, _VEHICLE, SKILL = "ask.licence", "ask.vehicle", "ask.skill"

_BRIEFLY, _LONG = 3, 36  # months in a job
_PART_WEEKS = (16, 30)  # hours a week
_LEVELS = (-3, -1, 0, 1)  # of education, from the one asked: three short is worth nothing
_LEVEL_UNSAID = "B2"  # of a language asked without one: enough, however it is counted
_FOREIGN = ("en", "fr", "de", "es", "ar", "zh")  # one that is not asked tells that she lists them
_LATER = timedelta(days=90)
_TRIED = 3  # skills written in the vacancy, and as many usual in the trade: the most telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A question, by its key, and the profile that each possible answer would make.

    ``uri`` names the skill that a question is about; answering no leaves the profile as it is.
    """

    key: str
    profiles: tuple[Profile, ...]
    uri: str | None = None


def answers(pair: Pair, features: Mapping[str, float], extremes: Extremes) -> list[Answers]:
    """Return the open questions about a pair with their possible answers.

    Open is what the vacancy asks and the profile is silent about: every column of the catalog
    that has a question, whether there is a vehicle where that decides the journey, and the
    essential skills not shown, of the written and of the usual ones the three that tell trades
    apart most (the others can change less).

    Parameters
    ----------
    pair
        The vacancy and the person.
    features
        The pair's row of the catalog's columns.
    extremes
        Homes and jobs that stand for all those she might name.

    Raises
    ------
    FeatureError
        For a question of the catalog whose answers are not written here.
    """
    found: list[Answers] = []
    for key in _open(pair, features):
        if key not in _ANSWERS:
            raise FeatureError(
                f"The catalog asks {key!r}, which has no answers to try; add them to "
                "matching/explanation/answers.py."
            )
        found.append(Answers(key=key, profiles=tuple(_ANSWERS[key](pair, extremes))))
    lacking = not_shown(pair)
    written = [skill.uri for skill in lacking if not skill.implied]
    usual = [skill.uri for skill in lacking if skill.implied]
    for uri in (*written[:_TRIED], *usual[:_TRIED]):
        able = with_skills(pair.profile, [uri], pair.space.taxonomy)
        found.append(Answers(key=f"{SKILL}:{uri}", profiles=(able,), uri=uri))
    return [question for question in found if question.profiles]


def with_skills(profile: Profile, uris: Collection[str], taxonomy: Taxonomy) -> Profile:
    """Return a profile as if the person surely held further skills, and licences among them."""
    held = {skill.uri: skill for skill in profile.skills}
    for uri in sorted(uris):
        label = taxonomy.concepts[uri].label()
        known = held.get(uri, SkillHeld(uri=uri, label=label, confidence=1.0))
        held[uri] = replace(known, confidence=1.0)
    licences = profile.facts.licences
    # Where the profile lists no licence there is no telling which are missing.
    if licences:
        concepts = [taxonomy.concepts[uri] for uri in uris]
        codes = {str(concept.code) for concept in concepts if is_driving_licence(concept)}
        listed = {str(licence.value) for licence in licences}
        licences += tuple(_said(code) for code in sorted(codes - listed))
    facts = replace(profile.facts, licences=licences)
    return replace(profile, skills=tuple(held.values()), facts=facts)


def _open(pair: Pair, features: Mapping[str, float]) -> list[str]:
    """The keys of what is asked and not known, each once."""
    keys = dict.fromkeys(
        column.question
        for column in FEATURES
        if column.question is not None
        and np.isnan(features[column.name])
        and (column.asked_by is None or features[column.asked_by] > 0)
    )
    found = [str(key) for key in keys]
    if EXPERIENCE not in found and not judged(pair.profile, pair.space):
        found.insert(0, EXPERIENCE)  # any job at all gives something to go by
    if EXPERIENCE in found and _MONTHS in found:
        found.remove(_MONTHS)  # how long comes after which
    # Of a journey without a home to start from, the home is asked first; with a licence, both.
    found = [key for key in found if key != _VEHICLE]
    if _LICENCE not in found and _vehicle_matters(pair):
        found.append(_VEHICLE)
    return found


def _vehicle_matters(pair: Pair) -> bool:
    asked, given = pair.vacancy.facts, pair.profile.facts
    journey = asked.comune is not None and given.comune is not None
    return given.own_vehicle is None and (journey or VEHICLE in everyday_asked(asked))


def _said(value: str | int | bool) -> Fact:
    return Fact(value=value, evidence="", start=0, end=0)


def _with(pair: Pair, **facts: object) -> Profile:
    changed: Facts = replace(pair.profile.facts, **facts)  # type: ignore[arg-type]
    return replace(pair.profile, facts=changed)


def _job(pair: Pair, uri: str, months: int | None) -> OccupationHeld:
    concept = pair.space.taxonomy.concepts[uri]
    return OccupationHeld(
        uri=uri, label=concept.label(), isco08=concept.isco08 or "", months=months
    )


def _experience(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    if extremes.job is None or extremes.other_job is None:
        return
    for uri, months in (
        (extremes.job, max(_LONG, _required(pair))),
        (extremes.job, _BRIEFLY),
        (extremes.other_job, _LONG),
    ):
        jobs = (*pair.profile.occupations, _job(pair, uri, months))
        yield replace(pair.profile, occupations=jobs)


def _months(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    """Yield the nearest of the jobs that have no dates, done for long and for a little."""
    targets = [occupation.uri for occupation in pair.vacancy.occupations]
    near = pair.space.occupations.near
    undated = [
        number
        for number, job in enumerate(pair.profile.occupations)
        if job.months is None and near(job.uri, targets) >= NEAR
    ]
    if not undated:
        return
    jobs = pair.profile.occupations
    at = max(undated, key=lambda number: near(jobs[number].uri, targets))
    for months in (max(_LONG, 3 * _required(pair)), _BRIEFLY):
        dated = replace(jobs[at], months=months)
        yield replace(pair.profile, occupations=(*jobs[:at], dated, *jobs[at + 1 :]))


def _required(pair: Pair) -> int:
    required = pair.vacancy.facts.months_required
    return 0 if required is None else int(required.value)


def _education(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    asked = pair.vacancy.facts.education_level
    if asked is not None:
        levels = {min(8, max(1, int(asked.value) + step)) for step in _LEVELS}
        for level in sorted(levels):
            yield _with(pair, education_level=_said(level))


def _homes(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    for istat in extremes.homes:
        yield _with(pair, comune=_said(istat))


def _licences(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    """Yield all that is asked, or none of it, with and without a vehicle where it is not known.

    That she has not the licence asked for is told by another one that she has.
    """
    given = pair.profile.facts
    asked = [item for item in everyday_asked(pair.vacancy.facts) if item != VEHICLE]
    # Of somebody who lists licences only the vehicle is not known.
    licences = given.licences or tuple(_said(code) for code in asked)
    other = next((code for code in ("AM", "A", "B") if code not in asked), None)
    known = given.own_vehicle
    vehicles = [_said(True), _said(False)] if known is None else [known]
    for vehicle in vehicles:
        yield _with(pair, licences=licences, own_vehicle=vehicle)
        # Somebody with a car of her own drives it.
        if asked and other is not None and not given.licences and not vehicle.value:
            yield _with(pair, licences=(_said(other),), own_vehicle=vehicle)


def _vehicle(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    for there in (True, False):
        yield _with(pair, own_vehicle=_said(there))


def _aspirations(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    for uri in (extremes.job, extremes.other_job):
        if uri is not None:
            yield replace(pair.profile, aspirations=(_job(pair, uri, None),))


def _hours(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    """Yield full time, and part time of few and of many hours: what is said already stays."""
    given = pair.profile.facts
    if not given.hours:
        yield _with(pair, hours=(_said(Hours.FULL_TIME),))
    part = given.hours or (_said(Hours.PART_TIME),)
    weeks = [given.weekly_hours] if given.weekly_hours else [_said(few) for few in _PART_WEEKS]
    for week in weeks:
        yield _with(pair, hours=part, weekly_hours=week)


def _shifts(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    asked = tuple(_said(fact.value) for fact in pair.vacancy.facts.shifts)
    given = pair.profile.facts
    yield _with(pair, shifts=(*given.shifts, *asked))
    yield _with(pair, shifts_refused=(*given.shifts_refused, *asked))


def _contracts(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    asked = tuple(str(fact.value) for fact in pair.vacancy.facts.contracts)
    yield _with(pair, contracts=tuple(_said(contract) for contract in asked))
    other = next((contract for contract in Contract if contract not in asked), None)
    if other is not None:
        yield _with(pair, contracts=(_said(other),))


def _start(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    asked = pair.vacancy.facts.start
    if pair.profile.facts.start is not None:
        return  # said; whether it is soon enough depends on today
    yield _with(pair, start=_said("immediate"))
    if asked is not None and asked.value != "immediate":
        later = date.fromisoformat(str(asked.value)) + _LATER
        yield _with(pair, start=_said(later.isoformat()))


def _languages(pair: Pair, extremes: Extremes) -> Iterator[Profile]:
    """Yield the languages asked well, a little, and not at all: others are listed then."""
    spoken = pair.profile.facts.languages
    held = {item.code: item for item in spoken}
    asked = [item for item in pair.vacancy.facts.languages if language_share(item, held) is None]
    for levels in ([item.level or _LEVEL_UNSAID for item in asked], ["A1"] * len(asked)):
        more = [_language(item.code, level) for item, level in zip(asked, levels, strict=True)]
        yield _with(pair, languages=(*spoken, *more))
    codes = {item.code for item in asked} | held.keys()
    other = next((code for code in _FOREIGN if code not in codes), None)
    if other is not None:
        yield _with(pair, languages=(*spoken, _language(other, None)))


def _language(code: str, level: str | None) -> LanguageFact:
    return LanguageFact(code=code, level=level, evidence="", start=0, end=0)


_ANSWERS: Mapping[str, Callable[[Pair, Extremes], Iterator[Profile]]] = MappingProxyType(
    {
        EXPERIENCE: _experience,
        _MONTHS: _months,
        "ask.education": _education,
        "ask.comune": _homes,
        _LICENCE: _licences,
        _VEHICLE: _vehicle,
        "ask.aspirations": _aspirations,
        "ask.hours": _hours,
        "ask.shifts": _shifts,
        "ask.contract": _contracts,
        "ask.start": _start,
        "ask.languages": _languages,
    }
)
