from datetime import date
from pathlib import Path

import pytest

from matching.accompaniment.rules import Ask, Condition, Joined
from matching.accompaniment.rules.reading import check_values, conditions, read_rules
from matching.errors import DataError

RULE = """
checked = 2026-11-28
[[measure]]
id = "prova"
name = { it = "Prova", en = "Trial" }
brings = { it = "Nulla.", en = "Nothing." }
law = "L. 1"
source = "un sito"
verified = true
valid_from = 2025-01-01
valid_to = 2026-12-31
desks = ["caf"]
[[measure.period]]
valid_from = 2025-01-01
valid_to = 2025-12-31
conditions = [{ ask = "isee", at_most = 100, beyond = true }]
[[measure.period]]
valid_from = 2026-01-01
conditions = [{ any = [{ ask = "eviction", enough = false }, { all = [{ ask = "declared" }] }] }]
facts = [{ it = "Sì", en = "Yes" }]
"""


def write(folder: Path, content: str) -> Path:
    path = folder / "prova.toml"
    path.write_text(content, "utf-8")
    return path


def test_a_rule_is_read_with_its_periods_and_its_conditions(tmp_path: Path) -> None:
    (rule,) = read_rules(write(tmp_path, RULE), "measure")
    first, second = rule.periods
    assert (rule.checked, rule.partial, rule.also) == (date(2026, 11, 28), False, {})
    assert first.conditions == (Condition(ask=Ask.ISEE, at_most=100, beyond=True),)
    inner = Joined(any_of=False, parts=(Condition(ask=Ask.DECLARED),))
    assert second.conditions == (
        Joined(any_of=True, parts=(Condition(ask=Ask.EVICTION, enough=False), inner)),
    )
    assert [one.ask for one in conditions(second.conditions)] == [Ask.EVICTION, Ask.DECLARED]
    assert second.facts == ({"it": "Sì", "en": "Yes"},)


@pytest.mark.parametrize(
    ("on", "known"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), True),
    ],
)
def test_a_period_holds_from_its_first_day_to_its_last(
    tmp_path: Path, on: date, known: bool
) -> None:
    (rule,) = read_rules(write(tmp_path, RULE), "measure")
    assert (rule.period(on) is not None) is known
    assert rule.begins_after(on) is not known


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("checked = 2026-11-28\n", "", "'checked' is missing"),
        ('law = "L. 1"\n', "", "'law' is missing"),
        ('law = "L. 1"\n', 'law = "L. 1"\nlaws = 2\n', "unknown key 'laws'"),
        ('name = { it = "Prova", en', 'name = { it = "Prova", fr', "'en' is missing"),
        ('ask = "isee"', 'ask = "iseee"', "ask = 'iseee'"),
        ("at_most = 100, ", "at_least = 100, ", "needs a bound; write at_most"),
        ('ask = "eviction",', 'ask = "eviction", at_most = 3,', "unknown key 'at_most'"),
        ("at_most = 100", "at_most = -1", "at_most = -1"),
        ("any = [{", "any = [], x = [{", "unknown key 'x'"),
        ('{ all = [{ ask = "declared" }] }', "{ all = [] }", "write conditions in it"),
        ("valid_to = 2026-12-31", "valid_to = 2024-12-31", "is before valid_from"),
        ("valid_from = 2026-01-01", "valid_from = 2025-12-31", "without overlap"),
        ("valid_from = 2026-01-01", "", "without overlap"),
        ("valid_from = 2026-01-01", "valid_from = 2027-01-01", "outside the rule"),
        ('["caf"]', '["bar"]', "desks = 'bar'"),
        ("verified = true", 'verified = "yes"', "verified = 'yes'"),
    ],
)
def test_a_faulty_rule_is_refused_by_entry_key_and_value(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in RULE
    with pytest.raises(DataError, match=said):
        read_rules(write(tmp_path, RULE.replace(old, new, 1)), "measure")


def test_a_rule_given_twice_is_refused(tmp_path: Path) -> None:
    again = RULE + RULE.replace("checked = 2026-11-28\n", "")
    with pytest.raises(DataError, match="'prova' is used twice"):
        read_rules(write(tmp_path, again), "measure")


def test_what_a_file_may_not_ask_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="ask = 'isee'"):
        read_rules(write(tmp_path, RULE), "measure", known={Ask.EVICTION, Ask.DECLARED})


def test_a_value_that_nobody_can_have_is_refused(tmp_path: Path) -> None:
    old = '{ ask = "isee", at_most = 100, beyond = true }'
    rules = read_rules(
        write(tmp_path, RULE.replace(old, '{ ask = "sex", values = ["x"] }')), "measure"
    )
    with pytest.raises(DataError, match="'prova': sex = 'x' is not valid; write one of f, m"):
        check_values(rules, {Ask.SEX: ["f", "m"]})
