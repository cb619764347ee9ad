"""Rows of the fund's commands: requests and operations in, a JSON object a line."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from matching.accompaniment.fund.operation_rows import read_operation
from matching.accompaniment.fund.statement import Statement
from matching.api.funds import FundRequestGiven, request_of
from matching.cli.json_lines import json_objects
from matching.domain.allocation import FundRequest
from matching.domain.fund import Operation
from matching.errors import InputError


def read_requests(path: Path) -> list[FundRequest]:
    """The steps asked for.

    Raises
    ------
    InputError
        Naming the line and field of a fault, and nothing of what is in it; no rows at all.
    """
    found = []
    for where, row in json_objects(path):
        try:
            found.append(request_of(FundRequestGiven.model_validate(row)))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            field = ".".join(map(str, first["loc"])) or "the row"
            raise InputError(f"{where}: {field}: {first['msg']}.") from None
    if not found:
        raise InputError(f"{path}: no rows; one JSON object per line is needed.")
    return found


def read_operations(path: Path) -> list[Operation]:
    """Operations to enter; a ``FundError`` names line, field and value of a fault."""
    found = [read_operation(row, where) for where, row in json_objects(path)]
    if not found:
        raise InputError(f"{path}: no rows; one JSON object per line is needed.")
    return found


def statement_row(found: Statement) -> dict[str, Any]:
    """A statement as JSON says it; amounts in cents."""
    return {
        "since": None if found.since is None else found.since.isoformat(),
        "as_of": found.as_of.isoformat(),
        "closed_to": None if found.closed_to is None else found.closed_to.isoformat(),
        "entries": found.entries,
        "lines": [
            {name: getattr(one, name) for name in one.__dataclass_fields__} for one in found.lines
        ],
        "campaigns": [
            {"line": one.line, "name": one.name, "target": one.target, "raised": one.raised}
            for one in found.campaigns
        ],
        "overdue": [
            {"loan": one.loan, "due": one.due.isoformat(), "owed": one.owed}
            for one in found.overdue
        ],
    }
