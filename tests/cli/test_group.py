import pytest
import typer
from typer.testing import CliRunner

from matching.cli.group import CommandGroup
from matching.errors import InputError, ValoriamoError


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
