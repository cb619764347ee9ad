import pytest

from matching.domain.access import Act
from matching.errors import ConflictError, UnknownError
from matching.jobs.kinds import ACTS, JobKind
from matching.jobs.queue import JobState, ask, cancel, list_jobs, read_job, retry
from matching.store import Store
from matching.store.tables import jobs, journal
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.lives import Clock
from tests.jobs.working import a_job, a_worker, asked, files_left, job_of, people, stepping, worked


def test_what_is_asked_for_twice_with_one_key_is_there_once(store: Store) -> None:
    first = a_job(store, once_key="oggi")
    assert a_job(store, once_key="oggi") == first
    # Of another hub it is another job.
    assert a_job(store, once_key="oggi", hub=MERATE) != first
    with store.reading(everybody()) as work:
        assert work.count(jobs) == 2


def test_a_job_that_was_undone_with_its_act_was_never_asked_for(store: Store) -> None:
    def asks_twice() -> None:
        with store.writing(a_manager()) as work:
            ask(work, JobKind.REMINDERS, hub=LECCO)
            ask(work, JobKind.REMINDERS, hub=MERATE)

    with pytest.raises(UnknownError):
        asks_twice()
    with store.reading(everybody()) as work:
        assert work.count(jobs) == 0


def test_another_hub_does_not_see_a_job(store: Store) -> None:
    job_id = a_job(store)
    with store.writing(a_manager(MERATE)) as work:
        assert list_jobs(work) == []
        for act in (read_job, cancel, retry):
            with pytest.raises(UnknownError):
                act(work, job_id)


def test_jobs_are_listed_in_pages_the_latest_first(store: Store, clock: Clock) -> None:
    made = []
    for _ in range(5):
        made.append(a_job(store))
        clock.goes_on(minutes=1)
    made += [a_job(store), a_job(store)]
    with store.reading(everybody()) as work:
        seen: list[str] = []
        while page := list_jobs(work, after=seen[-1] if seen else None, limit=2):
            seen += [one.id for one in page]
        assert seen[2:] == list(reversed(made[:5]))
        assert set(seen[:2]) == set(made[5:])
        assert list_jobs(work, states={JobState.DONE}) == []


def test_what_is_cancelled_is_not_done_and_its_file_is_gone(store: Store) -> None:
    job_id, _ = asked(store, people("Ada;Prova;;"))
    assert files_left(store) == 1
    with store.writing(a_manager()) as work:
        cancel(work, job_id)
    assert files_left(store) == 0
    assert worked(store) == {}
    assert job_of(store, job_id).state is JobState.CANCELLED
    with store.writing(a_manager()) as work, pytest.raises(ConflictError, match="has ended"):
        cancel(work, job_id)


def test_a_job_that_failed_is_queued_again_when_told(store: Store) -> None:
    job_id = a_job(store)

    def fails(job: object) -> None:
        raise UnknownError("There is no such thing.")

    failing = a_worker(handlers={JobKind.REMINDERS: stepping(store, 1, fails=fails)})
    worked(store, failing)
    failed = job_of(store, job_id)
    assert (failed.state, failed.report["problem"]) == (JobState.FAILED, "There is no such thing.")
    with store.writing(a_manager()) as work:
        retry(work, job_id)
    worked(store, a_worker(handlers={JobKind.REMINDERS: stepping(store, 1)}))
    done = job_of(store, job_id)
    assert (done.state, "problem" in done.report) == (JobState.DONE, False)
    with store.writing(a_manager()) as work, pytest.raises(ConflictError, match="not failed"):
        retry(work, job_id)


def test_an_import_whose_file_is_gone_is_sent_again_instead(store: Store) -> None:
    job_id, _ = asked(store, people("Ada;Prova;;"))
    with store.writing(a_manager()) as work:
        cancel(work, job_id)
        with pytest.raises(ConflictError, match="Send the file again"):
            retry(work, job_id)


def test_asking_and_ending_are_told_to_the_journal_without_a_name(store: Store) -> None:
    asked(store, people("Zenobia;Prova;;z@posta.example"))
    worked(store)
    with store.reading(everybody()) as work:
        entries = work.rows(journal, order=[journal.c.number])
    assert [one.act for one in entries] == [
        Act.IMPORT, Act.ADD_PERSON, Act.IMPORT, Act.IMPORT
    ]  # fmt: skip
    said = repr([tuple(one) for one in entries])
    assert "Zenobia" not in said
    assert "posta.example" not in said
    assert store.verified().problems == ()


def test_every_kind_of_job_has_its_act() -> None:
    assert set(ACTS) == set(JobKind)
