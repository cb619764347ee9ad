"""What every command shares: how an error of the product ends it, and safe output streams."""

import io
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from matching.errors import ValoriamoError


class CommandGroup(TyperGroup):
    """Commands in which an error of the product is one line on stderr and exit 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except ValoriamoError as error:
            typer.echo(f"valoriamo: {error}", err=True)
            raise typer.Exit(1) from error


def run(app: typer.Typer) -> None:
    """Run a command line in this process, and exit with its code."""
    # A terminal that is not UTF-8 shows "?" for what it lacks; JSON is written as UTF-8 always.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    app()
