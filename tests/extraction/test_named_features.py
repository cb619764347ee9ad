"""What speaks for and against a skill that a text names, worked by hand."""

import math
from datetime import date

import pytest

from matching.domain import DocumentKind
from matching.extraction.named_features import COLUMNS
from tests.extraction.moon_world import (
    DUST,
    GLOW,
    POLISH,
    RAKE,
    TIDES,
    jobs_named,
    moon_extractor,
    moon_linker,
)

AS_OF = date(2026, 11, 22)
CV, VACANCY = DocumentKind.CV, DocumentKind.VACANCY
# Of four skills that can be meant: a word that one of them has, and one that none has.
RARE = math.log(5 / 2) + 0.3
UNHEARD = math.log(5) + 0.3

GOLDEN = (
    "Ho lavorato come guardiana di lune. Tenevo lucide le lune, rastrello i crateri. "
    "Conosco la teoria delle maree."
)


@pytest.fixture(scope="module")
def look():
    extractor = moon_extractor()
    linker = moon_linker(extractor)

    def named(text, kind=CV):
        jobs = jobs_named(extractor, text, kind)
        signals = extractor.evidence(linker, text, kind=kind, as_of=AS_OF, occupations=jobs)
        return [
            (mention.claim.uri, dict(zip(COLUMNS, row, strict=True)))
            for mention, row in zip(signals.named, signals.named_signs, strict=True)
        ]

    return named


def test_three_sentences_worked_by_hand(look):
    ((uri, row),) = look(GOLDEN)
    assert uri == TIDES
    expected = {
        # Of the keys "teori" and "mare", as they are written.
        "way": 0.9, "words": 2, "letters": 9, "rarity": 2 * RARE,
        "clause_share": 2 * RARE / (2 * RARE + UNHEARD), "clause_words": 3, "segment_words": 3,
        "item": 0.0, "at_start": 0.0, "capital": 0.0, "times": 1,
        # The keeper needs it; nothing else is named beside it.
        "of_occupation": 1.0, "beside": 0, "family": 0, "broader": 0, "occupation_family": 1,
        "needed_by": 1, "roots": 2, "specificity": math.log(3 / 2) / math.log(3),
        "is_skill": 0.0, "is_knowledge": 1.0, "vacancy": 0.0, "in_body": 1.0, "in_skills": 0.0,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == pytest.approx(expected)


def test_an_item_of_a_list_is_told_from_a_word_in_a_sentence(look):
    text = "Guardiana di lune\nCOMPETENZE\nTeoria delle maree\nbuona rastrellatura dei crateri"
    rows = dict(look(text))
    tides, rake = rows[TIDES], rows[RAKE]
    assert (tides["item"], tides["at_start"], tides["capital"]) == (1.0, 1.0, 1.0)
    assert (rake["item"], rake["at_start"], rake["capital"]) == (0.0, 0.0, 0.0)
    assert tides["in_skills"] == 1.0
    assert tides["clause_share"] == pytest.approx(1.0)


def test_skills_named_together_speak_for_each_other(look):
    text = "Guardiana di lune: lucidatura delle lune, teoria delle maree"
    for _, row in look(text):
        assert (row["beside"], row["family"]) == (1, 1)
    stars = dict(look("Guardiana di lune: teoria delle maree, raccolta della polvere di stelle"))
    assert (stars[DUST]["beside"], stars[DUST]["family"]) == (0, 0)
    assert (stars[DUST]["of_occupation"], stars[DUST]["occupation_family"]) == (0.0, 0)


def test_a_skill_named_twice_says_so_each_time(look):
    text = "Guardiana di lune. Conosco la teoria delle maree. La teoria delle maree mi piace."
    rows = look(text)
    assert [uri for uri, _ in rows] == [TIDES, TIDES]
    assert [row["times"] for _, row in rows] == [2, 2]


def test_another_order_is_less_sure_than_the_order_of_the_label(look):
    rows = dict(look("Guardiana di lune\nCOMPETENZE\ncrateri rastrellatura\nteoria delle maree"))
    assert rows[RAKE]["way"] < rows[TIDES]["way"]


def test_of_a_skill_without_an_italian_label_nothing_more_is_known(look):
    rows = dict(look("Guardiana di lune\nCOMPETENZE\nmoonglow keeping"))
    row = rows[GLOW]
    assert (row["needed_by"], row["roots"], row["is_skill"]) == (0.0, 0.0, 0.0)
    assert row["rarity"] == pytest.approx(2 * UNHEARD)
    assert row["way"] == 0.9


def test_a_vacancy_and_its_sections_are_told(look):
    ((_, row),) = look("Cercasi guardiana di lune\nRequisiti:\nteoria delle maree", VACANCY)
    assert (row["vacancy"], row["in_requirements"]) == (1.0, 1.0)


def test_only_what_is_held_or_asked_for_is_described(look):
    assert look("Guardiana di lune.\nNon conosco la teoria delle maree.") == []
    assert look("Guardiana di lune.\nParlo la lingua dei lunari.") == []
    offered = "Cercasi guardiana di lune\nRequisiti:\nserietà\n\nOffriamo:\nteoria delle maree"
    assert look(offered, VACANCY) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lucidatore di lune", "lucidatrice di lune"),
        ("guardiano di lune e rastrellatore", "guardiana di lune e rastrellatrice"),
    ],
)
def test_both_genders_have_the_same_signs(look, one, other):
    text = "Come {} conosco la teoria delle maree, lucidatura delle lune compresa."
    rows = look(text.format(one))
    assert len(one) != len(other)
    assert look(text.format(other)) == rows
    assert {POLISH, TIDES} <= {uri for uri, _ in rows}
