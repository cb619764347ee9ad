"""What routes of a hub are given besides: the store, the pools, passwords, lists of reasons."""

from typing import Annotated

from fastapi import Depends, Request

from matching.access.passwords import Passwords
from matching.api.dependencies import TheService
from matching.domain.access import EVERYWHERE, Actor, the_system
from matching.hub.pools import Pools
from matching.hub.reasons import Reasons
from matching.hub.scoring import check_not_stopped
from matching.service import Service
from matching.store import Store


def hubs_of_territory(service: Service) -> frozenset[str]:
    """The hubs of the territory that is served, and what belongs to all of them."""
    return frozenset({hub.id for hub in service.territory.hubs} | {EVERYWHERE})


async def _everybody(service: TheService) -> Actor:
    return the_system(hubs_of_territory(service))


async def _store(request: Request) -> Store:
    store = request.app.state.store
    if not isinstance(store, Store):
        raise TypeError(f"create_hub_app keeps a Store, not {type(store).__name__}.")
    return store


async def _pools(request: Request) -> Pools:
    pools = request.app.state.pools
    if not isinstance(pools, Pools):
        raise TypeError(f"create_hub_app keeps Pools, not {type(pools).__name__}.")
    return pools


async def _passwords(request: Request) -> Passwords:
    passwords = request.app.state.passwords
    if not isinstance(passwords, Passwords):
        raise TypeError(f"create_hub_app keeps Passwords, not {type(passwords).__name__}.")
    return passwords


def _reasons(request: Request) -> Reasons:
    reasons = request.app.state.reasons
    if not isinstance(reasons, Reasons):
        raise TypeError(f"create_hub_app keeps Reasons, not {type(reasons).__name__}.")
    return reasons


def _scoring_on(store: Annotated[Store, Depends(_store)]) -> None:
    with store.reading(the_system(frozenset())) as work:
        check_not_stopped(work)


TheSystem = Annotated[Actor, Depends(_everybody)]
"""The installation itself, over all hubs of its territory, for who is not signed in yet."""

TheStore = Annotated[Store, Depends(_store)]
ThePools = Annotated[Pools, Depends(_pools)]
ThePasswords = Annotated[Passwords, Depends(_passwords)]
TheReasons = Annotated[Reasons, Depends(_reasons)]

NotStopped = Depends(_scoring_on)
"""For routes that compute on what is sent: those that read files ask by themselves."""
