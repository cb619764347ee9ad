"""Whatever the bytes, the answer is a text or a refusal."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.documents import Document, read_document
from matching.errors import DocumentError
from tests.repeats import examples

from . import factories

NAMES = ["cv.pdf", "cv.docx", "cv.odt", "cv.rtf", "cv.html", "cv.txt", "cv"]
STARTS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"{\\rtf1 ",
    b"<html>",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
]
VALID = {
    "cv.pdf": factories.pdf_sidebar_left(),
    "cv.docx": factories.docx_of_lines(*factories.MAIN),
    "cv.odt": factories.odt_of_lines(*factories.MAIN),
    "cv.rtf": factories.rtf(
        r"\'e0\u8217?{\field{\*\fldinst X}{\fldrslt y}}\trowd a\cell\row " * 20
    ),
    "cv.html": factories.html("<table><tr><td>a<td><ul><li>b</table>" * 20),
    "cv.txt": "Città, però: 2011–2016\n".encode() * 20,
}


def is_answered(data: bytes, name: str) -> bool:
    """Read a file; any exception but a refusal goes through and fails the test."""
    try:
        document = read_document(data, name)
    except DocumentError as refused:
        return len(refused.message) > 20
    return isinstance(document, Document) and document.text.strip() != ""


@settings(max_examples=examples(300), deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(STARTS), st.binary(max_size=2_000))
def test_random_bytes_are_read_or_refused(name, start, data):
    assert is_answered(start + data, name)


@settings(max_examples=examples(150), deadline=None)
@given(st.sampled_from(["cv.html", "cv.rtf", "cv.txt"]), st.text(max_size=500))
def test_random_text_is_read_or_refused(name, text):
    assert is_answered(text.encode("utf-8", "surrogatepass"), name)


@pytest.mark.parametrize("name", VALID)
def test_every_truncation_is_read_or_refused(name):
    data = VALID[name]
    step = max(1, len(data) // 60)
    assert all(is_answered(data[:end], name) for end in range(0, len(data), step))


@pytest.mark.parametrize("name", ["cv.docx", "cv.odt"])
def test_every_truncation_of_an_archive_is_refused(name):
    data = VALID[name]
    for end in range(10, len(data) - 1, max(1, len(data) // 60)):
        with pytest.raises(DocumentError):
            read_document(data[:end], name)


@pytest.mark.parametrize("name", VALID)
@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    draws=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1)
)
def test_changed_bytes_are_read_or_refused(name, draws):
    data = bytearray(VALID[name])
    for place, value in draws:
        data[int(place * len(data))] = value
    assert is_answered(bytes(data), name)
