"""A vacancy and a pool -> the whole pool, best first, with reasons."""

from typing import Annotated

from fastapi import APIRouter, Body

from matching.api.dependencies import OnlyJson, TheService, Today
from matching.api.examples import RANKING
from matching.api.given import RankingRequest
from matching.api.matched import Ranked, Ranking, Weighting, page_of
from matching.api.payloads import Model
from matching.api.rows import profiles_of, vacancy_of
from matching.ranking.reserved import referral
from matching.ranking.weights import read_weights

router = APIRouter(tags=["ranking"])


@router.post("/v1/rankings", dependencies=[OnlyJson])
def rank(
    request: Annotated[RankingRequest, Body(openapi_examples=dict(RANKING))],
    service: TheService,
    today: Today,
) -> Ranking:
    """Rank people for a vacancy. Nobody is left out, and nothing is kept.

    A row whose text cannot be read stays, as `not_enough_data`; `warnings` say why. `first` and
    `count` ask for a page of the order; `explain` counts from the first of the order, not of the
    page. No risk and no protected attribute is read or answered; `apart` and `barriers` are for
    the hub's own desk, not for agencies and employers.
    """
    as_of = request.as_of or today
    stated = request.weights
    weights = (
        None
        if stated is None
        else read_weights({str(name): weight for name, weight in stated.items()})
    )
    vacancy, about_vacancy = vacancy_of(request.vacancy, service, as_of)
    profiles, about_persons = profiles_of(request.persons, service, as_of)
    shortlist = service.shortlist(
        vacancy, profiles, as_of=as_of, explained=request.explain, weights=weights
    )
    applied = shortlist.weighting
    page = page_of(
        Ranked,
        shortlist.matches,
        explain=request.explain,
        first=request.first,
        count=request.count,
    )
    return Ranking(
        vacancy_id=vacancy.id,
        as_of=as_of,
        model=Model.model_validate(shortlist.model),
        base=service.ranker.no_information(),
        weights=(
            Weighting(preferred=dict(applied.preferred), applied=dict(applied.applied))
            if applied
            else None
        ),
        reserved=shortlist.reserved,
        referral=referral(service.territory, service.wording) if shortlist.reserved else None,
        total=len(shortlist.matches),
        matches=page,
        warnings=(*about_vacancy, *about_persons),
    )
