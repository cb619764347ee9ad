"""Steps, reminders and proposed calls of an agreed path, in the words of the screens."""

from matching.accompaniment.agreement.calls import CallProposed, Sign
from matching.accompaniment.agreement.internships import InternshipSeen
from matching.accompaniment.agreement.reminders import Due, Reminder
from matching.domain.agreement import AgreedStep, Agreement, Attendance, Proposer
from matching.wording import Wording

_COUNTED = (Attendance.PRESENT, Attendance.ABSENT)


def told_step(step: AgreedStep, wording: Wording) -> str:
    """How a step stands: its state and since when, whose idea it is, sessions attended."""
    how = wording.say(f"follow.state_{step.state}")
    if step.reason is not None:
        reason = wording.say(f"follow.drop_{step.reason}")
        how = wording.say("follow.dropped", how=how, reason=reason)
    said = [
        wording.say("follow.step", title=step.proposal.title, how=how, since=step.since),
    ]
    if step.proposal.proposer is Proposer.PERSON:
        said.append(wording.say("follow.own"))
    counted = [one.attendance for one in step.sessions if one.attendance in _COUNTED]
    if counted:
        came = counted.count(Attendance.PRESENT)
        said.append(wording.say("follow.sessions", came=came, of=len(counted)))
    return "; ".join(said)


def told_reminder(reminder: Reminder, agreement: Agreement, wording: Wording) -> str:
    """What is due."""
    title = _title(reminder.step, agreement)
    if reminder.due is Due.PAPERS:
        lacking = ", ".join(wording.say(f"follow.lacking_{one}") for one in reminder.lacking)
        return wording.say("follow.due_papers", title=title, list=lacking)
    return wording.say(f"follow.due_{reminder.due}", title=title, on=reminder.on)


def told_internship(seen: InternshipSeen, wording: Wording) -> tuple[str, ...]:
    """What an internship lacks, and each limit that it is beyond or that cannot be told."""
    title = seen.record.id
    said = []
    if seen.lacking:
        lacking = ", ".join(wording.say(f"follow.lacking_{one}") for one in seen.lacking)
        said.append(wording.say("follow.due_papers", title=title, list=lacking))
    for one in seen.warnings:
        key = f"follow.beyond_{one.beyond}"
        said.append(f"{title}: {wording.say(key, limit=one.limit)}")
    return tuple(said)


def told_call(call: CallProposed, agreement: Agreement, wording: Wording) -> str:
    """Why a call is proposed: the rule, what it saw, and the territory's limit."""
    limit = round(100 * call.limit) if call.sign is Sign.SHARE else round(call.limit)
    return wording.say(
        f"follow.call_{call.sign}",
        title=_title(call.step, agreement),
        seen=call.seen,
        of=call.of,
        limit=limit,
    )


def _title(step_id: str, agreement: Agreement) -> str:
    step = agreement.step(step_id)
    return step_id if step is None else step.proposal.title
