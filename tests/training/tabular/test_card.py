import re

import numpy as np
import pandas as pd
import pytest

from tests.training.tabular.audited import people, repeated
from training.tabular.card import card
from training.tabular.markdown import p_value, safe, signed
from training.tabular.report import Audit, Without, audit
from training.tabular.scored import scored


@pytest.fixture(scope="module")
def found() -> Audit:
    who, table = people(6000, seed=1, planted=0.2)
    other = scored(np.clip(who.risk + 0.03, 0, 1), who.bad)
    return audit(
        who,
        table.rename(columns={"area": "area|<b>"}),
        declared=["sex", "area|<b>", "disability"],
        inputs=["age", "income"],
        without=Without(people=other, left_out=("age",)),
    )


def test_every_table_of_the_page_has_as_many_cells_in_every_row(found: Audit) -> None:
    width = 0
    tables = 0
    for line in card(found).splitlines():
        if not line.startswith("|"):
            width = 0
            continue
        cells = len(re.findall(r"(?<!\\)\|", line))
        tables += width == 0
        assert cells == (width or cells), line
        width = cells
    assert tables >= 8


def test_what_stands_out_comes_first_and_is_said_in_words(found: Audit) -> None:
    text = card(found)
    first = text.index("## What stands out")
    assert first < text.index("## Everybody") < text.index("## Declared groups")
    said = text[first : text.index("## Everybody")]
    assert "trait = 1: risk foretold too low" in said
    assert "found without being told which group" in said
    assert "Not in the table: disability." in said
    assert "which is not the same as that all is well" in said


def test_the_page_has_the_words_of_the_hub_and_never_calls_anything_fair(found: Audit) -> None:
    text = card(found, title="Rischio")
    assert text.startswith("# Rischio\n")
    assert "*rischio di cronicità*" in text
    assert "*persone*" in text
    assert "*esito*" in text
    assert not re.search(r"\b(?:fair|unbiased|compliant|compliance)\b", text, re.IGNORECASE)


def test_names_from_the_table_cannot_break_the_page(found: Audit) -> None:
    text = card(found)
    assert "<b>" not in text.replace(r"\<b\>", "")
    assert r"area\|\<b\> = a" in text
    assert safe("a\n# b") == r"a \# b"


def test_a_page_of_nothing_says_that_nothing_can_be_said() -> None:
    table = pd.DataFrame({"a": ["x"] * 40})
    text = card(audit(repeated((0.2, 0, 32), (0.2, 1, 8)), table, declared=[], inputs=["a"]))
    assert "Nothing, for the people and columns that there are." in text
    assert "No protected column was declared, or none is in the table" in text
    assert "No second model was given" in text
    assert "None was confirmed, which does not prove that there is none." in text


def test_numbers_are_said_with_their_sign_and_none_is_minus_nothing() -> None:
    assert (signed(0.1234), signed(-0.1), signed(None)) == ("+0.123", "-0.100", "–")
    assert p_value(0.05) == "0.050"
    assert p_value(1e-12) == "< 0.001"
