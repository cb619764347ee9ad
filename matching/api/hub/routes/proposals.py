"""Proposals: somebody is asked, says yes or no, is proposed, and the company answers."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response

from matching.api.dependencies import TheService
from matching.api.hub.acting import Acting, IfMatch, Made, expected, made, may
from matching.api.hub.dependencies import TheReasons
from matching.api.hub.examples_proposing import COMPANYS_ANSWER, NEW_PROPOSAL, REPLY
from matching.api.hub.fields import PAGE, Created, Cursor, Id, Limit, entry_before, next_cursor
from matching.api.hub.proposals import (
    AskedAnswer,
    CompanysAnswer,
    NewProposalRequest,
    ProposalAnswer,
    ProposalsPage,
    Reply,
    proposal_answer,
)
from matching.api.payloads import Payload
from matching.domain.access import Act
from matching.hub.answers import Answered, answer_proposal
from matching.hub.proposal_rows import ProposalState, proposal_row
from matching.hub.proposal_text import sentences_of
from matching.hub.proposal_views import list_proposals, read_proposal
from matching.hub.proposals import NewProposal, accept, decline, propose, send
from matching.hub.withdrawals import withdraw
from matching.store import Work

router = APIRouter(tags=["proposals"])
ProposalId = Annotated[Id, Path(description="As it was answered when the proposal was made.")]


@router.post("/v1/proposals", status_code=201, response_model=AskedAnswer)
def ask(
    request: Annotated[NewProposalRequest, Body(openapi_examples=dict(NEW_PROPOSAL))],
    acting: Annotated[Acting, may(Act.PROPOSE)],
    service: TheService,
) -> Response:
    """Ask somebody whether she may be proposed for a vacancy, to its company. Nothing is sent.

    What the company would be shown is written down now and answered in sentences, to be read with
    her: name and contact go along only after her yes.
    """
    new = NewProposal(
        person_id=request.person_id,
        vacancy_id=request.vacancy_id,
        organisation_id=request.organisation_id,
        result_id=request.result_id,
    )
    sender = service.territory.policy.proposals.sender

    def do(work: Work) -> Made:
        proposal = propose(work, new, taxonomy=service.taxonomy, sender=sender)
        seen = read_proposal(work, proposal)
        sentences = sentences_of(seen, service.taxonomy, service.wording)
        asked = AskedAnswer(
            id=proposal, version=seen.version, person_id=new.person_id, sentences=sentences
        )
        return made(asked, 201, location=f"/v1/proposals/{proposal}", version=seen.version)

    return acting.once(request, do, _if_still_seen)


@router.get("/v1/proposals", response_model=ProposalsPage)
def listed(
    acting: Annotated[Acting, may(Act.LIST_PROPOSALS)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
    state: ProposalState | None = None,
    vacancy: Annotated[Id | None, Query(description="Those for one vacancy.")] = None,
) -> ProposalsPage:
    """A page of proposals, in a fixed order, without names: of the hub, of a company, one's own.

    A company is answered those that were sent to it. Protected people's are in no list of others.
    """
    after = entry_before(cursor)
    with acting.noting() as work:
        found = list(
            list_proposals(work, after=after, limit=limit, state=state, vacancy_id=vacancy)
        )
    role = acting.actor.role
    return ProposalsPage(
        proposals=tuple(proposal_answer(one, role) for one in found),
        next_cursor=next_cursor(found, limit),
    )


@router.get("/v1/proposals/{proposal_id}", response_model=ProposalAnswer)
def read(
    proposal_id: ProposalId,
    acting: Annotated[Acting, may(Act.READ_PROPOSAL)],
    service: TheService,
    response: Response,
) -> ProposalAnswer:
    """One proposal, with all that its company is shown. The reading is entered into the journal.

    To a company nothing is there before it was sent, and nobody is shown once it does not go on.
    """
    with acting.noting() as work:
        seen = read_proposal(work, proposal_id)
    response.headers["etag"] = f'"{seen.version}"'
    sentences = sentences_of(seen, service.taxonomy, service.wording)
    return proposal_answer(seen, acting.actor.role, sentences)


@router.post("/v1/proposals/{proposal_id}/reply", response_model=Created)
def reply(
    proposal_id: ProposalId,
    request: Annotated[Reply, Body(openapi_examples=dict(REPLY))],
    acting: Annotated[Acting, may(Act.ACCEPT_PROPOSAL)],
    if_match: IfMatch,
) -> Response:
    """Record her yes or no to this vacancy and this company. A no costs nothing.

    A yes can be said again until it is sent: to another contact, or once the vacancy changed.
    """
    version = expected(if_match)

    def do(work: Work) -> Made:
        if request.way is None or request.contact is None:
            now = decline(work, proposal_id, version=version)
        else:
            now = accept(work, proposal_id, request.way, request.contact, version=version)
        return made(Created(id=proposal_id, version=now), version=now)

    return acting.once(request, do)


@router.post("/v1/proposals/{proposal_id}/sending", response_model=Created)
def sending(
    proposal_id: ProposalId,
    acting: Annotated[Acting, may(Act.SEND_PROPOSAL)],
    if_match: IfMatch,
) -> Response:
    """Send a proposal that she accepted: from now on its company sees who she is."""
    version = expected(if_match)

    def do(work: Work) -> Made:
        now = send(work, proposal_id, version=version)
        return made(Created(id=proposal_id, version=now), version=now)

    return acting.once(Payload(), do)


@router.post("/v1/proposals/{proposal_id}/answer", response_model=Created)
def answer(
    proposal_id: ProposalId,
    request: Annotated[CompanysAnswer, Body(openapi_examples=dict(COMPANYS_ANSWER))],
    acting: Annotated[Acting, may(Act.ANSWER_PROPOSAL)],
    if_match: IfMatch,
    reasons: TheReasons,
) -> Response:
    """Answer a proposal, as the company that it was sent to. "Already known to us" is an answer.

    After an interview another answer may follow. A reason has to do with the work: one that the
    law forbids to choose by is not passed on.
    """
    version = expected(if_match)
    given = Answered(answer=request.answer, reason_code=request.reason_code, text=request.text)

    def do(work: Work) -> Made:
        now = answer_proposal(work, proposal_id, given, reasons.answers, version=version)
        return made(Created(id=proposal_id, version=now), version=now)

    return acting.once(request, do)


@router.post("/v1/proposals/{proposal_id}/withdrawal", response_model=Created)
def withdrawal(
    proposal_id: ProposalId,
    acting: Annotated[Acting, may(Act.WITHDRAW_PROPOSAL)],
    if_match: IfMatch,
) -> Response:
    """Take a proposal back, at any time and without a reason: its company sees her no more."""
    version = expected(if_match)

    def do(work: Work) -> Made:
        now = withdraw(work, proposal_id, version=version)
        return made(Created(id=proposal_id, version=now), version=now)

    return acting.once(Payload(), do)


def _if_still_seen(work: Work, answer: str) -> str:
    proposal_row(work, AskedAnswer.model_validate_json(answer).id)
    return answer
