from dataclasses import replace
from datetime import date
from threading import Event

import pytest

from matching.domain.access import Act
from matching.domain.outcomes import OutcomeKind
from matching.errors import ConflictError, InputError, UnknownError
from matching.hub.accounts_names import kept_name
from matching.hub.erasure import Cause, erase
from matching.hub.organisations import OrganisationKind, add_organisation
from matching.hub.outcomes import outcomes_of
from matching.hub.people import Contacts, NewPerson, add_person, list_persons, read_person
from matching.hub.profiles import read_profile
from matching.hub.vacancies import list_vacancies
from matching.interchange import FileKind, ProblemCode
from matching.jobs.import_files import MOST_AT_ONCE, Mode, Similar
from matching.jobs.imports import import_handler
from matching.jobs.kinds import JobKind, RowState
from matching.jobs.queue import JobState, cancel
from matching.jobs.worker import Ending, work_off
from matching.store import Store, Work
from matching.store.person_keys import key_of
from matching.store.tables import accounts, job_rows, persons, vacancies
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.interchange.files import PLACES, book_of, csv_of
from tests.jobs.working import (
    WRITERS,
    a_file,
    a_name,
    a_worker,
    asked,
    count,
    files_left,
    imported,
    job_of,
    people,
    rows_said,
    states,
    worked,
)

ADA, EVA, IDA = "Ada;Prova;02/04/1971;ada@x.it", "Eva;Prova;03/04/1981;", "Ida;Prova;31/02/1991;"
VACANCIES = ("codice;titolo;testo;scadenza", "A1;Cuoco;Cerchiamo un cuoco;31/12/2026")
ALL = Mode.ALL_OR_NOTHING


def named(store: Store, hub: str = LECCO) -> list[str]:
    with store.writing(a_manager(hub)) as work:
        found = list_persons(work)
    return sorted(one.contacts.given_name for one in found if one.contacts)


def a_person(store: Store, name: str = "Ada", **more: object) -> str:
    contacts = Contacts(given_name=name, family_name="Prova", **more)  # type: ignore[arg-type]
    with store.writing(a_manager()) as work:
        return add_person(work, NewPerson(hub=LECCO, contacts=contacts, taken_on=date(2026, 1, 1)))


def account(work: Work, name: str) -> None:
    work.add(
        accounts,
        {
            "id": name, **kept_name(work, name, name), "role": "community_manager",
            "home_hub": LECCO, "state": "active", "failures": 0, "created_at": work.now,
            "version": 1,
        },
    )  # fmt: skip


def test_people_of_a_file_are_taken_in_charge_with_what_it_tells(store: Store) -> None:
    content = csv_of(
        "nome;cognome;nato il;telefono;comune;punto;cautele;cv;patente;data di avvio",
        "Ada;Prova;02/04/1971;'+39 333 1234567;Lecco;punto-lecco;Solo al mattino;Magazziniera;sì;"
        "01/03/2026",
    )
    job = imported(store, content)
    assert (job.state, dict(job.report)) == (
        JobState.DONE, {"written": 1, "known": 0, "held": 0, "refused": 0}
    )  # fmt: skip
    (row,) = rows_said(store, job.id)
    assert row.state is RowState.WRITTEN
    with store.writing(a_manager()) as work:
        person = read_person(work, row.subject or "")
        profile = read_profile(work, key_of(work, person.id))
    assert person.contacts == Contacts(
        given_name="Ada", family_name="Prova", birth_date=date(1971, 4, 2),
        telephone="+39 333 1234567", caution="Solo al mattino",
    )  # fmt: skip
    assert (person.point, person.taken_on) == ("punto-lecco", date(2026, 3, 1))
    assert person.confirmed_on == date(2026, 11, 27)
    assert profile is not None
    assert dict(profile[0].answers) == {"driving_licence": True}
    assert files_left(store) == 0


