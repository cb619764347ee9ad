import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError, InputError
from training.tabular.basis import QUANTILES, curve, knots, uncorrelated
from training.tabular.columns import Column, typed
from training.tabular.design import Design, Form
from training.tabular.kinds import infer
from training.tabular.reading import raw_of

FORMS = pytest.mark.parametrize("form", list(Form))


def everything(count: int = 1200) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    trade = rng.choice(["cuoco", "sarto", "autista"], count, p=[0.6, 0.3, 0.1]).astype(object)
    trade[:3] = "palombaro"
    trade[100:160] = None
    months = rng.gamma(2, 6, count).round(2)
    months[rng.random(count) < 0.1] = np.nan
    return pd.DataFrame(
        {
            "mesi": months,
            "salario": np.where(rng.random(count) < 0.4, 0, rng.normal(900, 200, count).round()),
            "figli": rng.integers(0, 4, count),
            "patente": rng.choice(["sì", "no"], count),
            "mestiere": trade,
            "colloquio": pd.Timestamp(2020, 1, 1)
            + pd.to_timedelta(rng.integers(0, 900, count), "D"),
        }
    )


def read(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Column, ...]]:
    raw = raw_of(frame)
    columns = infer(raw)
    return typed(raw, columns), columns


def learnt(form: Form, frame: pd.DataFrame | None = None) -> tuple[Design, pd.DataFrame]:
    table, columns = read(everything() if frame is None else frame)
    return Design.fit(table, columns, form=form), table


def labelled(design: Design, table: pd.DataFrame) -> pd.DataFrame:
    return design.transform(table).set_axis([one.label for one in design.outputs], axis=1)


def test_a_linear_design_has_curves_levels_and_the_unknown() -> None:
    design, _ = learnt(Form.LINEAR)
    assert [one.label for one in design.outputs] == [
        "mesi", "mesi, curve 1", "mesi, curve 2", "mesi, curve 3", "mesi is not known",
        "salario", "salario, curve 1", "salario is 0",
        "figli", "patente", "mestiere is 'sarto'", "mestiere is 'autista'",
        "mestiere is not known",
        "colloquio", "colloquio, curve 1", "colloquio, curve 2", "colloquio, curve 3",
    ]  # fmt: skip
    assert [one.key for one in design.outputs[:2]] == ["x1", "x2"]


def test_a_straight_design_has_lines_only() -> None:
    design, _ = learnt(Form.STRAIGHT)
    assert not [one.label for one in design.outputs if "curve" in one.label]
    assert len({one.source for one in design.outputs}) == 6


def test_a_design_for_trees_has_a_column_per_input_as_it_is() -> None:
    design, table = learnt(Form.TREES)
    made = labelled(design, table)
    assert made.columns.tolist() == table.columns.tolist()
    pd.testing.assert_series_equal(made["mesi"], table["mesi"])
    codes = made["mestiere"].groupby(table["mestiere"]).first()
    assert codes.to_dict() == {"cuoco": 0.0, "sarto": 1.0, "autista": 2.0, "palombaro": 3.0}
    assert made["mestiere"].isna().equals(table["mestiere"].isna())


@FORMS
def test_rows_keep_their_number_order_and_names(form: Form) -> None:
    design, table = learnt(form)
    order = np.random.default_rng(1).permutation(len(table))
    shuffled = table.iloc[order]
    pd.testing.assert_frame_equal(design.transform(shuffled), design.transform(table).iloc[order])


@FORMS
def test_what_is_not_known_is_nan_and_everything_else_finite(form: Form) -> None:
    design, table = learnt(form)
    nothing = np.zeros(len(table), dtype=bool)
    blank = pd.DataFrame({name: table[name].where(nothing) for name in table})
    made = labelled(design, blank)
    said = [name for name in made if name.endswith("is not known")]
    assert (made[said] == 1.0).all(axis=None)
    assert made.drop(columns=said).isna().all(axis=None)
    complete = table.dropna()
    complete = complete[complete["mestiere"] != "palombaro"]
    assert np.isfinite(design.transform(complete).to_numpy()).all()


@FORMS
def test_an_unseen_level_is_the_other_one_or_unknown(form: Form) -> None:
    design, table = learnt(form)
    row = table.dropna().iloc[[0]].assign(mestiere="astronauta")
    made = labelled(design, row)
    found = made[[name for name in made if name.startswith("mestiere")]].iloc[0].tolist()
    if form is Form.TREES:
        assert found == [3.0]
    else:
        assert np.array_equal(found, [np.nan, np.nan, 0.0], equal_nan=True)


def test_rare_levels_are_put_together() -> None:
    levels = ["a"] * 300 + ["b"] * 100 + [f"raro {n}" for n in range(60)]
    design, table = learnt(Form.LINEAR, pd.DataFrame({"x": levels}))
    made = labelled(design, table)
    assert made.columns.tolist() == ["x is 'b'", "x is another value"]
    assert made.sum().tolist() == [100.0, 60.0]


@FORMS
def test_endless_and_enormous_numbers_are_unknown(form: Form) -> None:
    design, table = learnt(form)
    row = table.dropna().iloc[[0] * 3].reset_index(drop=True)
    row["mesi"] = [np.inf, -1e300, 2e15]
    assert labelled(design, row)["mesi"].isna().all()


