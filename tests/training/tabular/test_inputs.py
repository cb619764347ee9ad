from typing import Any

import numpy as np
import pandas as pd
import pytest

from matching.errors import InputError
from tests.training.tabular.tables import judged, people
from training.tabular.inputs import Inputs, Reason, choose_inputs
from training.tabular.leaks import suspects


def chosen(frame: pd.DataFrame, **options: Any) -> Inputs:
    table, columns, outcome = judged(frame)
    return choose_inputs(table, columns, outcome, suspects(table, columns, outcome), **options)


def used(inputs: Inputs) -> list[str]:
    return [column.name for column in inputs.used]


def reasons(inputs: Inputs) -> dict[str, Reason]:
    return {one.column: one.reason for one in inputs.left_out}


def leaking() -> pd.DataFrame:
    frame = people()
    return frame.assign(stato=np.where(frame["esito"] == 1, "aperto", "chiuso"))


def with_age() -> pd.DataFrame:
    age = np.random.default_rng(1).integers(18, 60, 400)
    return people().assign(eta=age, fascia=[f"fascia {n}" for n in age])


def test_columns_that_say_nothing_are_left_out_with_the_reason() -> None:
    frame = people().assign(
        vuota="",
        sede="centro",
        id=range(100, 500),
        note=[f"la riga numero {n}" for n in range(400)],
    )
    inputs = chosen(frame)
    assert used(inputs) == ["mesi", "patente", "mestiere"]
    assert reasons(inputs) == {
        "esito": Reason.OUTCOME,
        "vuota": Reason.KIND,
        "sede": Reason.KIND,
        "id": Reason.KIND,
        "note": Reason.KIND,
    }


def test_a_sure_leak_is_refused_until_something_is_said_of_it() -> None:
    frame = leaking()
    with pytest.raises(InputError, match=r"Columns seem .*'stato'.*--drop-leaks"):
        chosen(frame)
    assert reasons(chosen(frame, drop_leaks=True))["stato"] is Reason.LEAK
    assert reasons(chosen(frame, exclude=["stato"]))["stato"] is Reason.EXCLUDED
    inputs = chosen(frame, allow=["stato"])
    assert "stato" in used(inputs)
    assert inputs.allowed == ("stato",)


def test_a_protected_column_is_no_input_unless_told_and_neither_is_its_copy() -> None:
    inputs = chosen(with_age())
    assert used(inputs) == ["mesi", "patente", "mestiere"]
    assert {reasons(inputs)[name] for name in ("eta", "fascia")} == {Reason.PROTECTED}
    assert inputs.protected == (("eta", "age"),)
    let_in = chosen(with_age(), allow=["eta"])
    assert {"eta", "fascia"} <= {*used(let_in)}
    assert let_in.allowed == ("eta",)
    # What was let in stays protected: audits go by it.
    assert let_in.protected == (("eta", "age"),)


def test_a_declared_column_is_protected() -> None:
    inputs = chosen(people(), declared=["mestiere"])
    assert reasons(inputs)["mestiere"] is Reason.PROTECTED
    assert inputs.protected == (("mestiere", "declared"),)


def test_the_second_of_two_equal_columns_is_left_out() -> None:
    frame = people()
    inputs = chosen(frame.assign(ancora=frame["mesi"]))
    assert reasons(inputs)["ancora"] is Reason.DUPLICATE


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"exclude": ["x"]}, "--exclude: there is no column 'x'"),
        ({"allow": ["x"]}, "--allow: there is no column 'x'"),
        ({"declared": ["x"]}, "--protected: there is no column 'x'"),
        ({"allow": ["mesi"], "exclude": ["mesi"]}, "--allow: 'mesi' is excluded"),
        ({"allow": ["esito"]}, "or the outcome itself"),
        ({"exclude": ["mesi", "patente", "mestiere"]}, "No column is left to learn from"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as caught:
        chosen(people(), **options)
    assert said in str(caught.value)
