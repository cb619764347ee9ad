import re
from pathlib import Path

import pytest

from matching.domain import Contract, Dimension, Hours, Shift
from matching.errors import WordingError
from matching.features import FEATURES
from matching.wording import Wording, load_wording, placeholders

FOLDER = Path(__file__).parents[1] / "data" / "wording"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
ITALIAN = load_wording(FOLDER, "it")

# Words that say the gender of the person spoken of, or that the hub does not use of people.
_GENDERED = re.compile(
    r"\b(?:lui|lei|egli|ella|essa|candidat[oaie]|disoccupat[oaie]|automunit[oaie]|interessat[oaie]"
    r"|pront[oaie]|stat[oaie]|iscritt[oaie]|nat[oaie]|abituat[oaie]|lavorat(?:ore|rice)"
    r"|signor[ae]?|he|she|him|her|his|hers)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"\b(?:cas[oi]|disabil[ei]|abbandon\w+|utent[ei] difficil[ei]|idone[oaie]|scartat[oaie]"
    r"|rifiutat[oaie]|rejected|unsuitable|disabled|dropout)\b",
    re.IGNORECASE,
)


def test_there_are_sentences_in_italian_and_english() -> None:
    assert LANGUAGES == ["en", "it"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_asking_for_the_same_values(language: str) -> None:
    other = load_wording(FOLDER, language).sentences
    assert set(other) == set(ITALIAN.sentences)
    for key, sentence in other.items():
        assert placeholders(sentence) == placeholders(ITALIAN.sentences[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_questions_dimensions_and_values_can_be_said(language: str) -> None:
    wording = load_wording(FOLDER, language)
    for column in FEATURES:
        assert wording.say(column.label)
        assert column.question is None or wording.say(column.question).endswith("?")
    for name in (*(f"dimension.{d}" for d in Dimension), *(f"level.eqf{n}" for n in range(1, 9))):
        assert wording.say(name)
    for value in (*Contract, *Hours, *Shift, "immediate", "vehicle"):
        assert wording.say(f"value.{value}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_says_the_gender_of_the_person_or_a_word_that_the_hub_avoids(
    language: str,
) -> None:
    for key, sentence in load_wording(FOLDER, language).sentences.items():
        assert not _GENDERED.search(sentence), key
        assert not _NEVER.search(sentence), key


def test_the_words_to_avoid_would_be_found() -> None:
    assert _GENDERED.search("Il candidato è automunito.")
    assert _GENDERED.search("She can start.")
    assert _NEVER.search("Caso chiuso.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_are_whole_sentences(language: str) -> None:
    for key, sentence in load_wording(FOLDER, language).sentences.items():
        if key.startswith("reason."):
            assert sentence[0].isupper(), key
            assert sentence.endswith("."), key


def test_a_sentence_is_said_with_its_values() -> None:
    wording = Wording("it", {"a.b": "{name} vale {value}."})
    assert wording.say("a.b", name="x", value=3) == "x vale 3."


def test_an_unknown_sentence_is_refused_by_key_and_file() -> None:
    with pytest.raises(WordingError, match=r"it\.toml.*'a\.c'"):
        Wording("it", {}).say("a.c")


def test_a_value_that_was_not_given_is_refused_by_name() -> None:
    with pytest.raises(WordingError, match=r"'a\.b'.*'value'"):
        Wording("it", {"a.b": "{value}"}).say("a.b")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (None, "durata non indicata"),
        (0, "0 mesi"),
        (1, "1 mese"),
        (11, "11 mesi"),
        (12, "1 anno"),
        (13, "13 mesi"),
        (23, "23 mesi"),
        (24, "2 anni"),
        (35, "35 mesi"),
        (36, "3 anni"),
        (59, "59 mesi"),
        (71, "5 anni"),
        (120, "10 anni"),
    ],
)
def test_a_length_is_said_in_months_or_in_years_where_they_are_whole_or_many(
    count: int | None, said: str
) -> None:
    assert ITALIAN.months(count) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a, b"), (["a", "b", "c"], "a, b (+1)")],
)
def test_a_list_counts_what_does_not_fit(words: list[str], said: str) -> None:
    assert ITALIAN.list(words, most=2) == said


def test_placeholders_are_the_names_to_fill_in() -> None:
    assert placeholders("{a} e {b}, {{non questo}}") == {"a", "b"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        ("[a\n", "cannot be read"),
        ('[a]\nb = "{name"\n', r"a\.b"),
        ('[a]\nb = "{} anni"\n', r"a\.b"),
        ("[a]\nb = 3\n", r"a\.b"),
        ('a = "frase"\n', "'a'"),
    ],
)
def test_a_faulty_file_is_refused_by_name_and_key(
    tmp_path: Path, content: str | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "it.toml").write_text(content, "utf-8")
    with pytest.raises(WordingError, match=rf"it\.toml.*{said}"):
        load_wording(tmp_path, "it")
