"""The nightly job of retention: one batch a step until nothing more is due."""

from collections.abc import Callable

from matching.hub.retention import erased_so_far, sweep
from matching.hub.retention_policy import RetentionPolicy
from matching.jobs.queue import Job, Progress
from matching.jobs.worker import Begin, Step, Write
from matching.store import Work


def retention_handler(policy: RetentionPolicy, note: Callable[[frozenset[str]], None]) -> Begin:
    """The handler of jobs of kind ``retention``, over the hub that the job is of.

    Parameters
    ----------
    policy
        Of the territory.
    note
        Notes pseudonyms of whoever was erased outside the database, those that are not there yet;
        called outside a transaction, after what it tells of was committed.
    """

    def begin(work: Work, job: Job) -> Step:
        # Also those of a run that was killed before it noted them.
        gone = set(erased_so_far(work))

        def step(job: Job) -> Write:
            if gone:
                note(frozenset(gone))
                gone.clear()

            def write(work: Work, job: Job) -> Progress:
                swept = sweep(work, policy, work.now.date())
                if swept is None:
                    return Progress(done=job.done, total=job.done, is_finished=True)
                gone.update(swept.erased)
                return Progress(done=job.done + swept.removed)

            return write

        return step

    return begin
