import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment.fund.ledger import Ledger, post_all
from matching.accompaniment.fund.ledger_file import (
    Seal,
    append_entries,
    read_ledger,
    seal_path,
)
from matching.accompaniment.fund.operation_rows import KINDS, operation_row, read_operation
from matching.domain import Measure
from matching.domain.fund import (
    BuyWelfare,
    ClosePeriod,
    Correct,
    LineKind,
    Operation,
    Refund,
    Release,
    Repay,
    Transfer,
    WriteOff,
)
from matching.errors import FundError, LedgerError
from tests.accompaniment.fund.worlds import a_ledger, commit, day, gift, grant, loan, open_line

EVERY: tuple[Operation, ...] = (
    open_line("corsi", LineKind.CAMPAIGN, measures=(Measure.COURSE,), target_cents=5),
    gift(100),
    BuyWelfare(id="w", on=day(3), hub="h1", line="q", cents=9, left_cents=1, service="s",
               source="à"),
    commit(30_000),
    grant(20_000),
    Release(id="x", on=day(5), commitment="k", cents=1),
    Refund(id="y", on=day(6), commitment="k", cents=2),
    loan(20_000),
    Repay(id="b", on=day(5), loan="l", cents=3),
    WriteOff(id="ww", on=day(6), loan="l", cents=4, reason="è così"),
    Transfer(id="t", on=day(4), line="dono", from_hub="h1", to_hub="h2", cents=1, reason="x"),
    ClosePeriod(id="c", on=day(1, 12), year=2026, month=11),
    Correct(id="fix", on=day(9), entry="y", reason="x"),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registro.jsonl"


def written(path: Path, ledger: Ledger) -> Seal:
    return append_entries(path, ledger, Seal())


def test_every_kind_of_operation_is_written_and_read_as_it_was() -> None:
    assert {type(one) for one in EVERY} == set(KINDS.values())
    for operation in EVERY:
        row = json.loads(json.dumps(operation_row(operation)))
        assert read_operation(row, "riga") == operation


def test_a_ledger_is_read_as_it_was_written(path: Path) -> None:
    ledger = a_ledger(commit(30_000), grant(20_000))
    seal = written(path, ledger)
    found, again = read_ledger(path, expected=seal.digest)
    assert found.entries == ledger.entries
    assert dict(found.balances) == dict(ledger.balances)
    assert again == seal


def test_entries_are_added_after_those_that_are_there(path: Path) -> None:
    written(path, a_ledger())
    before = path.read_text("utf-8")
    ledger, seal = read_ledger(path)
    append_entries(path, post_all(ledger, (commit(30_000),)), seal)
    assert path.read_text("utf-8").startswith(before)
    assert len(read_ledger(path)[0].entries) == 5


def test_a_file_that_was_not_read_is_not_written_over(path: Path) -> None:
    written(path, a_ledger())
    with pytest.raises(LedgerError, match="was not read"):
        append_entries(path, a_ledger(), Seal())


def edited(path: Path, number: int, old: str, new: str) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert old in lines[number]
    lines[number] = lines[number].replace(old, new, 1)
    path.write_text("".join(lines), "utf-8")


def test_an_edited_amount_is_noticed(path: Path) -> None:
    written(path, a_ledger(commit(30_000)))
    edited(path, 2, "100000", "900000")
    with pytest.raises(LedgerError, match=r"line 3: was changed"):
        read_ledger(path)


@pytest.mark.parametrize("number", range(5))
def test_a_line_taken_out_is_noticed_wherever_it_was(path: Path, number: int) -> None:
    written(path, a_ledger(commit(30_000)))
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:number] + lines[number + 1 :]), "utf-8")
    with pytest.raises(LedgerError):
        read_ledger(path)


def test_lines_cut_off_at_the_end_break_the_seal(path: Path) -> None:
    written(path, a_ledger(commit(30_000), grant(20_000)))
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-2]), "utf-8")
    with pytest.raises(LedgerError, match="holds 4 entries, its seal says 6"):
        read_ledger(path)


