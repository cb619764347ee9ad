from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError, InputError
from matching.features import COLUMNS
from matching.service import Service
from tests.training.conftest import SMALL
from tests.training.histories import decision, history_with, pairs_of, spell, spells_of
from training.dataset import Pairs, considered, digest, read_pairs, spell_set
from training.history import History
from training.synthetic import generate

OPENED = date(2025, 3, 1)
STEPS = {
    "shown_on": date(2025, 3, 5),
    "shortlisted_on": date(2025, 3, 20),
    "hired_on": date(2025, 5, 1),
}


@pytest.mark.parametrize(
    ("known_on", "grade"),
    [
        (date(2025, 3, 4), 0),
        (date(2025, 3, 5), 1),
        (date(2025, 3, 20), 2),
        (date(2025, 4, 30), 2),
        (date(2025, 5, 1), 3),
    ],
)
def test_a_decision_has_not_happened_before_its_day(known_on: date, grade: int) -> None:
    assert pairs_of(decision("v", "p", OPENED, **STEPS)).grades(known_on).tolist() == [grade]


def test_who_was_never_shown_has_grade_0() -> None:
    assert pairs_of(decision("v", "p", OPENED)).grades(date(2030, 1, 1)).tolist() == [0]


@pytest.mark.parametrize(
    ("closed", "event", "known_on", "months", "seen"),
    [
        # Work on the 45th day is in the second month.
        (45, "work", 400, 2, "work"),
        (45, "inactive", 45, 2, "inactive"),
        # Known only on the day before: one whole month of search.
        (45, "work", 44, 1, "censored"),
        (0, "work", 1, 1, "work"),
        (200, "censored", 400, 6, "censored"),
        (200, "work", 10, 0, "censored"),
    ],
)
def test_a_spell_is_as_long_as_it_was_known_to_be(
    closed: int, event: str, known_on: int, months: int, seen: str
) -> None:
    spells = spells_of(spell("p", OPENED, OPENED + timedelta(days=closed), event))
    found = spells.outcomes(OPENED + timedelta(days=known_on)).iloc[0]
    assert (found["months"], found["event"]) == (months, seen)


@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 900))
def test_knowing_more_never_shortens_a_spell_nor_takes_an_exit_back(
    closed: int, first: int, later: int
) -> None:
    spells = spells_of(spell("p", OPENED, OPENED + timedelta(days=closed), "work"))
    early, late = (
        spells.outcomes(OPENED + timedelta(days=days)).iloc[0] for days in sorted((first, later))
    )
    assert early["months"] <= late["months"]
    assert early["event"] == "censored" or late["event"] == "work"


def test_the_months_of_a_district_are_those_that_were_drawn(
    small_history: History, service: Service
) -> None:
    district = generate(service.territory, service.taxonomy, seed=4, size=SMALL)
    found = spell_set(small_history).outcomes(small_history.sheet.last_day)
    # Days are whole: an exit in the first hours of a month may count to the one before.
    apart = found["months"].to_numpy() - district.spells["months"].to_numpy()
    assert set(apart) <= {0, -1}
    assert (apart != 0).mean() < 0.02
    assert found["event"].tolist() == district.spells["event"].tolist()


def test_pairs_have_the_catalog_s_columns_and_their_own_decisions(
    small_pairs: Pairs, small_history: History
) -> None:
    assert tuple(small_pairs.features.columns) == COLUMNS
    assert len(small_pairs) == len(small_history.decisions)
    keys = pd.MultiIndex.from_frame(small_pairs.decisions[["vacancy_id", "person_id"]])
    assert small_pairs.features.index.equals(keys)
    before = small_history.decisions.set_index(["vacancy_id", "person_id"])["shown_on"]
    after = small_pairs.decisions.set_index(["vacancy_id", "person_id"])["shown_on"]
    assert after.dropna().equals(before.loc[after.index].dropna())


def test_only_the_considered_are_read(small_history: History) -> None:
    people, vacancies = considered(small_history)
    assert {row["id"] for row in people} == set(small_history.decisions["person_id"])
    assert {row["id"] for row in vacancies} == set(small_history.decisions["vacancy_id"])


def test_a_history_without_decisions_or_spells_teaches_nothing(service: Service) -> None:
    empty = history_with(spells=[spell("p", OPENED, OPENED, "work")])
    with pytest.raises(DataError, match="no decisions"):
        read_pairs(empty, service, {}, {})
    empty = history_with(decisions=[decision("v", "p", OPENED)])
    with pytest.raises(DataError, match="no spells"):
        spell_set(empty)


def test_a_situation_that_cannot_be_is_refused_by_person() -> None:
    strange = history_with(spells=[spell("p7", OPENED, OPENED, "work", own_rating=9)])
    with pytest.raises(InputError, match="p7"):
        spell_set(strange)


def test_the_digest_is_of_every_row_and_value(small_pairs: Pairs) -> None:
    outcomes = pd.DataFrame({"grade": small_pairs.grades(date(2030, 1, 1))})
    whole = digest(small_pairs.features, outcomes)
    assert whole == digest(small_pairs.features.copy(), outcomes.copy())
    assert whole != digest(small_pairs.features[:-1], outcomes)
    changed = small_pairs.features.copy()
    changed.iloc[-1, 0] = np.float64(0.123)
    assert whole != digest(changed, outcomes)
    outcomes.iloc[-1, 0] += 1
    assert whole != digest(small_pairs.features, outcomes)
