import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Invoke, write_rows
from matching.accompaniment.fund.ledger_file import seal_path
from matching.accompaniment.fund.operation_rows import operation_row
from matching.api.examples import FUND_PROPOSAL
from matching.domain.fund import ClosePeriod
from tests.accompaniment.fund.test_publication import helped, people
from tests.accompaniment.fund.worlds import commit, day, gift, grant, open_line
from tests.cli.screened import flat

DAY = ["--as-of", "2026-12-10"]
ROWS = FUND_PROPOSAL["three"]["value"]["requests"]


@pytest.fixture
def requests(tmp_path: Path) -> Path:
    return write_rows(tmp_path / "richieste.jsonl", ROWS)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "registro.jsonl"


@pytest.fixture
def posted(invoke: Invoke, tmp_path: Path, ledger: Path) -> Callable[..., Any]:
    def run(*operations: Any) -> Any:
        rows = [operation_row(one) for one in operations]
        file = write_rows(tmp_path / "operazioni.jsonl", rows)
        return invoke("fund", "post", file, "--ledger", ledger)

    return run


HUB = {"hub": "territory"}
FIRST = (open_line(), gift(100_000, hub="territory"))


def test_a_proposal_is_shown_with_what_is_left_out_and_who_decides(
    invoke: Invoke, requests: Path
) -> None:
    done = invoke("fund", "propose", "--requests", requests, "--budget", 500, *DAY)
    assert done.exit_code == 0, done.stderr
    screen = flat(done.stdout)
    assert "Budget 500 €: proposti 470 € per 2 passi su 3 chiesti (persone: 1)." in screen
    assert "decide il comitato" in screen
    assert "Il budget va a passi che insieme aprono di più: mancano" in screen
    assert "1.000 euro in più aprirebbero" in screen
    assert "Minimo per il quarto di persone con il bisogno più alto" in screen


def test_json_of_a_proposal_is_one_object_alone_on_stdout(invoke: Invoke, requests: Path) -> None:
    done = invoke(
        "fund", "propose", "--requests", requests, "--budget", 500, "--quick", "--json", *DAY
    )
    row = json.loads(done.stdout)
    assert [one["id"] for one in row["funded"]] == ["p-01-1", "p-01-2"]
    assert row["budgets"] == []


def test_a_proposal_pays_from_the_lines_of_a_ledger(
    invoke: Invoke, requests: Path, ledger: Path, posted: Callable[..., Any]
) -> None:
    posted(*FIRST, commit(60_000, person="p-02", ambito="lecco", **HUB))
    done = invoke(
        "fund", "propose", "--requests", requests, "--budget", 500, "--ledger", ledger,
        "--quick", "--json", *DAY,
    )  # fmt: skip
    row = json.loads(done.stdout)
    assert {one["id"]: one["lines"] for one in row["funded"]} == {
        "p-01-1": [["dono@territory", 18_000]],
        "p-02-1": [["dono@territory", 15_750]],
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**ROWS[0], "risk": 1}, "line 1: risk"),
        ({**ROWS[0], "urgency": 9}, "line 1: urgency"),
        ({**ROWS[0], "ambito": "atlantide"}, "ambito = 'atlantide'"),
    ],
)
def test_a_request_that_cannot_be_read_is_refused_by_line_and_field(
    invoke: Invoke, tmp_path: Path, row: dict[str, Any], said: str
) -> None:
    file = write_rows(tmp_path / "r.jsonl", [row])
    done = invoke("fund", "propose", "--requests", file, "--budget", 1, *DAY)
    assert done.exit_code == 1
    assert said in done.stderr


def test_operations_are_entered_once_and_checked_from_end_to_end(
    invoke: Invoke, ledger: Path, posted: Callable[..., Any]
) -> None:
    assert "2 entered" in posted(*FIRST).stderr
    assert "0 entered" in posted(*FIRST).stderr
    done = invoke("fund", "check", "--ledger", ledger, "--json")
    row = json.loads(done.stdout)
    assert (row["entries"], row["closed_to"]) == (2, None)
    again = invoke("fund", "check", "--ledger", ledger, "--expect", row["digest"])
    assert "2 entries hold together" in again.stdout
    assert invoke("fund", "check", "--ledger", ledger, "--expect", "0" * 64).exit_code == 1


