from hypothesis import given
from hypothesis import strategies as st

from matching.linking.stems import is_stop, words
from matching.linking.windows import windows


def test_every_run_of_words_is_a_window():
    assert windows("rake big craters", "en") == (
        "big", "big craters", "craters", "rake", "rake big", "rake big craters",
    )  # fmt: skip


def test_no_window_begins_or_ends_with_a_small_word():
    assert windows("the care of moons", "en") == ("care", "care of moons", "moons")


def test_windows_cross_commas():
    assert "moons craters" in windows("moons, craters", "en")


def test_a_window_has_six_words_at_most():
    longest = max(windows("a1 b2 c3 d4 e5 f6 g7 h8", "en"), key=lambda run: len(run.split()))
    assert len(longest.split()) == 6


def test_small_words_alone_open_no_window():
    assert windows("of the and", "en") == ()
    assert windows("", "en") == ()


@given(st.lists(st.sampled_from(["moon", "the", "rake", "of", "crater"]), max_size=9))
def test_a_window_stands_in_its_sentence(row):
    sentence = " ".join(row)
    for run in windows(sentence, "en"):
        assert f" {run} " in f" {sentence} "
        first, *_, last = [run.split()[0], *words(run, "en")]
        assert not is_stop(first, "en")
        assert not is_stop(last, "en")
