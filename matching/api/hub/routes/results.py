"""Shortlists, matches, assessments, paths: made, kept as shown, entered into the journal."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from matching.api.dependencies import TheService, Today
from matching.api.hub.acting import Acting, Made, Recall, made, may, shown
from matching.api.hub.dependencies import ThePools
from matching.api.hub.examples import MATCHES, PLAN, RISK, SHORTLIST
from matching.api.hub.fields import Id, Reason
from matching.api.hub.results import (
    AssessmentRequest,
    ListAnswer,
    MatchesRequest,
    OneAnswer,
    PathRequest,
    Rows,
    ShortlistRequest,
    list_content,
    one_answer,
    rows_of,
)
from matching.api.hub.routes.persons import PersonId
from matching.api.hub.routes.vacancies import VacancyId
from matching.domain.access import Act
from matching.errors import ForbiddenError
from matching.hub.matches import Matched, keep_matches, rank_vacancies
from matching.hub.plans import PathAsked, Planned, keep_plan, propose_path
from matching.hub.results import Result, ResultKind, open_about, read_about, read_result
from matching.hub.risk import assess_risk, check_purpose
from matching.hub.shortlists import (
    Asked,
    Ranked,
    keep_shortlist,
    rank_people,
    read_shortlist,
)
from matching.ranking.weights import read_weights
from matching.store import Work

router = APIRouter(tags=["proposing"])
_log = logging.getLogger("valoriamo.api")
ResultId = Annotated[Id, Path(description="As it was answered when it was made.")]


@router.post(
    "/v1/vacancies/{vacancy_id}/shortlists",
    status_code=201,
    response_model=ListAnswer,
)
def shortlist(
    vacancy_id: VacancyId,
    request: Annotated[ShortlistRequest, Body(openapi_examples=dict(SHORTLIST))],
    acting: Annotated[Acting, may(Act.MAKE_SHORTLIST)],
    pools: ThePools,
    today: Today,
) -> Response:
    """Rank the hub's people for a vacancy. Nobody is hidden by a low score.

    Who was given no notice, or whose profile nobody confirmed for long, is in `left_out`, and
    what brings her back is said.
    """
    stated = request.weights
    weights = (
        None
        if stated is None
        else read_weights({str(name): weight for name, weight in stated.items()})
    )
    asked = Asked(as_of=request.as_of or today, explained=request.explain, weights=weights)

    def compute(work: Work) -> tuple[Ranked, Rows]:
        ranked = rank_people(work, vacancy_id, pools, asked)
        return ranked, rows_of(ranked.made)

    def keep(work: Work, computed: tuple[Ranked, Rows]) -> Made:
        ranked, rows = computed
        found = keep_shortlist(work, ranked, pools)
        location = {"location": f"/v1/shortlists/{found.id}"}
        return Made(list_content(found, rows), 201, location, again=found.id)

    return acting.computed(request, compute, keep, _recalled_list)


@router.get("/v1/shortlists/{shortlist_id}", response_model=ListAnswer)
def read(shortlist_id: Id, acting: Annotated[Acting, may(Act.READ_SHORTLIST)]) -> Response:
    """A shortlist as it was shown, whatever changed since."""
    with acting.noting() as work:
        found = read_shortlist(work, shortlist_id)
    return Response(list_content(found), media_type="application/json")


@router.post(
    "/v1/persons/{person_id}/matches",
    status_code=201,
    response_model=ListAnswer,
)
def matches(
    person_id: PersonId,
    request: Annotated[MatchesRequest, Body(openapi_examples=dict(MATCHES))],
    acting: Annotated[Acting, may(Act.MATCH_PERSON)],
    pools: ThePools,
    today: Today,
    x_reason: Reason = None,
) -> Response:
    """Rank the hub's open vacancies for a person. Scores are those of the shortlists."""

    def compute(work: Work) -> tuple[Matched, Rows]:
        as_of = request.as_of or today
        matched = rank_vacancies(
            work, person_id, pools, as_of=as_of, explained=request.explain, reason=x_reason
        )
        return matched, rows_of(matched.made)

    def keep(work: Work, computed: tuple[Matched, Rows]) -> Made:
        matched, rows = computed
        found = keep_matches(work, matched, pools)
        location = {"location": f"/v1/matches/{found.id}"}
        return Made(list_content(found, rows), 201, location, again=found.id)

    recall = _recalled(ResultKind.MATCHES, list_content, x_reason)
    return acting.computed(request, compute, keep, recall)


