"""The small jobs that come back: reminders and expiries of a hub, the file of heads kept small."""

from matching.accompaniment.agreement.policy import AgreementPolicy
from matching.domain.access import EVERYWHERE, Act
from matching.hub.reminders import remind
from matching.jobs.queue import Job, Progress
from matching.jobs.worker import Begin, Step, Write
from matching.store import Work
from matching.store.anchor import Anchor
from matching.territory import ProposalPolicy


def reminders_handler(proposing: ProposalPolicy, agreeing: AgreementPolicy | None) -> Begin:
    """The handler of jobs of kind ``reminders``, over the hub that the job is of, in one step.

    Parameters
    ----------
    proposing, agreeing
        What the territory decides; without the second nothing is due in agreed paths.
    """

    def write(work: Work, job: Job) -> Progress:
        due = remind(work, work.today, proposing=proposing, agreeing=agreeing)
        report = {
            "reminded": len(due.reminded), "expired": len(due.expired),
            "contests": len(due.contests), "paths": len(due.paths),
        }  # fmt: skip
        return _in_one_step(report)

    return _of(write)


def anchor_handler(anchor: Anchor) -> Begin:
    """The handler of jobs of kind ``anchor_upkeep``: most of the older heads are left out."""

    def write(work: Work, job: Job) -> Progress:
        # Whoever enters something into the journal is alone with it until the end: nobody notes a
        # head meanwhile, but for one whose commit was a moment ago, which a later one covers.
        work.tell(Act.READ_JOURNAL, "journal", None, hub=EVERYWHERE)
        return _in_one_step({"compacted": int(anchor.compacted())})

    return _of(write)


def _of(write: Write) -> Begin:
    def begin(work: Work, job: Job) -> Step:
        return lambda job: write

    return begin


def _in_one_step(report: dict[str, int]) -> Progress:
    return Progress(done=1, total=1, is_finished=True, report=report)
