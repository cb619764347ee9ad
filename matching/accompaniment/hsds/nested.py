"""HSDS as JSON: services with everything that belongs to them inside."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matching.accompaniment.hsds.exporting import Rows
from matching.accompaniment.hsds.findings import Finding, Gravity, Problem
from matching.accompaniment.hsds.limits import Limits, too_large
from matching.accompaniment.hsds.tables import (
    LISTS,
    OWNER_COLUMNS,
    SINGLE_COLUMNS,
    SINGLES,
    TABLES,
    VERSION,
    Record,
)
from matching.errors import InputError

_CONTENTS, _SERVICES, _ORGANIZATIONS = "contents", "services", "organizations"
# What is told again with every service that has it: the first time counts.
_SHARED = frozenset({"organization", "location", "taxonomy", "taxonomy_term"})
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?", re.ASCII)
_EITHER = frozenset({("taxonomy_term", "taxonomy")})  # a text, or, for some, an object


def nested_services(rows: Rows) -> list[dict[str, Any]]:
    """Each service as one object, in the order of the rows."""
    nester = _Nester(rows)
    return [nester.service(row) for row in rows["service"]]


def document(rows: Rows) -> str:
    """The text of a JSON file with every service, and, apart, the providers that have none."""
    whole: dict[str, Any] = {"version": VERSION, _CONTENTS: nested_services(rows)}
    if idle := _Nester(rows).without_services():
        whole[_ORGANIZATIONS] = idle
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


class _Nester:
    """Finds what belongs to what."""

    def __init__(self, rows: Rows) -> None:
        self._by_id = {(table, row["id"]): row for table, found in rows.items() for row in found}
        self._parts: dict[tuple[str, str, str], list[Mapping[str, str]]] = {}
        for (owner, part), column in OWNER_COLUMNS.items():
            for row in rows[part]:
                if column in row:
                    self._parts.setdefault((owner, row[column], part), []).append(row)
        for row in rows["attribute"]:
            key = (row["link_entity"], row["link_id"], "attribute")
            self._parts.setdefault(key, []).append(row)

    def service(self, row: Mapping[str, str]) -> dict[str, Any]:
        return self._made("service", row)

    def without_services(self) -> list[dict[str, Any]]:
        organizations = [row for (table, _), row in self._by_id.items() if table == "organization"]
        return [
            self._made("organization", row) | {_SERVICES: []}
            for row in organizations
            if not self._parts.get(("organization", row["id"], "service"))
        ]

    def _made(self, table: str, row: Mapping[str, str]) -> dict[str, Any]:
        numbers = TABLES[table].numbers
        made: dict[str, Any] = {
            key: _number(value) if key in numbers else value for key, value in row.items()
        }
        for key, part in SINGLES.get(table, {}).items():
            found = self._by_id.get((part, row.get(SINGLE_COLUMNS[table, part], "")))
            if found is not None:
                made[key] = self._made(part, found)
        for key, part in LISTS.get(table, {}).items():
            if (table, part) == ("organization", "service"):
                continue
            parts = self._parts.get((table, row["id"], part), [])
            if parts:
                made[key] = [self._made(part, one) for one in parts]
        return made


def read_document(path: Path, limits: Limits) -> tuple[list[Record], list[Finding]]:
    """The rows in a JSON file, and what is wrong with its form.

    Read are a list of services or of organizations with services, one of either, and a page with
    ``contents``. The ``line`` of a row is the number of its service in the file, from 1.

    Raises
    ------
    InputError
        Naming the file: too large, not UTF-8, no JSON, none of these forms.
    """
    if path.stat().st_size > limits.file_bytes:
        raise too_large(path, limits)
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: no JSON that can be read ({error}).") from error
    reader = _Flattener(path, limits)
    for number, item in enumerate(_items(path, content), start=1):
        reader.top(item, number)
    return reader.records, reader.findings


def _items(path: Path, content: object) -> Sequence[object]:
    if isinstance(content, dict):
        listed = content.get(_CONTENTS, content.get(_SERVICES))
        idle = content.get(_ORGANIZATIONS)
        if isinstance(listed, list) and "id" not in content:
            return [*listed, *(idle if isinstance(idle, list) else [])]
        if isinstance(listed, list) or "id" in content:
            return [content]
    if isinstance(content, list):
        return content
    raise InputError(
        f"{path}: no HSDS services; a list of services, of organizations with services, or a page "
        "with contents is read."
    )


class _Flattener:
    """Collects rows of the tables from nested objects."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.records: list[Record] = []
        self.findings: list[Finding] = []
        self._path = path
        self._limits = limits
        self._seen: set[tuple[str, str]] = set()

    def top(self, item: object, number: int) -> None:
        organization = isinstance(item, dict) and isinstance(item.get(_SERVICES), list)
        self._add("organization" if organization else "service", item, number, {}, "", 0)

    def _add(
        self,
        table: str,
        item: object,
        number: int,
        owner: Mapping[str, str],
        fallback: str,
        depth: int,
    ) -> str:
        """Add an object with its parts, and return its identifier."""
        if not isinstance(item, dict) or depth > self._limits.depth:
            self._wrong(number, table, item)
            return ""
        if len(self.records) >= self._limits.rows:
            raise InputError(
                f"{self._path}: has more than {self._limits.rows:,} rows; divide the file."
            )
        form = TABLES[table]
        cells: dict[str, str] = {}
        for column in form.columns:
            value = item.get(column)
            if isinstance(value, str | int | float):
                # JSON may hold half a surrogate pair, which is no character.
                cells[column] = _text(value).encode("utf-8", "replace").decode()
            elif value is not None and (table, column) not in _EITHER:
                self._wrong(number, f"{table}.{column}", value)
        code = cells.setdefault("id", fallback or f"{table}/{number}")
        if table in _SHARED and (table, code) in self._seen:
            return code
        self._seen.add((table, code))
        cells |= owner
        self._parts(table, item, number, code, cells, depth)
        self.records.append(Record(table, self._path.name, number, cells))
        return code

    def _parts(
        self,
        table: str,
        item: Mapping[str, Any],
        number: int,
        code: str,
        cells: dict[str, str],
        depth: int,
    ) -> None:
        for key, part in SINGLES.get(table, {}).items():
            if isinstance(item.get(key), dict):
                inner = self._add(part, item[key], number, {}, f"{code}/{key}", depth + 1)
                cells[SINGLE_COLUMNS[table, part]] = inner
        for key, part in LISTS.get(table, {}).items():
            value = item.get(key)
            if value is None:
                continue
            if not isinstance(value, list):
                self._wrong(number, f"{table}.{key}", value)
                continue
            owner = {"link_id": code, "link_entity": table}
            if part != "attribute":
                owner = {OWNER_COLUMNS[table, part]: code}
            for place, one in enumerate(value):
                self._add(part, one, number, owner, f"{code}/{key}/{place}", depth + 1)

    def _wrong(self, number: int, field: str, value: object) -> None:
        self.findings.append(
            Finding(
                gravity=Gravity.ERROR,
                file=self._path.name,
                line=number,
                field=field,
                problem=Problem.SHAPE,
                value=type(value).__name__,
            )
        )


def _number(value: str) -> int | float | str:
    """A number as JSON has it; what is none stays as it is."""
    if not _NUMBER.fullmatch(value):
        return value
    return float(value) if "." in value else int(value)


def _text(value: str | float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
