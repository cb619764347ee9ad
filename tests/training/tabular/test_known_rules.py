from datetime import date
from pathlib import Path

import pytest

from matching.errors import InputError
from training.tabular.known_rules import read_rules, rules_at

GOOD = """
[[rule]]
column = "age"
at = 50
what = "From 50 the benefit is paid for longer"
source = "An invented law"
valid_from = 1990-01-01
valid_to = 1995-12-31

[[rule]]
column = "registered"
at = 2001-01-01
what = "Who registers from 2001 gets another form"
source = "An invented decree"
valid_from = 2001-01-01
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, "utf-8")
    return path


def test_rules_are_read_with_their_dates(tmp_path: Path) -> None:
    first, second = read_rules(written(tmp_path, GOOD))
    assert (first.column, first.at, first.dates) == ("age", 50.0, "1990-01-01 to 1995-12-31")
    assert second.at == 11323  # days since 1970 began
    assert second.dates == "from 2001-01-01"
    assert first.held_on(date(1995, 12, 31))
    assert not first.held_on(date(1996, 1, 1))
    assert second.held_on(date(2026, 1, 1))
    assert not second.held_on(date(2000, 12, 31))


def test_a_rule_is_named_where_it_begins_between_two_values(tmp_path: Path) -> None:
    rules = read_rules(written(tmp_path, GOOD))
    assert rules_at(rules, ("age", "months"), 49.917, 50.0) == rules[:1]
    assert rules_at(rules, ("age",), 50.0, 50.083) == ()
    assert rules_at(rules, ("income",), 49.0, 50.0) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("at = 50", 'at = "50"', "at = '50'; give a number"),
        ("at = 50", "at = true", "at = True"),
        ("at = 50", "at = inf", "at = inf"),
        ('column = "age"', 'column = " "', "column = ' '; give a text"),
        ("valid_to = 1995-12-31", "valid_to = 1989-12-31", "ends on 1989-12-31 before"),
        ("valid_from = 1990-01-01", 'valid_from = "1990"', "valid_from = '1990'; give a date"),
        ('source = "An invented law"', "", r"missing keys \['source'\]"),
        ("at = 50", "at = 50\nfrom = 3", r"unknown keys \['from'\]"),
        ("[[rule]]", "[other]\n[[rule]]", "only .*rule.* tables"),
        ("at = 50", "at = ", "cannot be read as TOML"),
    ],
)
def test_what_is_no_rule_is_refused_with_what_to_write(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=said):
        read_rules(written(tmp_path, GOOD.replace(old, new, 1)))


@pytest.mark.parametrize("text", ["", "rule = 1", "rule = []", "rule = [1]"])
def test_a_file_without_rules_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_rules(written(tmp_path, text))


def test_a_rule_declared_twice_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="declared twice"):
        read_rules(written(tmp_path, GOOD + GOOD))
    with pytest.raises(InputError, match="cannot be read"):
        read_rules(tmp_path / "none.toml")
