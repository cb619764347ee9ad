"""People, vacancies and outcomes of a hub as rows for a spreadsheet, told to the journal.

The headings are those that an import knows, and each row has the identifier that it is known again
by: a file that was written is read back without anything being written twice. Protected files are
in no listing, nor are those that are only kept because the law asks for it (trust.md S6).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row

from matching.domain import Profile
from matching.domain.access import Act
from matching.domain.outcomes import OutcomeKind
from matching.hub.outcomes import written_of
from matching.hub.people import RESTRICTED, Contacts, opened_contacts
from matching.hub.profiles import KeptProfile, opened
from matching.hub.vacancies import kept_vacancy
from matching.interchange import ANSWERS, FileKind, Value, fields_of
from matching.store import Work
from matching.store.person_keys import PersonKey, keys_of
from matching.store.tables import (
    identities,
    organisations,
    outcomes,
    person_keys,
    persons,
    profiles,
    vacancies,
)

_NO_PROFILE = KeptProfile(profile=Profile(id=""))
# A CV is a document of hers, and goes where she has it sent.
_LEFT_OUT = frozenset({"cv_text"})
_STATE, _COMPANY = "stato", "azienda"
OUTCOME_WORDS: Mapping[OutcomeKind, str] = MappingProxyType(
    {
        OutcomeKind.WORK: "lavoro",
        OutcomeKind.RETAINED: "lavoro mantenuto",
        OutcomeKind.COURSE_COMPLETED: "corso concluso",
        OutcomeKind.HOME_KEPT: "casa mantenuta",
        OutcomeKind.FOOD_CONTINUITY: "continuità alimentare",
        OutcomeKind.BUDGET_IN_ORDER: "bilancio in ordine",
    }
)
"""The kinds of outcome as files say them; an import knows these words."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows under headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...] = field(repr=False)


def listing(work: Work, hub: str, kind: FileKind, *, place: Callable[[str], str | None]) -> Listing:
    """Everything of a kind that a hub has, in the order of its identifiers.

    Parameters
    ----------
    work
        Of somebody who may see it; able to write: to the journal.
    hub
        Whose it is.
    kind
        What is listed.
    place
        Gives the name of the municipality with an ISTAT code, None for one that is not known.
    """
    own, fields = _OWN[kind], [one for one in fields_of(kind) if one.name not in _LEFT_OUT]
    rows = tuple(
        tuple(values.get(name) for name in (*(one.name for one in fields), *own))
        for values in _VALUES[kind](work, hub, place)
    )
    work.tell(_ACTS[kind], kind, None, hub=hub, count=len(rows))
    return Listing((*(one.headings[0] for one in fields), *own), rows)


def _persons(
    work: Work, hub: str, place: Callable[[str], str | None]
) -> Iterator[dict[str, Value]]:
    shown = _shown(work, hub)
    keys = keys_of(work, list(shown))
    sealed = {row.person_id: row.sealed for row in _of_hub(work, identities, hub)}
    kept = {row.person_id: row.sealed for row in _of_hub(work, profiles, hub)}
    for person_id, row in sorted(shown.items()):
        key = keys[person_id]
        profile = opened(key, kept[person_id]) if person_id in kept else _NO_PROFILE
        where = profile.profile.facts.comune
        yield {
            "own_id": person_id,
            **_contacts(opened_contacts(key, sealed[person_id])),
            "municipality": None if where is None else place(str(where.value)),
            "taken_on": row.taken_on,
            "point": row.point,
            **{one.name: profile.answers.get(one.name) for one in ANSWERS},
            _STATE: row.state,
        }


def _contacts(contacts: Contacts) -> dict[str, Value]:
    names = ("given_name", "family_name", "birth_date", "telephone", "email", "address", "caution")
    return {name: getattr(contacts, name) for name in names}


def _vacancies(
    work: Work, hub: str, place: Callable[[str], str | None]
) -> Iterator[dict[str, Value]]:
    companies = {row.id: row.name for row in _of_hub(work, organisations, hub)}
    order = [vacancies.c.id]
    for row in work.rows(vacancies, vacancies.c.hub == hub, order=order):
        found = kept_vacancy(row)
        where = found.vacancy.facts.comune
        yield {
            "own_id": found.id,
            "external_id": found.external_id,
            "title": found.vacancy.title,
            "text": found.text,
            "municipality": None if where is None else place(str(where.value)),
            "opened_on": found.opened_on,
            "expires_on": found.expires_on,
            "mission_from": found.mission_from,
            "mission_until": found.mission_until,
            "answer_hours": found.answer_hours,
            _STATE: found.state,
            _COMPANY: companies.get(found.organisation_id or ""),
        }


def _outcomes(
    work: Work, hub: str, place: Callable[[str], str | None]
) -> Iterator[dict[str, Value]]:
    # Of whoever was erased there is no key, and nobody whose outcome it is.
    keys = _by_pseudonym(work, hub, _shown(work, hub))
    for row in work.rows(outcomes, outcomes.c.hub == hub, order=[outcomes.c.id]):
        key = keys.get(row.pseudonym)
        if key is None:
            continue
        written = written_of(key, row)
        yield {
            "own_id": row.id,
            "person_id": key.person_id,
            "kind": OUTCOME_WORDS[OutcomeKind(row.kind)],
            "happened_on": row.happened_on,
            "vacancy": row.vacancy_id,
            "external_id": written.external_id,
            "note": written.note,
        }


def _shown(work: Work, hub: str) -> dict[str, Row[Any]]:
    rows = work.rows(
        persons, persons.c.hub == hub, persons.c.is_protected.is_(False),
        persons.c.state != RESTRICTED,
    )  # fmt: skip
    return {row.id: row for row in rows}


def _by_pseudonym(work: Work, hub: str, shown: Mapping[str, Row[Any]]) -> Mapping[str, PersonKey]:
    ids = [
        row.person_id
        for row in work.rows(
            person_keys, person_keys.c.hub == hub, columns=[person_keys.c.person_id]
        )
        if row.person_id in shown
    ]
    return {key.pseudonym: key for key in keys_of(work, ids).values()}


def _of_hub(work: Work, table: Any, hub: str) -> Sequence[Row[Any]]:
    return work.rows(table, table.c.hub == hub)


_VALUES: Mapping[
    FileKind, Callable[[Work, str, Callable[[str], str | None]], Iterator[dict[str, Value]]]
] = MappingProxyType(
    {
        FileKind.PERSONS: _persons,
        FileKind.VACANCIES: _vacancies,
        FileKind.OUTCOMES: _outcomes,
    }
)
_OWN: Mapping[FileKind, tuple[str, ...]] = MappingProxyType(
    {
        FileKind.PERSONS: (_STATE,),
        FileKind.VACANCIES: (_STATE, _COMPANY),
        FileKind.OUTCOMES: (),
    }
)
_ACTS: Mapping[FileKind, Act] = MappingProxyType(
    {
        FileKind.PERSONS: Act.EXPORT_PEOPLE,
        FileKind.VACANCIES: Act.EXPORT,
        FileKind.OUTCOMES: Act.EXPORT_PEOPLE,
    }
)
