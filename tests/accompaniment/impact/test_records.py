import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.accompaniment.impact import Records, check, read_lines, write_lines
from matching.accompaniment.impact.records import known_on
from matching.domain import Level, Measure, Need
from matching.domain.outcomes import (
    AccountRecord,
    Before,
    OutcomeKind,
    OwnAccount,
    RecordedNeed,
    UnfilledVacancy,
    UnmetNeed,
)
from matching.errors import InputError
from tests.accompaniment.impact.paths import (
    AGREED,
    AS_OF,
    a_home,
    a_job,
    a_path,
    an_outcome,
    records,
)


def everything() -> Records:
    return records(
        a_path(
            "p1",
            Measure.COURSE,
            needs=(RecordedNeed(need=Need.CARE, level=Level.SERIOUS),),
            before=(Before(kind=OutcomeKind.WORK, was=False),),
            interrupted_on=date(2025, 6, 1),
        ),
        a_job(),
        a_home(),
        an_outcome(came=None, seen_on=AGREED),
        AccountRecord(path_id="p1", month=6, told_on=date(2025, 8, 1), answer=OwnAccount.BETTER),
        UnmetNeed(person_id="p1", on=AGREED, need=Need.MOBILITY),
        UnfilledVacancy(vacancy_id="v1", on=AGREED, occupation="7223", considered=40),
    )


def test_records_come_back_from_their_lines_as_they_were() -> None:
    assert read_lines(write_lines(everything()), name="esiti") == everything()


@settings(max_examples=40, deadline=None)
@given(months=st.none() | st.integers(0, 400), hours=st.none() | st.integers(0, 40))
def test_what_is_not_known_stays_not_known_on_the_way(
    months: int | None, hours: int | None
) -> None:
    given_records = records(a_path(months_without_work=months, weekly_hours=hours))
    back = read_lines(write_lines(given_records), name="esiti")
    assert back.paths[0].months_without_work == months
    assert back.paths[0].weekly_hours == hours


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "esiti, line 1: not JSON"),
        ("[]", "a JSON object is needed"),
        ('{"record": "story"}', "'story' is not known; write one of path"),
        ('{"record": "path", "id": "p"}', "person_id is missing"),
        (
            '{"record": "path", "id": "p", "person_id": "p", "agreed_on": "2026-01-01", "sex": 1}',
            "'sex' is no field",
        ),
    ],
)
def test_a_line_that_is_no_record_is_refused_by_its_number(line: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_lines([line], name="esiti")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (a_path("p1"), "path 'p1' is given twice"),
        (a_job(path="zz"), "there is no path 'zz'"),
        (a_path("p2", interrupted_on=date(2024, 1, 1)), "interrupted_on is before"),
        (a_job(starts_on=date(2024, 1, 1)), "is a baseline"),
        (a_job(ended_on=date(2025, 1, 11)), "ended_on is before starts_on"),
        (a_home(planned_days=3), "a home has no contract"),
        (an_outcome(month=9), "month = 9 is no horizon"),
        (an_outcome(seen_on=date(2024, 1, 1)), "before the path was agreed"),
        (an_outcome(seen_on=date(2025, 6, 1)), "it is 12 months only on 2026-01-10"),
        (an_outcome(came=True), "no job is on record"),
        (an_outcome(kind=OutcomeKind.RETAINED), "found from its opportunity"),
        (an_outcome(kind=OutcomeKind.HOME_KEPT, came=True, seen_on=date(2025, 6, 1)), "only on"),
        (
            AccountRecord(path_id="p1", month=6, told_on=date(2024, 1, 1)),
            "told_on is before the path",
        ),
    ],
)
def test_what_cannot_be_true_is_refused_with_what_to_do(row: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check(records(a_path("p1"), row))


def test_two_answers_of_one_day_are_refused_and_a_later_one_is_not() -> None:
    with pytest.raises(InputError, match="two answers"):
        check(
            records(
                a_path(),
                an_outcome(kind=OutcomeKind.HOME_KEPT, came=True),
                an_outcome(kind=OutcomeKind.HOME_KEPT, came=False),
            )
        )
    later = an_outcome(kind=OutcomeKind.HOME_KEPT, came=False, seen_on=date(2026, 3, 1))
    check(records(a_path(), an_outcome(kind=OutcomeKind.HOME_KEPT, came=True), later))


def test_a_course_may_be_known_to_be_completed_before_its_horizon() -> None:
    soon = an_outcome(kind=OutcomeKind.COURSE_COMPLETED, came=True, seen_on=date(2025, 3, 1))
    check(records(a_path("p1", Measure.COURSE), soon))


def test_an_error_says_nothing_that_somebody_told() -> None:
    row = {
        "record": "account",
        "path_id": "p1",
        "month": 6,
        "told_on": "2025-08-01",
        "answer": "segreto",
        "text": "parole sue",
    }
    with pytest.raises(InputError) as refused:
        read_lines([json.dumps(row)], name="esiti")
    assert "segreto" not in str(refused.value)
    assert "parole" not in str(refused.value)


def test_nothing_later_than_the_day_is_read() -> None:
    held = everything()
    before = AGREED - timedelta(days=1)
    assert known_on(held, before) == Records()
    early = known_on(held, AGREED + timedelta(days=1))
    assert early.paths[0].interrupted_on is None
    assert early.opportunities == ()
    assert known_on(held, AS_OF) == held
