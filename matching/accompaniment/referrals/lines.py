"""JSON lines: one frozen value a line, with the name of its kind; and a referral as its events.

A referral is written as what happened to it, one line a move, and read back by living it again: a
line that could not have happened is refused.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching.accompaniment.json_lines import json_objects
from matching.accompaniment.json_values import from_json, to_json
from matching.accompaniment.referrals.life import advance, receive
from matching.domain import (
    Appointment,
    ContactMade,
    Counted,
    HandOver,
    Referral,
    ReferralState,
    SourceKind,
)
from matching.errors import InputError

_KINDS: Mapping[str, type] = {
    "appointment": Appointment,
    "contact": ContactMade,
    "counted": Counted,
    "hand_over": HandOver,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
Kept = Appointment | ContactMade | Counted | HandOver | Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class _Received:
    id: str
    source: SourceKind
    referrer: str
    person_id: str
    agreed_on: date
    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    id: str
    state: ReferralState
    on: date
    by: str


def write_lines(values: Iterable[Kept]) -> Iterator[str]:
    """One JSON object per line, a referral as one per move."""
    for value in values:
        if isinstance(value, Referral):
            yield from referral_lines(value)
        else:
            yield _line({"kind": _NAMES[type(value)], **to_json(value)})


def referral_lines(referral: Referral) -> Iterator[str]:
    """The events of a referral: first whose it is and from whom, then what followed."""
    first, *others = referral.moves
    yield _line(
        {
            "kind": "referral",
            "id": referral.id,
            "source": referral.source.value,
            "referrer": referral.referrer,
            "person_id": referral.person_id,
            "agreed_on": referral.agreed_on.isoformat(),
            "on": first.on.isoformat(),
            "by": first.by,
        }
    )
    for move in others:
        yield _line(
            {
                "kind": "referral_moved",
                "id": referral.id,
                "state": move.state.value,
                "on": move.on.isoformat(),
                "by": move.by,
            }
        )


def read_lines(lines: Iterable[str], *, name: str) -> tuple[Kept, ...]:
    """The values of some lines, referrals where their first line stood.

    Raises
    ------
    InputError
        Naming ``name`` and the line: no JSON object, an unknown kind or key, a value of another
        type, a referral given twice, a move of one that is not there or that it cannot make.
    """
    found: dict[str, Kept] = {}
    for where, row in json_objects(lines, name=name):
        kind = row.pop("kind", None)
        try:
            if kind == "referral":
                _receive(found, row)
            elif kind == "referral_moved":
                _move(found, row)
            elif isinstance(kind, str) and kind in _KINDS:
                found[where] = from_json(_KINDS[kind], row, kind)
            else:
                known = ", ".join(sorted({*_KINDS, "referral", "referral_moved"}))
                raise InputError(f"kind = {kind!r} is not known; write one of {known}.")
        except InputError as error:
            raise InputError(f"{where}: {error}") from error
    return tuple(found.values())


def _receive(found: dict[str, Kept], row: dict[str, Any]) -> None:
    event = from_json(_Received, row, "referral")
    key = f"referral {event.id}"
    if key in found:
        raise InputError(f"id = {event.id!r} was received before; a referral is received once.")
    found[key] = receive(
        id=event.id,
        source=event.source,
        referrer=event.referrer,
        person_id=event.person_id,
        agreed_on=event.agreed_on,
        on=event.on,
        by=event.by,
    )


def _move(found: dict[str, Kept], row: dict[str, Any]) -> None:
    event = from_json(_Moved, row, "referral_moved")
    key = f"referral {event.id}"
    referral = found.get(key)
    if not isinstance(referral, Referral):
        raise InputError(f"id = {event.id!r} was not received in a line before; put it first.")
    found[key] = advance(referral, event.state, on=event.on, by=event.by)


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)
