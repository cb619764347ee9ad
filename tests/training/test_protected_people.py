from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matching.errors import InputError
from matching.service import Service
from training.protected_people import (
    FILE,
    ProtectedPeople,
    protected_of,
    read_protected,
    write_protected,
)
from training.synthetic import Size, generate

SPELLS = pd.DataFrame(
    {
        "person_id": ["p1", "p2", "p3", "p4"],
        "intake": [date(2024, 3, 1), date(2024, 3, 1), date(2025, 1, 31), date(2025, 6, 1)],
    },
    dtype=object,
)
ROWS = [
    {"person_id": "p2", "sex": "male", "birth_year": 1974, "citizenship_group": None},
    {"person_id": "p1", "sex": "female", "birth_year": 1995, "citizenship_group": "italian"},
    {"person_id": "p3", "sex": None, "birth_year": None, "citizenship_group": "eu"},
]


def known() -> ProtectedPeople:
    return ProtectedPeople(pd.DataFrame(ROWS, dtype=object))


def test_ages_are_those_at_the_start_of_each_spell_in_its_order() -> None:
    np.testing.assert_array_equal(known().ages(SPELLS), [29.0, 50.0, np.nan, np.nan])


def test_groups_are_bands_of_age_and_what_is_not_known_stays_unknown() -> None:
    found = known().groups(SPELLS)
    assert found["sex"].tolist() == ["female", "male", None, None]
    assert found["age"].tolist() == ["under 30", "50 and over", None, None]
    assert found["citizenship_group"].tolist() == ["italian", None, "eu", None]


@pytest.mark.parametrize("year", [2025, 1900])
def test_a_year_of_birth_that_cannot_be_is_refused_and_no_age_is_repeated(year: int) -> None:
    wrong = ProtectedPeople(pd.DataFrame([{**ROWS[1], "birth_year": year}], dtype=object))
    with pytest.raises(InputError, match="'p1' .* correct the birth_year") as refusal:
        wrong.ages(SPELLS)
    assert str(year) not in str(refusal.value)


def test_a_file_comes_back_as_it_was_and_none_is_none(tmp_path: Path) -> None:
    assert read_protected(tmp_path) is None
    write_protected(known(), tmp_path)
    back = read_protected(tmp_path)
    assert back is not None
    assert back.table.to_dict("records") == ROWS


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"person_id": "p1"}\n{"person_id": "p1"}', "'p1' is there twice"),
        ('{"person_id": "p1", "birth_year": "1990x"}', "line 1: birth_year"),
        ('{"person_id": "p1", "religion": "x"}', "line 1: religion"),
        ('{"sex": "male"}', "line 1: person_id"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / FILE).write_text(line, "utf-8")
    with pytest.raises(InputError, match=said):
        read_protected(tmp_path)


def test_a_synthetic_district_gives_the_same_file(service: Service, tmp_path: Path) -> None:
    size = Size(people=30, vacancies=1, pool=(1, 1))
    district = generate(service.territory, service.taxonomy, seed=3, size=size)
    people = protected_of(district)
    write_protected(people, tmp_path)
    back = read_protected(tmp_path)
    assert back is not None
    spells = district.spells
    pd.testing.assert_frame_equal(back.groups(spells), people.groups(spells))
    ages = people.ages(spells)
    assert ((ages >= 18) & (ages < 66)).all()
    assert set(people.groups(spells)["sex"]) == {"female", "male"}
