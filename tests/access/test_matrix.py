"""The table of roles, held against what design.md says of them in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.access.matrix import MATRIX, SECOND_FACTOR, reach_of
from matching.domain.access import EVERYWHERE, Act, Actor, Reach, Role, the_system

COMPANIES = (Role.AGENCY, Role.EMPLOYER)
MANAGERS = (Role.COMMUNITY_MANAGER, Role.CORPORATE_MANAGER)

# Whatever answers with, or is done to, somebody who can be named by it.
OF_SOMEBODY = frozenset(
    {
        Act.ADD_PERSON, Act.LIST_PERSONS, Act.READ_PERSON, Act.CHANGE_PERSON, Act.ERASE_PERSON,
        Act.EXPORT_PERSON, Act.OPEN_PROTECTED_FILE, Act.ADD_DOCUMENT, Act.READ_DOCUMENT,
        Act.ADD_NOTE, Act.READ_NOTES, Act.WRITE_PROTECTED_ATTRIBUTES, Act.WRITE_HOUSEHOLD,
        Act.READ_HOUSEHOLD, Act.GIVE_NOTICE, Act.MAKE_SHORTLIST, Act.READ_SHORTLIST,
        Act.MATCH_PERSON, Act.READ_MATCHES, Act.ASSESS_RISK, Act.READ_RISK, Act.WORKLIST, Act.PLAN,
        Act.READ_PROPOSED_PLAN, Act.BEGIN_PLAN, Act.READ_PLAN,
        Act.READ_PARTICIPANTS, Act.READ_OUTCOMES, Act.CONSENT, Act.READ_CONSENTS,
        Act.CHANGE_PLAN_STEP, Act.PROPOSE, Act.ACCEPT_PROPOSAL, Act.SEND_PROPOSAL,
        Act.LIST_PROPOSALS, Act.READ_PROPOSAL, Act.ANSWER_PROPOSAL, Act.DECIDE, Act.READ_DECISION,
        Act.CONTEST, Act.DECIDE_CONTEST, Act.RECORD_OUTCOME, Act.REFER, Act.READ_REFERRAL,
        Act.TAKE_REFERRAL, Act.IMPORT, Act.EXPORT, Act.EXPORT_PEOPLE, Act.INVITE_PERSON,
        Act.WITHDRAW_PROPOSAL, Act.READ_REMINDERS,
    }
)  # fmt: skip

actors = st.builds(
    Actor,
    id=st.just("a"),
    role=st.sampled_from(Role),
    hubs=st.just(frozenset({"hub-lecco"})),
    only=st.none() | st.frozensets(st.sampled_from(Act)),
    confirmed=st.booleans(),
)


def acts_of(role: Role) -> set[Act]:
    return {act for act, roles in MATRIX.items() if role in roles}


def test_every_act_has_a_rule_and_somebody_who_may_do_it() -> None:
    assert set(MATRIX) == set(Act)
    assert all(MATRIX.values())


def test_only_community_managers_and_the_system_reach_notes() -> None:
    for act in (Act.READ_NOTES, Act.ADD_NOTE):
        assert set(MATRIX[act]) == {Role.COMMUNITY_MANAGER}
        assert reach_of(the_system(frozenset()), act) is Reach.INSTALLATION


@pytest.mark.parametrize("role", COMPANIES)
def test_a_company_reaches_its_vacancies_and_what_was_sent_to_it_and_nothing_else(
    role: Role,
) -> None:
    assert acts_of(role) == {
        Act.ADD_VACANCY, Act.LIST_VACANCIES, Act.READ_VACANCY, Act.CHANGE_VACANCY,
        Act.LIST_PROPOSALS, Act.READ_PROPOSAL, Act.ANSWER_PROPOSAL, Act.READ_REASONS, Act.SIGN_IN,
        Act.SEE_ONESELF,
    }  # fmt: skip
    assert {MATRIX[act][role] for act in acts_of(role)} == {Reach.OWN}


@pytest.mark.parametrize("role", COMPANIES)
def test_a_company_reaches_nothing_of_risk_eligibility_or_protected_attributes(role: Role) -> None:
    assert not acts_of(role) & {
        Act.ASSESS_RISK, Act.READ_RISK, Act.WORKLIST, Act.READ_HOUSEHOLD, Act.WRITE_HOUSEHOLD,
        Act.READ_PROTECTED_ATTRIBUTES, Act.WRITE_PROTECTED_ATTRIBUTES, Act.READ_PLAN,
        Act.READ_SHORTLIST, Act.MATCH_PERSON, Act.READ_MATCHES, Act.READ_PROPOSED_PLAN,
        Act.READ_PERSON, Act.READ_DOCUMENT, Act.READ_FUND,
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.FUND_COMMITTEE, Role.ADMIN])
def test_whoever_is_of_the_whole_territory_reaches_nobody_by_name(role: Role) -> None:
    assert not acts_of(role) & OF_SOMEBODY


def test_protected_attributes_are_read_by_the_audit_alone() -> None:
    assert set(MATRIX[Act.READ_PROTECTED_ATTRIBUTES]) == {Role.EVALUATOR}


def test_a_machine_may_do_no_more_than_a_manager_and_no_further() -> None:
    # Metrics are of nobody: counts of requests, for a programme that watches.
    for act in acts_of(Role.MACHINE) - {Act.SEE_ONESELF, Act.READ_METRICS}:
        reaches = [MATRIX[act].get(role) for role in MANAGERS]
        assert MATRIX[act][Role.MACHINE] in reaches, act


def test_a_machine_decides_sends_and_reads_nothing_that_a_person_must() -> None:
    assert not acts_of(Role.MACHINE) & {
        Act.DECIDE, Act.DECIDE_CONTEST, Act.ACCEPT_PROPOSAL, Act.SEND_PROPOSAL,
        Act.WITHDRAW_PROPOSAL, Act.READ_REMINDERS, Act.READ_NOTES,
        Act.READ_HOUSEHOLD, Act.ERASE_PERSON, Act.EXPORT_PERSON, Act.OPEN_PROTECTED_FILE,
        Act.ASSESS_RISK, Act.READ_RISK, Act.MANAGE_ACCOUNTS, Act.MANAGE_TOKENS,
    }  # fmt: skip


def test_a_person_reaches_her_own_and_nobody_else() -> None:
    reaches = {MATRIX[act][Role.PERSON] for act in acts_of(Role.PERSON) - {Act.READ_SERVICES}}
    assert reaches == {Reach.OWN}


def test_no_account_or_token_does_what_is_done_on_the_machine_itself() -> None:
    for act in (
        Act.MIGRATE, Act.BACK_UP, Act.RESTORE, Act.ROTATE_KEYS, Act.EXPIRE_PROPOSAL, Act.REMIND,
    ):  # fmt: skip
        assert set(MATRIX[act]) == {Role.SYSTEM}


def test_whoever_manages_accounts_sees_nothing_that_accounts_are_made_for() -> None:
    assert set(MATRIX[Act.MANAGE_ACCOUNTS]) == set(MATRIX[Act.MANAGE_TOKENS]) == {Role.ADMIN}


@given(actors, st.sampled_from(Act))
def test_scopes_narrow_and_never_widen(actor: Actor, act: Act) -> None:
    whole = Actor(id=actor.id, role=actor.role, hubs=actor.hubs, confirmed=actor.confirmed)
    reach = reach_of(actor, act)
    assert reach in (None, reach_of(whole, act))
    if actor.only is not None and actor.role is not Role.SYSTEM and act not in actor.only:
        assert reach is None


@given(actors, st.sampled_from(Act))
def test_without_a_second_factor_who_needs_one_can_only_sign_in(actor: Actor, act: Act) -> None:
    reach = reach_of(actor, act)
    if actor.role in SECOND_FACTOR and not actor.confirmed and act is not Act.SIGN_IN:
        assert reach is None
    if actor.role is not Role.SYSTEM:
        assert reach in (None, MATRIX[act].get(actor.role))


def test_the_system_is_over_the_hubs_given_and_what_is_of_all() -> None:
    assert the_system(frozenset({"hub-lecco"})).hubs == {"hub-lecco", EVERYWHERE}
