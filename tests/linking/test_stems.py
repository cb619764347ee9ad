import pytest

from matching.linking.stems import is_stop, stems, words


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "raking the craters", "raked crater"),
        ("fr", "nettoyage des lunes", "nettoyages lune"),
        ("es", "limpiando lunas", "limpiar luna"),
        ("de", "gepflegte Monde", "gepflegter Mond"),
        ("it", "pulizia delle lune", "pulizie di luna"),
        ("ru", "мытьё полов", "мытья полы"),
    ],
)
def test_inflected_words_have_the_same_stems(language, one, other):
    assert set(stems(one, language)) >= set(stems(other, language))
    assert stems(one, language)


def test_both_genders_of_an_italian_trade_have_the_same_stem():
    assert stems("lunaio esperto", "it") == stems("lunaia esperta", "it")


def test_a_language_without_a_stemmer_keeps_its_words():
    assert stems("Kuu hoidja", "et") == ("kuu", "hoidja")


def test_small_words_count_in_no_language_that_they_are_known_of():
    assert stems("the keeper of the moon", "en") == stems("moon keeper", "en")[::-1]
    assert stems("il custode della luna", "it") == stems("custode luna", "it")
    assert is_stop("the", "en")
    assert not is_stop("the", "fr")


def test_what_belongs_to_somebody_is_the_thing_itself():
    assert words("the moon's craters", "en") == ["the", "moon", "craters"]
    assert words("moon’s", "en") == ["moon"]


def test_a_quoted_word_keeps_its_first_letter():
    assert words("the 'shiny' moon", "en") == ["the", "shiny", "moon"]


def test_signs_that_name_a_language_of_machines_stay():
    assert words("C++, C# and ASP.NET", "en") == ["c++", "c#", "and", "asp.net"]


@pytest.mark.parametrize(
    ("text", "language"), [("чистка луны", "bg"), ("καθαρισμός", "el"), ("øre", "no")]
)
def test_letters_of_every_script_are_letters(text, language):
    assert words(text, language)
    assert "".join(words(text, language)).isalpha()


def test_a_text_of_signs_has_no_words():
    assert words("— ?! ² …", "en") == []
    assert stems("", "it") == ()
