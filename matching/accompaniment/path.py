"""One person's path, from her profile and the vacancies of the hub to a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np

from matching.accompaniment.catalogue import Catalogue
from matching.accompaniment.offers import taught
from matching.accompaniment.plan import propose
from matching.accompaniment.what_if import what_if, what_ifs
from matching.domain import ConceptKind, Importance, Need, Plan, Profile, ToldNeed, Vacancy
from matching.explanation.pair import Pair
from matching.explanation.skills import not_shown
from matching.features import (
    Asked,
    FeatureSpace,
    People,
    asked_of,
    judged,
    people_of,
    unnamed_frame,
)
from matching.features.qualifications import language_share
from matching.features.reach import everyday_answers
from matching.models import Ranker
from matching.wording import Wording

_NOT_TOLD: Mapping[Need, ToldNeed] = MappingProxyType({})
_IN_VIEW = 3
_NEAR = 0.05  # of the way from somebody of whom nothing is known to the best there is
_LEAST_GAIN = 0.02  # two points in a hundred: less is not worth a course that somebody pays


def plan_for(
    profile: Profile,
    vacancies: Sequence[Vacancy],
    pool: People | Sequence[Profile],
    needs: Sequence[Need],
    catalogue: Catalogue | None,
    space: FeatureSpace,
    ranker: Ranker,
    wording: Wording,
    *,
    as_of: date,
    budget_eur: int | None = None,
    in_view: int = _IN_VIEW,
    near_only: bool = True,
    told: Mapping[Need, ToldNeed] = _NOT_TOLD,
    asked: Asked | None = None,
) -> Plan:
    """Propose a path towards the vacancies that suit a person best, and for her needs.

    Parameters
    ----------
    profile
        Whose path it is.
    vacancies
        All that she could be proposed for; those in view are the nearest of them.
    pool
        The people that she is ranked among; ``People`` save reading them again.
    needs
        Needs that she declares.
    catalogue
        The services of the territory, None where it has no catalogue.
    space, ranker, wording
        What scores and words the shortlists.
    as_of
        The day on which one would ask.
    budget_eur
        What the fund may pay for this path, None without a limit.
    in_view
        How many vacancies are in view at most: those where she scores best.
    near_only
        Whether only vacancies within reach are in view: from somebody of whom nothing is known
        she is at least a twentieth of the way to the best there is. False for vacancies that she
        has chosen herself.
    told
        Needs as her answers told them, with what is hard in them.
    asked
        The vacancies as they were read in ``space``; without it they are read here.
    """
    base = ranker.no_information()
    least = base + _NEAR * (1.0 - base) if near_only else 0.0
    read = asked_of(vacancies, space) if asked is None else asked
    seen = vacancies_in_view(profile, vacancies, read, space, ranker, most=in_view, least=least)
    missing = missing_skills(profile, seen, space, wording)
    services = [] if catalogue is None else list(catalogue.open_on(as_of))
    services = [s for s in services if _measurable(taught(s, missing.keys()), space)]
    people = pool if isinstance(pool, People) else people_of(pool, space)
    effects = what_ifs(profile, seen, people, [s.teaches for s in services], space, ranker)
    plan = propose(
        profile,
        missing=missing,
        needs=needs,
        catalogue=catalogue,
        territory=space.territory,
        taxonomy=space.taxonomy,
        as_of=as_of,
        opens={s.slug: opened for s, opened in zip(services, effects, strict=True)},
        budget_eur=budget_eur,
        least_gain=_LEAST_GAIN,
        told=told,
        language=wording.language,
    )
    steps = {step.service for step in plan.steps}
    learnt = {uri for s in services if s.slug in steps for uri in s.teaches}
    return replace(
        plan,
        in_view=tuple(vacancy.title or vacancy.id for vacancy in seen),
        opens=what_if(profile, seen, people, learnt, space, ranker),
    )


def vacancies_in_view(
    profile: Profile,
    vacancies: Sequence[Vacancy],
    asked: Asked,
    space: FeatureSpace,
    ranker: Ranker,
    *,
    most: int,
    least: float,
) -> tuple[Vacancy, ...]:
    """The vacancies where a person scores best, and at least so much.

    ``asked`` are the vacancies as they were read. None where her CV gives nothing to go by.
    """
    if not asked.judged.any() or not judged(profile, space):
        return ()
    frame = unnamed_frame(asked, people_of([profile], space), space)
    scores = ranker.predict(frame[asked.judged]).round(6)
    those = [vacancies[row] for row in np.flatnonzero(asked.judged).tolist()]
    order = sorted(range(len(those)), key=lambda row: (-scores[row], those[row].id))
    return tuple(those[row] for row in order[:most] if scores[row] >= least)


def missing_skills(
    profile: Profile, vacancies: Sequence[Vacancy], space: FeatureSpace, wording: Wording
) -> dict[str, tuple[str, ...]]:
    """URIs of what vacancies insist on in writing and the CV does not show, with their ids.

    Licences and languages only where the CV answers: of what it is silent about one asks first.
    No soft skills: that a CV does not say *punctual* is no reason for a course.
    """
    concepts = space.taxonomy.concepts
    asking: dict[str, list[str]] = {}
    for vacancy in vacancies:
        pair = Pair(vacancy, profile, space, wording)
        uris = [
            skill.uri
            for skill in not_shown(pair)
            if not skill.implied and concepts[skill.uri].kind is not ConceptKind.TRANSVERSAL
        ]
        for uri in dict.fromkeys([*uris, *_licences(pair), *_languages(pair)]):
            asking.setdefault(uri, []).append(vacancy.id)
    return {uri: tuple(ids) for uri, ids in sorted(asking.items())}


def _measurable(skills: frozenset[str], space: FeatureSpace) -> bool:
    """Whether the score can tell of some: of a language it cannot, the level reached is unknown."""
    return any(space.taxonomy.concepts[uri].kind is not ConceptKind.LANGUAGE for uri in skills)


def _licences(pair: Pair) -> list[str]:
    answers = everyday_answers(pair.profile.facts)
    codes = [
        str(fact.value)
        for fact in pair.vacancy.facts.licences
        if fact.importance is not Importance.OPTIONAL
    ]
    uris = pair.space.taxonomy.by_code
    keys = [(ConceptKind.LICENCE, code) for code in codes if answers.get(code) == 0.0]
    return [uris[key] for key in keys if key in uris]


def _languages(pair: Pair) -> list[str]:
    """Languages that the CV answers for and does not have.

    One that it has, at less than the level asked, is left out: the catalogue does not say from
    which level to which a course leads.
    """
    held = {item.code: item for item in pair.profile.facts.languages}
    keys = [
        (ConceptKind.LANGUAGE, asked.code)
        for asked in pair.vacancy.facts.languages
        if asked.importance is not Importance.OPTIONAL and language_share(asked, held) == 0.0
    ]
    uris = pair.space.taxonomy.by_code
    return [uris[key] for key in keys if key in uris]
