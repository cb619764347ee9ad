"""The catalogue of local services, as Open Referral HSDS 3.0."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi import Path as InPath

from matching.accompaniment import Service as LocalService
from matching.accompaniment.catalogue_search import Wanted, found
from matching.accompaniment.hsds import VERSION, nested_services, rows_of
from matching.accompaniment.hsds import service_id as identifier_of
from matching.api.catalogue import Hsds, ServicesPage, cursor_of, slug_after
from matching.api.dependencies import TheService, Today
from matching.api.errors import Refusal
from matching.api.examples import CURSORS, NEEDS, PLACES, SERVICES
from matching.api.limits import MAX_NAME, MAX_SERVICES
from matching.api.payloads import AsOf
from matching.domain import Measure, Need
from matching.service import Service

router = APIRouter(tags=["services"])


@router.get("/v1/services")
def services(
    service: TheService,
    today: Today,
    need: Annotated[Need | None, Query(openapi_examples=dict(NEEDS))] = None,
    measure: Measure | None = None,
    place: Annotated[
        str | None,
        Query(
            max_length=MAX_NAME,
            description="For who lives there: a municipality, or its ISTAT code.",
            openapi_examples=dict(PLACES),
        ),
    ] = None,
    text: Annotated[
        str, Query(max_length=MAX_NAME, description="Words, or beginnings of words, all found.")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=MAX_SERVICES)] = 20,
    cursor: Annotated[
        str | None, Query(max_length=2 * MAX_NAME, openapi_examples=dict(CURSORS))
    ] = None,
    as_of: Annotated[AsOf | None, Query()] = None,
) -> ServicesPage:
    """Services of the catalogue that are asked for, page by page; without a catalogue, none.

    Nobody's data is in it, and nothing of a person is asked. An entry that was not confirmed for
    as long as the territory wants is there all the same, with the attribute `freshness` and an
    `alert`.
    """
    if service.catalogue is None:
        return ServicesPage(version=VERSION, total_items=0, size=0, next_cursor=None, contents=())
    home, ambito = _home(service, place)
    wanted = Wanted(need=need, measure=measure, home=home, ambito=ambito, text=text)
    listed = found(service.catalogue, wanted)
    after = "" if cursor is None else slug_after(cursor)
    if after is None:
        raise Refusal(422, "The cursor is none that was given here; leave it out to begin again.")
    left = [one for one in listed if one.slug > after]
    page = left[:limit]
    return ServicesPage(
        version=VERSION,
        total_items=len(listed),
        size=len(page),
        next_cursor=cursor_of(page[-1].slug) if len(left) > limit else None,
        contents=tuple(_nested(service, page, as_of or today)),
    )


@router.get("/v1/services/{service_id}")
def one_service(
    service_id: Annotated[
        str,
        InPath(
            max_length=MAX_NAME,
            description="The HSDS identifier, or the slug.",
            openapi_examples=dict(SERVICES),
        ),
    ],
    service: TheService,
    today: Today,
    as_of: Annotated[AsOf | None, Query()] = None,
) -> Hsds:
    """One service of the catalogue."""
    offered = () if service.catalogue is None else service.catalogue.services
    for one in offered:
        if service_id in (one.slug, identifier_of(service.territory, one)):
            (nested,) = _nested(service, [one], as_of or today)
            return nested
    raise Refusal(404, "The catalogue has no such service; GET /v1/services lists what it has.")


def _nested(service: Service, page: Sequence[LocalService], day: date) -> list[dict[str, Any]]:
    if service.catalogue is None or not page:
        return []
    used = {one.provider for one in page}
    providers = {
        slug: provider for slug, provider in service.catalogue.providers.items() if slug in used
    }
    part = replace(service.catalogue, providers=providers, services=tuple(page))
    return nested_services(
        rows_of(
            part,
            territory=service.territory,
            taxonomy=service.taxonomy,
            wording=service.wording,
            as_of=day,
        )
    )


def _home(service: Service, place: str | None) -> tuple[str | None, str | None]:
    """ISTAT code and ambito of the municipality that was named."""
    if not place:
        return None, None
    territory = service.territory
    towns = {town.istat: town for town in (*territory.municipalities, *territory.neighbours)}
    town = towns.get(place) or territory.find_municipality(place)
    if town is None:
        raise Refusal(
            422, "place is no municipality of the territory or around it; write its name."
        )
    return town.istat, town.ambito
