import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matching.errors import DataError
from tests.training.tabular.audited import markdown, people, repeated
from training.tabular.known_rules import KnownRule
from training.tabular.report import Audit, Without, audit, to_json
from training.tabular.scored import scored

RULE = KnownRule(
    column="age", at=30, what="An invented right", source="A law", valid_from=date(2000, 1, 1)
)


@pytest.fixture(scope="module")
def found() -> Audit:
    who, table = people(6000, seed=1, planted=0.2)
    table["rare"] = np.where(np.arange(6000) < 4, "seldom", "often")
    table.loc[4:30, "rare"] = None
    other = scored(np.clip(who.risk + 0.03, 0, 1), who.bad)
    return audit(
        who,
        table,
        declared=["sex", "area", "rare", "not there"],
        inputs=["age", "income"],
        rules=[RULE],
        without=Without(people=other, left_out=("age",)),
    )


def test_the_same_inputs_give_the_same_bytes(found: Audit) -> None:
    who, table = people(6000, seed=1, planted=0.2)
    table["rare"] = np.where(np.arange(6000) < 4, "seldom", "often")
    table.loc[4:30, "rare"] = None
    other = scored(np.clip(who.risk + 0.03, 0, 1), who.bad)
    again = audit(
        who, table, declared=["sex", "area", "rare", "not there"], inputs=["age", "income"],
        rules=[RULE], without=Without(people=other, left_out=("age",)),
    )  # fmt: skip
    assert to_json(found) == to_json(again)
    assert markdown(found) == markdown(again)


def test_the_document_says_what_was_audited_and_when_only_if_told(found: Audit) -> None:
    plain = json.loads(to_json(found))
    assert plain["as_of"] is None
    told = json.loads(to_json(found, hashes={"data": "00ff"}, as_of=date(2026, 11, 22)))
    assert told["hashes"] == {"data": "00ff"}
    assert told["as_of"] == "2026-11-22"
    assert told["audit"] == plain["audit"]
    assert plain["audit"]["rows"] == 6000
    assert plain["audit"]["bad"] + plain["audit"]["good"] == 6000
    # Every number of a group has its people, its interval and how it was found (F1).
    cells = [cell for group in plain["audit"]["groups"]["groups"] for cell in group["cells"]]
    wanted = {"metric", "value", "low", "high", "n", "positives", "negatives", "method", "verdict"}
    assert all(wanted <= set(cell) for cell in cells)


def test_no_row_and_no_small_group_is_in_the_document(found: Audit) -> None:
    text = to_json(found)
    assert 'rows": [' not in text
    rare = [
        g for g in json.loads(text)["audit"]["groups"]["groups"] if "rare = seldom" in g["name"]
    ]
    assert rare
    assert all(group["n"] is None and group["cells"] == [] for group in rare)
    assert found.suppressed >= 2


def test_a_finding_that_would_give_a_small_group_away_is_withheld() -> None:
    who, table = people(4000, seed=2)
    planted = np.arange(4000) < 400
    risk = np.where(planted, np.clip(who.risk + 0.4, 0, 1), who.risk)
    table["public"] = np.where(planted, "in", "out")
    # The declared column differs from the one that is found by four people.
    table["protected"] = np.where(np.arange(4000) < 404, "in", "out")
    found = audit(
        scored(risk, who.bad), table, declared=["protected"], inputs=["age"], skip=["protected"]
    )
    assert "public" not in {name for one in found.hidden.findings for name in one.columns}
    assert found.withheld >= 1


def test_it_is_said_whether_a_model_may_have_learnt_from_whom_it_foretells(found: Audit) -> None:
    assert json.loads(to_json(found))["audit"]["out_of_fold"] is True
    who, table = people(300, seed=4)
    other = audit(who, table, declared=[], inputs=["age"], out_of_fold=False)
    assert json.loads(to_json(other))["audit"]["out_of_fold"] is False


def test_inputs_that_are_not_there_and_other_rows_are_refused() -> None:
    who = repeated((0.1, 0, 30))
    table = pd.DataFrame({"a": ["x"] * 30})
    with pytest.raises(DataError, match=r"Inputs \['b'\] are no columns"):
        audit(who, table, declared=[], inputs=["b"])
    with pytest.raises(DataError, match="10 rows and 30 were scored"):
        audit(who, table.iloc[:10], declared=[], inputs=["a"])
    with pytest.raises(DataError, match="no rows"):
        audit(scored([], []), table.iloc[:0], declared=[], inputs=[])


def test_a_table_about_which_nothing_can_be_said_is_audited_all_the_same() -> None:
    who = scored(np.full(30, 0.1), np.full(30, np.nan))
    found = audit(who, pd.DataFrame({"a": [np.nan] * 30}), declared=["a"], inputs=["a"])
    assert (found.lost, found.leaks, found.hidden.findings) == (30, (), ())
    assert json.loads(to_json(found))["audit"]["lost"] == 30
    assert "not enough evidence" in markdown(found)


@pytest.mark.shared_data
def test_the_hundred_foreign_women_of_the_austrian_table_are_called_a_small_group(
    shared: Path,
) -> None:
    table = pd.read_csv(
        shared / "data" / "risk-austria-ubduration" / "austria_ubduration.csv"
    ).astype(float)
    bad = (table["duration_weeks"] > 52).to_numpy(dtype=float)
    who = scored(np.full(len(bad), bad.mean()), bad)
    found = audit(
        who, table, declared=["foreign", "marrstatus"], inputs=["age", "education"],
        skip=["duration_weeks", "ltu_52w"],
    )  # fmt: skip
    foreign = next(group for group in found.groups.groups if group.name == "foreign = 1")
    assert (foreign.n, foreign.positives, foreign.small) == (102, 8, True)
    text = markdown(found, outcome="more than 52 weeks without work")
    assert "Small groups, of which little can be said: foreign = 1" in text
    assert "At age = 50 the share with more than 52 weeks without work rises by" in text
