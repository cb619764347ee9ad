"""What every command shares: when it is made, how an error of the product ends it, safe streams."""

import io
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from matching.errors import ValoriamoError


@dataclass(frozen=True, slots=True)
class Part:
    """Commands that are made when one of them is asked for: what they need takes seconds to load.

    ``make`` registers them on a command line. ``told`` says by name what each is for, in the first
    sentence of its help, so that all can be listed while none is made.
    """

    make: Callable[[typer.Typer], None]
    told: Mapping[str, str]


class CommandGroup(TyperGroup):
    """Commands in which an error of the product is one line on stderr and exit 1."""

    parts: ClassVar[Sequence[Part]] = ()

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self._unmade = {name: part for part in self.parts for name in part.told}
        self.commands.update(self._listed())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command, made now if it was not before."""
        part = self._unmade.get(cmd_name)
        if part is not None:
            made = new_app()
            part.make(made)
            commands = get_group(made).commands
            for name in part.told:
                self.commands[name] = commands[name]
                del self._unmade[name]
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands without making them."""
        TyperGroup(commands={**self.commands, **self._listed()}).format_commands(ctx, formatter)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except ValoriamoError as error:
            typer.echo(f"valoriamo: {error}", err=True)
            raise typer.Exit(1) from error

    def _listed(self) -> dict[str, Any]:
        return {
            name: TyperCommand(name, help=told)
            for part in self.parts
            for name, told in part.told.items()
        }


def new_app(cls: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """A command line without commands."""
    return typer.Typer(
        name="valoriamo",
        cls=cls,
        help="Matching and accompaniment engine of welfare hubs.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        callback=_before_every_command,
    )


def _before_every_command() -> None:
    """Nothing: typer takes a command line for a single command unless it has this."""


def app_of(parts: Sequence[Part]) -> typer.Typer:
    """A command line of some parts, in their order."""

    class Commands(CommandGroup):
        pass

    Commands.parts = tuple(parts)
    return new_app(Commands)


def run(app: typer.Typer) -> None:
    """Run a command line in this process, and exit with its code."""
    # A terminal that is not UTF-8 shows "?" for what it lacks; JSON is written as UTF-8 always.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    app()
