"""A person and vacancies -> the vacancies, best first, with reasons: the other direction."""

from typing import Annotated

from fastapi import APIRouter, Body, Path

from matching.api.dependencies import OnlyJson, TheService, Today
from matching.api.examples import MATCHES
from matching.api.given import PersonMatchesRequest
from matching.api.matched import PersonMatches, RankedVacancy, page_of
from matching.api.payloads import Identifier, Model
from matching.api.rows import person_of, vacancies_of
from matching.ranking.reserved import referral

router = APIRouter(tags=["ranking"])


# An identifier may hold a slash, as the numbers of files in an office do.
@router.post("/v1/persons/{person_id:path}/matches", dependencies=[OnlyJson])
def match(
    person_id: Annotated[Identifier, Path(examples=["p-02"])],
    request: Annotated[PersonMatchesRequest, Body(openapi_examples=dict(MATCHES))],
    service: TheService,
    today: Today,
) -> PersonMatches:
    """Rank vacancies for a person. None is left out, and nothing is kept.

    Scores and intervals are those of the same pairs in `/v1/rankings`. Rows that cannot be read,
    and pages, are as there. No risk and no protected attribute is read or answered; `apart` and
    `barriers` are for the hub's own desk, not for agencies and employers.
    """
    as_of = request.as_of or today
    profile, about_person = person_of(person_id, request.person, service, as_of)
    vacancies, about_vacancies = vacancies_of(request.vacancies, service, as_of)
    found = service.matches(profile, vacancies, as_of=as_of, explained=request.explain)
    page = page_of(
        RankedVacancy,
        found.matches,
        explain=request.explain,
        first=request.first,
        count=request.count,
    )
    return PersonMatches(
        person_id=found.person_id,
        as_of=as_of,
        model=Model.model_validate(found.model),
        base=service.ranker.no_information(),
        reserved=found.reserved,
        referral=referral(service.territory, service.wording) if found.reserved else None,
        total=len(found.matches),
        matches=page,
        warnings=(*about_person, *about_vacancies),
    )
