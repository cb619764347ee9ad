import base64

from matching.domain.access import Role
from matching.store.tables import journal
from tests.api.hub.desk import CV, Desk
from tests.databases import MERATE, everybody
from tests.documents.factories import scanned_pdf

ILL = f"{CV}\nInvalidità civile al 60%"


def a_file(text: str = CV, **more: object) -> dict[str, object]:
    content = base64.b64encode(text.encode()).decode()
    return {"kind": "cv", "name": "cv.txt", "content": content, **more}


def added(desk: Desk, person: str, body: dict[str, object], **options: object) -> str:
    answer = desk.post(f"/v1/persons/{person}/documents", body, **options)
    assert answer.status_code == 201, answer.text
    document: str = answer.json()["id"]
    return document


def test_a_document_comes_back_as_it_was_sent(desk: Desk) -> None:
    person = desk.add_person()
    document = added(desk, person, a_file(name="../cv ‘Ada’.txt"))
    (listed,) = desk.get(f"/v1/persons/{person}/documents").json()["documents"]
    assert (listed["id"], listed["text"], listed["is_quarantined"]) == (document, None, False)
    assert desk.get(f"/v1/documents/{document}").json() == {**listed, "text": CV}
    content = desk.get(f"/v1/documents/{document}/content")
    assert content.content == CV.encode()
    assert content.headers["content-type"] == "application/octet-stream"
    saved = content.headers["content-disposition"]
    assert saved == "attachment; filename*=UTF-8''cv%20%E2%80%98Ada%E2%80%99.txt"
    with desk.store.reading(everybody()) as work:
        told = work.rows(journal, journal.c.act == "read_document")
    assert len(told) == 3


def test_a_file_in_a_form_is_kept_as_one_in_json(desk: Desk) -> None:
    person = desk.add_person()
    path = f"/v1/persons/{person}/documents"
    files = {"file": ("attestato.txt", b"Attestato di saldatura")}
    answer = desk.post(path, files=files, data={"kind": "certificate"})
    assert answer.status_code == 201, answer.text
    found = desk.get(f"/v1/documents/{answer.json()['id']}").json()
    assert (found["name"], found["text"]) == ("attestato.txt", "Attestato di saldatura")
    for said in ({"kind": "photograph"}, {"kind": "cv", "sex": "f"}):
        assert desk.post(path, files=files, data=said).status_code == 422
    assert desk.post(path, data={"kind": "cv"}, files={"x": b""}).status_code == 422


def test_a_cv_becomes_the_profile_where_it_is_asked(desk: Desk) -> None:
    person = desk.add_person()
    before = desk.get(f"/v1/persons/{person}").json()["profile"]
    text = "ESPERIENZE LAVORATIVE\nParrucchiera dal 2010 al 2024, tagli e colore."
    body = a_file(text, into_profile=True)
    answer = desk.post(f"/v1/persons/{person}/documents", body)
    assert answer.json()["profile_version"] == before["version"] + 1
    after = desk.get(f"/v1/persons/{person}").json()["profile"]
    assert after["occupations"] != before["occupations"]
    assert after["answers"] == before["answers"]
    paper = a_file(text, into_profile=True, kind="other")
    assert desk.post(f"/v1/persons/{person}/documents", paper).status_code == 422


def test_what_tells_of_an_illness_is_opened_by_herself_alone_until_it_was_decided(
    desk: Desk,
) -> None:
    person = desk.add_person()
    answer = desk.post(f"/v1/persons/{person}/documents", a_file(ILL))
    assert answer.json()["is_quarantined"]
    assert answer.json()["matters"] == ["health"]
    path = f"/v1/documents/{answer.json()['id']}"
    for one in (path, f"{path}/content"):
        assert desk.get(one).status_code == 409
        assert desk.get(one, role=Role.PERSON, name=person).status_code == 200
    assert desk.post(f"{path}/release", {"why": "asked_by_person"}).status_code == 200
    assert desk.get(f"{path}/content").content == ILL.encode()
    assert desk.post(f"{path}/release", {"why": "asked_by_person"}).status_code == 409


