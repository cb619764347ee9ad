"""What a user can do is written in the README."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer.main

from matching.domain import DocumentErrorCode
from training.cli import make_whole_app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def leaves() -> dict[str, click.Command]:
    """Commands by name, those of a group as ``group command``."""
    found: dict[str, click.Command] = {}

    def walk(command: click.Command, name: str) -> None:
        if hasattr(command, "commands"):
            for key, inner in command.commands.items():
                walk(inner, f"{name} {key}".strip())
        else:
            found[name] = command

    walk(typer.main.get_group(make_whole_app()), "")
    return found


def commands() -> dict[str, list[str]]:
    """Options by command, as the command line itself lists them."""
    return {
        name: [
            option
            for parameter in command.params
            for option in (*parameter.opts, *parameter.secondary_opts)
            if parameter.param_type_name == "option" and option != "--help"
        ]
        for name, command in leaves().items()
    }


def documented() -> Iterator[tuple[str, str]]:
    for name, options in commands().items():
        yield from ((name, option) for option in options)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"\bvaloriamo {name}\b", README)


@pytest.mark.parametrize(("name", "option"), [*documented()])
def test_every_option_is_in_the_readme(name: str, option: str) -> None:
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", README)


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    blocks = re.findall(r"```.*?```|`[^`\n]+`", README, re.DOTALL)
    named = {name for block in blocks for name in re.findall(r"\bvaloriamo ([a-z]+)\b", block)}
    assert named <= {name.split()[0] for name in commands()}


@pytest.mark.parametrize("name", commands())
def test_every_command_shows_an_example_in_its_help(name: str) -> None:
    command = leaves()[name]
    assert f"Example: valoriamo {name}" in " ".join((command.help or "").split())


@pytest.mark.parametrize("code", DocumentErrorCode)
def test_every_reason_to_refuse_a_document_is_in_the_readme(code: DocumentErrorCode) -> None:
    assert f"`{code}`" in README
