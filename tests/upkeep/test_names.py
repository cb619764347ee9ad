from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.upkeep.names import Likeness, heard, likeness, name_words, pair_names


def words(name: str) -> tuple[str, ...]:
    return name_words(name)


def alike(first: str, second: str) -> Likeness:
    return likeness(heard(first), heard(second))


def paired(first: str, second: str):  # type: ignore[no-untyped-def]
    return pair_names(*(tuple(map(heard, name_words(name))) for name in (first, second)))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rossi  MARIA", ("rossi", "maria")),
        ("Niccolò Viganò", ("niccolo", "vigano")),
        ("Nicolo' Vigano'", ("nicolo", "vigano")),
        ("D'Angelo Ada", ("dangelo", "ada")),
        ("D’ Angelo Ada", ("dangelo", "ada")),
        ("Dell’Orto Ada", ("dellorto", "ada")),
        ("Ada De Santis", ("ada", "desantis")),
        ("Ada De' Santis", ("ada", "desantis")),
        ("Ada Lo Presti", ("ada", "lopresti")),
        ("Li Wei", ("li", "wei")),
        ("Wei Li", ("wei", "li")),
        ("Fatima El-Amrani", ("fatima", "elamrani")),
        ("Sig.ra Ada Verdi", ("ada", "verdi")),
        ("Dott. Ada Verdi (1980)", ("ada", "verdi")),
        ("Łukasz Øster", ("lukasz", "oster")),
        ("  ", ()),
        ("123 -", ()),
    ],
)
def test_a_name_is_read_as_words_whatever_the_signs(written: str, read: tuple[str, ...]) -> None:
    assert words(written) == read


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("mohamed", "mohammed"),
        ("mohamed", "muhammad"),
        ("oleksandr", "aleksandr"),
        ("oleksandr", "alexander"),
        ("svitlana", "svetlana"),
        ("kateryna", "caterina"),
        ("aicha", "aisha"),
        ("ahmed", "ahmad"),
        ("alessandro", "alesandro"),
        ("dangelo", "deangelo"),
        ("chiara", "kiara"),
        ("sara", "sarah"),
    ],
)
def test_another_spelling_of_one_sound_is_known_by_rule(first: str, second: str) -> None:
    assert alike(first, second) is alike(second, first) is Likeness.SPELLING


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("francesco", "francesca"),
        ("daniele", "daniela"),
        ("mario", "maria"),
        ("rossi", "rosso"),
        ("marina", "morena"),
        ("elena", "alina"),
        ("gianni", "giovanni"),
        ("luca", "lucia"),
        ("li", "lo"),
        ("rossi", "bianchi"),
    ],
)
def test_other_names_stay_other_names(first: str, second: str) -> None:
    assert alike(first, second) is alike(second, first) is Likeness.OTHER


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("brambilla", "branbilla"),
        ("roberto", "robetro"),
        ("marco", "macro"),
        ("mariana", "marina"),
        ("marco", "mario"),
    ],
)
def test_a_letter_off_is_a_slip_that_may_be_another_name(first: str, second: str) -> None:
    assert alike(first, second) is Likeness.SLIP


def test_names_are_paired_in_any_order() -> None:
    found = paired("Maria Anna Rossi", "ROSSI ANNA MARIA")
    assert [kind for kind, _, _ in found.pairs] == [Likeness.SAME] * 3
    assert found.whole
    assert not found.slips


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Maria Rossi", "Maria Rossi Bianchi"),
        ("Rossi Maria", "Maria Luisa Rossi"),
        ("D'Angelo Ada", "Ada De Angelo"),
    ],
)
def test_a_second_name_left_out_leaves_the_name_whole(first: str, second: str) -> None:
    assert paired(first, second).whole


@pytest.mark.parametrize(
    ("first", "second"), [("Maria Rossi", "Maria Bianchi"), ("Rosa", "Rosa"), ("", "Maria Rossi")]
)
def test_a_name_in_part_is_not_whole(first: str, second: str) -> None:
    assert not paired(first, second).whole


def test_an_initial_is_evidence_of_nothing() -> None:
    found = paired("M. Rossi", "Maria Rossi")
    assert [one for _, one, _ in found.pairs] == ["rossi"]
    assert found.first_only == found.second_only == ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_pairing_uses_every_word_once_and_minds_no_side(first: str, second: str) -> None:
    found, turned = paired(first, second), paired(second, first)
    assert sorted([one for _, one, _ in turned.pairs]) == sorted(
        [other for _, _, other in found.pairs]
    )
    used = [*(one for _, one, _ in found.pairs), *found.first_only]
    assert set(used) <= set(words(first))
    assert len(used) <= len(words(first))


@given(st.permutations(["anna", "maria", "rossi", "bianchi"]), st.randoms())
def test_a_name_is_whole_in_any_order(order: list[str], random: Random) -> None:
    assert paired("anna maria rossi bianchi", " ".join(order)).whole
