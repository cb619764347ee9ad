"""A person, vacancies and needs -> a path of local services in order, and its page to print."""

from typing import Annotated

from fastapi import APIRouter, Body, Path

from matching.accompaniment.agreement import ToPrint, agreement_paper, paper_html
from matching.accompaniment.ordering import Placed
from matching.accompaniment.plan_rows import plan_row
from matching.api.dependencies import OnlyJson, TheService, Today
from matching.api.examples import PLANS
from matching.api.payloads import Identifier
from matching.api.plans import PlanAnswer, PlanRequest
from matching.api.rows import person_of, profiles_of, vacancies_of
from matching.domain import Plan
from matching.errors import InputError
from matching.service import Service

router = APIRouter(tags=["accompaniment"])


# An identifier may hold a slash, as the numbers of files in an office do.
@router.post("/v1/persons/{person_id:path}/plans", dependencies=[OnlyJson])
def plan(
    person_id: Annotated[Identifier, Path(examples=["p-02"])],
    request: Annotated[PlanRequest, Body(openapi_examples=dict(PLANS))],
    service: TheService,
    today: Today,
) -> PlanAnswer:
    """Propose a path to a person. Nothing is kept, and nothing in it is an obligation.

    Public rights come before any paid step: they are checked with a household, which is not sent
    here. Steps are in order, each with why it stands there. No risk and no protected attribute is
    read or answered. Rows that cannot be read are as in `/v1/rankings`.
    """
    as_of = request.as_of or today
    profile, about_person = person_of(person_id, request.person, service, as_of)
    vacancies, about_vacancies = vacancies_of(request.vacancies, service, as_of)
    pool, about_pool = profiles_of(request.pool, service, as_of)
    found = service.plan(
        profile,
        vacancies,
        pool,
        needs=request.needs,
        as_of=as_of,
        budget_eur=request.budget_eur,
    )
    placed = service.placed(found)
    row = plan_row(found, placed, service.wording)
    paper = None
    if request.paper is not None:
        paper = _paper(request.paper, request.name or person_id, found, placed, service)
    warnings = (*about_person, *about_vacancies, *about_pool)
    return PlanAnswer.model_validate({**row, "paper": paper, "warnings": warnings})


def _paper(
    language: str, name: str, found: Plan, placed: tuple[Placed, ...], service: Service
) -> str:
    offered = service.paths.languages(service.wording.language)
    if language not in offered:
        raise InputError(
            f"paper = {language!r} is no language of the territory; write one of "
            f"{', '.join(offered)}."
        )
    path = ToPrint(name=name, plan=found, steps=placed)
    whole = service.paths.named(path, service.wording.language)
    return paper_html(agreement_paper(whole, service.paths.words[language]))
