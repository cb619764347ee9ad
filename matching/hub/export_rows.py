"""The rows about a person as plain values, each table by a rule; what is sealed is opened.

Sealed values lie where the house's convention puts them, at ``table.column:id`` with the person's
own key. Whatever lies elsewhere, or is sealed otherwise, is said here.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.hub.erasure import about_her, check_known
from matching.store import Work
from matching.store.person_keys import PersonKey
from matching.store.tables import (
    consents,
    contests,
    decisions,
    documents,
    identities,
    notes,
    notices_given,
    outcomes,
    person_keys,
    persons,
    plan_events,
    profiles,
    proposals,
    protected_attributes,
    referrals,
    result_entries,
    results,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsRule:
    """How the rows of a table are told.

    ``place`` is the part of a row's place after the colon; ``shared`` whether it is sealed with
    the keys of the installation; ``without`` names columns that say nothing of her or are keys.
    """

    place: Callable[[Row[Any]], str] = lambda row: str(row.id)
    shared: bool = False
    without: frozenset[str] = frozenset()


def _of_person(row: Row[Any]) -> str:
    return str(row.person_id)


_PLAIN = RowsRule()
RULES: Mapping[sa.Table, RowsRule] = MappingProxyType(
    {
        persons: _PLAIN,
        person_keys: RowsRule(without=frozenset({"sealed"})),
        identities: RowsRule(
            place=_of_person, without=frozenset({"name_word", "contact_word"})
        ),
        profiles: RowsRule(place=_of_person),
        notes: _PLAIN,
        # Their bytes are files of their own in the archive.
        documents: RowsRule(without=frozenset({"sealed"})),
        notices_given: _PLAIN,
        consents: _PLAIN,
        plan_events: _PLAIN,
        proposals: _PLAIN,
        decisions: _PLAIN,
        contests: _PLAIN,
        outcomes: RowsRule(without=frozenset({"external_word"})),
        referrals: RowsRule(shared=True),
        result_entries: RowsRule(place=lambda row: f"{row.result_id}/{row.position}"),
    }
)  # fmt: skip
"""The tables whose rows are told one by one."""

OTHERWISE = (results, protected_attributes)
"""Tables that are told in a way of their own, in :mod:`matching.hub.export`."""

_NEVER = frozenset({"key_id", "sealed_digest"})


def check_every_table() -> None:
    """Refuse to export while a table about people has no rule: something would be missing.

    Raises
    ------
    StoreError
        Naming the table.
    """
    check_known(
        {*RULES, *OTHERWISE},
        "and no rule says how it is exported. Nothing was exported; add it to "
        "matching.hub.export_rows.",
    )


def rows_about(work: Work, key: PersonKey) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """All rows about a person, by table, as plain values of JSON."""
    return {
        table.name: [
            told(work, table, row, key, rule)
            for row in work.rows(table, about_her(table, key), order=list(table.primary_key))
        ]
        for table, rule in RULES.items()
    }


def told(
    work: Work, table: sa.Table, row: Row[Any], key: PersonKey, rule: RowsRule = _PLAIN
) -> dict[str, Any]:
    """A row as plain values of JSON; sealed columns are opened and called without the word."""
    said: dict[str, Any] = {}
    for column in table.columns:
        name = column.name
        if name in _NEVER or name in rule.without:
            continue
        value = row._mapping[name]
        if not isinstance(column.type, sa.LargeBinary):
            said[name] = plain_value(value)
        elif value is None:
            said[called(name)] = None
        else:
            place = f"{table.name}.{name}:{rule.place(row)}"
            opened = (
                work.unseal(value, row.key_id, place) if rule.shared else key.unseal(value, place)
            )
            said[called(name)] = written(opened)
    return said


def called(column: str) -> str:
    """What a sealed column is called once it is opened."""
    return column.removeprefix("sealed_") if column != "sealed" else "content"


def plain_value(value: object) -> Any:
    """A value of a column as JSON has it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def written(content: bytes) -> Any:
    """What was sealed: JSON where it is, else a text, else bytes in base64."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return base64.b64encode(content).decode()
    if text[:1] not in ("{", "["):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
