import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.linking.roots import root
from matching.normalisation import Normaliser

KEY = Normaliser().key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("puntuale", "puntualità"),
        ("curioso", "curiosità"),
        ("saldatura", "saldatrice"),
        ("lucidatore", "lucidatura"),
        ("lavorazione", "lavoratore"),
        ("rastrellamento", "rastrellatrice"),
        ("magazziniera", "magazzino"),
    ],
)
def test_words_of_one_family_share_a_root(one, other):
    assert root(KEY(one)) == root(KEY(other))


@pytest.mark.parametrize(
    ("one", "other"), [("luna", "lana"), ("pane", "panca"), ("carta", "carro"), ("cucire", "cuoco")]
)
def test_words_of_different_families_do_not(one, other):
    assert root(KEY(one)) != root(KEY(other))


@pytest.mark.parametrize(
    ("one", "other"), [("saldatore", "saldatrice"), ("lunaio", "lunaia"), ("esperto", "esperte")]
)
def test_both_genders_and_numbers_of_a_word_share_a_root(one, other):
    assert root(KEY(one)) == root(KEY(other))


def test_a_short_word_is_its_own_root():
    assert root("lun") == "lun"
    assert root("mur") == "mur"


def test_no_more_than_two_endings_are_taken_off():
    # "ment", then "al"; a third would leave "form" of "formativ".
    assert root("formativalment") == "formativ"


@given(st.text("abcdeilmnorstuvz'", max_size=14))
def test_a_root_begins_the_word_and_is_not_cut_below_four_letters(key):
    found = root(key)
    bare = key.rstrip("'")
    assert bare.startswith(found)
    assert found == bare or len(found) >= 4
