import pytest

from matching.access.matrix import reach_of
from matching.domain.access import EVERYWHERE, Act, Actor, Reach, Role
from matching.errors import ConflictError, InputError, UnknownError
from matching.hub.organisations import OrganisationKind, add_organisation
from matching.hub.tokens import (
    MOST_DAYS,
    TOKEN_ROLES,
    actor_of_token,
    allowed_acts,
    list_tokens,
    make_token,
    revoke_token,
)
from matching.store import Store
from matching.store.tables import journal, tokens
from tests.databases import LECCO, MERATE, everybody
from tests.hub.entering import HUBS, Clock, timed

ACTS = frozenset({Act.ADD_VACANCY, Act.READ_VACANCY})


def test_a_programme_may_do_what_its_token_says_over_its_hub_and_nothing_else(
    store: Store,
) -> None:
    with store.writing(everybody()) as work:
        made = make_token(work, "ATS", role=Role.MACHINE, hub=LECCO, acts=ACTS, days=30)
    with store.reading(everybody()) as work:
        actor = actor_of_token(work, made.token, HUBS)
        assert actor == Actor(
            id=made.token_id, role=Role.MACHINE, hubs=frozenset({LECCO}), only=ACTS
        )
        assert made.token not in f"{made} {work.rows(tokens)} {work.rows(journal)}"
        assert [(one.id, one.acts) for one in list_tokens(work)] == [(made.token_id, ACTS)]
    assert {act for act in Act if reach_of(actor, act)} == ACTS


def test_a_company_has_a_token_on_its_own_rows(store: Store) -> None:
    with store.writing(everybody()) as work:
        agency = add_organisation(work, hub=LECCO, kind=OrganisationKind.AGENCY, name="Agenzia")
        made = make_token(
            work, "ATS", role=Role.AGENCY, hub=LECCO, acts=ACTS, days=30, organisation_id=agency
        )
        actor = actor_of_token(work, made.token, HUBS)
        assert actor is not None
        assert actor.organisation == agency
        assert reach_of(actor, Act.ADD_VACANCY) is Reach.OWN
        for hub, organisation in ((MERATE, agency), (LECCO, None), (LECCO, "x")):
            with pytest.raises((InputError, UnknownError)):
                make_token(
                    work, "ATS", role=Role.AGENCY, hub=hub, acts=ACTS, days=30,
                    organisation_id=organisation,
                )  # fmt: skip


def test_a_token_ends_on_its_day_or_when_it_is_revoked(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    with store.writing(everybody()) as work:
        first, second = (
            make_token(work, "ATS", role=Role.MACHINE, hub=LECCO, acts=ACTS, days=days)
            for days in (1, MOST_DAYS)
        )
    with store.writing(everybody()) as work:
        revoke_token(work, second.token_id)
    with pytest.raises(ConflictError), store.writing(everybody()) as work:
        revoke_token(work, second.token_id)
    with pytest.raises(UnknownError), store.writing(everybody()) as work:
        revoke_token(work, "x")
    clock.goes_on(days=1, seconds=-1)
    with store.reading(everybody()) as work:
        assert actor_of_token(work, first.token, HUBS) is not None
        assert actor_of_token(work, second.token, HUBS) is None
        assert actor_of_token(work, "valoriamo_x", HUBS) is None
        assert {one.id for one in list_tokens(work)} == {first.token_id, second.token_id}
    clock.goes_on(seconds=1)
    with store.reading(everybody()) as work:
        assert actor_of_token(work, first.token, HUBS) is None


def test_what_no_token_can_be_for_is_refused(store: Store) -> None:
    usual = {"role": Role.MACHINE, "hub": LECCO, "acts": ACTS, "days": 30, "name": "ATS"}
    for other in (
        {"role": Role.COMMUNITY_MANAGER}, {"role": Role.ADMIN, "hub": EVERYWHERE},
        {"role": Role.SYSTEM}, {"hub": EVERYWHERE}, {"acts": frozenset()},
        {"acts": {Act.READ_NOTES}}, {"acts": {Act.SIGN_IN}}, {"acts": ACTS | {Act.DECIDE}},
        {"days": 0}, {"days": -1}, {"days": MOST_DAYS + 1}, {"name": " "}, {"name": "a\x00"},
        {"name": "a" * 201},
    ):  # fmt: skip
        with pytest.raises(InputError), store.writing(everybody()) as work:
            make_token(work, **{**usual, **other})  # type: ignore[arg-type]
    with pytest.raises(UnknownError), store.writing(everybody()) as work:
        make_token(work, "ATS", role=Role.MACHINE, hub="hub-x", acts=ACTS, days=30)


def test_an_act_that_a_later_version_no_longer_knows_is_left_out(store: Store) -> None:
    with store.writing(everybody()) as work:
        made = make_token(work, "ATS", role=Role.MACHINE, hub=LECCO, acts=ACTS, days=30)
        work.change(tokens, {"acts": "read_vacancy fly_to_the_moon"})
        actor = actor_of_token(work, made.token, HUBS)
    assert actor is not None
    assert actor.only == {Act.READ_VACANCY}


def test_no_token_signs_in_or_reaches_further_than_its_role() -> None:
    for role in TOKEN_ROLES:
        actor = Actor(id="t", role=role)
        assert allowed_acts(role) == {
            act for act in Act if reach_of(actor, act) and act is not Act.SIGN_IN
        }
