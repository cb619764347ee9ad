"""Every command of the product, made."""

from functools import cache
from typing import Any

import typer.main

from training.cli import make_whole_app


@cache
def top_commands() -> dict[str, Any]:
    """Commands and groups by name."""
    group = typer.main.get_group(make_whole_app())
    return {name: group.get_command(None, name) for name in group.commands}  # type: ignore[arg-type]


def leaves() -> dict[str, Any]:
    """Commands by name, those of a group as ``group command``."""
    found: dict[str, Any] = {}
    for name, command in top_commands().items():
        inner = getattr(command, "commands", None)
        found |= {name: command} if inner is None else {f"{name} {k}": v for k, v in inner.items()}
    return found
