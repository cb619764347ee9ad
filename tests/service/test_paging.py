"""Pages of the order, to the last person."""

from datetime import date

import pytest

from matching.domain import Profile, State
from matching.errors import InputError
from matching.service import Service
from matching.service.paging import page

AS_OF = date(2026, 11, 28)
WORK = (
    "Magazziniera dal 2019 al 2023: carico e scarico merci, muletto, inventario.",
    "Addetta al picking dal 2020 al 2022, uso del transpallet.",
    "Cuoca dal 2010 al 2024 in mensa: preparazione dei pasti.",
    "Commessa dal 2015 al 2020: cassa, vendita assistita.",
    "Addetta alle pulizie dal 2012 al 2018: pulizia di uffici.",
)


@pytest.fixture(scope="module")
def pool(service: Service):
    people = [
        service.person(f"p{number}", WORK[number % len(WORK)] + f" Anni {number}.", as_of=AS_OF)
        for number in range(11)
    ]
    return service.matcher.pool([*people, Profile(id="nobody")])


@pytest.fixture(scope="module")
def vacancy(service: Service):
    return service.vacancy(
        "v", "Carico e scarico merci, muletto.", title="Magazziniere", as_of=AS_OF
    )


@pytest.mark.parametrize(("whole", "head"), [(100, 5), (5, 4), (5, 50), (0, 1)])
@pytest.mark.parametrize("size", [1, 3, 5, 100])
def test_paging_to_the_last_loses_nobody_and_shows_nobody_twice(
    service, pool, vacancy, whole, head, size
):
    shown = []
    for first in range(0, len(pool.profiles), size):
        found = page(
            service.matcher, vacancy, pool, as_of=AS_OF, first=first, count=size,
            whole=whole, head=head,
        )  # fmt: skip
        assert found.total == len(pool.profiles)
        shown += [match.person_id for match in found.matches]
    assert sorted(shown) == sorted(pool.people.ids)
    assert shown[-1] == "nobody"


def test_a_score_is_the_same_on_every_way_to_a_page(service, pool, vacancy):
    exact = service.shortlist(vacancy, pool, as_of=AS_OF, explained=0)
    by_person = {
        match.person_id: (match.score, match.lower, match.upper) for match in exact.matches
    }
    found = page(service.matcher, vacancy, pool, as_of=AS_OF, first=0, count=100, whole=0, head=3)
    for match in found.matches:
        assert (match.score, match.lower, match.upper) == by_person[match.person_id]
    assert found.matches[-1].state is State.NOT_ENOUGH_DATA


def test_behind_the_last_there_is_nothing_and_below_the_first_no_page(service, pool, vacancy):
    assert page(service.matcher, vacancy, pool, as_of=AS_OF, first=99, count=5).matches == ()
    with pytest.raises(InputError, match="from -1"):
        page(service.matcher, vacancy, pool, as_of=AS_OF, first=-1, count=5)
    with pytest.raises(InputError, match="with 0 places"):
        page(service.matcher, vacancy, pool, as_of=AS_OF, first=0, count=0)
