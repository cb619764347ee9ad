"""What the proofs met when they were run in full: ``make prove`` keeps it in ``experiments/``.

``VALORIAMO_RECORD`` names where the folders of experiments are; without it, or in a sample,
nothing is written.
"""

import json
import os
import platform
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from matching.models.locks import locked
from tests.proofs.killing import KILLED, Ended, Point
from tests.recording import VARIABLE
from tests.repeats import in_full

BENCHMARK = "hub-proofs"
_FOLDER = "2026-11-hub-proofs"


def record(proof: str, database: str, **facts: Any) -> None:
    """Keep what a proof met on a database, in place of what it met before."""
    place = os.environ.get(VARIABLE)
    if place is None or not in_full():
        return
    path = Path(place) / _FOLDER / "results.json"
    # Several processes prove at once.
    with locked(path.with_suffix(".lock")):
        kept = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        proofs = kept.get("proofs", {})
        proofs.setdefault(proof, {})[database] = {**facts, "load": round(os.getloadavg()[0], 1)}
        found = {
            "benchmark": BENCHMARK,
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "proofs": dict(sorted(proofs.items())),
        }
        partial = path.with_suffix(".part")
        partial.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
        partial.replace(path)


def met(ends: Iterable[tuple[Point, Ended]]) -> dict[str, int]:
    """Where processes were killed, and what they had acknowledged until then."""
    every = list(ends)
    killed = [point for point, ended in every if ended.code == KILLED]
    return {
        "points": len(every),
        "killed_at_a_statement": sum(point.moment is not None for point in killed),
        "killed_by_the_clock": sum(point.seconds is not None for point in killed),
        "ended_before": len(every) - len(killed),
        "acknowledged": sum(len(ended.acknowledged) for _, ended in every),
    }
