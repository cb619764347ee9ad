"""What running needs: facts of the installation, jobs, requests already answered, erasures."""

import sqlalchemy as sa

from matching.store.columns import Code, Digest, Key, Lane, Moment, Name, Purpose, about, kept
from matching.store.tables.schema import metadata

_WORK = Purpose.OPERATION

installation = sa.Table(
    "installation",
    metadata,
    kept("name", Code, primary_key=True, purpose=_WORK),
    kept("value", sa.Text, purpose=_WORK),
    kept("changed_at", Moment, purpose=_WORK),
    info=about(Lane.ALWAYS, "Facts of the installation: its id, whether scoring is stopped"),
)

revisions = sa.Table(
    "revisions",
    metadata,
    kept("hub", Code, primary_key=True, purpose=_WORK),
    kept("kind", Code, primary_key=True, purpose=_WORK),
    kept("number", sa.BigInteger, purpose=_WORK),
    info=about(Lane.ALWAYS, "How often the people and vacancies of a hub changed"),
)

jobs = sa.Table(
    "jobs",
    metadata,
    kept("id", Key, primary_key=True, purpose=_WORK),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("kind", Code, purpose=_WORK),
    kept("state", Code, purpose=_WORK, index=True),
    # Asked for twice with one key, it is done once.
    kept("once_key", Name, null=True, unique=True, purpose=_WORK),
    kept("settings", sa.Text, purpose=_WORK),
    kept("attempts", sa.Integer, purpose=_WORK),
    kept("run_at", Moment, purpose=_WORK),
    kept("leased_until", Moment, null=True, purpose=_WORK),
    kept("worker", Name, null=True, purpose=_WORK),
    kept("done", sa.Integer, purpose=_WORK),
    kept("total", sa.Integer, null=True, purpose=_WORK),
    kept("report", sa.Text, null=True, purpose=_WORK),
    kept("made_by", Key, purpose=_WORK),
    kept("made_at", Moment, purpose=_WORK),
    kept("finished_at", Moment, null=True, purpose=_WORK),
    sa.CheckConstraint(
        "state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"
    ),
    info=about(Lane.WORK, "Work in the background and how far it is"),
)

job_files = sa.Table(
    "job_files",
    metadata,
    kept("job_id", Key, sa.ForeignKey("jobs.id"), primary_key=True, purpose=_WORK),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("sealed", sa.LargeBinary, purpose=_WORK),
    kept("key_id", Code, purpose=Purpose.SECURITY),
    info=about(Lane.WORK, "Files to import, sealed, until the work is done"),
)

job_rows = sa.Table(
    "job_rows",
    metadata,
    kept("job_id", Key, sa.ForeignKey("jobs.id"), primary_key=True, purpose=_WORK),
    kept("number", sa.Integer, primary_key=True, purpose=_WORK),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("state", Code, purpose=_WORK),
    kept("subject", Key, null=True, purpose=_WORK),
    # Which column and why, never the value.
    kept("problem", sa.Text, null=True, purpose=_WORK),
    info=about(Lane.WORK, "What became of each row of an import"),
)

kept_requests = sa.Table(
    "kept_requests",
    metadata,
    kept("actor", Key, primary_key=True, purpose=_WORK),
    kept("request_key", Name, primary_key=True, purpose=_WORK),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("asked_digest", Digest, purpose=_WORK),
    kept("status", sa.Integer, purpose=_WORK),
    kept("sealed_answer", sa.LargeBinary, purpose=_WORK),
    kept("key_id", Code, purpose=Purpose.SECURITY),
    kept("made_at", Moment, purpose=_WORK),
    info=about(Lane.WORK, "Answers to requests that may be sent again"),
)

erased = sa.Table(
    "erased",
    metadata,
    kept("pseudonym", Key, primary_key=True, purpose=Purpose.RIGHTS),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("erased_at", Moment, purpose=Purpose.RIGHTS),
    kept("cause", Code, purpose=Purpose.RIGHTS),
    info=about(Lane.ALWAYS, "Who was erased, by a pseudonym that leads nowhere any more"),
)