def test_good_rows_are_written_and_each_other_one_is_told(store: Store) -> None:
    job = imported(store, people(ADA, IDA, ";Prova;;", EVA))
    assert named(store) == ["Ada", "Eva"]
    assert dict(job.report) == {"written": 2, "known": 0, "held": 0, "refused": 2}
    assert [
        (one.number, one.code, one.field) for one in rows_said(store, job.id) if one.code
    ] == [
        (3, ProblemCode.NOT_A_DATE, "birth_date"), (4, ProblemCode.MISSING, "given_name")
    ]  # fmt: skip


def test_of_all_or_nothing_nothing_is_written_where_one_row_cannot_be(store: Store) -> None:
    job = imported(store, people(ADA, IDA, EVA), mode=ALL)
    assert named(store) == []
    assert (job.state, dict(job.report)) == (
        JobState.DONE, {"written": 0, "known": 0, "held": 0, "refused": 1}
    )  # fmt: skip
    assert [one.number for one in rows_said(store, job.id)] == [3]
    mended = imported(store, people(ADA, IDA.replace("31/02", "28/02"), EVA), mode=ALL)
    assert named(store) == ["Ada", "Eva", "Ida"]
    assert mended.report["written"] == 3


def test_all_or_nothing_is_stopped_by_what_only_the_store_can_tell(store: Store) -> None:
    a_person(store, "Eva")
    job = imported(store, people(ADA, "Eva;Prova;;"), mode=ALL)
    assert named(store) == ["Eva"]
    assert dict(job.report) == {"written": 0, "known": 0, "held": 1, "refused": 0}
    # Sent again once it was put right, the same file is taken.
    again = imported(store, people(ADA, "Eva;Prova;;"), mode=ALL, similar=Similar.WRITE)
    assert named(store) == ["Ada", "Eva", "Eva"]
    assert again.report["written"] == 2


def test_all_or_nothing_reads_many_rows_and_writes_them_at_once(store: Store) -> None:
    lines = [f"{a_name(n)};Prova;;" for n in range(250)]
    job_id, _ = asked(store, people(*lines), mode=ALL)
    seen: list[int] = []
    worker = a_worker()
    begin = worker.handlers[JobKind.IMPORT]

    def watched(work, job):  # type: ignore[no-untyped-def]
        step = begin(work, job)

        def watching(job):  # type: ignore[no-untyped-def]
            seen.append(count(store, persons))
            return step(job)

        return watching

    assert worked(store, a_worker(handlers={JobKind.IMPORT: watched})) == {Ending.DONE: 1}
    assert seen == [0, 0, 0]
    assert count(store, persons) == 250
    assert states(store, job_id) == {"written": 250}


def test_a_file_too_long_for_all_or_nothing_is_refused(store: Store) -> None:
    content = people(*(f"{a_name(n)};Prova;;" for n in range(MOST_AT_ONCE + 1)))
    with pytest.raises(InputError, match="1,001 rows"):
        asked(store, content, mode=ALL)
    assert asked(store, content)[1]


def test_a_file_sent_twice_is_imported_once(store: Store) -> None:
    first, is_new = asked(store, people(ADA, EVA))
    again, is_new_again = asked(store, people(ADA, EVA))
    assert (first, is_new, is_new_again) == (again, True, False)
    worked(store)
    assert asked(store, people(ADA, EVA)) == (first, False)
    assert named(store) == ["Ada", "Eva"]
    # Of another hub it is another import.
    assert asked(store, a_file(people(ADA), hub=MERATE))[1]


def test_while_a_file_is_imported_in_one_way_it_is_not_in_another(store: Store) -> None:
    asked(store, people(ADA))
    with pytest.raises(ConflictError, match="in another way"):
        asked(store, people(ADA), mode=ALL)


