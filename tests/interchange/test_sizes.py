"""A hundred thousand rows are read within so much memory, in a process of their own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from matching.interchange import csv_bytes, xlsx_bytes
from tests.repeats import in_full

MOST_MEGABYTES = 200  # of a hundred thousand rows
ROWS = 100_000 if in_full() else 20_000
MEASURED = """
import json, resource, sys
from pathlib import Path
from tests.interchange.files import rows_of

def most():
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would tell of the process that started this one
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024

content = Path(sys.argv[1]).read_bytes()
before = most()
found = rows_of(content)
print(json.dumps({"rows": len(found.rows), "problems": len(found.problems),
                  "megabytes": most() - before}))
"""


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_many_rows_are_read_within_so_much_memory(kind: str, tmp_path: Path) -> None:
    headings = ("nome", "cognome", "data di nascita", "telefono", "email", "comune")
    rows = (
        (f"Nome{n}", f"Cognome{n}", "02/04/1971", f"+39 333 {n:07}", f"n{n}@posta.example", "Lecco")
        for n in range(ROWS)
    )
    file = tmp_path / f"elenco.{kind}"
    file.write_bytes((csv_bytes if kind == "csv" else xlsx_bytes)(headings, rows))
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, file],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert (found["rows"], found["problems"]) == (ROWS, 0)
    assert found["megabytes"] < MOST_MEGABYTES * max(ROWS / 100_000, 0.3)
