"""Families and dwellings together: one number whichever way it is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matching.accompaniment.housing.eligibility import checks
from matching.accompaniment.housing.fit import fit_of, parts, rent_help
from matching.accompaniment.housing.law import SizeRule, size_rule
from matching.accompaniment.housing.policy import HousingPolicy
from matching.domain.housing import Dwelling, HomeMatch, HomeSought, PlacedMatch, Standing
from matching.territory import Territory

_SAME = 6  # decimals; fits that differ by less share a rank


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingSetting:
    """What surrounds a match: the size rules, the territory and its decisions."""

    rules: tuple[SizeRule, ...]
    policy: HousingPolicy
    territory: Territory

    def law(self, as_of: date) -> SizeRule | None:
        """The size rule of a day."""
        return size_rule(self.rules, as_of)


def match_home(
    sought: HomeSought, dwelling: Dwelling, setting: HousingSetting, *, as_of: date
) -> HomeMatch:
    """One family and one dwelling.

    Raises
    ------
    TerritoryError
        For a municipality that the territory does not know.
    """
    law = setting.law(as_of)
    found = parts(
        sought,
        dwelling,
        policy=setting.policy,
        law=law,
        territory=setting.territory,
        as_of=as_of,
    )
    fit, lower, upper = fit_of(found)
    return HomeMatch(
        household_id=sought.household_id,
        dwelling_id=dwelling.id,
        checks=checks(sought, dwelling, law=law, covers=setting.policy.covers, as_of=as_of),
        parts=found,
        fit=fit,
        lower=lower,
        upper=upper,
        help=rent_help(sought, dwelling, setting.policy),
    )


def homes_for(
    sought: HomeSought, dwellings: Iterable[Dwelling], setting: HousingSetting, *, as_of: date
) -> tuple[PlacedMatch, ...]:
    """Every dwelling for a family, those with a rule that is known not to be met apart."""
    return _placed([match_home(sought, one, setting, as_of=as_of) for one in dwellings])


def families_for(
    dwelling: Dwelling, seeking: Iterable[HomeSought], setting: HousingSetting, *, as_of: date
) -> tuple[PlacedMatch, ...]:
    """Every family for a dwelling, by the same number.

    The order says who the home suits, not who needs one most: a larger income suits every rent
    better. Whoever chooses looks at the recorded needs beside it.
    """
    return _placed([match_home(one, dwelling, setting, as_of=as_of) for one in seeking])


def _placed(matches: Sequence[HomeMatch]) -> tuple[PlacedMatch, ...]:
    placed: list[PlacedMatch] = []
    for apart in (False, True):
        group = sorted(
            (one for one in matches if (one.standing is Standing.NOT_MET) is apart), key=_order
        )
        rank = 0
        for number, one in enumerate(group, start=1):
            if number == 1 or _rounded(one) != _rounded(group[number - 2]):
                rank = number
            placed.append(PlacedMatch(rank=rank, apart=apart, match=one))
    return tuple(placed)


def _order(match: HomeMatch) -> tuple[float, str, str]:
    return -_rounded(match), match.dwelling_id, match.household_id


def _rounded(match: HomeMatch) -> float:
    return round(match.fit, _SAME)
