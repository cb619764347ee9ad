"""The index: what it finds in the keys of a text."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from matching.domain import ConceptKind, DocumentKind
from matching.extraction import Extractor, Index, build
from matching.extraction.index import Hit, LabelIndex
from matching.extraction.phrases import Claim
from matching.taxonomy import Concept, Taxonomy


def small_taxonomy(label: str = "guida del muletto") -> Taxonomy:
    skill = Concept(
        uri="urn:test:muletto",
        slug="muletto",
        kind=ConceptKind.SKILL,
        family="test",
        labels={"it": (label, "carico e scarico merci"), "en": ("forklift driving",)},
    )
    job = Concept(
        uri="urn:test:cuoco",
        slug="cuoco",
        kind=ConceptKind.OCCUPATION,
        family="test",
        labels={"it": ("cuoco", "cuoca"), "en": ("cook",)},
        isco08="5120",
    )
    return Taxonomy({skill.uri: skill, job.uri: job}, {}, digest=f"digest of {label}")


def labels(*phrases: str) -> LabelIndex:
    return LabelIndex({tuple(p.split()): (Claim(f"urn:{p}", p),) for p in phrases})


def found(index: LabelIndex, text: str) -> list[str]:
    """Phrases found in words; a bar stands for a break."""
    keys: list[str] = []
    breaks: list[bool] = []
    pending = False
    for word in text.split():
        if word == "|":
            pending = True
            continue
        keys.append(word)
        breaks.append(pending)
        pending = False
    return [" ".join(hit.phrase) for hit in index.search(keys, breaks)]


def test_the_longest_phrase_from_the_left_is_found() -> None:
    index = labels("a", "a b", "b c", "c")
    assert found(index, "a b c") == ["a b", "c"]


def test_no_phrase_runs_across_a_break() -> None:
    index = labels("a b", "a", "b c")
    assert found(index, "a | b c") == ["a", "b c"]


def test_part_of_a_word_is_no_word() -> None:
    assert found(labels("a", "ab c"), "xa ab ac c") == []


def test_a_phrase_in_another_order_is_found_once() -> None:
    index = labels("carico scarico merci")
    hits = index.search_reordered(["merci", "carico", "scarico"], [False] * 3, taken=[False] * 3)
    assert hits == [Hit(0, 3, ("carico", "scarico", "merci"))]
    assert not index.search_reordered(
        ["merci", "carico", "scarico"], [False, True, False], taken=[False] * 3
    )
    assert not index.search_reordered(
        ["merci", "carico", "scarico"], [False] * 3, taken=[True, False, False]
    )


def test_two_phrases_of_the_same_words_have_an_order_that_matters() -> None:
    index = labels("a b", "b a", "c d")
    assert dict(index.unordered) == {("c", "d"): ("c", "d")}


_WORDS = st.sampled_from(["a", "b", "c", "ab", "bc"])


@given(
    phrases=st.sets(st.lists(_WORDS, min_size=1, max_size=3).map(tuple), min_size=1, max_size=8),
    tokens=st.lists(st.tuples(_WORDS, st.booleans()), max_size=25),
)
def test_the_automaton_agrees_with_a_naive_search(
    phrases: set[tuple[str, ...]], tokens: list[tuple[str, bool]]
) -> None:
    index = LabelIndex({phrase: (Claim("urn:x", "x"),) for phrase in phrases})
    keys = [key for key, _ in tokens]
    breaks = [broken for _, broken in tokens]
    expected: list[Hit] = []
    place = 0
    while place < len(keys):
        sizes = [
            size
            for size in range(3, 0, -1)
            if place + size <= len(keys)
            and tuple(keys[place : place + size]) in phrases
            and not any(breaks[place + 1 : place + size])
        ]
        if sizes:
            expected.append(Hit(place, place + sizes[0], tuple(keys[place : place + sizes[0]])))
        place += sizes[0] if sizes else 1
    assert index.search(keys, breaks) == expected


def test_verb_forms_have_the_key_of_the_infinitive_in_a_label() -> None:
    index = build(small_taxonomy("guidare il muletto"))
    assert index.normaliser.inflections
    phrase = index.normaliser.phrase("guidavo il muletto")
    assert phrase in index.skills.claims


def test_words_of_italian_are_known(index: Index) -> None:
    for word in ("tavolo", "camminare", "gatto", "bellezza"):
        assert index.normaliser.key(word) in index.known


def test_two_words_across_a_small_word_are_no_phrase_turned_round(extractor: Extractor) -> None:
    text = "Mi occupo di gestione e controllo."
    found = extractor.extract(text, kind=DocumentKind.CV, as_of=date(2026, 11, 22))
    assert "controllo di gestione" not in {skill.label for skill in found.skills}


def test_a_noun_that_folds_like_a_verb_keeps_its_own_key(index: Index) -> None:
    normaliser = index.normaliser
    assert normaliser.key("guidavo") == normaliser.key("guidare")
    assert normaliser.key("ricetta") != normaliser.key("ricettario")
    assert normaliser.key("formula") != normaliser.key("formulario")
