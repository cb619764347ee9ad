"""Splits by time: what is learnt from lies before the test, and shares no person with it."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from matching.domain.days import MONTH_DAYS
from matching.errors import DataError
from training.dataset import Pairs, SpellSet

Flags = npt.NDArray[np.bool_]

_FEWEST_PEOPLE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Rows to learn from as known on ``cut``, and rows to test on as known on ``as_of``.

    ``left_out`` counts rows in neither, by reason: not decided in time, or of somebody who is
    tested on.
    """

    cut: date
    as_of: date
    train: Flags
    test: Flags
    left_out: dict[str, int]


def split_pairs(pairs: Pairs, *, as_of: date, test_months: int, decided_after_days: int) -> Split:
    """Vacancies that opened in the last months are the test; earlier ones train.

    A vacancy counts only where its decisions were final on the day: in training on the cut, in
    the test on ``as_of``. Whoever is considered in the test is in no pair of training, so test
    pools stay whole and training pools get smaller.

    Raises
    ------
    DataError
        When fewer than two vacancies are left on a side.
    """
    delay = timedelta(days=decided_after_days)
    cut = as_of - delay - timedelta(days=round(test_months * MONTH_DAYS))
    opened = pairs.decisions["opened_on"]
    person = pairs.decisions["person_id"]
    test = np.array([cut < day <= as_of - delay for day in opened], dtype=bool)
    decided = np.array([day <= cut - delay for day in opened], dtype=bool)
    tested = person.isin(set(person[test])).to_numpy()
    train = decided & ~tested
    for side, rows in (("train", train), ("test", test)):
        vacancies = len(set(pairs.vacancies[rows]))
        if vacancies < 2:
            raise DataError(
                f"As of {as_of}, with {test_months} months to test on, {vacancies} decided "
                f"vacancies are left to {side}; give a longer history or fewer test months."
            )
    return Split(
        cut=cut,
        as_of=as_of,
        train=train,
        test=test,
        left_out={
            "tested_person": int((decided & tested).sum()),
            "undecided": int((~decided & ~test).sum()),
        },
    )


def split_spells(spells: SpellSet, *, as_of: date, test_months: int) -> Split:
    """People who came in the last months are the test, as known on ``as_of``; earlier ones train.

    In training a spell that was open on the cut is open, whatever came of it later.

    Raises
    ------
    DataError
        When a side has fewer than 20 people.
    """
    cut = as_of - timedelta(days=round(test_months * MONTH_DAYS))
    intake = spells.spells["intake"]
    train = np.array([day <= cut for day in intake], dtype=bool)
    test = np.array([cut < day <= as_of for day in intake], dtype=bool)
    for side, rows in (("train", train), ("test", test)):
        if rows.sum() < _FEWEST_PEOPLE:
            raise DataError(
                f"As of {as_of}, with {test_months} months to test on, {int(rows.sum())} people "
                f"are left to {side}, and {_FEWEST_PEOPLE} are needed; give a longer history or "
                "fewer test months."
            )
    return Split(
        cut=cut,
        as_of=as_of,
        train=train,
        test=test,
        left_out={"later": int((~train & ~test).sum())},
    )
