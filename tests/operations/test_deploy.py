"""What is deployed and written for whoever runs it: no secrets, no root, no command made up."""

import configparser
import re
from pathlib import Path

import pytest

from matching.jobs.worker import LEASE
from tests.commands import leaves, top_commands

ROOT = Path(__file__).parents[2]
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text("utf-8")
UNIT = (ROOT / "deploy" / "valoriamo.service").read_text("utf-8")
WORKER = (ROOT / "deploy" / "valoriamo-worker.service").read_text("utf-8")
GUIDE = (ROOT / "docs" / "operations.md").read_text("utf-8")


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", CONTAINER, re.MULTILINE)


def test_the_container_runs_as_nobody_in_particular() -> None:
    assert instructions("USER") == ["valoriamo"]
    # What is run comes after the user was changed.
    assert CONTAINER.index("\nUSER ") < CONTAINER.index("\nENTRYPOINT ")


def test_images_are_named_without_a_registry() -> None:
    images = [line.split()[0] for line in instructions("FROM")]
    assert images == ["python:3.11-slim"] * 2


@pytest.mark.parametrize("text", [CONTAINER, UNIT, WORKER])
def test_no_secret_is_deployed(text: str) -> None:
    assert not re.search(r"VALORIAMO_(?:KEYS|API_TOKEN|DATABASE\w*|OIDC\w*)\s*[= ]", text)
    assert not re.search(r"(?i)password|--build-arg|^ARG ", text, re.MULTILINE)


def read(text: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(text)
    return unit


@pytest.mark.parametrize("text", [UNIT, WORKER])
def test_a_unit_may_write_its_own_folder_alone(text: str) -> None:
    service = read(text)["Service"]
    assert service["User"] not in ("", "root")
    for name in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "ProtectKernelTunables"):
        assert service[name] == "yes", name
    assert (service["ProtectSystem"], service["UMask"]) == ("strict", "0077")
    assert service["CapabilityBoundingSet"] == ""
    assert "ReadWritePaths" not in service


def test_the_service_is_reached_from_its_own_machine_alone() -> None:
    assert "--host 127.0.0.1" in read(UNIT)["Service"]["ExecStart"]


def test_the_worker_starts_and_stops_with_the_service_and_has_time_for_its_step() -> None:
    unit = read(WORKER)
    assert unit["Service"]["ExecStart"].endswith("valoriamo work")
    assert unit["Unit"]["PartOf"] == unit["Install"]["WantedBy"] == "valoriamo.service"
    assert int(unit["Service"]["TimeoutStopSec"]) > LEASE.total_seconds()
    touched = [(name, one) for name, one in read(UNIT)["Service"].items() if "Protect" in name]
    assert [(name, unit["Service"][name]) for name, _ in touched] == touched


def test_the_guide_names_commands_and_options_that_there_are() -> None:
    known = {**top_commands(), **leaves()}
    options = {option for one in known.values() for given in one.params for option in given.opts}
    named = set(re.findall(r"valoriamo ([a-z]+(?: [a-z]+)?)", "".join(code_of(GUIDE))))
    assert {"init", "doctor", "backup", "journal verify", "keys rotate"} <= named
    for name in named:
        assert name in known or name.split()[0] in known, name
    others = {"--constraint", "--help"}  # pip's, and that of every command
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", GUIDE)) - others <= options


def test_every_command_of_operation_is_in_the_guide() -> None:
    for name in (
        "init", "migrate", "doctor", "backup", "restore", "journal verify", "journal purge",
        "keys rotate", "work", "jobs list",
    ):  # fmt: skip
        assert f"valoriamo {name}" in GUIDE


def code_of(text: str) -> list[str]:
    return re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)
