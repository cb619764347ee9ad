"""Twelve texts with everything that a reader finds in them, written down before the first run."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.domain import DocumentKind, Extraction, Fact, Facts, Importance
from matching.extraction import Extractor
from matching.taxonomy import Taxonomy
from matching.territory import Territory

AS_OF = date(2026, 11, 22)
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.toml"))


@dataclass(frozen=True)
class Case:
    name: str
    expected: dict[str, Any]
    found: Extraction


@pytest.fixture(scope="module")
def cases(extractor: Extractor) -> dict[str, Case]:
    made: dict[str, Case] = {}
    for path in GOLDEN:
        expected = tomllib.loads(path.read_text("utf-8"))
        found = extractor.extract(
            expected["text"], kind=DocumentKind(expected["kind"]), as_of=AS_OF
        )
        made[path.stem] = Case(path.stem, expected, found)
    return made


@pytest.fixture(params=[path.stem for path in GOLDEN])
def case(request: pytest.FixtureRequest, cases: dict[str, Case]) -> Case:
    return cases[request.param]


def found_skills(case: Case, taxonomy: Taxonomy, importance: Importance | None) -> set[str]:
    """Slugs found with this importance; what may be read either way is left out."""
    found: dict[str, Importance | None] = {}
    for mention in case.found.skills:
        slug = taxonomy.concepts[mention.uri].slug
        if found.get(slug) is not Importance.ESSENTIAL:
            found[slug] = mention.importance
    either = set(case.expected.get("either", []))
    return {slug for slug, value in found.items() if value is importance} - either


def as_written(facts: Facts, territory: Territory) -> dict[str, Any]:
    """Facts in the form of the golden files: values only, nothing for what is not said."""
    values: dict[str, Any] = {}
    for name in Facts.__dataclass_fields__:
        content = getattr(facts, name)
        if name == "languages":
            values[name] = [f"{spoken.code} {spoken.level or '-'}" for spoken in content]
        elif name == "comune" and content is not None:
            values[name] = territory.municipality(str(content.value)).name
        elif isinstance(content, tuple):
            values[name] = [item.value for item in content]
        else:
            values[name] = content.value if isinstance(content, Fact) else content
    return {name: value for name, value in values.items() if value not in (None, [])}


def test_the_skills_of_a_text_are_those_that_a_reader_finds(case: Case, taxonomy: Taxonomy) -> None:
    person = case.expected["kind"] == "cv"
    importance = None if person else Importance.ESSENTIAL
    assert found_skills(case, taxonomy, importance) == set(case.expected["skills"])


def test_what_a_vacancy_would_like_is_not_insisted_on(case: Case, taxonomy: Taxonomy) -> None:
    found = found_skills(case, taxonomy, Importance.OPTIONAL)
    assert found == set(case.expected.get("optional", []))


def test_the_occupations_of_a_text_are_those_that_a_reader_finds(
    case: Case, taxonomy: Taxonomy
) -> None:
    held: dict[str, int] = {}
    for mention in case.found.occupations:
        if not mention.wanted:
            slug = taxonomy.concepts[mention.uri].slug
            held[slug] = max(held.get(slug, -1), mention.months or -1)
    wanted = {taxonomy.concepts[m.uri].slug for m in case.found.occupations if m.wanted}
    assert held == case.expected["occupations"]
    assert wanted == set(case.expected.get("wanted", []))


def test_the_facts_of_a_text_are_those_that_a_reader_finds(
    case: Case, territory: Territory
) -> None:
    assert as_written(case.found.facts, territory) == case.expected["facts"]


def test_the_language_of_a_text_is_known(case: Case) -> None:
    assert case.found.language == case.expected.get("language", "it")
