"""What the engine answered, kept as it was shown: without names, its reasons sealed by person."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row

from matching.domain import ModelStamp
from matching.domain.access import Act
from matching.domain.risk import OFFER_ACCOMPANIMENT
from matching.errors import JournalError, UnknownError
from matching.hub.hidden import hidden_people
from matching.hub.people import row_of, tell_opening
from matching.store import Work
from matching.store.chain import canonical
from matching.store.person_keys import PersonKey, key_of_pseudonym, keys_of, persons_of
from matching.store.sealing import digest
from matching.store.tables import person_keys, result_entries, results
from matching.store.work import new_id


class ResultKind(StrEnum):
    """What was computed."""

    SHORTLIST = "shortlist"
    MATCHES = "matches"
    RISK = "risk"
    PLAN = "plan"
    FUND = "fund"
    AUDIT = "audit"


READS_OF_ONE: Mapping[ResultKind, Act] = MappingProxyType(
    {
        ResultKind.MATCHES: Act.READ_MATCHES,
        ResultKind.RISK: Act.READ_RISK,
        ResultKind.PLAN: Act.READ_PROPOSED_PLAN,
    }
)
"""What is about one person, and the act of reading it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResult:
    """A result to keep. ``body`` names people by pseudonym and quotes nobody.

    ``inputs`` are digests and versions of all that it was computed from; ``entries`` what is said
    of one person at one place, sealed with her key.
    """

    kind: ResultKind
    hub: str
    as_of: date
    model: ModelStamp
    body: Mapping[str, Any]
    inputs: Mapping[str, Any]
    entries: Sequence[tuple[int, PersonKey, Mapping[str, Any]]] = ()
    pseudonym: str | None = None
    vacancy_id: str | None = None
    stated_purpose: str = OFFER_ACCOMPANIMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A result with all that is slow about keeping it done: it is sealed and digested.

    ``kind``, ``body``, ``entries`` and ``people`` are as in the :class:`Result` that it becomes;
    ``written`` is the body as it is kept, ``sealed`` the entries by place.
    """

    id: str
    new: NewResult = field(repr=False)
    inputs_digest: str
    body: Mapping[str, Any] = field(repr=False)
    written: bytes = field(repr=False)
    body_digest: str
    sealed: Mapping[int, bytes] = field(repr=False)
    entries: Mapping[int, Mapping[str, Any]] = field(repr=False)
    people: Mapping[str, str] = field(repr=False)

    @property
    def kind(self) -> ResultKind:
        """What was computed."""
        return self.new.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A result on record, as whoever asks may see it.

    ``entries`` are by place, ``people`` says which person a pseudonym stands for. Both are without
    those who were erased since, or protected from whoever asks: the body and its digest are not.
    """

    id: str
    kind: ResultKind
    hub: str
    pseudonym: str | None
    vacancy_id: str | None
    as_of: date
    model: Mapping[str, Any]
    inputs_digest: str
    body: Mapping[str, Any]
    body_digest: str
    entries: Mapping[int, Mapping[str, Any]] = field(repr=False)
    people: Mapping[str, str] = field(repr=False)
    made_by: str
    made_at: datetime


def stamp_inputs(stamp: ModelStamp) -> list[str | int | None]:
    """What a result notes among its inputs of the model that computed it."""
    return [stamp.name, stamp.version, stamp.digest]


def computed(new: NewResult, keys: Iterable[PersonKey] = ()) -> Computed:
    """A result made ready to be kept, while others write.

    ``keys`` are of those who are named in it; whoever has an entry need not be among them.
    """
    result_id = new_id()
    said = {place: canonical(words).encode() for place, _, words in new.entries}
    sealed = {
        place: key.seal(said[place], f"result_entries.sealed:{result_id}/{place}")
        for place, key, _ in new.entries
    }
    digests = {str(place): digest(one) for place, one in sealed.items()}
    written = canonical({**new.body, "entries": digests}).encode()
    named = [*keys, *(key for _, key, _ in new.entries)]
    return Computed(
        id=result_id, new=new, inputs_digest=digest(canonical(new.inputs).encode()),
        body=json.loads(written), written=written, body_digest=digest(written), sealed=sealed,
        entries={place: json.loads(words) for place, words in said.items()},
        people={key.pseudonym: key.person_id for key in named},
    )  # fmt: skip


