"""What a proof found, kept beside its question where `make prove` asks for it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "VALORIAMO_RECORD"


def record(experiment: str, results: Mapping[str, object]) -> None:
    """Write the results of a folder of experiments/, where VALORIAMO_RECORD names their place."""
    place = os.environ.get(VARIABLE)
    if place is not None:
        text = json.dumps(results, indent=2, ensure_ascii=False)
        (Path(place) / experiment / "results.json").write_text(text + "\n", encoding="utf-8")
