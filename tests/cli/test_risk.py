import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from matching.domain import ModelStamp
from matching.features.situation import SITUATION
from matching.service import Service
from tests.api.conftest import a_hazard
from training.cli import make_whole_app

DAY = ["--as-of", "2026-11-01"]
REFERENCE = tuple(number / 100 for number in range(101))


@pytest.fixture(scope="module")
def invoke(service: Service) -> Iterator[Any]:
    """Run one command on the service that all tests share, with a small risk model."""
    stamp = ModelStamp(name="risk", version=3, digest="ab" * 32)
    made = replace(service, risk=a_hazard(), risk_model=stamp, risk_reference=REFERENCE)

    def run(*arguments: object) -> Any:
        return CliRunner().invoke(make_whole_app(), [str(argument) for argument in arguments])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.service.build", lambda settings, **choice: made)
        yield run


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def rows_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


@pytest.fixture
def persons(tmp_path: Path) -> Path:
    return lines(
        tmp_path / "persone.jsonl",
        {"person_id": "anna", "driving_licence": False, "weekly_hours": 20},
        {"person_id": "bruno", "driving_licence": True},
    )


def test_situations_are_assessed_with_reasons_and_a_band(invoke: Any, persons: Path) -> None:
    done = invoke("risk", "assess", persons, *DAY)
    assert done.exit_code == 0, done.stderr
    assert "Priorità di accompagnamento: anna" in done.stdout
    assert "Fascia " in done.stdout
    assert "Non decide se aiutare" in " ".join(done.stdout.split())


def test_ages_are_refused_where_the_territory_keeps_them_out(
    invoke: Any, persons: Path, tmp_path: Path
) -> None:
    ages = lines(tmp_path / "eta.jsonl", {"person_id": "anna", "age": 47})
    refused = invoke("risk", "assess", persons, "--ages", ages, *DAY)
    assert refused.exit_code == 1
    assert "age = false" in refused.stderr
    wrong = lines(tmp_path / "altre.jsonl", {"person_id": "anna", "age": 470})
    refused = invoke("risk", "assess", persons, "--ages", wrong, *DAY)
    assert refused.exit_code == 1
    assert "line 1: age" in refused.stderr
    assert "470" not in refused.stderr
    assert invoke("risk", "assess", persons, "--ages", tmp_path / "none", *DAY).exit_code == 2


def test_the_local_demand_is_told_from_open_vacancies_and_who_searches(
    invoke: Any, tmp_path: Path
) -> None:
    trades = ["Cuoca dal 2015 al 2022."] * 2 + ["Magazziniere dal 2015 al 2022."] * 9
    people = lines(
        tmp_path / "cv.jsonl",
        *({"id": f"p{number}", "text": text} for number, text in enumerate(trades)),
    )
    vacancies = lines(
        tmp_path / "offerte.jsonl", {"id": "v1", "title": "Cuoco/a", "text": "Cerchiamo cuoco/a."}
    )
    asked = lines(
        tmp_path / "persone.jsonl",
        {"person_id": "p0"},
        {"person_id": "p5", "local_demand": 0.8},
        {"person_id": "altrove", "weekly_hours": 20},
    )
    told = ("--vacancies", vacancies, "--people", people, *DAY)
    done = invoke("risk", "assess", asked, "--json", *told)
    assert done.exit_code == 0, done.stderr
    assert "Local demand: 1 stated, 1 told from 1 vacancies, 1 unknown." in done.stderr
    reasons = [
        {factor["name"]: factor["text"] for factor in row["factors"]}
        for row in rows_of(done.stdout)
    ]
    assert reasons[0] == {
        "local_demand": "Quanto è richiesto il suo mestiere in zona, da 0 a 100: 91."
    }
    assert reasons[1]["local_demand"].endswith(": 80.")
    assert "local_demand" not in reasons[2]
    alone = invoke("risk", "assess", asked, "--vacancies", vacancies, *DAY)
    assert alone.exit_code == 2
    assert "give both" in " ".join(alone.stderr.split())


def test_json_is_a_line_for_each_person_in_the_given_order(invoke: Any, persons: Path) -> None:
    found = rows_of(invoke("risk", "assess", persons, "--json", *DAY).stdout)
    assert [row["person_id"] for row in found] == ["anna", "bruno"]
    assert found[0]["as_of"] == "2026-11-01"
    assert found[0]["priority"]["band"] in {"low", "medium", "high"}