def test_beyond_the_usual_range_a_curve_is_level() -> None:
    design, table = learnt(Form.LINEAR)
    row = table.dropna().iloc[[0] * 2].reset_index(drop=True)
    row["mesi"] = [1e6, 1e9]
    made = design.transform(row)
    assert made.iloc[0].equals(made.iloc[1])


def test_the_columns_of_a_curve_are_uncorrelated_and_of_deviation_one() -> None:
    design, table = learnt(Form.LINEAR)
    made = labelled(design, table)
    bent = made[[name for name in made if name.startswith("mesi") and "known" not in name]]
    assert np.allclose(bent.dropna().cov(ddof=0), np.eye(4), atol=1e-8)
    assert np.allclose(bent.mean(), 0, atol=1e-8)


@FORMS
def test_a_design_is_read_back_from_its_text_as_it_was(form: Form) -> None:
    design, table = learnt(form)
    again = Design.from_json(design.to_json())
    assert again == design
    assert again.digest() == design.digest()
    pd.testing.assert_frame_equal(again.transform(table), design.transform(table))


def damaged(change: dict[str, Any], *, encoder: int | None = None) -> str:
    content = json.loads(learnt(Form.LINEAR)[0].to_json())
    (content if encoder is None else content["encoders"][encoder]).update(change)
    return json.dumps(content)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        damaged({"format": "other/1"}),
        damaged({"form": "circles"}),
        damaged({"more": 1}),
        damaged({"inputs": []}),
        damaged({"encoders": []}),
        damaged({"knots": [0.5, 0.2, 0.9]}, encoder=0),
        damaged({"low": 99.0, "high": 1.0}, encoder=0),
        damaged({"means": [0.0]}, encoder=0),
        damaged({"weights": [[1.0], [1.0, 2.0]]}, encoder=0),
        damaged({"type": "one_hot"}, encoder=0),
        damaged({"levels": ["cuoco", "sarto"]}, encoder=4),
        damaged({"low": "NaN"}, encoder=0),
        damaged({}).replace('"high": 1', '"high": NaN', 1).replace("0.0", "NaN", 1),
    ],
)
def test_a_damaged_design_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="design"):
        Design.from_json(text)


def test_a_table_that_lacks_an_input_is_refused_and_what_it_has_more_is_named() -> None:
    design, table = learnt(Form.TREES)
    with pytest.raises(InputError, match="lacks the inputs .'mesi'."):
        design.transform(table.drop(columns="mesi"))
    assert design.ignored(raw_of(everything(30).assign(altro=1))) == ("altro",)
    with pytest.raises(InputError, match="lacks the columns 'mesi'"):
        design.ignored(raw_of(everything(30).drop(columns="mesi")))


def test_texts_where_numbers_are_due_are_refused() -> None:
    design, table = learnt(Form.TREES)
    with pytest.raises(InputError, match="'mesi' holds object where numbers or dates are due"):
        design.transform(table.assign(mesi=pd.Series("x", index=table.index, dtype=object)))


def test_contributions_are_summed_by_input() -> None:
    design, table = learnt(Form.LINEAR)
    parts = design.transform(table.dropna()).iloc[:5]
    by_input = design.by_input(parts)
    assert by_input.columns.tolist() == [column.name for column in design.inputs]
    assert np.allclose(by_input.sum(axis=1), parts.sum(axis=1))
    with pytest.raises(DataError, match="'y' is no column of the design"):
        design.by_input(parts.rename(columns={"x1": "y"}))


def test_inputs_that_tell_nothing_apart_are_silent_and_none_at_all_is_refused() -> None:
    table, columns = read(everything())
    rows = table.iloc[:10].assign(mestiere=pd.Series("cuoco", index=table.index[:10], dtype=object))
    assert Design.fit(rows, columns, form=Form.LINEAR).silent == ("mestiere",)
    only = [column for column in columns if column.name == "mestiere"]
    with pytest.raises(DataError, match="tells the 10 rows apart"):
        Design.fit(rows, only, form=Form.LINEAR)


def test_a_number_that_hardly_ever_differs_says_whether_it_does() -> None:
    design, table = learnt(Form.LINEAR, pd.DataFrame({"x": [0] * 9970 + [*range(1, 31)]}))
    assert [one.label for one in design.outputs] == ["x is 0"]
    assert design.transform(table)["x1"].sum() == 9970


def test_a_curve_is_cubic_between_the_knots_and_straight_beyond() -> None:
    at = np.array(QUANTILES)
    grid = np.linspace(-0.5, 1.5, 2001)
    bent = curve(grid, at)
    second = np.diff(bent, n=2, axis=0)
    outside = (grid[1:-1] < at[0] - 0.01) | (grid[1:-1] > at[-1] + 0.01)
    assert np.allclose(second[outside], 0, atol=1e-9)
    assert np.abs(second[~outside]).max() > 1e-6
    # Without a corner: second derivatives have no jump at a knot.
    assert np.abs(np.diff(second, axis=0)).max() < 1e-4


@given(
    values=st.lists(st.floats(0, 1), min_size=3, max_size=60),
    few=st.booleans(),
)
def test_what_was_made_uncorrelated_is(values: list[float], few: bool) -> None:
    given = np.array(values)
    made = curve(given, knots(given, few=few))
    means, weights = uncorrelated(made)
    done = (made - means) @ weights
    assert done.shape[1] <= made.shape[1]
    assert np.allclose(done.T @ done / len(values), np.eye(done.shape[1]), atol=1e-4)
