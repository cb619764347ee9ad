"""Who asks, in which role, and what can be asked: the words of access."""

from dataclasses import dataclass, field
from enum import StrEnum

EVERYWHERE = "*"
"""In place of a hub: what belongs to the whole installation."""


class Role(StrEnum):
    """What somebody, or a machine, is to the hub; a closed list."""

    COMMUNITY_MANAGER = "community_manager"
    CORPORATE_MANAGER = "corporate_manager"
    AGENCY = "agency"
    EMPLOYER = "employer"
    REFERRER = "referrer"
    PROVIDER = "provider"
    FUND_COMMITTEE = "fund_committee"
    EVALUATOR = "evaluator"
    ADMIN = "admin"
    PERSON = "person"
    MACHINE = "machine"
    SYSTEM = "system"


class Reach(StrEnum):
    """How far a right goes: over a hub's rows, one's own, or those of nobody in particular."""

    HUB = "hub"
    OWN = "own"
    TERRITORY = "territory"
    INSTALLATION = "installation"


class Act(StrEnum):
    """Whatever can be asked of a hub; each route is one of these."""

    ADD_PERSON = "add_person"
    LIST_PERSONS = "list_persons"
    READ_PERSON = "read_person"
    CHANGE_PERSON = "change_person"
    ERASE_PERSON = "erase_person"
    EXPORT_PERSON = "export_person"
    OPEN_PROTECTED_FILE = "open_protected_file"
    ADD_DOCUMENT = "add_document"
    READ_DOCUMENT = "read_document"
    ADD_NOTE = "add_note"
    READ_NOTES = "read_notes"
    WRITE_PROTECTED_ATTRIBUTES = "write_protected_attributes"
    READ_PROTECTED_ATTRIBUTES = "read_protected_attributes"
    WRITE_HOUSEHOLD = "write_household"
    READ_HOUSEHOLD = "read_household"
    GIVE_NOTICE = "give_notice"
    CONSENT = "consent"
    READ_CONSENTS = "read_consents"
    ADD_VACANCY = "add_vacancy"
    LIST_VACANCIES = "list_vacancies"
    READ_VACANCY = "read_vacancy"
    CHANGE_VACANCY = "change_vacancy"
    MAKE_SHORTLIST = "make_shortlist"
    READ_SHORTLIST = "read_shortlist"
    MATCH_PERSON = "match_person"
    READ_MATCHES = "read_matches"
    ASSESS_RISK = "assess_risk"
    READ_RISK = "read_risk"
    PLAN = "plan"
    READ_PROPOSED_PLAN = "read_proposed_plan"
    BEGIN_PLAN = "begin_plan"
    READ_PLAN = "read_plan"
    CHANGE_PLAN_STEP = "change_plan_step"
    READ_PARTICIPANTS = "read_participants"
    PROPOSE = "propose"
    ACCEPT_PROPOSAL = "accept_proposal"
    SEND_PROPOSAL = "send_proposal"
    LIST_PROPOSALS = "list_proposals"
    READ_PROPOSAL = "read_proposal"
    ANSWER_PROPOSAL = "answer_proposal"
    WITHDRAW_PROPOSAL = "withdraw_proposal"
    EXPIRE_PROPOSAL = "expire_proposal"
    REMIND = "remind"
    READ_REMINDERS = "read_reminders"
    READ_REASONS = "read_reasons"
    READ_RESERVED_REPORTS = "read_reserved_reports"
    DECIDE = "decide"
    READ_DECISION = "read_decision"
    CONTEST = "contest"
    DECIDE_CONTEST = "decide_contest"
    RECORD_OUTCOME = "record_outcome"
    READ_OUTCOMES = "read_outcomes"
    REFER = "refer"
    READ_REFERRAL = "read_referral"
    TAKE_REFERRAL = "take_referral"
    READ_SERVICES = "read_services"
    READ_FUND = "read_fund"
    PROPOSE_FUND = "propose_fund"
    READ_MODELS = "read_models"
    AUDIT = "audit"
    READ_AUDIT = "read_audit"
    SCORE = "score"
    WORKLIST = "worklist"
    IMPORT = "import"
    EXPORT = "export"
    EXPORT_PEOPLE = "export_people"
    READ_JOB = "read_job"
    READ_JOURNAL = "read_journal"
    READ_METRICS = "read_metrics"
    RUN_RETENTION = "run_retention"
    MANAGE_ACCOUNTS = "manage_accounts"
    HAND_OVER = "hand_over"
    MANAGE_TOKENS = "manage_tokens"
    INVITE_PERSON = "invite_person"
    MANAGE_ORGANISATIONS = "manage_organisations"
    READ_ORGANISATIONS = "read_organisations"
    MANAGE_NOTICES = "manage_notices"
    READ_NOTICES = "read_notices"
    STOP_SCORING = "stop_scoring"
    PROMOTE_MODEL = "promote_model"
    MIGRATE = "migrate"
    BACK_UP = "back_up"
    RESTORE = "restore"
    ROTATE_KEYS = "rotate_keys"
    SIGN_IN = "sign_in"
    SEE_ONESELF = "see_oneself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: an account, a token of a machine, or the installation itself.

    ``hubs`` are those whose rows can be touched; ``organisation`` and ``person_id`` say whose own
    rows are meant by :attr:`Reach.OWN`; ``only`` narrows what the role may do, as the scopes of a
    token do; ``confirmed`` whether a second factor was given.
    """

    id: str
    role: Role
    hubs: frozenset[str] = field(default=frozenset())
    organisation: str | None = None
    person_id: str | None = None
    only: frozenset[Act] | None = None
    confirmed: bool = False


def the_system(hubs: frozenset[str]) -> Actor:
    """The installation itself, as commands and scheduled work act, over some hubs."""
    return Actor(id="system", role=Role.SYSTEM, hubs=hubs | {EVERYWHERE}, confirmed=True)
