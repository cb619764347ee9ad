"""A text reduced to its words: nothing moves, and marks mean what they mean in Italian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.normalisation.outline import outline, places_of, words_of
from tests.extraction.clock import quickly

TEXTS = st.text(max_size=120) | st.text(alphabet="aeAÈ'’ -/(*)\\.,\n\t+#_e", max_size=60)


@given(TEXTS)
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(outline(text)) == len(text)


@given(TEXTS)
def test_every_word_is_found_at_its_place(text: str) -> None:
    outlined = outline(text)
    words, places = words_of(outlined), places_of(outlined).tolist()
    assert all(outlined.startswith(word, place) for word, place in zip(words, places, strict=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Addetto/a alle pulizie", "addetto alle pulizie"),
        ("addetto (a/i) alle", "addetto alle"),
        ("addetto (a tempo pieno)", "addetto | a tempo pieno |"),
        ("operatore/trice, cuoco/a", "operatore | cuoco"),
        ("e/o", "e"),
        ("a/b", "a b"),
        ("L'E-mail e l’e-commerce", "l' e-mail e l' e-commerce"),
        ("C++ e C#, #lavoro, +39", "c++ e c# | lavoro | 39"),
        ("uno - due -- tre", "uno | due | | tre"),
        ("carico-scarico", "carico scarico"),
        ("città è", "citta e"),
        ("\ufeffCiao 😀 mondo\uf0b7tre", "ciao mondo | tre"),
        ("Київ", "киів"),
    ],
)
def test_a_text_becomes_words_and_bars(text: str, words: str) -> None:
    assert " ".join(words_of(outline(text))) == words


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("tornitura\nfresatura", True),
        ("guida del\nmuletto", False),
        ("guida del  \nmuletto", False),
        ("x" * 45 + "\nmuletto", False),
        ("x" * 45 + "\n\nmuletto", True),
        ("x" * 45 + "\n  - muletto", True),
        ("x" * 45 + "\n> muletto", True),
        ("x" * 45 + " -\nmuletto", True),
    ],
)
def test_a_line_ends_a_phrase_unless_it_was_wrapped(text: str, ends: bool) -> None:
    assert ("|" in outline(text)) is ends


@pytest.mark.parametrize(
    "unit", ["(a/", "/a", "(", "*", " -", "-", "e-", "++", "#", "\n", "'", "a", "è ", "\n-", "(a,a"]
)
def test_a_hundred_thousand_characters_are_outlined_quickly(unit: str) -> None:
    with quickly():
        assert len(outline(unit * (100_000 // len(unit)))) >= 99_000
