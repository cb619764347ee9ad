import os
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.api.extracted import Extracted, extracted, extraction_of
from matching.cli.records import extraction_row
from matching.domain import DocumentKind
from matching.service import Service
from matching.settings import shipped_data
from tests.api.conftest import Hub, is_problem
from tests.api.rows import AS_OF, KEEPER, OFFER
from tests.cli.conftest import CV, pdf
from tests.documents.factories import fake_tesseract

EXTRACTIONS = "/v1/extractions"
DAY = date.fromisoformat(AS_OF)
SAMPLES = sorted((shipped_data() / "samples").glob("cv/*.*")) + sorted(
    (shipped_data() / "samples").glob("vacancies/*.*")
)


def sent(hub: Hub, name: str, data: bytes, **fields: str) -> Any:
    said = {"kind": "cv", "as_of": AS_OF, **fields}
    return hub.post(EXTRACTIONS, files={"file": (name, data)}, data=said)


def test_a_text_is_read_as_the_command_reads_it(hub: Hub, service: Service) -> None:
    response = hub.post(EXTRACTIONS, {"text": KEEPER, "kind": "cv", "as_of": AS_OF})
    assert response.status_code == 200
    answer = response.json()
    found = service.extract(KEEPER, kind=DocumentKind.CV, as_of=DAY)
    row = extraction_row(Path("cv.txt"), found)
    for name in ("language", "skills", "occupations", "facts"):
        printed = row[name]
        shown = answer[name]
        assert _listed(shown) == _listed(printed), name
    assert (answer["kind"], answer["as_of"]) == ("cv", AS_OF)
    assert answer["model"]["digest"] == service.taxonomy.digest
    assert answer["words"] == [asdict(word) for word in found.words]


def _listed(value: Any) -> Any:
    """The same whatever a tuple is called."""
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value


def test_the_evidence_is_where_it_says(hub: Hub) -> None:
    answer = hub.post(EXTRACTIONS, {"text": OFFER, "kind": "vacancy", "as_of": AS_OF}).json()
    mentions = [*answer["skills"], *answer["occupations"], *answer["facts"]["licences"]]
    assert len(mentions) > 3
    assert all(OFFER[one["start"] : one["end"]] == one["evidence"] for one in mentions)
    assert {one["importance"] for one in answer["skills"]} == {"essential"}


def test_a_file_is_read(hub: Hub) -> None:
    response = sent(hub, "cv.pdf", pdf(CV))
    assert response.status_code == 200, response.text
    assert "magazziniere" in [one["label"] for one in response.json()["occupations"]]


def test_a_file_gives_what_its_text_gives(hub: Hub) -> None:
    as_text = hub.post(EXTRACTIONS, {"text": KEEPER, "kind": "cv", "as_of": AS_OF})
    assert sent(hub, "cv.txt", KEEPER.encode()).json() == as_text.json()


