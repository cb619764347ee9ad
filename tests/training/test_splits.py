from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError
from tests.training.histories import decision, pairs_of, spell, spells_of
from training.dataset import Pairs, SpellSet
from training.history import History
from training.splits import split_pairs, split_spells

AS_OF = date(2026, 6, 30)
DELAY = 30


def opened(days_before: int) -> date:
    return AS_OF - timedelta(days=days_before)


def two_sides() -> Pairs:
    """Two vacancies on each side; p9 stands on both, v5 is undecided on the cut, v6 at the end."""
    rows = []
    for vacancy, days in (("v1", 300), ("v2", 250), ("v5", 100), ("v3", 60), ("v4", 45), ("v6", 5)):
        rows += [decision(vacancy, f"{vacancy}-{n}", opened(days)) for n in range(3)]
        if vacancy in ("v1", "v3"):
            rows.append(decision(vacancy, "p9", opened(days)))
    return pairs_of(*rows)


def sides(pairs: Pairs) -> tuple[set[str], set[str]]:
    split = split_pairs(pairs, as_of=AS_OF, test_months=2, decided_after_days=DELAY)
    return set(pairs.vacancies[split.train]), set(pairs.vacancies[split.test])


def test_earlier_vacancies_train_and_later_ones_test() -> None:
    assert sides(two_sides()) == ({"v1", "v2"}, {"v3", "v4"})


def test_what_was_not_decided_in_time_is_on_neither_side_and_counted() -> None:
    pairs = two_sides()
    split = split_pairs(pairs, as_of=AS_OF, test_months=2, decided_after_days=DELAY)
    assert split.cut == AS_OF - timedelta(days=DELAY + 61)
    assert split.left_out == {"tested_person": 1, "undecided": 6}


def test_whoever_is_tested_on_is_in_no_pair_of_training() -> None:
    pairs = two_sides()
    split = split_pairs(pairs, as_of=AS_OF, test_months=2, decided_after_days=DELAY)
    person = pairs.decisions["person_id"]
    assert not set(person[split.train]) & set(person[split.test])
    assert "p9" in set(person[split.test])


@given(
    days=st.lists(st.integers(0, 700), min_size=6, max_size=40),
    people=st.integers(1, 12),
    months=st.integers(1, 12),
)
def test_no_split_shares_a_person_or_looks_ahead(days: list[int], people: int, months: int) -> None:
    pairs = pairs_of(
        *(
            decision(f"v{n}", f"p{(n * 7 + k) % people}", opened(day))
            for n, day in enumerate(days)
            for k in range(2 if people > 1 else 1)
        )
    )
    try:
        split = split_pairs(pairs, as_of=AS_OF, test_months=months, decided_after_days=DELAY)
    except DataError:
        return  # too short a history, as the test below says
    rows = pairs.decisions
    delay = timedelta(days=DELAY)
    assert not set(rows["person_id"][split.train]) & set(rows["person_id"][split.test])
    assert max(rows["opened_on"][split.train]) + delay <= split.cut
    assert min(rows["opened_on"][split.test]) > split.cut
    assert max(rows["opened_on"][split.test]) + delay <= AS_OF
    left = sum(split.left_out.values())
    assert split.train.sum() + split.test.sum() + left == len(pairs)


def test_a_history_that_is_too_short_is_refused_with_what_to_do() -> None:
    with pytest.raises(DataError, match="give a longer history or fewer test months"):
        split_pairs(two_sides(), as_of=AS_OF, test_months=11, decided_after_days=DELAY)


def many_spells() -> SpellSet:
    return spells_of(
        *(spell(f"p{n}", opened(420 - 5 * n), opened(0), "censored") for n in range(90))
    )


def test_who_came_in_the_last_months_is_tested_on() -> None:
    spells = many_spells()
    split = split_spells(spells, as_of=AS_OF, test_months=6)
    intake = np.array(spells.spells["intake"])
    assert split.cut == AS_OF - timedelta(days=183)
    assert max(intake[split.train]) <= split.cut < min(intake[split.test])
    assert max(intake[split.test]) <= AS_OF
    assert split.left_out == {"later": 5}


def test_too_few_people_on_a_side_are_refused() -> None:
    with pytest.raises(DataError, match="people are left to test"):
        split_spells(many_spells(), as_of=AS_OF, test_months=2)


def test_a_synthetic_history_can_be_split(small_pairs: Pairs, small_history: History) -> None:
    split = split_pairs(
        small_pairs,
        as_of=small_history.sheet.last_day,
        test_months=8,
        decided_after_days=small_history.sheet.decided_after_days,
    )
    assert split.train.sum() > 50
    assert split.test.sum() > 50