def test_a_file_whose_import_was_cut_short_is_gone_on_with_when_it_is_sent_again(
    store: Store,
) -> None:
    content = people(*(f"{a_name(n)};Prova;;" for n in range(150)))
    job_id, _ = asked(store, content)
    stop = Event()
    begin = a_worker().handlers[JobKind.IMPORT]

    def cut(work, job):  # type: ignore[no-untyped-def]
        step = begin(work, job)

        def once(job):  # type: ignore[no-untyped-def]
            write = step(job)
            stop.set()
            return write

        return once

    work_off(store, a_worker(handlers={JobKind.IMPORT: cut}), stop)
    with store.writing(a_manager()) as work:
        cancel(work, job_id)
    assert count(store, persons) == 100
    again, is_new = asked(store, content)
    assert (again == job_id, is_new) == (False, True)
    worked(store)
    # Without a birth date or a contact nobody could say that these are the same people.
    assert states(store, again) == {"known": 100, "written": 50}
    assert count(store, persons) == 150


def test_rows_that_were_put_right_elsewhere_are_taken_when_a_file_is_sent_again(
    store: Store,
) -> None:
    person = a_person(store)
    content = csv_of("persona;esito;data;offerta", f"{person};lavoro;03/11/2026;A1",
                     f"{person};casa;04/11/2026;")  # fmt: skip
    file = a_file(content, FileKind.OUTCOMES)
    first = imported(store, file)
    assert dict(first.report) == {"written": 1, "known": 0, "held": 0, "refused": 1}
    imported(store, a_file(csv_of(*VACANCIES), FileKind.VACANCIES))
    second = imported(store, file)
    assert dict(second.report) == {"written": 1, "known": 1, "held": 0, "refused": 0}
    with store.writing(a_manager()) as work:
        found = {one.kind: one.vacancy_id for one in outcomes_of(work, person)}
    assert set(found) == {OutcomeKind.WORK, OutcomeKind.HOME_KEPT}
    assert found[OutcomeKind.WORK] is not None


def test_somebody_who_is_on_file_is_known_by_name_and_birth_date_or_contact(store: Store) -> None:
    ada = a_person(store, birth_date=date(1971, 4, 2))
    eva = a_person(store, "Eva", telephone="333 000 1122", email="eva@x.it")
    content = csv_of(
        "nome;cognome;nato il;telefono;email",
        "Prova;Ada;02/04/1971;;",
        "Eva;Prova;;+39 3330001122;",
        "Eva;Prova;;;EVA@x.it",
        "Ada;Prova;02/04/1981;;",
        "Ada;Prova;;;",
        "Rosa;Verdi;;;eva@x.it",
        "Rosa;Neri;;;",
    )
    job = imported(store, content)
    said = {one.number: one for one in rows_said(store, job.id)}
    assert [str(said[n].state) for n in range(2, 9)] == [
        "known", "known", "known", "held", "held", "held", "written",
    ]  # fmt: skip
    assert [said[n].subject for n in (2, 3, 4)] == [ada, eva, eva]
    assert [said[n].others for n in (5, 6, 7)] == [(ada,), (ada,), (eva,)]
    assert all(said[n].code is ProblemCode.MIGHT_BE for n in (5, 6, 7))


def test_a_row_that_might_be_somebody_is_taken_where_whoever_sent_it_says_so(store: Store) -> None:
    a_person(store)
    job = imported(store, people("Ada;Prova;;"), similar=Similar.WRITE)
    assert states(store, job.id) == {"written": 1}
    assert named(store) == ["Ada", "Ada"]


def test_namesakes_of_one_file_are_not_taken_for_each_other(store: Store) -> None:
    lines = ("Ada;Prova;02/04/1971;", "Ada;Prova;03/05/1982;")
    job = imported(store, people(*lines))
    assert states(store, job.id) == {"written": 2}


def test_whoever_is_in_a_protected_file_is_like_nobody(store: Store) -> None:
    with store.writing(a_manager()) as work:
        contacts = Contacts(given_name="Ada", family_name="Prova", birth_date=date(1971, 4, 2))
        new = NewPerson(hub=LECCO, contacts=contacts, taken_on=date(2026, 1, 1), is_protected=True)
        add_person(work, new)
    job = imported(store, people(ADA))
    assert states(store, job.id) == {"written": 1}


