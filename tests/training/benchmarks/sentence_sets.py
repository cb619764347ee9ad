"""Small sets of sentences about the invented trade of moon keepers, in the layout of benchmarks."""

import csv
import gzip
import io
from collections.abc import Sequence
from pathlib import Path

Row = tuple[str, str]

LABELS = (
    "polish moons", "rake craters", "tide theory", "lunar tables", "speak Lunarian",
    "catch comets", "count stars", "paint rings",
)  # fmt: skip
# Each label in four sentences, two of them in its very words.
_FRAMES = ("You will {} daily", "We ask you to {}", "{} is part of the work", "Ready to {}?")
VALIDATION: tuple[Row, ...] = tuple(
    (frame.format(label), label) for label in LABELS for frame in _FRAMES
)
TEST: tuple[Row, ...] = (
    ("Polish our moons until they shine", "polish moons"),
    ("Raking craters, counting stars", "rake craters"),
    ("Raking craters, counting stars", "count stars"),
    ("Nice colleagues", "LABEL NOT PRESENT"),
)


def write_sentences(
    folder: Path,
    *,
    labels: Sequence[str] | None = LABELS,
    test: Sequence[Row] | None = TEST,
    validation: Sequence[Row] | None = VALIDATION,
    header: Row = ("sentence", "label"),
    part: str = "moon",
) -> Path:
    """Write a set; a test replaces the part it is about, None leaves a file out."""
    folder.mkdir(parents=True, exist_ok=True)
    if labels is not None:
        packed = gzip.compress("\n".join(labels).encode(), mtime=0)
        (folder / "skills_en_label.txt.gz").write_bytes(packed)
    for split, rows in (("test", test), ("validation", validation)):
        if rows is not None:
            text = io.StringIO()
            csv.writer(text).writerows([header, *rows])
            (folder / f"{part}_{split}_annotations.csv").write_text(text.getvalue(), "utf-8")
    return folder
