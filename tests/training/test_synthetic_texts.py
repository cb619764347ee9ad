"""The texts: varied, messy, and largely not in the words of the lexicon."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.normalisation import Normaliser, plain
from matching.taxonomy import Taxonomy, claims
from matching.territory import Territory
from training.synthetic import HARD, MILD, District, Setting, Size, generate
from training.synthetic.pen import Pen, capitals, careless, listed, misspell
from training.synthetic.phrases import PHRASES
from training.synthetic.trades import TRADES, crafts

SIZE = Size(people=500, vacancies=120, pool=(5, 10))


@pytest.fixture(scope="module")
def district(territory: Territory, taxonomy: Taxonomy) -> District:
    return generate(territory, taxonomy, seed=11, size=SIZE)


@pytest.fixture(scope="module")
def labels(taxonomy: Taxonomy) -> set[tuple[str, ...]]:
    return set(claims(taxonomy, Normaliser())["skill"])


def names_a_label(phrase: str, labels: set[tuple[str, ...]]) -> bool:
    """Whether any run of words of the phrase is a label of any skill."""
    keys = Normaliser().phrase(phrase)
    runs = (keys[a:b] for a in range(len(keys)) for b in range(a + 1, len(keys) + 1))
    return any(run in labels for run in runs)


def writer(seed: int, *, paraphrase: float = 0.5) -> Pen:
    return Pen(np.random.default_rng(seed), paraphrase)


def test_hardly_a_phrase_of_the_bank_contains_a_label(labels: set[tuple[str, ...]]) -> None:
    # A lexicon that grows may learn some of them.
    phrases = [phrase for several in PHRASES.values() for phrase in several]
    known = [phrase for phrase in phrases if names_a_label(phrase, labels)]
    assert len(phrases) >= 450
    assert len(known) <= 0.05 * len(phrases), known
    assert names_a_label("guidare il muletto in reparto", labels)


def test_the_bank_has_words_for_most_skills_of_every_trade(taxonomy: Taxonomy) -> None:
    known = crafts(taxonomy)
    assert len(known.all) == len(TRADES) >= 30
    for craft in known.all:
        slugs = [known.skills[number].slug for number in craft.essential]
        assert sum(slug in PHRASES for slug in slugs) >= 0.6 * len(slugs), craft.trade.slug


@pytest.mark.parametrize("setting", [MILD, HARD], ids=lambda setting: setting.name)
@pytest.mark.parametrize("kind", ["-p-", "-v-"], ids=["cvs", "vacancies"])
def test_a_third_of_the_skill_phrases_is_not_in_the_lexicon(
    setting: Setting,
    kind: str,
    territory: Territory,
    taxonomy: Taxonomy,
    labels: set[tuple[str, ...]],
) -> None:
    phrases = generate(territory, taxonomy, seed=5, setting=setting, size=SIZE).truth.phrases
    some = phrases[phrases["document_id"].str.contains(kind)]["phrase"]
    known = {phrase: names_a_label(phrase, labels) for phrase in some.unique()}
    outside = 1 - some.map(known).mean()
    assert outside >= 0.33
    assert outside <= 0.75, "texts must still be readable with the lexicon"


def test_a_careful_writer_s_phrases_stand_in_the_text_as_they_were_meant(
    territory: Territory, taxonomy: Taxonomy
) -> None:
    neat = replace(MILD, text=replace(MILD.text, typos=0.0, sloppy=0.0))
    district = generate(territory, taxonomy, seed=4, setting=neat, size=SIZE)
    texts = pd.concat([district.people, district.vacancies]).set_index("id")["text"].map(plain)
    for row in district.truth.phrases.itertuples():
        written = texts[row.document_id]
        # The short message tells only of the last three jobs.
        assert plain(row.phrase) in written or "buongiorno sono" in written


def test_phrases_are_about_skills_that_the_person_has(district: District) -> None:
    held = district.truth.persons.set_index("id")["skills"]
    phrases = district.truth.phrases
    for row in phrases[phrases["document_id"].str.contains("-p-")].itertuples():
        assert row.uri in held[row.document_id]


def test_every_vacancy_says_what_matters_most(district: District) -> None:
    said = district.truth.phrases.groupby("document_id")["uri"].agg(set)
    for row in district.truth.vacancies.itertuples():
        assert row.essential[0][0] in said[row.id]


def test_people_leave_out_some_of_what_they_can_do(district: District) -> None:
    phrases = district.truth.phrases
    written = phrases["document_id"].str.contains("-p-").sum()
    held = district.truth.persons["skills"].map(len).sum()
    assert written / held == pytest.approx(1 - MILD.text.omitted_in_cv, abs=0.03)


def test_hardly_two_texts_are_alike(district: District) -> None:
    assert district.people["text"].is_unique
    assert district.vacancies["text"].nunique() >= 0.99 * len(district.vacancies)
    # Nor do they share a skeleton: the first word of each line, digits aside.
    shapes = district.people["text"].map(
        lambda text: " ".join(re.sub(r"\d", "", line)[:4] for line in text.split("\n")[:4])
    )
    assert shapes.nunique() > 0.5 * len(shapes)


def test_many_forms_and_habits_occur(district: District) -> None:
    texts = district.people["text"]
    for mark in ("CURRICULUM VITAE", "mi chiamo", "Nome e cognome", "COSA SO FARE", "====", "\t"):
        assert texts.str.contains(mark, regex=False).mean() > 0.03, mark
    assert (texts == texts.str.lower()).mean() > 0.05
    letters = texts.str.count(r"[^\W\d_]")
    assert (texts.str.count(r"[A-ZÀÈÉÌÒÙ]") > 0.7 * letters).mean() > 0.03


def test_a_woman_writes_in_the_feminine_and_a_man_in_the_masculine(
    district: District,
) -> None:
    feminine = district.protected["sex"] == "female"
    low = district.people["text"].str.lower()
    # A label of a skill is copied as it stands, and "commessa" is an order as well as a woman.
    phrases = district.truth.phrases
    copied = phrases[phrases["phrase"].str.contains(r"\bcommess[oa]\b", case=False)]
    own = ~district.people["id"].isin(copied["document_id"])
    assert own.mean() > 0.9
    assert not low[feminine].str.contains(r"\bnato il\b|\bautomunito\b").any()
    assert not low[~feminine].str.contains(r"\bnata il\b|\bautomunita\b").any()
    assert not low[feminine & own].str.contains(r"\bcommesso\b").any()
    assert not low[~feminine & own].str.contains(r"\bcommessa\b").any()
    assert low[feminine & own].str.contains(r"\bcommessa\b").any()
    assert low[feminine].str.contains(r"\bautomunita\b").mean() > 0.1


def test_the_hard_setting_says_less(territory: Territory, taxonomy: Taxonomy) -> None:
    mild = generate(territory, taxonomy, seed=5, size=SIZE)
    hard = generate(territory, taxonomy, seed=5, setting=HARD, size=SIZE)
    assert len(hard.truth.phrases) < 0.9 * len(mild.truth.phrases)
    assert hard.people["text"].str.len().mean() < mild.people["text"].str.len().mean()


def test_no_rate_of_misspelling_changes_nothing() -> None:
    assert misspell("carico e scarico", np.random.default_rng(1), 0.0) == "carico e scarico"


@given(seed=st.integers(0, 2**16), words=st.lists(st.text("abcdefghi", min_size=1, max_size=9)))
def test_misspelling_keeps_lines_words_and_short_words(seed: int, words: list[str]) -> None:
    text = " ".join(words)
    wrong = misspell(text, np.random.default_rng(seed), 1.0).split(" ")
    assert len(wrong) == len(text.split(" "))
    for before, after in zip(text.split(" "), wrong, strict=True):
        assert after == before if len(before) < 5 else abs(len(after) - len(before)) <= 1


def test_capitals_leave_addresses_alone() -> None:
    assert capitals("Bar Sport\nrosa@sintetico.example") == "BAR SPORT\nrosa@sintetico.example"


def test_careless_writers_drop_capitals_accents_and_blanks_now_and_then() -> None:
    texts = {careless("Città, Perù", writer(seed)) for seed in range(40)}
    assert {"citta',peru'", "Città, Perù"} <= texts


def test_a_pen_writes_labels_only_where_it_never_paraphrases(taxonomy: Taxonomy) -> None:
    known = crafts(taxonomy)
    pen = writer(3, paraphrase=0.0)
    for concept in known.skills:
        assert pen.skill(concept) in concept.labels["it"]
    assert [slug for slug, _ in pen.written] == [concept.slug for concept in known.skills]


def test_a_pen_that_always_paraphrases_uses_the_bank(taxonomy: Taxonomy) -> None:
    pen = writer(3, paraphrase=1.0)
    for concept in crafts(taxonomy).skills:
        written = pen.skill(concept)
        assert written in PHRASES.get(concept.slug, concept.labels["it"])


def test_items_are_listed_in_more_than_one_way() -> None:
    ways = {listed(["a", "b", "c"], writer(seed)) for seed in range(60)}
    assert {"a, b e c", "a, b, c", "a; b; c", "a - b - c", "a / b / c"} == ways
    assert listed(["a"], writer(1)) == "a"
