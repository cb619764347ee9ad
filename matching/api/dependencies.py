"""What routes are given: the service, the day, a body of the right kind."""

from datetime import date
from email.message import Message
from typing import Annotated

from fastapi import Depends, Request

from matching.access.passwords import Passwords
from matching.api.errors import Refusal
from matching.hub.pools import Pools
from matching.service import Service
from matching.store import Store


def _service(request: Request) -> Service:
    service = request.app.state.service
    if not isinstance(service, Service):
        raise TypeError(f"create_app keeps a Service, not {type(service).__name__}.")
    return service


def _store(request: Request) -> Store:
    store = request.app.state.store
    if not isinstance(store, Store):
        raise TypeError(f"create_hub_app keeps a Store, not {type(store).__name__}.")
    return store


def _pools(request: Request) -> Pools:
    pools = request.app.state.pools
    if not isinstance(pools, Pools):
        raise TypeError(f"create_hub_app keeps Pools, not {type(pools).__name__}.")
    return pools


def _passwords(request: Request) -> Passwords:
    passwords = request.app.state.passwords
    if not isinstance(passwords, Passwords):
        raise TypeError(f"create_hub_app keeps Passwords, not {type(passwords).__name__}.")
    return passwords


def _today() -> date:
    """Today, for requests that say no day: the only clock of the API."""
    return date.today()


def media_type(request: Request) -> str:
    """The kind of body that a request says it has."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    return header.get_content_type() if request.headers.get("content-type") else ""


def is_json(media: str) -> bool:
    """Whether a kind of body is JSON."""
    return media == "application/json" or (
        media.startswith("application/") and media.endswith("+json")
    )


def _only_json(request: Request) -> None:
    if not is_json(media_type(request)):
        raise Refusal(415, "Send JSON, with Content-Type: application/json.")


TheService = Annotated[Service, Depends(_service)]
TheStore = Annotated[Store, Depends(_store)]
ThePools = Annotated[Pools, Depends(_pools)]
ThePasswords = Annotated[Passwords, Depends(_passwords)]
Today = Annotated[date, Depends(_today)]
OnlyJson = Depends(_only_json)
