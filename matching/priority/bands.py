"""Bands of priority: where they begin is what the hub can carry, not a number of ours."""

from collections.abc import Sequence

from matching.domain import Chance, Priority, PriorityBand, Thresholds
from matching.errors import DataError


def thresholds(
    chances: Sequence[float], *, closely: int, lightly: int, people: int | None = None
) -> Thresholds | None:
    """Where the bands begin among the people in charge.

    High are as many of the highest chances as the hub can follow closely, medium as many more as
    it can follow at a lighter pace. Whoever has just the chance at which a band begins is in it:
    a tie never leaves anybody out, even where one person more is in the band than was planned.

    Parameters
    ----------
    chances
        Chance of no work by 12 months of everybody in charge whose risk is known, 0 to 1.
    closely, lightly
        How many people all the managers together can follow.
    people
        Of how many those whose chances are given are a sample; without it, they are all.

    Returns
    -------
    Thresholds or None
        None where nobody's risk is known: there is nothing to compare.

    Examples
    --------
    >>> found = thresholds([0.2, 0.9, 0.5, 0.7], closely=1, lightly=2)
    >>> found.high, found.medium
    (0.9, 0.5)
    """
    among = len(chances) if people is None else people
    if min(closely, lightly) < 0 or (chances and among < 1):
        raise DataError(
            f"closely={closely}, lightly={lightly}, people={people}: give counts of people."
        )
    if not chances:
        return None
    ordered = sorted(chances, reverse=True)
    return Thresholds(
        medium=_begins(ordered, closely + lightly, among),
        high=_begins(ordered, closely, among),
        people=among,
        closely=closely,
        lightly=lightly,
    )


def priority(no_work: Chance, limits: Thresholds) -> Priority:
    """The band of a chance, and those that its interval reaches."""
    return Priority(
        band=band(no_work.value, limits),
        lowest=band(no_work.lower, limits),
        highest=band(no_work.upper, limits),
    )


def band(chance: float, limits: Thresholds) -> PriorityBand:
    """The band in which a chance lies."""
    if limits.high is not None and chance >= limits.high:
        return PriorityBand.HIGH
    within = limits.medium is not None and chance >= limits.medium
    return PriorityBand.MEDIUM if within else PriorityBand.LOW


def _begins(ordered: Sequence[float], count: int, among: int) -> float | None:
    """The chance of the last person who is still among so many; None where there are none."""
    if count == 0:
        return None
    place = max(1, round(count * len(ordered) / among))
    return ordered[min(place, len(ordered)) - 1]
