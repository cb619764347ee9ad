"""The index: what it finds, and how it is kept between two starts."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import ConceptKind, DocumentKind
from matching.extraction import Extractor, Index, build, load_or_build
from matching.extraction.index import Claim, Hit, LabelIndex
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


@pytest.fixture(scope="module")
def small() -> Index:
    return build(small_taxonomy())


@pytest.fixture
def quick(small: Index, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Building made quick: tells the digests of what was built."""
    built: list[str] = []

    def build_quickly(taxonomy: Taxonomy) -> Index:
        built.append(taxonomy.digest)
        return small

    monkeypatch.setattr("matching.extraction.index.build", build_quickly)
    return built


def same(one: Index, other: Index) -> bool:
    return (
        one.skills.claims == other.skills.claims
        and one.occupations.claims == other.occupations.claims
        and one.known == other.known
        and one.normaliser == other.normaliser
    )


def test_a_loaded_index_equals_the_built_one(
    tmp_path: Path, small: Index, quick: list[str]
) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    loaded = load_or_build(small_taxonomy(), tmp_path)
    assert loaded is not small
    assert same(loaded, small)
    assert len(quick) == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


def test_building_twice_gives_the_same(small: Index) -> None:
    assert same(build(small_taxonomy()), small)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b'{"seal": "other", "inflections": {}, "skills": [], "occupations": [], "known": []}',
        b"\xff\xfe\x00",
        b'{"inflections": 3}',
    ],
)
def test_a_file_that_is_no_index_is_built_anew(
    tmp_path: Path, quick: list[str], small: Index, content: bytes
) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(content)
    assert same(load_or_build(small_taxonomy(), tmp_path), small)
    assert same(load_or_build(small_taxonomy(), tmp_path), small)
    assert len(quick) == 2


@pytest.mark.parametrize("key", ["inflections", "skills", "occupations", "known"])
@pytest.mark.parametrize("value", [7, [[]], [7], None])
def test_a_damaged_part_is_built_anew(
    tmp_path: Path, quick: list[str], small: Index, key: str, value: object
) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    (path,) = tmp_path.iterdir()
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**content, key: value}), "utf-8")
    assert same(load_or_build(small_taxonomy(), tmp_path), small)
    assert len(quick) == 2


def test_a_file_cut_short_is_built_anew(tmp_path: Path, quick: list[str], small: Index) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-100])
    assert same(load_or_build(small_taxonomy(), tmp_path), small)
    assert len(quick) == 2


def test_other_data_have_another_file(tmp_path: Path, quick: list[str]) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    load_or_build(small_taxonomy("uso del muletto"), tmp_path)
    assert len(set(quick)) == 2
    assert len(list(tmp_path.iterdir())) == 2


def test_without_a_cache_nothing_is_kept(
    tmp_path: Path, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    load_or_build(small_taxonomy(), None)
    assert len(quick) == 1
    assert list(tmp_path.iterdir()) == []


def test_two_that_start_at_once_leave_one_whole_file(
    tmp_path: Path, small: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The second starts, and finishes, while the first still builds.
    inside: list[Index] = []

    def build_meanwhile(taxonomy: Taxonomy) -> Index:
        if not inside:
            inside.append(small)
            with monkeypatch.context() as other:
                other.setattr("os.getpid", lambda: 2)
                load_or_build(taxonomy, tmp_path)
        return small

    monkeypatch.setattr("matching.extraction.index.build", build_meanwhile)
    assert load_or_build(small_taxonomy(), tmp_path) is small
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]
    assert same(load_or_build(small_taxonomy(), tmp_path), small)


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
