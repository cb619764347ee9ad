import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from matching.errors import InputError
from matching.features import PROTECTED
from matching.territory import LostAs, OutcomePolicy
from tests.training.histories import decision, history_with, spell
from training.history import History, read_history, write_history

OPENED = date(2025, 3, 1)
OUTCOME = OutcomePolicy(work_days=30, lost=LostAs.INACTIVE, reason="prova")
TABLES = ("people", "vacancies", "decisions", "spells")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    history = history_with(
        decisions=[
            decision("v1", "p1", OPENED, shown_on=date(2025, 3, 4)),
            decision("v1", "p2", OPENED),
        ],
        spells=[spell("p1", OPENED, date(2025, 5, 1), "work", weekly_hours=20, debt_stress=False)],
    )
    write_history(history, tmp_path)
    return tmp_path


def same(one: History, other: History) -> None:
    assert one.sheet == other.sheet
    for name in TABLES:
        first, second = getattr(one, name), getattr(other, name)
        assert list(first.columns) == list(second.columns)
        blank = pd.isna(first)
        assert blank.equals(pd.isna(second))
        assert (first.mask(blank, 0) == second.mask(blank, 0)).all(axis=None)


def test_a_history_comes_back_as_it_was_written(small_history: History, tmp_path: Path) -> None:
    write_history(small_history, tmp_path / "storia")
    same(read_history(tmp_path / "storia", outcome=OUTCOME), small_history)


def test_what_is_not_known_is_null_and_stays_none(folder: Path) -> None:
    row = json.loads((folder / "spells.jsonl").read_text("utf-8"))
    assert row["own_rating"] is None
    read = read_history(folder, outcome=OUTCOME).spells.iloc[0]
    assert (read["own_rating"], read["weekly_hours"], read["debt_stress"]) == (None, 20, False)


def test_a_synthetic_history_says_so_and_carries_nothing_protected(small_history: History) -> None:
    assert small_history.sheet.synthetic
    assert "synthetic" in small_history.sheet.origin
    for name in TABLES:
        assert not set(getattr(small_history, name).columns) & PROTECTED


def test_without_its_data_sheet_a_history_is_refused(folder: Path) -> None:
    (folder / "sheet.toml").unlink()
    with pytest.raises(InputError, match="No model learns from data without a data sheet"):
        read_history(folder, outcome=OUTCOME)


@pytest.mark.parametrize("field", ["origin", "gaps", "decided_after_days"])
def test_a_data_sheet_that_leaves_something_out_is_refused(folder: Path, field: str) -> None:
    path = folder / "sheet.toml"
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(field)]
    path.write_text("\n".join(kept), "utf-8")
    with pytest.raises(InputError, match=field):
        read_history(folder, outcome=OUTCOME)


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("people", {"sex": "f"}, "sex"),
        ("people", {"intake": "ieri"}, "line 1: intake"),
        ("people", {"text": None}, "line 1: text"),
        ("decisions", {"person_id": "p9"}, "'p9' is in no other file"),
        ("decisions", {"person_id": "p2"}, "a pair is there twice"),
        ("spells", {"event": "married"}, "'married' is none of"),
        ("spells", {"closed": "2025-01-01"}, "'p1' is closed before intake"),
        ("spells", {"weekly_hours": "many"}, "weekly_hours"),
    ],
)
def test_a_row_that_cannot_be_is_named(
    folder: Path, table: str, change: dict[str, object], said: str
) -> None:
    path = folder / f"{table}.jsonl"
    first, *rest = path.read_text("utf-8").splitlines()
    changed = json.dumps(json.loads(first) | change)
    path.write_text("\n".join([changed, *rest]) + "\n", "utf-8")
    with pytest.raises(InputError, match=said) as caught:
        read_history(folder, outcome=OUTCOME)
    assert table in str(caught.value)


@pytest.mark.parametrize("table", ["people", "vacancies", "spells"])
def test_an_identifier_given_twice_is_named(folder: Path, table: str) -> None:
    path = folder / f"{table}.jsonl"
    first = path.read_text("utf-8").splitlines()[0]
    with path.open("a", encoding="utf-8") as file:
        file.write(first + "\n")
    with pytest.raises(InputError, match="is there twice"):
        read_history(folder, outcome=OUTCOME)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_not_there_is_named(folder: Path, table: str) -> None:
    (folder / f"{table}.jsonl").unlink()
    with pytest.raises(InputError, match=rf"{table}\.jsonl: cannot be read"):
        read_history(folder, outcome=OUTCOME)


def test_exits_that_a_register_noted_say_how_spells_ended(folder: Path) -> None:
    row = json.loads((folder / "spells.jsonl").read_text("utf-8"))
    open_still = {**row, "event": "censored", "closed": "2025-12-31"}
    (folder / "spells.jsonl").write_text(json.dumps(open_still) + "\n", "utf-8")
    noted = {"person_id": "p1", "on": "2025-06-02", "kind": "contract", "days": 90}
    (folder / "exits.jsonl").write_text(json.dumps(noted) + "\n", "utf-8")
    read = read_history(folder, outcome=OUTCOME).spells.iloc[0]
    assert (read["event"], read["closed"]) == ("work", date(2025, 6, 2))


def test_an_exit_of_no_known_kind_is_refused_by_its_line(folder: Path) -> None:
    noted = {"person_id": "p1", "on": "2025-06-02", "kind": "stage", "days": None}
    (folder / "exits.jsonl").write_text(json.dumps(noted) + "\n", "utf-8")
    with pytest.raises(InputError, match=r"exits\.jsonl, line 1: kind"):
        read_history(folder, outcome=OUTCOME)
