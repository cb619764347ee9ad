"""What a dwelling and its owner ask, and what is known of it for one family.

Eligibility is not fit. What nobody said is to check, with who can say it; only what is known makes
a rule not met. A rule that was not read in its source never does.
"""

from collections.abc import Iterator
from datetime import date

from matching.accompaniment.housing.law import SizeRule
from matching.accompaniment.housing.policy import Covers
from matching.accompaniment.rules import Truth
from matching.domain import Answer
from matching.domain.days import months_later
from matching.domain.housing import (
    AskedOf,
    Dwelling,
    HomeSought,
    HousingCheck,
    HousingRule,
    Standing,
)

_MONTHS = 12
_LONGEST = 1200  # months; no contract is longer


def checks(
    sought: HomeSought,
    dwelling: Dwelling,
    *,
    law: SizeRule | None,
    covers: tuple[Covers, ...],
    as_of: date,
) -> tuple[HousingCheck, ...]:
    """Every rule that the two call up, in the order of :class:`HousingRule`.

    Parameters
    ----------
    sought, dwelling
        What the family looks for, and what is offered.
    law
        The size rule that holds on the day, None where none is known.
    covers
        Conditions that the territory's guarantee fund answers for.
    as_of
        The day.
    """
    found = [
        _size(sought, dwelling, law),
        *_accessible(sought, dwelling),
        _available(dwelling, as_of),
        *_length(sought, dwelling, as_of),
        *_most_people(sought, dwelling, law),
        *_income(sought, dwelling, covers),
        *_guarantee(sought, dwelling, covers),
    ]
    return tuple(found)


def _size(sought: HomeSought, dwelling: Dwelling, law: SizeRule | None) -> HousingCheck:
    rule, floor = HousingRule.SIZE, dwelling.floor_m2
    if law is None:
        return HousingCheck(rule=rule, standing=Standing.TO_CHECK, found=floor, ask=AskedOf.DESK)
    truth = law.large_enough(sought.people, floor, dwelling.bedrooms)
    ask = AskedOf.OWNER if floor is None else AskedOf.DESK
    standing = {
        Truth.HOLDS: Standing.MET,
        Truth.UNKNOWN: Standing.TO_CHECK,
        Truth.FAILS: Standing.NOT_MET if law.verified else Standing.TO_CHECK,
    }[truth]
    single = law.single_room.get(sought.people) if dwelling.bedrooms == 0 else None
    return HousingCheck(
        rule=rule,
        standing=standing,
        needed=law.needed(sought.people) if single is None else single.m2,
        found=floor,
        ask=ask if standing is Standing.TO_CHECK else None,
    )


def _accessible(sought: HomeSought, dwelling: Dwelling) -> Iterator[HousingCheck]:
    needed, step_free = sought.answers.accessible, dwelling.step_free
    if needed is Answer.NO:
        return
    rule = HousingRule.ACCESSIBLE
    if step_free is Answer.YES:
        yield HousingCheck(rule=rule, standing=Standing.MET)
    elif needed is not Answer.YES:
        yield HousingCheck(rule=rule, standing=Standing.TO_CHECK, ask=AskedOf.FAMILY)
    elif step_free is Answer.NO:
        yield HousingCheck(rule=rule, standing=Standing.NOT_MET)
    else:
        yield HousingCheck(rule=rule, standing=Standing.TO_CHECK, ask=AskedOf.OWNER)


def _available(dwelling: Dwelling, as_of: date) -> HousingCheck:
    rule = HousingRule.AVAILABLE
    if dwelling.available_to is not None and dwelling.available_to < as_of:
        return HousingCheck(rule=rule, standing=Standing.NOT_MET)
    if dwelling.available_from is None:
        return HousingCheck(rule=rule, standing=Standing.TO_CHECK, ask=AskedOf.OWNER)
    return HousingCheck(rule=rule, standing=Standing.MET)


