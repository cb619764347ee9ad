"""People: the file, and apart from it identity, profile, protected attributes, documents."""

import sqlalchemy as sa

from matching.store.columns import Code, Digest, Key, Lane, Moment, Purpose, about, kept
from matching.store.tables.schema import metadata

_PATH = Purpose.ACCOMPANIMENT
_PERSON = "person_id"

person_keys = sa.Table(
    "person_keys",
    metadata,
    kept("person_id", Key, primary_key=True, purpose=Purpose.SECURITY),
    # What stands for her wherever she stays on record without her name.
    kept("pseudonym", Key, unique=True, purpose=Purpose.EXPLANATION),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("sealed", sa.LargeBinary, purpose=Purpose.SECURITY),
    kept("key_id", Code, purpose=Purpose.SECURITY, index=True),
    info=about(Lane.FILE, "The key that all of a person's data is sealed with", subject=_PERSON),
)

households = sa.Table(
    "households",
    metadata,
    kept("id", Key, primary_key=True, purpose=_PATH),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("sealed", sa.LargeBinary, purpose=_PATH),
    kept("key_id", Code, purpose=Purpose.SECURITY),
    kept("changed_at", Moment, purpose=Purpose.OPERATION),
    kept("version", sa.Integer, purpose=Purpose.OPERATION),
    info=about(Lane.FILE, "Households: home, food, budget, public measures; read by legal rules"),
)

persons = sa.Table(
    "persons",
    metadata,
    kept("id", Key, primary_key=True, purpose=_PATH),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("state", Code, purpose=_PATH),
    # Violence: absent from lists, exports, duplicates and every proposal.
    kept("is_protected", sa.Boolean, purpose=Purpose.SECURITY),
    kept("manager_id", Key, sa.ForeignKey("accounts.id"), null=True, purpose=_PATH, index=True),
    kept("point", Code, null=True, purpose=_PATH),
    kept("household_id", Key, sa.ForeignKey("households.id"), null=True, purpose=_PATH, index=True),
    kept("taken_on", sa.Date, purpose=_PATH),
    kept("confirmed_on", sa.Date, purpose=_PATH),
    # Until when a file may only be kept, where accounts ask for it.
    kept("restricted_until", sa.Date, null=True, purpose=Purpose.RIGHTS),
    kept("created_at", Moment, purpose=Purpose.OPERATION),
    kept("changed_at", Moment, purpose=Purpose.OPERATION),
    kept("version", sa.Integer, purpose=Purpose.OPERATION),
    sa.CheckConstraint("state IN ('open', 'closed', 'restricted')", name="state"),
    info=about(Lane.FILE, "People in charge of a hub", subject="id"),
)


def _of_person(*, unique: bool = False) -> "sa.Column[str]":
    return kept(
        _PERSON,
        Key,
        sa.ForeignKey("persons.id"),
        purpose=_PATH,
        primary_key=unique,
        index=not unique,
    )


identities = sa.Table(
    "identities",
    metadata,
    _of_person(unique=True),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("sealed", sa.LargeBinary, purpose=_PATH),
    # Search words (keyed digests): who has this name, this telephone or address.
    kept("name_word", Digest, null=True, purpose=_PATH, index=True),
    kept("contact_word", Digest, null=True, purpose=_PATH, index=True),
    info=about(Lane.FILE, "Name, contacts and birth date, sealed", subject=_PERSON),
)

profiles = sa.Table(
    "profiles",
    metadata,
    _of_person(unique=True),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("sealed", sa.LargeBinary, purpose=_PATH),
    kept("changed_at", Moment, purpose=Purpose.OPERATION),
    kept("version", sa.Integer, purpose=Purpose.OPERATION),
    info=about(Lane.FILE, "Skills, jobs, availability and answers, sealed", subject=_PERSON),
)

protected_attributes = sa.Table(
    "protected_attributes",
    metadata,
    # Another pseudonym than that of results: the two can be joined with the audit's key alone.
    kept("audit_pseudonym", Digest, primary_key=True, purpose=Purpose.AUDIT),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("sealed", sa.LargeBinary, purpose=Purpose.AUDIT),
    kept("key_id", Code, purpose=Purpose.SECURITY),
    kept("changed_at", Moment, purpose=Purpose.OPERATION),
    info=about(Lane.FILE, "Sex, age, citizenship, for the audit alone", subject="audit_pseudonym"),
)

notes = sa.Table(
    "notes",
    metadata,
    kept("id", Key, primary_key=True, purpose=_PATH),
    _of_person(),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("sealed", sa.LargeBinary, purpose=_PATH),
    kept("written_by", Key, purpose=_PATH),
    kept("written_at", Moment, purpose=_PATH),
    info=about(Lane.FILE, "What a manager wrote down of talks, sealed", subject=_PERSON),
)

documents = sa.Table(
    "documents",
    metadata,
    kept("id", Key, primary_key=True, purpose=_PATH),
    _of_person(),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("kind", Code, purpose=_PATH),
    kept("sealed", sa.LargeBinary, purpose=_PATH),
    kept("sealed_name", sa.LargeBinary, purpose=_PATH),
    kept("sealed_text", sa.LargeBinary, null=True, purpose=_PATH),
    kept("size", sa.Integer, purpose=Purpose.OPERATION),
    # Sensitive matters found in it: kept apart, read by nobody until a manager decided.
    kept("is_quarantined", sa.Boolean, purpose=Purpose.SECURITY),
    kept("added_by", Key, purpose=_PATH),
    kept("added_at", Moment, purpose=_PATH),
    info=about(Lane.FILE, "CVs and papers, sealed", subject=_PERSON),
)

notice_versions = sa.Table(
    "notice_versions",
    metadata,
    kept("version", Code, primary_key=True, purpose=Purpose.RIGHTS),
    kept("language", Code, primary_key=True, purpose=Purpose.RIGHTS),
    kept("text", sa.Text, purpose=Purpose.RIGHTS),
    kept("text_digest", Digest, purpose=Purpose.RIGHTS),
    kept("valid_from", sa.Date, purpose=Purpose.RIGHTS),
    kept("added_at", Moment, purpose=Purpose.RIGHTS),
    info=about(Lane.ALWAYS, "The privacy notice in its versions"),
)

notices_given = sa.Table(
    "notices_given",
    metadata,
    kept("id", Key, primary_key=True, purpose=Purpose.RIGHTS),
    _of_person(),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("version", Code, purpose=Purpose.RIGHTS),
    kept("language", Code, purpose=Purpose.RIGHTS),
    kept("way", Code, purpose=Purpose.RIGHTS),
    kept("given_by", Key, purpose=Purpose.RIGHTS),
    kept("given_at", Moment, purpose=Purpose.RIGHTS),
    sa.ForeignKeyConstraint(
        ["version", "language"], ["notice_versions.version", "notice_versions.language"]
    ),
    info=about(Lane.NOTICE, "Which notice a person was given, when and how", subject=_PERSON),
)

consents = sa.Table(
    "consents",
    metadata,
    kept("id", Key, primary_key=True, purpose=Purpose.RIGHTS),
    _of_person(),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("purpose", Code, purpose=Purpose.RIGHTS),
    kept("notice_version", Code, purpose=Purpose.RIGHTS),
    kept("given_at", Moment, purpose=Purpose.RIGHTS),
    kept("withdrawn_at", Moment, null=True, purpose=Purpose.RIGHTS),
    kept("recorded_by", Key, purpose=Purpose.RIGHTS),
    info=about(Lane.NOTICE, "Consents, where consent is the basis", subject=_PERSON),
)
