"""The first schema."""

import sqlalchemy as sa
from alembic import op

from matching.store.chain import NOTHING

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, and begin the journal."""
    op.create_table(
        "erased",
        sa.Column("pseudonym", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("pseudonym", name=op.f("pk_erased")),
    )
    op.create_index(op.f("ix_erased_hub"), "erased", ["hub"], unique=False)
    op.create_table(
        "households",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
    )
    op.create_index(op.f("ix_households_hub"), "households", ["hub"], unique=False)
    op.create_table(
        "installation",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("once_key", sa.String(length=200), nullable=True),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(length=200), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')",
            name=op.f("ck_jobs_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("once_key", name=op.f("uq_jobs_once_key")),
    )
    op.create_index(op.f("ix_jobs_hub"), "jobs", ["hub"], unique=False)
    op.create_index(op.f("ix_jobs_state"), "jobs", ["state"], unique=False)
    op.create_table(
        "journal",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("request", sa.String(length=36), nullable=True),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_hub"), "journal", ["hub"], unique=False)
    op.create_index(op.f("ix_journal_subject"), "journal", ["subject"], unique=False)
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "kept_requests",
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("asked_digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor", "request_key", name=op.f("pk_kept_requests")),
    )
    op.create_index(op.f("ix_kept_requests_hub"), "kept_requests", ["hub"], unique=False)
    op.create_table(
        "notice_versions",
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", "language", name=op.f("pk_notice_versions")),
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('agency', 'employer', 'referrer', 'provider')",
            name=op.f("ck_organisations_kind"),
        ),
        sa.CheckConstraint(
            "provider IS NULL OR kind = 'provider'",
            name=op.f("ck_organisations_provider_of_its_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("hub", "provider", name="uq_organisations_provider"),
    )
    op.create_index(op.f("ix_organisations_hub"), "organisations", ["hub"], unique=False)
    op.create_table(
        "outcomes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("pseudonym", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("vacancy_id", sa.String(length=36), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("external_word", sa.String(length=64), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
        sa.UniqueConstraint("hub", "external_word", name="uq_outcomes_external"),
    )
    op.create_index(op.f("ix_outcomes_hub"), "outcomes", ["hub"], unique=False)
    op.create_index(op.f("ix_outcomes_pseudonym"), "outcomes", ["pseudonym"], unique=False)
    op.create_table(
        "person_keys",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("pseudonym", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_keys")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_person_keys_pseudonym")),
    )
    op.create_index(op.f("ix_person_keys_hub"), "person_keys", ["hub"], unique=False)
    op.create_index(op.f("ix_person_keys_key_id"), "person_keys", ["key_id"], unique=False)
    op.create_table(
        "protected_attributes",
        sa.Column("audit_pseudonym", sa.String(length=64), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("audit_pseudonym", name=op.f("pk_protected_attributes")),
    )
    op.create_index(
        op.f("ix_protected_attributes_hub"), "protected_attributes", ["hub"], unique=False
    )
    op.create_table(
        "results",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("pseudonym", sa.String(length=36), nullable=True),
        sa.Column("vacancy_id", sa.String(length=36), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("stated_purpose", sa.String(length=40), nullable=False),
        sa.Column("model_name", sa.String(length=40), nullable=False),
        sa.Column("model_version", sa.Integer(), nullable=True),
        sa.Column("model_digest", sa.String(length=64), nullable=True),
        sa.Column("inputs_digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("body_digest", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('shortlist', 'matches', 'risk', 'plan', 'fund', 'audit')",
            name=op.f("ck_results_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results")),
    )
    op.create_index(op.f("ix_results_hub"), "results", ["hub"], unique=False)
    op.create_index(op.f("ix_results_pseudonym"), "results", ["pseudonym"], unique=False)
    op.create_index(op.f("ix_results_vacancy_id"), "results", ["vacancy_id"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hub", "kind", name=op.f("pk_revisions")),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name_word", sa.String(length=64), nullable=True),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=True),
        sa.Column("name_key_id", sa.String(length=40), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("home_hub", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(length=40), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.Column("external_subject", sa.String(length=200), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('invited', 'active', 'disabled')", name=op.f("ck_accounts_state")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_accounts_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("external_subject", name=op.f("uq_accounts_external_subject")),
        sa.UniqueConstraint("name_word", name=op.f("uq_accounts_name_word")),
    )
    op.create_index(op.f("ix_accounts_person_id"), "accounts", ["person_id"], unique=False)
    op.create_table(
        "contests",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("pseudonym", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("decision_id", sa.String(length=36), nullable=True),
        sa.Column("result_id", sa.String(length=36), nullable=True),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opened_by", sa.String(length=36), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('contest', 'correction', 'erasure')", name=op.f("ck_contests_kind")
        ),
        sa.CheckConstraint(
            "state = 'open' OR decided_by IS NOT NULL", name=op.f("ck_contests_decided_by_somebody")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'upheld', 'changed')", name=op.f("ck_contests_state")
        ),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_contests_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests")),
    )
    op.create_index(op.f("ix_contests_decision_id"), "contests", ["decision_id"], unique=False)
    op.create_index(op.f("ix_contests_hub"), "contests", ["hub"], unique=False)
    op.create_index(op.f("ix_contests_pseudonym"), "contests", ["pseudonym"], unique=False)
    op.create_table(
        "job_files",
        sa.Column("job_id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_files_job_id")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_files")),
    )
    op.create_index(op.f("ix_job_files_hub"), "job_files", ["hub"], unique=False)
    op.create_table(
        "job_rows",
        sa.Column("job_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_rows_job_id")),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_job_rows")),
    )
    op.create_index(op.f("ix_job_rows_hub"), "job_rows", ["hub"], unique=False)
    op.create_table(
        "plan_events",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("pseudonym", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("result_id", sa.String(length=36), nullable=True),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"], ["results.id"], name=op.f("fk_plan_events_result_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_events")),
        sa.UniqueConstraint("plan_id", "position", name="uq_plan_events_position"),
    )
    op.create_index(op.f("ix_plan_events_hub"), "plan_events", ["hub"], unique=False)
    op.create_index(op.f("ix_plan_events_plan_id"), "plan_events", ["plan_id"], unique=False)
    op.create_index(op.f("ix_plan_events_pseudonym"), "plan_events", ["pseudonym"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("pseudonym", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("source_kind", sa.String(length=40), nullable=False),
        sa.Column("network", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('received', 'contacted', 'taken_in_charge', 'directed_elsewhere', 'closed', 'withdrawn')",
            name=op.f("ck_referrals_state"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_referrals_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
    )
    op.create_index(op.f("ix_referrals_hub"), "referrals", ["hub"], unique=False)
    op.create_index(
        op.f("ix_referrals_organisation_id"), "referrals", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_referrals_pseudonym"), "referrals", ["pseudonym"], unique=False)
    op.create_table(
        "result_entries",
        sa.Column("result_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("pseudonym", sa.String(length=36), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"], ["results.id"], name=op.f("fk_result_entries_result_id")
        ),
        sa.PrimaryKeyConstraint("result_id", "position", name=op.f("pk_result_entries")),
    )
    op.create_index(op.f("ix_result_entries_hub"), "result_entries", ["hub"], unique=False)
    op.create_index(
        op.f("ix_result_entries_pseudonym"), "result_entries", ["pseudonym"], unique=False
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("home_hub", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("acts", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_tokens_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    op.create_table(
        "vacancies",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("mission_from", sa.Date(), nullable=True),
        sa.Column("mission_until", sa.Date(), nullable=True),
        sa.Column("answer_hours", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'closed', 'withdrawn')", name=op.f("ck_vacancies_state")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_vacancies_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancies")),
        sa.UniqueConstraint("hub", "organisation_id", "external_id", name="uq_vacancies_external"),
    )
    op.create_index(op.f("ix_vacancies_hub"), "vacancies", ["hub"], unique=False)
    op.create_index(
        op.f("ix_vacancies_organisation_id"), "vacancies", ["organisation_id"], unique=False
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("pseudonym", sa.String(length=36), nullable=True),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("result_id", sa.String(length=36), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("is_override", sa.Boolean(), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("review_seconds", sa.Integer(), nullable=True),
        sa.Column("contest_id", sa.String(length=36), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_decisions_contest_id")
        ),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_decisions_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_hub"), "decisions", ["hub"], unique=False)
    op.create_index(op.f("ix_decisions_pseudonym"), "decisions", ["pseudonym"], unique=False)
    op.create_index(op.f("ix_decisions_subject_id"), "decisions", ["subject_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_invitations_account_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_account_id"), "invitations", ["account_id"], unique=False)
    op.create_table(
        "persons",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("is_protected", sa.Boolean(), nullable=False),
        sa.Column("manager_id", sa.String(length=36), nullable=True),
        sa.Column("point", sa.String(length=40), nullable=True),
        sa.Column("household_id", sa.String(length=36), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("restricted_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'closed', 'restricted')", name=op.f("ck_persons_state")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_persons_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["accounts.id"], name=op.f("fk_persons_manager_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
    )
    op.create_index(op.f("ix_persons_household_id"), "persons", ["household_id"], unique=False)
    op.create_index(op.f("ix_persons_hub"), "persons", ["hub"], unique=False)
    op.create_index(op.f("ix_persons_manager_id"), "persons", ["manager_id"], unique=False)
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("pseudonym", sa.String(length=36), nullable=False),
        sa.Column("vacancy_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("result_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("sealed_evidence", sa.LargeBinary(), nullable=True),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_way", sa.String(length=40), nullable=True),
        sa.Column("acceptance_recorded_by", sa.String(length=36), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'accepted', 'declined', 'sent', 'answered', 'expired', 'withdrawn')",
            name=op.f("ck_proposals_state"),
        ),
        sa.CheckConstraint(
            "sent_at IS NULL OR accepted_at IS NOT NULL",
            name=op.f("ck_proposals_accepted_before_sent"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_proposals_organisation_id")
        ),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_proposals_result_id")),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name=op.f("fk_proposals_vacancy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(op.f("ix_proposals_hub"), "proposals", ["hub"], unique=False)
    op.create_index(
        op.f("ix_proposals_organisation_id"), "proposals", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_proposals_pseudonym"), "proposals", ["pseudonym"], unique=False)
    op.create_index(op.f("ix_proposals_vacancy_id"), "proposals", ["vacancy_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account_id"), "sessions", ["account_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("notice_version", sa.String(length=40), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_consents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_hub"), "consents", ["hub"], unique=False)
    op.create_index(op.f("ix_consents_person_id"), "consents", ["person_id"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_quarantined", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.String(length=36), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_documents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_hub"), "documents", ["hub"], unique=False)
    op.create_index(op.f("ix_documents_person_id"), "documents", ["person_id"], unique=False)
    op.create_table(
        "identities",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_word", sa.String(length=64), nullable=True),
        sa.Column("contact_word", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_identities_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_identities")),
    )
    op.create_index(
        op.f("ix_identities_contact_word"), "identities", ["contact_word"], unique=False
    )
    op.create_index(op.f("ix_identities_hub"), "identities", ["hub"], unique=False)
    op.create_index(op.f("ix_identities_name_word"), "identities", ["name_word"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_notes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_hub"), "notes", ["hub"], unique=False)
    op.create_index(op.f("ix_notes_person_id"), "notes", ["person_id"], unique=False)
    op.create_table(
        "notices_given",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_notices_given_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["version", "language"],
            ["notice_versions.version", "notice_versions.language"],
            name=op.f("fk_notices_given_version_language"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices_given")),
    )
    op.create_index(op.f("ix_notices_given_hub"), "notices_given", ["hub"], unique=False)
    op.create_index(
        op.f("ix_notices_given_person_id"), "notices_given", ["person_id"], unique=False
    )
    op.create_table(
        "profiles",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_profiles_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_profiles")),
    )
    op.create_index(op.f("ix_profiles_hub"), "profiles", ["hub"], unique=False)
    op.create_table(
        "reserved_reports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hub", sa.String(length=40), nullable=False),
        sa.Column("proposal_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_by", sa.String(length=36), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'handled')", name=op.f("ck_reserved_reports_state")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_reserved_reports_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_reserved_reports_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserved_reports")),
    )
    op.create_index(op.f("ix_reserved_reports_hub"), "reserved_reports", ["hub"], unique=False)
    head = sa.table("journal_head", sa.column("id"), sa.column("number"), sa.column("mac"))
    op.bulk_insert(head, [{"id": 1, "number": 0, "mac": NOTHING}])
