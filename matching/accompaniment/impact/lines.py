"""JSON lines of outcomes: one record a line, which ``record`` names.

Names: ``path``, ``opportunity``, ``outcome``, ``account``, ``unmet_need``, ``unfilled_vacancy``.
The fields of each are those of :mod:`matching.domain.outcomes`; what is left out is not known.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from matching.accompaniment.impact.records import Records, check
from matching.accompaniment.json_lines import json_objects
from matching.accompaniment.json_values import from_json, to_json
from matching.domain.outcomes import (
    AccountRecord,
    Opportunity,
    OutcomeRecord,
    PathRecord,
    UnfilledVacancy,
    UnmetNeed,
)
from matching.errors import InputError

_KINDS: Mapping[str, tuple[str, type]] = {
    "path": ("paths", PathRecord),
    "opportunity": ("opportunities", Opportunity),
    "outcome": ("outcomes", OutcomeRecord),
    "account": ("accounts", AccountRecord),
    "unmet_need": ("unmet", UnmetNeed),
    "unfilled_vacancy": ("unfilled", UnfilledVacancy),
}


def read_lines(lines: Iterable[str], *, name: str) -> Records:
    """The records of some lines.

    Raises
    ------
    InputError
        Naming ``name`` and the line, and nothing personal of what is in it: no JSON object, an
        unknown kind or key, a value of another type; and as
        :func:`matching.accompaniment.impact.records.check`.
    """
    found: dict[str, list[Any]] = {field: [] for field, _ in _KINDS.values()}
    for where, row in json_objects(lines, name=name):
        kind = row.pop("record", None)
        if kind not in _KINDS:
            known = ", ".join(_KINDS)
            raise InputError(f"{where}: record = {kind!r} is not known; write one of {known}.")
        field, type_ = _KINDS[kind]
        try:
            found[field].append(from_json(type_, row, kind))
        except InputError as error:
            raise InputError(f"{where}: {error}") from error
    records = Records(**{field: tuple(values) for field, values in found.items()})
    try:
        check(records)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error
    return records


def write_lines(records: Records) -> Iterator[str]:
    """One JSON object per record."""
    for kind, (field, _) in _KINDS.items():
        for value in getattr(records, field):
            yield json.dumps({"record": kind, **to_json(value)}, ensure_ascii=False)
