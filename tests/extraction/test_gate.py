"""Whether a text is what it is given as."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import DocumentKind
from matching.errors import DataError, ModelError
from matching.extraction.gate import COLUMNS, GATE_FILE, Gate, load_gate, save_gate
from tests.extraction.moon_world import moon_extractor, moon_linker

AS_OF = date(2026, 11, 22)
CV, VACANCY = DocumentKind.CV, DocumentKind.VACANCY
LONG = (
    "Ho lavorato come guardiana di lune per molti anni presso Luna Nuova. "
    "Conosco la teoria delle maree e la lucidatura delle lune, che ho imparato da sola nei mesi "
    "in cui la ditta era chiusa, e so rastrellare i crateri anche di notte."
)
DATED = LONG.replace("per molti anni", "dal 2010 al 2015")
OPEN = Gate(10.0, (0.0,) * len(COLUMNS))
SHUT = Gate(-10.0, (0.0,) * len(COLUMNS))


@pytest.fixture(scope="module")
def moons():
    return moon_extractor()


@pytest.fixture(scope="module")
def read(moons):
    def extract(text, gate, kind=CV):
        linker = moon_linker(moons, phrases=0.9, names=0.9)
        reader = replace(moons, loose=linker, gate=gate)
        return reader.extract(text, kind=kind, as_of=AS_OF)

    return extract


@pytest.fixture(scope="module")
def signs(moons):
    def purpose(text, kind=CV):
        found = moons.purpose_evidence(moon_linker(moons), text, kind=kind, as_of=AS_OF)
        return dict(zip(COLUMNS, found, strict=True))

    return purpose


def test_a_text_that_most_likely_tells_of_nobody_names_nothing(read):
    assert read(LONG, OPEN).skills
    assert read(LONG, OPEN).occupations
    shut = read(LONG, SHUT)
    assert (shut.skills, shut.occupations, shut.words) == ((), (), ())


def test_a_cv_that_dates_a_job_needs_no_judge(read):
    assert read(DATED, SHUT).occupations


def test_a_vacancy_headed_by_the_job_it_offers_needs_no_judge(read):
    headed = "Guardiana di lune\n\n" + LONG
    assert read(headed, SHUT, VACANCY).occupations
    assert not read("La nostra storia\n\n" + LONG, SHUT, VACANCY).occupations


def test_a_cv_that_names_a_job_is_silenced_only_when_hardly_anything_speaks_for_it(read):
    unlikely = Gate(-2.0, (0.0,) * len(COLUMNS))  # a chance of 12%
    assert read(LONG, unlikely).occupations
    nameless = LONG.replace("come guardiana di lune", "molto").replace("lune", "pietre")
    assert not read(nameless, unlikely).skills


def test_a_short_text_gets_the_benefit_of_the_doubt(read):
    assert read("Guardiana di lune, teoria delle maree.", SHUT).occupations


def test_signs_of_a_story_worked_by_hand(signs):
    found = signs(DATED)
    assert (found["vacancy"], found["in_body"], found["silent_share"]) == (0.0, 1.0, 0.0)
    assert found["words"] == len(DATED.split())
    # "ho lavorato", "conosco", "ho imparato", "so".
    assert found["first_person"] == 4.0
    assert (found["stretches"], found["years"], found["dates"]) == (1.0, 2.0, 1.0)
    assert (found["hiring"], found["titles"], found["skills"]) == (0.0, 1.0, 2.0)


def test_a_vacancy_is_known_by_its_hiring_sentence_and_its_title(signs):
    found = signs("Guardiana di lune\nCerchiamo una persona per la lucidatura delle lune.", VACANCY)
    assert (found["vacancy"], found["hiring"], found["title_on_top"]) == (1.0, 1.0, 1.0)


def test_a_text_without_words_has_signs_too(signs):
    assert signs("")["words"] == 0.0


@given(values=st.lists(st.floats(-1e6, 1e6), min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_a_chance_is_between_none_and_certainty(values):
    gate = Gate(0.5, tuple(1.0 - n % 3 for n in range(len(COLUMNS))))
    assert 0.0 <= gate.chance(tuple(values)) <= 1.0


def test_what_is_written_is_read_again(tmp_path):
    gate = Gate(0.25, tuple(float(n) for n in range(len(COLUMNS))))
    save_gate(tmp_path, gate, {"learned_from": "nothing"})
    assert load_gate(tmp_path) == gate
    assert json.loads((tmp_path / GATE_FILE).read_text())["learned_from"] == "nothing"


def damaged(tmp_path, **changes):
    save_gate(tmp_path, OPEN, {})
    path = tmp_path / GATE_FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    return tmp_path


def test_missing_or_damaged_weights_are_said_by_file_and_value(tmp_path):
    with pytest.raises(DataError, match="purpose.json: cannot be read"):
        load_gate(tmp_path)
    with pytest.raises(ModelError, match="train again"):
        load_gate(damaged(tmp_path, columns=["words"]))
    with pytest.raises(ModelError, match="train again"):
        load_gate(damaged(tmp_path, weights=[0.0]))
    with pytest.raises(DataError, match="'intercept' is True"):
        load_gate(damaged(tmp_path, intercept=True))
    with pytest.raises(DataError, match="'vacancy' is nan"):
        load_gate(damaged(tmp_path, weights=[float("nan"), *[0.0] * (len(COLUMNS) - 1)]))
