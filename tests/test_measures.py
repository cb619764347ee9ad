"""What holds in every file of data/measures that a person may read."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from matching.accompaniment.incentives.law import load_law
from matching.accompaniment.needs import load_form
from matching.accompaniment.rights import load_measures
from matching.accompaniment.rules import Ask, Rule
from matching.accompaniment.rules.condition import BOUNDS
from matching.accompaniment.rules.reading import conditions
from tests.test_wording import _GENDERED, _NEVER

FOLDER = Path(__file__).parents[1] / "data" / "measures"
FILES = [
    "public_measures.toml",
    "incentives.toml",
    "internships.toml",
    "assessment.toml",
    "effects.toml",
]
LAW = load_law(FOLDER)
RULES = (*load_measures(FOLDER), *LAW.incentives, *LAW.statuses)


def sentences(part: Any) -> Iterator[str]:
    """Every sentence in Italian or English, wherever it stands."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("it", "en") and isinstance(value, str):
                yield value
            else:
                yield from sentences(value)
    if isinstance(part, list):
        for item in part:
            yield from sentences(item)


@pytest.mark.parametrize("name", FILES)
def test_no_sentence_says_the_gender_of_the_person_or_a_word_that_the_hub_avoids(
    name: str,
) -> None:
    found = list(sentences(tomllib.loads((FOLDER / name).read_text("utf-8"))))
    assert found
    for sentence in found:
        assert not _GENDERED.search(sentence), sentence
        assert not _NEVER.search(sentence), sentence


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_law_a_source_and_a_desk(rule: Rule) -> None:
    assert rule.law.strip()
    assert rule.source.strip()
    assert rule.desks
    # What was not read says so in its source, too.
    assert rule.verified or re.search(r"fonte non letta|da verificare", rule.source)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_that_is_over_says_what_to_do_then(rule: Rule) -> None:
    assert rule.valid_to is None or set(rule.ended) == {"it", "en"}


def test_yearly_thresholds_do_not_outlive_their_year() -> None:
    yearly = {Ask.ISEE, Ask.FAMILY_INCOME, Ask.EMPLOYEE_INCOME, Ask.OWN_INCOME}
    for rule in RULES:
        for period in rule.periods:
            if {one.ask for one in conditions(period.conditions)} & yearly:
                assert period.valid_to is not None, rule.id


def test_every_ask_that_takes_a_bound_is_used_or_known() -> None:
    assert set(BOUNDS) <= set(Ask)
    used = {
        one.ask
        for rule in RULES
        for period in rule.periods
        for one in conditions(period.conditions)
    }
    assert set(Ask) - used == set()


def test_the_form_asks_in_plain_words() -> None:
    for asked in load_form(FOLDER).questions:
        assert len(asked.text["it"].split()) <= 20, asked.text["it"]
        assert asked.text["it"].endswith("?")
