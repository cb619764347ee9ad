"""What routes of a hub are given besides: the store, the pools, what checks passwords."""

from typing import Annotated

from fastapi import Depends, Request

from matching.access.passwords import Passwords
from matching.hub.pools import Pools
from matching.store import Store


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


TheStore = Annotated[Store, Depends(_store)]
ThePools = Annotated[Pools, Depends(_pools)]
ThePasswords = Annotated[Passwords, Depends(_passwords)]
