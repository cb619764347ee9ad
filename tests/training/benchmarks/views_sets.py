"""A small invented set of job views, in the layout that the benchmark reads."""

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

Row = Sequence[str]

EXPERIENCE: Sequence[Row] = (
    ("Applicant.ID", "Position.Name", "City", "State.Code", "Job.Description", "Salary"),
    ("11", "Warehouse worker", "Springdale", "OH", "Loading, unloading,\nforklift driving", ""),
    ("11", "Picker", "Springdale", "OH", "", "9.5"),
    ("2", "Cook", "Saint Mary", "TX", "Cooking meals in a canteen", ""),
    ("3", "Waiter", "", "", "", ""),
)
INTERESTS: Sequence[Row] = (
    ("Applicant.ID", "Position.Of.Interest"),
    ("11", "Forklift driver"),
    ("11", "Forklift driver"),
    ("99", "Astronaut"),
)
VIEWS: Sequence[Row] = (
    ("Applicant.ID", "Job.ID", "View.Duration"),
    ("11", "j1", "20"),
    ("11", "j1", "5"),
    ("11", "j2", ""),
    ("2", "j4", "7"),
    ("98", "j3", "3"),
)
JOBS: Sequence[Row] = (
    ("Job.ID", "Title", "Position", "City", "State.Code", "Industry"),
    ("j1", "", "Forklift driver", "Springdale", "OH", ""),
    ("j2", "", "Warehouse worker", "Riverton", "OH", ""),
    ("j3", "", "Nurse", "Riverton", "OH", ""),
    ("j4", "", "Line cook", "St. Mary", "TX", ""),
    ("j5", "", "Teacher", "Springdale", "OH", ""),
    ("j6", "", "Accountant", "Riverton", "TX", ""),
)


def write_views(
    folder: Path,
    *,
    experience: Sequence[Row] = EXPERIENCE,
    interests: Sequence[Row] = INTERESTS,
    views: Sequence[Row] = VIEWS,
    jobs: Sequence[Row] = JOBS,
    gzipped: bool = True,
) -> Path:
    """Write the set; a test replaces the table that it is about."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: Mapping[str, Sequence[Row]] = {
        "experience": experience,
        "positions_of_interest": interests,
        "job_views": views,
        "jobs": jobs,
    }
    for name, rows in tables.items():
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        raw = text.getvalue().encode()
        path = folder / f"{name}.csv{'.gz' if gzipped else ''}"
        path.write_bytes(gzip.compress(raw) if gzipped else raw)
    return folder
