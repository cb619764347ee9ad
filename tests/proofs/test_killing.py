"""What the proofs lean on: a process is killed where it was said, and tells what came before."""

import time

import lightgbm as lgb
import numpy as np
import pytest

from matching.errors import StoreError
from matching.operations.places import Places
from matching.store import open_engine
from tests.operations.installations import SYSTEM, added, verdict_of, wait_until_alone
from tests.proofs.killing import KILLED, Point, Process, check_whole, points, run


def test_a_process_that_is_killed_had_acknowledged_what_came_before(places: Places) -> None:
    before, _ = verdict_of(places)

    def act(process: Process) -> None:
        with process.opened(places) as store:
            for number in range(3):
                with store.writing(SYSTEM) as work:
                    added(work, "Carla")
                process.acknowledge(number=number)

    whole = run(act)
    assert (whole.code, [one["number"] for one in whole.acknowledged]) == (0, [0, 1, 2])
    assert verdict_of(places) == (before + 3, ())
    # The last moments are an acknowledgement's, after the commit: before it, and after it.
    for back, acknowledged in ((1, 2), (0, 3)):
        ended = run(act, Point(moment=whole.moments - back))
        assert (ended.code, len(ended.acknowledged)) == (KILLED, acknowledged)
        wait_until_alone(places)
        check_whole(places)
    assert verdict_of(places) == (before + 9, ())


def test_a_process_is_killed_by_the_clock_or_ends_before() -> None:
    def sleeps(process: Process) -> None:
        process.acknowledge(slept=False)
        time.sleep(60)

    ended = run(sleeps, Point(seconds=0.2))
    assert (ended.code, ended.acknowledged) == (KILLED, ({"slept": False},))
    assert run(lambda process: process.moment(), Point(seconds=60)).code == 0


def test_what_goes_wrong_in_a_process_is_no_end_by_a_signal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fails(process: Process) -> None:
        raise ValueError("as it was meant to")

    with pytest.raises(AssertionError, match="went wrong by itself"):
        run(fails)
    assert "as it was meant to" in capfd.readouterr().err


def test_a_process_of_one_that_computed_on_two_cores_computes_as_well() -> None:
    def learns() -> None:
        rows = np.random.default_rng(1).normal(size=(2000, 4))
        data = lgb.Dataset(rows, rows[:, 0])
        lgb.train({"verbosity": -1, "num_threads": 2}, data, num_boost_round=3)

    learns()
    # What it has not done by then it would never do.
    assert run(lambda process: learns(), Point(seconds=60)).code == 0


def test_points_are_within_what_was_done_and_the_same_for_a_seed() -> None:
    whole = run(lambda process: [process.moment() for _ in range(40)] and time.sleep(0.05))
    found = list(points(100, whole, seed=3))
    assert found == list(points(100, whole, seed=3)) != list(points(100, whole, seed=4))
    moments = {point.moment for point in found if point.moment is not None}
    assert (len(moments) > 20, min(moments) >= 1, max(moments) <= 40) == (True, True, True)
    assert all(0 < point.seconds <= whole.seconds for point in found if point.seconds is not None)


def test_a_row_that_refers_to_nothing_is_found(places: Places) -> None:
    engine = open_engine(places.database)
    unchecked = {
        "sqlite": "PRAGMA foreign_keys = OFF",
        "postgresql": "SET session_replication_role = replica",
    }
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(unchecked[engine.dialect.name])
        cursor.execute("DELETE FROM persons")
        raw.commit()
    finally:
        # Closed, and not put back: the next to have it would be as unchecked.
        raw.invalidate()
        engine.dispose()
    with pytest.raises((StoreError, AssertionError), match="identities"):
        check_whole(places)
