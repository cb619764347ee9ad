import numpy as np
import pandas as pd
import pytest

from matching.errors import InputError
from matching.models.spells import CENSORED, INACTIVE, WORK
from training.tabular.kinds import infer
from training.tabular.outcome import LabelTask, Outcome, SpellTask, read_outcome
from training.tabular.reading import raw_of


def labelled(cells: list[object], positive: str | None = None) -> Outcome:
    raw = raw_of(pd.DataFrame({"esito": cells, "x": range(len(cells))}))
    return read_outcome(raw, infer(raw), LabelTask(column="esito", positive=positive))


def spells(events: list[object], durations: list[object], *horizons: float) -> Outcome:
    raw = raw_of(pd.DataFrame({"fine": events, "durata": durations}))
    task = SpellTask(event="fine", duration="durata", horizons=horizons)
    return read_outcome(raw, infer(raw), task)


def test_a_label_is_a_spell_of_one_period_whose_good_end_is_work() -> None:
    outcome = labelled([1, 0] * 10)
    assert outcome.good is not None
    assert outcome.good.tolist() == [False, True] * 10
    assert outcome.bad(1).tolist() == [1.0, 0.0] * 10
    assert outcome.frame()["event"].tolist() == [CENSORED, WORK] * 10
    assert set(outcome.frame()["months"]) == {1}
    assert (outcome.ends, outcome.horizons, outcome.periods(1)) == ((1.0,), (1.0,), 1)


@pytest.mark.parametrize(
    ("cells", "positive", "bad"),
    [
        (["sì", "no"], None, "sì"),
        (["si", "no"], "no", "no"),
        (["psyemp", "psyump"], "PSYUMP", "psyump"),
        (["1.0", "0.0"], "0", "0"),
    ],
)
def test_the_positive_value_is_the_one_whose_risk_is_asked(
    cells: list[object], positive: str | None, bad: str
) -> None:
    outcome = labelled(cells * 10, positive)
    assert outcome.positive == bad
    wanted = [float(str(cell).removesuffix(".0") == bad) for cell in cells * 10]
    assert outcome.bad(1).tolist() == wanted


def test_rows_without_a_label_are_left_out_and_counted() -> None:
    outcome = labelled([1, "", 0, "NA"] * 10)
    assert outcome.rows.tolist() == [n for n in range(40) if n % 2 == 0]
    assert "20 rows without a label were left out." in outcome.notes
    assert outcome.frame().index.tolist() == outcome.rows.tolist()


@pytest.mark.parametrize(
    ("cells", "positive", "said"),
    [
        ([1] * 20, None, "has 1 values ('1') where two are needed"),
        ([""] * 20, None, "has 0 values"),
        ([1, 2, 3] * 10, None, "has 3 values ('1', '2', '3')"),
        (["a", "b"] * 10, None, "say with --positive"),
        (["a", "b"] * 10, "c", "--positive is 'c'"),
        ([1] * 20 + [0] * 9, None, "is '0' in 9 rows; at least 10"),
    ],
)
def test_a_label_that_is_none_is_refused(
    cells: list[object], positive: str | None, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        labelled(cells, positive)
    assert said in str(caught.value)


def test_spells_are_counted_in_periods_and_exits_in_the_one_they_are_in() -> None:
    outcome = spells(["1", "0", "2", "sì"] * 10, [3, 3, 2, 9] * 10, 6)
    assert outcome.ends == (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    assert outcome.event[:4].tolist() == [WORK, CENSORED, INACTIVE, WORK]
    # Who found work after the horizon was without it all through.
    assert outcome.frame().iloc[:4].to_numpy().tolist() == [
        [3, WORK], [3, CENSORED], [2, INACTIVE], [6, CENSORED],
    ]  # fmt: skip
    assert (outcome.good, outcome.positive, outcome.columns) == (None, "", ("fine", "durata"))


def test_bad_is_known_only_of_who_was_seen_so_long() -> None:
    outcome = spells(["1", "0", "2", "1", "0"] * 10, [3, 3, 2, 9, 6] * 10, 6, 3)
    assert np.array_equal(outcome.bad(6)[:5], [0, np.nan, 1, 1, 1], equal_nan=True)
    assert np.array_equal(outcome.bad(3)[:5], [0, 1, 1, 1, 1], equal_nan=True)
    assert outcome.horizons == (3, 6)


def test_rows_without_event_or_duration_are_left_out_and_counted() -> None:
    outcome = spells(["1", "", "0", "1"] * 10, [3, 3, "", 5] * 10, 5)
    assert len(outcome) == 20
    assert "20 rows without an event or a duration were left out." in outcome.notes


@pytest.mark.parametrize(
    ("events", "durations", "horizons", "said"),
    [
        (["1", "x"], [1, 2], (2,), "has the values '1', 'x'; write 1 for"),
        (["1", "2"], [1, 2], (2,), "0 for one still open"),
        (["1", "0"], [1, -2], (2,), "line 3: the duration 'durata' is '-2'"),
        (["1", "0"], [1, "due"], (2,), "is 'due'; durations are numbers"),
        (["0", "0"], [1, 2], (2,), "has 0 spells that ended in work"),
        (["1", "0"], [1, 2], (3,), "no spell in 'durata' was seen for 3, the longest for 2"),
        (["1", "0"], [1, 2], (), "give at least one"),
        (["1", "0"], [1, 2], (0.0,), "above 0"),
        (["1", "0"], [1, 2], (float("nan"),), "above 0"),
        (["1", "0"], [4, 8], (2,), "ask for a later one"),
    ],
)
def test_spells_that_cannot_be_are_refused(
    events: list[object], durations: list[object], horizons: tuple[float, ...], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        spells(events * 10, durations * 10, *horizons)
    assert said in str(caught.value)


def test_a_column_that_is_not_there_is_refused() -> None:
    raw = raw_of(pd.DataFrame({"a": [1, 0]}))
    with pytest.raises(InputError, match="--label: there is no column 'b'"):
        read_outcome(raw, infer(raw), LabelTask(column="b"))
    with pytest.raises(InputError, match="--duration: there is no column 'b'"):
        read_outcome(raw, infer(raw), SpellTask(event="a", duration="b", horizons=(1,)))


def test_durations_with_a_decimal_comma_are_read_as_the_column_was_judged() -> None:
    outcome = spells(["1", "0"] * 10, ["1.000", "2,5"] * 10, 5)
    assert outcome.duration[:2].tolist() == [1000.0, 2.5]
