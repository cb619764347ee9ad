"""Files sent to a hub, previewed and confirmed."""

import base64
from collections.abc import Mapping
from typing import Any

import httpx

from matching.domain.access import Role
from tests.api.hub.desk import Desk
from tests.databases import LECCO
from tests.interchange.files import csv_of

HEAD = "nome;cognome;nato il;comune"
ADA = "Ada;Prova;02/04/1971;Lecco"
PREVIEWED: Mapping[str, Any] = {
    "kind": "persons", "content": base64.b64encode(csv_of(HEAD, ADA)).decode()
}  # fmt: skip


def sent(content: bytes, kind: str = "persons", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "content": base64.b64encode(content).decode(), **more}


def previewed(desk: Desk, body: Mapping[str, Any], **options: Any) -> httpx.Response:
    return desk.post("/v1/imports/preview", dict(body), **options)


def asked(
    desk: Desk, body: Mapping[str, Any], *, manner: Mapping[str, Any] | None = None, **options: Any
) -> httpx.Response:
    """A file previewed, and imported as that says."""
    shown = previewed(desk, body, **options)
    assert shown.status_code == 200, shown.text
    confirmed = {**body, **(manner or {}), "confirm": shown.json()["confirm"]}
    return desk.post("/v1/imports", confirmed, **options)


def an_import(desk: Desk, *, hub: str = LECCO) -> str:
    """An import that waits for a worker; its job."""
    answer = asked(desk, PREVIEWED, hub=hub, role=Role.COMMUNITY_MANAGER)
    assert answer.status_code == 202, answer.text
    job: str = answer.json()["id"]
    return job
