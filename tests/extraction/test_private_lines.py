"""Items that say who somebody is are told from those that say more, or other things."""

import pytest

from matching.extraction.private_lines import (
    carries_on,
    is_a_birthday,
    is_private,
    may_be_a_line,
)
from matching.normalisation import plain
from tests.protected_signals import LINES


@pytest.mark.parametrize("item", ["single", "convivente", "foto", "categorie protette", "sikh"])
def test_some_words_are_private_only_where_nothing_else_stands(item: str) -> None:
    assert may_be_a_line(item, dated=False)
    assert not is_private(item)


@pytest.mark.parametrize("item", ["assistenza a mia madre", "niente", "in cerca di lavoro"])
def test_a_reason_needs_years_beside_it(item: str) -> None:
    assert may_be_a_line(item, dated=True)
    assert not may_be_a_line(item, dated=False)


@pytest.mark.parametrize("signal", LINES)
def test_work_in_the_same_breath_is_never_private(signal: str) -> None:
    for line in LINES[signal]:
        item = f"{plain(line)} e lavoro come cuoca"
        assert not is_private(item)
        assert not may_be_a_line(item, dated=True)


def test_where_somebody_comes_from_has_a_capital() -> None:
    assert is_private("vengo dal senegal", "vengo dal Senegal")
    assert not is_private("vengo dalla ristorazione", "Vengo dalla ristorazione")


def test_a_place_of_birth_may_be_called_like_a_trade() -> None:
    assert is_private("nata a peschiera il 3 maggio 1961")
    assert not is_private("nata a peschiera e lavoro come cameriera")


def test_the_day_of_a_birth_carries_it_on_and_a_residence_does_not() -> None:
    assert carries_on("il 3 maggio 1961", "nata a bari")
    assert not carries_on("residente a bari", "nata a bari")
    assert carries_on("3 anni", "un figlio", bracketed=True)
    assert not carries_on("no turni di notte", "l. 104 per figlio", bracketed=True)


@pytest.mark.parametrize(
    ("item", "is_one"), [("1968", True), ("21.03.2003", True), ("2015", False)]
)
def test_at_the_head_a_day_may_be_a_birthday(item: str, is_one: bool) -> None:
    assert is_a_birthday(item) is is_one
