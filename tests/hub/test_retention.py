import json
from datetime import timedelta
from pathlib import Path

from matching.domain.access import EVERYWHERE, Act, Role, the_system
from matching.domain.outcomes import OutcomeKind
from matching.hub.accounts import INVITATION_HOURS, disable, invite
from matching.hub.accounts_names import kept_name, names_of
from matching.hub.erasure import Cause, erase
from matching.hub.notes import add_note
from matching.hub.outcomes import NewOutcome, record_outcome
from matching.hub.people import change_person
from matching.hub.retention import Outlook, Swept, erased_so_far, outlook, sweep
from matching.hub.retention_policy import load_retention
from matching.hub.retention_rules import OTHERWISE, RULES, WITH_FILE
from matching.hub.sessions import IDLE_MINUTES
from matching.settings import shipped_data
from matching.store import Store
from matching.store.columns import Lane
from matching.store.tables import (
    accounts,
    journal,
    metadata,
    persons,
    proposals,
    reserved_reports,
    results,
)
from matching.territory import territory_folders
from tests.databases import LECCO, MERATE, a_manager, a_store, everybody, made
from tests.hub.entering import ANNA, an_account, session_token
from tests.hub.lives import Clock, Life, a_life, a_person, dump, timed
from tests.hub.test_sessions import is_in

POLICY = load_retention(territory_folders(shipped_data() / "territories")[0])
MONTH = 31


def swept(store: Store) -> list[Swept]:
    """All batches, as a nightly run does them."""
    found = []
    while True:
        with store.writing(everybody()) as work:
            one = sweep(work, POLICY, work.now.date())
        if one is None:
            return found
        found.append(one)
        assert len(found) < 100


def seen(store: Store) -> Outlook:
    with store.reading(everybody()) as work:
        return outlook(work, POLICY, work.now.date())


def a_hub(store: Store) -> tuple[Store, Clock, Life]:
    clock = Clock()
    there = timed(store, clock)
    with there.writing(everybody()) as work:
        life = a_life(work, "zoe")
        # What is waiting for somebody does not go by itself.
        work.change(proposals, {"state": "answered"}, proposals.c.pseudonym == life.pseudonym)
        work.change(reserved_reports, {"state": "handled"})
    return there, clock, life


def test_what_is_kept_too_long_goes_and_nothing_else(store: Store) -> None:
    there, clock, life = a_hub(store)
    before = dump(there)
    # Sessions end within a day; the uploaded file of a job that is done is gone at once.
    clock.goes_on(days=1)
    assert [one.table for one in swept(there)] == ["sessions"]
    clock.goes_on(days=2)
    assert [one.table for one in swept(there)] == ["kept_requests"]
    clock.goes_on(days=4 * MONTH)
    assert [one.table for one in swept(there)] == ["job_rows", "jobs"]
    clock.goes_on(days=25 * MONTH)
    # The proposal goes once nobody needs it for the report, which is kept as long as results.
    assert swept(there) == []
    clock.goes_on(days=20 * MONTH)
    (first, *rest) = swept(there)
    assert (first.table, first.removed, first.erased) == ("persons", 1, (life.pseudonym,))
    # Her account, emptied, which no act in the journal is of.
    assert [one.table for one in rest] == ["accounts"]
    with there.reading(everybody()) as work:
        assert erased_so_far(work) == {life.pseudonym}
        assert work.count(results) == 1
    clock.goes_on(days=20 * MONTH)
    tables = [one.table for one in swept(there)]
    assert tables == [
        "reserved_reports", "decisions", "contests", "outcomes", "proposals", "results",
    ]  # fmt: skip
    with there.reading(everybody()) as work:
        told = work.rows(journal, journal.c.act == Act.RUN_RETENTION, order=[journal.c.number])
    assert json.loads(told[0].detail)["table"] == "sessions"
    left = {name for name, rows in dump(there).items() if rows}
    assert left == {
        "erased", "journal", "journal_head", "notice_versions", "organisations", "revisions",
        "vacancies",
    }  # fmt: skip
    assert len(before["persons"]) == 1
    assert there.verified().problems == ()


def test_the_dry_run_says_what_would_go_and_changes_nothing(store: Store) -> None:
    there, clock, _ = a_hub(store)
    assert seen(there).due == []
    clock.goes_on(days=49 * MONTH)
    before = dump(there)
    found = seen(there)
    assert dump(there) == before
    first = found.due[0]
    assert (first.lane, first.table, first.count) == (Lane.FILE, "persons", 1)
    assert found.journal == len(before["journal"])
    assert found.unconfirmed == 1
    assert found.expired
    # What was said is then done, and what pointed to it alone.
    done = {one.table for one in swept(there)}
    assert done - {one.table for one in found.due} == {"jobs", "accounts"}
    # An erasure takes the sessions and kept answers of its person along.
    assert {one.table for one in found.due} - done <= {"sessions", "kept_requests"}
    assert seen(there).due == []