def test_a_refused_operation_enters_nothing_of_its_file(
    ledger: Path, posted: Callable[..., Any]
) -> None:
    posted(*FIRST)
    before = ledger.read_bytes(), seal_path(ledger).read_bytes()
    done = posted(gift(5, hub="territory"), commit(200_000, ambito="lecco", **HUB))
    assert done.exit_code == 1
    assert "are 100005" in done.stderr
    assert (ledger.read_bytes(), seal_path(ledger).read_bytes()) == before


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (gift(1, hub="altrove"), "hub 'altrove'"),
        (commit(1, ambito="altrove", **HUB), "ambito 'altrove'"),
    ],
)
def test_a_hub_or_ambito_that_is_not_the_territory_s_is_refused(
    posted: Callable[..., Any], operation: Any, said: str
) -> None:
    done = posted(*FIRST, operation)
    assert done.exit_code == 1
    assert said in done.stderr


def test_a_ledger_that_was_edited_fails_the_check(
    invoke: Invoke, ledger: Path, posted: Callable[..., Any]
) -> None:
    posted(*FIRST)
    ledger.write_text(ledger.read_text("utf-8").replace("100000", "900000", 1), "utf-8")
    done = invoke("fund", "check", "--ledger", ledger)
    assert done.exit_code == 1
    assert "was changed after it was written" in done.stderr


def test_a_statement_says_what_is_where(
    invoke: Invoke, ledger: Path, posted: Callable[..., Any]
) -> None:
    posted(*FIRST, commit(30_000, ambito="lecco", **HUB), grant(20_000))
    done = invoke("fund", "statement", "--ledger", ledger, "--json", *DAY)
    (row,) = json.loads(done.stdout)["lines"]
    assert (row["available"], row["committed"], row["granted"]) == (70_000, 10_000, 20_000)
    screen = flat(invoke("fund", "statement", "--ledger", ledger, *DAY).stdout)
    assert "700 €" in screen
    assert "tutto il territorio" in screen
    since = invoke("fund", "statement", "--ledger", ledger, "--since", "2026-11-04", "--json", *DAY)
    (moved,) = json.loads(since.stdout)["lines"]
    assert (moved["opening"], moved["granted"], moved["came_in"]) == (70_000, 20_000, 0)


def test_an_empty_ledger_says_so(invoke: Invoke, ledger: Path) -> None:
    assert "vuoto" in invoke("fund", "statement", "--ledger", ledger, *DAY).stdout
    assert not ledger.exists()


def test_what_anybody_may_see_hides_groups_of_few(
    invoke: Invoke, ledger: Path, posted: Callable[..., Any]
) -> None:
    mixed = [*people(20, "lecco"), *people(15, "merate", 20), *people(3, "bellano", 35)]
    operations = helped(mixed)
    for number, one in enumerate(operations):
        if hasattr(one, "hub"):
            operations[number] = type(one)(
                **{name: getattr(one, name) for name in one.__dataclass_fields__} | HUB
            )
    close = ClosePeriod(id="c", on=day(1, 12), year=2026, month=11)
    assert posted(*FIRST, *operations, close).exit_code == 0
    screen = flat(invoke("fund", "statement", "--public", "--ledger", ledger, *DAY).stdout)
    assert "38 persone, 380 €" in screen
    assert "Lecco: 20 persone, 200 €" in screen
    assert "Bellano: non si mostra" in screen
    assert "Merate: non si mostra" in screen
    row = invoke("fund", "statement", "--public", "--json", "--ledger", ledger, *DAY).stdout
    assert json.loads(row)["state"] == "ok"
    assert "p37" not in row
