"""A proposal as a JSON object: what the command prints, and what the API answers."""

from dataclasses import asdict
from typing import Any

from matching.accompaniment.fund.committee import proposal_digest
from matching.accompaniment.fund.sentences import floor, obstacle
from matching.domain.allocation import Alternative, FundRequest, Proposal
from matching.wording import Wording

_DECIMALS = 6


def proposal_row(proposal: Proposal, wording: Wording) -> dict[str, Any]:
    """Everything in a proposal; obstacles and floors also in words."""
    return {
        "as_of": proposal.as_of.isoformat(),
        "budget_cents": proposal.budget_cents,
        "cents": proposal.cents,
        "value": _rounded(proposal.value),
        "bound": _rounded(proposal.bound),
        "gap": _rounded(proposal.gap),
        "proven": proposal.proven,
        "digest": proposal_digest(proposal),
        "funded": [
            {
                **_named(one.request),
                "cents": one.cents,
                "co_payment_cents": one.co_payment_cents,
                "lines": [list(part) for part in one.lines],
                "value": _rounded(one.value),
                "measured": one.measured,
                "to_committee": one.to_committee,
            }
            for one in proposal.funded
        ],
        "left_out": [
            {
                **_named(one.request),
                "cents": one.cents,
                "value": _rounded(one.value),
                "blocks": [
                    {
                        "obstacle": str(block.obstacle),
                        "amount": block.amount,
                        "what": block.what,
                        "text": obstacle(one, block, wording),
                    }
                    for block in one.blocks
                ],
            }
            for one in proposal.left_out
        ],
        "by_ambito": [{**asdict(one), "value": _rounded(one.value)} for one in proposal.by_ambito],
        "by_quartile": [
            {**asdict(one), "value": _rounded(one.value)} for one in proposal.by_quartile
        ],
        "floors": [{**asdict(one), "text": floor(one, wording)} for one in proposal.floors],
        "marginal_value": _or_none(proposal.marginal_value),
        "marginal_steps": list(proposal.marginal_steps),
        "shadow_value": _or_none(proposal.shadow_value),
        "beside": [_alternative(one) for one in proposal.beside],
        "budgets": [_alternative(one) for one in proposal.budgets],
        "curve": [_alternative(one) for one in proposal.curve],
    }


def _named(request: FundRequest) -> dict[str, str]:
    return {
        "id": request.id,
        "plan_id": request.plan_id,
        "step": request.step,
        "person": request.person,
    }


def _alternative(one: Alternative) -> dict[str, Any]:
    return {
        **asdict(one),
        "value": _rounded(one.value),
        "highest_need_value": _rounded(one.highest_need_value),
        "gap": _or_none(one.gap),
    }


def _rounded(value: float) -> float:
    return round(value, _DECIMALS)


def _or_none(value: float | None) -> float | None:
    return None if value is None else _rounded(value)
