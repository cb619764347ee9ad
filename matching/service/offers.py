"""Vacancies read once, for everybody who will be compared with them on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from matching.accompaniment.market import Market, market_of
from matching.domain import Vacancy
from matching.features import Asked, FeatureSpace, asked_of
from matching.ranking.eligibility import HardRequirements, hard_requirements
from matching.ranking.order import by_name
from matching.ranking.reserved import is_reserved, open_to_all
from matching.ranking.rules import Rules
from matching.service.placing import Ranks


@dataclass(frozen=True, eq=False)
class Offers:
    """Vacancies, as all persons meet them on a day.

    Made by :meth:`matching.service.matcher.Matcher.offers`; identifiers differ. ``asked`` and
    ``hard`` are of those ``open_to_all``, in their order: for the others, which L. 68/99 reserves,
    nobody is ranked.
    """

    as_of: date
    vacancies: tuple[Vacancy, ...] = field(repr=False)
    open_to_all: tuple[Vacancy, ...] = field(repr=False)
    asked: Asked = field(repr=False)
    hard: tuple[HardRequirements, ...] = field(repr=False)

    @cached_property
    def reserved(self) -> tuple[str, ...]:
        """Identifiers of those that are reserved."""
        return tuple(vacancy.id for vacancy in self.vacancies if is_reserved(vacancy))

    @cached_property
    def market(self) -> Market:
        """The same vacancies, to count somebody's reach over."""
        return market_of(self.asked, self.hard)

    @cached_property
    def names(self) -> Ranks:
        """The place of each id in their order, which decides between equal scores."""
        return by_name(self.asked.ids)


def offers_of(
    vacancies: Sequence[Vacancy], *, space: FeatureSpace, rules: Rules, as_of: date
) -> Offers:
    """Read vacancies once, with what the law's rules of a day ask for them."""
    those = open_to_all(vacancies)
    return Offers(
        as_of=as_of,
        vacancies=tuple(vacancies),
        open_to_all=those,
        asked=asked_of(those, space),
        hard=tuple(hard_requirements(one, rules, as_of=as_of) for one in those),
    )