def test_a_forged_file_and_seal_do_not_have_the_digest_that_was_kept_elsewhere(path: Path) -> None:
    kept = written(path, a_ledger(commit(30_000))).digest
    path.unlink()
    written(path, a_ledger())
    read_ledger(path)
    with pytest.raises(LedgerError, match=f"not {kept}"):
        read_ledger(path, expected=kept)


def test_an_entry_whose_seal_was_not_written_any_more_is_good(path: Path) -> None:
    seal = written(path, a_ledger())
    before = seal_path(path).read_text("utf-8")
    append_entries(path, a_ledger(commit(30_000)), seal)
    seal_path(path).write_text(before, "utf-8")
    assert len(read_ledger(path)[0].entries) == 5


def test_half_a_line_is_noticed(path: Path) -> None:
    written(path, a_ledger())
    path.write_text(path.read_text("utf-8")[:-20], "utf-8")
    with pytest.raises(LedgerError, match="not whole"):
        read_ledger(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [("[]\n", "no entry of a ledger"), ("{\n", "no JSON"), ('{"number": 1}\n', "no entry")],
)
def test_what_is_no_ledger_is_refused(path: Path, content: str, said: str) -> None:
    written(path, Ledger())
    path.write_text(content, "utf-8")
    with pytest.raises(LedgerError, match=said):
        read_ledger(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [("x", "no JSON"), ("[]", "no seal"), ('{"entries": true, "digest": ""}', "no seal")],
)
def test_what_is_no_seal_is_refused(path: Path, content: str, said: str) -> None:
    written(path, a_ledger())
    seal_path(path).write_text(content, "utf-8")
    with pytest.raises(LedgerError, match=said):
        read_ledger(path)


def test_a_ledger_without_its_seal_is_refused(path: Path) -> None:
    written(path, a_ledger())
    seal_path(path).unlink()
    with pytest.raises(LedgerError, match="seal: cannot be read"):
        read_ledger(path)


@given(position=st.integers(0, 10_000), byte=st.integers(32, 126))
def test_no_byte_can_be_changed_unnoticed(
    tmp_path_factory: pytest.TempPathFactory, position: int, byte: int
) -> None:
    path = tmp_path_factory.mktemp("registro") / "r.jsonl"
    written(path, a_ledger(commit(30_000)))
    data = bytearray(path.read_bytes())
    place = position % len(data)
    if data[place] == byte:
        return
    data[place] = byte
    path.write_bytes(bytes(data))
    with pytest.raises(FundError):
        read_ledger(path)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind": "steal"}, "kind = 'steal' is none of open_line"),
        ({"id": "x"}, "kind = None"),
        ({"kind": "grant", "id": "g", "on": "2026-11-01", "commitment": "k"}, "'cents' is missing"),
        ({**operation_row(grant(1)), "name": "x"}, "unknown field 'name'"),
        ({**operation_row(grant(1)), "cents": "1"}, "cents = '1' is not valid"),
        ({**operation_row(grant(1)), "cents": True}, "cents = 'True' is not valid"),
        ({**operation_row(grant(1)), "on": "ieri"}, "on = 'ieri' is not valid"),
        ({**operation_row(grant(1)), "on": "2026-13-01"}, "on = '2026-13-01' is not valid"),
        ({**operation_row(commit(1)), "measure": "gift"}, "one of course"),
        ({**operation_row(open_line()), "line": 3}, "line = '3'"),
        ({"kind": "open_line", "id": "o", "on": "2026-11-01",
          "line": {"code": "c", "kind": "donation", "name": "n", "measures": "course"}},
         "measures = 'course' is not valid; write a list"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_operation_is_refused_by_field_and_value(
    row: dict[str, object], said: str
) -> None:
    with pytest.raises(FundError, match="riga 7: .*"):
        read_operation(row, "riga 7")
    with pytest.raises(FundError) as error:
        read_operation(row, "riga 7")
    assert said in str(error.value)


def test_a_line_of_a_row_may_leave_out_what_it_does_not_restrict() -> None:
    row = {
        "kind": "open_line",
        "id": "o",
        "on": "2026-11-01",
        "line": {"code": "c", "kind": "donation", "name": "n"},
    }
    found = read_operation(row, "riga")
    assert found.on == date(2026, 11, 1)
    assert operation_row(found)["line"]["measures"] == []
