import pytest

from matching.linking.words import word_keys


def test_both_genders_and_numbers_of_an_italian_title_have_the_same_keys():
    assert word_keys("Rilegatrici di libri") == word_keys("rilegatore di libro")


def test_words_that_only_surround_a_title_are_left_out():
    assert word_keys("Sarti e professioni assimilate") == word_keys("sarto")


def test_a_title_of_such_words_alone_keeps_them():
    assert word_keys("Altre professioni")
    assert word_keys("All other", "en") == ("all", "other")


def test_another_language_loses_its_plural_and_its_small_words():
    assert word_keys("Drivers of the glass presses", "en") == ("driver", "glass", "presse")


@pytest.mark.parametrize("language", ["it", "en"])
def test_nothing_has_no_keys(language):
    assert word_keys(" - ", language) == ()
