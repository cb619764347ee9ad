"""Who may come in: organisations, accounts, sessions, tokens of machines, one-time links."""

import sqlalchemy as sa

from matching.store.columns import Code, Digest, Key, Lane, Moment, Name, Purpose, about, kept
from matching.store.tables.schema import metadata

_SECURITY = Purpose.SECURITY

organisations = sa.Table(
    "organisations",
    metadata,
    kept("id", Key, primary_key=True, purpose=_SECURITY),
    kept("hub", Code, purpose=_SECURITY, index=True),
    kept("kind", Code, purpose=_SECURITY),
    kept("name", Name, purpose=Purpose.PROPOSALS),
    # The provider of the catalogue that it stands for: whose participants its accounts see.
    kept("provider", Name, null=True, purpose=_SECURITY),
    kept("created_at", Moment, purpose=_SECURITY),
    kept("version", sa.Integer, purpose=Purpose.OPERATION),
    sa.UniqueConstraint("hub", "provider", name="uq_organisations_provider"),
    sa.CheckConstraint("provider IS NULL OR kind = 'provider'", name="provider_of_its_kind"),
    sa.CheckConstraint("kind IN ('agency', 'employer', 'referrer', 'provider')", name="kind"),
    info=about(Lane.ALWAYS, "Agencies, employers, referrers and providers that a hub works with"),
)

accounts = sa.Table(
    "accounts",
    metadata,
    kept("id", Key, primary_key=True, purpose=_SECURITY),
    # Search word (keyed digest) of the name that it signs in with; none once it was emptied.
    kept("name_word", Digest, null=True, purpose=_SECURITY, unique=True),
    # The name itself: of a person's account sealed with her own key.
    kept("sealed_name", sa.LargeBinary, null=True, purpose=_SECURITY),
    # The key that the name is sealed with, where it is not a person's.
    kept("name_key_id", Code, null=True, purpose=_SECURITY),
    kept("role", Code, purpose=_SECURITY),
    # The hub whose rows the account may see, "*" for those of the whole territory.
    kept("home_hub", Code, purpose=_SECURITY),
    kept("organisation_id", Key, sa.ForeignKey("organisations.id"), null=True, purpose=_SECURITY),
    kept("person_id", Key, null=True, purpose=_SECURITY, index=True),
    kept("state", Code, purpose=_SECURITY),
    kept("password_hash", sa.String(200), null=True, purpose=_SECURITY),
    kept("totp_sealed", sa.LargeBinary, null=True, purpose=_SECURITY),
    # The key that the secret of the second factor is sealed with.
    kept("key_id", Code, null=True, purpose=_SECURITY),
    # The step of the last code that was taken; none until the second factor was confirmed.
    kept("totp_step", sa.BigInteger, null=True, purpose=_SECURITY),
    kept("external_subject", Name, null=True, unique=True, purpose=_SECURITY),
    kept("failures", sa.Integer, purpose=_SECURITY),
    kept("locked_until", Moment, null=True, purpose=_SECURITY),
    kept("created_at", Moment, purpose=_SECURITY),
    kept("version", sa.Integer, purpose=Purpose.OPERATION),
    sa.CheckConstraint("state IN ('invited', 'active', 'disabled')", name="state"),
    info=about(Lane.ACCESS, "Accounts of those who work with the hub, and of people themselves"),
)

sessions = sa.Table(
    "sessions",
    metadata,
    kept("digest", Digest, primary_key=True, purpose=_SECURITY),
    kept("account_id", Key, sa.ForeignKey("accounts.id"), purpose=_SECURITY, index=True),
    kept("confirmed", sa.Boolean, purpose=_SECURITY),
    kept("created_at", Moment, purpose=_SECURITY),
    kept("seen_at", Moment, purpose=_SECURITY),
    kept("expires_at", Moment, purpose=_SECURITY),
    info=about(Lane.ACCESS, "Who is signed in at the desk"),
)

tokens = sa.Table(
    "tokens",
    metadata,
    kept("id", Key, primary_key=True, purpose=_SECURITY),
    kept("digest", Digest, unique=True, purpose=_SECURITY),
    kept("name", Name, purpose=_SECURITY),
    kept("role", Code, purpose=_SECURITY),
    kept("home_hub", Code, purpose=_SECURITY),
    kept("organisation_id", Key, sa.ForeignKey("organisations.id"), null=True, purpose=_SECURITY),
    # A list of acts with blanks between; nothing beyond it, whatever the role may do.
    kept("acts", sa.Text, purpose=_SECURITY),
    kept("created_by", Key, purpose=_SECURITY),
    kept("created_at", Moment, purpose=_SECURITY),
    kept("expires_at", Moment, purpose=_SECURITY),
    kept("revoked_at", Moment, null=True, purpose=_SECURITY),
    info=about(Lane.ACCESS, "Tokens of machines: what they may do and until when"),
)

invitations = sa.Table(
    "invitations",
    metadata,
    kept("digest", Digest, primary_key=True, purpose=_SECURITY),
    kept("account_id", Key, sa.ForeignKey("accounts.id"), purpose=_SECURITY, index=True),
    kept("created_at", Moment, purpose=_SECURITY),
    kept("expires_at", Moment, purpose=_SECURITY),
    kept("used_at", Moment, null=True, purpose=_SECURITY),
    info=about(Lane.ACCESS, "One-time links to choose a password"),
)