def test_a_file_that_somebody_worked_on_stays(store: Store) -> None:
    clock = Clock()
    there = timed(store, clock)
    with there.writing(a_manager()) as work:
        a_person(work)
        talked, at_work = a_person(work), a_person(work)
    clock.goes_on(days=47 * MONTH)
    with there.writing(a_manager()) as work:
        add_note(work, talked, "un colloquio")
        # On record by her pseudonym alone.
        happened = work.now.date()
        record_outcome(
            work, NewOutcome(person_id=at_work, kind=OutcomeKind.WORK, happened_on=happened)
        )
    clock.goes_on(days=4 * MONTH)
    (one,) = swept(there)
    assert one.removed == 1
    with there.reading(a_manager()) as work:
        assert {row.id for row in work.rows(persons)} == {talked, at_work}


def test_a_restricted_file_goes_when_its_time_is_over_and_not_before(store: Store) -> None:
    clock = Clock()
    there = timed(store, clock)
    with there.writing(a_manager()) as work:
        person = a_person(work)
        until = work.now.date() + timedelta(days=3650)
        erase(work, person, cause=Cause.ASKED, restrict_until=until)
    clock.goes_on(days=3650)
    assert swept(there) == []
    clock.goes_on(days=1)
    assert [one.table for one in swept(there)] == ["persons"]


def test_an_account_stays_while_the_journal_names_it(store: Store) -> None:
    clock = Clock()
    there = timed(store, clock)
    with there.writing(everybody()) as work:
        for name in ("account-1", "account-9"):
            work.add(
                accounts,
                {
                    "id": name, **kept_name(work, name, name), "role": "community_manager",
                    "home_hub": "hub-lecco", "state": "disabled", "failures": 0,
                    "created_at": work.now, "version": 1,
                },
            )  # fmt: skip
        work.tell(Act.MANAGE_ACCOUNTS, "account", None)
    with there.writing(a_manager()) as work:
        a_person(work)
    clock.goes_on(days=13 * MONTH)
    assert [one.table for one in swept(there)] == ["accounts"]
    with there.reading(everybody()) as work:
        assert [row.id for row in work.rows(accounts)] == ["account-1"]


def test_a_large_hub_is_swept_in_batches(tmp_path: Path) -> None:
    clock = Clock()
    there = timed(a_store(made("sqlite", tmp_path), tmp_path), clock)
    with there.writing(a_manager()) as work:
        for _ in range(45):
            a_person(work)
    clock.goes_on(days=49 * MONTH)
    assert [one.removed for one in swept(there)] == [20, 20, 5]
    there.engine.dispose()


def test_profiles_that_nobody_confirmed_are_told(store: Store) -> None:
    clock = Clock()
    there = timed(store, clock)
    with there.writing(a_manager()) as work:
        a_person(work)
        fresh = a_person(work)
    clock.goes_on(days=13 * MONTH)
    with there.writing(a_manager()) as work:
        change_person(work, fresh, version=1, confirmed_on=work.now.date())
    assert seen(there).unconfirmed == 1


def test_every_table_has_a_time() -> None:
    timed_tables = [*(rule.table for rule in RULES), *WITH_FILE, *OTHERWISE]
    assert len({*timed_tables}) == len(timed_tables)
    for table in metadata.sorted_tables:
        assert (table in timed_tables) is (table.info["lane"] is not Lane.ALWAYS), table.name


def test_at_night_sessions_that_ended_and_links_too_old_go_and_those_in_use_stay(
    store: Store,
) -> None:
    clock = Clock()
    there = timed(store, clock)
    for name in ("idle@x", ANNA):
        an_account(there, name)
    idle = session_token(there, "idle@x")
    clock.goes_on(minutes=IDLE_MINUTES)
    token = session_token(there)
    with there.writing(everybody()) as work:
        invite(work, "new@x", role=Role.COMMUNITY_MANAGER, hub=LECCO)
    # Anna's link and the other's were followed long ago; both go with the day.
    assert [(one.table, one.removed) for one in swept(there)] == [("sessions", 1)]
    assert (is_in(there, token), is_in(there, idle)) == (True, False)
    clock.goes_on(hours=INVITATION_HOURS)
    assert [(one.table, one.removed) for one in swept(there)] == [
        ("sessions", 1), ("invitations", 3),
    ]  # fmt: skip


def test_a_hubs_own_work_leaves_the_accounts_of_others(store: Store) -> None:
    clock = Clock()
    there = timed(store, clock)
    with there.writing(everybody()) as work:
        for name, role, hub in (
            ("here@x", Role.COMMUNITY_MANAGER, LECCO),
            ("there@x", Role.COMMUNITY_MANAGER, MERATE),
            ("all@x", Role.EVALUATOR, EVERYWHERE),
        ):
            invited = invite(work, name, role=role, hub=hub)
            disable(work, invited.account_id)
    clock.goes_on(days=13 * MONTH)

    def left(hubs: frozenset[str], *, whole: bool) -> set[str]:
        with there.writing(the_system(hubs)) as work:
            sweep(work, POLICY, work.now.date(), whole=whole)
        with there.reading(everybody()) as work:
            return set(names_of(work, work.rows(accounts)).values())

    # Another hub's journal, which this hub's work does not see on PostgreSQL, may name them.
    assert left(frozenset({LECCO}), whole=False) == {"there@x", "all@x"}
    assert left(frozenset({LECCO, MERATE}), whole=False) == {"all@x"}
    assert left(frozenset({LECCO, MERATE}), whole=True) == set()
