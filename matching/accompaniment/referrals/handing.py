"""Handing a person over to, or from, a public service: planned, handed over, closed."""

from dataclasses import replace
from datetime import date

from matching.accompaniment.referrals.steps import named, not_before
from matching.domain import HandOver, HandOverOutcome, HandOverState, HandOverWay, PartnerService
from matching.errors import InputError


def plan_hand_over(
    *,
    id: str,
    person_id: str,
    partner: PartnerService,
    way: HandOverWay,
    agreed_on: date | None,
    on: date,
    by: str,
) -> HandOver:
    """Plan a hand-over, to which the person agreed on a day.

    Raises
    ------
    InputError
        Without her agreement, with one still to come, or for a blank name.
    """
    if agreed_on is None:
        raise InputError(
            "agreed_on is missing; nobody is handed over without agreeing: ask the person first."
        )
    return HandOver(
        id=named(id, "id"),
        person_id=named(person_id, "person_id"),
        partner=partner,
        way=way,
        agreed_on=agreed_on,
        planned_on=not_before(on, agreed_on, "on"),
        by=named(by, "by"),
    )


def hand_over(step: HandOver, *, contact: str, on: date, by: str) -> HandOver:
    """Record that a named contact at the service has taken note, or has told the hub.

    Raises
    ------
    InputError
        Where it is not planned, for a blank name, or a day before it was planned.
    """
    _must_be(step, HandOverState.PLANNED)
    return replace(
        step,
        state=HandOverState.HANDED_OVER,
        contact=named(contact, "contact"),
        handed_on=not_before(on, step.planned_on, "on"),
        by=named(by, "by"),
    )


def close(step: HandOver, *, outcome: HandOverOutcome, on: date, by: str) -> HandOver:
    """Record how it ended.

    Raises
    ------
    InputError
        Where nobody was handed over, for a blank name, or a day before it was.
    """
    _must_be(step, HandOverState.HANDED_OVER)
    return replace(
        step,
        state=HandOverState.CLOSED,
        outcome=outcome,
        closed_on=not_before(on, step.handed_on or step.planned_on, "on"),
        by=named(by, "by"),
    )


def withdraw_plan(step: HandOver, *, on: date, by: str) -> HandOver:
    """Record that the person no longer wants it, before or after it was done; no reason is asked.

    Raises
    ------
    InputError
        Where it is closed or was withdrawn, for a blank name, or a day before it was planned.
    """
    _must_be(step, HandOverState.PLANNED, HandOverState.HANDED_OVER)
    return replace(
        step,
        state=HandOverState.WITHDRAWN,
        closed_on=not_before(on, step.handed_on or step.planned_on, "on"),
        by=named(by, "by"),
    )


def _must_be(step: HandOver, *states: HandOverState) -> None:
    if step.state not in states:
        raise InputError(
            f"hand-over {step.id!r} is {step.state.value!r}; it must be "
            f"{' or '.join(state.value for state in states)} for this."
        )
