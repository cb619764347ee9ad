"""What a household says of the home and the food that it looks for, and nothing else of it.

Only here do housing and food see a household. How many people live in it, a year's income, the
municipality and the day of an eviction are taken; who they are is not: no age, sex, relation,
citizenship or disability. That a home without steps is needed is asked, and inferred from nothing.
"""

from matching.accompaniment.getting_there import known_place
from matching.domain import Answer
from matching.domain.food import FoodAnswers, FoodSought
from matching.domain.household import Household
from matching.domain.housing import HomeAnswers, HomeSought
from matching.errors import InputError
from matching.territory import Territory


def home_sought(household: Household, answers: HomeAnswers) -> HomeSought:
    """The home that a household looks for.

    Raises
    ------
    InputError
        For an eviction with a day that is answered with no, or numbers that cannot be.
    """
    where = f"household {household.id!r}: home"
    if household.eviction_on is not None and answers.eviction is Answer.NO:
        raise InputError(f"{where}.eviction is 'no' beside an eviction_on; correct one.")
    for name in ("bedrooms", "months"):
        if getattr(answers, name) == 0:
            raise InputError(f"{where}.{name} is 0; write at least 1, or leave it out.")
    return HomeSought(
        household_id=household.id,
        people=len(household.members),
        income_eur=household.income_eur,
        eviction_on=household.eviction_on,
        answers=answers,
    )


def check_home_sought(sought: HomeSought, territory: Territory) -> None:
    """Refuse places to reach or to stay in that the territory does not know.

    Raises
    ------
    InputError
        Naming the household and the field.
    """
    where = f"household {sought.household_id!r}: home"
    for number, place in enumerate(sought.answers.places or ()):
        known_place(place.municipality, territory, f"{where}.places[{number}].municipality")
    for number, istat in enumerate(sorted(sought.answers.wanted or ())):
        known_place(istat, territory, f"{where}.wanted, number {number + 1} in order of code,")


def food_sought(household: Household, answers: FoodAnswers) -> FoodSought:
    """The food that a household looks for.

    Raises
    ------
    InputError
        For hours that end before they begin, or an empty list of means or hours.
    """
    where = f"household {household.id!r}: food"
    for number, slot in enumerate(answers.free or ()):
        if slot.ends <= slot.starts:
            raise InputError(f"{where}.free[{number}].ends is not after starts; correct one.")
    for name in ("means", "free"):
        given = getattr(answers, name)
        if given is not None and not given:
            raise InputError(f"{where}.{name} is empty; write it, or leave it out to ask.")
    return FoodSought(
        household_id=household.id,
        municipality=household.municipality,
        people=len(household.members),
        answers=answers,
    )


def check_food_sought(sought: FoodSought, territory: Territory) -> None:
    """Refuse a home in a municipality that the territory does not know.

    Raises
    ------
    InputError
        Naming the household and the field.
    """
    if sought.municipality is not None:
        known_place(
            sought.municipality,
            territory,
            f"household {sought.household_id!r}: household.municipality",
        )
