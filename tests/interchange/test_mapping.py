import pytest

from matching.errors import InputError
from matching.interchange import FileKind, fields_of, map_columns, usable
from matching.interchange.refused import Ground, ground_of, normal_heading


def test_headings_are_known_however_they_are_written() -> None:
    found = map_columns(("NOME", " Cognome ", "Data di  Nascita", "e-mail"), FileKind.PERSONS)
    assert dict(usable(found)) == {
        "NOME": "given_name", " Cognome ": "family_name", "Data di  Nascita": "birth_date",
        "e-mail": "email",
    }  # fmt: skip


def test_a_column_that_is_nearly_known_is_proposed_and_not_read() -> None:
    found = map_columns(("nome", "cognome", "telefonno"), FileKind.PERSONS)
    (one,) = found.proposals
    assert (one.heading, one.field) == ("telefonno", "telephone")
    with pytest.raises(InputError, match="Nobody has confirmed.*telephone"):
        usable(found)
    headings = ("nome", "cognome", "telefonno")
    told = map_columns(headings, FileKind.PERSONS, {"Telefonno": "telephone"})
    assert usable(told)["telefonno"] == "telephone"
    ignored = map_columns(headings, FileKind.PERSONS, {"telefonno": ""})
    assert (dict(usable(ignored)), ignored.unread) == (
        {"nome": "given_name", "cognome": "family_name"}, ("telefonno",),
    )  # fmt: skip


def test_a_column_that_no_field_is_known_for_is_not_read_and_it_is_said() -> None:
    found = map_columns(("nome", "cognome", "squadra del cuore"), FileKind.PERSONS)
    assert found.unread == ("squadra del cuore",)
    assert "squadra del cuore" not in usable(found)


def test_without_a_name_nobody_can_be_taken_in() -> None:
    with pytest.raises(InputError, match="No column is family_name"):
        usable(map_columns(("nome", "telefono"), FileKind.PERSONS))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"altezza": "given_name"}, "a column that the file does not have"),
        ({"nome": "sex"}, "A field is given that persons do not have"),
        ({"nome": "email", "cognome": "email"}, "two columns"),
    ],
)
def test_what_is_told_of_columns_must_be_possible(told: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        map_columns(("nome", "cognome"), FileKind.PERSONS, told)


@pytest.mark.parametrize(
    ("heading", "ground"),
    [
        ("Sesso", Ground.SEX), ("M/F", Ground.SEX), ("genere", Ground.SEX), ("Età", Ground.AGE),
        ("cittadinanza", Ground.ORIGIN), ("Luogo di nascita", Ground.ORIGIN),
        ("nato a", Ground.ORIGIN), ("stato civile", Ground.FAMILY),
        ("figli a carico", Ground.FAMILY), ("Invalidità (%)", Ground.DISABILITY),
        ("L. 68/99", Ground.DISABILITY), ("diagnosi", Ground.HEALTH),
        ("religione", Ground.RELIGION),
        ("tessera sindacale", Ground.UNION), ("carichi pendenti", Ground.CONVICTIONS),
        ("Codice Fiscale", Ground.TAX_CODE), ("CF", Ground.TAX_CODE),
    ],
)  # fmt: skip
def test_a_column_that_the_law_protects_stops_the_file_even_if_told(
    heading: str, ground: Ground
) -> None:
    for told in ({}, {heading: ""}, {heading: "caution"}):
        found = map_columns(("nome", "cognome", heading), FileKind.PERSONS, told)
        assert [(one.heading, one.ground) for one in found.refused] == [(heading, ground)]
        with pytest.raises(InputError, match=str(ground)):
            usable(found)


def test_no_field_of_ours_is_refused_by_its_own_headings() -> None:
    for kind in FileKind:
        for field in fields_of(kind):
            for heading in (field.name, *field.headings):
                assert ground_of(heading) is None, (kind, heading)


def test_no_heading_means_two_fields_of_a_kind() -> None:
    for kind in FileKind:
        words = [
            normal_heading(word)
            for field in fields_of(kind)
            for word in {field.name.replace("_", " "), *field.headings}
        ]
        assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    "heading", ["genere di lavoro", "provenienza della segnalazione", "politiche attive", "note"]
)
def test_a_heading_that_only_sounds_like_it_is_not_refused(heading: str) -> None:
    assert ground_of(heading) is None
