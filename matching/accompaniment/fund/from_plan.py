"""The steps of a plan that the fund would pay, as requests to it."""

from collections.abc import Sequence
from datetime import date

from matching.accompaniment.needs import urgency
from matching.accompaniment.order_rules import Kind
from matching.accompaniment.ordering import Placed
from matching.domain import Assessment
from matching.domain.allocation import FundRequest


def requests_of(
    steps: Sequence[Placed],
    *,
    plan_id: str,
    person: str,
    ambito: str,
    assessment: Assessment,
    need_quartile: int,
    asked_on: date,
) -> tuple[FundRequest, ...]:
    """What somebody would ask the fund for: each step of her plan that it pays.

    A step is asked for after another only where that teaches what it requires: other reasons of an
    order are advice. The benefit is left open: it is not measured here, and the territory says what
    counts then.

    Parameters
    ----------
    steps
        The steps of the plan, placed.
    plan_id, person
        Identifiers; ``person`` is a pseudonym.
    ambito
        Code of the ambito where she is followed; empty where it is not known.
    assessment
        Her needs as they were recorded with her, which say how urgent each step is.
    need_quartile
        The quarter of need that she is in, 1 to 4, 4 being the highest.
    asked_on
        The day of the request.
    """
    paid = [one for one in steps if one.step.cost_eur > 0]
    ids = {one.step.service: f"{plan_id}-{one.step.service}" for one in paid}
    return tuple(
        FundRequest(
            id=ids[one.step.service],
            plan_id=plan_id,
            step=one.step.service,
            measure=one.step.measure,
            person=person,
            ambito=ambito,
            cost_cents=100 * one.step.cost_eur,
            benefit=None,
            urgency=urgency(assessment, one.step.needs, as_of=asked_on).value,
            need_quartile=need_quartile,
            asked_on=asked_on,
            seats_key=_edition(one),
            starts_on=one.step.start,
            after=tuple(
                ids[because.after.service]
                for because in one.because
                if because.rule.kind is Kind.TAUGHT
                and because.after is not None
                and because.after.service in ids
            ),
        )
        for one in paid
    )


def _edition(placed: Placed) -> str:
    """The key of an edition: its service, and the day on which it starts where it has one."""
    step = placed.step
    return step.service if step.start is None else f"{step.service}@{step.start.isoformat()}"
