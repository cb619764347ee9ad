"""Labels in a text, found the quick way: the same by both ways, and as the index finds them."""

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.extraction import Index
from matching.extraction.kernels import Kernels, compiled_kernels
from matching.extraction.matcher import Found, Matcher, matcher_of
from matching.extraction.phrases import Claim, Phrases, compiled
from matching.normalisation import Normaliser
from matching.taxonomy import LabelRule, Taxonomy

LABELS = ("saldatura", "saldatura TIG", "addetto alle pulizie", "e-commerce", "C++", "torno", "uso")
NORMALISER = Normaliser()


def phrases_of(*labels: str) -> Phrases:
    return compiled({NORMALISER.phrase(label): (Claim(f"urn:{label}", label),) for label in labels})


PHRASES = phrases_of(*LABELS)


def matcher(kernels: Kernels | None, *, rules: dict[tuple[str, str], LabelRule] | None = None):
    return matcher_of(NORMALISER, PHRASES, rules or {}, "skill", kernels=kernels)


@pytest.fixture(params=["python", "loops", "compiled"])
def ways(request: pytest.FixtureRequest) -> Callable[..., Matcher]:
    """The three ways: what Python has, the loops as they stand, and the loops compiled."""
    chosen = {"python": None, "loops": Kernels(), "compiled": compiled_kernels()}[request.param]

    def make(**options: object) -> Matcher:
        # The loops count on overflow, which numpy's numbers warn of and compiled ones do not.
        return matcher(chosen, **options)

    return make


@pytest.fixture(autouse=True)
def _wrapping():
    with np.errstate(over="ignore"):
        yield


def evidence(found: Matcher, text: str) -> list[tuple[str, str, int, int]]:
    uris = list(PHRASES.uris)
    return [
        (uris[one.concept], text[one.start : one.end], one.line, one.part)
        for one in found.find(text)
    ]


def test_labels_are_found_inflected_with_their_words_lines_and_parts(ways) -> None:
    text = "Saldature TIG, saldature\nAddetta/o pulizia; uso dell'e-commerce\n\nC++"
    assert evidence(ways(), text) == [
        ("urn:saldatura TIG", "Saldature TIG", 0, 0),
        ("urn:saldatura", "saldature", 0, 1),
        ("urn:addetto alle pulizie", "Addetta/o pulizia", 1, 2),
        ("urn:uso", "uso", 1, 3),
        ("urn:e-commerce", "e-commerce", 1, 3),
        ("urn:C++", "C++", 3, 5),
    ]


@pytest.mark.parametrize("text", ["", " ", "...", "niente di noto", "saldat", "\ud800", "😀"])
def test_where_no_label_is_none_is_found(ways, text: str) -> None:
    found = ways().find(text)
    assert len(found) == 0
    assert list(found) == []


def test_no_label_runs_across_a_mark(ways) -> None:
    assert [row[1] for row in evidence(ways(), "addetto. Pulizie, saldatura. TIG")] == ["saldatura"]


def test_found_labels_are_a_sequence(ways) -> None:
    found = ways().find("saldatura, uso, torno")
    assert found[1] == list(found)[1]
    assert isinstance(found[0], Found)
    assert list(found[1:]) == list(found)[1:]
    assert found[-1].start == len("saldatura, uso, ")


def test_an_ambiguous_label_needs_a_word_beside_it(ways) -> None:
    near = {"urn:torno": NORMALISER.phrase("saldatura")}
    found = ways(rules={("skill", "torn"): LabelRule(label="torno", near=near)})
    assert [row[1] for row in evidence(found, "torno a casa")] == []
    assert [row[1] for row in evidence(found, "torno, e poi saldature")] == ["torno", "saldature"]
    far = "torno " + "parola " * 20 + "saldatura"
    assert [row[1] for row in evidence(found, far)] == ["saldatura"]


def test_without_company_an_ambiguous_label_means_what_is_preferred(ways) -> None:
    rule = LabelRule(label="torno", near={"urn:uso": ("saldatur",)}, prefer="urn:torno")
    found = ways(rules={("skill", "torn"): rule, ("occupation", "us"): rule})
    assert [row[0] for row in evidence(found, "torno")] == ["urn:torno"]
    assert evidence(found, "torno saldatura")[0][0] == "urn:uso"


def test_a_rule_that_says_nothing_of_company_changes_nothing(ways) -> None:
    found = ways(rules={("skill", "torn"): LabelRule(label="torno", title_only=True)})
    assert [row[0] for row in evidence(found, "torno")] == ["urn:torno"]


_WORDS = ("saldatura", "TIG", "addetto", "alle", "pulizie", "commerce", "C", "è", "uso", "torno")
_MARKS = (
    "/a",
    "(a)",
    "e-",
    "++",
    " ",
    ", ",
    ". ",
    "\n",
    "\n\n",
    " - ",
    "dell'",
    "😀",
    "ж",
    "*",
    "’",
)
_PIECES = st.sampled_from(_WORDS + _MARKS)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_all_ways_find_the_same(text: str) -> None:
    expected = list(matcher(None).find(text))
    with np.errstate(over="ignore"):
        assert list(matcher(Kernels()).find(text)) == expected


@pytest.mark.skipif(find_spec("numba") is None, reason="the compiled loops need numba")
def test_the_loops_are_compiled_where_numba_is_installed() -> None:
    kernels = compiled_kernels()
    assert kernels is not None
    assert kernels is compiled_kernels()
    assert kernels.search is not Kernels().search


def test_without_numba_there_are_no_compiled_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.extraction.kernels.find_spec", lambda name: None)
    compiled_kernels.cache_clear()
    assert compiled_kernels() is None
    compiled_kernels.cache_clear()


def test_a_table_of_words_starts_anew_when_it_is_full(
    ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.extraction.lookups._MOST_WORDS", 3)
    found = ways()
    for text in ("uso torno saldatura", "a b c d e f g", "uso torno saldatura TIG"):
        last = [row[1] for row in evidence(found, text)]
    assert last == ["uso", "torno", "saldatura TIG"]


def test_the_matcher_finds_what_the_index_finds(index: Index, taxonomy: Taxonomy) -> None:
    text = (
        "Ho gestito magazzini e preparato ordini; pulizia degli uffici.\nPatentino per il muletto,"
        " uso del carrello elevatore\nAssistenza agli anziani e igiene della persona"
    )
    tokens = index.tokens(text)
    hits = index.skills.search([t.key for t in tokens], [t.breaks for t in tokens])
    quick = matcher_of(index.normaliser, index.skills.phrases, {}, "skill", kernels=None)
    assert [(one.start, one.end) for one in quick.find(text)] == [
        (tokens[hit.first].start, tokens[hit.last - 1].end) for hit in hits
    ]
    assert hits
    ruled = matcher_of(
        index.normaliser, index.skills.phrases, taxonomy.rules, "skill", kernels=None
    )
    assert ruled.rules
