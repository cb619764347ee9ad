"""``impact``, as it is called."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.accompaniment.impact import write_lines
from matching.domain import Measure, Need
from matching.domain.outcomes import AccountRecord, OwnAccount, UnfilledVacancy, UnmetNeed
from tests.accompaniment.impact.paths import a_home, a_job, a_path, an_outcome, many, records
from tests.cli.conftest import Invoke

ON = ("--as-of", "2026-11-28")
LECCO = "097042"


@pytest.fixture
def outcomes(tmp_path: Path) -> Path:
    paths = list(many(30, Measure.COURSE, municipality=LECCO)) + list(many(14, start="altri"))
    rows: list[Any] = list(paths)
    for number, path in enumerate(paths):
        rows.append(a_job(f"j{number}", path.id) if number % 2 else an_outcome(path.id, came=False))
    rows += [
        a_home("h1", "x001"),
        a_path("interrotto", Measure.FOOD, interrupted_on=date(2025, 4, 1)),
        a_job("ignoto", "x003", planned_days=None),
        AccountRecord(path_id="x001", month=6, told_on=date(2025, 8, 1), answer=OwnAccount.BETTER),
        UnmetNeed(person_id="x001", on=date(2025, 2, 1), municipality=LECCO, need=Need.MOBILITY),
        UnfilledVacancy(vacancy_id="v1", on=date(2025, 2, 1), municipality=LECCO),
    ]
    path = tmp_path / "esiti.jsonl"
    path.write_text("\n".join(write_lines(records(*rows))), "utf-8")
    return path


def plain(result: Any) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_the_screen_says_what_came_of_paths_and_what_it_does_not_say(
    invoke: Invoke, outcomes: Path
) -> None:
    shown = plain(invoke("impact", outcomes, *ON))
    for words in (
        "Che cosa è successo: Lecco, al 28/11/2026, dal 10/01/2025",
        "31 persone con almeno un passo accettato",
        "con un percorso interrotto: 1 (restano nei conti)",
        "15 opportunità di lavoro (almeno 30 giorni; i tirocini non contano), di 15 persone.",
        "Altri lavori di cui non si sa se contano, perché manca la durata: 1.",
        "1 opportunità di alloggio, di 1 persone.",
        "persone accompagnate: 0 su 500, entro il 09/01/2027.",
        "lavoro trovato, a 12 mesi: sì 50% (da 33% a 67%, intervallo del 95%), si sa di 30 persone",
        "tra chi non ha accettato: 50% (7 su 14)",
        "non è un effetto",
        "A 6 mesi, a detta delle persone: meglio 1",
        "Corso, senza lavoro da meno di 12 mesi",
        "grado B; dati di qui:",
        "qui i dati non bastano (esito noto di 0 con la misura, 0 senza)",
        "spostamenti, Lecco: nessun servizio per 1 persone.",
        "Offerte a cui nessuno corrisponde, professione non si sa, Lecco: 1.",
    ):
        assert words in shown, words


def test_json_has_everything_with_the_small_numbers(invoke: Invoke, outcomes: Path) -> None:
    result = invoke("impact", outcomes, "--json", *ON)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    work = next(row for row in found["outcomes"] if (row["outcome"], row["months"]) == ("work", 12))
    assert (work["yes"], work["no"], work["unknown"], work["share"]) == (15, 15, 1, 0.5)
    assert work["compared"]["followed"] == 14
    assert found["targets"][0]["target"] == "people_accompanied"
    assert {row["measure"] for row in found["effects"]} == {"course"}
    assert found["unmet_needs"][0]["people"] == 1


def test_the_evaluators_tables_hold_no_small_number_and_are_not_replaced_unasked(
    invoke: Invoke, outcomes: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "valutazione"
    assert invoke("impact", outcomes, "--out", folder, *ON).exit_code == 0
    document = json.loads((folder / "tables.json").read_text("utf-8"))
    assert document["tables"]["people"][0]["people_with_home"] is None
    assert (folder / "outcomes.csv").read_text("utf-8").startswith("outcome,months,by,")
    again = invoke("impact", outcomes, "--out", folder, *ON)
    assert again.exit_code == 1
    assert "there already" in again.output
    assert invoke("impact", outcomes, "--out", folder, "--force", *ON).exit_code == 0


def test_targets_count_from_the_day_that_is_given(invoke: Invoke, outcomes: Path) -> None:
    shown = plain(invoke("impact", outcomes, "--since", "2026-01-01", *ON))
    assert "persone accompagnate: 0 su 500, entro il 31/12/2026" in shown
    assert invoke("impact", outcomes, "--since", "ieri", *ON).exit_code == 2


def test_a_file_that_is_not_one_of_outcomes_is_refused(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "altro.jsonl"
    path.write_text('{"record": "story"}\n', "utf-8")
    result = invoke("impact", path, *ON)
    assert result.exit_code == 1
    assert "line 1" in result.output
    path.write_bytes(b"\xff\xfe{}")
    assert "not UTF-8" in invoke("impact", path, *ON).output
    assert invoke("impact", tmp_path / "nulla.jsonl", *ON).exit_code == 2
