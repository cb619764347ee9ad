"""A vacancy and a pool -> the whole pool, best first, with reasons."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Body

from matching.api.dependencies import OnlyJson, TheService, Today
from matching.api.examples import RANKING
from matching.api.payloads import Model
from matching.api.rows import profiles_of, vacancy_of
from matching.api.schemas import Ranked, Ranking, RankingRequest

router = APIRouter(tags=["ranking"])


@router.post("/v1/rankings", dependencies=[OnlyJson])
def rank(
    request: Annotated[RankingRequest, Body(openapi_examples=dict(RANKING))],
    service: TheService,
    today: Today,
) -> Ranking:
    """Rank people for a vacancy. Nobody is left out, and nothing is kept.

    A row whose text cannot be read stays, as `not_enough_data`; `warnings` say why.
    """
    as_of = request.as_of or today
    vacancy, about_vacancy = vacancy_of(request, service, as_of)
    profiles, about_persons = profiles_of(request, service, as_of)
    shortlist = service.shortlist(vacancy, profiles, as_of=as_of, explained=request.explain)
    return Ranking(
        vacancy_id=vacancy.id,
        as_of=as_of,
        model=Model.model_validate(shortlist.model),
        base=service.ranker.no_information(),
        matches=tuple(
            Ranked.model_validate(
                {
                    **{key: value for key, value in asdict(match).items() if key != "vacancy_id"},
                    "explained": position < request.explain,
                }
            )
            for position, match in enumerate(shortlist.matches)
        ),
        warnings=(*about_vacancy, *about_persons),
    )
