"""A protected file: who opens it, and what is told of that."""

import pytest

from matching.domain.access import Act, Actor, Role
from matching.errors import ForbiddenError
from matching.hub.endings import change_file
from matching.hub.people import read_person
from matching.store import Store
from matching.store.tables import journal, notes
from tests.databases import LECCO, everybody
from tests.hub.deciding import COLLEAGUE, MANAGER, Hub, a_hub

REASON = "Ha chiamato: chi la segue non c'era."
OTHERS = frozenset(Role) - {Role.COMMUNITY_MANAGER, Role.PERSON, Role.SYSTEM}


def a_protected_hub(store: Store) -> Hub:
    """A hub whose manager protected Zaira's file, and is in charge of it."""
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        change_file(work, hub.person, version=2, is_protected=True)
    return hub


def test_a_protected_file_is_opened_by_those_whom_the_matrix_lets_and_by_nobody_else(
    store: Store,
) -> None:
    hub = a_protected_hub(store)
    for role in OTHERS:
        other = Actor(id=f"a-{role}", role=role, hubs=frozenset({LECCO}), confirmed=True)
        with pytest.raises(ForbiddenError, match="nobody else"), hub.store.writing(other) as work:
            read_person(work, hub.person, reason=REASON)
    narrowed = Actor(
        id="account-2", role=Role.COMMUNITY_MANAGER, hubs=frozenset({LECCO}),
        only=frozenset({Act.READ_PERSON}),
    )  # fmt: skip
    with pytest.raises(ForbiddenError), hub.store.writing(narrowed) as work:
        read_person(work, hub.person, reason=REASON)
    with hub.store.reading(everybody()) as work:
        assert work.count(notes) == 0
        assert work.count(journal, journal.c.act == Act.OPEN_PROTECTED_FILE) == 0
    with hub.store.writing(COLLEAGUE) as work:
        assert read_person(work, hub.person, reason=REASON).is_protected
        assert work.count(notes) == 1
