"""Whatever table is given: a design, or a refusal that says why; never another error."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError
from training.tabular import (
    Design,
    Form,
    LabelTask,
    SpellTask,
    choose_inputs,
    infer,
    raw_of,
    read_outcome,
    read_table,
    suspects,
    typed,
    unread,
)
from training.tabular.reading import SEPARATORS

Made = TypeVar("Made")
ROWS = 240
NAMES = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["età", "Perché no?", "👩‍🔧 lavoro", " a  b ", "a;b", 'vir"gola', "-1", "x1", "__class__", "NA"]
)
ODD = st.sampled_from(
    ["", "NA", "-", "inf", "-inf", "1e400", "9" * 30, "nan", "x", "0", "1.234", "1,5", "31/02/2024",
     "0007", "\t", "'", "=1+1", "\u200b", "𝟙", "½", "True", "1e-320"]
)  # fmt: skip
VALUES: tuple[st.SearchStrategy[str], ...] = (
    st.floats(allow_nan=True, allow_infinity=True).map(str),
    st.integers(-(10**20), 10**20).map(str),
    st.integers(0, 3).map(str),
    st.sampled_from(["sì", "no", ""]),
    st.sampled_from(["Roma", "Torino", "roma", "Forlì", "NA"]),
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.strftime("%d/%m/%Y")),
    st.text(max_size=20),
    st.just("uguale"),
    st.just(""),
    ODD,
)


@st.composite
def columns(draw: st.DrawFn) -> list[str]:
    """Cells of one kind, with odd ones and blanks among them; few drawn, so that many repeat."""
    usual = draw(st.lists(draw(st.sampled_from(VALUES)), min_size=1, max_size=25))
    odd = draw(st.lists(ODD, max_size=3))
    seed = draw(st.integers(0, 2**32 - 1))
    share = draw(st.sampled_from([0.0, 0.05, 0.4]))
    rng = np.random.default_rng(seed)
    cells = rng.choice(np.array(usual, dtype=object), ROWS)
    if odd:
        cells = np.where(
            rng.random(ROWS) < share, rng.choice(np.array(odd, dtype=object), ROWS), cells
        )
    return [str(cell) for cell in cells]


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """A table of any columns, a copy of one of them, a label, a leak and a spell."""
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    frame = pd.DataFrame({name: draw(columns()) for name in names}, dtype=object)
    seed = draw(st.integers(0, 1000))
    rng = np.random.default_rng(seed)
    label = rng.random(ROWS) < 0.4
    frame["copia"] = frame.iloc[:, 0]
    frame["§esito"] = np.where(rng.random(ROWS) < 0.02, "", label.astype(int).astype(str))
    frame["fuga"] = np.where(label, "dentro", "fuori")
    frame["durata"] = rng.integers(0, 30, ROWS).astype(str)
    return frame


TASKS = (
    LabelTask(column="§esito"),
    SpellTask(event="§esito", duration="durata", horizons=(6.0, 12.0)),
)


def or_refused(do: Callable[[], Made]) -> Made | str:
    """What comes of it, or what the refusal says."""
    try:
        return do()
    except DataError as refused:
        return str(refused)


def tried(frame: pd.DataFrame, task: Any, form: Form, *, drop: bool) -> Design:
    """The whole way from a table to a design, checked on the way."""
    raw = raw_of(frame)
    found = infer(raw)
    table = typed(raw, found)
    assert len(table) == len(raw)
    assert unread(raw, ()) == ()
    outcome = read_outcome(raw, found, task)
    known = suspects(table, found, outcome)
    inputs = choose_inputs(table, found, outcome, known, drop_leaks=drop)
    assert {one.name for one in inputs.used} | {one.column for one in inputs.left_out} == {
        *raw.names
    }
    return Design.fit(table.iloc[outcome.rows], inputs.used, form=form)


@given(
    frame=tables(),
    later=tables(),
    task=st.sampled_from(TASKS),
    form=st.sampled_from(list(Form)),
    drop=st.sampled_from([True, True, True, False]),
)
def test_any_table_gives_a_design_or_a_refusal(
    frame: pd.DataFrame, later: pd.DataFrame, task: Any, form: Form, drop: bool
) -> None:
    design = or_refused(lambda: tried(frame, task, form, drop=drop))
    if isinstance(design, str):
        assert len(design) > 20
        return
    raw = raw_of(frame)
    if isinstance(task, LabelTask):
        assert drop
        assert "fuga" not in {column.name for column in design.inputs}
    # The rows learnt from, and others: the same columns with cells of any other kind.
    other = pd.DataFrame(
        {
            column.name: later.iloc[:, place % later.shape[1]]
            for place, column in enumerate(design.inputs)
        }
    )
    for table in (raw, raw_of(other), raw_of(other.iloc[:1])):
        made = design.transform(typed(table, design.inputs))
        assert len(made) == len(table)
        assert not np.isinf(made.to_numpy()).any()
    back = Design.from_json(design.to_json())
    order = np.arange(ROWS)[::-1]
    turned = design.transform(typed(raw, design.inputs)).iloc[order]
    again = back.transform(typed(raw_of(frame.iloc[order]), design.inputs))
    assert np.array_equal(turned.to_numpy(), again.to_numpy(), equal_nan=True)


@given(
    frame=tables(),
    separator=st.sampled_from(SEPARATORS),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
)
def test_any_file_gives_its_rows_in_their_order_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, frame: pd.DataFrame, separator: str, encoding: str
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(frame.columns)
    writer.writerows(frame.to_numpy().tolist())
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(written.getvalue().encode(encoding, "replace"))
    raw = or_refused(lambda: read_table(path))
    if isinstance(raw, str):
        assert str(path) in raw
        return
    assert raw.separator == separator
    assert raw.frame["durata"].tolist() == frame["durata"].tolist()
    assert len(infer(raw)) == frame.shape[1]


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_a_table_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(content)
    raw = or_refused(lambda: read_table(path))
    if isinstance(raw, str):
        assert str(path) in raw
        return
    assert len(typed(raw, infer(raw))) == len(raw) > 0
    assert Path(raw.name) == path
