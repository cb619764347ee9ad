import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Profile, Vacancy
from matching.domain.access import Act
from matching.domain.outcomes import OutcomeKind
from matching.hub.erasure import Cause, erase
from matching.hub.listings import OUTCOME_WORDS, Listing, listing
from matching.hub.outcomes import NewOutcome, record_outcome
from matching.hub.people import Contacts, NewPerson, add_person
from matching.hub.profiles import KeptProfile, keep_profile
from matching.hub.vacancies import NewVacancy, add_vacancy
from matching.interchange import FileKind, PersonRow, Value, csv_bytes, fields_of, xlsx_bytes
from matching.interchange.refused import normal_heading
from matching.store import Store, Work
from matching.store.tables import journal, persons
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.interchange.files import rows_of

DAY = date(2026, 11, 20)


def added(work: Work, given: str, hub: str = LECCO, *, is_protected: bool = False) -> str:
    contacts = Contacts(given_name=given, family_name="Prova", telephone="+39 0341 123456")
    new = NewPerson(hub=hub, contacts=contacts, taken_on=DAY, is_protected=is_protected)
    return add_person(work, new)


def listed(store: Store, kind: FileKind, hub: str = LECCO) -> Listing:
    with store.noting(a_manager(hub)) as work:
        return listing(work, hub, kind, place={"097042": "Lecco"}.get)


def rows(found: Listing) -> list[dict[str, Value]]:
    return [dict(zip(found.headings, one, strict=True)) for one in found.rows]


def test_people_are_listed_with_their_answers_and_without_those_who_may_not_be(
    store: Store,
) -> None:
    with store.writing(everybody()) as work:
        ada = added(work, "=Ada")
        answers = {"weekly_hours": 30, "driving_licence": True, "share_worked_5y": 0.5}
        keep_profile(work, ada, KeptProfile(profile=Profile(id="x"), answers=answers))
        added(work, "Protetta", is_protected=True)
        kept = added(work, "Ristretta")
        work.change(persons, {"state": "restricted"}, persons.c.id == kept)
        added(work, "Altrove", MERATE)
    (one,) = rows(listed(store, FileKind.PERSONS))
    assert (one["id valoriamo"], one["nome"], one["stato"]) == (ada, "=Ada", "open")
    assert (one["ore settimanali"], one["patente b"]) == (30, True)
    assert (one["comune"], one["data di avvio"]) == (None, DAY)
    assert [row["nome"] for row in rows(listed(store, FileKind.PERSONS, MERATE))] == ["Altrove"]
    assert "cv" not in listed(store, FileKind.PERSONS).headings


def test_vacancies_are_listed_with_their_text(store: Store) -> None:
    with store.writing(a_manager()) as work:
        new = NewVacancy(
            hub=LECCO, text="@SUM(A1)", vacancy=Vacancy(id="", title="Cuoco"), lexicon=None,
            opened_on=DAY, external_id="A1", answer_hours=48,
        )  # fmt: skip
        vacancy = add_vacancy(work, new)
    (one,) = rows(listed(store, FileKind.VACANCIES))
    assert (one["id valoriamo"], one["codice"], one["testo"]) == (vacancy, "A1", "@SUM(A1)")
    assert (one["stato"], one["azienda"]) == ("open", None)


def test_outcomes_of_whoever_was_erased_or_is_protected_are_not_listed(store: Store) -> None:
    with store.writing(everybody()) as work:
        people = [added(work, "Ada"), added(work, "Eva"), added(work, "Ida", is_protected=True)]
        for person in people:
            new = NewOutcome(
                person_id=person, kind=OutcomeKind.HOME_KEPT, happened_on=DAY, note="-bene",
                external_id=f"pratica {person}",
            )  # fmt: skip
            record_outcome(work, new)
        erase(work, people[1], cause=Cause.ASKED)
    (one,) = rows(listed(store, FileKind.OUTCOMES))
    assert (one["id persona"], one["esito"], one["note"]) == (people[0], "casa mantenuta", "-bene")
    assert one["codice"] == f"pratica {people[0]}"


def test_a_listing_is_told_with_its_count_and_without_a_name(store: Store) -> None:
    with store.writing(a_manager()) as work:
        added(work, "Zenobia")
    for kind in FileKind:
        listed(store, kind)
    with store.reading(everybody()) as work:
        told = [
            (row.act, row.subject_kind, row.hub, json.loads(row.detail))
            for row in work.rows(journal, order=[journal.c.number])
        ][1:]
    assert told == [
        (Act.EXPORT_PEOPLE, "persons", LECCO, {"count": 1}),
        (Act.EXPORT, "vacancies", LECCO, {"count": 0}),
        (Act.EXPORT_PEOPLE, "outcomes", LECCO, {"count": 0}),
    ]


def test_every_kind_of_outcome_is_written_by_words_that_an_import_knows() -> None:
    (field,) = (one for one in fields_of(FileKind.OUTCOMES) if one.name == "kind")
    for kind in OutcomeKind:
        assert field.choices[normal_heading(OUTCOME_WORDS[kind])] == kind


WORDS = st.text(
    st.one_of(
        st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")),
        st.sampled_from("=+-@'\"; "),
    ),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip(" '\u00a0") not in ("", "-", "--", "?"))


@pytest.mark.parametrize("write", [csv_bytes, xlsx_bytes])
@given(given_name=WORDS, family_name=WORDS, caution=WORDS)
def test_whatever_a_name_begins_with_it_comes_back_as_it_was(  # type: ignore[no-untyped-def]
    write, given_name: str, family_name: str, caution: str
) -> None:
    content = write(("nome", "cognome", "cautele"), [(given_name, family_name, caution)])
    found = rows_of(content)
    if found.problems:  # what stands for something not known, or for an error of a spreadsheet
        assert {str(one.code) for one in found.problems} <= {"missing", "broken_cell"}
        return
    (row,) = found.rows
    assert isinstance(row, PersonRow)
    assert row.given_name == " ".join(_composed(given_name).split())
    assert row.family_name == " ".join(_composed(family_name).split())
    assert row.caution in (_composed(caution).strip(), None)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