def test_on_record_only_who_is_due_is_assessed_again(
    invoke: Any, persons: Path, tmp_path: Path
) -> None:
    record = tmp_path / "stime.jsonl"
    first = invoke("risk", "assess", persons, "--record", record, "--json", *DAY)
    assert "2 added" in first.stderr
    again = invoke("risk", "assess", persons, "--record", record, "--as-of", "2026-12-01")
    assert "2 assessments still stand; 0 are due" in again.stderr
    events = lines(
        tmp_path / "eventi.jsonl", {"person_id": "anna", "on": "2026-11-20", "event": "job_lost"}
    )
    third = invoke(
        "risk", "assess", persons, "--record", record, "--events", events, "--as-of", "2026-12-01"
    )
    assert "1 added" in third.stderr
    kept = rows_of(record.read_text("utf-8"))
    assert [(row["person_id"], row["because"]) for row in kept] == [
        ("anna", None),
        ("bruno", None),
        ("anna", "job_lost"),
    ]


def test_the_worklist_calls_by_its_rules_and_counts_the_others(
    invoke: Any, persons: Path, tmp_path: Path
) -> None:
    record = tmp_path / "stime.jsonl"
    invoke("risk", "assess", persons, "--record", record, *DAY)
    people = lines(
        tmp_path / "in-carico.jsonl",
        {"person_id": "anna", "since": "2026-10-20"},
        {"person_id": "bruno", "since": "2026-01-01", "last_contact": "2026-08-01"},
        {"person_id": "carla", "since": "2026-10-30"},
    )
    done = invoke("risk", "worklist", people, "--history", record, "--managers", 1, *DAY)
    assert done.exit_code == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert "Persone in carico: 3." in text
    assert "Nessun contatto da 92 giorni." in text
    assert "3. carla" in text or "2. carla" in text
    assert "non toglie nulla a nessuno" in text
    found = rows_of(invoke("risk", "worklist", people, "--history", record, "--json", *DAY).stdout)
    assert sorted(row["person_id"] for row in found) == ["anna", "bruno", "carla"]


def test_a_hub_without_assessments_still_has_a_list(invoke: Any, tmp_path: Path) -> None:
    people = lines(tmp_path / "p.jsonl", {"person_id": "anna", "since": "2026-10-20"})
    history = lines(tmp_path / "h.jsonl")
    done = invoke("risk", "worklist", people, "--history", history, *DAY)
    assert "Non c'è ancora una stima: serve un colloquio." in done.stdout


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"person_id": "a", "sex": "f"}, "line 1: sex"),
        ({"person_id": "a", "weekly_hours": 400}, "line 1: weekly_hours"),
        ({"weekly_hours": 20}, "line 1: person_id"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_line_and_field_without_its_value(
    invoke: Any, tmp_path: Path, row: dict[str, Any], said: str
) -> None:
    done = invoke("risk", "assess", lines(tmp_path / "p.jsonl", row), *DAY)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "400" not in done.stderr


def test_a_person_twice_is_refused(invoke: Any, tmp_path: Path) -> None:
    path = lines(tmp_path / "p.jsonl", {"person_id": "anna"}, {"person_id": "anna"})
    done = invoke("risk", "assess", path, *DAY)
    assert (done.exit_code, "'anna' is there twice" in done.stderr) == (1, True)


def test_a_damaged_record_is_refused_and_left_as_it_is(
    invoke: Any, persons: Path, tmp_path: Path
) -> None:
    record = tmp_path / "stime.jsonl"
    record.write_text('{"person_id": "an', "utf-8")
    done = invoke("risk", "assess", persons, "--record", record, *DAY)
    assert done.exit_code == 1
    assert "line 1: not JSON" in done.stderr
    assert record.read_text("utf-8") == '{"person_id": "an'


def test_the_register_names_every_input_and_what_never_enters(invoke: Any) -> None:
    done = invoke("risk", "inputs")
    text = " ".join(done.stdout.split())
    assert "Non entrano mai: sesso, cittadinanza" in text
    assert "L'età non entra" in text
    (row,) = rows_of(invoke("risk", "inputs", "--json").stdout)
    assert [one["name"] for one in row["inputs"]] == [column.name for column in SITUATION]
    assert row["age"] is False
