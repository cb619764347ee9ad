from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching.accompaniment.seeking import (
    check_food_sought,
    check_home_sought,
    food_sought,
    home_sought,
)
from matching.domain import Answer
from matching.domain.food import FoodAnswers
from matching.domain.household import Citizenship, Household, Sex
from matching.domain.housing import HomeAnswers, PlaceKind, PlaceToReach
from matching.errors import InputError
from tests.accompaniment.food.meals import a_slot
from tests.accompaniment.households import a_child, a_household, an_applicant
from tests.factories import HILL, a_territory


def plain() -> Household:
    return a_household(an_applicant(), a_child(), municipality=HILL, income_eur=9_000)


def described() -> Household:
    """The same household, with all that is known of who its people are."""
    return replace(
        plain(),
        members=(
            an_applicant(
                birth=date(1948, 1, 1),
                sex=Sex.FEMALE,
                disability=Answer.YES,
                citizenship=Citizenship.OTHER_PERMIT,
            ),
            a_child(birth=date(2020, 1, 1), disability=Answer.YES, dependant=True),
        ),
        receives=frozenset({"adi"}),
        care_programme=Answer.YES,
    )


def test_who_the_people_are_changes_nothing_of_what_is_looked_for() -> None:
    assert home_sought(plain(), HomeAnswers()) == home_sought(described(), HomeAnswers())
    assert food_sought(plain(), FoodAnswers()) == food_sought(described(), FoodAnswers())


def test_a_home_without_steps_is_asked_and_never_inferred() -> None:
    assert home_sought(described(), HomeAnswers()).answers.accessible is None


def test_people_income_and_eviction_are_taken_from_the_household() -> None:
    found = home_sought(replace(plain(), eviction_on=date(2027, 1, 1)), HomeAnswers())
    assert (found.people, found.income_eur, found.eviction_on) == (2, 9_000, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"eviction": Answer.NO}, r"home\.eviction is 'no' beside an eviction_on"),
        ({"bedrooms": 0}, r"home\.bedrooms is 0"),
        ({"months": 0}, r"home\.months is 0"),
    ],
)
def test_answers_that_cannot_be_are_refused(answers: dict[str, Any], said: str) -> None:
    household = replace(plain(), eviction_on=date(2027, 1, 1))
    with pytest.raises(InputError, match=said):
        home_sought(household, HomeAnswers(**answers))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"free": (a_slot("mon", "12:00", "12:00"),)}, r"food\.free\[0\]\.ends is not after"),
        ({"free": ()}, r"food\.free is empty"),
        ({"means": frozenset()}, r"food\.means is empty"),
    ],
)
def test_food_answers_that_cannot_be_are_refused(answers: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        food_sought(plain(), FoodAnswers(**answers))


def test_places_that_the_territory_does_not_know_are_refused_by_their_field() -> None:
    place = PlaceToReach(kind=PlaceKind.SCHOOL, municipality="999999")
    for answers, said in (
        (HomeAnswers(places=(place,)), r"home\.places\[0\]\.municipality is no municipality"),
        (HomeAnswers(wanted=frozenset({HILL, "999999"})), r"home\.wanted, number 2"),
    ):
        with pytest.raises(InputError, match=said):
            check_home_sought(home_sought(plain(), answers), a_territory())
    elsewhere = food_sought(replace(plain(), municipality="999999"), FoodAnswers())
    with pytest.raises(InputError, match=r"household\.municipality is no municipality"):
        check_food_sought(elsewhere, a_territory())
    check_food_sought(food_sought(plain(), FoodAnswers()), a_territory())
    check_food_sought(
        food_sought(replace(plain(), municipality=None), FoodAnswers()), a_territory()
    )
