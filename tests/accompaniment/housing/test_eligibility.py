from datetime import date
from typing import Any

import pytest

from matching.accompaniment.housing.eligibility import checks
from matching.accompaniment.housing.law import SizeRule
from matching.accompaniment.housing.policy import Covers
from matching.domain import Answer
from matching.domain.housing import AskedOf, HousingCheck, HousingRule, Standing
from tests.accompaniment.housing.homes import AS_OF, a_dwelling, a_family, a_law

MET, NOT_MET, TO_CHECK = Standing.MET, Standing.NOT_MET, Standing.TO_CHECK
YES, NO, OPEN = Answer.YES, Answer.NO, Answer.TO_CHECK


def the_check(
    rule: HousingRule,
    family: dict[str, Any],
    dwelling: dict[str, Any],
    law: SizeRule | None = None,
    covers: tuple[Covers, ...] = tuple(Covers),
) -> HousingCheck | None:
    found = checks(
        a_family(**family), a_dwelling(**dwelling), law=law or a_law(), covers=covers, as_of=AS_OF
    )
    return next((one for one in found if one.rule is rule), None)


def standing(*arguments: Any, **more: Any) -> tuple[Standing, AskedOf | None]:
    found = the_check(*arguments, **more)
    assert found is not None
    return found.standing, found.ask


def test_only_the_rules_that_are_called_up_are_listed() -> None:
    found = checks(a_family(), a_dwelling(), law=a_law(), covers=(), as_of=AS_OF)
    assert [one.rule for one in found] == [HousingRule.SIZE, HousingRule.AVAILABLE]
    assert {one.standing for one in found} == {MET}


@pytest.mark.parametrize(
    ("floor", "verified", "said"),
    [
        (56, True, (MET, None)),
        (55, True, (NOT_MET, None)),
        (55, False, (TO_CHECK, AskedOf.DESK)),
        (None, True, (TO_CHECK, AskedOf.OWNER)),
    ],
)
def test_a_law_that_was_not_read_makes_no_home_too_small(
    floor: int | None, verified: bool, said: tuple[Standing, AskedOf | None]
) -> None:
    law = a_law(verified=verified)
    assert standing(HousingRule.SIZE, {}, {"floor_m2": floor}, law) == said


def test_without_a_law_of_the_day_the_size_is_to_check() -> None:
    found = checks(a_family(), a_dwelling(), law=None, covers=(), as_of=AS_OF)
    assert (found[0].standing, found[0].needed) == (TO_CHECK, None)


def test_a_single_room_shows_what_a_single_room_needs() -> None:
    found = the_check(HousingRule.SIZE, {"people": 2}, {"bedrooms": 0, "floor_m2": 30})
    assert found is not None
    assert (found.standing, found.needed) == (TO_CHECK, 38)


@pytest.mark.parametrize(
    ("needed", "step_free", "said"),
    [
        (YES, YES, (MET, None)),
        (YES, NO, (NOT_MET, None)),
        (YES, None, (TO_CHECK, AskedOf.OWNER)),
        (YES, OPEN, (TO_CHECK, AskedOf.OWNER)),
        (OPEN, NO, (TO_CHECK, AskedOf.FAMILY)),
        (None, NO, (TO_CHECK, AskedOf.FAMILY)),
        (None, YES, (MET, None)),
    ],
)
def test_steps_matter_only_as_far_as_the_family_said(
    needed: Answer | None, step_free: Answer | None, said: tuple[Standing, AskedOf | None]
) -> None:
    family, dwelling = {"accessible": needed}, {"step_free": step_free}
    assert standing(HousingRule.ACCESSIBLE, family, dwelling) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 12, 1), None, (MET, None)),
        (date(2026, 1, 1), AS_OF, (MET, None)),
        (date(2026, 1, 1), date(2026, 11, 27), (NOT_MET, None)),
        (None, None, (TO_CHECK, AskedOf.OWNER)),
    ],
)
def test_a_home_is_available_until_its_last_day(
    first: date | None, last: date | None, said: tuple[Standing, AskedOf | None]
) -> None:
    dwelling = {"available_from": first, "available_to": last}
    assert standing(HousingRule.AVAILABLE, {}, dwelling) == said


