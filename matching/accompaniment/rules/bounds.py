"""Numbers and days against the bounds of a condition."""

from datetime import date

from matching.accompaniment.rules.condition import Condition
from matching.accompaniment.rules.truth import Truth
from matching.domain.days import months_later


def within(condition: Condition, value: int | None) -> Truth:
    """Whether a number is within the bounds, which belong to it."""
    if value is None:
        return Truth.UNKNOWN
    low, high = condition.at_least, condition.at_most
    if (low is None or value >= low) and (high is None or value <= high):
        return Truth.HOLDS
    return _past(condition, within_wider=_wider(condition, value))


def aged(condition: Condition, birth: date | None, on: date) -> Truth:
    """Whether somebody born on a day is of the age asked for."""
    return within(condition, None if birth is None else age(birth, on))


def age(birth: date, on: date) -> int:
    """Completed years on a day.

    >>> age(date(1976, 11, 23), date(2026, 11, 22)), age(date(1976, 11, 23), date(2026, 11, 23))
    (49, 50)
    """
    years = on.year - birth.year
    return years if months_later(birth, 12 * years) <= on else years - 1


def lasted(condition: Condition, since: date | None, on: date) -> Truth:
    """Whether something has gone on for the months asked for.

    ``at_least`` holds from the very day on which they are completed, ``more_than`` from the day
    after, ``at_most`` until the day on which they are completed.
    """
    if since is None:
        return Truth.UNKNOWN
    least, more, most = condition.at_least, condition.more_than, condition.at_most
    holds = (
        (least is None or months_later(since, least) <= on)
        and (more is None or months_later(since, more) < on)
        and (most is None or on <= months_later(since, most))
    )
    if holds:
        return Truth.HOLDS
    wider = condition.perhaps is not None and (
        on <= months_later(since, condition.perhaps)
        if most is not None
        else months_later(since, condition.perhaps) <= on
    )
    return _past(condition, within_wider=wider)


def _wider(condition: Condition, value: int) -> bool:
    if condition.perhaps is None:
        return False
    if condition.at_least is not None and value < condition.at_least:
        return value >= condition.perhaps
    return value <= condition.perhaps


def _past(condition: Condition, *, within_wider: bool) -> Truth:
    return Truth.UNKNOWN if condition.beyond or within_wider else Truth.FAILS
