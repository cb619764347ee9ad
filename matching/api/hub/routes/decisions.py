"""Decisions and contests: by people with a name, told in plain words, looked at again by others."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from matching.api.dependencies import TheService
from matching.api.errors import Refusal
from matching.api.hub.acting import Acting, Made, made, may
from matching.api.hub.decisions import (
    ContestAnswer,
    ContestDecision,
    ContestsPage,
    DecisionAnswer,
    DecisionsPage,
    ExplanationAnswer,
    NewContestRequest,
    NewDecisionRequest,
)
from matching.api.hub.dependencies import TheReasons
from matching.api.hub.examples_proposing import CONTEST_DECISION, NEW_CONTEST, NEW_DECISION
from matching.api.hub.fields import (
    PAGE,
    Created,
    Cursor,
    Id,
    Limit,
    Reason,
    entry_before,
    next_cursor,
)
from matching.api.hub.routes.persons import PersonId
from matching.domain.access import Act
from matching.hub.contests import (
    ContestState,
    NewContest,
    contest,
    decide_contest,
    list_contests,
    read_contest,
)
from matching.hub.decision_views import decisions_of
from matching.hub.decisions import NewDecision, decide
from matching.hub.explaining import explain
from matching.store import Work

router = APIRouter(tags=["decisions"])
DecisionId = Annotated[Id, Path(description="As it was answered when it was decided.")]
ContestId = Annotated[Id, Path(description="As it was answered when it was contested.")]


@router.post("/v1/decisions", status_code=201, response_model=Created)
def decided(
    request: Annotated[NewDecisionRequest, Body(openapi_examples=dict(NEW_DECISION))],
    acting: Annotated[Acting, may(Act.DECIDE)],
    reasons: TheReasons,
) -> Response:
    """Record what somebody decided. It has a name: no machine decides (L. 132/2025 art. 14).

    Whether it departs from what was shown is worked out, and then needs a reason of
    `GET /v1/reasons`, as every no does.
    """
    new = NewDecision(**request.model_dump())

    def do(work: Work) -> Made:
        decision = decide(work, new, reasons.decisions)
        return made(Created(id=decision), 201, location=f"/v1/decisions/{decision}")

    return acting.once(request, do)


@router.get("/v1/decisions/{decision_id}", response_model=ExplanationAnswer)
def explained(
    decision_id: DecisionId,
    acting: Annotated[Acting, may(Act.READ_DECISION)],
    service: TheService,
    x_reason: Reason = None,
) -> ExplanationAnswer:
    """A decision as it was taken, told in words: the tool's part, the reasons, who decided.

    Nothing is computed again: it stays as it is whichever model serves.
    """
    with acting.noting(reason=x_reason) as work:
        found = explain(work, decision_id, service.wording, reason=x_reason)
    return ExplanationAnswer.model_validate(found)


@router.get("/v1/persons/{person_id}/decisions", response_model=DecisionsPage)
def of_person(
    person_id: PersonId,
    acting: Annotated[Acting, may(Act.READ_DECISION)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
    x_reason: Reason = None,
) -> DecisionsPage:
    """A page of the decisions about a person, the first taken first."""
    after = entry_before(cursor)
    with acting.noting(reason=x_reason) as work:
        found = list(decisions_of(work, person_id, after=after, limit=limit, reason=x_reason))
    return DecisionsPage(
        decisions=tuple(DecisionAnswer.model_validate(one) for one in found),
        next_cursor=next_cursor(found, limit),
    )


@router.post("/v1/contests", status_code=201, response_model=Created)
def contested(
    request: Annotated[NewContestRequest, Body(openapi_examples=dict(NEW_CONTEST))],
    acting: Annotated[Acting, may(Act.CONTEST)],
) -> Response:
    """Contest a decision or a result, or ask to correct or erase data. It costs nothing.

    Somebody decides on it who had no hand in what is contested. An erasure that is asked for is
    granted by `DELETE /v1/persons/{id}`.
    """
    person = request.person_id or acting.actor.person_id
    if person is None:
        raise Refusal(422, "person_id is needed: write whose contest it is.")
    new = NewContest(**{**request.model_dump(), "person_id": person})

    def do(work: Work) -> Made:
        contest_id = contest(work, new)
        return made(Created(id=contest_id), 201, location=f"/v1/contests/{contest_id}")

    return acting.once(request, do)


@router.get("/v1/contests", response_model=ContestsPage)
def contests(
    acting: Annotated[Acting, may(Act.READ_DECISION)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
    state: ContestState | None = None,
) -> ContestsPage:
    """A page of contests, the oldest first: of the hub, or one's own."""
    after = entry_before(cursor)
    with acting.noting() as work:
        found = list(list_contests(work, after=after, limit=limit, state=state))
    return ContestsPage(
        contests=tuple(ContestAnswer.model_validate(one) for one in found),
        next_cursor=next_cursor(found, limit),
    )


@router.get("/v1/contests/{contest_id}", response_model=ContestAnswer)
def read(
    contest_id: ContestId,
    acting: Annotated[Acting, may(Act.READ_DECISION)],
    x_reason: Reason = None,
) -> ContestAnswer:
    """One contest, with what was said. The reading is entered into the journal."""
    with acting.noting(reason=x_reason) as work:
        return ContestAnswer.model_validate(read_contest(work, contest_id, reason=x_reason))


@router.post("/v1/contests/{contest_id}/decision", status_code=201, response_model=Created)
def settled(
    contest_id: ContestId,
    request: Annotated[ContestDecision, Body(openapi_examples=dict(CONTEST_DECISION))],
    acting: Annotated[Acting, may(Act.DECIDE_CONTEST)],
    reasons: TheReasons,
) -> Response:
    """Decide on a contest by a new decision. Who had a hand in the first one may not.

    Where nobody else of the hub could, the refusal says whom an administrator lets in.
    """

    def do(work: Work) -> Made:
        decision = decide_contest(
            work, contest_id, ContestState(request.state), reasons.decisions,
            reason_code=request.reason_code, text=request.text,
        )  # fmt: skip
        return made(Created(id=decision), 201, location=f"/v1/decisions/{decision}")

    return acting.once(request, do)
