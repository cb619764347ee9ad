"""Who of a whole pool surely does not meet a vacancy's hard requirements, as arrays.

The same reading as :mod:`matching.ranking.eligibility`, person by person, made once for a pool; a
vacancy then costs a few operations on arrays. A test holds the two equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.domain import BarrierState, Hours, Profile, Shift
from matching.ranking.eligibility import HardRequirements, Requirement, most_weekly_hours
from matching.ranking.eligibility_licences import LICENCES, Stated, answers_to, stated
from matching.ranking.rules import Rules

Flags = npt.NDArray[np.bool_]

_COLUMN = {code: number for number, code in enumerate(LICENCES)}
_SHIFTS = {str(shift): number for number, shift in enumerate(Shift)}


@dataclass(frozen=True, slots=True, eq=False)
class PoolAnswers:
    """What the profiles of a pool answer, by row.

    ``has`` and ``lacks`` have a column for each licence, both false where not known; ``holds`` one
    for each certificate of the rules. ``weekly`` is NaN where not said.
    """

    ids: tuple[str, ...]
    certificates: dict[str, int]
    has: Flags
    lacks: Flags
    holds: Flags
    full_time: Flags
    part_time: Flags
    weekly: npt.NDArray[np.float64]
    refuses: Flags


def pool_answers(profiles: Sequence[Profile], rules: Rules) -> PoolAnswers:
    """Read a pool once, for any vacancy."""
    columns = {uri: number for number, uri in enumerate(rules.certificates)}
    size = len(profiles)
    has, lacks = (np.zeros((size, len(LICENCES)), dtype=bool) for _ in range(2))
    holds = np.zeros((size, len(columns)), dtype=bool)
    refuses = np.zeros((size, len(_SHIFTS)), dtype=bool)
    full_time, part_time = (np.zeros(size, dtype=bool) for _ in range(2))
    weekly = np.full(size, np.nan)
    codes = rules.codes
    answered: dict[Stated, list[int]] = {}  # few ways of answering, many people
    for row, profile in enumerate(profiles):
        named = []
        for skill in profile.skills:
            if skill.uri in columns:
                holds[row, columns[skill.uri]] = True
            elif skill.uri in codes:
                named.append(codes[skill.uri])
        answered.setdefault(stated(profile.facts, named), []).append(row)
        for item in profile.facts.shifts_refused:
            refuses[row, _SHIFTS[str(item.value)]] = True
        for item in profile.facts.hours:
            (full_time if item.value == Hours.FULL_TIME else part_time)[row] = True
        most = most_weekly_hours(profile.facts)
        weekly[row] = np.nan if most is None else most
    for said, rows in answered.items():
        for code, answer in answers_to(said).items():
            (has if answer else lacks)[rows, _COLUMN[code]] = True
    ids = tuple(profile.id for profile in profiles)
    return PoolAnswers(ids, columns, has, lacks, holds, full_time, part_time, weekly, refuses)


def not_met(asked: HardRequirements, pool: PoolAnswers) -> Flags:
    """Whether each person of a pool surely does not meet a hard requirement.

    Parameters
    ----------
    asked
        What the vacancy insists on.
    pool
        What the profiles answer, in any order.

    Returns
    -------
    numpy.ndarray
        True, in the pool's order, where :func:`matching.ranking.eligibility_sentences.barriers`
        states one that is not met. Nobody leaves the ranking for it.
    """
    found = _hours(asked, pool) | _shifts(asked, pool)
    for requirement in asked.requirements:
        if requirement.state_when_missing is BarrierState.NOT_MET:
            found |= _missing(requirement, pool)
    return found


def _missing(requirement: Requirement, pool: PoolAnswers) -> Flags:
    """Who surely lacks what a requirement asks for."""
    if requirement.licences:
        return _every(pool.lacks, [_COLUMN[code] for code in requirement.licences])
    if not requirement.rule.presupposes:
        return np.zeros(len(pool.ids), dtype=bool)
    held = pool.holds[:, [pool.certificates[uri] for uri in requirement.certificates]].any(axis=1)
    without = _every(pool.lacks, [_COLUMN[code] for code in requirement.rule.presupposes])
    return np.asarray(without & ~held, dtype=bool)


def _hours(asked: HardRequirements, pool: PoolAnswers) -> Flags:
    if asked.offers_both or not (asked.full_time_only or asked.weekly_hours is not None):
        return np.zeros(len(pool.ids), dtype=bool)
    by_words = pool.part_time if asked.full_time_only else np.zeros(len(pool.ids), dtype=bool)
    if asked.weekly_hours is None:
        return by_words & ~pool.full_time
    by_number = asked.weekly_hours > np.nan_to_num(pool.weekly, nan=np.inf)
    return np.where(np.isnan(pool.weekly), by_words, by_number) & ~pool.full_time


def _shifts(asked: HardRequirements, pool: PoolAnswers) -> Flags:
    if not asked.shifts:
        return np.zeros(len(pool.ids), dtype=bool)
    return _every(pool.refuses, [_SHIFTS[shift] for shift in asked.shifts])


def _every(flags: Flags, columns: Sequence[int]) -> Flags:
    return np.asarray(flags[:, columns].all(axis=1), dtype=bool)
