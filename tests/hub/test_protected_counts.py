import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.disclosure import LEAST
from matching.domain.access import EVERYWHERE, Act, Actor, Role
from matching.domain.household import Citizenship, Sex
from matching.hub import protected_counts as module
from matching.hub.protected import Protected, keep_protected, remove_protected_of
from matching.hub.protected_counts import EVERYBODY, HUB, Cell, protected_counts
from matching.store import Store
from matching.store.tables import journal
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.lives import a_person

EVALUATOR = Actor(
    id="evaluator", role=Role.EVALUATOR, hubs=frozenset({LECCO, MERATE, EVERYWHERE}),
    confirmed=True,
)  # fmt: skip


def counted(store: Store) -> dict[tuple[str, str | None], int | None]:
    with store.writing(EVALUATOR) as work:
        return {(one.attribute, one.value): one.people for one in protected_counts(work)}


def test_everybody_is_counted_also_whoever_said_nothing(store: Store) -> None:
    with store.writing(everybody()) as work:
        for number in range(20):
            person = a_person(work)
            if number < 10:
                keep_protected(work, person, Protected(sex=Sex.FEMALE, born_from=1980))
    counts = counted(store)
    assert counts[EVERYBODY, None] == counts[HUB, LECCO] == 20
    assert counts["sex", "f"] == counts["sex", None] == 10
    assert counts["sex", "m"] == 0
    assert counts["born_from", "1980"] == counts["born_from", None] == 10
    assert counts["citizenship", None] == 20
    with store.reading(everybody()) as work:
        (told,) = work.rows(journal, journal.c.act == Act.READ_PROTECTED_ATTRIBUTES)
    # How many were shown, and not how many people there are.
    assert set(json.loads(told.detail)) == {"groups"}


def test_who_takes_back_what_she_said_said_nothing(store: Store) -> None:
    with store.writing(a_manager()) as work:
        people = [a_person(work) for _ in range(11)]
        for person in people:
            keep_protected(work, person, Protected(sex=Sex.MALE))
    assert counted(store)["sex", "m"] == 11
    with store.writing(a_manager()) as work:
        assert remove_protected_of(work, people[0])
        assert not remove_protected_of(work, people[0])
    assert counted(store)["sex", "m"] is None


def test_where_nobody_is_there_is_nothing_to_hide(store: Store) -> None:
    assert counted(store)[EVERYBODY, None] == 0


said = st.builds(
    Protected,
    sex=st.sampled_from([Sex.FEMALE, Sex.MALE, None]),
    born_from=st.sampled_from([1960, 1980, None]),
    citizenship=st.sampled_from([Citizenship.ITALIAN, Citizenship.EU, None]),
)


@given(st.lists(st.tuples(st.sampled_from([LECCO, MERATE]), said), max_size=40))
def test_no_group_that_is_shown_is_under_ten_nor_a_rest_of_its_attribute(
    people: list[tuple[str, Protected]],
) -> None:
    cells = module.cells_of([hub for hub, _ in people], [one for _, one in people])
    shown = [one.people for one in cells if one.people]
    assert all(people >= LEAST for people in shown)
    whole = cells[0].people
    if whole is None:
        return
    for attribute in {one.attribute for one in cells[1:]}:
        line = [one for one in cells if one.attribute == attribute]
        rest = whole - sum(one.people or 0 for one in line)
        # What is missing from the whole is hidden among enough people, or there is nothing.
        assert rest == 0 or rest >= LEAST


def test_the_first_group_is_of_everybody() -> None:
    cells = module.cells_of([LECCO] * 12, [Protected()] * 12)
    assert cells[0] == Cell(attribute=EVERYBODY, value=None, people=12)
    assert np.isclose(sum(one.people or 0 for one in cells if one.attribute == HUB), 12)
