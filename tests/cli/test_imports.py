"""``import`` and ``export``, as called: what is told, what is taken, what comes back."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.screened import flat
from matching.domain.access import Act
from matching.interchange import read_table
from matching.operations.places import everywhere
from matching.store.tables import job_files, jobs, journal, outcomes, persons, vacancies
from tests.cli.installed import Home, home
from tests.databases import LECCO
from tests.interchange.files import book_of, csv_of

__all__ = ["home"]

HEAD = "nome;cognome;nato il;telefono;comune;cv;patente"
ADA = "Ada;Prova;02/04/1971;'+39 333 1234567;Lecco;Magazziniera con il muletto dal 2019;sì"
BAD = "Ida;Prova;31/02/1991;;Atlantide;;"
HUB = ("--hub", LECCO)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "elenco.csv"
    path.write_bytes(csv_of(HEAD, ADA, "=Eva;Prova;03/04/1981;;Merate;;no", encoding="cp1252"))
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "misto.csv"
    path.write_bytes(csv_of(HEAD, ADA, BAD, ";Rosa;;;;;"))
    return path


def told(home: Home, *arguments: object, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        home.run("import", *arguments, *HUB, "--json", code=code).stdout
    )
    return found


def test_a_preview_tells_how_a_file_is_read_and_writes_nothing(home: Home, mixed: Path) -> None:
    before = home.places.database and [path.stat().st_mtime_ns for path in [home.path / "hub.db"]]
    done = home.run("import", "persons", mixed, *HUB, "--preview")
    said = flat(done.stdout)
    assert "misto.csv: 3 righe (persone)" in said
    assert "given_name" in said
    assert "prima il giorno" in said
    assert "Da prendere: 1 di 3." in said
    assert "riga 3, nato il: «31/02/1991» non è una data come 31/12/2026" in said
    assert "riga 3, comune: «Atlantide» non è un comune" in said
    assert "Nulla è conservato" in said
    assert [path.stat().st_mtime_ns for path in [home.path / "hub.db"]] == before
    assert home.count(persons) == home.count(jobs) == 0


def test_people_are_taken_in_and_a_second_time_nothing_happens(home: Home, people: Path) -> None:
    first = told(home, "persons", people)
    assert (first["state"], first["rows"], first["written"], first["problems"]) == (
        "done",
        2,
        2,
        [],
    )
    assert home.count(persons) == 2
    again = home.run("import", "persons", people, *HUB)
    assert "già entrato tutto" in again.stderr
    assert home.count(persons) == 2
    assert home.count(job_files) == 0


def test_all_or_nothing_tells_what_is_wrong_and_takes_nothing(home: Home, mixed: Path) -> None:
    done = home.run("import", "persons", mixed, *HUB, code=1)
    said = flat(done.stdout)
    assert "riga 3, nato il: «31/02/1991»" in said
    assert "riga 4, nome: manca" in said
    assert "Nulla è entrato" in said
    assert home.count(persons) == 0
    assert not list(mixed.parent.glob("*.refused*"))


def test_rows_that_were_not_taken_are_written_corrected_and_sent_again(
    home: Home, mixed: Path
) -> None:
    first = told(home, "persons", mixed, "--good-rows")
    assert (first["written"], first["refused"]) == (1, 2)
    shown = ("row", "column", "value", "code")
    assert [tuple(one[name] for name in shown) for one in first["problems"]] == [
        (3, "nato il", "31/02/1991", "not_a_date"),
        (3, "comune", "Atlantide", "unknown_municipality"),
        (4, "nome", "", "missing"),
    ]
    refused = Path(first["refused_file"])
    assert refused == mixed.with_name("misto.refused.csv")
    assert refused.stat().st_mode & 0o077 == 0
    text = refused.read_text("utf-8-sig")
    assert "Problema" in text
    assert "nato il: non è una data come 31/12/2026; comune: non è un comune" in text
    corrected = text.replace("31/02/1991", "28/02/1991").replace("Atlantide", "Lecco")
    corrected = corrected.replace(";Rosa", "Anna;Rosa")
    refused.write_text(corrected, "utf-8-sig")
    again = told(home, "persons", refused, "--good-rows")
    assert (again["written"], again["refused"], again["refused_file"]) == (2, 0, None)
    assert home.count(persons) == 3
    # Another file of the same name does not replace the one that is there.
    mixed.write_bytes(csv_of(HEAD, BAD.replace("Ida", "Ivo")))
    other = told(home, "persons", mixed, "--good-rows", code=1)
    assert other["refused_file"].endswith("misto.refused-2.csv")


def test_columns_that_are_not_clear_are_asked_about_and_told_by_hand(
    home: Home, tmp_path: Path
) -> None:
    file = tmp_path / "strano.csv"
    file.write_bytes(csv_of("nome;cognome;Tel. casa;telefonno", "Ada;Prova;0341 123456;333"))
    done = home.run("import", "persons", file, *HUB, code=1)
    assert '--map "telefonno=telephone"' in flat(done.stdout)
    assert home.count(persons) == 0
    shown = told(
        home, "persons", file, "--preview", "--map", "Tel. casa=telephone", "--map", "telefonno="
    )
    assert shown["columns"]["Tel. casa"] == "telephone"
    assert shown["unread"] == ["telefonno"]
    assert home.run("import", "persons", file, *HUB, "--map", "casa", code=2)
    assert (
        "no column"
        in home.run("import", "persons", file, *HUB, "--map", "casa=email", code=2).stderr
    )


def test_a_file_with_what_may_not_be_collected_is_refused_by_column(
    home: Home, tmp_path: Path
) -> None:
    file = tmp_path / "vietato.csv"
    file.write_bytes(csv_of("nome;cognome;cittadinanza;diagnosi", "Ada;Prova;segreta;segretissima"))
    done = home.run("import", "persons", file, *HUB, code=1)
    assert "non si può raccogliere: salute" in flat(done.stdout)
    assert "segreta" not in done.output
    assert "segretissima" not in done.output


def test_whoever_might_be_on_file_is_held_until_somebody_looked(home: Home, tmp_path: Path) -> None:
    file, like = tmp_path / "uno.csv", tmp_path / "due.csv"
    file.write_bytes(csv_of(HEAD, ADA))
    like.write_bytes(csv_of("nome;cognome;telefono", "Ada;Prova;", "Rosa;Neri;3331234567"))
    home.run("import", "persons", file, *HUB)
    shown = told(home, "persons", like, "--preview")
    assert (shown["good"], shown["known"], shown["compared"]) == (2, 0, 2)
    assert [one["code"] for one in shown["problems"]] == ["might_be", "might_be"]
    held = told(home, "persons", like, "--good-rows", code=1)
    assert held["held"] == 2
    assert [len(one["others"]) for one in held["problems"]] == [1, 1]
    taken = told(home, "persons", like, "--good-rows", "--take-similar")
    assert taken["written"] == 2


def test_vacancies_and_outcomes_are_taken_in_too(home: Home, tmp_path: Path) -> None:
    offers = tmp_path / "offerte.xlsx"
    offers.write_bytes(
        book_of(
            [["codice", "titolo", "testo", "sede"],
             ["A1", "Magazziniere/a", "Carico e scarico merci, muletto", "Lecco"]],
            sheet="Offerte", more={"Note": [["altro"], ["x"]]},
        )
    )  # fmt: skip
    assert told(home, "vacancies", offers, "--sheet", "Offerte")["written"] == 1
    people = tmp_path / "persone.csv"
    people.write_bytes(csv_of(HEAD, ADA))
    home.run("import", "persons", people, *HUB)
    home.run("export", "persons", "--out", tmp_path / "fuori.csv", *HUB)
    table = read_table((tmp_path / "fuori.csv").read_bytes())
    person = table.rows[0].cells[table.headings.index("id valoriamo")]
    results = tmp_path / "esiti.csv"
    results.write_bytes(
        csv_of("id persona;esito;data;offerta", f"{person};lavoro;03/11/2026;A1",
               f"{person};lavoro;04/11/2026;B9")
    )  # fmt: skip
    found = told(home, "outcomes", results, "--good-rows")
    assert (found["written"], found["refused"]) == (1, 1)
    assert [(one["column"], one["value"]) for one in found["problems"]] == [("offerta", "B9")]
    assert (home.count(vacancies), home.count(outcomes)) == (1, 1)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_is_known_when_it_is_imported_again(
    home: Home, people: Path, tmp_path: Path, ending: str
) -> None:
    home.run("import", "persons", people, *HUB)
    out = tmp_path / f"fuori.{ending}"
    done = home.run("export", "persons", "--out", out, *HUB)
    assert "2 righe (persone)" in done.stderr
    assert out.stat().st_mode & 0o077 == 0
    table = read_table(out.read_bytes())
    rows = {row.cells[1]: dict(zip(table.headings, row.cells, strict=True)) for row in table.rows}
    assert rows["Ada"]["telefono"] == "+39 333 1234567"
    assert rows["Ada"]["comune"] == "Lecco"
    assert rows["=Eva"]["patente b"] == "no"
    if ending == "csv":
        assert ";'=Eva;" in out.read_text("utf-8-sig")
    again = told(home, "persons", out)
    assert (again["written"], again["known"]) == (0, 2)
    assert home.count(persons) == 2


def test_an_export_is_told_to_the_journal_and_replaces_nothing(
    home: Home, people: Path, tmp_path: Path
) -> None:
    home.run("import", "persons", people, *HUB)
    out = tmp_path / "fuori.csv"
    home.run("export", "persons", "--out", out, *HUB)
    assert "there already" in home.run("export", "persons", "--out", out, *HUB, code=1).stderr
    home.run("export", "persons", "--out", out, *HUB, "--force")
    with home.store() as store, store.reading(everywhere(store.engine)) as work:
        told = work.rows(journal, journal.c.act == Act.EXPORT_PEOPLE)
    assert [json.loads(one.detail) for one in told] == [{"count": 2}] * 2
    home.run("export", "persons", "--out", tmp_path / "fuori.ods", *HUB, code=2)
    home.run("export", "persons", "--out", tmp_path / "altro.csv", "--hub", "hub-x", code=2)


def test_a_hub_or_a_file_that_there_is_not_is_wrong_usage(home: Home, people: Path) -> None:
    assert "hub-x" in home.run("import", "persons", people, "--hub", "hub-x", code=2).stderr
    home.run("import", "persons", people.with_name("nulla.csv"), *HUB, code=2)
    home.run("import", "animals", people, *HUB, code=2)
    folder = home.run("import", "persons", people.parent, *HUB, code=1)
    assert "is a folder" in folder.stderr


def test_no_value_of_a_file_is_in_the_database_but_sealed(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "elenco.csv"
    file.write_bytes(csv_of(HEAD, "Zenobia;Segretissima;31/02/1971;;;;", "Zenobia;Segreta;;;;;"))
    home.run("import", "persons", file, *HUB, "--good-rows")
    for path in home.path.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert b"Zenobia" not in held, path
            assert b"31/02" not in held, path
