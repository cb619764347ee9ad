"""What is kept of proofs is what they met, and only where they were run in full."""

import json
from pathlib import Path

import pytest

from tests.proofs import recording
from tests.proofs.killing import KILLED, Ended, Point
from tests.proofs.recording import met, record


def test_what_a_proof_met_is_kept_beside_that_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALORIAMO_RECORD", str(tmp_path))
    folder = tmp_path / "2026-11-hub-proofs"
    folder.mkdir()
    monkeypatch.setattr(recording, "in_full", lambda: False)
    record("a", "sqlite", count=0)
    assert list(folder.iterdir()) == []
    monkeypatch.setattr(recording, "in_full", lambda: True)
    for proof, database, count in (
        ("a", "sqlite", 1), ("b", "sqlite", 2), ("a", "postgresql", 3), ("a", "sqlite", 4),
    ):  # fmt: skip
        record(proof, database, count=count)
    kept = json.loads((folder / "results.json").read_text("utf-8"))
    assert {
        (proof, database): facts["count"]
        for proof, found in kept["proofs"].items()
        for database, facts in found.items()
    } == {("a", "sqlite"): 4, ("a", "postgresql"): 3, ("b", "sqlite"): 2}


def test_without_a_place_for_it_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VALORIAMO_RECORD", raising=False)
    monkeypatch.setattr(recording, "in_full", lambda: True)
    monkeypatch.chdir(tmp_path)
    record("a", "sqlite", count=1)
    assert list(tmp_path.iterdir()) == []


def test_points_are_counted_by_how_a_process_ended_there() -> None:
    told = ({"key": 1}, {"key": 2})
    found = met(
        [
            (Point(moment=3), Ended(KILLED, told)),
            (Point(seconds=0.1), Ended(KILLED, ())),
            (Point(seconds=0.2), Ended(0, told[:1])),
        ]
    )
    assert found == {
        "points": 3,
        "killed_at_a_statement": 1,
        "killed_by_the_clock": 1,
        "ended_before": 1,
        "acknowledged": 3,
    }
