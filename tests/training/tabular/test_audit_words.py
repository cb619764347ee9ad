from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.training.tabular.audited import words
from training.tabular.intervals import Interval
from training.tabular.known_rules import KnownRule
from training.tabular.slices import slices
from training.tabular.table_model import TaskFile

ENGLISH, ITALIAN = words("en"), words("it")


def task(**given: object) -> TaskFile:
    known = {
        "label": "", "positive": "", "event": "", "duration": "", "horizon": 1.0, "periods": 1,
        "columns": (), "chosen": "lines", "estimator": "logistic",
    }  # fmt: skip
    return TaskFile(**{**known, **given})  # type: ignore[arg-type]


def test_numbers_have_the_marks_of_the_language() -> None:
    assert (ENGLISH.count(12345), ITALIAN.count(12345)) == ("12,345", "12.345")
    assert (ENGLISH.number(0.1234), ITALIAN.number(0.1234)) == ("0.123", "0,123")
    assert (ENGLISH.signed(1234.5, 0), ITALIAN.signed(1234.5, 0)) == ("+1,234", "+1.234")
    assert (ENGLISH.p(0.05), ITALIAN.p(1e-12)) == ("0.050", "< 0,001")


def test_nothing_is_minus_nothing_and_no_number_is_a_dash() -> None:
    assert [ENGLISH.signed(one) for one in (0.1234, -0.1, -0.0, None)] == [
        "+0.123", "-0.100", "+0.000", "–",
    ]  # fmt: skip
    assert ENGLISH.number(None) == "–"
    undefined = Interval(value=None, low=None, high=None, method="")
    assert ITALIAN.interval(undefined) == "non definito"


def test_an_interval_is_said_with_its_ends_where_it_has_them() -> None:
    found = Interval(value=0.1, low=0.05, high=0.2, method="")
    assert ENGLISH.interval(found) == "0.100 (0.050 to 0.200)"
    assert ITALIAN.interval(found) == "0,100 (da 0,050 a 0,200)"
    assert ENGLISH.interval(Interval(value=0.1, low=None, high=None, method="")) == "0.100"
    assert ITALIAN.difference(-0.1, -0.2, 0.0) == "-0,100 (da -0,200 a +0,000)"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("F", "F"),
        ("unknown", "non noto"),
        ("all other values", "tutti gli altri valori"),
        ("up to 27", "fino a 27"),
        ("from 56", "da 56 in su"),
        ("28 to 36", "da 28 a 36"),
        ("over 0.5", "oltre 0,5"),
        ("over -1.5 up to 2e+06", "oltre -1,5 e fino a 2e+06"),
        ("after 2021-03-01", "dopo il 2021-03-01"),
        ("after 2021-03-01 up to 2022-01-31", "dopo il 2021-03-01 e fino al 2022-01-31"),
        ("up to the neck", "up to the neck"),
    ],
)
def test_parts_of_columns_are_said_and_values_stay_as_they_are(value: str, said: str) -> None:
    assert ITALIAN.part(value) == said
    assert ENGLISH.part(value) == value


def test_all_parts_that_a_column_is_cut_into_are_said_in_italian() -> None:
    rng = np.random.default_rng(0)
    table = people_of(rng)
    for name in table:
        for label in slices(table[name]).labels:
            said = ITALIAN.part(label)
            assert not {"to", "up", "over", "after", "from", "unknown"} & set(said.split()), label


def people_of(rng: np.random.Generator) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "age": rng.integers(18, 65, 500).astype(float),
            "income": rng.lognormal(10, 1, 500),
            "day": pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 900, 500), "D"),
        }
    )
    table.loc[:20, "income"] = np.nan
    return table


@pytest.mark.parametrize(
    ("language", "said"), [("en", "a = x and b = up to 3"), ("it", "a = x e b = fino a 3")]
)
def test_a_group_is_said_by_its_columns(language: str, said: str) -> None:
    assert words(language).group(("a", "b"), ("x", "up to 3")) == said


def test_nobody_named_is_everybody() -> None:
    assert ITALIAN.group((), ()) == "tutte le persone"


def test_what_a_risk_is_of_is_said() -> None:
    assert ITALIAN.outcome(task(label="esito", positive="sì")) == "esito = sì"
    spells = task(event="uscita", duration="mesi", horizon=12.5)
    assert ITALIAN.outcome(spells) == "nessun esito «uscita» entro mesi = 12,5"
    assert ENGLISH.outcome(spells) == "no uscita by mesi = 12.5"


@pytest.mark.parametrize(
    ("last", "said"),
    [(None, "dal 1990-01-01"), (date(1993, 7, 31), "dal 1990-01-01 al 1993-07-31")],
)
def test_when_a_rule_held_is_said(last: date | None, said: str) -> None:
    rule = KnownRule(
        column="a", at=1, what="x", source="y", valid_from=date(1990, 1, 1), valid_to=last
    )
    assert ITALIAN.rule_dates(rule) == said
