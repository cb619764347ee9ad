import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain.access import Act
from matching.errors import ConflictError, DataError, InputError
from matching.hub.answers import Answer, Answered, answer_proposal
from matching.hub.forbidden_matters import Ground
from matching.hub.proposal_rows import ProposalState
from matching.hub.proposal_views import list_proposals, read_proposal
from matching.hub.reasons import DecisionOutcome, load_answer_reasons
from matching.hub.reminders import Due, remind
from matching.hub.vacancies import change_vacancy
from matching.hub.working_days import after_working_hours, easter, is_working_day
from matching.store import Store
from matching.store.tables import journal
from tests.databases import everybody
from tests.hub.deciding import (
    MANAGER,
    POLICY,
    Hub,
    a_hub,
    answer_reasons,
    decision_reasons,
    proposed,
    sent,
)


def run(hub: Hub) -> Due:
    with hub.store.writing(everybody()) as work:
        return remind(work, work.now.date(), proposing=POLICY)


def test_a_company_is_reminded_once_and_then_it_expires(store: Store) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    # Saturday and Sunday do not count.
    hub.clock.goes_on(hours=80)
    assert run(hub).reminded == ()
    hub.clock.goes_on(hours=9)
    assert run(hub).reminded == (proposal,)
    assert run(hub).reminded == ()
    hub.clock.goes_on(hours=8)
    assert run(hub).expired == (proposal,)
    assert run(hub).expired == ()
    with hub.store.writing(hub.agency) as work:
        assert read_proposal(work, proposal).shown is None
    with pytest.raises(ConflictError, match="expired"), hub.store.writing(hub.agency) as work:
        answer_proposal(
            work, proposal, Answered(answer=Answer.INTERVIEW), answer_reasons(), version=5
        )
    with hub.store.reading(everybody()) as work:
        entries = work.rows(journal, journal.c.subject == proposal, journal.c.role == "system")
    assert [row.act for row in entries] == [Act.REMIND, Act.EXPIRE_PROPOSAL]
    said = json.loads(entries[-1].detail)
    assert (said["cause"], said["told"]) == ("no_answer", MANAGER.id)
    assert hub.store.verified().problems == ()


def test_a_question_whose_vacancy_is_gone_waits_for_nobody(store: Store) -> None:
    hub = a_hub(store)
    proposal = proposed(hub)
    with hub.store.writing(hub.agency) as work:
        change_vacancy(work, hub.vacancy, version=1, state="closed")
    assert run(hub).expired == (proposal,)
    with hub.store.writing(MANAGER) as work:
        (row,) = list_proposals(work)
    assert row.state is ProposalState.EXPIRED


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2026, (4, 5)), (2038, (4, 25)), (2285, (3, 22))]
)
def test_easter_falls_where_it_falls(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


def test_offices_are_closed_on_holidays() -> None:
    closed = [date(2026, 4, 6), date(2026, 12, 8), date(2027, 10, 4), date(2026, 11, 28)]
    assert not any(map(is_working_day, closed))
    assert is_working_day(date(2024, 10, 4))


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 200),
    st.integers(1, 200),
)
def test_working_hours_add_up_and_never_end_early(moment: datetime, first: int, more: int) -> None:
    once = after_working_hours(moment, first)
    assert once >= moment + timedelta(hours=first)
    assert after_working_hours(once, more) == after_working_hours(moment, first + more)


def test_the_lists_of_reasons_hold_together() -> None:
    answers, decided = answer_reasons(), decision_reasons()
    assert {one.ground for one in answers.by_code.values()} == {None, *Ground}
    assert all(one.ground is None for one in answers.offered)
    for outcome in DecisionOutcome:
        assert [one for one in decided.by_code.values() if outcome in one.outcomes], outcome
    with pytest.raises(InputError, match="in words"):
        decided.check("other", DecisionOutcome.CHANGED, " ")
    with pytest.raises(InputError, match="at most"):
        decided.check("declined", DecisionOutcome.NOT_PROPOSED, "x" * 2001)


def test_a_list_with_an_unknown_key_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "answer_reasons.toml").write_text(
        '[neutral]\ncode = "n"\nit = "n"\nen = "n"\nwhy = 1\n', "utf-8"
    )
    with pytest.raises(DataError, match="'why'"):
        load_answer_reasons(folder)
