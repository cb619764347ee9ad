import inspect
import re

import pytest

from matching import errors
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError, ValoriamoError


def kinds() -> list[type[ValoriamoError]]:
    return [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, Exception)
    ]


def test_every_error_of_the_product_has_one_root() -> None:
    assert all(issubclass(kind, ValoriamoError) for kind in kinds())


def test_the_drawing_of_the_tree_is_the_tree() -> None:
    drawn: list[tuple[str, str]] = []
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"^    ([│ ├└─]*)(\w+Error)\b", line)
        if found:
            depth = len(found[1]) // 4
            path[depth:] = [found[2]]
            drawn.append((found[2], path[depth - 1] if depth else "Exception"))
    real = {(kind.__name__, kind.__mro__[1].__name__) for kind in kinds()}
    assert len(drawn) == len(real)
    assert set(drawn) == real


def test_a_document_error_carries_its_code_and_says_its_message() -> None:
    error = DocumentError(DocumentErrorCode.EMPTY, "The file has 0 bytes.")
    assert error.code is DocumentErrorCode.EMPTY
    assert str(error) == error.message == "The file has 0 bytes."


def test_the_codes_of_refused_documents_are_the_closed_list() -> None:
    assert {str(code) for code in DocumentErrorCode} == {
        "no_text",
        "encrypted",
        "empty",
        "too_large",
        "corrupt",
        "unsupported",
        "unsafe",
        "timeout",
        "unsupported_language",
    }


@pytest.mark.parametrize("kind", kinds())
def test_every_error_says_when_it_is_raised(kind: type[Exception]) -> None:
    assert kind.__doc__
