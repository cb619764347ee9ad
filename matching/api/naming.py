"""How operations are called: by method and address, so that a client's code keeps its names."""

import re
from collections.abc import Mapping
from typing import Any

from fastapi.routing import APIRoute

# "art. 15" is no end of a sentence.
_ENDS = re.compile(r"(?<=[;:])\s|(?<=\.)\s(?=[A-Z`])")
_ALIKE = 3


def operation_id(route: APIRoute) -> str:
    """A name for an operation, the same for as long as method and address are.

    An identifier in the address says one of what stands before it.
    """
    method = min(route.methods or ["get"])
    return f"{method.lower()}_{name_of(route.path_format)}"


def name_of(path: str) -> str:
    """The name of what is at an address.

    >>> name_of("/v1/persons/{person_id}/risk-assessments")
    'person_risk_assessments'
    >>> name_of("/v1/households/{household_id}/members/{member_id}")
    'household_member'
    >>> name_of("/v1/participants/{path_id}")
    'participants_by_path'
    >>> name_of("/v1/reserved-reports/{report_id}")
    'reserved_report'
    """
    words: list[str] = []
    for part in path.removeprefix("/v1").strip("/").split("/"):
        if not part.startswith("{"):
            words.append(part.replace("-", "_").replace(".", "_"))
            continue
        one = part.strip("{}").partition(":")[0].removesuffix("_id")
        kind, _, last = words[-1].rpartition("_") if words else ("", "", "")
        if last[:_ALIKE] == one[:_ALIKE]:
            words[-1] = f"{kind}_{one}".strip("_")
        else:
            words.append(f"by_{one}")
    return "_".join(words)


def with_summary(operation: Mapping[str, Any]) -> dict[str, Any]:
    """An operation whose summary is the first sentence that its description begins with."""
    said = " ".join(operation["description"].partition("\n\n")[0].split())
    return {**operation, "summary": _ENDS.split(said)[0].rstrip(".;:")}
