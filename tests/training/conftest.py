"""A small synthetic history, and what is read in it, made once."""

import pytest

from matching.service import Service
from training.dataset import Pairs, considered, read_pairs, read_person, read_vacancy
from training.history import History, history_of
from training.synthetic import Size, generate

SMALL = Size(people=150, vacancies=60, pool=(8, 14), months=30)


@pytest.fixture(scope="session")
def small_history(service: Service) -> History:
    return history_of(generate(service.territory, service.taxonomy, seed=4, size=SMALL))


@pytest.fixture(scope="session")
def small_pairs(service: Service, small_history: History) -> Pairs:
    persons, openings = considered(small_history)
    people = {str(row["id"]): read_person(service, row) for row in persons}
    vacancies = {str(row["id"]): read_vacancy(service, row) for row in openings}
    return read_pairs(small_history, service, people, vacancies)
