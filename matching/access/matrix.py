"""The table of roles: which act, by whom, how far. What is not in it is refused.

It says what design.md says in words; ``tests/access`` holds every route against it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from matching.domain.access import Act, Actor, Reach, Role

_HUB, _OWN, _TERRITORY, _ALL = Reach.HUB, Reach.OWN, Reach.TERRITORY, Reach.INSTALLATION
_COMMUNITY = {Role.COMMUNITY_MANAGER: _HUB}
_MANAGERS = {**_COMMUNITY, Role.CORPORATE_MANAGER: _HUB}
_COMPANIES = {Role.AGENCY: _OWN, Role.EMPLOYER: _OWN}
_PERSON = {Role.PERSON: _OWN}
_ADMIN = {Role.ADMIN: _ALL}
_EVALUATOR = {Role.EVALUATOR: _TERRITORY}
_MACHINE = {Role.MACHINE: _HUB}

MATRIX: Mapping[Act, Mapping[Role, Reach]] = MappingProxyType(
    {
        # People: their own hub's community managers, and each person her own file.
        Act.ADD_PERSON: {**_COMMUNITY, **_MACHINE},
        Act.LIST_PERSONS: {**_COMMUNITY, **_MACHINE},
        Act.READ_PERSON: {**_COMMUNITY, **_MACHINE, **_PERSON},
        Act.CHANGE_PERSON: {**_COMMUNITY, **_MACHINE},
        Act.ERASE_PERSON: _COMMUNITY,
        Act.EXPORT_PERSON: {**_COMMUNITY, **_PERSON},
        Act.OPEN_PROTECTED_FILE: _COMMUNITY,
        Act.ADD_DOCUMENT: {**_COMMUNITY, **_MACHINE, **_PERSON},
        Act.READ_DOCUMENT: {**_COMMUNITY, **_PERSON},
        Act.ADD_NOTE: _COMMUNITY,
        Act.READ_NOTES: _COMMUNITY,
        # Written with the person, read by the audit alone, which has no names.
        Act.WRITE_PROTECTED_ATTRIBUTES: _COMMUNITY,
        Act.READ_PROTECTED_ATTRIBUTES: _EVALUATOR,
        Act.WRITE_HOUSEHOLD: _COMMUNITY,
        Act.READ_HOUSEHOLD: {**_COMMUNITY, **_PERSON},
        Act.GIVE_NOTICE: {**_COMMUNITY, **_MACHINE},
        Act.CONSENT: {**_COMMUNITY, **_PERSON},
        Act.READ_CONSENTS: {**_COMMUNITY, **_PERSON},
        # Vacancies: a company its own, the hub's managers those of the hub.
        Act.ADD_VACANCY: {**_MANAGERS, **_MACHINE, **_COMPANIES},
        Act.LIST_VACANCIES: {**_MANAGERS, **_MACHINE, **_COMPANIES},
        Act.READ_VACANCY: {**_MANAGERS, **_MACHINE, **_COMPANIES},
        Act.CHANGE_VACANCY: {**_MANAGERS, **_MACHINE, **_COMPANIES},
        # What the engine proposes is for those who accompany; companies see who accepted.
        Act.MAKE_SHORTLIST: {**_COMMUNITY, **_MACHINE},
        Act.READ_SHORTLIST: {**_COMMUNITY, **_MACHINE},
        Act.MATCH_PERSON: {**_COMMUNITY, **_MACHINE},
        Act.READ_MATCHES: {**_COMMUNITY, **_MACHINE},
        Act.ASSESS_RISK: _COMMUNITY,
        Act.READ_RISK: _COMMUNITY,
        Act.WORKLIST: _COMMUNITY,
        Act.PLAN: {**_COMMUNITY, **_MACHINE},
        Act.READ_PROPOSED_PLAN: {**_COMMUNITY, **_MACHINE},
        Act.BEGIN_PLAN: _COMMUNITY,
        Act.READ_PLAN: {**_COMMUNITY, **_PERSON},
        Act.CHANGE_PLAN_STEP: {**_COMMUNITY, **_PERSON, Role.PROVIDER: _OWN},
        # A name, its own step and the step's days: all that a provider sees of anybody.
        Act.READ_PARTICIPANTS: {Role.PROVIDER: _OWN},
        Act.PROPOSE: _COMMUNITY,
        Act.ACCEPT_PROPOSAL: {**_COMMUNITY, **_PERSON},
        Act.SEND_PROPOSAL: _COMMUNITY,
        Act.LIST_PROPOSALS: {**_COMMUNITY, **_COMPANIES, **_PERSON},
        Act.READ_PROPOSAL: {**_COMMUNITY, **_COMPANIES, **_PERSON},
        Act.ANSWER_PROPOSAL: _COMPANIES,
        # A company that closes a vacancy withdraws by that what was proposed for it.
        Act.WITHDRAW_PROPOSAL: {**_COMMUNITY, **_PERSON},
        Act.READ_REMINDERS: _COMMUNITY,
        # Lists of the product, of nobody: what can be given as a reason.
        Act.READ_REASONS: {**_COMMUNITY, **_COMPANIES, **_PERSON, **_EVALUATOR},
        Act.READ_RESERVED_REPORTS: _EVALUATOR,
        Act.DECIDE: _COMMUNITY,
        Act.READ_DECISION: {**_COMMUNITY, **_PERSON},
        Act.CONTEST: {**_COMMUNITY, **_PERSON},
        Act.DECIDE_CONTEST: _COMMUNITY,
        Act.RECORD_OUTCOME: {**_COMMUNITY, Role.PROVIDER: _OWN},
        Act.READ_OUTCOMES: {**_COMMUNITY, **_PERSON},
        Act.REFER: {**_COMMUNITY, Role.REFERRER: _OWN},
        Act.READ_REFERRAL: {**_COMMUNITY, Role.REFERRER: _OWN},
        Act.TAKE_REFERRAL: _COMMUNITY,
        Act.READ_SERVICES: {
            **_MANAGERS, **_MACHINE, **_PERSON, **_EVALUATOR, **_ADMIN,
            Role.REFERRER: _TERRITORY, Role.PROVIDER: _TERRITORY, Role.FUND_COMMITTEE: _TERRITORY,
        },
        Act.READ_FUND: {**_MANAGERS, **_EVALUATOR, Role.FUND_COMMITTEE: _TERRITORY, **_MACHINE},
        Act.PROPOSE_FUND: {**_COMMUNITY, Role.FUND_COMMITTEE: _TERRITORY, **_MACHINE},
        Act.READ_MODELS: {**_COMMUNITY, **_EVALUATOR, **_ADMIN, **_MACHINE},
        Act.AUDIT: _EVALUATOR,
        Act.READ_AUDIT: {**_EVALUATOR, **_ADMIN},
        # Texts that are sent, scored and not kept.
        Act.SCORE: {**_COMMUNITY, **_MACHINE},
        Act.IMPORT: _MANAGERS,
        # Vacancies by all managers; people and what came of their paths by those who accompany.
        Act.EXPORT: _MANAGERS,
        Act.EXPORT_PEOPLE: _COMMUNITY,
        Act.READ_JOB: _MANAGERS,
        Act.READ_JOURNAL: _EVALUATOR,
        # Counts of requests, without anything of anybody.
        Act.READ_METRICS: {**_ADMIN, **_MACHINE},
        Act.RUN_RETENTION: _ADMIN,
        Act.MANAGE_ACCOUNTS: _ADMIN,
        # Of protected files whose manager is gone: how many, and to whom, never whose.
        Act.HAND_OVER: _ADMIN,
        Act.MANAGE_TOKENS: _ADMIN,
        # Whose file it is comes in to see her own; her hub knows who she is, nobody else does.
        Act.INVITE_PERSON: _COMMUNITY,
        Act.MANAGE_ORGANISATIONS: {**_ADMIN, Role.CORPORATE_MANAGER: _HUB},
        Act.READ_ORGANISATIONS: {**_ADMIN, **_MANAGERS},
        Act.MANAGE_NOTICES: _ADMIN,
        Act.READ_NOTICES: {**_ADMIN, **_EVALUATOR, **_COMMUNITY, **_MACHINE, **_PERSON},
        Act.STOP_SCORING: {**_ADMIN, **_EVALUATOR},
        # Two of these: one proposes, another confirms.
        Act.PROMOTE_MODEL: {**_ADMIN, **_EVALUATOR},
        # What time does by itself, as work in the background.
        Act.EXPIRE_PROPOSAL: {Role.SYSTEM: _ALL},
        Act.REMIND: {Role.SYSTEM: _ALL},
        # Commands on the machine itself: no account does these over the network.
        Act.MIGRATE: {Role.SYSTEM: _ALL},
        Act.BACK_UP: {Role.SYSTEM: _ALL},
        Act.RESTORE: {Role.SYSTEM: _ALL},
        Act.ROTATE_KEYS: {Role.SYSTEM: _ALL},
        Act.SIGN_IN: {role: _OWN for role in Role if role not in (Role.MACHINE, Role.SYSTEM)},
        Act.SEE_ONESELF: {role: _OWN for role in Role if role is not Role.SYSTEM},
    }
)  # fmt: skip

SECOND_FACTOR = frozenset({Role.ADMIN, Role.EVALUATOR})
"""Roles that nobody acts in without a second factor."""


def reach_of(actor: Actor, act: Act) -> Reach | None:
    """How far somebody may go in an act, None where not at all.

    The installation itself may do everything, over the hubs that it was given.
    """
    if actor.role is Role.SYSTEM:
        return Reach.INSTALLATION
    if actor.only is not None and act not in actor.only:
        return None
    if actor.role in SECOND_FACTOR and not actor.confirmed and act is not Act.SIGN_IN:
        return None
    return MATRIX.get(act, {}).get(actor.role)
