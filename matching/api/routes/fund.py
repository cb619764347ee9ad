"""The fund: proposals for people to decide on, and what anybody may see of it."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request

from matching.accompaniment.fund.allocation import propose
from matching.accompaniment.fund.ledger_file import read_ledger
from matching.accompaniment.fund.proposal_rows import proposal_row
from matching.accompaniment.fund.publication import publication
from matching.accompaniment.fund.purse import Money, MoneyLine, one_budget
from matching.accompaniment.fund.setting import question_of
from matching.accompaniment.fund.solving import Effort
from matching.api.dependencies import OnlyJson, TheService, Today
from matching.api.examples import FUND_PROPOSAL
from matching.api.funds import FundProposalAnswer, FundProposalRequest, FundShown, request_of

router = APIRouter(tags=["fund"])
_PATIENCE = Effort(seconds=30.0)


def _ledger_file(request: Request) -> Path:
    path = request.app.state.ledger
    if not isinstance(path, Path):
        raise TypeError(f"create_app keeps a Path, not {type(path).__name__}.")
    return path


TheLedgerFile = Annotated[Path, Depends(_ledger_file)]


@router.post("/v1/fund/proposals", dependencies=[OnlyJson])
def proposal(
    request: Annotated[FundProposalRequest, Body(openapi_examples=dict(FUND_PROPOSAL))],
    service: TheService,
    today: Today,
) -> FundProposalAnswer:
    """Propose which steps to fund, with why others are not. Nothing is kept; people decide.

    Need and urgency are what people recorded: no risk can be sent.
    """
    question = question_of(
        [request_of(one) for one in request.requests],
        territory=service.territory,
        policy=service.fund_policy,
        catalogue=service.catalogue,
        money=_money(request),
        spent_cents={one.person: one.cents for one in request.had},
        as_of=request.as_of or today,
        managers=request.managers,
    )
    # A caller waits for so long: where that ends the search, the gap says how far off it may be.
    found = propose(replace(question, effort=_PATIENCE), compared=request.compared)
    return FundProposalAnswer.model_validate(proposal_row(found, service.wording))


@router.get("/v1/fund")
def fund(service: TheService, ledger_file: TheLedgerFile, today: Today) -> FundShown:
    """What anybody may see of the fund: what came in, and of those helped only groups of ten.

    Of who was helped, closed months alone are shown.
    """
    if service.fund_policy is None:
        return FundShown(state="no_fund", as_of=today)
    if not ledger_file.exists():
        return FundShown(state="no_ledger", as_of=today)
    ledger, _ = read_ledger(ledger_file)
    return FundShown.model_validate({"state": "ok", **asdict(publication(ledger, as_of=today))})


def _money(request: FundProposalRequest) -> Money:
    if not request.lines:
        return one_budget(request.budget_cents)
    return Money(
        budget_cents=request.budget_cents,
        lines=tuple(
            MoneyLine(
                code=one.code,
                cents=one.cents,
                measures=frozenset(one.measures),
                ambiti=frozenset(one.ambiti),
            )
            for one in request.lines
        ),
    )
