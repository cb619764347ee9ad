"""Everything about a person, for herself: data that a machine reads, a page, her documents.

GDPR articles 15 and 20. Made from the schema: a table about people without a rule stops it. What
is told of others in the same rows (members of a household, people beside her in a list) is left
out; of staff there is the account's number and, in the journal, the role.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from matching.accompaniment.json_values import to_json
from matching.domain.access import Act
from matching.domain.days import day_at
from matching.hub.accounts_names import name_of
from matching.hub.export_page import person_page
from matching.hub.export_rows import check_every_table, plain_value, rows_about
from matching.hub.households import household_content
from matching.hub.people import read_person, row_of
from matching.hub.privacy_words import TableWords
from matching.hub.protected import protected_of
from matching.store import Work
from matching.store.engine import is_sqlite
from matching.store.person_keys import PersonKey, key_of
from matching.store.tables import (
    accounts,
    documents,
    households,
    journal,
    proposals,
    reserved_reports,
    results,
)
from matching.wording import Wording

FORMAT = "valoriamo-person/1"

_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 80
_ACCOUNT = ("id", "role", "state", "created_at")
_RESULT = (
    "id", "kind", "as_of", "stated_purpose", "model_name", "model_version", "vacancy_id",
    "made_by", "made_at",
)  # fmt: skip
_ENTRY = ("number", "at", "role", "act", "detail")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonExport:
    """Everything about a person, as keys of ``data`` and files.

    ==================== =====================================================================
    key                  value
    ==================== =====================================================================
    ``format``           of this document
    ``made_at``          when it was made
    ``tables``           rows by table; a sealed column is called without ``sealed_``, a column
                         ``sealed`` is ``content``
    ``results``          what the engine answered about her: each result's head, and every part
                         of its body that names her pseudonym
    ``household``        home, means and measures, and her own entry; how many others there are
    ``protected``        what the audit alone knows of her
    ``account``          her account at the desk, without what lets anybody in
    ``reserved_reports`` refusals of hers whose reason was one that the law forbids
    ``journal``          every act about her: when, in which role, what
    ==================== =====================================================================

    ``files`` are her documents, each by a name of its own.
    """

    data: Mapping[str, Any] = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)


def export_person(work: Work, person_id: str, *, reason: str | None = None) -> PersonExport:
    """Everything about a person; the export is told to the journal.

    Parameters
    ----------
    work
        Of a manager of her hub, or of herself; able to write.
    person_id
        Whose.
    reason
        Why a protected file is opened by somebody else than its manager.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ForbiddenError
        For a protected file, without a reason.
    StoreError
        For a table about people that nothing says how to export.
    """
    check_every_table()
    read_person(work, person_id, reason=reason)
    row = row_of(work, person_id)
    key = key_of(work, person_id)
    protected = protected_of(work, key)
    files = dict(_files(work, key))
    work.tell(Act.EXPORT_PERSON, "person", key.pseudonym, hub=row.hub, documents=len(files))
    data = {
        "format": FORMAT,
        "made_at": plain_value(work.now),
        "tables": rows_about(work, key),
        "results": [*_results(work, row.hub, key)],
        "household": _household(work, row.household_id, key),
        "protected": None if protected is None else to_json(protected),
        "account": _account(work, person_id),
        "reserved_reports": _reports(work, key),
        "journal": [
            {name: plain_value(entry._mapping[name]) for name in _ENTRY}
            for entry in work.rows(
                journal, journal.c.subject == key.pseudonym, order=[journal.c.number]
            )
        ],
    }
    return PersonExport(data=data, files=files)


def export_archive(export: PersonExport, words: TableWords, wording: Wording) -> bytes:
    """The export as a ZIP: ``person.json``, ``person.html`` and the documents."""
    whole = {
        "person.json": json.dumps(export.data, ensure_ascii=False, indent=1).encode(),
        "person.html": person_page(export.data, sorted(export.files), words, wording).encode(),
        **export.files,
    }
    day = day_at(datetime.fromisoformat(export.data["made_at"])).timetuple()[:3]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(zipfile.ZipInfo(name, (*day, 0, 0, 0)), content)
    return buffer.getvalue()


def _files(work: Work, key: PersonKey) -> Iterator[tuple[str, bytes]]:
    order = [documents.c.added_at, documents.c.id]
    rows = work.rows(documents, documents.c.person_id == key.person_id, order=order)
    for number, row in enumerate(rows, start=1):
        name = key.unseal(row.sealed_name, f"documents.sealed_name:{row.id}").decode()
        # A name could lead out of the folder that the archive is unpacked in.
        safe = _UNSAFE.sub("_", name).lstrip(".")[-_LONGEST_NAME:]
        content = key.unseal(row.sealed, f"documents.sealed:{row.id}")
        yield f"documents/{number:03d}-{safe}", content


def _results(work: Work, hub: str, key: PersonKey) -> Iterator[Mapping[str, Any]]:
    name = key.pseudonym.encode()
    holds = (
        sa.func.instr(results.c.body, name)
        if is_sqlite(work.connection)
        else sa.func.pg_catalog.position(results.c.body, name)
    )
    rows = work.rows(
        results, results.c.hub == hub, sa.or_(results.c.pseudonym == key.pseudonym, holds > 0),
        order=[results.c.made_at, results.c.id],
    )  # fmt: skip
    for row in rows:
        body = json.loads(row.body)
        own = row.pseudonym == key.pseudonym
        said = {one: plain_value(row._mapping[one]) for one in _RESULT}
        yield {**said, "about_her": [body] if own else [*_parts(body, key.pseudonym)]}


def _parts(body: object, pseudonym: str) -> Iterator[Any]:
    """The smallest parts of a body that name somebody."""
    if isinstance(body, dict):
        if pseudonym in [value for value in body.values() if isinstance(value, str)]:
            yield body
            return
        if pseudonym in body:
            yield {pseudonym: body[pseudonym]}
        for value in body.values():
            yield from _parts(value, pseudonym)
    elif isinstance(body, list):
        for value in body:
            yield from _parts(value, pseudonym)


def _household(work: Work, household_id: str | None, key: PersonKey) -> Mapping[str, Any] | None:
    row = work.first(households, households.c.id == household_id)
    if row is None:
        return None
    content = household_content(work, row)
    members = content["household"]["members"]
    own = [one for one in members if one["id"] == key.pseudonym]
    return {
        **content["household"],
        "members": own,
        "others": len(members) - len(own),
        "statuses": [one for one in content["statuses"] if one["member"] == key.pseudonym],
    }


def _account(work: Work, person_id: str) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "name": name_of(work, row),
            **{name: plain_value(row._mapping[name]) for name in _ACCOUNT},
        }
        for row in work.rows(accounts, accounts.c.person_id == person_id)
    ]


def _reports(work: Work, key: PersonKey) -> Sequence[Mapping[str, Any]]:
    hers = sa.select(proposals.c.id).where(proposals.c.pseudonym == key.pseudonym)
    return [
        {"ground": row.ground, "state": row.state, "opened_at": plain_value(row.opened_at)}
        for row in work.rows(
            reserved_reports, reserved_reports.c.proposal_id.in_(hers),
            order=[reserved_reports.c.opened_at, reserved_reports.c.id],
        )
    ]  # fmt: skip
