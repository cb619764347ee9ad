"""What is due in an agreed path on a day: reminders for whoever follows it, in order of day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from matching.accompaniment.agreement.policy import Reminding
from matching.accompaniment.incentives.internships import can_start
from matching.domain import InternshipRecord, Lacking, Measure
from matching.domain.agreement import AgreedStep, Agreement, StepState


class Due(StrEnum):
    """What is due: an answer, asking for a seat, a beginning, an internship's papers, an end."""

    ANSWER = "answer"
    ASK = "ask"
    START = "start"
    PAPERS = "papers"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Something due on a day, ``lacking`` of an internship what must be on record before."""

    due: Due
    step: str
    on: date
    lacking: tuple[Lacking, ...] = ()


def reminders(
    agreement: Agreement,
    policy: Reminding,
    *,
    as_of: date,
    internships: Sequence[InternshipRecord] = (),
) -> tuple[Reminder, ...]:
    """What is due on a day, what is longest due first.

    What happened after the day is not to be in ``agreement``. ``internships`` are the records of
    this person's that exist so far; one without a match lacks everything.
    """
    found = [
        reminder
        for step in agreement.steps
        for reminder in (
            *_proposed(step, policy, as_of),
            *_agreed(step, policy, as_of),
            *_papers(agreement, step, internships, as_of),
            *_under_way(step, policy, as_of),
        )
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.step, one.due)))


def _proposed(step: AgreedStep, policy: Reminding, as_of: date) -> Iterator[Reminder]:
    due = step.since + timedelta(days=policy.answer_days)
    if step.state is StepState.PROPOSED and due <= as_of:
        yield Reminder(due=Due.ANSWER, step=step.id, on=due)


def _agreed(step: AgreedStep, policy: Reminding, as_of: date) -> Iterator[Reminder]:
    if step.state is not StepState.AGREED:
        return
    for due, day, days in (
        (Due.ASK, step.proposal.ask_by, policy.ask_days),
        (Due.START, step.proposal.starts_on, policy.start_days),
    ):
        if day is not None and day - timedelta(days=days) <= as_of:
            yield Reminder(due=due, step=step.id, on=day)


def _papers(
    agreement: Agreement, step: AgreedStep, internships: Sequence[InternshipRecord], as_of: date
) -> Iterator[Reminder]:
    if step.state is not StepState.AGREED or step.proposal.measure is not Measure.INTERNSHIP:
        return
    known = [
        can_start(one, as_of=as_of) for one in internships if one.person_id == agreement.person_id
    ]
    lacking = min(known, key=len, default=can_start(_nothing(agreement), as_of=as_of))
    if lacking:
        day = step.proposal.starts_on or as_of
        yield Reminder(due=Due.PAPERS, step=step.id, on=day, lacking=lacking)


def _nothing(agreement: Agreement) -> InternshipRecord:
    return InternshipRecord(id="", person_id=agreement.person_id)


def _under_way(step: AgreedStep, policy: Reminding, as_of: date) -> Iterator[Reminder]:
    ends = step.proposal.ends_on
    if step.state not in (StepState.STARTED, StepState.ATTENDED) or ends is None:
        return
    due = ends + timedelta(days=policy.close_days)
    if due <= as_of:
        yield Reminder(due=Due.OUTCOME, step=step.id, on=due)
