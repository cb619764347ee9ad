"""Exposure balancing: among near ties, who was shown less comes first. Off unless decided.

Whoever is at the top of a list is seen, and whoever is seen is called. Where scores are too close
to tell people apart, always putting the same one first gives her all the attention for a
difference that is noise. Here such people take turns: less shown lately, first.

It balances single persons (or single vacancies, in a person's list), never groups: no protected
attribute is read here, nor anything else of a person than where she stood in past lists. How
groups are exposed is for the audit to find, and for people to answer.

The attention that a place gets is ``1 / log2(1 + place)``: 1 for the first, 0.5 for the third
(A. Singh, T. Joachims, "Fairness of Exposure in Rankings", KDD 2018, who take it from DCG).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log2

from matching.domain import Balancing
from matching.errors import DataError
from matching.territory import ExposurePolicy
from matching.wording import Wording

_DECIMALS = 6
_SEED_BYTES = 6  # a seed is exact as a number in JSON, which goes to 2**53


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One person at one place, from 1, of the list of ``of`` (a vacancy) shown on a day.

    In a person's list of vacancies ``id`` is the vacancy and ``of`` the person.
    """

    id: str
    of: str
    on: date
    place: int


def attention(place: int) -> float:
    """Share of the first place's attention that a place gets.

    >>> attention(1), attention(3)
    (1.0, 0.5)
    """
    if place < 1:
        raise DataError(f"The place {place} is in no list; count places from 1.")
    return 1.0 / log2(1 + place)


def exposures(showings: Iterable[Showing], *, as_of: date, window_days: int) -> Mapping[str, float]:
    """Attention that each person had in the days before ``as_of``; who is absent had none.

    That day itself does not count, so that the order stays the same all day; nothing later is
    read. A list looked at again on a day counts once, at the best place.
    """
    since = as_of - timedelta(days=window_days)
    best: dict[tuple[str, str, date], int] = {}
    for showing in showings:
        if since <= showing.on < as_of:
            key = (showing.id, showing.of, showing.on)
            best[key] = min(showing.place, best.get(key, showing.place))
    total: dict[str, float] = {}
    for (identifier, _, _), place in sorted(best.items()):
        total[identifier] = total.get(identifier, 0.0) + attention(place)
    return total


def day_seed(as_of: date, of: str) -> int:
    """Seed of a list for a day, from SHA-256 of the date and of the vacancy's (or person's) id."""
    digest = hashlib.sha256(f"{as_of.isoformat()}\n{of}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:_SEED_BYTES], "big")


def balanced(
    ids: Sequence[str],
    groups: Sequence[range],
    exposure: Mapping[str, float],
    *,
    policy: ExposurePolicy,
    as_of: date,
    of: str,
) -> tuple[tuple[int, ...], Balancing | None]:
    """Order of a list in which near ties take turns.

    Parameters
    ----------
    ids
        The list, the best first: people of one vacancy's list, or vacancies of one person's.
    groups
        Its near ties, positions from 0, apart from one another: ``ties.near_ties``. Nobody moves
        out of one, so that those who were not judged, or stand apart, stay where they are.
    exposure
        What each had: ``exposures``.
    of
        Whose list it is: the vacancy's id, or the person's.

    Returns
    -------
    tuple
        Positions of ``ids`` in the new order, shape (n,), and what was done: None where the
        policy is off. Of those with equal exposure the order is drawn anew each day.

    Raises
    ------
    DataError
        For groups that overlap or leave the list.
    """
    order = list(range(len(ids)))
    if policy is ExposurePolicy.OFF:
        return tuple(order), None
    _check(groups, len(ids))
    seed = day_seed(as_of, of)
    for group in groups:
        order[group.start : group.stop] = sorted(
            group, key=lambda n: (round(exposure.get(ids[n], 0.0), _DECIMALS), _draw(seed, ids[n]))
        )
    moved = tuple(ids[old] for new, old in enumerate(order) if new != old)
    return tuple(order), Balancing(policy=policy.value, seed=seed, moved=moved)


def exposure_sentence(
    balancing: Balancing, wording: Wording, *, window_days: int, vacancies: bool = False
) -> str:
    """What balancing did, in words: to a list of people, or to one of ``vacancies``."""
    key = "exposure.vacancies" if vacancies else "exposure.persons"
    return wording.say(key, days=window_days, count=len(balancing.moved))


def _draw(seed: int, identifier: str) -> bytes:
    # By person, so that who else is in the list changes nothing between two of them.
    return hashlib.sha256(f"{seed}\n{identifier}".encode("utf-8", "surrogatepass")).digest()


def _check(groups: Sequence[range], size: int) -> None:
    end = 0
    for group in groups:
        if group.step != 1 or group.start < end or group.stop > size:
            raise DataError(
                f"The near ties {group} overlap others, or leave the list of {size}; give them "
                "from the top, as ties.near_ties does."
            )
        end = group.stop
