"""The tables, in one schema for SQLite and PostgreSQL.

A table with a column ``hub`` is closed: its rows are seen by those whose hubs they are of, which
:class:`matching.store.Work` sees to everywhere, and row-level security once more on PostgreSQL.
"""

from matching.store.tables.access import accounts, invitations, organisations, sessions, tokens
from matching.store.tables.deciding import (
    contests,
    decisions,
    outcomes,
    proposals,
    referrals,
    reserved_reports,
)
from matching.store.tables.operation import (
    erased,
    installation,
    job_files,
    job_rows,
    jobs,
    kept_requests,
    revisions,
)
from matching.store.tables.paths import plan_events
from matching.store.tables.people import (
    consents,
    documents,
    households,
    identities,
    notes,
    notice_versions,
    notices_given,
    person_keys,
    persons,
    profiles,
    protected_attributes,
)
from matching.store.tables.results import result_entries, results, vacancies
from matching.store.tables.schema import metadata
from matching.store.tables.trace import journal, journal_head

__all__ = [
    "accounts",
    "consents",
    "contests",
    "decisions",
    "documents",
    "erased",
    "households",
    "identities",
    "installation",
    "invitations",
    "job_files",
    "job_rows",
    "jobs",
    "journal",
    "journal_head",
    "kept_requests",
    "metadata",
    "notes",
    "notice_versions",
    "notices_given",
    "organisations",
    "outcomes",
    "person_keys",
    "persons",
    "plan_events",
    "profiles",
    "proposals",
    "protected_attributes",
    "referrals",
    "reserved_reports",
    "result_entries",
    "results",
    "revisions",
    "sessions",
    "tokens",
    "vacancies",
]