def test_whoever_was_protected_since_is_told_of_no_more(store: Store) -> None:
    ada = a_person(store)
    job = imported(store, people("Ada;Prova;;"))
    assert rows_said(store, job.id)[0].others == (ada,)
    with store.writing(everybody()) as work:
        work.change(persons, {"is_protected": True}, persons.c.id == ada)
        work.tell(Act.CHANGE_PERSON, "person", None)
    assert rows_said(store, job.id)[0].others == ()


def test_whoever_was_erased_does_not_come_back_with_the_same_file(store: Store) -> None:
    job = imported(store, people("Ada;Prova;;", IDA))
    (row, _) = rows_said(store, job.id)
    with store.writing(a_manager()) as work:
        erase(work, row.subject or "", cause=Cause.ASKED)
    again = imported(store, people("Ada;Prova;;", IDA))
    assert again.id != job.id
    assert states(store, again.id) == {"known": 1, "refused": 1}
    assert rows_said(store, again.id)[0].subject is None
    assert named(store) == []


def test_vacancies_are_taken_once_by_their_number_or_by_what_they_say(store: Store) -> None:
    content = csv_of(*VACANCIES, ";Aiuto;Cerchiamo aiuto;", ";Aiuto;Cerchiamo altro;")
    job = imported(store, a_file(content, FileKind.VACANCIES))
    assert states(store, job.id) == {"written": 3}
    other = csv_of(*VACANCIES, "A2;Cuoco;Un altro;", ";Aiuto;Cerchiamo aiuto;")
    again = imported(store, a_file(other, FileKind.VACANCIES))
    assert states(store, again.id) == {"known": 2, "written": 1}
    with store.reading(a_manager()) as work:
        found = {one.external_id: one for one in list_vacancies(work)}
    assert found["A1"].expires_on == date(2026, 12, 31)
    assert (found["A1"].answer_hours, found["A1"].opened_on) == (30, date(2026, 11, 27))


def test_vacancies_of_a_company_are_apart_from_those_of_the_hub(store: Store) -> None:
    with store.writing(everybody()) as work:
        company = add_organisation(work, hub=LECCO, kind=OrganisationKind.AGENCY, name="Agenzia")
        theirs = add_organisation(work, hub=MERATE, kind=OrganisationKind.AGENCY, name="Altra")
    content = csv_of(*VACANCIES)
    imported(store, a_file(content, FileKind.VACANCIES))
    job = imported(store, a_file(content, FileKind.VACANCIES, organisation_id=company))
    assert states(store, job.id) == {"written": 1}
    assert count(store, vacancies) == 2
    for stranger in (theirs, "0b0f7f7e-8a3c-4f0e-9d43-3f1a2f6f9f10"):
        with pytest.raises(UnknownError):
            asked(store, a_file(content, FileKind.VACANCIES, organisation_id=stranger))
    with pytest.raises(InputError, match="Only vacancies"):
        a_file(people(ADA), organisation_id=company)


def test_an_outcome_is_of_somebody_of_the_hub_and_of_a_vacancy_that_is_there(
    store: Store,
) -> None:
    person = a_person(store)
    with store.writing(a_manager(MERATE)) as work:
        contacts = Contacts(given_name="Eva", family_name="Prova")
        elsewhere = add_person(
            work, NewPerson(hub=MERATE, contacts=contacts, taken_on=date(2026, 1, 1))
        )
    with store.writing(everybody()) as work:
        work.change(persons, {"state": "restricted"}, persons.c.id == person)
        work.tell(Act.CHANGE_PERSON, "person", None)
    other = a_person(store, "Ida")
    content = csv_of(
        "persona;esito;data;offerta",
        f"{elsewhere};lavoro;03/11/2026;",
        f"{person};lavoro;03/11/2026;",
        f"{other};lavoro;03/11/2026;ZZ",
        f"{other};lavoro;03/11/2026;",
    )
    job = imported(store, a_file(content, FileKind.OUTCOMES))
    assert [(one.number, str(one.code), one.field) for one in rows_said(store, job.id)] == [
        (2, "not_there", "person_id"), (3, "restricted", "person_id"), (4, "not_there", "vacancy"),
        (5, "None", ""),
    ]  # fmt: skip


