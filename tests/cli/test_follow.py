"""``follow``, as it is called: how paths stand, what is due, whom to call."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from matching.accompaniment.agreement import agreement_lines, happen
from matching.accompaniment.referrals import write_lines
from matching.domain import ContactChannel, ContactMade
from matching.domain.agreement import (
    Agreement,
    Attendance,
    Contested,
    DropReason,
    Proposer,
    Signed,
    StepAgreed,
    StepProposed,
    StepRefused,
)
from tests.accompaniment.agreement.agreements import (
    BY,
    DAY,
    INTERNSHIP,
    a_path,
    a_started_path,
    attended,
    on,
    proposed,
)
from tests.cli.conftest import Invoke


def written(folder: Path, path: Agreement) -> Path:
    file = folder / "percorso.jsonl"
    file.write_text("".join(f"{line}\n" for line in agreement_lines(path)), "utf-8")
    return file


def shown(invoke: Invoke, file: Path, days: int, *more: object) -> str:
    day = (DAY + timedelta(days=days)).isoformat()
    result = invoke("follow", file, "--as-of", day, *more)
    assert result.exit_code == 0, result.output
    return result.stdout if "--json" in more else " ".join(result.stdout.split())


def test_a_path_says_how_each_step_stands_and_a_no_with_its_reason(
    invoke: Invoke, tmp_path: Path
) -> None:
    own = StepProposed(step="mio", title="Orto", proposer=Proposer.PERSON, **on(1))
    path = a_path(
        proposed(),
        own,
        StepRefused(step="corso", reason=DropReason.CARE, **on(2)),
        Contested(own_words="Le date non vanno.", **on(2)),
        Signed(**on(3)),
    )
    said = shown(invoke, written(tmp_path, path), 3)
    for words in (
        "Percorso percorso-1, al 13/01/2027",
        "Passo corso: non si fa, o interrotto (cura di un familiare), dal 12/01/2027",
        "Orto: proposto, dal 11/01/2027; proposto dalla persona",
        "la persona non è d'accordo: «Le date non vanno.»",
        "La firma non cambia nulla.",
        "Nessun promemoria e nessuna chiamata da proporre.",
    ):
        assert words in said, words


def test_absences_propose_a_call_that_takes_nothing_away(invoke: Invoke, tmp_path: Path) -> None:
    path = attended(
        a_started_path(), (1, Attendance.PRESENT), (2, Attendance.ABSENT), (3, Attendance.ABSENT)
    )
    said = shown(invoke, written(tmp_path, path), 3)
    assert "presenze 1 su 3" in said
    assert "Passo corso: 2 assenze di fila (soglia del territorio: 2)" in said
    assert "non si toglie nulla" in said
    assert "Assunzione:" in said  # the territory's reason


def test_a_contact_ends_the_silence(invoke: Invoke, tmp_path: Path) -> None:
    file = written(tmp_path, a_started_path())
    assert "30 giorni senza una presenza o un contatto" in shown(invoke, file, 30)
    contact = ContactMade(
        person_id="p-01",
        on=DAY + timedelta(days=20),
        by=BY,
        channel=ContactChannel.PHONE,
        reached=True,
    )
    log = tmp_path / "contatti.jsonl"
    log.write_text("\n".join(write_lines([contact])), "utf-8")
    assert "giorni senza" not in shown(invoke, file, 30, "--contacts", log)
    tried = replace(contact, reached=False)
    log.write_text("\n".join(write_lines([tried])), "utf-8")
    assert "giorni senza" in shown(invoke, file, 30, "--contacts", log)


def test_internships_are_shown_with_what_they_lack_and_their_warnings(
    invoke: Invoke, tmp_path: Path
) -> None:
    path = a_path(proposed("tirocinio", **INTERNSHIP))
    file = written(tmp_path, happen(path, StepAgreed(step="tirocinio", **on(1))))
    record = {"id": "tirocinio-1", "person_id": "p-01", "promoter": "Ente", "allowance_eur": 100}
    records = tmp_path / "tirocini.jsonl"
    records.write_text(json.dumps({**record, "public_host": True}) + "\n", "utf-8")
    said = shown(invoke, file, 5, "--internships", records)
    assert "Tirocini: tirocinio-1: prima di cominciare manca: azienda o ente che ospita" in said
    assert "tirocinio-1: l'indennità è sotto il minimo regionale di 300 € al mese" in said
    # The reminder says what is still missing of this record, no longer everything.
    due = said.partition("Tirocini: ")[2].partition("Da fare")[2]
    assert "ente promotore" not in due
    row = json.loads(shown(invoke, file, 5, "--internships", records, "--json"))
    (found,) = row["internships"]
    assert (found["id"], found["started"]) == ("tirocinio-1", False)
    assert "promoter" not in found["lacking"]
    assert {"beyond": "allowance", "limit": 300} in found["warnings"]
    assert len(found["texts"]) == 1 + len(found["warnings"])


def test_json_is_one_line_per_path_with_reminders_in_words(invoke: Invoke, tmp_path: Path) -> None:
    path = a_path(proposed(), proposed("tirocinio", **INTERNSHIP))
    path = happen(path, StepAgreed(step="tirocinio", **on(1)))
    row: dict[str, Any] = json.loads(shown(invoke, written(tmp_path, path), 20, "--json"))
    assert (row["path"], row["signed_on"]) == ("percorso-1", None)
    assert [step["state"] for step in row["steps"]] == ["proposed", "agreed"]
    texts = {one["due"]: one["text"] for one in row["reminders"]}
    assert "senza risposta" in texts["answer"]
    assert "assicurazione contro gli infortuni" in texts["papers"]
    assert row["calls"] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [("{\n", "percorso.jsonl, line 1: not JSON"), (None, "after 2027-01-01: nothing later")],
)
def test_what_cannot_be_read_is_refused(
    invoke: Invoke, tmp_path: Path, content: str | None, said: str
) -> None:
    file = written(tmp_path, a_path())
    if content is not None:
        file.write_text(content, "utf-8")
    result = invoke("follow", file, "--as-of", "2027-01-01")
    assert result.exit_code == 1
    assert said in result.stderr
