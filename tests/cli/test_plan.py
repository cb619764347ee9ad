"""``plan``, as it is called: rights first, then steps in order, on screen and on paper."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.accompaniment.agreement import read_agreements
from matching.accompaniment.impact import read_lines as read_outcomes
from matching.domain.agreement import StepState
from matching.service import Service
from matching.settings import shipped_data
from tests.cli.conftest import Invoke

SAMPLES = shipped_data() / "samples" / "household"
CV, VACANCIES, HOUSEHOLD, ANSWERS = (
    SAMPLES / name for name in ("curriculum.txt", "offerte.jsonl", "nucleo.json", "risposte.json")
)
ON = ("--as-of", "2026-11-28")
WHOLE = (CV, "--vacancies", VACANCIES, "--answers", ANSWERS, "--household", HOUSEHOLD, *ON)


def plain(result: Any) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def one(result: Any) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture(scope="module")
def whole(invoke: Invoke) -> dict[str, Any]:
    return one(invoke("plan", *WHOLE, "--json"))


def test_the_sample_reads_as_a_manager_would_read_it(invoke: Invoke) -> None:
    """A person of 50, a son with a disability, no work since 2010, renting, on no measure."""
    shown = plain(invoke("plan", *WHOLE, "--name", "Persona di esempio"))
    in_order = (
        "Prima i diritti: misure pubbliche da verificare al 28/11/2026",
        "Supporto per la formazione e il lavoro (SFL): probabile, da verificare.",
        "Assegno di inclusione (ADI): possibile, da verificare. Dove: CAF, patronato",
        "Indennità di accompagnamento o di frequenza: da verificare.",
        "Aiuti per arretrati e sfratto",
        "Bisogni considerati: lavoro, casa, cibo, bilancio familiare, cura dei familiari",
        "Da chiedere ancora, senza risposta: competenze, salute.",
        "Percorso da proporre: Persona di esempio",
        "rifiutare un passo, o tutti, non costa nulla",
        "1. Aiuto per affitti arretrati",
        "15 minuti con i mezzi pubblici",
        "Perché: «Ne mancano tre o più» (L'affitto o il mutuo è in pari?)",
        "Chi decide la spesa: il comitato del fondo, perché supera 800 €",
        "2. Sportello assistenti familiari",
        "3. Spesa all'emporio solidale",
        "4. Accompagnamento al bilancio",
        "6. SPID, carta d'identità e servizi online",
        "Perché: «Con qualcuno accanto» (Riesce a fare senza aiuto le pratiche in rete",
        "7. Patentino del muletto",
        "Per «Magazziniere/a»: da",
        "Perché in questo punto: Questo passo si paga: prima si verifica se c'è un aiuto pubblico; "
        "dopo «Sportello assistenti familiari»",
        "Costo per il fondo, in tutto: 1375 €.",
        "o per un bisogno lieve; per ora non proposti: Abbonamento a treni e autobus, 210 €",
    )
    places = [shown.find(words) for words in in_order]
    assert -1 not in places
    assert places == sorted(places)
    # He goes by bus and that works; only its cost weighs at times: no bicycle, and no car journeys.
    for words in (
        "resta il 1°", "non ha diritto", "obbligo di", "rischio", "Bicicletta", "in auto",
    ):  # fmt: skip
        assert words not in shown


def test_care_and_food_are_answered_by_what_is_made_for_them(whole: dict[str, Any]) -> None:
    steps = {step["service"]: step for step in whole["steps"]}
    assert {"emporio", "sportello-assistenti-familiari", "arretrati-affitto"} <= set(steps)
    care = steps["sportello-assistenti-familiari"]["alternatives"][:3]
    assert "Sollievo per chi cura un figlio con disabilità" in care
    # Seeking another home would not pay the rent that is owed.
    assert steps["arretrati-affitto"]["alternatives"] == ["Microcredito sociale"]
    assert steps["arretrati-affitto"]["to_committee"]
    assert [one["choice"] for one in steps["arretrati-affitto"]["told"]] == ["more"]
    # The CV shows a licence B: neither its price nor its theory is proposed.
    assert {"buono-patente-b", "teoria-patente-facile"}.isdisjoint(steps)


def test_json_is_one_object_with_rights_steps_and_why_they_stand_there(
    whole: dict[str, Any],
) -> None:
    assert (whole["as_of"], whole["state"], whole["cost_eur"]) == ("2026-11-28", "ok", 1375)
    assert {right["id"] for right in whole["rights"]} >= {"adi", "sfl"}
    last = whole["steps"][-1]
    assert (last["service"], last["start"], last["ask_by"]) == (
        "patentino-carrello-feriale",
        "2026-12-14",
        "2026-12-04",
    )
    assert [rule["rule"] for rule in last["order"]] == ["rights_first", "care_first"]
    assert whole["files"] == []


def test_a_paid_step_is_left_out_over_the_budget(invoke: Invoke) -> None:
    found = one(invoke("plan", *WHOLE, "--budget", "100", "--json"))
    assert found["cost_eur"] <= 100
    assert {"patentino-carrello-feriale", "arretrati-affitto"} <= set(found["over_budget"])


def test_papers_are_written_in_every_language_and_the_path_as_events(
    invoke: Invoke, service: Service, tmp_path: Path
) -> None:
    out = tmp_path / "nuova" / "cartella"
    result = invoke("plan", *WHOLE, "--out", out, "--follows", "Anna Neri", "--name", "Aldo Prova")
    assert result.exit_code == 0, result.output
    names = {path.name for path in out.iterdir()}
    languages = {"it", "en", "fr", "ro", "ar"}
    assert {f"percorso.{one}.html" for one in languages} <= names
    assert {f"percorso.{one}.pdf" for one in languages - {"ar"}} <= names
    assert "percorso.ar.pdf" not in names
    assert "solo pagina web, senza PDF" in result.stderr
    data = (out / "percorso.it.pdf").read_bytes()
    said = " ".join(service.read_document(data, "percorso.it.pdf").text.split())
    for words in ("Per: Aldo Prova", "Con: Hub welfare di Lecco", "Anna Neri", "Nessun obbligo"):
        assert words in said
    lines = (out / "percorso.jsonl").read_text("utf-8").splitlines()
    (path,) = read_agreements(lines, name="percorso.jsonl")
    assert {step.state for step in path.steps} == {StepState.PROPOSED}
    assert path.steps[-1].proposal.follows == "Anna Neri"
    asked = out / "senza-risposta.jsonl"
    unmet = read_outcomes(asked.read_text("utf-8").splitlines(), name=asked.name).unmet
    assert [one.skill for one in unmet] == ["registrazione dei movimenti di magazzino"]
    assert {(one.municipality, one.on) for one in unmet} == {("097042", date(2026, 11, 28))}
    shown = plain(invoke("impact", asked, *ON))
    assert "registrazione dei movimenti di magazzino, Lecco: nessun servizio" in shown
    page = (out / "percorso.ar.html").read_text("utf-8")
    assert 'dir="rtl"' in page


def test_somebody_of_a_file_is_ranked_among_its_people(invoke: Invoke, tmp_path: Path) -> None:
    persons = tmp_path / "persone.jsonl"
    rows = [
        {"id": "p-1", "text": CV.read_text("utf-8")},
        {"id": "p-2", "text": "Mulettista con patentino, dal 2015 al 2025. Patente B."},
    ]
    persons.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    asked = ("plan", "p-1", "--persons", persons, "--vacancies", VACANCIES, *ON)
    shown = plain(invoke(*asked, "--needs", "food, care"))
    assert "Bisogni considerati: cibo, cura dei familiari." in shown
    assert "dal 2° al 1° posto" in shown or "il posto resta il" in shown
    assert "Prima i diritti: misure pubbliche" not in shown  # nobody's household was given
    assert "verificare con CAF, patronato o servizi sociali" in shown
    result = invoke("plan", "p-9", "--persons", persons, "--vacancies", VACANCIES, *ON)
    assert result.exit_code == 1
    assert "no person has the id 'p-9'" in result.stderr


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--needs", "foood"), "'foood' is no need"),
        (("--needs", "food", "--answers", ANSWERS), "not both"),
        (("--household", "nessuno.json"), "nessuno.json"),
        (("--budget", "-1"), "--budget"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_read(
    invoke: Invoke, more: tuple[object, ...], said: str
) -> None:
    result = invoke("plan", CV, "--vacancies", VACANCIES, *more)
    assert result.exit_code == 2
    assert said in result.output


def test_a_cv_that_cannot_be_read_is_refused_with_what_to_do(
    invoke: Invoke, tmp_path: Path
) -> None:
    empty = tmp_path / "vuoto.txt"
    empty.write_bytes(b"")
    result = invoke("plan", empty, "--vacancies", VACANCIES, *ON)
    assert result.exit_code == 1
    assert "has 0 bytes" in result.stderr
