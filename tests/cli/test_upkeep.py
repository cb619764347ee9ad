"""``duplicates`` and ``stale``, as they are called."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Invoke, Rows, write_rows

PERSONS: Rows = [
    {"id": "1", "name": "Ada Verdini", "born": "1985-03-12", "phone": "+39 333 0001122",
     "comune": "Lecco", "updated": "2026-10-01", "text": "Addetta alle pulizie, patente B."},
    {"id": 2, "name": "VERDINI Ada", "born": "12/03/1985", "phone": ["3330001122"],
     "comune": "097042", "sconosciuto": 3},
    {"id": "3", "name": "Ugo Neri", "born": None, "email": "ugo@posta.example",
     "comune": "Atlantide", "updated": "2025-01-31"},
    {"id": "4", "text": "Cuoco."},
]  # fmt: skip
JOB = (
    "Cerchiamo magazziniere per il deposito di zona: ricevimento dei bancali, controllo delle"
    " bolle, stoccaggio con il muletto, preparazione degli ordini e carico dei camion."
)
VACANCIES: Rows = [
    {"id": "a", "title": "Magazziniere", "text": f"{JOB} Candidature entro il 30 aprile.",
     "comune": "Lecco", "company": "Novalba srl", "opens": "2026-04-01"},
    {"id": "b", "title": "Magazziniere/a", "text": JOB, "comune": "Lecco", "company": "NOVALBA",
     "opens": "2026-11-20"},
    {"id": "c", "title": "Cuoca", "text": "Cerchiamo cuoca per la mensa."},
]  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> list[str | Path]:
    return [
        "--persons",
        write_rows(tmp_path / "P.jsonl", PERSONS),
        "--vacancies",
        write_rows(tmp_path / "V.jsonl", VACANCIES),
        "--as-of",
        "2026-11-22",
    ]


def rows(result: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_what_may_be_twice_is_proposed_as_json_lines(
    invoke: Invoke, files: list[str | Path]
) -> None:
    result = invoke("duplicates", *files, "--json")
    assert result.exit_code == 0, result.output
    person, vacancy = rows(result)
    assert (person["kind"], person["first"], person["second"]) == ("person", "1", "2")
    assert person["verdict"] == "very_likely"
    assert {"aspect": "comune", "text": "Comune: Lecco"} in person["agreements"]
    assert (vacancy["kind"], vacancy["first"], vacancy["second"]) == ("vacancy", "a", "b")
    assert {"aspect": "opens", "text": "Apertura: «01/04/2026» e «20/11/2026»"} in vacancy[
        "differences"
    ]


def test_what_may_be_twice_is_shown_to_people_who_decide(
    invoke: Invoke, files: list[str | Path]
) -> None:
    result = invoke("duplicates", *files)
    assert result.exit_code == 0, result.output
    shown = " ".join(result.stdout.split())
    for words in ("la stessa persona", "la stessa offerta", "molto probabile", "decide chi"):
        assert words in shown


def test_finding_nothing_is_said_and_is_no_error(invoke: Invoke, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "P.jsonl", PERSONS[1:])
    result = invoke("duplicates", "--persons", path)
    assert result.exit_code == 0
    assert "Non risultano" in result.stdout
    assert invoke("duplicates", "--persons", path, "--json").stdout == ""


def test_what_left_the_pool_is_said_with_since_when_and_what_helps(
    invoke: Invoke, files: list[str | Path]
) -> None:
    result = invoke("stale", *files, "--json")
    assert result.exit_code == 0, result.output
    left = {row["id"]: row for row in rows(result)}
    assert set(left) == {"3", "a"}
    assert (left["3"]["why"], left["3"]["since"]) == ("stale_profile", "2025-08-01")
    # "Entro il 30 aprile", in an advert of 1 April.
    assert (left["a"]["why"], left["a"]["since"]) == ("expired_vacancy", "2026-05-01")
    assert "cerca ancora" in left["a"]["text"]
    assert "restano (3): 2, 4, c" in result.stderr


def test_what_left_the_pool_is_shown_with_the_limits_of_the_territory(
    invoke: Invoke, files: list[str | Path]
) -> None:
    shown = " ".join(invoke("stale", *files).stdout.split())
    assert "01/05/2026" in shown
    assert "I limiti del territorio. Assunzione" in shown


def test_nothing_stale_is_said(invoke: Invoke, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "V.jsonl", VACANCIES[1:2])
    result = invoke("stale", "--vacancies", path, "--as-of", "2026-11-22")
    assert "Nessun profilo e nessuna offerta" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("command", ["duplicates", "stale"])
def test_a_command_without_any_file_is_used_wrongly(invoke: Invoke, command: str) -> None:
    result = invoke(command)
    assert result.exit_code == 2
    assert "Name a file" in result.stderr
    assert invoke(command, "--vacancies", "nessuno.jsonl").exit_code == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "1", "born": "31/02/1985"}', "line 1: field 'born' is no date"),
        ('{"id": "1", "born": "1785-02-01"}', "field 'born' is no date from 1900"),
        ('{"id": "1", "born": 1985}', "field 'born' must be a text, not int"),
        ('{"id": "1", "email": {"x": "segreta@posta.example"}}', "field 'email' must be a text"),
        ('{"id": "1", "phone": ["3330001122", 7]}', "field 'phone' must be a text, not int"),
        ('{"id": "1", "name": ["Ada"]}', "field 'name' must be a text, not list"),
        ('{"name": "Ada"}', "field 'id' is missing"),
        ('{"id": "a\\tb"}', "field 'id'"),
        ('{"id": "1"}\n{"id": 1}', "line 2: id '1' is already in"),
        ("[1]", "a JSON object is needed, not list"),
        ('{"id"', "not JSON"),
        ("[" * 100_000, "no reader takes"),
        ("\n", "no rows"),
    ],
)
def test_a_faulty_row_is_refused_by_line_and_field_and_tells_of_nobody(
    invoke: Invoke, tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "P.jsonl"
    path.write_text(line, "utf-8")
    result = invoke("duplicates", "--persons", path)
    assert result.exit_code == 1
    assert said in result.stderr
    for value in ("1985", "1785", "segreta", "3330001122", "Ada"):
        assert value not in result.stderr.replace("1980", "")


def test_a_file_that_is_not_utf_8_is_refused(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "P.jsonl"
    path.write_bytes(b'{"id": "1", "name": "Nicol\xf2"}')
    result = invoke("duplicates", "--persons", path)
    assert result.exit_code == 1
    assert "not UTF-8 at byte" in result.stderr
