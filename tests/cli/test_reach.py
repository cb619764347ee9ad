"""``reach``, as it is called, and how what it counts is said."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from cli.conftest import CV, Invoke, Rows, pdf, write_rows
from matching.cli.reach_screen import gain_line, print_reach
from matching.domain.reach import Reach, ReachGain
from matching.service import Service
from matching.territory import ReachPolicy

POLICY = ReachPolicy(suitable=0.25, near_minutes=20, most_minutes=60, reason="prova")
VACANCIES: Rows = [
    {"id": "store", "title": "Magazziniere", "comune": "Lecco",
     "text": "Magazziniere con patentino del muletto, carico e scarico merci, inventario."},
    {"id": "kitchen", "title": "Aiuto cuoco", "comune": "Lecco",
     "text": "Aiuto cuoco per mensa: preparazione delle verdure, HACCP, pulizia della cucina."},
]  # fmt: skip


def reach(suitable: int, **changed: Any) -> Reach:
    values = {
        "near": 0,
        "near_minutes": 20,
        "unknown": 0,
        "expected": None,
        "monthly": None,
        "monthly_expected": None,
    }
    return Reach(suitable=suitable, **values | changed)


@pytest.fixture
def files(tmp_path: Path) -> list[str | Path]:
    cv = tmp_path / "cv.pdf"
    cv.write_bytes(pdf(CV))
    return [cv, "--vacancies", write_rows(tmp_path / "V.jsonl", VACANCIES), "--as-of", "2026-11-28"]


def test_what_each_service_opens_is_told_as_json_lines(
    invoke: Invoke, files: list[str | Path], service: Service
) -> None:
    result = invoke("reach", *files, "--json")
    assert result.exit_code == 0, result.output
    own, *services = map(json.loads, result.stdout.splitlines())
    assert own["person"] == "cv"
    assert own["suitable"] <= len(VACANCIES)
    assert service.catalogue is not None
    names = {one.slug for one in service.catalogue.services}
    assert {row["service"] for row in services} <= names
    gains = [row["suitable"] - own["suitable"] for row in services]
    assert gains == sorted(gains, reverse=True)
    assert all(len(row["opened"]) >= gain for row, gain in zip(services, gains, strict=True))


def test_a_usual_month_is_counted_where_the_past_is_given(
    invoke: Invoke, files: list[str | Path], tmp_path: Path
) -> None:
    past = write_rows(tmp_path / "L.jsonl", VACANCIES[:1])
    result = invoke("reach", *files, "--past", past, "--past-days", 60, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout.splitlines()[0])["monthly"] is not None
    shown = invoke("reach", *files, "--past", past, "--past-days", 60)
    assert "In un mese usuale" in shown.stdout
    alone = invoke("reach", *files, "--past", past)
    assert alone.exit_code == 1
    assert "--past and --past-days go together" in alone.stderr


def test_a_file_that_is_not_there_is_named(invoke: Invoke, files: list[str | Path]) -> None:
    result = invoke("reach", *files[:2], "nowhere.jsonl")
    assert result.exit_code == 2
    assert "nowhere.jsonl" in result.stderr


def test_a_gain_says_from_what_to_what(service: Service) -> None:
    gain = ReachGain(
        service="s",
        before=reach(4, monthly=2.0, expected=0.5),
        after=reach(17, near=6, monthly=5.5, expected=1.75),
        opened=("a",),
    )
    assert gain_line(gain, service.wording) == (
        "da 4 a 17 offerte adatte (6 entro 20 minuti); in un mese usuale da 2.0 a 5.5; "
        "candidature accolte attese, se proposta per tutte: da 0.5 a 1.8"
    )
    nothing = ReachGain(service="s", before=reach(4), after=reach(4), opened=())
    assert "non apre altre offerte" in gain_line(nothing, service.wording)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"known": False}, "prima si chiede, poi si conta"),
        ({"catalogue": None}, "non ha un catalogo"),
        ({}, "Nessun servizio del catalogo apre"),
    ],
)
def test_what_cannot_be_counted_is_said(
    service: Service, changed: dict[str, Any], said: str
) -> None:
    console = Console(file=io.StringIO(), width=100)
    options: dict[str, Any] = {
        "name": "Anna",
        "known": True,
        "counted": 9,
        "own": reach(4, unknown=2),
        "gains": [ReachGain(service="s", before=reach(4), after=reach(4), opened=())],
        "catalogue": service.catalogue,
        "taxonomy": service.taxonomy,
        "policy": POLICY,
    }
    print_reach(console, service.wording, **options | changed)
    assert said in " ".join(console.file.getvalue().split())  # type: ignore[attr-defined]
