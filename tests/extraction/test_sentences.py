import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from matching.extraction.sentences import sentence_starts
from tests.extraction.clock import quickly


def cut(text: str) -> list[str]:
    starts = [*sentence_starts(text), len(text)]
    return [text[a:b] for a, b in zip(starts, starts[1:], strict=False)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ho lavorato. Poi ho smesso.", ["Ho lavorato. ", "Poi ho smesso."]),
        ("Davvero? Sì! Anche oggi; sempre", ["Davvero? ", "Sì! ", "Anche oggi; ", "sempre"]),
        ("Dal 2012. Poi basta", ["Dal 2012. ", "Poi basta"]),
        ("Alfa SRL. Turni", ["Alfa SRL. ", "Turni"]),
        ("Per C. Rossi e p. es. altri", ["Per C. Rossi e p. es. ", "altri"]),
        ("Vedi art. 3 e pag. 4, ecc. e altro", ["Vedi art. 3 e pag. 4, ecc. e altro"]),
        ("Ha 3.5 anni. Fine", ["Ha 3.5 anni. ", "Fine"]),
        ("E poi... chissà. Fine", ["E poi... chissà. ", "Fine"]),
        ("La fine.Inizio nuovo", ["La fine.", "Inizio nuovo"]),
        ("Disse «sì.» Poi uscì", ["Disse «sì.» ", "Poi uscì"]),
        ("Turni. – Autista (vedi). Fine", ["Turni. – ", "Autista (vedi). ", "Fine"]),
        ("Uno.\nDue", ["Uno.", "\nDue"]),
        ("Uno.  Due", ["Uno. ", " Due"]),
        ("Al 5%. Poi", ["Al 5%. ", "Poi"]),
        ("www.alfa.it e info@alfa.it", ["www.alfa.it e info@alfa.it"]),
    ],
)
def test_a_mark_ends_a_sentence_and_an_abbreviation_does_not(
    text: str, sentences: list[str]
) -> None:
    assert cut(text) == sentences


@given(st.text(alphabet="aB1 .!?;\n()«»-'", max_size=80))
def test_sentences_cover_a_text_in_order(text: str) -> None:
    starts = list(sentence_starts(text))
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert len(starts) == 1 or starts[-1] < len(text)


def test_a_paragraph_is_cut_as_spacy_cuts_it() -> None:
    language = spacy.blank("it")
    language.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", ";"]})
    text = (
        "Movilario Soc. Coop. di Olginate, magazziniere da Sett. 2019 a oggi. Turni. Ho usato il "
        "muletto (patentino 2018); poi il transpallet! Cerco lavoro vicino a casa. Sono "
        "automunito, disponibile subito... anche il sabato. Tel. 0341 000000"
    )
    starts = [sentence.start_char for sentence in language(text).sents]
    assert list(sentence_starts(text)) == starts


@pytest.mark.parametrize("unit", [".", "!", ";", "a.", "a. ", "! ", '."', "(", ". -"])
def test_a_paragraph_of_marks_is_cut_quickly(unit: str) -> None:
    with quickly():
        assert next(sentence_starts(unit * 20_000)) == 0
        assert sum(1 for _ in sentence_starts(unit * 20_000)) >= 1