def _length(sought: HomeSought, dwelling: Dwelling, as_of: date) -> Iterator[HousingCheck]:
    ends = [] if dwelling.owner.longest_months is None else [dwelling.owner.longest_months]
    if dwelling.available_to is not None:
        starts = max(as_of, dwelling.available_from or as_of)
        ends.append(_whole_months(starts, dwelling.available_to))
    if not ends:
        return
    needed, most = sought.answers.months, min(ends)
    if needed is None:
        standing, ask = Standing.TO_CHECK, AskedOf.FAMILY
    elif needed <= most:
        standing, ask = Standing.MET, None
    else:
        standing, ask = Standing.NOT_MET, None
    yield HousingCheck(
        rule=HousingRule.LENGTH, standing=standing, needed=needed, found=most, ask=ask
    )


def _most_people(
    sought: HomeSought, dwelling: Dwelling, law: SizeRule | None
) -> Iterator[HousingCheck]:
    """An owner's limit below what the home has room for is to talk over, and refuses nobody.

    Otherwise a limit on people would be a way round the ban on choosing by family.
    """
    most = dwelling.owner.most_people
    if most is None:
        return
    if sought.people <= most:
        standing, ask = Standing.MET, None
    elif law is not None and (
        law.large_enough(sought.people, dwelling.floor_m2, dwelling.bedrooms) is Truth.FAILS
    ):
        standing, ask = Standing.NOT_MET, None
    else:
        standing, ask = Standing.TO_CHECK, AskedOf.OWNER
    yield HousingCheck(
        rule=HousingRule.MOST_PEOPLE, standing=standing, needed=sought.people, found=most, ask=ask
    )


def _income(
    sought: HomeSought, dwelling: Dwelling, covers: tuple[Covers, ...]
) -> Iterator[HousingCheck]:
    least = dwelling.owner.least_income_to_rent
    if least is None:
        return
    ratio = None
    if sought.income_eur is not None and dwelling.rent_eur is not None:
        ratio = sought.income_eur / (_MONTHS * dwelling.rent_eur)
    known = None if ratio is None else Answer.YES if ratio >= least else Answer.NO
    yield _or_fund(
        HousingRule.INCOME_TO_RENT,
        known,
        fund=_behind(dwelling, covers, Covers.INCOME_TO_RENT),
        ask=AskedOf.OWNER if dwelling.rent_eur is None else AskedOf.FAMILY,
        needed=least,
        found=ratio,
    )


def _guarantee(
    sought: HomeSought, dwelling: Dwelling, covers: tuple[Covers, ...]
) -> Iterator[HousingCheck]:
    if dwelling.owner.guarantee_wanted:
        yield _or_fund(
            HousingRule.GUARANTEE,
            sought.answers.guarantee,
            fund=_behind(dwelling, covers, Covers.GUARANTEE),
            ask=AskedOf.FAMILY,
        )


def _behind(dwelling: Dwelling, covers: tuple[Covers, ...], condition: Covers) -> Answer | None:
    return dwelling.guarantee_fund if condition in covers else Answer.NO


def _or_fund(
    rule: HousingRule,
    known: Answer | None,
    *,
    fund: Answer | None,
    ask: AskedOf,
    needed: float | None = None,
    found: float | None = None,
) -> HousingCheck:
    """A condition that the family meets, or that a fund meets in its place."""
    by_fund = known is not Answer.YES and fund is Answer.YES
    if known is Answer.YES or by_fund:
        standing, who = Standing.MET, None
    elif known is not Answer.NO:
        standing, who = Standing.TO_CHECK, ask
    elif fund is Answer.NO:
        standing, who = Standing.NOT_MET, None
    else:
        standing, who = Standing.TO_CHECK, AskedOf.FUND
    return HousingCheck(
        rule=rule, standing=standing, needed=needed, found=found, ask=who, by_fund=by_fund
    )


def _whole_months(first: date, last: date) -> int:
    months = (last.year - first.year) * _MONTHS + last.month - first.month
    months = min(_LONGEST, max(0, months))
    return months if months == 0 or months_later(first, months) <= last else months - 1
