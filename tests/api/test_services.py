"""The catalogue over HTTP: pages of HSDS services, and one of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching.accompaniment.hsds import service_id
from matching.api.catalogue import cursor_of, slug_after
from matching.service import Service
from tests.api.conftest import Hub, is_problem


def page(hub: Hub, query: str = "") -> dict[str, Any]:
    response = hub.get(f"/v1/services{query}")
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def slugs(answer: dict[str, Any]) -> list[str]:
    held = [
        attribute["value"]
        for one in answer["contents"]
        for attribute in one["attributes"]
        if attribute["link_type"] == "slug"
    ]
    assert len(held) == answer["size"]
    return held


def test_pages_by_cursor_hold_every_service_once_and_in_order(hub: Hub, service: Service) -> None:
    assert service.catalogue is not None
    seen: list[str] = []
    cursor = ""
    for _ in range(20):
        answer = page(hub, f"?limit=40{cursor}")
        seen += slugs(answer)
        if answer["next_cursor"] is None:
            break
        cursor = f"&cursor={answer['next_cursor']}"
    assert seen == sorted(one.slug for one in service.catalogue.services)
    assert answer["total_items"] == len(seen)


def test_a_service_is_an_hsds_service_with_all_that_belongs_to_it(hub: Hub) -> None:
    (found,) = page(hub, "?text=spid&need=digital")["contents"]
    assert (found["name"], found["status"]) == ("SPID, carta d'identità e servizi online", "active")
    assert found["organization"]["name"].startswith("Centro di servizi")
    (at,) = found["service_at_locations"]
    assert at["location"]["external_identifier_type"] == "ISTAT"
    documents = [one["document"] for one in found["required_documents"]]
    assert documents == ["documento d'identità", "tessera sanitaria", "il telefono"]
    terms = {
        (one["link_type"], one["taxonomy_term"]["code"])
        for one in found["attributes"]
        if one["link_type"] in ("need", "audience", "paid_by")
    }
    assert terms == {
        ("need", "digital"),
        ("need", "documents"),
        ("audience", "everyone"),
        ("paid_by", "public"),
    }


def test_filters_by_need_measure_and_words_can_be_joined(hub: Hub) -> None:
    every = page(hub, "?limit=100&need=care")["total_items"]
    fewer = page(hub, "?limit=100&need=care&measure=language")
    assert 0 < fewer["total_items"] < every
    assert slugs(fewer) == ["italiano-mamme"]
    assert page(hub, "?text=astronave")["contents"] == []


def test_by_place_only_what_is_not_for_people_who_live_there_is_missing(
    hub: Hub, service: Service
) -> None:
    assert service.catalogue is not None
    bellano = page(hub, "?limit=100&need=food&place=Bellano")
    calolzio = page(hub, "?limit=100&need=food&place=097013")
    assert "pacco-a-casa" in slugs(bellano)
    assert "emporio" not in slugs(bellano)
    assert "emporio" in slugs(calolzio)
    assert "buoni-spesa-avvio" in slugs(bellano)


def test_one_service_is_found_by_slug_and_by_its_identifier(hub: Hub, service: Service) -> None:
    assert service.catalogue is not None
    first = service.catalogue.services[0]
    by_slug = hub.get(f"/v1/services/{first.slug}").json()
    identifier = service_id(service.territory, first)
    assert by_slug["id"] == identifier
    assert hub.get(f"/v1/services/{identifier}").json() == by_slug


def test_what_was_not_confirmed_lately_is_there_and_says_so(hub: Hub) -> None:
    late, soon = (
        hub.get(f"/v1/services/corso-asa?as_of={day}").json()
        for day in ("2027-05-02", "2027-05-01")
    )
    assert "Confermato l'ultima volta il 01/11/2026" in late["alert"]
    assert "Confermato" not in soon["alert"]
    codes = [
        one["taxonomy_term"]["code"]
        for answer in (late, soon)
        for one in answer["attributes"]
        if one["link_type"] == "freshness"
    ]
    assert codes == ["stale", "fresh"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/services/volo-spaziale", 404),
        ("/v1/services?cursor=%C3%A8", 422),
        ("/v1/services?cursor=A", 422),
        ("/v1/services?place=Atlantide", 422),
        ("/v1/services?need=gold", 422),
        ("/v1/services?limit=0", 422),
        ("/v1/services?limit=101", 422),
        ("/v1/services?as_of=domani", 422),
        ("/v1/services?text=" + "a" * 201, 422),
    ],
)
def test_what_cannot_be_answered_is_a_problem(hub: Hub, path: str, status: int) -> None:
    is_problem(hub.get(path), status)


def test_a_territory_without_a_catalogue_lists_nothing(
    hub_of: Callable[[Service], Hub], service: Service
) -> None:
    empty = hub_of(replace(service, catalogue=None))
    assert page(empty)["contents"] == []
    is_problem(empty.get("/v1/services/corso-asa"), 404)


def test_nothing_can_be_written(hub: Hub) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        is_problem(hub.ask(method, "/v1/services"), 405)


def test_a_cursor_comes_back_as_the_slug_that_it_stands_after() -> None:
    for slug in ("corso-asa", "a", "perché", str(date(2027, 1, 1))):
        assert slug_after(cursor_of(slug)) == slug
