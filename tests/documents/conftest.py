"""What the tests of documents share."""

from collections.abc import Callable

import pytest

from matching.documents import Document, Limits, parse_document
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError


@pytest.fixture
def text_of() -> Callable[[bytes, str], str]:
    """Return the text of a file, read in this process."""

    def read(data: bytes, name: str) -> str:
        return parse_document(data, name, Limits()).text

    return read


@pytest.fixture
def refusal_of() -> Callable[..., DocumentErrorCode]:
    """Return the code with which a file is refused, in this process."""

    def read(data: bytes, name: str, limits: Limits | None = None) -> DocumentErrorCode:
        with pytest.raises(DocumentError) as refused:
            parse_document(data, name, limits or Limits())
        return refused.value.code

    return read


@pytest.fixture
def document_of() -> Callable[[bytes, str], Document]:
    """Return a whole document, read in this process."""
    return lambda data, name: parse_document(data, name, Limits())
