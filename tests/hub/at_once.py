"""What another process does with a store, at a moment that was agreed on."""

import time
from dataclasses import dataclass
from pathlib import Path

from matching.access.passwords import PasswordHash
from matching.errors import UnknownError
from matching.hub.accounts_invitations import accept_with_password
from matching.hub.accounts_sign_in import claim, prove, sign_in
from matching.store import Keyring, Store, open_engine
from matching.store.anchor import Anchor
from tests.databases import everybody
from tests.hub.entering import QUICK


@dataclass(frozen=True)
class Place:
    """Where a store is, for a process that has none yet."""

    url: str
    anchor: Path
    ring: Keyring

    def opened(self) -> Store:
        return Store(open_engine(self.url), self.ring, Anchor(self.anchor))


def ready(place: Place) -> bool:
    """Have everything imported, and the database reached once."""
    store = place.opened()
    with store.reading(everybody()):
        pass
    store.engine.dispose()
    return True


def follows(place: Place, token: str, chosen: PasswordHash, at: float) -> bool:
    """Whether this process was the one that followed a link."""
    store = place.opened()
    try:
        time.sleep(max(0.0, at - time.time()))
        with store.writing(everybody()) as work:
            accept_with_password(work, token, chosen)
    except UnknownError:
        return False
    finally:
        store.engine.dispose()
    return True


def enters(place: Place, username: str, password: str, code: str | None, at: float) -> str:
    """What a sign-in with a code was answered."""
    store = place.opened()
    try:
        with store.reading(everybody()) as work:
            claimed = claim(work, username)
        proof = prove(claimed, password, QUICK)
        time.sleep(max(0.0, at - time.time()))
        with store.writing(everybody()) as work:
            return sign_in(work, proof, code).outcome
    finally:
        store.engine.dispose()
