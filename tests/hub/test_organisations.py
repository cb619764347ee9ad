import pytest

from matching.domain.access import EVERYWHERE, Actor, Role
from matching.errors import InputError, StaleError, UnknownError
from matching.hub.organisations import (
    OrganisationKind,
    add_organisation,
    change_organisation,
    list_organisations,
    organisation,
)
from matching.store import Store
from matching.store.tables import journal
from tests.databases import LECCO, MERATE, everybody

CORPORATE = Actor(id="c", role=Role.CORPORATE_MANAGER, hubs=frozenset({LECCO}))
AGENCY = OrganisationKind.AGENCY


def test_a_hub_works_with_its_own_organisations_and_sees_no_other_hubs(store: Store) -> None:
    with store.writing(everybody()) as work:
        there = add_organisation(work, hub=MERATE, kind=AGENCY, name="Agenzia inventata")
    with store.writing(CORPORATE) as work:
        here = add_organisation(work, hub=LECCO, kind=AGENCY, name="  Agenzia \n inventata ")
        assert [one.id for one in list_organisations(work)] == [here]
        assert organisation(work, here).name == "Agenzia inventata"
        for verb in (
            lambda: organisation(work, there),
            lambda: change_organisation(work, there, name="Altra"),
            lambda: add_organisation(work, hub=MERATE, kind=AGENCY, name="Altra"),
        ):
            with pytest.raises(UnknownError):
                verb()
    with store.reading(everybody()) as work:
        assert [one.hub for one in list_organisations(work)] == [LECCO, MERATE]
        assert "inventata" not in str(work.rows(journal))


def test_a_name_is_changed_on_the_version_that_was_read(store: Store) -> None:
    with store.writing(CORPORATE) as work:
        here = add_organisation(work, hub=LECCO, kind=AGENCY, name="Agenzia")
        changed = change_organisation(work, here, name="Altra agenzia", version=1)
    assert (changed.name, changed.version) == ("Altra agenzia", 2)
    with pytest.raises(StaleError), store.writing(CORPORATE) as work:
        change_organisation(work, here, name="Terza", version=1)


def test_what_cannot_be_a_name_or_a_place_is_refused(store: Store) -> None:
    for name in ("", " ", "a" * 201, "a\x00"):
        with pytest.raises(InputError), store.writing(CORPORATE) as work:
            add_organisation(work, hub=LECCO, kind=AGENCY, name=name)
    with pytest.raises(InputError), store.writing(everybody()) as work:
        add_organisation(work, hub=EVERYWHERE, kind=AGENCY, name="Agenzia")
