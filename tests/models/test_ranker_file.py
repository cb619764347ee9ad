import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError
from matching.models.ranker_file import digest, joined, parted, sealed, verified

MADE_FOR = ["a ranker", 1]
TREES = "tree\nversion=v4\n"


def a_state(**values: object) -> str:
    return sealed({"made_for": MADE_FOR, "text_sha256": digest(TREES), "slope_": 1.5} | values)


@given(st.lists(st.text(st.characters(exclude_characters="=")), min_size=1, max_size=5))
def test_the_texts_of_several_boosters_come_apart_as_they_went_together(texts: list[str]) -> None:
    assert parted(joined(texts)) == texts


def test_a_digest_is_the_sha256_of_the_utf_8_bytes() -> None:
    assert digest("perché") == hashlib.sha256("perché".encode()).hexdigest()


def test_a_sealed_state_is_read_without_its_own_digest() -> None:
    found = verified(a_state(), TREES, MADE_FOR)
    assert found == {"made_for": MADE_FOR, "text_sha256": digest(TREES), "slope_": 1.5}


def test_a_state_is_written_in_one_way_only() -> None:
    turned = sealed({"slope_": 1.5, "text_sha256": digest(TREES), "made_for": MADE_FOR})
    assert turned == a_state()
    assert list(json.loads(turned)) == sorted(json.loads(turned))


def test_a_value_changed_with_the_digest_left_is_refused() -> None:
    state = json.loads(a_state())
    with pytest.raises(DataError, match="state was altered .*SHA-256"):
        verified(json.dumps(state | {"slope_": 2.5}), TREES, MADE_FOR)


def test_a_state_without_a_digest_is_refused() -> None:
    state = json.loads(a_state())
    del state["sha256"]
    with pytest.raises(DataError, match="state was altered"):
        verified(json.dumps(state), TREES, MADE_FOR)


def test_a_state_made_for_something_else_is_refused() -> None:
    with pytest.raises(DataError, match="another format or catalog; train it anew"):
        verified(a_state(made_for=["a ranker", 2]), TREES, MADE_FOR)


def test_trees_of_another_model_are_refused() -> None:
    with pytest.raises(DataError, match="trees were altered, or are another model's"):
        verified(a_state(), TREES + " ", MADE_FOR)
