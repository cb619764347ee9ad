"""What the tests of extraction read once."""

from collections.abc import Iterator
from functools import cache

import pytest

from matching.extraction.italian import italian_words


@pytest.fixture(scope="session", autouse=True)
def _words_read_once() -> Iterator[None]:
    """Every index of a few labels needs the same tables of Italian words, which take seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.extraction.building.italian_words", cache(italian_words))
        yield
