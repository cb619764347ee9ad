from matching.domain.access import Role
from tests.api.hub.desk import Desk
from tests.databases import LECCO, MERATE

CORPORATE = {"role": Role.CORPORATE_MANAGER}
AGENCY = {"name": "Agenzia Prova", "kind": "agency"}


def test_an_organisation_is_added_and_seen_by_its_hub_alone(desk: Desk) -> None:
    added = desk.post("/v1/organisations", AGENCY, **CORPORATE)
    assert added.status_code == 201, added.text
    where = added.headers["location"]
    assert added.json()["hub"] == LECCO
    for role in (Role.COMMUNITY_MANAGER, Role.CORPORATE_MANAGER, Role.ADMIN):
        assert desk.get(where, role=role).json() == added.json()
    assert desk.get(where, hub=MERATE).status_code == 404
    assert desk.get("/v1/organisations", hub=MERATE).json()["organisations"] == []
    assert desk.get(where, role=Role.AGENCY).status_code == 403


def test_whoever_works_for_several_hubs_says_which(desk: Desk) -> None:
    assert desk.post("/v1/organisations", AGENCY, role=Role.ADMIN).status_code == 422
    named = desk.post("/v1/organisations", {**AGENCY, "hub": MERATE}, role=Role.ADMIN)
    assert named.json()["hub"] == MERATE
    assert desk.post("/v1/organisations", {**AGENCY, "hub": MERATE}, **CORPORATE).status_code == 404
    everywhere = {**AGENCY, "hub": "*"}
    assert desk.post("/v1/organisations", everywhere, role=Role.ADMIN).status_code == 422


def test_a_name_is_changed_by_whoever_read_the_last_version(desk: Desk) -> None:
    added = desk.post("/v1/organisations", AGENCY, **CORPORATE)
    path, headers = added.headers["location"], {"if-match": added.headers["etag"]}
    changed = desk.ask("PATCH", path, {"name": "Agenzia srl"}, headers=headers, **CORPORATE)
    assert changed.json()["name"] == "Agenzia srl"
    again = desk.ask("PATCH", path, {"name": "Altra srl"}, headers=headers, **CORPORATE)
    assert again.status_code == 412
    for body in ({}, {"name": None}, {"kind": "employer"}):
        assert desk.ask("PATCH", path, body, headers=headers, **CORPORATE).status_code == 422


def test_a_provider_of_the_catalogue_is_stood_for_and_no_longer(desk: Desk) -> None:
    slug = next(iter(desk.app.state.service.catalogue.providers))
    body = {"name": "Ente", "kind": "provider", "provider": slug}
    added = desk.post("/v1/organisations", body, **CORPORATE)
    assert added.json()["provider"] == slug
    path, headers = added.headers["location"], {"if-match": added.headers["etag"]}
    both = {"name": "Ente Prova", "provider": None}
    changed = desk.ask("PATCH", path, both, headers=headers, **CORPORATE).json()
    assert (changed["name"], changed["provider"]) == ("Ente Prova", None)
    unknown = {**body, "provider": "nobody"}
    assert desk.post("/v1/organisations", unknown, **CORPORATE).status_code == 422
    names = [one["name"] for one in desk.get("/v1/organisations").json()["organisations"]]
    assert names == ["Ente Prova"]


def test_organisations_come_in_pages(desk: Desk) -> None:
    made = {desk.post("/v1/organisations", AGENCY, **CORPORATE).json()["id"] for _ in range(3)}
    first = desk.get("/v1/organisations?limit=2").json()
    rest = desk.get(f"/v1/organisations?limit=2&cursor={first['next_cursor']}").json()
    found = [one["id"] for one in (*first["organisations"], *rest["organisations"])]
    assert set(found) == made
    assert rest["next_cursor"] is None
