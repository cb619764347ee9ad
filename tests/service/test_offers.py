"""Vacancies read once are met as those that are read for one person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from matching.accompaniment.market import market
from matching.domain import Fact, Need, Profile, Vacancy
from matching.features import asked_of, compare, people_of
from matching.ranking.eligibility import hard_requirements
from matching.ranking.eligibility_pool import not_met, pool_answers
from matching.ranking.reserved import is_reserved
from matching.service import Service
from matching.service.offers import Offers
from tests.models.packages import a_ranker
from training.dataset import read_person, read_vacancy
from training.synthetic import MILD, Size, generate

AS_OF = date(2026, 11, 28)
RESERVED = Fact(value=True, evidence="L. 68/99", start=0, end=8)


@dataclass(frozen=True)
class District:
    """Invented people, the first of whom gives nothing to go by, and vacancies."""

    people: Sequence[Profile]
    vacancies: Sequence[Vacancy]


@pytest.fixture(scope="module")
def district(service: Service) -> District:
    """Every seventh vacancy is reserved, and one asks for nothing at all."""
    made = generate(
        service.territory, service.taxonomy, seed=11, setting=MILD,
        size=Size(people=12, vacancies=60),
    )  # fmt: skip
    read = [read_vacancy(service, row) for row in made.vacancies.to_dict("records")]
    vacancies = [
        one if number % 7 else replace(one, facts=replace(one.facts, reserved=RESERVED))
        for number, one in enumerate(read)
    ]
    people = [read_person(service, row) for row in made.people.to_dict("records")]
    return District([Profile(id="blank"), *people], [*vacancies, Vacancy(id="blank", title="")])


@pytest.fixture(scope="module", params=["baseline", "learned"])
def scoring(request: pytest.FixtureRequest, service: Service) -> Service:
    return service if request.param == "baseline" else replace(service, ranker=a_ranker())


def test_matches_are_those_of_vacancies_that_are_read_for_her(
    scoring: Service, district: District
) -> None:
    offers = scoring.matcher.offers(district.vacancies, as_of=AS_OF)
    for person in district.people:
        found = scoring.matches(person, offers, as_of=AS_OF, explained=3)
        assert found == scoring.matches(person, district.vacancies, as_of=AS_OF, explained=3)
        assert set(found.reserved) == {one.id for one in district.vacancies if is_reserved(one)}
        assert len(found.matches) == len(district.vacancies) - len(found.reserved)


def test_a_plan_is_that_of_vacancies_and_people_that_are_read_for_her(
    scoring: Service, district: District
) -> None:
    offers = scoring.matcher.offers(district.vacancies, as_of=AS_OF)
    people = scoring.matcher.pool(district.people)
    seen = 0
    for person in district.people[:8]:
        found, same = (
            scoring.plan(person, those, pool, needs=[Need.WORK, Need.HOUSING], as_of=AS_OF)
            for those, pool in ((offers, people), (district.vacancies, district.people))
        )
        assert found == same
        seen += len(found.in_view)
    assert seen


def test_whoever_is_ranked_among_nobody_is_the_first(scoring: Service, district: District) -> None:
    person, vacancies = district.people[1], district.vacancies
    alone, herself = (
        scoring.plan(person, vacancies, pool, needs=[], as_of=AS_OF) for pool in ((), (person,))
    )
    assert alone == herself
    assert all(opened.rank_before == opened.rank_after == 1 for opened in alone.opens)


def test_who_stands_apart_does_so_by_the_requirements_of_each_vacancy(
    service: Service, district: District
) -> None:
    rules = service.rules
    by_id = {one.id: one for one in district.vacancies}
    apart = 0
    for person in district.people:
        answers = pool_answers([person], rules)
        for match in service.matches(person, district.vacancies, as_of=AS_OF, explained=0).matches:
            asked = hard_requirements(by_id[match.vacancy_id], rules, as_of=AS_OF)
            assert match.apart == bool(not_met(asked, answers)[0])
            apart += match.apart
    assert apart


def test_no_path_leads_to_a_reserved_vacancy(service: Service, district: District) -> None:
    free = [one for one in district.vacancies if not is_reserved(one)]
    reserved = [one for one in district.vacancies if is_reserved(one)]
    person = district.people[1]

    def plan(those: Offers | Sequence[Vacancy]) -> object:
        return service.plan(person, those, district.people, needs=[Need.WORK], as_of=AS_OF)

    assert plan(district.vacancies) == plan(free)
    assert plan(reserved) == plan([])


def test_a_market_of_what_was_read_is_that_of_the_vacancies(
    service: Service, district: District
) -> None:
    found = service.matcher.offers(district.vacancies, as_of=AS_OF).market
    made = market(district.vacancies, space=service.space, rules=service.rules, as_of=AS_OF)
    assert (found.asked.ids, found.now, found.months) == (made.asked.ids, made.now, made.months)
    assert found.now == sum(not is_reserved(one) for one in district.vacancies)
    assert (found.hard, found.kind.tolist()) == (made.hard, made.kind.tolist())
    people = people_of(district.people, service.space)
    mine, theirs = (compare(one.asked, people, service.space) for one in (found, made))
    assert mine.tobytes() == theirs.tobytes()
    usual = service.market([], past=district.vacancies, past_days=30, as_of=AS_OF)
    assert (usual.now, usual.asked.ids) == (0, made.asked.ids)


def test_offers_of_another_day_are_read_for_the_day_that_is_asked(
    service: Service, district: District
) -> None:
    offers = service.matcher.offers(district.vacancies, as_of=AS_OF)
    assert service.matcher.offers(offers, as_of=AS_OF) is offers
    later = service.matcher.offers(offers, as_of=AS_OF + timedelta(days=1))
    assert later.as_of == AS_OF + timedelta(days=1)
    assert later.vacancies == offers.vacancies
    assert later.asked.ids == asked_of(offers.open_to_all, service.space).ids