def keep_result(work: Work, made: Computed) -> Result:
    """Keep a result, as it will be read. Telling the journal is left to the caller."""
    new = made.new
    work.add(
        results,
        {
            "id": made.id, "hub": new.hub, "kind": new.kind, "pseudonym": new.pseudonym,
            "vacancy_id": new.vacancy_id, "as_of": new.as_of,
            "stated_purpose": new.stated_purpose, "model_name": new.model.name,
            "model_version": new.model.version, "model_digest": new.model.digest,
            "inputs_digest": made.inputs_digest, "body": made.written,
            "body_digest": made.body_digest, "made_by": work.actor.id, "made_at": work.now,
        },
    )  # fmt: skip
    digests = made.body["entries"]
    work.add_all(
        result_entries,
        [
            {
                "result_id": made.id, "position": place, "hub": new.hub,
                "pseudonym": key.pseudonym, "sealed": made.sealed[place],
                "sealed_digest": digests[str(place)],
            }
            for place, key, _ in new.entries
        ],
    )  # fmt: skip
    return Result(
        id=made.id, kind=new.kind, hub=new.hub, pseudonym=new.pseudonym,
        vacancy_id=new.vacancy_id, as_of=new.as_of, model={
            "name": new.model.name, "version": new.model.version, "digest": new.model.digest,
        },
        inputs_digest=made.inputs_digest, body=made.body, body_digest=made.body_digest,
        entries=made.entries, people=made.people, made_by=work.actor.id, made_at=work.now,
    )  # fmt: skip


def read_result(
    work: Work, result_id: str, kind: ResultKind, *, opened: str | None = None
) -> Result:
    """A result as it was shown. Telling the journal is left to the caller.

    Parameters
    ----------
    opened
        The pseudonym of somebody whose file the caller opened to whoever asks, as
        :func:`matching.hub.people.tell_opening` does: shown although she is protected.

    Raises
    ------
    UnknownError
        Where there is none of that kind for whoever asks.
    JournalError
        Where what is kept is not what was shown.
    """
    return _shown(work, _kept(work, result_id, kind), opened)


def _kept(work: Work, result_id: str, kind: ResultKind) -> Row[Any]:
    row = work.by(results, id=result_id)
    if row is None or row.kind != kind:
        raise UnknownError(f"There is no such {kind}.")
    return row


def _shown(work: Work, row: Row[Any], opened: str | None) -> Result:
    body = json.loads(row.body)
    if digest(row.body) != row.body_digest:
        raise JournalError(
            f"The {row.kind} that is kept is not the one that was shown: its digest is another."
        )
    found = work.rows_by(result_entries, result_id=row.id)
    keys = keys_of(work, {one.pseudonym for one in found}, by=person_keys.c.pseudonym)
    there = {pseudonym: key.person_id for pseudonym, key in keys.items()}
    there |= persons_of(work, _pseudonyms(body) - set(there))
    hidden = hidden_people(work)
    people = {
        pseudonym: person
        for pseudonym, person in there.items()
        if person not in hidden or pseudonym == opened
    }
    entries = {
        one.position: json.loads(
            keys[one.pseudonym].unseal(one.sealed, f"result_entries.sealed:{row.id}/{one.position}")
        )
        for one in found
        if one.pseudonym in people
    }
    return Result(
        id=row.id, kind=ResultKind(row.kind), hub=row.hub, pseudonym=row.pseudonym,
        vacancy_id=row.vacancy_id, as_of=row.as_of, model={
            "name": row.model_name, "version": row.model_version, "digest": row.model_digest,
        },
        inputs_digest=row.inputs_digest, body=body, body_digest=row.body_digest, entries=entries,
        people=people,
        made_by=row.made_by, made_at=row.made_at,
    )  # fmt: skip


def read_about(
    work: Work, result_id: str, kind: ResultKind, *, reason: str | None = None
) -> Result:
    """A result about one person, as it was shown; the reading is told to the journal.

    Parameters
    ----------
    kind
        One of :data:`READS_OF_ONE`.
    reason
        Why a protected file is opened, of which this shows something. Once she was erased there is
        none, and nothing that was said of her.

    Raises
    ------
    UnknownError
        Where there is none of that kind for whoever asks.
    ForbiddenError
        For a protected file of somebody else's, without a reason.
    """
    found = open_about(work, result_id, kind, reason=reason)
    work.tell(
        READS_OF_ONE[kind], "person", found.pseudonym, hub=found.hub, result=result_id,
        body=found.body_digest,
    )  # fmt: skip
    return found


def open_about(
    work: Work, result_id: str, kind: ResultKind, *, reason: str | None = None
) -> Result:
    """As :func:`read_about`; nothing is told but that a protected file is opened."""
    row = _kept(work, result_id, kind)
    key = None if row.pseudonym is None else key_of_pseudonym(work, row.pseudonym)
    if key is not None:
        tell_opening(work, row_of(work, key.person_id), key, reason)
    return _shown(work, row, row.pseudonym)


def _pseudonyms(body: Mapping[str, Any]) -> set[str]:
    listed = (*body.get("matches", ()), *body.get("left_out", ()))
    return {str(one["person"]) for one in listed if "person" in one}
