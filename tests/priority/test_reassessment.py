from datetime import date, timedelta

from matching.domain import Attention, CaseEvent
from matching.domain.days import months_later
from matching.priority import due, expires, latest, since
from tests.priority.people import TODAY, assessed, happened


def test_the_last_assessment_comes_first_and_a_later_one_has_not_happened() -> None:
    rows = [assessed("p", 0.2, ago=90), assessed("p", 0.3, ago=-1), assessed("p", 0.4, ago=5)]
    found = latest(rows, as_of=TODAY)
    assert [row.no_work.value for row in found["p"]] == [0.4, 0.2]


def test_of_two_on_one_day_the_one_given_later_counts() -> None:
    found = latest([assessed("p", 0.2), assessed("p", 0.6)], as_of=TODAY)
    assert [row.no_work.value for row in found["p"]] == [0.6, 0.2]


def test_who_was_never_assessed_is_to_be_assessed_whatever_happened() -> None:
    events = [happened("p", CaseEvent.JOB_LOST, ago=3)]
    assert due(None, events, as_of=TODAY, months=6) == (Attention.TO_ASSESS,)


def test_an_assessment_stands_for_its_whole_validity_when_nothing_happens() -> None:
    made = assessed("p", 0.5, ago=0)
    end = expires(made, months=6)
    assert end == date(2027, 5, 1)
    assert due(made, [], as_of=end - timedelta(days=1), months=6) == ()
    assert due(made, [], as_of=end, months=6) == (Attention.EXPIRED,)


def test_what_happened_since_calls_for_a_new_look_and_what_came_before_does_not() -> None:
    made = assessed("p", 0.5, ago=10)
    before, same, after, tomorrow = (
        happened("p", CaseEvent.NEW_BARRIER, ago=ago) for ago in (11, 10, 9, -1)
    )
    assert due(made, [before, same, tomorrow], as_of=TODAY, months=6) == ()
    assert due(made, [before, after], as_of=TODAY, months=6) == (Attention.EVENT,)


def test_events_are_told_in_order_of_time() -> None:
    made = assessed("p", 0.5, ago=10)
    events = [
        happened("p", CaseEvent.STEP_COMPLETED, ago=2),
        happened("p", CaseEvent.JOB_LOST, ago=7),
    ]
    assert since(made, events, as_of=TODAY) == (CaseEvent.JOB_LOST, CaseEvent.STEP_COMPLETED)


def test_a_month_without_the_day_ends_on_its_last() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)
