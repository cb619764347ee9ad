"""Rules as data: read whole, and refused with file, entry, key and value."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from matching.domain import BarrierState
from matching.errors import DataError
from matching.ranking.eligibility_licences import LICENCES
from matching.ranking.rules import load_rules
from matching.settings import shipped_data
from matching.taxonomy import load_lexicon
from matching.wording import load_wording
from tests.ranking.eligible_world import RULES, TAXONOMY, some_rules

SHIPPED = shipped_data() / "rules"


def test_a_rule_says_who_needs_it_what_meets_it_and_where_it_is_written(tmp_path: Path) -> None:
    rules = {rule.id: rule for rule in some_rules(tmp_path).rules}
    lorry, care = rules["lorry_licence"], rules["care_worker"]
    assert lorry.occupations == {"lorry-driver"}
    assert lorry.jobs == {"lorry-driver", "tipper-driver"}
    assert lorry.licences == ("C1", "C", "CE")
    assert (lorry.law, lorry.verified, care.verified) == ("Legge di prova", True, False)
    assert care.met_by == ("care-title-plus",)
    assert rules["forklift"].state_when_missing is BarrierState.TO_CHECK
    assert {rule.checked for rule in rules.values()} == {date(2026, 1, 1)}


def test_a_rule_holds_between_its_dates_only(tmp_path: Path) -> None:
    rules = some_rules(tmp_path)

    def ids(day: date) -> set[str]:
        return {rule.id for rule in rules.valid_on(day)}

    assert "care_worker" in ids(date(2026, 12, 31))
    assert "care_worker" not in ids(date(2027, 1, 1))
    assert "lorry_licence" in ids(date(2027, 1, 1))
    assert ids(date(2019, 12, 31)) == set()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "lorry-driver",
            "lorry-pilot",
            r"lorry_licence.*occupations = 'lorry-pilot'.*slug of an occ",
        ),
        (
            '"lift-permit"',
            '"lift-paper"',
            r"forklift.*certificates = 'lift-paper'.*slug of a skill",
        ),
        ('"C1", "C", "CE"', '"C1", "K"', r"lorry_licence.*licences = 'K'.*one of AM"),
        ('presupposes = ["B"]', 'presupposes = ["Z"]', r"presupposes = 'Z'"),
        ('id = "forklift"', 'id = "care_worker"', r"id = 'care_worker' is used twice"),
        (
            'state_when_missing = "to_check"',
            'state_when_missing = "maybe"',
            r"'maybe'.*one of not_m",
        ),
        ('law = "Norma regionale"', 'law = ""', r"care_worker.*law = ''"),
        ("verified = false", 'verified = "no"', r"care_worker.*verified = 'no'.*true or false"),
        ("valid_to = 2026-12-31", "valid_to = 2019-12-31", r"care_worker.*before valid_from"),
        ("valid_to = 2026-12-31", 'valid_to = "then"', r"valid_to = 'then'.*a date"),
        ("only_for_jobs = true", "only_for_job = true", r"car_licence.*unknown key 'only_for_job'"),
        ('perhaps = ["courier"]\n', "", r"car_licence.*only_for_jobs = true without jobs"),
        ('licences = ["CQC-M"]\n', "", r"goods_driver_card.*licences or for certificates"),
        ('licences = ["CQC-M"]', 'licences = ["CQC-M"]\nmet_by = ["taxi-card"]', r"are for certif"),
        (
            'perhaps = ["tipper-driver"]',
            'perhaps = ["lorry-driver"]',
            r"in occupations and in perh",
        ),
        ("checked = 2026-01-01", "", r"'checked' is missing"),
        ("[[rule]]", "[[rules]]", r"'rule' is missing"),
    ],
)
def test_a_faulty_rule_is_refused_by_name(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in RULES
    with pytest.raises(DataError, match=message) as refused:
        some_rules(tmp_path, RULES.replace(old, new))
    assert "eligibility.toml" in str(refused.value)


def test_rules_that_are_not_there_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        load_rules(tmp_path, TAXONOMY)


def test_the_shipped_rules_hold_together_and_are_said_in_words() -> None:
    taxonomy = load_lexicon(shipped_data() / "lexicon")
    rules = load_rules(SHIPPED, taxonomy)
    assert 12 <= len(rules.rules) <= 20
    for language in ("it", "en"):
        said = load_wording(shipped_data() / "wording", language).sentences
        assert {key.partition(".")[2] for key in said if key.startswith("rule.")} == {
            rule.id for rule in rules.rules
        }
    assert set(rules.codes.values()) == set(LICENCES) - {"D1"}


def test_what_was_not_read_in_the_law_is_marked_to_be_checked() -> None:
    content = tomllib.loads((SHIPPED / "eligibility.toml").read_text("utf-8"))
    for rule in content["rule"]:
        assert rule["verified"] is not ("da verificare" in rule["source"]), rule["id"]


def test_what_the_employer_gives_after_hiring_is_never_missing_by_itself() -> None:
    taxonomy = load_lexicon(shipped_data() / "lexicon")
    rules = {rule.id: rule for rule in load_rules(SHIPPED, taxonomy).rules}
    given = ("forklift", "lifting_platform", "crane", "earth_moving", "tractor", "electrical_work")
    assert {rules[name].state_when_missing for name in given} == {BarrierState.TO_CHECK}
    haccp = next(c.uri for c in taxonomy.skills if c.slug == "haccp")
    assert haccp not in rules["forklift"].certificates
    assert all(haccp not in (*r.certificates, *r.met_by) for r in rules.values())
