"""Agreed paths as JSON lines: one event a line, read back by living them again."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from matching.accompaniment.agreement.life import begin, happen
from matching.accompaniment.json_lines import json_objects
from matching.accompaniment.json_values import from_json, to_json
from matching.domain.agreement import (
    Agreement,
    Begun,
    Contested,
    Event,
    Reordered,
    SessionRecorded,
    Signed,
    StepAgreed,
    StepCompleted,
    StepDropped,
    StepProposed,
    StepRefused,
    StepStarted,
)
from matching.errors import InputError

KINDS: Mapping[str, type[Event]] = {
    "begun": Begun,
    "step_proposed": StepProposed,
    "step_agreed": StepAgreed,
    "step_refused": StepRefused,
    "step_started": StepStarted,
    "session": SessionRecorded,
    "step_completed": StepCompleted,
    "step_dropped": StepDropped,
    "reordered": Reordered,
    "contested": Contested,
    "signed": Signed,
}
"""What each event is called in a line."""

_NAMES = {kind: name for name, kind in KINDS.items()}


def agreement_lines(agreement: Agreement) -> Iterator[str]:
    """The events of a path, one JSON object per line, each with the path's id."""
    for event in agreement.events:
        row = {"kind": _NAMES[type(event)], "path": agreement.id, **to_json(event)}
        yield json.dumps(row, ensure_ascii=False)


def read_agreements(lines: Iterable[str], *, name: str) -> tuple[Agreement, ...]:
    """The paths of some lines, which may be of several.

    Raises
    ------
    InputError
        Naming ``name`` and the line: no JSON object, an unknown kind or key, a value of another
        type, an event of a path that was not begun, or one that could not have happened.
    """
    found: dict[str, Agreement] = {}
    for where, row in json_objects(lines, name=name):
        try:
            path, event = _read(row)
            if isinstance(event, Begun):
                found[path] = _begun(path, event, found)
            elif path in found:
                found[path] = happen(found[path], event)
            else:
                raise InputError(f"path = {path!r} was not begun in a line before; put that first.")
        except InputError as error:
            raise InputError(f"{where}: {error}") from error
    return tuple(found.values())


def _begun(path: str, event: Begun, found: Mapping[str, Agreement]) -> Agreement:
    if path in found or event.id != path:
        raise InputError(f"path = {path!r} was begun before, or is not its id; correct one.")
    return begin(id=event.id, person_id=event.person_id, on=event.on, by=event.by)


def _read(row: dict[str, Any]) -> tuple[str, Event]:
    kind, path = row.pop("kind", None), row.pop("path", None)
    if not isinstance(kind, str) or kind not in KINDS:
        raise InputError(f"kind = {kind!r} is not known; write one of {', '.join(KINDS)}.")
    if not isinstance(path, str) or not path:
        raise InputError("path is missing; write the id of the path.")
    return path, from_json(KINDS[kind], row, kind)
