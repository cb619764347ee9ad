import pytest

from matching.domain.access import EVERYWHERE, Actor, Role
from matching.errors import ConflictError, InputError, StaleError, UnknownError
from matching.hub.organisations import (
    OrganisationKind,
    add_organisation,
    change_organisation,
    list_organisations,
    organisation,
    services_of,
    stand_for,
)
from matching.store import Store
from matching.store.tables import journal
from tests.databases import LECCO, MERATE, everybody
from tests.factories import a_catalogue, a_service

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


def test_a_provider_offers_the_services_of_the_provider_that_it_stands_for(store: Store) -> None:
    catalogue = a_catalogue(a_service("corso"), a_service("altro", provider="altri"))
    known = frozenset({one.provider for one in catalogue.services})
    ours = a_service("corso").provider
    with store.writing(CORPORATE) as work:
        here, rival, agency = (
            add_organisation(work, hub=LECCO, kind=kind, name=kind)
            for kind in (OrganisationKind.PROVIDER, OrganisationKind.PROVIDER, AGENCY)
        )
        assert stand_for(work, here, ours, known=known, version=1).provider == ours
        with pytest.raises(ConflictError, match="Another organisation"):
            stand_for(work, rival, ours, known=known)
        with pytest.raises(InputError, match="no provider of the catalogue"):
            stand_for(work, rival, "inventato", known=known)
        with pytest.raises(InputError, match="Only a provider"):
            stand_for(work, agency, ours, known=known)
        # The same provider works with another hub as another organisation.
    with store.writing(everybody()) as work:
        there = add_organisation(
            work, hub=MERATE, kind=OrganisationKind.PROVIDER, name="Altra sede"
        )
        stand_for(work, there, ours, known=known)

    def offered(organisation_id: str | None, role: Role = Role.PROVIDER) -> frozenset[str]:
        who = Actor(id="p", role=role, hubs=frozenset({LECCO}), organisation=organisation_id)
        with store.reading(who) as work:
            assert services_of(work, None) == frozenset()
            return services_of(work, catalogue)

    assert offered(here) == {"corso"}
    # Of another hub, of none, or no provider at all: nothing.
    assert offered(rival) == offered(there) == offered(None) == frozenset()
    assert offered(here, Role.AGENCY) == frozenset()
    with store.writing(CORPORATE) as work:
        stand_for(work, here, None, known=known)
        stand_for(work, rival, ours, known=known)
    assert (offered(here), offered(rival)) == (frozenset(), {"corso"})
