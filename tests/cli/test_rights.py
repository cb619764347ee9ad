"""``rights``, ``incentives`` and ``assess``, as they are called."""

import json
from pathlib import Path
from typing import Any

import pytest

from matching.settings import shipped_data
from tests.cli.conftest import Invoke

SAMPLES = shipped_data() / "samples" / "household"
HOUSEHOLD, HIRE, ANSWERS = (
    SAMPLES / name for name in ("nucleo.json", "offerta.json", "risposte.json")
)
ON = ("--as-of", "2026-11-28")


def plain(result: Any) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def rows(result: Any) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def changed(folder: Path, source: Path, **parts: Any) -> Path:
    """A copy of a sample, some of its objects changed."""
    content = json.loads(source.read_text("utf-8"))
    for key, value in parts.items():
        content[key] = content[key] | value if isinstance(value, dict) else value
    path = folder / source.name
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_the_rights_of_the_sample_are_shown_with_the_reason_and_the_desk(invoke: Invoke) -> None:
    shown = plain(invoke("rights", HOUSEHOLD, *ON))
    for words in (
        "Misure pubbliche da verificare, al 28/11/2026",
        "qui non si decide chi ha diritto",
        "Supporto per la formazione e il lavoro (SFL) - probabile, da verificare",
        "Assegno di inclusione (ADI) - possibile, da verificare",
        "Da chiedere: Quanto è il reddito familiare",
        "Dove: CAF, patronato, servizi sociali.",
        "Non risulta, e cambierebbe la risposta: contributi negli ultimi 4 anni",
        "Da verificare, fonte non letta: L. 118/1971.",
        "Reddito di cittadinanza - non più in vigore",
        "Soglie lette fino al 31/12/2026.",
    ):
        assert words in shown, words


def test_no_screen_says_that_somebody_is_not_entitled(invoke: Invoke) -> None:
    shown = plain(invoke("rights", HOUSEHOLD, *ON)) + plain(invoke("incentives", HOUSEHOLD, *ON))
    for words in ("non ha diritto", "non spetta", "esclus", "rifiutat"):
        assert words not in shown.casefold()


def test_rights_as_json_carry_conditions_thresholds_and_sources(invoke: Invoke) -> None:
    found = {row["id"]: row for row in rows(invoke("rights", HOUSEHOLD, "--json", *ON))}
    adi = found["adi"]
    assert (adi["state"], adi["received"]) == ("possible", False)
    assert (adi["thresholds_from"], adi["thresholds_to"]) == ("2025-01-01", "2026-12-31")
    assert adi["conditions"][1] == {
        "ask": "isee",
        "text": "ISEE: al massimo 10.140 €",
        "truth": "holds",
    }
    assert {part["truth"] for part in adi["conditions"][0]["any_of"]} == {
        "holds",
        "fails",
        "unknown",
    }
    assert adi["desks"] == ["caf", "patronato", "social_services"]
    assert {row["state"] for row in found.values()} <= {
        "likely", "possible", "to_check", "unlikely", "expired",
    }  # fmt: skip


def test_the_thresholds_of_a_year_that_is_not_known_are_not_used(invoke: Invoke) -> None:
    shown = plain(invoke("rights", HOUSEHOLD, "--as-of", "2027-01-01"))
    assert "Assegno di inclusione (ADI) - da verificare" in shown
    assert "Le soglie di questa data non sono ancora qui." in shown


def test_a_personal_sheet_says_that_it_is_the_persons(invoke: Invoke) -> None:
    shown = plain(invoke("incentives", HOUSEHOLD, "--hire", HIRE, *ON))
    for words in (
        "Scheda personale sugli incentivi",
        "Solo la persona può darla a chi assume",
        "Questa assunzione potrebbe portare a chi assume:",
        "Bonus giovani - non più in vigore",
        "Lavoratori molto svantaggiati - probabile, da verificare",
        "DID al centro per l'impiego, da mesi: più di 12",
    ):
        assert words in shown, words
    (sheet,) = rows(invoke("incentives", HOUSEHOLD, "--hire", HIRE, "--json", *ON))
    assert (sheet["person_id"], sheet["vacancy_id"]) == ("persona", "magazziniere")
    assert sheet["notice"].startswith("Questa scheda è della persona")
    assert {row["id"] for row in sheet["statuses"]} >= {"disadvantaged", "very_disadvantaged"}


def test_the_general_list_of_a_vacancy_is_of_nobody(invoke: Invoke) -> None:
    shown = plain(invoke("incentives", "--hire", HIRE, *ON))
    assert "L'elenco non riguarda nessuna persona" in shown
    assert "Per chi: età: almeno 50 anni" in shown
    assert "Da sapere sull'offerta: Con questa assunzione crescono" in shown
    found = rows(invoke("incentives", "--hire", HIRE, "--json", *ON))
    for row in found:
        assert not {"person_id", "state", "conditions", "would_change", "questions"} & set(row)


def test_a_vacancy_that_brings_nothing_says_so(invoke: Invoke, tmp_path: Path) -> None:
    path = changed(tmp_path, HIRE, contract="internship")
    assert "non risultano incentivi" not in plain(invoke("incentives", "--hire", HIRE, *ON))
    # The expired bonus was for permanent jobs; on its last day it is not over yet.
    shown = plain(invoke("incentives", "--hire", path, "--as-of", "2026-04-30"))
    assert "Con questo contratto non risultano incentivi" in shown


