"""What would change for one vacancy: each missing skill, and the local courses that teach it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from matching.accompaniment.catalogue import Catalogue
from matching.accompaniment.cover import preference
from matching.accompaniment.offers import Offer, offers, taught
from matching.accompaniment.path import missing_skills
from matching.domain import Change, ConceptKind, Course, Profile
from matching.explanation.answers import with_skills
from matching.explanation.skills import not_shown
from matching.explanation.trials import Outcome, Trials
from matching.features import FeatureSpace, judged
from matching.wording import Wording


def changes(
    trials: Trials,
    catalogue: Catalogue | None,
    *,
    as_of: date,
    most: int = 5,
    most_courses: int = 3,
) -> list[tuple[Change, ...]]:
    """What each person's score and rank would be with each skill that she lacks.

    Tried are the licences that the profile says are missing and the essential skills not shown:
    those written in the vacancy, then those usual in the trade. No soft skills, and no languages,
    of which no course says to what level it leads. What would not raise the score is left out,
    and so is everything for somebody who cannot be judged: of her one asks first.

    Parameters
    ----------
    trials
        Those to explain, and what they are ranked for.
    catalogue
        The services of the territory, None where it has none: then no skill has courses.
    as_of
        The day on which one would ask for a course.
    most
        Skills tried for each person, at most.
    most_courses
        Courses told of each skill, at most: as in a path, those that nobody pays, then those that
        the fund pays, then those that she pays; the cheaper, of better evidence, sooner, nearer.

    Returns
    -------
    list
        The changes of each person, the greatest gain first; one without courses is taught by
        nobody in the territory who can still be asked.
    """
    space, people = trials.space, trials.people
    lacking = [_lacking(trials, person)[:most] for person in people]
    tried = [
        [with_skills(person, [uri], space.taxonomy) for uri in uris]
        for person, uris in zip(people, lacking, strict=True)
    ]
    schools = _teaching(catalogue, {uri for uris in lacking for uri in uris})
    result: list[tuple[Change, ...]] = []
    for person, uris, (now, *after) in zip(people, lacking, trials.outcomes(tried), strict=True):
        rising = [
            (uri, then) for uri, then in zip(uris, after, strict=True) if then.score > now.score
        ]
        open_ = _offers(person, [uri for uri, _ in rising], schools, space, as_of)
        made = [
            _change(uri, then, open_, most_courses, space, trials.wording) for uri, then in rising
        ]
        result.append(tuple(sorted(made, key=lambda change: (-change.score, change.label))))
    return result


def _lacking(trials: Trials, profile: Profile) -> list[str]:
    """URIs of what is missing, in the order in which it is tried."""
    if not (trials.asked.judged[0] and judged(profile, trials.space)):
        return []
    concepts = trials.space.taxonomy.concepts
    skills = not_shown(trials.pair(profile))
    written = [skill.uri for skill in skills if not skill.implied]
    usual = [skill.uri for skill in skills if skill.implied]
    asked = missing_skills(profile, [trials.vacancy], trials.space, trials.wording)
    licences = [uri for uri in asked if concepts[uri].kind is ConceptKind.LICENCE]
    untaught = (ConceptKind.TRANSVERSAL, ConceptKind.LANGUAGE)
    return [
        uri
        for uri in dict.fromkeys((*licences, *written, *usual))
        if concepts[uri].kind not in untaught
    ]


def _teaching(catalogue: Catalogue | None, skills: Collection[str]) -> Catalogue | None:
    """The catalogue with only what teaches some of the skills."""
    if catalogue is None:
        return None
    services = tuple(service for service in catalogue.services if taught(service, skills))
    return replace(catalogue, services=services)


def _offers(
    profile: Profile,
    skills: Collection[str],
    catalogue: Catalogue | None,
    space: FeatureSpace,
    as_of: date,
) -> tuple[Offer, ...]:
    if catalogue is None or not skills:
        return ()
    return offers(
        profile,
        skills=skills,
        needs=(),
        catalogue=catalogue,
        territory=space.territory,
        as_of=as_of,
        opens={},
    )


def _change(
    uri: str,
    then: Outcome,
    open_: Sequence[Offer],
    most: int,
    space: FeatureSpace,
    wording: Wording,
) -> Change:
    answer = frozenset({("skill", uri)})
    teaching = [offer for offer in open_ if uri in offer.skills]
    best = sorted(teaching, key=lambda offer: preference(offer, answer))[:most]
    return Change(
        uri=uri,
        label=space.taxonomy.concepts[uri].label(wording.language),
        score=then.score,
        rank=then.rank,
        courses=tuple(_course(offer) for offer in best),
    )


def _course(offer: Offer) -> Course:
    service = offer.service
    return Course(
        slug=service.slug,
        name=service.name,
        provider=offer.provider,
        place=offer.place,
        start=offer.start,
        minutes=offer.minutes,
        cost_eur=service.cost_eur,
        paid_by=service.paid_by,
    )
