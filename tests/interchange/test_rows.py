import uuid
from datetime import date

from matching.domain.outcomes import OutcomeKind
from matching.interchange import FileKind, OutcomeRow, PersonRow, VacancyRow
from tests.interchange.files import csv_of, rows_of


def problems(*lines: str, kind: FileKind = FileKind.PERSONS) -> list[tuple[int, str, str, str]]:
    found = rows_of(csv_of(*lines), kind)
    return [(one.number, str(one.code), one.column, one.detail) for one in found.problems]


def test_a_person_is_read_with_what_the_file_tells_and_nothing_else() -> None:
    content = csv_of(
        "Nome;Cognome;Nato il;Comune;Punto;CV;Patente;Ore settimanali",
        "Ada;Prova;02/04/1971;Lecco;Punto di Lecco;Magazziniera;;30",
    )
    assert rows_of(content).rows == (
        PersonRow(
            number=2, given_name="Ada", family_name="Prova", birth_date=date(1971, 4, 2),
            municipality="097042", point="punto-lecco", cv_text="Magazziniera",
            answers={"weekly_hours": 30},
        ),
    )  # fmt: skip


def test_every_problem_of_a_row_is_told_by_number_column_and_code_and_the_rest_is_read() -> None:
    lines = (
        "nome;cognome;nato il;email", "Ada;Prova;31/02/1971;ada@", "Eva;Prova;;", ";Prova;;x@y.it",
    )  # fmt: skip
    assert problems(*lines) == [
        (2, "not_a_date", "nato il", ""), (2, "not_an_email", "email", ""),
        (4, "missing", "nome", ""),
    ]  # fmt: skip
    found = rows_of(csv_of(*lines))
    assert [one.number for one in found.rows] == [3]
    assert found.refused == {2, 4}


def test_somebody_who_is_there_twice_is_taken_once_and_it_is_said_where() -> None:
    assert problems(
        "nome;cognome;nato il;email",
        "Ada;Prova;02/04/1971;",
        "PROVA;Ada;2/4/1971;ada@x.it",
        "Ada;Prova;03/04/1971;",
        "Ada;Prova;;ada@x.it",
        "Ada;Prova;;eva@x.it",
    ) == [(3, "twice", "", "2")]


def test_names_in_other_letters_are_told_apart() -> None:
    assert problems("nome;cognome", "Олена;Коваль", "Ірина;Коваль", "Олена;Коваль") == [
        (4, "twice", "", "2")
    ]


def test_a_vacancy_cannot_end_before_it_begins() -> None:
    head = "titolo;testo;dal;al;data di pubblicazione;scadenza"
    assert problems(
        head, "Cuoco;x;10/01/2027;09/01/2027;;", "Cuoco;x;;;02/01/2027;01/01/2027",
        kind=FileKind.VACANCIES,
    ) == [
        (2, "ends_before", "al", "dal"),
        (3, "ends_before", "scadenza", "data di pubblicazione"),
    ]  # fmt: skip


def test_vacancies_are_the_same_by_their_number_or_by_what_they_say() -> None:
    found = rows_of(
        csv_of("codice;titolo;testo", "A1;Cuoco;x", "A1;Aiuto;y", ";Cuoco;x", ";Cuoco;x"),
        FileKind.VACANCIES,
    )
    assert [one.number for one in found.rows] == [2, 4]
    assert all(isinstance(one, VacancyRow) for one in found.rows)
    assert [one.detail for one in found.problems] == ["2", "4"]


def test_an_outcome_is_read_by_the_words_of_a_hub() -> None:
    person = str(uuid.UUID(int=7))
    content = csv_of(
        "id persona;esito;data;offerta;note", f"{person.upper()};Assunzione;03/11/2026;A1;bene"
    )
    assert rows_of(content, FileKind.OUTCOMES).rows == (
        OutcomeRow(
            number=2, person_id=person, kind=OutcomeKind.WORK, happened_on=date(2026, 11, 3),
            vacancy="A1", note="bene",
        ),
    )  # fmt: skip


def test_what_a_row_says_of_somebody_is_in_no_representation() -> None:
    (one,) = rows_of(csv_of("nome;cognome;email", "Zenobia;Prova;z@posta.example")).rows
    assert "Zenobia" not in repr(one)
    assert "posta" not in repr(one)