def test_the_answers_of_the_sample_become_levels_with_what_is_left_to_ask(invoke: Invoke) -> None:
    shown = plain(invoke("assess", ANSWERS, *ON))
    for words in (
        "validi fino al 16/05/2027",
        "casa: urgente",
        "competenze: non si sa, forse serio",
        "Somma dei livelli: da 14 a 20 su 33; bisogni ancora aperti: 3.",
        "Da chiedere: Ha un medico di base?",
    ):
        assert words in shown, words
    (row,) = rows(invoke("assess", ANSWERS, "--json", *ON))
    assert row["need_score"] == {"low": 14, "high": 20, "unsettled": 3}
    assert (row["valid_until"], row["expired"]) == ("2027-05-16", False)
    assert row["answers"][0] == {
        "need": "work", "level": "serious", "up_to": None, "since": "2010-07-01", "to_ask": [],
        "suggested": False, "why": None, "evidence": None,
    }  # fmt: skip


def test_an_assessment_past_its_validity_is_asked_again(invoke: Invoke) -> None:
    shown = plain(invoke("assess", ANSWERS, "--as-of", "2027-05-17"))
    assert "La validità è finita: si chiede di nuovo." in shown
    assert "Da chiedere: Oggi ha un lavoro?" in shown


def test_an_assessment_with_every_answer_leaves_nothing_to_ask(
    invoke: Invoke, tmp_path: Path
) -> None:
    form = rows(invoke("assess", "--json"))
    answers = {asked["id"]: asked["answers"][0]["id"] for asked in form}
    shown = plain(invoke("assess", changed(tmp_path, ANSWERS, answers=answers), *ON))
    assert "Non resta nulla da chiedere." in shown
    assert "su 33." in shown


def test_the_questions_are_shown_without_answers(invoke: Invoke) -> None:
    shown = plain(invoke("assess"))
    assert "circa 15 minuti. Ogni domanda si può saltare." in shown
    assert "Oggi ha un lavoro? [work_now]" in shown


def test_a_command_without_what_it_needs_is_used_wrongly(invoke: Invoke, tmp_path: Path) -> None:
    assert invoke("incentives").exit_code == 2
    assert invoke("rights", tmp_path / "nessuno.json").exit_code == 2
    content = json.loads(HOUSEHOLD.read_text("utf-8"))
    del content["status"]
    path = tmp_path / "solo.json"
    path.write_text(json.dumps(content), "utf-8")
    assert invoke("incentives", path).exit_code == 2
    assert invoke("rights", path, *ON).exit_code == 0


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("household", {"isee_eur": "segreto"}, r"household.isee_eur must be a whole number"),
        ("household", {"religione": "segreto"}, r"household: 'religione' is no field of it"),
        ("household", {"members": []}, r"members must have ids that differ"),
        ("household", {"members": [{"id": "segreto", "relation": "child"}]}, r"'applicant'"),
        (
            "household",
            {"members": [{"id": "a", "relation": "applicant", "birth": "2030-01-01"}]},
            r"members[0].birth is after 2026-11-28",
        ),
        ("household", {"receives": ["adi", "segreto"]}, r"receives: number 2"),
        ("status", {"member": "segreto-2"}, r"who is no member"),
        ("status", {"declared_on": "2026-01-01"}, r"status.declared is 'no' beside a declared_on"),
        ("status", {"out_of_work": "segreto"}, r"status.out_of_work is not valid"),
        ("altro", 3, r"'altro' is no field of it"),
    ],
)
def test_a_faulty_household_is_refused_by_its_field(
    invoke: Invoke, tmp_path: Path, part: str, value: Any, said: str
) -> None:
    content = json.loads(HOUSEHOLD.read_text("utf-8"))
    content[part] = content[part] | value if part in content else value
    path = tmp_path / "n.json"
    path.write_text(json.dumps(content), "utf-8")
    assert invoke("incentives", path, *ON).exit_code == 1
    result = invoke("rights", path, *ON)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "segreto" not in result.stderr.replace("segreto-2", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "not JSON"),
        (b"[1]", "a JSON object is needed, not list"),
        (b'{"x": "\xf2"}', "not UTF-8 at byte"),
        (b"[" * 100_000, "not JSON"),
    ],
)
@pytest.mark.parametrize("command", ["rights", "assess"])
def test_a_file_that_is_no_json_object_is_refused(
    invoke: Invoke, tmp_path: Path, command: str, content: bytes, said: str
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    result = invoke(command, path)
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answers": []}, "answers and since must be JSON objects"),
        ({"answers": {"work_now": 3}}, "answers.work_now must be a text"),
        ({"since": {"lavoro": "2020-01-01"}}, "since is not valid"),
        ({"since": {"work": "ieri"}}, "since.work must be a day"),
        ({"author": None}, "author must be a text"),
        ({"note": "segreto"}, "'note' is no field of it"),
    ],
)
def test_faulty_answers_are_refused_by_their_field(
    invoke: Invoke, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    content = json.loads(ANSWERS.read_text("utf-8"))
    content |= change
    if "answers" in change and isinstance(change["answers"], dict):
        content["answers"] = change["answers"]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(content), "utf-8")
    result = invoke("assess", path, *ON)
    assert result.exit_code == 1
    assert said in result.stderr
