"""What people decided: proposals and answers, decisions, contests, outcomes, referrals."""

import sqlalchemy as sa

from matching.store.columns import Code, Digest, Key, Lane, Moment, Name, Purpose, about, kept
from matching.store.tables.schema import metadata

_PATH, _PROPOSALS = Purpose.ACCOMPANIMENT, Purpose.PROPOSALS
_EXPLAINED, _RIGHTS = Purpose.EXPLANATION, Purpose.RIGHTS
_PSEUDONYM = "pseudonym"


def _hub() -> "sa.Column[str]":
    return kept("hub", Code, purpose=Purpose.SECURITY, index=True)


def _pseudonym(*, null: bool = False) -> "sa.Column[str]":
    return kept(_PSEUDONYM, Key, purpose=_EXPLAINED, null=null, index=True)


proposals = sa.Table(
    "proposals",
    metadata,
    kept("id", Key, primary_key=True, purpose=_PROPOSALS),
    _hub(),
    _pseudonym(),
    kept("vacancy_id", Key, sa.ForeignKey("vacancies.id"), purpose=_PROPOSALS, index=True),
    kept("organisation_id", Key, sa.ForeignKey("organisations.id"), purpose=_PROPOSALS, index=True),
    kept("result_id", Key, sa.ForeignKey("results.id"), null=True, purpose=_EXPLAINED),
    kept("state", Code, purpose=_PROPOSALS),
    # What the recipient is shown, already without what D.Lgs 276/2003 art. 10 forbids.
    kept("sealed_evidence", sa.LargeBinary, null=True, purpose=_PROPOSALS),
    kept("sender", Name, purpose=_PROPOSALS),
    kept("accepted_at", Moment, null=True, purpose=_RIGHTS),
    kept("accepted_way", Code, null=True, purpose=_RIGHTS),
    kept("acceptance_recorded_by", Key, null=True, purpose=_RIGHTS),
    kept("sent_at", Moment, null=True, purpose=_PROPOSALS),
    kept("due_at", Moment, null=True, purpose=_PROPOSALS),
    kept("reminded_at", Moment, null=True, purpose=_PROPOSALS),
    kept("answered_at", Moment, null=True, purpose=_PROPOSALS),
    kept("answer", Code, null=True, purpose=_PROPOSALS),
    kept("reason_code", Code, null=True, purpose=_PROPOSALS),
    kept("sealed_reason", sa.LargeBinary, null=True, purpose=_PROPOSALS),
    kept("made_by", Key, purpose=_PROPOSALS),
    kept("made_at", Moment, purpose=_PROPOSALS),
    kept("version", sa.Integer, purpose=Purpose.OPERATION),
    sa.CheckConstraint(
        "state IN ('asked', 'accepted', 'declined', 'sent', 'answered', 'expired', 'withdrawn')",
        name="state",
    ),
    # No name leaves before she has said yes to this vacancy and this recipient.
    sa.CheckConstraint("sent_at IS NULL OR accepted_at IS NOT NULL", name="accepted_before_sent"),
    info=about(Lane.PROPOSAL, "People proposed for a vacancy, and the answers", subject=_PSEUDONYM),
)

reserved_reports = sa.Table(
    "reserved_reports",
    metadata,
    kept("id", Key, primary_key=True, purpose=_RIGHTS),
    _hub(),
    kept("proposal_id", Key, sa.ForeignKey("proposals.id"), purpose=_RIGHTS),
    kept("organisation_id", Key, sa.ForeignKey("organisations.id"), purpose=_RIGHTS),
    kept("ground", Code, purpose=_RIGHTS),
    kept("sealed_text", sa.LargeBinary, null=True, purpose=_RIGHTS),
    kept("key_id", Code, purpose=Purpose.SECURITY),
    kept("state", Code, purpose=_RIGHTS),
    kept("opened_at", Moment, purpose=_RIGHTS),
    kept("handled_by", Key, null=True, purpose=_RIGHTS),
    kept("handled_at", Moment, null=True, purpose=_RIGHTS),
    sa.CheckConstraint("state IN ('open', 'handled')", name="state"),
    info=about(Lane.RESULT, "Refusals whose reason discriminates, for the evaluator alone"),
)

