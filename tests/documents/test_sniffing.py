"""A file is what its bytes are, and must be named so."""

import pytest

from matching.documents import DocumentFormat, Limits
from matching.documents.sniffing import identify
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

from . import factories

SAMPLES = {
    DocumentFormat.PDF: factories.pdf_of_lines(["Magazziniere"]),
    DocumentFormat.DOCX: factories.docx_of_lines("Magazziniere"),
    DocumentFormat.ODT: factories.odt_of_lines("Magazziniere"),
    DocumentFormat.RTF: factories.rtf("Magazziniere"),
    DocumentFormat.HTML: factories.html("<p>Magazziniere</p>"),
    DocumentFormat.TXT: b"Magazziniere",
}


@pytest.mark.parametrize("kind", SAMPLES, ids=str)
def test_a_file_without_extension_is_judged_by_its_content(text_of, kind):
    assert identify(SAMPLES[kind], "curriculum", Limits()) == kind
    assert text_of(SAMPLES[kind], "curriculum") == "Magazziniere"


@pytest.mark.parametrize("named", SAMPLES, ids=str)
@pytest.mark.parametrize("kind", SAMPLES, ids=str)
def test_the_name_and_the_content_must_agree(kind, named):
    name = f"cv.{named.value.upper()}"
    if kind == named or (kind == DocumentFormat.TXT and named == DocumentFormat.HTML):
        assert identify(SAMPLES[kind], name, Limits()) == named
    else:
        with pytest.raises(DocumentError) as refused:
            identify(SAMPLES[kind], name, Limits())
        assert refused.value.code == DocumentErrorCode.UNSUPPORTED
        assert f".{named.value}" in refused.value.message


@pytest.mark.parametrize("name", ["cv.xyz", "cv.jpg", "cv.xlsx", "cv.doc", "cv.odp", "cv.xml"])
def test_an_unknown_extension_is_refused_and_named(name):
    with pytest.raises(DocumentError, match=name.removeprefix("cv")) as refused:
        identify(b"Magazziniere", name, Limits())
    assert refused.value.code == DocumentErrorCode.UNSUPPORTED


@pytest.mark.parametrize("name", ["cv 12.05.2020", "Dr. Rossi", "cv.", ".", ""])
def test_a_dot_in_a_name_is_not_always_an_extension(name):
    assert identify(b"Magazziniere", name, Limits()) == DocumentFormat.TXT


@pytest.mark.parametrize(
    "data",
    ["Città però".encode(), "Città però".encode("utf-8-sig"), "Città però".encode("utf-16"),
     "Città però".encode("cp1252")],
    ids=["utf-8", "utf-8 with mark", "utf-16", "windows-1252"],
)  # fmt: skip
def test_a_text_file_is_decoded(text_of, data):
    assert text_of(data, "cv.txt") == "Città però"


@pytest.mark.parametrize(
    "data",
    [b"a\x00b", b"\xff\xfea", bytes(range(128, 160)), b"\x1b\x02\x03 abc", b"\xef\xbb\xbf\xff"],
    ids=["nul", "half of utf-16", "undefined", "control", "false mark"],
)
def test_bytes_that_are_not_text_are_refused(refusal_of, data):
    assert refusal_of(data, "cv.txt") == DocumentErrorCode.UNSUPPORTED


def test_a_text_that_starts_like_a_program_or_picture_is_still_text(text_of):
    assert text_of("MZ è una sigla".encode(), "cv.txt") == "MZ è una sigla"
    assert text_of(b"BM Servizi srl", "cv.txt") == "BM Servizi srl"


def test_the_message_never_repeats_the_name_of_the_file():
    with pytest.raises(DocumentError) as refused:
        identify(b"\x89PNG\r\n\x1a\n", "Mario Rossi.pdf", Limits())
    assert "Rossi" not in refused.value.message


def test_sizes_at_the_limit_are_read_and_beyond_it_refused(text_of, refusal_of):
    assert refusal_of(b"a" * 11, "cv.txt", Limits(max_bytes=10)) == DocumentErrorCode.TOO_LARGE
    assert refusal_of(b"a" * 11, "cv.txt", Limits(max_characters=10)) == DocumentErrorCode.TOO_LARGE
    assert text_of(b"a" * 10, "cv.txt") == "a" * 10
