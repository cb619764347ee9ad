import math
import sys
from datetime import date

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.cli.records import TextRecord
from matching.errors import ValoriamoError
from tests.factories import a_profile, a_vacancy
from training.benchmarks.judged import JudgedSet, read_judged
from training.benchmarks.systems import (
    PEERS,
    bm25,
    no_information,
    ranked,
    read_texts,
    skills_jaccard,
    tfidf_letters,
    tfidf_words,
    whole_text,
)

DAY = date(2024, 12, 31)


def texts(vacancies: list[str], persons: list[str], *, title: str = "") -> JudgedSet:
    asked = tuple(
        TextRecord(where=f"line {n}", id=f"v{n}", text=text, title=title)
        for n, text in enumerate(vacancies)
    )
    people = tuple(
        TextRecord(where=f"line {n}", id=f"p{n}", text=text) for n, text in enumerate(persons)
    )
    grades = {vacancy.id: dict.fromkeys((p.id for p in people), 0) for vacancy in asked}
    return JudgedSet(layout="own", vacancies=asked, persons=people, grades=grades, files={})


def test_tfidf_is_the_cosine_worked_by_hand():
    # Three texts, words only in one or two of them; no pair of words is shared.
    judged = texts(["muletto"], ["muletto muletto", "cucina"])

    def weight(count: int, texts_with: int) -> float:
        return (1 + math.log(count)) * (math.log((1 + 3) / (1 + texts_with)) + 1)

    word, pair = weight(2, 2), weight(1, 1)
    worked = word / math.hypot(word, pair)
    assert tfidf_words(judged)[0] == pytest.approx([worked, 0.0], abs=1e-12)


def test_tfidf_is_fitted_on_vacancies_and_persons_alike():
    # "turno" stands in every text, vacancies included, so it weighs least.
    judged = texts(["turno muletto", "turno cucina"], ["turno", "muletto"])
    scores = tfidf_words(judged)
    assert scores[0, 1] > scores[0, 0] > 0
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    vectorizer.fit(["turno muletto", "turno cucina", "turno", "muletto"])
    both = vectorizer.transform(["turno muletto", "turno"]).toarray()
    assert scores[0, 0] == pytest.approx(both[0] @ both[1], abs=1e-12)


def test_letters_bridge_two_forms_of_a_word_that_words_do_not():
    judged = texts(["saldatore"], ["saldatura", "cuoco"])
    assert tfidf_words(judged)[0, 0] == 0
    assert tfidf_letters(judged)[0, 0] > tfidf_letters(judged)[0, 1]


def test_a_word_said_three_times_does_not_count_three_times():
    judged = texts(["muletto gru"], ["muletto muletto muletto gru", "muletto gru cucina"])
    plain = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5))
    plain.fit(["muletto gru", "muletto muletto muletto gru", "muletto gru cucina"])
    asked, repeated = plain.transform(["muletto gru", "muletto muletto muletto gru"]).toarray()
    assert tfidf_letters(judged)[0, 0] > asked @ repeated + 0.01
    assert tfidf_words(judged)[0, 0] > tfidf_words(judged)[0, 1]


def test_bm25_is_lucenes_formula_worked_by_hand():
    judged = texts(["muletto patente"], ["muletto nel magazzino", "muletto", "cucina cucina"])
    mean = (3 + 1 + 2) / 3
    rarity = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    worked = [rarity / (1 + 1.5 * (1 - 0.75 + 0.75 * length / mean)) for length in (3, 1)]
    assert bm25(judged)[0] == pytest.approx([*worked, 0.0], abs=1e-12)


def test_bm25_counts_each_occurrence_in_the_vacancy_and_scores_nobody_for_unknown_words():
    judged = texts(["muletto muletto", "muletto", "zappa", ""], ["muletto", "cucina"])
    scores = bm25(judged)
    assert scores[0] == pytest.approx(2 * scores[1])
    assert not scores[2:].any()


def test_bm25_of_persons_without_words_is_nothing():
    assert not bm25(texts(["muletto"], ["", "-"])).any()


def test_bm25_without_its_package_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "bm25s", None)
    with pytest.raises(ValoriamoError, match="pip install"):
        bm25(texts(["muletto"], ["muletto"]))


@pytest.mark.parametrize("peer", [tfidf_words, tfidf_letters, bm25])
def test_the_title_is_read_and_capitals_do_not_count(peer):
    judged = texts(["per azienda"], ["cucina in mensa", "MULETTO E CARRELLI"], title="Muletto")
    scores = peer(judged)[0]
    assert scores[1] > scores[0]


