"""A home that a family looks for, dwellings that owners offer, and how they go together.

Nothing here says who the family is: how many people, what they told of their needs, a year's
income. The conditions that an owner may set are a closed list, and none of them speaks of
citizenship, family, origin, health or where an income comes from.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.domain.answer import Answer
from matching.domain.means import Means


class PlaceKind(StrEnum):
    """Why a place has to be reached."""

    SCHOOL = "school"
    WORK = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceToReach:
    """A municipality (ISTAT code) to which somebody goes; by what means, where that was said."""

    kind: PlaceKind
    municipality: str
    means: Means | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeAnswers:
    """What the family was asked about the home that it looks for; None where nobody asked.

    ``accessible`` is whether a home without steps is needed: it is asked, and never inferred from
    anything else. ``bedrooms`` are those that the family would need, ``months`` how long it needs
    the home at least, ``guarantee`` whether it can give a deposit or a guarantor, ``eviction``
    whether it must leave where it lives. ``wanted`` are municipalities in which it wants to stay.
    Empty ``places`` or ``wanted`` mean that there are none, and that these do not count.
    """

    accessible: Answer | None = None
    bedrooms: int | None = None
    months: int | None = None
    guarantee: Answer | None = None
    eviction: Answer | None = None
    places: tuple[PlaceToReach, ...] | None = None
    wanted: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSought:
    """The home that a family looks for: ``income_eur`` is a year's, ``answers`` what it said."""

    household_id: str
    people: int
    income_eur: int | None
    eviction_on: date | None
    answers: HomeAnswers


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerConditions:
    """What an owner may ask, and nothing else; None where it is not asked.

    ``least_income_to_rent`` is a year's income over a year's rent; ``longest_months`` the longest
    contract on offer.
    """

    most_people: int | None = None
    least_income_to_rent: float | None = None
    guarantee_wanted: bool = False
    longest_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dwelling:
    """A dwelling on offer; None where it is not known.

    ``floor_m2`` is the habitable surface, ``bedrooms`` 0 in a single room. ``rent_eur`` and
    ``expenses_eur`` are a month's. ``available_to`` is the last day on which it can be lived in,
    None where no end is set. ``calmed_rent`` says whether the rent is already an agreed, lower one,
    ``guarantee_fund`` whether a fund answers for whoever rents it.
    """

    id: str
    municipality: str
    floor_m2: int | None = None
    bedrooms: int | None = None
    rent_eur: int | None = None
    expenses_eur: int | None = None
    step_free: Answer | None = None
    available_from: date | None = None
    available_to: date | None = None
    calmed_rent: Answer | None = None
    guarantee_fund: Answer | None = None
    owner: OwnerConditions = OwnerConditions()


class HousingRule(StrEnum):
    """What a family and a dwelling must both satisfy, apart from how well they suit."""

    SIZE = "size"
    ACCESSIBLE = "accessible"
    AVAILABLE = "available"
    LENGTH = "length"
    MOST_PEOPLE = "most_people"
    INCOME_TO_RENT = "income_to_rent"
    GUARANTEE = "guarantee"


class Standing(StrEnum):
    """What is known of a rule: what is not known is neither met nor not met."""

    MET = "met"
    NOT_MET = "not_met"
    TO_CHECK = "to_check"


class AskedOf(StrEnum):
    """Who can say what is missing."""

    FAMILY = "family"
    OWNER = "owner"
    FUND = "fund"
    DESK = "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingCheck:
    """One rule for one family and one dwelling.

    ``needed`` and ``found`` are in the unit of the rule: square metres, months, people, or times
    the rent; None where it has no number or it is not known. ``ask`` is who can say more, where
    something is to be checked. ``by_fund`` marks what is met because the guarantee fund answers.
    """

    rule: HousingRule
    standing: Standing
    needed: float | None = None
    found: float | None = None
    ask: AskedOf | None = None
    by_fund: bool = False


class HousingPart(StrEnum):
    """What the fit of a dwelling is made of."""

    RENT = "rent"
    SIZE = "size"
    JOURNEY = "journey"
    TIME = "time"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFit:
    """How well one part suits, from 0 to 1, between ``lower`` and ``upper``.

    ``least`` and ``most`` are what was measured: the share of income, square metres a person,
    minutes of the longest journey, days before the eviction, minutes from where the family wants to
    stay. Both are None where nothing is known, and then anything is possible.
    """

    part: HousingPart
    lower: float
    upper: float
    weight: float
    least: float | None = None
    most: float | None = None

    @property
    def value(self) -> float:
        """The middle of what is possible."""
        return (self.lower + self.upper) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RentHelp:
    """What would bring rent and expenses to the territory's share of the income.

    ``top_up_eur`` is a month's; ``calmed_rent_eur`` the rent at which none would be needed, None
    where it would have to be nothing or the rent is a calmed one already. Where the expenses are
    not known (``exact`` is false) both are for the highest that the territory assumes.
    """

    top_up_eur: int
    calmed_rent_eur: int | None
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeMatch:
    """A family and a dwelling: the rules apart from the fit, which is one number both ways.

    ``parts`` are those that count; without any, ``lower`` is 0 and ``upper`` 1. ``help`` is None
    where the rent is within the share, or not known.
    """

    household_id: str
    dwelling_id: str
    checks: tuple[HousingCheck, ...]
    parts: tuple[PartFit, ...]
    fit: float
    lower: float
    upper: float
    help: RentHelp | None

    @property
    def standing(self) -> Standing:
        """What the rules say together: one that is not met settles it, one to check leaves it."""
        found = {check.standing for check in self.checks}
        if Standing.NOT_MET in found:
            return Standing.NOT_MET
        return Standing.TO_CHECK if Standing.TO_CHECK in found else Standing.MET


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMatch:
    """A match with its rank among those that stand with it; equal fits share a rank.

    Those of which a rule is known not to be met stand ``apart``, and are ranked among themselves.
    """

    rank: int
    apart: bool
    match: HomeMatch
