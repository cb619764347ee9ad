import json

import pytest

from matching.errors import DataError
from matching.linking.tone import TONE_FILE, Tone, load_tone, save_tone, signs_of

TONE = Tone(-1.0, {"cv": 0.5, "pulisco": 1.0, "pulisco lune": 2.0})


def test_a_sentence_is_judged_by_its_kind_its_words_and_pairs_of_words():
    assert signs_of("cv", ["pulisco", "lune"]) == {"cv", "pulisco", "lune", "pulisco lune"}
    assert signs_of("cv", []) == {"cv"}


def test_tone_worked_by_hand():
    assert TONE.of("cv", ["pulisco", "lune"]) == pytest.approx(-1.0 + 0.5 + 1.0 + 2.0)
    assert TONE.of("vacancy", ["lune", "pulisco"]) == pytest.approx(0.0)
    assert TONE.of("cv", ["mai", "sentito"]) == pytest.approx(-0.5)


def test_a_word_said_twice_counts_once():
    assert TONE.of("cv", ["pulisco", "pulisco"]) == TONE.of("cv", ["pulisco"])


def test_without_weights_every_sentence_sounds_the_same():
    assert Tone().of("cv", ["pulisco"]) == Tone().of("vacancy", []) == 0.0


def test_what_is_written_is_read_again(tmp_path):
    save_tone(tmp_path / "new", TONE, {"learned_from": "nothing"})
    read = load_tone(tmp_path / "new")
    assert (read.intercept, dict(read.weights)) == (TONE.intercept, dict(TONE.weights))
    content = json.loads((tmp_path / "new" / TONE_FILE).read_text("utf-8"))
    assert content["learned_from"] == "nothing"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"intercept": 1}',
        '{"intercept": 1, "weights": 3}',
        '{"intercept": "1", "weights": {}}',
        '{"intercept": 1, "weights": {"a": "b"}}',
        '{"intercept": NaN, "weights": {}}',
        '{"intercept": true, "weights": {}}',
    ],
)
def test_weights_that_are_no_numbers_are_refused_with_their_file(tmp_path, content):
    (tmp_path / TONE_FILE).write_text(content)
    with pytest.raises(DataError, match=TONE_FILE):
        load_tone(tmp_path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        load_tone(tmp_path)
