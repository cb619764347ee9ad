"""The vacancies of a hub are read once, and what changes counts at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from matching.domain.access import Actor
from matching.errors import UnknownError
from matching.hub.openings import Openings, as_they_were
from matching.hub.pools import Pools
from matching.hub.retention import sweep
from matching.hub.retention_policy import load_retention
from matching.hub.vacancies import NewVacancy, add_vacancy, change_vacancy
from matching.service import Service
from matching.settings import shipped_data
from matching.store import Store, Work
from matching.territory import territory_folders
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.factories import a_vacancy
from tests.hub.lives import Clock, timed

AS_OF = date(2026, 11, 27)


class Board:
    """A hub with two open vacancies, and who reads them."""

    def __init__(self, store: Store, service: Service) -> None:
        self.store, self.pools = store, Pools(service)
        self.first, self.second = self.posts(), self.posts()

    def posts(self, *, hub: str = LECCO, **more: date) -> str:
        new = NewVacancy(
            hub=hub, text="Cerchiamo.", vacancy=a_vacancy("v"), lexicon=None,
            answer_hours=48, **{"opened_on": AS_OF, **more},
        )  # fmt: skip
        with self.store.writing(everybody()) as work:
            return add_vacancy(work, new)

    def changes(self, vacancy: str, version: int = 1, **values: str) -> None:
        with self.store.writing(everybody()) as work:
            change_vacancy(work, vacancy, version=version, **values)

    def says(self, vacancy: str, text: str, title: str) -> None:
        other = a_vacancy("v", title=title)
        with self.store.writing(everybody()) as work:
            change_vacancy(work, vacancy, version=1, text=text, vacancy=other, lexicon=None)

    def now(self, as_of: date = AS_OF, actor: Actor | None = None, hub: str = LECCO) -> Openings:
        with self.store.reading(actor or a_manager(hub)) as work:
            return self.pools.openings.of(work, hub, as_of)


@pytest.fixture
def board(store: Store, service: Service) -> Board:
    return Board(store, service)


def ids(found: Openings) -> set[str]:
    assert found.offers.asked.ids == tuple(one.id for one in found.offers.open_to_all)
    assert [one.id for one in found.offers.vacancies] == [noted[0] for noted in found.inputs]
    return {one.id for one in found.offers.vacancies}


def by_id(found: Openings) -> dict[str, object]:
    return {one.id: one for one in found.offers.vacancies}


def test_what_did_not_change_is_not_read_again(board: Board) -> None:
    first = board.now()
    assert ids(first) == {board.first, board.second}
    assert board.now() is first
    with board.store.reading(a_manager()) as work:
        assert as_they_were(work, LECCO, first)


def test_a_vacancy_that_is_added_closed_or_opened_again_counts_at_once(board: Board) -> None:
    board.now()
    third = board.posts()
    assert ids(board.now()) == {board.first, board.second, third}
    board.changes(third, state="closed")
    assert ids(board.now()) == {board.first, board.second}
    board.changes(third, 2, state="open")
    assert ids(board.now()) == {board.first, board.second, third}


def test_of_what_is_read_again_only_what_changed_is_parsed(board: Board) -> None:
    before = board.now()
    board.says(board.first, "Cerchiamo altro.", "Altro")
    after = board.now()
    assert by_id(after)[board.second] is by_id(before)[board.second]
    titles = {one.id: one.title for one in after.offers.vacancies}
    assert titles == {board.first: "Altro", board.second: "Offerta di prova"}
    assert after.inputs != before.inputs
    with board.store.reading(a_manager()) as work:
        assert not as_they_were(work, LECCO, before)


def test_what_is_compared_stays_where_no_open_vacancy_changed(board: Board) -> None:
    before = board.now()
    coming = board.posts(opened_on=AS_OF + timedelta(days=1))
    gone = board.posts(opened_on=AS_OF, expires_on=AS_OF - timedelta(days=1))
    after = board.now()
    assert after.offers is before.offers
    assert (after.number, [one.id for one in after.left_out]) == (before.number + 2, [gone])
    assert coming not in ids(after)


def test_another_day_is_read_as_it_is_then(board: Board) -> None:
    coming = board.posts(opened_on=AS_OF + timedelta(days=1))
    last = board.posts(expires_on=AS_OF)
    today, tomorrow = board.now(), board.now(AS_OF + timedelta(days=1))
    assert ids(today) == {board.first, board.second, last}
    assert ids(tomorrow) == {board.first, board.second, coming}
    assert tomorrow.offers.as_of == tomorrow.as_of == AS_OF + timedelta(days=1)
    assert [one.id for one in tomorrow.left_out] == [last]
    assert by_id(tomorrow)[board.first] is by_id(today)[board.first]
    assert ids(board.now()) == ids(today)


def test_what_is_undone_was_given_to_nobody_else(board: Board) -> None:
    before = board.now()

    def does(work: Work) -> None:
        change_vacancy(work, board.first, version=1, state="closed")
        assert ids(board.pools.openings.of(work, LECCO, AS_OF)) == {board.second}
        raise LookupError

    with pytest.raises(LookupError), board.store.writing(everybody()) as work:
        does(work)
    assert board.now() is before
    # Another change has the number that was undone.
    board.says(board.second, "Cerchiamo altro.", "Altro")
    assert ids(board.now()) == {board.first, board.second}


def test_nobody_is_given_what_was_read_of_another_hub(board: Board) -> None:
    other = board.posts(hub=MERATE)
    assert other not in ids(board.now())
    assert ids(board.now(hub=MERATE)) == {other}
    with pytest.raises(UnknownError, match="no such hub"):
        board.now(actor=a_manager(MERATE))
    with board.store.reading(a_manager()) as work:
        board.pools.of(work, LECCO, AS_OF)
    with pytest.raises(UnknownError), board.store.reading(a_manager(MERATE)) as work:
        board.pools.of(work, LECCO, AS_OF)


def test_those_who_ask_at_once_are_given_what_was_read_once(board: Board) -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: board.now(), range(8)))
    assert all(one is found[0] for one in found)


def test_what_is_kept_no_longer_is_not_said_to_have_left(board: Board) -> None:
    clock = Clock()
    board.store = timed(board.store, clock)
    old = board.posts(expires_on=AS_OF)
    later = AS_OF + timedelta(days=1)
    assert [one.id for one in board.now(later).left_out] == [old]
    clock.goes_on(days=3660)
    policy = load_retention(territory_folders(shipped_data() / "territories")[0])
    removed = 0
    for _ in range(20):
        with board.store.writing(everybody()) as work:
            done = sweep(work, policy, work.now.date())
        if done is None:
            break
        removed += done.removed if done.table == "vacancies" else 0
    assert removed == 1
    assert board.now(later).left_out == ()