def test_an_outcome_of_a_protected_file_is_taken_from_its_manager_alone(store: Store) -> None:
    with store.writing(everybody()) as work:
        for name in ("account-1", "account-2"):
            account(work, name)
        contacts = Contacts(given_name="Ada", family_name="Prova")
        person = add_person(
            work,
            NewPerson(
                hub=LECCO, contacts=contacts, taken_on=date(2026, 1, 1), is_protected=True,
                manager_id="account-1",
            ),
        )  # fmt: skip
    content = csv_of("persona;esito;data", f"{person};lavoro;03/11/2026")
    for name, said in (("account-2", {"refused": 1}), ("account-1", {"written": 1})):
        job_id, _ = asked(store, a_file(content, FileKind.OUTCOMES), actor=a_manager(name=name))
        worked(store)
        assert states(store, job_id) == said


def test_a_number_that_two_vacancies_have_names_neither(store: Store) -> None:
    with store.writing(everybody()) as work:
        company = add_organisation(work, hub=LECCO, kind=OrganisationKind.AGENCY, name="Agenzia")
    for file in (
        a_file(csv_of(*VACANCIES), FileKind.VACANCIES),
        a_file(csv_of(*VACANCIES), FileKind.VACANCIES, organisation_id=company),
    ):
        imported(store, file)
    content = csv_of("persona;esito;data;offerta", f"{a_person(store)};lavoro;03/11/2026;A1")
    job = imported(store, a_file(content, FileKind.OUTCOMES))
    assert [str(one.code) for one in rows_said(store, job.id)] == ["not_there"]


def test_a_workbook_is_imported_as_a_csv_is(store: Store) -> None:
    content = book_of([["nome", "cognome", "nato il"], ["Ada", "Prova", date(1971, 4, 2)]])
    assert states(store, imported(store, content).id) == {"written": 1}


def test_a_step_takes_so_many_rows_and_so_much_text(store: Store) -> None:
    long = "x" * 90_000
    lines = [f"{a_name(n)};Prova;{long if n < 7 else ''}" for n in range(120)]
    content = csv_of("nome;cognome;cv", *lines)
    job_id, _ = asked(store, content)
    steps: list[int] = []
    begin = a_worker().handlers[JobKind.IMPORT]

    def watched(work, job):  # type: ignore[no-untyped-def]
        step = begin(work, job)

        def watching(job):  # type: ignore[no-untyped-def]
            steps.append(job.done)
            return step(job)

        return watching

    worked(store, a_worker(handlers={JobKind.IMPORT: watched}))
    assert steps == [0, 3, 6, 106]
    assert states(store, job_id) == {"written": 120}


def test_what_is_kept_of_rows_holds_no_value_of_the_file(store: Store) -> None:
    content = people("Zenobia;Prova;31/02/1971;z@posta.example", ADA)
    imported(store, content)
    with store.reading(everybody()) as work:
        said = repr(work.rows(job_rows))
    assert "31/02" not in said
    assert "Zenobia" not in said


def test_a_hub_that_is_not_ones_own_is_not_imported_into(store: Store) -> None:
    with pytest.raises(UnknownError):
        asked(store, a_file(people(ADA), hub=MERATE), actor=a_manager(LECCO))


def test_what_was_read_in_texts_is_read_once_for_each_row_that_is_new(store: Store) -> None:
    content = people(ADA, EVA, IDA)
    imported(store, content)
    read: list[int] = []

    def reads(row, day):  # type: ignore[no-untyped-def]
        read.append(row.number)
        return WRITERS.read(row, day)

    handler = import_handler(replace(WRITERS, read=reads), lambda hub: PLACES)
    again, _ = asked(store, content)
    worked(store, a_worker(handlers={JobKind.IMPORT: handler}))
    assert read == []
    assert job_of(store, again).report["known"] == 2
