"""Frozen values from JSON, strictly. Messages name the field, and never what stands in it."""

import re
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from matching.errors import InputError

_Value = TypeVar("_Value")
_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_SCALARS: dict[type, str] = {str: "a text", int: "a whole number", bool: "true or false"}


def from_json(kind: type[_Value], value: object, where: str) -> _Value:
    """A frozen dataclass from a JSON object; null and a key that is not there are the default.

    Parameters
    ----------
    kind
        The dataclass. Its fields are texts, whole numbers, numbers, true or false, days
        (``2026-11-22``), hours (``09:30``), values of an enumeration, other dataclasses, tuples and
        sets of these.
    value
        What was read.
    where
        Stands at the head of a message, with the way to the field.

    Raises
    ------
    InputError
        Naming the field: one that is unknown, missing or of another type.
    """
    if not isinstance(value, dict):
        raise InputError(f"{where} must be a JSON object; correct it.")
    types = _types(kind)  # type: ignore[arg-type]
    for key in value:
        if key not in types:
            raise InputError(f"{where}: {key!r} is no field of it; correct or remove it.")
    given: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        read = value.get(field.name)
        if read is not None:
            given[field.name] = _typed(types[field.name], read, f"{where}.{field.name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise InputError(f"{where}.{field.name} is missing; add it.")
    return kind(**given)


def to_json(value: object) -> Any:
    """A frozen value as JSON writes it: days as texts, sets sorted, None left as null."""
    if is_dataclass(value):
        return {one.name: to_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, frozenset | set):
        return sorted(to_json(one) for one in value)
    if isinstance(value, tuple | list):
        return [to_json(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.value if isinstance(value, StrEnum) else value


def typed(kind: type[_Value], value: object, where: str) -> _Value:
    """A single value of a kind, as a field of :func:`from_json` is read.

    Raises
    ------
    InputError
        Naming what is of another type.
    """
    read: _Value = _typed(kind, value, where)
    return read


@cache
def _types(kind: type) -> dict[str, Any]:
    # Looked up anew for every event of every path, this took most of the time of reading them.
    return get_type_hints(kind)


def _typed(kind: Any, value: object, where: str) -> Any:
    if isinstance(kind, UnionType):
        kind = next(one for one in get_args(kind) if one is not NoneType)
    origin = get_origin(kind)
    if origin in (tuple, frozenset):
        return _several(origin, get_args(kind)[0], value, where)
    if is_dataclass(kind):
        return from_json(kind, value, where)  # type: ignore[arg-type]
    if kind is date:
        return _day(value, where)
    if kind is time:
        return _hour(value, where)
    if issubclass(kind, StrEnum):
        if value not in list(kind):
            raise InputError(f"{where} is not valid; write one of {', '.join(kind)}.")
        return kind(value)
    if kind is float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"{where} must be a number; correct it.")
        return float(value)
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise InputError(f"{where} must be {_SCALARS[kind]}; correct it.")
    if kind is int and isinstance(value, int) and value < 0:
        raise InputError(f"{where} must not be below 0; correct it.")
    return value


def _several(origin: Any, inner: Any, value: object, where: str) -> Any:
    if not isinstance(value, list):
        raise InputError(f"{where} must be a list; correct it.")
    return origin(_typed(inner, one, f"{where}[{n}]") for n, one in enumerate(value))


def _day(value: object, where: str) -> date:
    if not isinstance(value, str):
        raise InputError(f"{where} must be a day like 2026-11-22; correct it.")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{where} must be a day like 2026-11-22; correct it.") from error


def _hour(value: object, where: str) -> time:
    if isinstance(value, str) and _HOUR.fullmatch(value):
        return time.fromisoformat(value)
    raise InputError(f"{where} must be an hour like 09:30; correct it.")
