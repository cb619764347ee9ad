import subprocess
import sys
from collections.abc import Callable

import pytest
import typer
from typer.testing import CliRunner

from matching.cli.group import CommandGroup, Part, app_of
from matching.errors import InputError, ValoriamoError
from tests.commands import top_commands
from training.cli.app import whole_parts


def an_app(error: Exception) -> typer.Typer:
    app = typer.Typer(cls=CommandGroup, pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise error

    @app.command()
    def other() -> None:
        """Stand beside it, so that there is a group."""

    return app


@pytest.mark.parametrize("kind", [ValoriamoError, InputError])
def test_an_error_of_the_product_is_one_line_on_stderr_and_exit_1(kind: type[Exception]) -> None:
    result = CliRunner().invoke(an_app(kind("x.tsv: is missing.")), ["fail"])
    assert result.exit_code == 1
    assert result.stderr == "valoriamo: x.tsv: is missing.\n"
    assert result.stdout == ""


def test_a_defect_is_not_hidden() -> None:
    result = CliRunner().invoke(an_app(ZeroDivisionError("x")), ["fail"])
    assert isinstance(result.exception, ZeroDivisionError)


def made_when(names: list[str]) -> Callable[[typer.Typer], None]:
    """Makes two commands, and notes that it did."""

    def make(app: typer.Typer) -> None:
        names.append("made")

        @app.command()
        def sing() -> None:
            """Sing a song. Loudly."""
            typer.echo("la")

        @app.command()
        def dance() -> None:
            """Dance."""

    return make


def a_lazy_app(names: list[str]) -> typer.Typer:
    return app_of([Part(made_when(names), {"sing": "Sing a song.", "dance": "Dance."})])


def test_commands_are_listed_and_guessed_without_being_made() -> None:
    names: list[str] = []
    listed = CliRunner().invoke(a_lazy_app(names), ["--help"])
    assert listed.exit_code == 0
    assert "  sing   Sing a song.\n  dance  Dance.\n" in listed.stdout
    guessed = CliRunner().invoke(a_lazy_app(names), ["sang"])
    assert guessed.exit_code == 2
    assert "'sing'" in guessed.stderr
    assert names == []


def test_a_command_is_made_when_it_is_asked_for_with_those_of_its_part() -> None:
    names: list[str] = []
    app = a_lazy_app(names)
    assert CliRunner().invoke(app, ["sing"]).stdout == "la\n"
    assert "Sing a song. Loudly." in CliRunner().invoke(app, ["sing", "--help"]).stdout
    assert names == ["made", "made"]


@pytest.mark.parametrize("name", top_commands())
def test_what_a_command_is_listed_with_is_what_its_help_says(name: str) -> None:
    told = {one: line for part in whole_parts() for one, line in part.told.items()}
    assert told[name] == top_commands()[name].get_short_help_str(1000)


def test_all_commands_are_listed_without_a_library_that_computes() -> None:
    program = (
        "import sys; from training.cli import make_whole_app; from matching.cli import run\n"
        "try: run(make_whole_app())\n"
        "except SystemExit: print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--help"], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert {"typer", "matching", "training"} <= loaded
    assert not loaded & {"numpy", "pandas", "scipy", "sklearn", "lightgbm", "sqlalchemy", "fastapi"}
