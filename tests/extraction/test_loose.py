"""Skills judged, and skills found in words that name none."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import DocumentKind
from matching.errors import DataError, ModelError
from matching.extraction.loose import LooseLinker
from tests.extraction.moon_world import (
    DUST,
    LUNARIAN,
    POLISH,
    RAKE,
    ROCKET,
    TIDES,
    jobs_named,
    moon_extractor,
    moon_linker,
)

AS_OF = date(2026, 11, 22)
CV, VACANCY = DocumentKind.CV, DocumentKind.VACANCY
WORK = "Ho lavorato come guardiana di lune.\n"
# Of a text of a few words everything that is named stays.
LONG = "\n" + "Abito qui vicino e vengo volentieri a piedi anche di sera. " * 3


@pytest.fixture(scope="module")
def moons():
    return moon_extractor()


@pytest.fixture(scope="module")
def read(moons):
    """Read a text with a linker that gives one confidence to names and one to proposals."""

    def extract(text, kind=CV, *, phrases=0.9, names=0.8):
        extractor = replace(moons, loose=moon_linker(moons, phrases=phrases, names=names))
        return extractor.extract(text, kind=kind, as_of=AS_OF)

    return extract


def held(found):
    return {skill.uri for skill in found.skills}


def test_words_that_name_no_skill_are_linked_to_the_one_they_speak_of(moons, read):
    text = WORK + "Rastrello i crateri."
    assert held(moons.extract(text, kind=CV, as_of=AS_OF)) == set()
    (skill,) = [one for one in read(text).skills if one.uri == RAKE]
    assert (skill.evidence, skill.label) == ("Rastrello i crateri", "rastrellatura dei crateri")
    assert text[skill.start : skill.end] == skill.evidence
    assert skill.confidence == 0.9


def test_what_is_named_has_the_confidence_of_the_trees(read):
    (skill,) = [one for one in read(WORK + "Conosco la teoria delle maree.").skills
                if one.uri == TIDES]  # fmt: skip
    assert skill.confidence == 0.8


@pytest.mark.parametrize(("names", "said"), [(0.7, True), (0.2, False)])
def test_a_named_skill_that_is_not_sure_enough_is_left_out(read, names, said):
    found = read(WORK + "Conosco la teoria delle maree." + LONG, names=names)
    assert (TIDES in held(found)) is said


def test_a_few_words_keep_what_they_name_however_sure(read):
    assert TIDES in held(read("Conosco la teoria delle maree.", names=0.1))


@pytest.mark.parametrize(("phrases", "said"), [(0.7, True), (0.2, False)])
def test_a_meaning_that_is_not_sure_enough_is_left_out(read, phrases, said):
    found = read(WORK + "Rastrello i crateri.", phrases=phrases)
    assert (RAKE in held(found)) is said


def test_a_skill_that_is_named_is_not_proposed_as_well(read):
    text = WORK + "Conosco la teoria delle maree. Delle maree ogni teoria mi piace." + LONG
    # Even where its name was not sure enough.
    assert TIDES not in held(read(text, names=0.1, phrases=0.99))
    found = [skill.evidence for skill in read(text).skills if skill.uri == TIDES]
    assert found == ["teoria delle maree"]


def test_a_skill_that_is_meant_twice_is_said_once(read):
    found = read(WORK + "Rastrello i crateri.\nOgni notte rastrello crateri.")
    assert [skill.uri for skill in found.skills].count(RAKE) == 1


NOT_HELD = [
    "Non conosco la teoria delle maree.",
    "Non ho mai rastrellato crateri.",
    "Non so raccogliere la polvere delle stelle.",
    "Senza esperienza di polvere di stelle.",
    "Vorrei imparare la rastrellatura dei crateri.",
    "Mi piacerebbe raccogliere polvere di stelle.",
    "Sono disponibile a seguire un corso di teoria delle maree.",
    "Mio marito faceva la raccolta della polvere di stelle.",
    "Mia madre faceva crateri col rastrello.",
    "Ho lavorato in una ditta di raccolta polvere di stelle.",
]


@pytest.mark.parametrize("sentence", NOT_HELD)
def test_what_is_denied_wished_for_or_of_others_is_never_held(read, sentence):
    assert held(read(WORK + sentence)) - {POLISH} == set()


def test_half_a_skill_held_and_half_denied_is_not_held(read):
    found = read("Guardiana di stelle. Ho rastrellato foglie, ma non ho esperienza di crateri.")
    assert RAKE not in held(found)


def test_what_a_vacancy_offers_is_neither_asked_for_nor_meant(read):
    text = (
        "Cercasi guardiana di lune\nRequisiti:\nrastrellare i crateri\n\nOffriamo:\n"
        "teoria delle maree\nun corso per raccogliere polvere di stelle"
    )
    assert held(read(text, VACANCY)) - {POLISH} == {RAKE}


def test_languages_and_driving_licences_are_never_meant(moons):
    uris = set(moon_linker(moons).lexis.meanings.index.uris)
    assert uris == {POLISH, RAKE, TIDES, DUST}
    assert not uris & {LUNARIAN, ROCKET}


def test_a_linker_without_weights_refuses_to_judge(moons):
    untrained = replace(moons, loose=moon_linker(moons))
    half = replace(moons, loose=moon_linker(moons, phrases=0.9))
    for extractor in (untrained, half):
        with pytest.raises(ModelError, match="train it first"):
            extractor.extract(WORK, kind=CV, as_of=AS_OF)


def test_weights_that_are_not_there_are_refused(moons, tmp_path):
    with pytest.raises(DataError, match=str(tmp_path)):
        LooseLinker.of(moons.taxonomy, moons.index.normaliser, tmp_path)


def test_a_text_in_another_language_is_read_without_the_linker(moons, read):
    text = (
        "I have worked as a keeper of moons for two years and I speak English very well. "
        "I know the theory of tides and I would like to work with children."
    )
    plain = moons.extract(text, kind=CV, as_of=AS_OF)
    assert plain.language == "en"
    assert read(text) == plain


def test_a_text_that_says_nothing_of_anybody_proves_nothing(moons, read):
    # A short text may be anything; a long one must speak of somebody.
    text = "Il museo dei crateri è aperto ogni giorno. Rastrello esposto in sala. " * 12
    assert held(read(text)) == set()
    signals = moons.evidence(moon_linker(moons), text, kind=CV, as_of=AS_OF, occupations={})
    assert (signals.named, signals.proposed) == ((), ())


def test_there_is_something_to_learn_from_a_text_that_names_no_skill(moons):
    text = WORK + "Rastrello i crateri."
    signals = moons.evidence(moon_linker(moons), text, kind=CV, as_of=AS_OF, occupations={})
    assert signals.named == signals.named_signs == ()
    assert RAKE in {candidate.uri for candidate in signals.proposed}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (CV, WORK + "Conosco la teoria delle maree e parlo la lingua dei lunari.\n"
             "Non rastrello i crateri. Raccolgo stelle e polvere."),
        (VACANCY, "Cercasi guardiana di lune\nRequisiti:\nteoria delle maree, crateri da "
                  "rastrellare\n\nOffriamo:\nraccolta della polvere di stelle"),
    ],
)  # fmt: skip
def test_what_is_judged_is_what_was_learned_from(moons, kind, text):
    linker = moon_linker(moons, phrases=0.9, names=0.8)
    replace(moons, loose=linker).extract(text, kind=kind, as_of=AS_OF)
    jobs = jobs_named(moons, text, kind)
    signals = moons.evidence(linker, text, kind=kind, as_of=AS_OF, occupations=jobs)
    (named,) = linker.names.reranker.booster.seen
    assert np.array_equal(named, np.array(signals.named_signs, np.float32))
    (judged,) = linker.phrases.reranker.booster.seen
    learned = {tuple(np.array(one.signs, np.float32)) for one in signals.proposed}
    assert {tuple(row) for row in judged} <= learned


PIECES = st.sampled_from(
    [
        "rastrello", "crateri", "lune", "lucide", "polvere", "stelle", "raccolta", "teoria",
        "maree", "non", "so", "vorrei", "imparare", "mio", "marito", "faceva", "e", "ma", ",", ".",
        "\n", "senza", "esperienza di", "conosco", "la", "lingua dei lunari", "teoria delle maree",
        "lucidatura delle lune",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=16), st.sampled_from(DocumentKind))
def test_any_text_is_read_alike_twice_with_exact_evidence_and_one_name_each(read, pieces, kind):
    text = "Ho lavorato come guardiana di lune. " + " ".join(pieces)
    found = read(text, kind)
    assert found == read(text, kind)
    for skill in found.skills:
        assert text[skill.start : skill.end] == skill.evidence
        assert 0.0 <= skill.confidence <= 1.0
    named = [skill.uri for skill in found.skills if skill.confidence == 0.8]
    meant = [skill.uri for skill in found.skills if skill.confidence == 0.9]
    assert not set(named) & set(meant)
    assert len(set(meant)) == len(meant)


def test_both_genders_are_judged_alike(read):
    text = "Ho fatto il mestiere di {} di lune, rastrello i crateri.\nSono {}, teoria delle maree."
    one = read(text.format("lucidatore", "stato assunto"))
    other = read(text.format("lucidatrice", "stata assunta"))
    assert len(one.skills) >= 3
    assert [(s.uri, s.confidence) for s in one.skills] == [
        (s.uri, s.confidence) for s in other.skills
    ]


def test_other_ways_to_say_a_skill_propose_it_too(moons):
    linker = moon_linker(moons, phrases=0.9, names=0.8)
    said = replace(linker.lexis, paraphrases={"rake": ("solchi pareggiati",)})
    linker = replace(linker, lexis=said)
    text = WORK + "Tengo solchi ben pareggiati."
    found = replace(moons, loose=linker).extract(text, kind=CV, as_of=AS_OF)
    (skill,) = [one for one in found.skills if one.uri == RAKE]
    assert skill.evidence == "solchi ben pareggiati"
    assert skill.label == "rastrellatura dei crateri"


def slugs(extractor, taxonomy, text):
    found = extractor.extract(text, kind=CV, as_of=AS_OF)
    return {taxonomy.concepts[skill.uri].slug for skill in found.skills}


@pytest.mark.parametrize(
    ("job", "sentence", "slug"),
    [
        (
            "addetta alle pulizie",
            "Davo lo straccio e passavo l'aspirapolvere nelle stanze.",
            "lavaggio-pavimenti",
        ),
        ("parrucchiera", "Tagliavo i capelli e facevo le tinte.", "colorazione-capelli"),
        ("badante", "La signora la lavavo io e la cambiavo.", "igiene-persona"),
    ],
)
def test_the_shipped_weights_find_what_a_sentence_says_in_its_own_words(
    service, taxonomy, job, sentence, slug
):
    extractor = service.extractor
    text = f"ESPERIENZE\n2012-2019 {job}\n{sentence}"
    assert slug in slugs(extractor, taxonomy, text)
    unjudged = replace(extractor, loose=None, jobs=None)
    assert slug not in slugs(unjudged, taxonomy, text), "named: this proves nothing of the linker"


@pytest.mark.parametrize(
    "text",
    [
        "ESPERIENZE\n2012-2019 magazziniere\nMi trovavo bene con tutti e abitavo vicino.",
        "Sono nata a Lecco, ho due figli e mi piace leggere la sera.",
        "2012-2019 operaio\nIl bus passava ogni mezz'ora e la fabbrica stava in collina.",
        "Nel tempo libero vado al mare con gli amici e guardo film.",
        "ESPERIENZE\n2010-2014 cameriera\nNon ho mai guidato furgoni per consegnare pacchi.",
        "Vorrei imparare a cucire tende su misura.",
        "Mio marito faceva il muratore e tirava su i muri.",
    ],
)
def test_the_shipped_weights_find_nothing_where_nothing_is_said(service, taxonomy, text):
    assert slugs(service.extractor, taxonomy, text) == set()


def test_the_shipped_weights_judge_both_genders_alike(service):
    extractor = service.extractor
    text = (
        "ESPERIENZE\n2012-2019 {}\nLavavo pavimenti, vetri e bagni; ero {} alla cassa.\n"
        "2008-2011 {}, controllo dei pezzi\n"
    )
    read = [
        extractor.extract(text.format(*words), kind=CV, as_of=AS_OF)
        for words in (
            ("operatore delle pulizie", "addetto", "saldatore"),
            ("operatrice delle pulizie", "addetta", "saldatrice"),
        )
    ]
    one, other = ([(s.uri, s.confidence) for s in found.skills] for found in read)
    assert one == other
    assert len(one) >= 3


def test_a_licence_of_which_no_word_is_left_stays_as_it_was_read(service):
    # At the head of a text it looks like a name.
    found = service.extractor.extract("Patente B", kind=CV, as_of=AS_OF)
    assert [(one.label, one.evidence) for one in found.skills] == [("patente B", "Patente B")]
