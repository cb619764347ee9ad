"""Pictures are read by the system's Tesseract when that is asked for; a fake one stands in here."""

import os
import sys
import time

import pytest

from matching.documents import Document, DocumentFormat, Recognition, WorkerPool, read_document
from matching.documents.drawing import MOST_PIXELS, draw_page
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

from . import factories
from .hostile import raw_pdf

READ = "cat > /dev/null; echo 'Magazziniere presso la ditta Prova'; echo 'uso del muletto'"
SCAN = factories.scanned_pdf()
STAMPED = factories.pdf_of_lines(["Scansionato con CamScanner"])


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    """Put a program named tesseract, made of these shell commands, before the others."""

    def put(commands: str, *, language: str = "ita") -> None:
        factories.fake_tesseract(tmp_path, commands, language=language)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    return put


def refusal(data: bytes = SCAN, **settings) -> DocumentError:
    with pytest.raises(DocumentError) as refused:
        read_document(data, "cv.pdf", recognition=Recognition(**settings))
    return refused.value


def test_a_scan_is_read_by_text_recognition_and_says_so(tesseract):
    tesseract(READ)
    assert read_document(SCAN, "cv.pdf", recognition=Recognition()) == Document(
        "Magazziniere presso la ditta Prova\nuso del muletto", DocumentFormat.PDF, 1, ocr=True
    )


def test_nothing_is_recognised_unless_it_is_asked_for(tesseract):
    tesseract(READ)
    with pytest.raises(DocumentError, match="OCR") as refused:
        read_document(SCAN, "cv.pdf")
    assert refused.value.code == DocumentErrorCode.NO_TEXT


def test_a_document_with_its_own_text_is_never_recognised(tesseract):
    tesseract("exit 1")
    data = factories.pdf_of_lines(factories.MAIN)
    document = read_document(data, "cv.pdf", recognition=Recognition())
    assert (document.text, document.ocr) == ("\n".join(factories.MAIN), False)


def test_the_stamp_of_a_scanning_app_is_no_text(tesseract, refusal_of):
    tesseract(READ)
    assert refusal_of(STAMPED, "cv.pdf") == DocumentErrorCode.NO_TEXT
    assert read_document(STAMPED, "cv.pdf", recognition=Recognition()).ocr


def test_what_little_text_there_is_is_kept_where_recognition_fails(tesseract):
    tesseract("exit 1")
    data = factories.pdf_of_lines(["Mario Rossi"])
    document = read_document(data, "cv.pdf", recognition=Recognition())
    assert (document.text, document.ocr) == ("Mario Rossi", False)


def test_every_page_is_read_in_order(tesseract):
    tesseract("cat | cksum | cut -c 1-6 | sed 's/^/pagina /; s/$/ letta/'")

    def draw(canvas):
        for width in (40, 140, 240):
            canvas.rect(50, 50, width, 600, fill=1)
            canvas.showPage()

    document = read_document(factories.pdf(draw), "cv.pdf", recognition=Recognition())
    words = document.text.split("\n\n")
    assert document.pages == len(words) == len(set(words)) == 3


def test_tesseract_is_told_language_layout_and_resolution_and_gets_plain_pixels(tesseract):
    tesseract('echo "$@"; head -c 18')
    text = read_document(SCAN, "cv.pdf", recognition=Recognition()).text
    assert text.split("\n")[0] == "stdin stdout -l ita --psm 1 --dpi 300"
    assert text.split("\n")[1].startswith("P5 2")


def test_without_tesseract_the_refusal_says_what_to_install():
    error = refusal(program="tesseract-che-non-esiste")
    assert error.code == DocumentErrorCode.NO_TEXT
    assert "tesseract-ocr-ita" in error.message


def test_without_its_italian_the_refusal_says_what_to_install(tesseract):
    tesseract(READ, language="deu")
    error = refusal()
    assert error.code == DocumentErrorCode.NO_TEXT
    assert "'ita'" in error.message
    assert "tesseract-ocr-ita" in error.message


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ("cat > /dev/null", DocumentErrorCode.NO_TEXT),
        ("cat > /dev/null; echo '~ . |'", DocumentErrorCode.NO_TEXT),
        ("exit 3", DocumentErrorCode.CORRUPT),
        ("kill -9 $$", DocumentErrorCode.CORRUPT),
        ("yes Magazziniere", DocumentErrorCode.CORRUPT),
    ],
    ids=["nothing", "specks", "fails", "dies", "never ends"],
)
def test_a_recognition_that_fails_has_its_code(tesseract, commands, code):
    tesseract(commands)
    assert refusal().code == code


@pytest.mark.parametrize("commands", ["sleep 60", "cat > /dev/null; while :; do :; done"])
def test_a_recognition_that_takes_too_long_is_stopped(tesseract, commands):
    tesseract(commands)
    started = time.monotonic()
    assert refusal(timeout_seconds=1.0).code == DocumentErrorCode.TIMEOUT
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('1.1.1.1', 53))",
        "bytes(400 * 1024 * 1024)",
        "open('/tmp/valoriamo-ocr', 'w').write('x' * 10_000)",
    ],
    ids=["network", "memory", "disk"],
)
def test_tesseract_has_no_network_and_limits_of_its_own(tesseract, attempt):
    tesseract(f'cat > /dev/null; {sys.executable} -S -c "{attempt}" 2>/dev/null; echo stato $?')
    settings = Recognition(memory_bytes=300 * 1024 * 1024)
    text = read_document(SCAN, "cv.pdf", recognition=settings).text
    assert text.startswith("stato ")
    assert text != "stato 0"


def test_more_scanned_pages_than_allowed_are_refused(tesseract):
    tesseract(READ)
    pages = factories.pdf(lambda canvas: [canvas.showPage() for _ in range(3)])
    assert refusal(pages, max_pages=2).code == DocumentErrorCode.TOO_LARGE


@pytest.mark.parametrize(
    "box",
    [b"[0 0 600 800]", b"[0 0 14000 14000]", b"[0 0 1 9000]"],
    ids=["a4", "huge", "a thread"],
)
def test_a_page_of_any_size_becomes_a_picture_that_fits(box):
    data = raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox " + box + b" >>",
        ]
    )
    picture = draw_page(data, 0)
    assert 0 < picture.width * picture.height <= MOST_PIXELS
    assert len(picture.pixels) == picture.width * picture.height


def test_a_page_that_is_not_there_is_refused():
    with pytest.raises(DocumentError) as refused:
        draw_page(SCAN, 7)
    assert refused.value.code == DocumentErrorCode.CORRUPT


def test_pages_are_drawn_in_the_child(tesseract):
    tesseract(READ)
    pool = WorkerPool(size=1)
    pool.read(SCAN, "cv.pdf", recognition=Recognition())
    assert pool._idle[0].served == 2
    pool.close()