def test_a_large_file_never_touches_the_disk(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Whoever rolled over to a file would ask for a folder to put it in.
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    monkeypatch.setattr("starlette.formparsers.MultiPartParser.spool_max_size", 10)
    # Large for the server; a page of text, which is read at once.
    assert sent(hub, "cv.txt", KEEPER.encode() + b"\n" * 100_000).status_code == 200


@pytest.mark.parametrize("asked", ["true", "false", None])
def test_a_scan_is_read_by_text_recognition_when_the_form_asks(
    hub: Hub, asked: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_tesseract(tmp_path, "cat > /dev/null; echo 'Magazziniere: uso del muletto'")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    said = {} if asked is None else {"ocr": asked}
    response = sent(hub, "scansione.pdf", pdf([]), **said)
    if asked == "true":
        assert response.json()["ocr"] is True
        assert response.json()["occupations"][0]["evidence"] == "Magazziniere"
    else:
        assert is_problem(response, 422)["code"] == "no_text"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("scansione.pdf", pdf([]), "no_text"),
        ("protetto.pdf", pdf(CV, password="segreto"), "encrypted"),
        ("vuoto.docx", b"", "empty"),
        ("fattura.pdf", b"MZ\x90\x00" + bytes(500), "unsupported"),
        ("bianco.txt", b"  \n", "no_text"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_with_its_code(
    hub: Hub, name: str, data: bytes, code: str
) -> None:
    problem = is_problem(sent(hub, name, data), 422)
    assert (problem["type"], problem["code"]) == ("urn:valoriamo:problem:document", code)


def test_a_blank_text_is_refused_with_its_code(hub: Hub) -> None:
    response = hub.post(EXTRACTIONS, {"text": " ", "kind": "cv"})
    assert is_problem(response, 422)["code"] == "no_text"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "x"}, "kind"),
        ({"kind": "cv"}, "text"),
        ({"text": "x", "kind": "letter"}, "kind"),
        ({"text": "x", "kind": "cv", "sex": "f"}, "sex"),
        ({"text": "x", "kind": "cv", "as_of": "ieri"}, "as_of"),
        ({"text": 3, "kind": "cv"}, "text"),
        ([], "body"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(hub: Hub, body: object, field: str) -> None:
    problem = is_problem(hub.post(EXTRACTIONS, body), 422)
    assert [error["field"] for error in problem["errors"]] == [field]


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"files": {"file": ("cv.txt", b"x")}}, "kind"),
        ({"files": {"file": ("cv.txt", b"x")}, "data": {"kind": "letter"}}, "kind"),
        ({"files": {"file": ("cv.txt", b"x")}, "data": {"kind": "cv", "sex": "f"}}, "sex"),
        ({"files": {"cv": ("cv.txt", b"x")}, "data": {"kind": "cv"}}, "cv"),
        ({"files": {"file": (None, b"x")}, "data": {"kind": "cv"}}, "file"),
    ],
)
def test_a_form_field_that_cannot_be_used_is_named(
    hub: Hub, options: dict[str, Any], field: str
) -> None:
    problem = is_problem(hub.post(EXTRACTIONS, **options), 422)
    assert field in [error["field"] for error in problem["errors"]]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
    ],
)
def test_a_form_that_is_none_is_refused(hub: Hub, kind: str, content: bytes) -> None:
    response = hub.post(EXTRACTIONS, content=content, headers={"content-type": kind})
    is_problem(response, 400)


def test_two_files_are_refused(hub: Hub) -> None:
    files = [("file", ("a.txt", b"x")), ("file", ("b.txt", b"y"))]
    is_problem(hub.post(EXTRACTIONS, files=files, data={"kind": "cv"}), 400)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_is_answered_can_be_given_back_unchanged(service: Service, path: Path) -> None:
    kind = DocumentKind.VACANCY if path.parent.name == "vacancies" else DocumentKind.CV
    document = service.read_document(path.read_bytes(), path.name)
    found = service.extract(document.text, kind=kind, as_of=DAY)
    answer = extracted(found, lexicon=service.taxonomy.digest, as_of=DAY).model_dump_json()
    assert extraction_of(Extracted.model_validate_json(answer)) == found


def test_what_was_read_of_a_vacancy_comes_back_the_same(service: Service) -> None:
    text = (
        "Cercasi n. 2 cuochi\nRetribuzione: da 1.600 a 1.800 euro netti mensili\n"
        "Candidature entro il 15/12/2026\nOfferta riservata alle categorie protette L. 68/99"
    )
    found = service.extract(text, kind=DocumentKind.VACANCY, as_of=DAY)
    assert found.facts.salary is not None
    assert found.facts.posts is not None
    assert found.facts.deadline is not None
    assert found.facts.reserved is not None
    answer = extracted(found, lexicon="x", as_of=DAY)
    assert extraction_of(Extracted.model_validate_json(answer.model_dump_json())) == found


def test_what_is_given_back_of_a_person_says_nothing_of_reserved_jobs(service: Service) -> None:
    text = "Offerta riservata alle categorie protette L. 68/99: cercasi magazziniere"
    found = service.extract(text, kind=DocumentKind.VACANCY, as_of=DAY)
    answer = extracted(found, lexicon="x", as_of=DAY).model_copy(update={"kind": DocumentKind.CV})
    assert answer.facts.reserved is not None
    assert extraction_of(answer).facts.reserved is None
