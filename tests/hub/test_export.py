import io
import json
import zipfile

import pytest
import sqlalchemy as sa

from matching.domain.access import Act, Actor, Role
from matching.errors import ForbiddenError, StoreError, UnknownError
from matching.hub.documents import NewDocument, PaperKind, add_document
from matching.hub.erasure import REMOVED
from matching.hub.export import FORMAT, export_archive, export_person
from matching.hub.export_rows import OTHERWISE, RULES, check_every_table, written
from matching.hub.privacy_words import load_table_words
from matching.settings import shipped_data
from matching.store import Store
from matching.store.columns import Lane, about
from matching.store.tables import journal, metadata
from matching.wording import load_wording
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.lives import a_life, a_person, people

# What somebody can be named by in a table, besides the table's own subject.
NAMED = {"person_id", "pseudonym", "audit_pseudonym"}


def herself(person: str) -> Actor:
    return Actor(id="x", role=Role.PERSON, hubs=frozenset({LECCO}), person_id=person)


def test_everything_about_a_person_is_in_her_export(store: Store) -> None:
    zoe, ada = people(store, "zoe", "ada")
    with store.writing(herself(zoe.person)) as work:
        export = export_person(work, zoe.person)
    data = json.loads(json.dumps(export.data))
    assert data["format"] == FORMAT
    empty = [name for name, rows in data["tables"].items() if not rows]
    assert empty == []
    said = json.dumps(data, ensure_ascii=False)
    # A refusal that discriminated is told by its ground, without the words.
    assert [word for word in zoe.words if word not in said and word != "bytes zoe"] == []
    assert data["reserved_reports"] == [
        {"ground": "age", "state": "open", "opened_at": data["reserved_reports"][0]["opened_at"]}
    ]
    assert [*export.files.values()] == [b"bytes zoe"]
    assert data["protected"] == {"sex": "f", "born_from": 1980, "citizenship": "it"}
    assert data["results"][0]["about_her"] == [{"person": zoe.pseudonym, "score": 0.5}]
    assert data["household"]["rent_eur"] == 450
    assert data["account"][0]["name"] == "utente-zoe"
    assert {"add_person", "export_person"} <= {entry["act"] for entry in data["journal"]}
    assert [word for word in ada.words if word in said] == []
    for hidden in ("name_word", "sealed", "key_id", "password_hash"):
        assert f'"{hidden}"' not in said
    with store.reading(everybody()) as work:
        told = work.rows(journal, journal.c.act == Act.EXPORT_PERSON)
    assert [entry.subject for entry in told] == [zoe.pseudonym]


def test_of_her_household_she_is_given_what_is_hers(store: Store) -> None:
    with store.writing(everybody()) as work:
        other = a_person(work)
        zoe = a_life(work, "zoe", with_member=other)
    with store.writing(a_manager()) as work:
        home = export_person(work, zoe.person).data["household"]
    assert ([one["id"] for one in home["members"]], home["others"]) == ([zoe.pseudonym], 1)


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_archive_has_data_a_page_and_her_documents(store: Store, language: str) -> None:
    (zoe,) = people(store, "zoe")
    with store.writing(a_manager()) as work:
        new = NewDocument(kind=PaperKind.OTHER, name="../../<b>fuori</b>.txt", content=b"x")
        add_document(work, zoe.person, new)
        export = export_person(work, zoe.person)
    words = load_table_words(shipped_data() / "privacy", language)
    wording = load_wording(shipped_data() / "wording", language)
    packed = export_archive(export, words, wording)
    assert packed == export_archive(export, words, wording)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
        assert json.loads(archive.read("person.json")) == json.loads(json.dumps(export.data))
        page = archive.read("person.html").decode()
    assert names[:2] == ["person.json", "person.html"]
    assert sorted(names[2:]) == ["documents/001-cv-zoe.txt", "documents/002-_.._b_fuori_b_.txt"]
    assert f'<html lang="{language}">' in page
    assert "saldavo zoe" in page
    assert wording.say("export.journal") in page
    assert "<b>fuori" not in page
    assert "<script" not in page


def test_nobody_else_is_given_it(store: Store) -> None:
    zoe, ada = people(store, "zoe", "ada")
    for actor in (a_manager(MERATE), herself(ada.person)):
        with pytest.raises(UnknownError), store.writing(actor) as work:
            export_person(work, zoe.person)


def test_a_protected_file_is_exported_with_a_reason_alone(store: Store) -> None:
    with store.writing(everybody()) as work:
        person = a_person(work, is_protected=True)
    with pytest.raises(ForbiddenError), store.writing(a_manager()) as work:
        export_person(work, person)
    with store.writing(a_manager()) as work:
        export = export_person(work, person, reason="lo chiede la persona")
    assert export.data["tables"]["notes"][0]["content"]["text"] == "lo chiede la persona"


def test_every_table_that_names_people_is_exported_and_erased() -> None:
    exported, erased = {*RULES, *OTHERWISE}, {one.name for one in REMOVED}
    for table in metadata.sorted_tables:
        if table.info["subject"] is not None:
            assert table in exported, table.name
            assert table.info["subject"] in table.c, table.name
        elif NAMED & {column.name for column in table.c}:
            # An account is told, and emptied, apart; of who was erased nothing else is kept.
            assert table.name in {"accounts", "erased"}
    assert erased <= {one.name for one in exported}


def test_a_table_about_people_without_a_rule_stops_an_export(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check_every_table()
    monkeypatch.setattr(
        type(metadata), "sorted_tables",
        [sa.Table("letters", sa.MetaData(), info=about(Lane.FILE, "x", subject="person_id"))],
    )  # fmt: skip
    with pytest.raises(StoreError, match="letters"):
        check_every_table()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b'{"a": 1}', {"a": 1}), (b"[1]", [1]), (b"{non", "{non"), (b"testo", "testo"),
     (b"\xff\x00", "/wA=")],
)  # fmt: skip
def test_what_was_sealed_is_told_as_what_it_is(content: bytes, said: object) -> None:
    assert written(content) == said
