"""A plan with its steps in order, as plain values: what a command prints and a route answers."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from matching.accompaniment.json_values import to_json
from matching.accompaniment.order_telling import order_doubts, order_reasons, told_rule
from matching.accompaniment.ordering import Placed
from matching.domain import Plan
from matching.wording import Wording


def plan_row(plan: Plan, placed: Sequence[Placed], wording: Wording) -> dict[str, Any]:
    """The plan: its steps as :func:`step_row` says them, and what is not among them."""
    return {
        "person_id": plan.person_id,
        "as_of": plan.as_of.isoformat(),
        "state": plan.state.value,
        "proposal": wording.say("plan.proposal"),
        "rights_first": wording.say("plan.rights_first"),
        "in_view": list(plan.in_view),
        "steps": [step_row(one, wording) for one in placed],
        "cost_eur": plan.cost_eur,
        "budget_eur": plan.budget_eur,
        "over_budget": [step.service for step in plan.over_budget],
        "minor": [step.service for step in plan.minor],
        "without_skills": list(plan.without_skills),
        "without_needs": [need.value for need in plan.without_needs],
    }


def step_row(placed: Placed, wording: Wording) -> dict[str, Any]:
    """A step in its place: what the plan says of it, its dates, and why it stands there."""
    step = placed.step
    asked = None if step.start is None else step.start - timedelta(days=step.lead_days)
    row: dict[str, Any] = to_json(step)
    del row["gain"]
    return {
        **row,
        "ask_by": to_json(asked),
        "not_before": to_json(placed.not_before),
        "first_edition": to_json(placed.first),
        "order": [
            {
                "rule": because.rule.id,
                "after": because.after.service if because.after else None,
                "text": told_rule(because, wording),
            }
            for because in placed.because
        ],
        "why_here": list(order_reasons(placed, wording)),
        "to_decide": list(order_doubts(placed, wording)),
    }
