"""Who needs attention now: the rules that say so, in an order that the managers can carry.

A worklist adds help and takes none away: everybody in charge is on it, and nothing else in the
product reads it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from matching.domain import (
    Assessed,
    Attention,
    Happened,
    InCharge,
    PriorityBand,
    Thresholds,
    Worklist,
    WorklistEntry,
)
from matching.errors import InputError
from matching.priority.bands import priority, thresholds
from matching.priority.reassessment import due, latest
from matching.territory import PriorityPolicy

_ROUNDING = 1e-9  # a rise of exactly the points of the policy is one


def worklist(
    people: Sequence[InCharge],
    history: Sequence[Assessed],
    happened: Sequence[Happened] = (),
    *,
    policy: PriorityPolicy,
    managers: int,
    as_of: date,
) -> Worklist:
    """Everybody in charge on a day, those who need attention now first.

    First comes for whom more rules speak, then for whom nobody was in touch for longer, then whose
    risk is higher; whose risk is not known counts as the highest. Places in the caseload go to
    those for whom a rule speaks, in that order.

    Parameters
    ----------
    people
        Everybody in charge of one hub. Who comes after the day is not there yet.
    history
        Assessments on record, in any order.
    happened
        What happened to people, in any order.
    policy
        What the territory decided.
    managers
        How many managers the hub has.
    as_of
        The day.

    Raises
    ------
    InputError
        For a person who is there twice, or a contact dated after the day.
    """
    present = [one for one in people if one.since <= as_of]
    _check(present, as_of)
    known = latest(history, as_of=as_of)
    now = {one.person_id: known.get(one.person_id, ()) for one in present}
    limits = thresholds(
        [rows[0].no_work.value for rows in now.values() if rows],
        closely=managers * policy.closely,
        lightly=managers * policy.lightly,
    )
    events: dict[str, list[Happened]] = {}
    for one in happened:
        events.setdefault(one.person_id, []).append(one)
    entries = [
        _entry(
            one,
            now[one.person_id],
            events.get(one.person_id, []),
            limits=limits,
            policy=policy,
            as_of=as_of,
        )
        for one in present
    ]
    entries.sort(key=_order)
    caseload = managers * policy.worklist
    attention = sum(bool(entry.rules) for entry in entries)
    return Worklist(
        as_of=as_of,
        thresholds=limits,
        caseload=caseload,
        waiting=max(0, attention - caseload),
        entries=tuple(
            replace(entry, within_caseload=bool(entry.rules) and place < caseload)
            for place, entry in enumerate(entries)
        ),
    )


def _entry(
    person: InCharge,
    rows: Sequence[Assessed],
    happened: Sequence[Happened],
    *,
    limits: Thresholds | None,
    policy: PriorityPolicy,
    as_of: date,
) -> WorklistEntry:
    last = rows[0] if rows else None
    found = None if last is None or limits is None else priority(last.no_work, limits)
    rose = _rose(rows)
    silent = (as_of - (person.last_contact or person.since)).days
    rules = []
    if found is not None and found.band is PriorityBand.HIGH:
        rules.append(Attention.HIGH)
    if rose is not None and rose >= policy.rising - _ROUNDING:
        rules.append(Attention.RISING)
    if silent >= policy.no_contact_days:
        rules.append(Attention.NO_CONTACT)
    rules.extend(due(last, happened, as_of=as_of, months=policy.assessment_months))
    return WorklistEntry(
        person_id=person.person_id,
        rules=tuple(rules),
        priority=found,
        no_work=None if last is None else last.no_work,
        days_without_contact=silent,
        rose=rose,
        within_caseload=False,
    )


def _rose(rows: Sequence[Assessed]) -> float | None:
    """By how much the chance rose since the assessment before; two models cannot be compared."""
    if len(rows) < 2 or rows[0].model != rows[1].model:
        return None
    return rows[0].no_work.value - rows[1].no_work.value


def _order(entry: WorklistEntry) -> tuple[int, int, float, str]:
    risk = 1.0 if entry.no_work is None else entry.no_work.value
    return (-len(entry.rules), -entry.days_without_contact, -risk, entry.person_id)


def _check(people: Sequence[InCharge], as_of: date) -> None:
    seen: set[str] = set()
    for one in people:
        if one.person_id in seen:
            raise InputError(f"Person {one.person_id!r} is in charge twice; keep one.")
        seen.add(one.person_id)
        if one.last_contact is not None and one.last_contact > as_of:
            raise InputError(
                f"Person {one.person_id!r}: the last contact, {one.last_contact}, is after the "
                f"day of the list, {as_of}; give the last one until then."
            )
