"""Vacancies: posted, listed, read, changed; by the hub's managers, or by their companies."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Path, Request, Response
from pydantic import ValidationError

from matching.api.dependencies import TheService, Today, is_json, media_type
from matching.api.errors import Refusal
from matching.api.hub.acting import Acting, IfMatch, Made, expected, made, may, shown
from matching.api.hub.bodies import JOB_POSTING, vacancy_bodies
from matching.api.hub.examples import VACANCY_CHANGE
from matching.api.hub.fields import PAGE, Created, Cursor, Id, Limit, entry_before, next_cursor
from matching.api.hub.reading import vacancy_of
from matching.api.hub.vacancies import (
    NewVacancyRequest,
    VacanciesPage,
    VacancyAnswer,
    VacancyChange,
    from_job_posting,
    vacancy_answer,
)
from matching.api.uploads import not_valid
from matching.domain.access import Act
from matching.hub.endings import change_offer
from matching.hub.vacancies import (
    NewVacancy,
    add_vacancy,
    list_vacancies,
    read_vacancy,
)
from matching.store import Work

router = APIRouter(tags=["vacancies"])
VacancyId = Annotated[Id, Path(description="As it was answered when the vacancy was posted.")]


async def _sent(request: Request) -> NewVacancyRequest:
    media = media_type(request)
    if not is_json(media):
        raise Refusal(415, f"Send JSON: application/json, or {JOB_POSTING} for a JobPosting.")
    try:
        if media != JOB_POSTING:
            return NewVacancyRequest.model_validate_json(await request.body())
        posting = json.loads(await request.body())
        if not isinstance(posting, dict):
            raise Refusal(422, "The body is no JobPosting: write a JSON object.")
        return NewVacancyRequest.model_validate(from_job_posting(posting))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Refusal(400) from error
    except ValidationError as error:
        not_valid(error)


@router.post(
    "/v1/vacancies", status_code=201, response_model=Created, openapi_extra=vacancy_bodies()
)
def add(
    acting: Annotated[Acting, may(Act.ADD_VACANCY)],
    asked: Annotated[NewVacancyRequest, Depends(_sent)],
    service: TheService,
    today: Today,
) -> Response:
    """Post a vacancy: our own form, or a JobPosting of schema.org as application/ld+json."""
    opened_on = asked.opened_on or today
    vacancy = vacancy_of(asked.title, asked.text, asked.municipality, service, as_of=today)
    new = NewVacancy(
        hub=acting.hub(asked.hub),
        text=asked.text,
        vacancy=vacancy,
        lexicon=service.taxonomy.digest,
        opened_on=opened_on,
        organisation_id=asked.organisation_id,
        external_id=asked.external_id,
        expires_on=asked.expires_on,
        mission_from=asked.mission_from,
        mission_until=asked.mission_until,
        answer_hours=asked.answer_hours or service.territory.policy.proposals.answer_hours,
    )

    def do(work: Work) -> Made:
        vacancy_id = add_vacancy(work, new)
        created = Created(id=vacancy_id, version=1)
        return made(created, 201, location=f"/v1/vacancies/{vacancy_id}", version=1)

    return acting.once(asked, do)


@router.get("/v1/vacancies", response_model=VacanciesPage)
def listed(
    acting: Annotated[Acting, may(Act.LIST_VACANCIES)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
    state: Literal["open", "closed", "withdrawn"] | None = None,
) -> Response:
    """A page of vacancies, in a fixed order."""
    with acting.reading() as work:
        found = list(list_vacancies(work, after=entry_before(cursor), limit=limit, state=state))
    page = VacanciesPage.model_construct(
        vacancies=tuple(map(vacancy_answer, found)), next_cursor=next_cursor(found, limit)
    )
    return shown(page)


@router.get("/v1/vacancies/{vacancy_id}", response_model=VacancyAnswer)
def read(
    vacancy_id: VacancyId,
    acting: Annotated[Acting, may(Act.READ_VACANCY)],
) -> Response:
    """One vacancy, with what was read in its text."""
    with acting.reading() as work:
        found = read_vacancy(work, vacancy_id)
    return shown(vacancy_answer(found), version=found.version)


@router.patch("/v1/vacancies/{vacancy_id}", response_model=Created)
def change(
    vacancy_id: VacancyId,
    request: Annotated[VacancyChange, Body(openapi_examples=dict(VACANCY_CHANGE))],
    acting: Annotated[Acting, may(Act.CHANGE_VACANCY)],
    if_match: IfMatch,
    service: TheService,
    today: Today,
) -> Response:
    """Change a vacancy that is still as it was read; 412 where somebody changed it meanwhile.

    Where it is closed, what is proposed for it and not answered is taken back.
    """
    version = expected(if_match)
    read_again: dict[str, Any] = {}
    if request.title is not None or request.text is not None or request.municipality is not None:
        with acting.reading() as work:
            before = read_vacancy(work, vacancy_id)
        place = before.vacancy.facts.comune
        text = request.text or before.text
        read_again = {
            "text": text,
            "vacancy": vacancy_of(
                request.title or before.vacancy.title,
                text,
                request.municipality or (None if place is None else str(place.value)),
                service,
                as_of=today,
            ),
            "lexicon": service.taxonomy.digest,
        }
    names = ("state", "expires_on", "mission_from", "mission_until", "answer_hours")
    values = {name: value for name in names if (value := getattr(request, name)) is not None}

    def do(work: Work) -> Made:
        now = change_offer(work, vacancy_id, version=version, **read_again, **values)
        return made(Created(id=vacancy_id, version=now), version=now)

    return acting.once(request, do)