contests = sa.Table(
    "contests",
    metadata,
    kept("id", Key, primary_key=True, purpose=_RIGHTS),
    _hub(),
    _pseudonym(),
    kept("kind", Code, purpose=_RIGHTS),
    kept("decision_id", Key, null=True, purpose=_RIGHTS, index=True),
    kept("result_id", Key, sa.ForeignKey("results.id"), null=True, purpose=_RIGHTS),
    kept("sealed_text", sa.LargeBinary, null=True, purpose=_RIGHTS),
    kept("state", Code, purpose=_RIGHTS),
    kept("opened_by", Key, purpose=_RIGHTS),
    kept("opened_at", Moment, purpose=_RIGHTS),
    kept("decided_by", Key, null=True, purpose=_RIGHTS),
    kept("decided_at", Moment, null=True, purpose=_RIGHTS),
    sa.CheckConstraint("kind IN ('contest', 'correction', 'erasure')", name="kind"),
    sa.CheckConstraint("state IN ('open', 'upheld', 'changed')", name="state"),
    sa.CheckConstraint("state = 'open' OR decided_by IS NOT NULL", name="decided_by_somebody"),
    info=about(
        Lane.RESULT, "What people contested or asked to correct or erase", subject=_PSEUDONYM
    ),
)

decisions = sa.Table(
    "decisions",
    metadata,
    kept("id", Key, primary_key=True, purpose=_EXPLAINED),
    _hub(),
    _pseudonym(null=True),
    kept("subject_kind", Code, purpose=_EXPLAINED),
    kept("subject_id", Key, purpose=_EXPLAINED, index=True),
    kept("result_id", Key, sa.ForeignKey("results.id"), null=True, purpose=_EXPLAINED),
    kept("outcome", Code, purpose=_EXPLAINED),
    kept("is_override", sa.Boolean, purpose=_EXPLAINED),
    kept("reason_code", Code, null=True, purpose=_EXPLAINED),
    kept("sealed_reason", sa.LargeBinary, null=True, purpose=_EXPLAINED),
    kept("review_seconds", sa.Integer, null=True, purpose=Purpose.AUDIT),
    kept("contest_id", Key, sa.ForeignKey("contests.id"), null=True, purpose=_RIGHTS),
    kept("decided_by", Key, purpose=_EXPLAINED),
    kept("decided_at", Moment, purpose=_EXPLAINED),
    info=about(Lane.RESULT, "Decisions, each by a named person", subject=_PSEUDONYM),
)

outcomes = sa.Table(
    "outcomes",
    metadata,
    kept("id", Key, primary_key=True, purpose=_PATH),
    _hub(),
    _pseudonym(),
    kept("kind", Code, purpose=_PATH),
    kept("vacancy_id", Key, null=True, purpose=_PATH),
    kept("happened_on", sa.Date, purpose=_PATH),
    # A manager's note and the number that another program gave to it.
    kept("sealed", sa.LargeBinary, null=True, purpose=_PATH),
    # Search word (keyed digest) of that number: it may lead to her there.
    kept("external_word", Digest, null=True, purpose=Purpose.OPERATION),
    kept("recorded_by", Key, purpose=_PATH),
    kept("recorded_at", Moment, purpose=_PATH),
    sa.UniqueConstraint("hub", "external_word", name="uq_outcomes_external"),
    info=about(Lane.RESULT, "What came of it", subject=_PSEUDONYM),
)

referrals = sa.Table(
    "referrals",
    metadata,
    kept("id", Key, primary_key=True, purpose=_PATH),
    _hub(),
    kept("organisation_id", Key, sa.ForeignKey("organisations.id"), null=True, purpose=_PATH,
         index=True),
    # Set once the hub takes charge; until then her name is in the sealed part alone.
    _pseudonym(null=True),
    kept("state", Code, purpose=_PATH),
    kept("source_kind", Code, purpose=_PATH),
    kept("network", Code, purpose=_PATH),
    kept("sealed", sa.LargeBinary, null=True, purpose=_PATH),
    kept("key_id", Code, purpose=Purpose.SECURITY),
    kept("agreed_on", sa.Date, purpose=_RIGHTS),
    kept("made_by", Key, purpose=_PATH),
    kept("made_at", Moment, purpose=_PATH),
    kept("version", sa.Integer, purpose=Purpose.OPERATION),
    sa.CheckConstraint(
        "state IN ('received', 'contacted', 'taken_in_charge', 'directed_elsewhere', 'closed', "
        "'withdrawn')",
        name="state",
    ),
    info=about(Lane.REFERRAL, "People referred to the hub, with their agreement",
               subject=_PSEUDONYM),
)  # fmt: skip
