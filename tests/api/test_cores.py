"""The threads of a service work on one processor, and whoever computes on any."""

import os
import threading
from collections.abc import Callable

import pytest

from matching.api.cores import Turns, on_one_core
from matching.documents.worker import work_anywhere

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity"), reason="the system does not tell processors apart"
)


def in_a_thread(do: Callable[[], None]) -> None:
    """Do something in a thread of its own, whose processors are nobody else's."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            do()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def test_a_service_and_the_threads_that_it_begins_keep_to_one_processor() -> None:
    def serves() -> None:
        every = os.sched_getaffinity(0)
        with on_one_core():
            assert len(os.sched_getaffinity(0)) == 1
            assert os.sched_getaffinity(0) <= every
            in_a_thread(lambda: check(1))
        assert os.sched_getaffinity(0) == every

    def check(count: int) -> None:
        assert len(os.sched_getaffinity(0)) == count

    in_a_thread(serves)


def test_whoever_computes_has_every_processor_and_one_does_at_a_time() -> None:
    turns = Turns()

    def computes() -> None:
        with on_one_core():
            one = os.sched_getaffinity(0)
            with turns.taken():
                assert os.sched_getaffinity(0) == turns.cores
                other = threading.Thread(target=takes)
                other.start()
                assert not taken.wait(0.05)
            other.join(10)
            assert taken.is_set()
            with pytest.raises(RuntimeError), turns.taken():
                raise RuntimeError
            assert os.sched_getaffinity(0) == one

    def takes() -> None:
        with turns.taken():
            taken.set()

    taken = threading.Event()
    in_a_thread(computes)


def test_where_the_system_tells_no_processors_apart_all_works_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    with on_one_core(), Turns().taken():
        assert Turns().cores == frozenset()


def test_where_processors_may_not_be_chosen_all_works_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "sched_setaffinity", refused)
    with on_one_core(), Turns().taken():
        work_anywhere()


def test_a_child_that_reads_documents_works_on_any_processor() -> None:
    def begins() -> None:
        every = os.sched_getaffinity(0)
        with on_one_core():
            work_anywhere()
            assert os.sched_getaffinity(0) >= every

    in_a_thread(begins)
