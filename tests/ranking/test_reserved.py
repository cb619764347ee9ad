"""A vacancy reserved by L. 68/1999 is referred, and nobody is ranked for it."""

from dataclasses import replace

import pytest

from matching.ranking.reserved import is_reserved, referral
from matching.settings import shipped_data
from matching.wording import load_wording
from tests.factories import a_fact, a_territory, a_vacancy


def test_a_vacancy_is_reserved_where_it_says_so() -> None:
    assert is_reserved(a_vacancy(reserved=a_fact(True, "categorie protette")))
    assert not is_reserved(a_vacancy())
    assert not is_reserved(a_vacancy(reserved=a_fact(False)))


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_page_names_the_office_of_the_territory(language: str) -> None:
    wording = load_wording(shipped_data() / "wording", language)
    territory = a_territory()
    text = referral(territory, wording)
    assert "Ufficio di prova" in text
    assert "68/1999" in text
    placed = replace(territory.targeted_placement, site="ufficio.example.it")
    assert "ufficio.example.it" in referral(replace(territory, targeted_placement=placed), wording)
