"""What a user can do is written in the README."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from matching.domain import DocumentErrorCode
from training.cli import make_whole_app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def commands() -> dict[str, list[str]]:
    """Options by command, as the command line itself lists them."""
    group = typer.main.get_group(make_whole_app())
    return {
        name: [
            option
            for parameter in command.params
            for option in parameter.opts
            if parameter.param_type_name == "option" and option != "--help"
        ]
        for name, command in group.commands.items()
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
    assert named <= set(commands())


@pytest.mark.parametrize("name", commands())
def test_every_command_shows_an_example_in_its_help(name: str) -> None:
    command = typer.main.get_group(make_whole_app()).commands[name]
    assert f"Example: valoriamo {name}" in " ".join((command.help or "").split())


@pytest.mark.parametrize("code", DocumentErrorCode)
def test_every_reason_to_refuse_a_document_is_in_the_readme(code: DocumentErrorCode) -> None:
    assert f"`{code}`" in README
