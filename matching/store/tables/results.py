"""Vacancies, and what the engine answered, kept as it was shown."""

import sqlalchemy as sa

from matching.store.columns import Code, Digest, Key, Lane, Moment, Name, Purpose, about, kept
from matching.store.tables.schema import metadata

_PROPOSALS, _SHOWN = Purpose.PROPOSALS, Purpose.EXPLANATION

vacancies = sa.Table(
    "vacancies",
    metadata,
    kept("id", Key, primary_key=True, purpose=_PROPOSALS),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("organisation_id", Key, sa.ForeignKey("organisations.id"), null=True, purpose=_PROPOSALS,
         index=True),
    kept("external_id", Name, null=True, purpose=Purpose.OPERATION),
    kept("title", Name, purpose=_PROPOSALS),
    # Canonical JSON: the text as it came and what was read in it.
    kept("body", sa.LargeBinary, purpose=_PROPOSALS),
    kept("state", Code, purpose=_PROPOSALS),
    kept("opened_on", sa.Date, purpose=_PROPOSALS),
    kept("expires_on", sa.Date, null=True, purpose=_PROPOSALS),
    kept("mission_from", sa.Date, null=True, purpose=_PROPOSALS),
    kept("mission_until", sa.Date, null=True, purpose=_PROPOSALS),
    kept("answer_hours", sa.Integer, purpose=_PROPOSALS),
    kept("created_by", Key, purpose=Purpose.SECURITY),
    kept("created_at", Moment, purpose=Purpose.OPERATION),
    kept("changed_at", Moment, purpose=Purpose.OPERATION),
    kept("version", sa.Integer, purpose=Purpose.OPERATION),
    sa.UniqueConstraint("hub", "organisation_id", "external_id", name="uq_vacancies_external"),
    sa.CheckConstraint("state IN ('open', 'closed', 'withdrawn')", name="state"),
    info=about(Lane.VACANCY, "Vacancies of agencies and employers"),
)  # fmt: skip

results = sa.Table(
    "results",
    metadata,
    kept("id", Key, primary_key=True, purpose=_SHOWN),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("kind", Code, purpose=_SHOWN),
    kept("pseudonym", Key, null=True, purpose=_SHOWN, index=True),
    kept("vacancy_id", Key, null=True, purpose=_SHOWN, index=True),
    kept("as_of", sa.Date, purpose=_SHOWN),
    kept("stated_purpose", Code, purpose=_SHOWN),
    kept("model_name", Code, purpose=_SHOWN),
    kept("model_version", sa.Integer, null=True, purpose=_SHOWN),
    kept("model_digest", Digest, null=True, purpose=_SHOWN),
    kept("inputs_digest", Digest, purpose=_SHOWN),
    # Canonical JSON without a name: people by pseudonym. Never changed, also after an erasure.
    kept("body", sa.LargeBinary, purpose=_SHOWN),
    kept("body_digest", Digest, purpose=_SHOWN),
    kept("made_by", Key, purpose=_SHOWN),
    kept("made_at", Moment, purpose=_SHOWN),
    sa.CheckConstraint(
        "kind IN ('shortlist', 'matches', 'risk', 'plan', 'fund', 'audit')", name="kind"
    ),
    info=about(Lane.RESULT, "Shortlists, matches, assessments and plans as shown",
               subject="pseudonym"),
)  # fmt: skip

result_entries = sa.Table(
    "result_entries",
    metadata,
    kept("result_id", Key, sa.ForeignKey("results.id"), primary_key=True, purpose=_SHOWN),
    kept("position", sa.Integer, primary_key=True, purpose=_SHOWN),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("pseudonym", Key, purpose=_SHOWN, index=True),
    # Reasons quote a CV: sealed with the person's key, unreadable once it is destroyed.
    kept("sealed", sa.LargeBinary, purpose=_SHOWN),
    kept("sealed_digest", Digest, purpose=_SHOWN),
    info=about(Lane.RESULT, "Reasons and evidence of one person in a result, sealed",
               subject="pseudonym"),
)  # fmt: skip
