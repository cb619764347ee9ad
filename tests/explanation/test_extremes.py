from dataclasses import replace

from matching.explanation.extremes import Extremes, extremes
from tests.factories import HILL, VALLEY, a_municipality, a_space, a_vacancy

SPACE = a_space()


def test_the_job_offered_and_one_that_has_least_to_do_with_it_stand_for_all_jobs() -> None:
    found = extremes(a_vacancy(jobs=["driver"]), SPACE)
    assert (found.job, found.other_job) == ("driver", "cook")


def test_without_a_job_that_of_most_of_the_skills_asked_is_taken() -> None:
    found = extremes(a_vacancy(essential=["cooking"]), SPACE)
    assert (found.job, found.other_job) == ("cook", "driver")


def test_homes_are_near_middling_and_far_by_the_journey_to_the_workplace() -> None:
    towns = tuple(a_municipality(f"{n:06}", f"Borgo {n}", 45.0 + n / 100) for n in range(1, 12))
    space = replace(SPACE, territory=replace(SPACE.territory, municipalities=towns))
    found = extremes(a_vacancy(comune="000001"), space)
    assert found.homes == ("000002", "000006", "000010")


def test_no_home_is_told_twice_and_none_without_a_workplace() -> None:
    assert extremes(a_vacancy(comune=HILL), SPACE).homes == (HILL, VALLEY)
    assert extremes(a_vacancy(), SPACE).homes == ()


def test_without_occupations_no_job_is_told() -> None:
    space = replace(SPACE, occupations=replace(SPACE.occupations, numbers={}))
    assert extremes(a_vacancy(jobs=["cook"]), space) == Extremes()