def test_a_scan_in_which_nothing_is_read_is_kept_apart(desk: Desk) -> None:
    person = desk.add_person()
    content = base64.b64encode(scanned_pdf()).decode()
    body = {"kind": "other", "name": "scansione.pdf", "content": content, "ocr": False}
    answer = desk.post(f"/v1/persons/{person}/documents", body)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["is_quarantined"], answer.json()["matters"]) == (True, [])
    assert desk.get(f"/v1/documents/{answer.json()['id']}").status_code == 409
    # A profile cannot be made from it, so nothing is kept and it is said why.
    body |= {"kind": "cv", "into_profile": True}
    refused = desk.post(f"/v1/persons/{person}/documents", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "no_text")
    assert len(desk.get(f"/v1/persons/{person}/documents").json()["documents"]) == 1


def test_what_is_no_document_is_refused_with_its_code_and_without_its_name(desk: Desk) -> None:
    path = f"/v1/persons/{desk.add_person()}/documents"
    for body, code in (
        (a_file("", name="Zenobia.txt"), "empty"),
        (a_file("MZ\x00", name="Zenobia.exe"), "unsupported"),
        (a_file("%PDF-1.4 rotto", name="Zenobia.pdf"), "corrupt"),
    ):
        answer = desk.post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
        assert "Zenobia" not in answer.text
    assert desk.post(path, a_file() | {"content": "né base64"}).status_code == 422
    assert desk.post(path, a_file() | {"health": "60%"}).status_code == 422
    assert desk.post(path, content=b"x", headers={"content-type": "text/plain"}).status_code == 415


def test_a_document_is_removed_for_good(desk: Desk) -> None:
    person = desk.add_person()
    path = f"/v1/documents/{added(desk, person, a_file(ILL))}"
    assert desk.ask("DELETE", path, hub=MERATE).status_code == 404
    assert desk.ask("DELETE", path, role=Role.PERSON, name=person).status_code == 403
    assert desk.ask("DELETE", path).status_code == 200
    assert desk.get(path).status_code == desk.ask("DELETE", path).status_code == 404


def test_a_person_adds_and_reads_her_own_documents_and_no_others(desk: Desk) -> None:
    ada, eva = desk.add_person("Ada"), desk.add_person("Eva")
    hers = {"role": Role.PERSON, "name": ada}
    document = added(desk, ada, a_file(), **hers)
    other = added(desk, eva, a_file())
    assert desk.get(f"/v1/documents/{document}", **hers).status_code == 200
    assert desk.get(f"/v1/documents/{other}", **hers).status_code == 404
    assert desk.get(f"/v1/persons/{eva}/documents", **hers).status_code == 404
    assert desk.post(f"/v1/persons/{eva}/documents", a_file(), **hers).status_code == 404
    profile = desk.post(f"/v1/persons/{ada}/documents", a_file(into_profile=True), **hers)
    assert profile.status_code == 403


def test_the_papers_of_a_protected_file_are_opened_with_a_reason_and_kept_by_its_manager(
    desk: Desk,
) -> None:
    person = desk.add_person(is_protected=True)
    document = added(desk, person, a_file())
    colleague = {"name": "a colleague"}
    paths = (f"/v1/persons/{person}/documents", f"/v1/documents/{document}")
    for path in (*paths, f"/v1/documents/{document}/content", f"/v1/persons/{person}/notes"):
        assert desk.get(path).status_code == 200
        assert desk.get(path, **colleague).status_code == 403
        reason = {"x-reason": "Ha chiamato per un appuntamento"}
        assert desk.get(path, headers=reason, **colleague).status_code == 200
    assert desk.ask("DELETE", paths[1], **colleague).status_code == 403
    assert desk.ask("DELETE", paths[1]).status_code == 200


def test_a_document_sent_again_with_its_key_is_kept_once(desk: Desk) -> None:
    person = desk.add_person()
    key = {"idempotency-key": "un-documento"}
    first, again = (
        desk.post(f"/v1/persons/{person}/documents", a_file(), headers=key) for _ in range(2)
    )
    assert first.content == again.content
    assert len(desk.get(f"/v1/persons/{person}/documents").json()["documents"]) == 1
