from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from matching.domain.access import Act
from matching.errors import InputError, StoreError
from matching.operations.journal_upkeep import months_before, purge_journal
from matching.operations.places import Places, database_file, opened
from matching.store.tables import journal
from tests.databases import PASSWORD, everybody
from tests.operations.installations import Clock, verdict_of, with_database

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


def act_at(places: Places, *moments: datetime) -> None:
    for moment in moments:
        clock = Clock(moment)
        with opened(places, clock=clock) as store, store.writing(everybody()) as work:
            work.tell(Act.SCORE, "test", None)


def test_entries_of_more_than_some_months_are_deleted_and_an_entry_says_so(
    places: Places,
) -> None:
    # The clock stands at what is said here: the installation's own two entries are of today.
    old = Clock(datetime(2031, 5, 31, tzinfo=UTC))
    with opened(places) as store, store.reading(everybody()) as work:
        first = work.rows(journal, order=[journal.c.number])[0].at
    act_at(places, datetime(2031, 4, 1, tzinfo=UTC))
    before = verdict_of(places)[0]
    assert purge_journal(places, 240, clock=old).entries == 0
    done = purge_journal(places, 24, clock=old)
    assert done.before == datetime(2029, 5, 31, tzinfo=UTC) > first
    # All but the entry of 2031 and the one that the first purge, of nothing, made.
    assert done.entries == before - 1
    assert verdict_of(places) == (3, ())
    with opened(places) as store, store.reading(everybody()) as work:
        last = work.rows(journal, order=[journal.c.number.desc()], limit=1)[0]
    assert last.act == Act.RUN_RETENTION
    assert f'"entries":{done.entries}' in last.detail


@pytest.mark.parametrize("months", [5, 0, -1])
def test_no_entry_is_deleted_before_six_months(places: Places, months: int) -> None:
    with pytest.raises(InputError, match="6 months"):
        purge_journal(places, months)
    assert verdict_of(places)[1] == ()


def test_a_role_that_sees_some_rows_only_purges_nothing(places: Places) -> None:
    if database_file(places.database) is not None:
        pytest.skip("SQLite has no roles.")
    serving = make_url(places.database).set(username="valoriamo_serving", password=PASSWORD)
    other = with_database(places, serving.render_as_string(hide_password=False))
    with pytest.raises(StoreError, match="BYPASSRLS"):
        purge_journal(other, 24, clock=Clock(datetime(2040, 1, 1, tzinfo=UTC)))
    assert verdict_of(places)[0] > 2


@given(MOMENTS, st.integers(0, 240))
def test_months_are_counted_as_on_a_calendar(moment: datetime, months: int) -> None:
    before = months_before(moment, months)
    passed = (moment.year - before.year) * 12 + moment.month - before.month
    assert passed == months
    assert before.day <= moment.day
    assert before.day == moment.day or before.day >= 28
    assert before.timetz() == moment.timetz()