@router.get("/v1/matches/{matches_id}", response_model=ListAnswer)
def read_matches(
    matches_id: ResultId,
    acting: Annotated[Acting, may(Act.READ_MATCHES)],
    x_reason: Reason = None,
) -> Response:
    """A list of vacancies for a person, as it was shown, whatever changed since."""
    with acting.noting(reason=x_reason) as work:
        found = read_about(work, matches_id, ResultKind.MATCHES, reason=x_reason)
    return Response(list_content(found), media_type="application/json")


@router.post(
    "/v1/persons/{person_id}/risk-assessments",
    status_code=201,
    response_model=OneAnswer,
)
def assess(
    person_id: PersonId,
    request: Annotated[AssessmentRequest, Body(openapi_examples=dict(RISK))],
    acting: Annotated[Acting, may(Act.ASSESS_RISK)],
    service: TheService,
    today: Today,
    x_reason: Reason = None,
) -> Response:
    """Assess the risk of staying without work, to offer more help; another purpose is refused."""
    try:
        check_purpose(request.purpose)
    except ForbiddenError:
        with acting.writing() as work:
            work.tell(Act.ASSESS_RISK, "refusal", None, hub=acting.hub(), refused="purpose")
        _log.warning("a risk assessment was refused: it was asked for another purpose")
        raise

    def do(work: Work) -> Made:
        found = assess_risk(
            work, person_id, service, purpose=request.purpose, as_of=request.as_of or today,
            reason=x_reason,
        )  # fmt: skip
        answer = made(one_answer(found), 201, location=f"/v1/risk-assessments/{found.id}")
        return replace(answer, again=found.id)

    return acting.once(request, do, _recalled(ResultKind.RISK, _one_content, x_reason))


@router.get("/v1/risk-assessments/{assessment_id}", response_model=OneAnswer)
def read_assessment(
    assessment_id: ResultId,
    acting: Annotated[Acting, may(Act.READ_RISK)],
    x_reason: Reason = None,
) -> Response:
    """An assessment as it was shown, whatever changed since."""
    with acting.noting(reason=x_reason) as work:
        found = read_about(work, assessment_id, ResultKind.RISK, reason=x_reason)
    return shown(one_answer(found))


@router.post(
    "/v1/persons/{person_id}/plans",
    status_code=201,
    response_model=OneAnswer,
)
def plan(
    person_id: PersonId,
    request: Annotated[PathRequest, Body(openapi_examples=dict(PLAN))],
    acting: Annotated[Acting, may(Act.PLAN)],
    pools: ThePools,
    today: Today,
    x_reason: Reason = None,
) -> Response:
    """Propose a path to a person: a proposal to talk over, never an obligation."""
    asked = PathAsked(
        needs=request.needs,
        as_of=request.as_of or today,
        vacancy_ids=request.vacancies,
        budget_eur=request.budget_eur,
        reason=x_reason,
    )

    def compute(work: Work) -> Planned:
        return propose_path(work, person_id, pools, asked)

    def keep(work: Work, planned: Planned) -> Made:
        found = keep_plan(work, planned, pools)
        answer = made(one_answer(found), 201, location=f"/v1/plans/{found.id}")
        return replace(answer, again=found.id)

    recall = _recalled(ResultKind.PLAN, _one_content, x_reason)
    return acting.computed(request, compute, keep, recall)


@router.get("/v1/plans/{plan_id}", response_model=OneAnswer)
def read_plan(
    plan_id: ResultId,
    acting: Annotated[Acting, may(Act.READ_PROPOSED_PLAN)],
    x_reason: Reason = None,
) -> Response:
    """A path as it was proposed, whatever was agreed since."""
    with acting.noting(reason=x_reason) as work:
        found = read_about(work, plan_id, ResultKind.PLAN, reason=x_reason)
    return shown(one_answer(found))


def _recalled_list(work: Work, result_id: str) -> str:
    return list_content(read_result(work, result_id, ResultKind.SHORTLIST))


def _recalled(kind: ResultKind, answer: Callable[[Result], str], reason: str | None) -> Recall:
    def recall(work: Work, result_id: str) -> str:
        return answer(open_about(work, result_id, kind, reason=reason))

    return recall


def _one_content(result: Result) -> str:
    return one_answer(result).model_dump_json()
