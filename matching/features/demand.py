"""How much a person's trade is asked for within her reach: from vacancies, and who else searches.

For each person who searches::

    offers = sum over open vacancies within reach of how near their trade is to hers
    rivals = sum over the people who search, herself included, of the same
    local demand = share of the people who search for whom offers / rivals is lower than for her,
                   those for whom it is equal counted half

How near two trades are, 0 to 1, is as for experience (:mod:`matching.features.experience`); less
than ``NEAR`` counts nothing. A person's trades are the jobs that she wants, or, where she names
none, those that she did. It is a rank, because a hub sees some of the vacancies there are: how many
for each person would say how many it sees. So 0 is the least asked for and 1 the most, as a person
at the desk would say it.

Not known, and NaN, is the demand for who names no trade that the taxonomy knows; for everybody if
no vacancy names one, or fewer than ``FEWEST`` people search. A vacancy or a home of which the
place is not known counts as within reach.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.domain import OccupationHeld, Profile, Vacancy
from matching.features.experience import NEAR, OccupationSpace
from matching.features.pairs import FeatureSpace
from matching.features.reach import asked_reach, person_reach, reach_features
from matching.features.tables import Array

Flags = npt.NDArray[np.bool_]

FEWEST = 10
"""People who search at least, for a rank among them to say anything."""

_SAME = 1e-9  # offers per rival that differ by less are equal


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """Who asks for whom, read once: of any day and any part of the people it is arithmetic.

    Attributes
    ----------
    offers
        How near each vacancy within reach is to each person, 0 beyond; (persons, vacancies).
    rivals
        How near the trades of each two persons are; (persons, persons).
    trades, named
        Which persons name a trade, and which vacancies.
    """

    offers: Array
    rivals: Array
    trades: Flags
    named: Flags

    def on(self, searching: Flags, is_open: Flags) -> Array:
        """The local demand of each person of a day, NaN for who does not search or is not known.

        Parameters
        ----------
        searching, is_open
            Which persons search on the day, and which vacancies are open.
        """
        found = np.full(len(self.trades), np.nan)
        who = np.flatnonzero(searching & self.trades)
        what = np.flatnonzero(is_open & self.named)
        if len(who) < FEWEST or not len(what):
            return found
        offers = self.offers[np.ix_(who, what)].sum(axis=1)
        rivals = self.rivals[np.ix_(who, who)].sum(axis=1)
        each = np.sort(offers / rivals)
        asked = offers / rivals
        below = np.searchsorted(each, asked - _SAME)
        level = np.searchsorted(each, asked + _SAME, side="right")
        found[who] = (below + level) / 2.0 / len(who)
        return found


def demand_among(
    persons: Sequence[Profile], vacancies: Sequence[Vacancy], *, space: FeatureSpace, minutes: int
) -> Demand:
    """Read people and vacancies for :class:`Demand`.

    Parameters
    ----------
    persons, vacancies
        All of them, of any day.
    space
        What trades are compared in, and the territory.
    minutes
        The longest journey from door to door that is within reach, in the way in which each
        person travels.
    """
    trades = [_trades(person.aspirations, space.occupations) for person in persons]
    done = [_trades(person.occupations, space.occupations) for person in persons]
    held = [wanted or jobs for wanted, jobs in zip(trades, done, strict=True)]
    asked = [_trades(vacancy.occupations[:1], space.occupations) for vacancy in vacancies]
    reach = reach_features(
        asked_reach([vacancy.facts for vacancy in vacancies], space.territory),
        person_reach([person.facts for person in persons], space.territory),
        space.territory,
    )["reach_minutes"].T
    near = np.where(space.occupations.proximity >= NEAR, space.occupations.proximity, 0.0)
    return Demand(
        offers=np.where(np.isnan(reach) | (reach <= minutes), _near(held, asked, near), 0.0),
        rivals=_near(held, held, near),
        trades=np.array([bool(one) for one in held], dtype=bool),
        named=np.array([bool(one) for one in asked], dtype=bool),
    )


def _trades(jobs: Sequence[OccupationHeld], space: OccupationSpace) -> tuple[int, ...]:
    return tuple(sorted({*space.known(job.uri for job in jobs)}))


def _near(ones: Sequence[tuple[int, ...]], others: Sequence[tuple[int, ...]], near: Array) -> Array:
    """How near the nearest two of each pair of sets of trades are, 0 where a set is empty."""
    kinds, kind = _kinds(ones)
    other_kinds, other_kind = _kinds(others)
    found = np.zeros((len(kinds), len(other_kinds)))
    for row, one in enumerate(kinds):
        if one:
            best = near[list(one)].max(axis=0)
            found[row] = [best[list(other)].max() if other else 0.0 for other in other_kinds]
    return found[np.ix_(kind, other_kind)]


def _kinds(
    sets: Sequence[tuple[int, ...]],
) -> tuple[list[tuple[int, ...]], npt.NDArray[np.int64]]:
    """The different sets, and which of them each is."""
    place = {one: number for number, one in enumerate(dict.fromkeys(sets))}
    return list(place), np.array([place[one] for one in sets], dtype=np.int64)
