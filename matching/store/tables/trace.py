"""The journal: a chain of entries that is only ever added to."""

import sqlalchemy as sa

from matching.store.columns import Code, Digest, Key, Lane, Moment, Purpose, about, kept
from matching.store.tables.schema import metadata

_SECURITY = Purpose.SECURITY

journal = sa.Table(
    "journal",
    metadata,
    kept("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True,
         autoincrement=False, purpose=_SECURITY),
    kept("hub", Code, purpose=_SECURITY, index=True),
    kept("at", Moment, purpose=_SECURITY),
    kept("actor", Key, purpose=_SECURITY),
    kept("role", Code, purpose=_SECURITY),
    kept("act", Code, purpose=_SECURITY),
    kept("subject_kind", Code, purpose=_SECURITY),
    # A pseudonym where the subject is a person: no entry says who she is.
    kept("subject", Key, null=True, purpose=_SECURITY, index=True),
    kept("detail", sa.Text, purpose=_SECURITY),
    kept("request", Key, null=True, purpose=_SECURITY),
    kept("mac", Digest, purpose=_SECURITY),
    info=about(Lane.JOURNAL, "Every act: who, when, on what, with which inputs", subject=None),
)  # fmt: skip

journal_head = sa.Table(
    "journal_head",
    metadata,
    kept("id", sa.Integer, primary_key=True, autoincrement=False, purpose=_SECURITY),
    kept("number", sa.BigInteger, purpose=_SECURITY),
    kept("mac", Digest, purpose=_SECURITY),
    sa.CheckConstraint("id = 1", name="only_one"),
    info=about(Lane.ALWAYS, "The last entry of the journal: whoever adds one holds this row"),
)
