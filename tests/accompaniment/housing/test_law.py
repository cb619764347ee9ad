from datetime import date
from pathlib import Path

import pytest

from matching.accompaniment.housing import load_size_rules
from matching.accompaniment.housing.law import size_rule
from matching.accompaniment.rules import Truth
from matching.errors import DataError
from matching.settings import shipped_data
from tests.accompaniment.housing.homes import a_law

RULES = shipped_data() / "rules"


@pytest.mark.parametrize(("people", "m2"), [(1, 14), (2, 28), (4, 56), (5, 66), (7, 86)])
def test_the_first_four_people_need_more_than_each_one_more(people: int, m2: int) -> None:
    (rule,) = load_size_rules(RULES)
    assert rule.needed(people) == m2


@pytest.mark.parametrize(
    ("people", "floor", "bedrooms", "truth"),
    [
        (4, 56, 2, Truth.HOLDS),
        (4, 55, 2, Truth.FAILS),
        (4, None, 2, Truth.UNKNOWN),
        (1, 28, 0, Truth.HOLDS),
        (1, 27, 0, Truth.UNKNOWN),
        (1, 19, 0, Truth.FAILS),
        (2, 38, 0, Truth.HOLDS),
        (2, 28, 0, Truth.UNKNOWN),
        (3, 90, 0, Truth.FAILS),
        # How many rooms is not known: enough for several, perhaps not for a single one.
        (1, 20, None, Truth.UNKNOWN),
        (1, 28, None, Truth.HOLDS),
        (1, 13, None, Truth.FAILS),
        (5, 66, None, Truth.UNKNOWN),
    ],
)
def test_whether_a_home_is_large_enough_is_said_in_three_values(
    people: int, floor: int | None, bedrooms: int | None, truth: Truth
) -> None:
    assert a_law().large_enough(people, floor, bedrooms) is truth


def test_the_shipped_rule_says_that_its_text_was_not_read() -> None:
    (rule,) = load_size_rules(RULES)
    assert not rule.verified
    assert "non sono stati letti" in rule.source


def test_the_rule_of_a_day_is_the_latest_that_holds() -> None:
    old = a_law(id="old", valid_to=date(2026, 6, 30))
    new = a_law(id="new", valid_from=date(2026, 7, 1))
    later = a_law(id="later", valid_from=date(2026, 8, 1))
    rules = (later, old, new)
    assert size_rule(rules, date(1999, 12, 31)) is None
    assert size_rule(rules, date(2026, 6, 30)) is old
    assert size_rule(rules, date(2026, 7, 1)) is new
    assert size_rule(rules, date(2026, 8, 1)) is later


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("m2_first = 14", "m2_first = 0", "m2_first = 0"),
        ("m2_further = 10\n", "", "m2_further"),
        ("people = 2", "people = 1", "people = 1 is given twice"),
        ("perhaps = 28", "perhaps = 39", "perhaps = 39 is over m2 = 38"),
        ("valid_from = 1975-07-18", "valid_from = 1975-07-18\nvalid_to = 1970-01-01", "valid_to"),
        ("m2_first = 14", "m2_first = 14\nfamily = true", "family"),
        ("checked = 2026-11-28", "checked = 3", "checked"),
    ],
)
def test_a_faulty_rule_is_refused_by_its_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    content = (RULES / "dwellings.toml").read_text("utf-8")
    assert old in content
    (tmp_path / "dwellings.toml").write_text(content.replace(old, new), "utf-8")
    with pytest.raises(DataError, match=said):
        load_size_rules(tmp_path)
