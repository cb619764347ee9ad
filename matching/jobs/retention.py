"""The nightly job of retention: one batch a step until nothing more is due."""

from collections.abc import Callable, Sequence

from matching.domain.access import EVERYWHERE
from matching.errors import TerritoryError
from matching.hub.retention import erased_so_far, sweep
from matching.hub.retention_policy import RetentionPolicy
from matching.jobs.kinds import JobKind
from matching.jobs.queue import ENDED, Job, Progress, ask, job_of, read_job
from matching.jobs.worker import Begin, Step, Write
from matching.store import Work
from matching.store.tables import jobs


def retention_handler(policy: RetentionPolicy, note: Callable[[frozenset[str]], None]) -> Begin:
    """The handler of jobs of kind ``retention``, over the hub that the job is of.

    A job fails, and says so, once the territory's months are no longer in force: nothing goes by
    months that nobody decided.

    Parameters
    ----------
    policy
        Of the territory.
    note
        Notes pseudonyms of whoever was erased outside the database, those that are not there yet;
        called outside a transaction, after what it tells of was committed.
    """

    def begin(work: Work, job: Job) -> Step:
        if not policy.valid_on(work.today):
            raise TerritoryError(
                f"The months of retention.toml were in force until {policy.valid_to}, so nothing "
                "was removed. Decide on them anew, with new dates."
            )
        # Also those of a run that was killed before it noted them.
        gone = set(erased_so_far(work))

        def step(job: Job) -> Write:
            if gone:
                note(frozenset(gone))
                gone.clear()

            def write(work: Work, job: Job) -> Progress:
                swept = sweep(work, policy, work.today)
                if swept is None:
                    return Progress(done=job.done, total=job.done, is_finished=True)
                gone.update(swept.erased)
                return Progress(done=job.done + swept.removed)

            return write

        return step

    return begin


def ask_for_retention(work: Work) -> Sequence[Job]:
    """Ask for a run in each hub of whoever acts; where one waits or works, that is the one."""
    found = []
    for hub in sorted(work.actor.hubs - {EVERYWHERE}):
        there = work.first(
            jobs, jobs.c.hub == hub, jobs.c.kind == JobKind.RETENTION, jobs.c.state.not_in(ENDED)
        )
        found.append(
            job_of(there)
            if there is not None
            else read_job(work, ask(work, JobKind.RETENTION, hub=hub)[0])
        )
    return found


def retention_runs(work: Work, *, limit: int = 20) -> Sequence[Job]:
    """The last runs in the hubs of whoever acts, the latest first."""
    order = [jobs.c.made_at.desc(), jobs.c.hub]
    rows = work.rows(jobs, jobs.c.kind == JobKind.RETENTION, order=order, limit=limit)
    return [job_of(row) for row in rows]
