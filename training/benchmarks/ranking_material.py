"""What the speed of ranking is measured on: a synthetic district, and a pool of many like it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy import sparse

from matching.domain import Profile, Vacancy
from matching.features import FeatureSpace, People
from matching.features.tables import with_kin
from matching.models.ranker import LambdaRanker
from matching.service import Service
from training.dataset import considered, read_pairs, read_person, read_vacancy
from training.history import history_of
from training.synthetic import MILD, Size, generate

_KEPT = 0.85  # of the skills and words of whoever is copied


@dataclass(frozen=True, slots=True)
class Material:
    """People and vacancies of a district as read in their texts, and a ranker of its history."""

    profiles: tuple[Profile, ...]
    vacancies: tuple[Vacancy, ...]
    ranker: LambdaRanker
    as_of: date


def material(service: Service, *, people: int, vacancies: int, seed: int) -> Material:
    """Generate a district, read its texts, and train on all of its decisions."""
    district = generate(
        service.territory,
        service.taxonomy,
        seed=seed,
        setting=MILD,
        size=Size(people=people, vacancies=vacancies),
    )
    history = history_of(district)
    everybody = history.people.to_dict("records")
    read = [read_person(service, {str(k): v for k, v in row.items()}) for row in everybody]
    asked = [read_vacancy(service, row) for row in considered(history)[1]]
    pairs = read_pairs(
        history, service, {one.id: one for one in read}, {one.id: one for one in asked}
    )
    ranker = LambdaRanker().fit(pairs.features, pairs.grades(district.observed_on), pairs.vacancies)
    return Material(tuple(read), tuple(asked), ranker, district.observed_on)


def many_people(people: People, space: FeatureSpace, *, count: int, seed: int) -> People:
    """So many people made of a few.

    Each has the jobs and most of the skills and words of one person drawn at random, the
    studies of a second, the home and licences of a third, the hours and shifts of a fourth.
    """
    chance = np.random.default_rng(seed)
    work, studies, home, hours = chance.integers(len(people), size=(4, count))
    credit = _thinned(people.skills.credit[work], chance)
    return People(
        ids=tuple(f"sintetico-{number}" for number in range(count)),
        judged=people.judged[work],
        skills=replace(
            people.skills,
            credit=credit,
            with_kin=with_kin(credit, space.skills),
            shown=people.skills.shown[work],
        ),
        words=replace(people.words, held=_thinned(people.words.held[work], chance)),
        jobs=people.jobs.take(work),
        studies=people.studies.take(studies),
        reach=people.reach.take(home),
        terms=people.terms.take(hours),
    )


def _thinned(table: sparse.csr_array, chance: np.random.Generator) -> sparse.csr_array:
    kept = table.copy()
    kept.data = np.where(chance.random(len(kept.data)) < _KEPT, kept.data, 0.0)
    kept.eliminate_zeros()
    return kept


def in_turn(vacancies: Sequence[Vacancy], count: int) -> list[Vacancy]:
    """So many vacancies, again from the first where there are fewer."""
    return [vacancies[number % len(vacancies)] for number in range(count)]
