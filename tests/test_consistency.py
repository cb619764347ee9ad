"""What is said in two places is said the same way."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest

from matching.accompaniment.agreement.calls import Sign
from matching.accompaniment.agreement.reminders import Due
from matching.accompaniment.impact import ProgressState
from matching.accompaniment.incentives.hire import EmployerKind, Underrepresented
from matching.accompaniment.rules import DeskKind, RuleState
from matching.domain import (
    Audience,
    Band,
    Channel,
    Contract,
    Dimension,
    DocumentErrorCode,
    Facts,
    Freshness,
    Grade,
    Hours,
    Importance,
    Interpreting,
    Lacking,
    Level,
    Matter,
    Measure,
    Need,
    Paper,
    Payer,
    Shift,
    Weekday,
)
from matching.domain.access import Role
from matching.domain.agreement import DropReason, StepState
from matching.domain.household import Sex, Tenure
from matching.domain.outcomes import OutcomeKind
from matching.features import COLUMNS, CONTEXT, FEATURES, PROTECTED
from matching.interchange import Assumed, FileKind, ProblemCode
from matching.interchange.refused import Ground
from matching.jobs.kinds import JobKind, RowState
from matching.jobs.queue import JobState
from matching.settings import shipped_data
from matching.territory import TargetKind
from matching.wording import load_wording, placeholders

ROOT = Path(__file__).parents[1]
LANGUAGES = ("it", "en")
KEY = re.compile(r"[a-z_]+\.[a-z0-9_]+")
# Kinds of value that a person reads, with the key of each.
SHOWN: dict[type[StrEnum], str] = {
    OutcomeKind: "outcome.{}",
    ProgressState: "progress.{}",
    TargetKind: "target.{}",
    Dimension: "dimension.{}",
    Contract: "value.{}",
    Hours: "value.{}",
    Shift: "value.{}",
    Importance: "screen.{}",
    Need: "need.{}",
    Measure: "measure.{}",
    Payer: "payer.{}",
    Grade: "grade.{}",
    Weekday: "weekday.{}",
    Band: "band.{}",
    Matter: "plan.confirm_{}",
    Level: "need_level.{}",
    RuleState: "rule_state.{}",
    DeskKind: "desk.{}",
    Tenure: "tenure.{}",
    Sex: "sex.{}",
    EmployerKind: "employer.{}",
    Underrepresented: "underrepresented.{}",
    Audience: "audience.{}",
    Paper: "paper.{}",
    Channel: "channel.{}",
    Interpreting: "interpreting.{}",
    Freshness: "freshness.{}",
    StepState: "follow.state_{}",
    DropReason: "follow.drop_{}",
    Lacking: "follow.lacking_{}",
    Due: "follow.due_{}",
    Sign: "follow.call_{}",
    Role: "role.{}",
    FileKind: "file_kind.{}",
    ProblemCode: "row_problem.{}",
    Ground: "column_ground.{}",
    Assumed: "assumed.{}",
    JobKind: "job_kind.{}",
    JobState: "job_state.{}",
    RowState: "row_state.{}",
}


@cache
def sentences(language: str) -> dict[str, str]:
    return dict(load_wording(shipped_data() / "wording", language).sentences)


def strings() -> Iterator[tuple[str, str]]:
    """Every text in the code: where it stands, and the text; ``*`` for what is filled in."""
    for path in sorted(p for name in ("matching", "training") for p in (ROOT / name).rglob("*.py")):
        module = ast.parse(path.read_text("utf-8"))
        inner: set[int] = set()
        for node in ast.walk(module):
            where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.JoinedStr):
                inner |= {id(part) for part in node.values}
                parts = (p.value if isinstance(p, ast.Constant) else "*" for p in node.values)
                yield where, "".join(map(str, parts))
            elif (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in inner
            ):
                yield where, node.value


@cache
def keys_in_code() -> list[tuple[str, str]]:
    groups = {key.partition(".")[0] for key in sentences("it")}
    return [
        (where, text)
        for where, text in strings()
        if KEY.fullmatch(text.replace("*", "x")) and text.partition(".")[0] in groups
    ]


@cache
def named(pattern: str) -> frozenset[str]:
    if "*" not in pattern:
        return frozenset({pattern} & sentences("it").keys())
    form = re.compile(re.escape(pattern).replace(r"\*", r"\w+"))
    return frozenset(key for key in sentences("it") if form.fullmatch(key))


def test_every_sentence_that_the_code_names_exists() -> None:
    wanting = [f"{where}: {text}" for where, text in keys_in_code() if not named(text)]
    assert wanting == []


def test_every_sentence_is_used_in_the_code() -> None:
    values = {form.format(item) for kind, form in SHOWN.items() for item in kind}
    values |= {f"fact.{field.name}" for field in fields(Facts)}
    # A pattern such as value.* would pass any key of its group: its values are listed instead.
    listed = {form.format("*") for form in SHOWN.values()} | {"fact.*"}
    used = {key for _, text in keys_in_code() if text not in listed for key in named(text)}
    assert sorted(set(sentences("it")) - used - values) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHOWN)
def test_every_value_that_is_shown_has_its_words(language: str, kind: type[StrEnum]) -> None:
    held = sentences(language)
    assert [item for item in kind if SHOWN[kind].format(item) not in held] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_fact_and_every_level_has_its_words(language: str) -> None:
    held = set(sentences(language))
    assert {f"fact.{field.name}" for field in fields(Facts)} == {
        key for key in held if key.startswith("fact.")
    }
    assert {f"level.eqf{level}" for level in range(1, 9)} <= held


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_feature_has_its_words(language: str) -> None:
    held = sentences(language)
    keys = [column.label for column in FEATURES]
    keys += [column.question for column in FEATURES if column.question]
    assert [key for key in keys if key not in held] == []


def test_the_languages_say_the_same_things_with_the_same_values() -> None:
    first, *others = (sentences(language) for language in LANGUAGES)
    wanted = {key: placeholders(text) for key, text in first.items()}
    for other in others:
        assert {key: placeholders(text) for key, text in other.items()} == wanted


def test_the_documented_keys_of_facts_are_the_fields() -> None:
    table = re.findall(r"^\s*``(\w+)``\s{2,}", Facts.__doc__ or "", re.MULTILINE)
    assert table == [field.name for field in fields(Facts)]


def test_only_known_codes_refuse_a_document() -> None:
    uses = {
        node.attr
        for path in (ROOT / "matching").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "DocumentErrorCode"
    }
    assert uses == {code.name for code in DocumentErrorCode}


def test_no_protected_attribute_is_a_column() -> None:
    for column in (*COLUMNS, *CONTEXT):
        assert not PROTECTED & set(str(column).split("_"))