@pytest.mark.parametrize(
    ("months", "longest", "last", "said", "offered"),
    [
        (24, 24, None, MET, 24),
        (25, 24, None, NOT_MET, 24),
        (None, 24, None, TO_CHECK, 24),
        # From 1 December 2026 to 30 November 2028 is one day short of 24 months.
        (24, 36, date(2028, 12, 1), MET, 24),
        (24, 36, date(2028, 11, 30), NOT_MET, 23),
        (1, None, date(2026, 12, 5), NOT_MET, 0),
    ],
)
def test_the_length_is_the_shorter_of_contract_and_availability(
    months: int | None, longest: int | None, last: date | None, said: Standing, offered: int
) -> None:
    dwelling = {"longest_months": longest, "available_to": last}
    found = the_check(HousingRule.LENGTH, {"months": months}, dwelling)
    assert found is not None
    assert (found.standing, found.found) == (said, offered)


@pytest.mark.parametrize(
    ("floor", "most", "said"),
    [
        (70, 4, (MET, None)),
        # The home has room for four: a limit of three is to talk over, and shuts nobody out.
        (70, 3, (TO_CHECK, AskedOf.OWNER)),
        (None, 3, (TO_CHECK, AskedOf.OWNER)),
        (50, 3, (NOT_MET, None)),
    ],
)
def test_an_owners_limit_on_people_counts_only_where_the_home_is_too_small(
    floor: int | None, most: int, said: tuple[Standing, AskedOf | None]
) -> None:
    dwelling = {"floor_m2": floor, "most_people": most}
    assert standing(HousingRule.MOST_PEOPLE, {}, dwelling) == said


@pytest.mark.parametrize(
    ("income", "rent", "fund", "said"),
    [
        (14_400, 400, NO, (MET, None)),
        (14_399, 400, NO, (NOT_MET, None)),
        (14_399, 400, YES, (MET, None)),
        (14_399, 400, None, (TO_CHECK, AskedOf.FUND)),
        (14_399, 400, OPEN, (TO_CHECK, AskedOf.FUND)),
        (None, 400, NO, (TO_CHECK, AskedOf.FAMILY)),
        (None, 400, YES, (MET, None)),
        (14_400, None, NO, (TO_CHECK, AskedOf.OWNER)),
    ],
)
def test_an_income_asked_for_is_met_by_the_family_or_by_the_fund(
    income: int | None,
    rent: int | None,
    fund: Answer | None,
    said: tuple[Standing, AskedOf | None],
) -> None:
    dwelling = {"rent_eur": rent, "guarantee_fund": fund, "least_income_to_rent": 3.0}
    assert standing(HousingRule.INCOME_TO_RENT, {"income_eur": income}, dwelling) == said


def test_a_fund_answers_only_for_what_the_territory_says() -> None:
    dwelling = {"guarantee_fund": YES, "least_income_to_rent": 9.0, "guarantee_wanted": True}
    covers = (Covers.GUARANTEE,)
    income = the_check(HousingRule.INCOME_TO_RENT, {}, dwelling, covers=covers)
    guarantee = the_check(HousingRule.GUARANTEE, {}, dwelling, covers=covers)
    assert income is not None
    assert guarantee is not None
    assert (income.standing, income.by_fund) == (NOT_MET, False)
    assert (guarantee.standing, guarantee.by_fund) == (MET, True)


@pytest.mark.parametrize(
    ("given", "fund", "said"),
    [
        (YES, NO, (MET, None)),
        (NO, YES, (MET, None)),
        (NO, NO, (NOT_MET, None)),
        (NO, None, (TO_CHECK, AskedOf.FUND)),
        (None, NO, (TO_CHECK, AskedOf.FAMILY)),
        (OPEN, NO, (TO_CHECK, AskedOf.FAMILY)),
    ],
)
def test_a_guarantee_is_given_by_the_family_or_by_the_fund(
    given: Answer | None, fund: Answer | None, said: tuple[Standing, AskedOf | None]
) -> None:
    dwelling = {"guarantee_fund": fund, "guarantee_wanted": True}
    assert standing(HousingRule.GUARANTEE, {"guarantee": given}, dwelling) == said
