"""The installed command, run as a user runs it: in processes of its own."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import CV, write_rows

COMMAND = Path(sys.executable).with_name("valoriamo")
TEXTS = ["\n".join(CV), "Cuoca in mensa, HACCP. Italiano B2.", "Aiuto idraulico, patente B", ""]


@pytest.fixture(scope="module")
def environment(shared_cache: Path) -> dict[str, str]:
    # The home in which the shared service has left its index.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("VALORIAMO_")}
    return {**kept, "VALORIAMO_HOME": str(shared_cache.parent)}


def rank(folder: Path, out: str, people: int) -> list[str | Path]:
    vacancies = [{"id": f"v{i}", "text": text, "comune": "Lecco"} for i, text in enumerate(TEXTS)]
    persons = [{"id": f"p{i}", "text": TEXTS[i % 4]} for i in range(people)]
    return [
        COMMAND,
        "rank",
        "--vacancies",
        write_rows(folder / "V.jsonl", vacancies),
        "--persons",
        write_rows(folder / "P.jsonl", persons),
        "--out",
        folder / out,
        "--as-of",
        "2026-11-22",
    ]


def test_equal_inputs_give_equal_bytes_in_two_processes(
    environment: dict[str, str], tmp_path: Path
) -> None:
    for seed in ("1", "2"):
        run = subprocess.run(
            rank(tmp_path, f"{seed}.tsv", 12),
            env={**environment, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert (run.returncode, run.stdout) == (0, ""), run.stderr
    first = (tmp_path / "1.tsv").read_bytes()
    assert first == (tmp_path / "2.tsv").read_bytes()
    assert first.count(b"\n") == 1 + 4 * 12


def test_ctrl_c_ends_the_work_and_leaves_no_file(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with subprocess.Popen(
        rank(tmp_path, "scores.tsv", 5000),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        assert run.stderr is not None
        said = run.stderr.readline()
        os.killpg(run.pid, signal.SIGINT)
        out, rest = run.communicate(timeout=60)
    assert said.startswith("model: "), said + rest
    assert (run.returncode, out) == (130, "")
    assert "Traceback" not in rest
    assert sorted(path.name for path in tmp_path.iterdir()) == ["P.jsonl", "V.jsonl"]


def test_json_is_utf_8_in_its_file_whatever_the_terminal_and_its_bar(
    environment: dict[str, str], mixed: dict[str, Path], tmp_path: Path
) -> None:
    terminal, stderr = pty.openpty()
    with (tmp_path / "out.jsonl").open("wb") as stdout:
        run = subprocess.run(
            [COMMAND, "extract", mixed["ok"], mixed["empty"], mixed["last"], "--json"],
            env={**environment, "LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "TERM": "xterm"},
            stdout=stdout,
            stderr=stderr,
            timeout=120,
        )
    os.close(stderr)
    drawn = os.read(terminal, 1 << 16)
    os.close(terminal)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert run.returncode == 1, drawn
    assert [row["status"] for row in rows] == ["ok", "error", "ok"]
    assert rows[2]["file"].endswith("perché.txt")
    assert b"Loading" in drawn
