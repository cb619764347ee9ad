import json

import pytest

from matching.domain.access import Act, Actor, Role
from matching.errors import ConflictError, InputError, UnknownError
from matching.hub.documents import (
    Needed,
    NewDocument,
    PaperKind,
    add_document,
    lift_quarantine,
    list_documents,
    read_document,
    remove_document,
)
from matching.hub.people import change_person
from matching.hub.sensitive import Sensitive
from matching.store import Store
from matching.store.tables import documents, journal
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.lives import a_person

CV = NewDocument(kind=PaperKind.CV, name="cv.txt", content=b"Cuoca", text="Cuoca")
ILL = NewDocument(
    kind=PaperKind.CV, name="cv.txt", content=b"...", text="Cuoca\nInvalidità civile al 60%"
)


def herself(person: str) -> Actor:
    return Actor(id="x", role=Role.PERSON, hubs=frozenset({LECCO}), person_id=person)


def test_a_document_comes_back_as_it_was_added(store: Store) -> None:
    with store.writing(a_manager()) as work:
        person = a_person(work)
        added, matters = add_document(work, person, CV)
    with store.writing(a_manager()) as work:
        (listed,) = list_documents(work, person)
        opened = read_document(work, added)
    assert matters == frozenset()
    assert (listed.id, listed.name, listed.size) == (added, "cv.txt", 5)
    assert (opened.document, opened.content, opened.text) == (listed, b"Cuoca", "Cuoca")
    with store.reading(everybody()) as work:
        told = work.rows(journal, journal.c.act == Act.READ_DOCUMENT, order=[journal.c.number])
    assert [json.loads(one.detail) for one in told] == [{"listed": 1}, {"document": added}]


def test_a_document_with_sensitive_matters_is_opened_by_nobody_else(store: Store) -> None:
    with store.writing(a_manager()) as work:
        person = a_person(work)
        added, matters = add_document(work, person, ILL)
    assert matters == {Sensitive.HEALTH}
    with pytest.raises(ConflictError, match="kept apart"), store.writing(a_manager()) as work:
        read_document(work, added)
    with store.writing(herself(person)) as work:
        assert read_document(work, added).content == b"..."
        with pytest.raises(ConflictError, match="manager"):
            lift_quarantine(work, added, Needed.NOT_SENSITIVE)
    with store.writing(a_manager()) as work:
        lift_quarantine(work, added, Needed.PUBLIC_MEASURE)
        assert read_document(work, added).document.is_quarantined is False
        with pytest.raises(ConflictError, match="not kept apart"):
            lift_quarantine(work, added, Needed.PUBLIC_MEASURE)
    with store.reading(everybody()) as work:
        # The journal does not say which matters they were.
        assert not any("health" in one.detail for one in work.rows(journal))
        assert any("public_measure" in one.detail for one in work.rows(journal))


def test_a_document_can_be_removed_unread(store: Store) -> None:
    with store.writing(a_manager()) as work:
        person = a_person(work)
        added, _ = add_document(work, person, ILL)
        remove_document(work, added)
        assert work.count(documents) == 0


def test_another_hubs_document_and_another_persons_are_not_there(store: Store) -> None:
    with store.writing(a_manager()) as work:
        person, other = a_person(work), a_person(work)
        added, _ = add_document(work, person, CV)
    for actor in (a_manager(MERATE), herself(other)):
        with store.writing(actor) as work:
            for ask in (read_document, remove_document):
                with pytest.raises(UnknownError):
                    ask(work, added)
            with pytest.raises(UnknownError):
                list_documents(work, person)
            with pytest.raises(UnknownError):
                add_document(work, person, CV)


def test_a_document_without_content_or_name_and_a_restricted_file_are_refused(
    store: Store,
) -> None:
    with store.writing(a_manager()) as work:
        person = a_person(work)
        for new in (
            NewDocument(kind=PaperKind.CV, name=" ", content=b"x"),
            NewDocument(kind=PaperKind.CV, name="x" * 201, content=b"x"),
            NewDocument(kind=PaperKind.CV, name="x", content=b""),
        ):
            with pytest.raises(InputError):
                add_document(work, person, new)
        change_person(work, person, version=1, state="restricted")
        with pytest.raises(ConflictError):
            add_document(work, person, CV)
