"""Operations of the fund as JSON objects, and back, with nothing guessed."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from matching.domain import fund
from matching.domain.fund import Line, Operation
from matching.errors import FundError

KINDS: Mapping[str, type[Operation]] = MappingProxyType(
    {
        "open_line": fund.OpenLine,
        "contribute": fund.Contribute,
        "buy_welfare": fund.BuyWelfare,
        "commit": fund.Commit,
        "grant": fund.Grant,
        "release": fund.Release,
        "refund": fund.Refund,
        "lend": fund.Lend,
        "repay": fund.Repay,
        "write_off": fund.WriteOff,
        "transfer": fund.Transfer,
        "close_period": fund.ClosePeriod,
        "correct": fund.Correct,
    }
)
"""The word that a row has for each operation."""

_WORDS = MappingProxyType({kind: word for word, kind in KINDS.items()})


def operation_row(operation: Operation) -> dict[str, Any]:
    """An operation as a JSON object; ``kind`` says which."""
    return {"kind": _WORDS[type(operation)], **_row(operation)}


def read_operation(row: Mapping[str, Any], where: str) -> Operation:
    """The operation in a JSON object.

    Raises
    ------
    FundError
        Naming where, the field, its value and what is due: an unknown kind, a field that is
        missing, unknown or of another type.
    """
    word = row.get("kind")
    if not isinstance(word, str) or word not in KINDS:
        raise FundError(f"{where}: kind = {word!r} is none of {', '.join(KINDS)}; write one.")
    rest = {name: value for name, value in row.items() if name != "kind"}
    found = _made(KINDS[word], rest, where)
    if not isinstance(found, Operation):
        raise TypeError(f"{word} makes no operation.")
    return found


def _row(value: Any) -> dict[str, Any]:
    return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, Line):
        return _row(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return str(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return MappingProxyType(get_type_hints(kind))


def _made(kind: type, row: Mapping[str, Any], where: str) -> Any:
    hints = _hints(kind)
    unknown = sorted(set(row) - set(hints))
    if unknown:
        raise FundError(f"{where}: unknown field {unknown[0]!r}; correct or remove it.")
    # Only fields of a line may be left out: what they restrict is nothing then.
    optional = {"measures", "ambiti", "hub_bound", "target_cents"} if kind is Line else set()
    missing = sorted(set(hints) - set(row) - optional)
    if missing:
        raise FundError(f"{where}: the field {missing[0]!r} is missing; add it.")
    return kind(**{name: _read(hints[name], row[name], where, name) for name in row})


def _read(hint: Any, value: Any, where: str, name: str) -> Any:
    if get_origin(hint) is UnionType:
        if value is None:
            return None
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise _wrong(where, name, value, "a list")
        return tuple(_read(get_args(hint)[0], one, where, name) for one in value)
    if hint is Line:
        if not isinstance(value, dict):
            raise _wrong(where, name, value, "an object with code, kind, name")
        return _made(Line, value, where)
    if hint is date:
        return _day(value, where, name)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        if value not in set(hint):
            raise _wrong(where, name, value, f"one of {', '.join(hint)}")
        return hint(value)
    if type(value) is not hint:
        raise _wrong(where, name, value, f"a value of type {hint.__name__}")
    return value


def _day(value: Any, where: str, name: str) -> date:
    if isinstance(value, str) and len(value) == len("2026-11-01"):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise _wrong(where, name, value, "a day such as 2026-11-01") from error
    raise _wrong(where, name, value, "a day such as 2026-11-01")


def _wrong(where: str, name: str, value: Any, due: str) -> FundError:
    return FundError(f"{where}: {name} = {str(value)[:60]!r} is not valid; write {due}.")
