"""What a user can do is written in the README."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from matching.domain import DocumentErrorCode
from matching.settings import Settings
from tests.commands import leaves

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "operations.md").read_text("utf-8")


@cache
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


def missing(pattern: str, names: Iterable[str]) -> list[str]:
    """Those of some names that the README does not have."""
    return [name for name in names if not re.search(pattern.format(name=name), README)]


def test_every_command_is_in_the_readme() -> None:
    assert missing(r"\bvaloriamo {name}\b", commands()) == []


def test_every_option_is_in_the_readme() -> None:
    options = {option for options in commands().values() for option in options}
    assert missing(r"(?<![\w-]){name}(?![\w-])", sorted(options)) == []


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    blocks = re.findall(r"```.*?```|`[^`\n]+`", README, re.DOTALL)
    named = {name for block in blocks for name in re.findall(r"\bvaloriamo ([a-z]+)\b", block)}
    assert named <= {name.split()[0] for name in commands()}


def test_every_command_shows_an_example_in_its_help() -> None:
    helps = {name: " ".join((command.help or "").split()) for name, command in leaves().items()}
    assert [name for name, text in helps.items() if f"Example: valoriamo {name}" not in text] == []


@pytest.mark.parametrize("code", DocumentErrorCode)
def test_every_reason_to_refuse_a_document_is_in_the_readme(code: DocumentErrorCode) -> None:
    assert f"`{code}`" in README


def test_every_variable_that_is_named_is_read_and_those_of_serving_are_named() -> None:
    read = {f"VALORIAMO_{name.upper()}" for name in Settings.model_fields} | {"VALORIAMO_KEYS"}
    named = set(re.findall(r"VALORIAMO_[A-Z][A-Z0-9_]*[A-Z0-9]", README + GUIDE))
    assert named <= read
    assert {one for one in read if one.startswith("VALORIAMO_API_")} <= named
