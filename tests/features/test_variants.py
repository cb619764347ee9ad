from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Facts, Profile, Vacancy
from matching.features import COLUMNS, asked_of, compare, people_of
from matching.features.variants import varied
from tests.factories import HILL, a_fact, a_profile, a_space, a_vacancy
from tests.features.strategies import profiles, seldom, vacancies

SPACE = a_space()
_FIELDS = ("skills", "occupations", "aspirations", "words")
_FACTS = tuple(Facts.__dataclass_fields__)


def _features(vacancy: Vacancy, people: list[Profile]) -> np.ndarray:
    return compare(asked_of([vacancy], SPACE), people_of(people, SPACE), SPACE)[0]


def _varied(
    vacancy: Vacancy, people: list[Profile], tried: list[tuple[int, Profile]]
) -> np.ndarray:
    return varied(
        _features(vacancy, people),
        people,
        [row for row, _ in tried],
        [profile for _, profile in tried],
        asked=asked_of([vacancy], SPACE),
        space=SPACE,
    )


@seldom
@given(vacancies(), profiles("p"), profiles("q"), profiles("r"), st.data())
def test_a_variant_has_the_features_that_it_would_have_alone(
    vacancy: Vacancy, first: Profile, second: Profile, other: Profile, data: st.DataObject
) -> None:
    taken = data.draw(st.sets(st.sampled_from(_FIELDS)))
    answered = data.draw(st.sets(st.sampled_from(_FACTS)))
    facts = replace(second.facts, **{name: getattr(other.facts, name) for name in answered})
    changed = replace(second, facts=facts, **{name: getattr(other, name) for name in taken})
    tried = [(1, changed), (0, first), (0, other), (1, second)]
    found = _varied(vacancy, [first, second], tried)
    np.testing.assert_array_equal(found, _features(vacancy, [profile for _, profile in tried]))


def test_every_column_of_a_person_follows_a_change_of_what_it_is_computed_from() -> None:
    vacancy = a_vacancy(
        essential=["forklift", "licence-c"], optional=["cooking"], trade=["pallets"],
        jobs=["storekeeper"],
        comune=HILL, licences=["B"], education_level=4, hours=["full_time"], weekly_hours=40,
        shifts=["night"], contracts=["open_ended"], start="2027-01-01", months_required=12,
        languages=[("de", "B1")], words={"packing": 1},
    )  # fmt: skip
    blank = a_profile("blank")
    full = a_profile(
        "full", skills=["forklift", "licence-c", "cooking", "pallets"], jobs={"storekeeper": 30},
        wanted=["storekeeper"], comune=HILL, licences=["B"], education_level=4,
        hours=["full_time"], weekly_hours=40, shifts=["night"], contracts=["open_ended"],
        start="immediate", languages=[("de", "B1")], words={"packing": 1},
    )  # fmt: skip
    found = _varied(vacancy, [blank], [(0, full)])
    still = (found == _features(vacancy, [blank]))[0]
    # What is asked is of the vacancy, whoever is compared with it.
    assert {name for name, same in zip(COLUMNS, still, strict=True) if same} == {
        name for name in COLUMNS if name.startswith("asked_")
    }


def test_what_is_not_touched_is_not_computed_again() -> None:
    person = a_profile("p", skills=["forklift"], comune=HILL)
    kept = np.full((1, len(COLUMNS)), 7.0)
    vacancy = a_vacancy(essential=["forklift"], hours=["full_time"])
    hours = replace(person, facts=replace(person.facts, hours=(a_fact("full_time"),)))
    found = varied(kept, [person], [0], [hours], asked=asked_of([vacancy], SPACE), space=SPACE)
    (moved,) = np.nonzero(found[0] != 7.0)
    names = {COLUMNS[number] for number in moved}
    assert "availability_hours" in names
    assert all(name.startswith(("availability_", "asked_")) for name in names)