def test_every_peer_scores_every_pair_with_a_finite_number(write_set):
    judged = read_judged(write_set())
    for name, peer in PEERS.items():
        scores = peer(judged)
        assert scores.shape == (2, 3), name
        assert np.isfinite(scores).all(), name
    assert not no_information(judged).any()


def test_a_title_that_opens_the_text_is_not_read_twice():
    record = TextRecord(where="", id="v", text="Cuoco cercasi", title="Cuoco")
    assert whole_text(record) == "Cuoco cercasi"
    assert whole_text(TextRecord(where="", id="v", text="b", title="a")) == "a\n\nb"


def test_the_product_is_scored_as_its_own_ranking_command_does(service, write_set):
    judged = read_judged(write_set())
    found = ranked(service, read_texts(service, judged, as_of=DAY))
    assert found.scores.shape == (2, 3)
    osnago = service.territory.find_municipality("Osnago")
    merate = service.territory.find_municipality("Merate")
    vacancy, person = judged.vacancies[0], judged.persons[0]
    frame = service.scores(
        [service.vacancy("v1", vacancy.text, title=vacancy.title, as_of=DAY, comune=osnago.istat)],
        [service.person("p1", person.text, as_of=DAY, comune=merate.istat)],
    )
    assert found.scores[0, 0] == frame["score"].iloc[0]
    assert found.scores[0, 0] > found.scores[0, 1]
    assert found.scores[1, 1] > found.scores[1, 0]


def test_a_person_of_whom_nothing_is_known_keeps_the_no_information_score(service, write_set):
    found = ranked(service, read_texts(service, read_judged(write_set()), as_of=DAY))
    assert found.judged.tolist() == [[True, True, False], [True, True, False]]
    assert found.scores[:, 2].tolist() == [service.ranker.no_information()] * 2


def test_columns_follow_the_order_of_the_set(service, write_set):
    judged = read_judged(write_set())
    turned = JudgedSet(
        layout="own",
        vacancies=judged.vacancies[::-1],
        persons=judged.persons[::-1],
        grades=judged.grades,
        files={},
    )
    one = ranked(service, read_texts(service, judged, as_of=DAY))
    two = ranked(service, read_texts(service, turned, as_of=DAY))
    assert (one.scores == two.scores[::-1, ::-1]).all()
    assert (one.judged == two.judged[::-1, ::-1]).all()


def test_a_refused_text_is_told_and_its_pairs_stay(service, write_set, capsys):
    german = (
        "Ich habe viele Jahre als Köchin in einer großen Küche gearbeitet und suche eine neue "
        "Stelle in der Nähe meines Wohnortes, gerne auch am Wochenende oder in den Abendstunden."
    )
    people = [{"id": "p1", "text": german}, {"id": "p2", "text": " "}]
    folder = write_set(
        persons=people, judgements=[("v1", "p1", "0"), ("v1", "p2", "0"), ("v2", "p1", "1")]
    )
    found = ranked(service, read_texts(service, read_judged(folder), as_of=DAY))
    assert not found.judged.any()
    assert (found.scores == service.ranker.no_information()).all()
    said = capsys.readouterr()
    assert "unsupported_language" in said.err
    assert "no_text" in said.err
    assert said.out == ""


def test_jaccard_is_what_both_name_over_what_either_names():
    vacancies = [a_vacancy("v0", essential=["a"], optional=["b"]), a_vacancy("v1")]
    skills = (["a", "b"], ["b", "c"], ["c"], [])
    people = [a_profile(f"p{number}", skills=held) for number, held in enumerate(skills)]
    found = skills_jaccard(vacancies, people)
    assert found.tolist() == [[1.0, pytest.approx(1 / 3), 0.0, 0.0], [0.0] * 4]


def test_jaccard_leaves_out_what_a_trade_only_implies():
    asked = a_vacancy("v0", essential=["a"], trade=["b"])
    assert skills_jaccard([asked], [a_profile("p0", skills=["a"])]).tolist() == [[1.0]]


def test_jaccard_of_nobody_and_nothing_has_the_shape_of_the_question():
    assert skills_jaccard([], [a_profile("p0")]).shape == (0, 1)
    assert skills_jaccard([a_vacancy("v0")], []).shape == (1, 0)
