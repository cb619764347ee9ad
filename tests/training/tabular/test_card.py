import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.training.tabular.audited import markdown, people, repeated, words
from training.tabular.card import card
from training.tabular.page import Curve, Heading, Paragraph, Rows
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


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_table_of_the_page_has_as_many_cells_in_every_row(
    found: Audit, language: str
) -> None:
    width = 0
    tables = 0
    for line in markdown(found, language).splitlines():
        if not line.startswith("|"):
            width = 0
            continue
        cells = len(re.findall(r"(?<!\\)\|", line))
        tables += width == 0
        assert cells == (width or cells), line
        width = cells
    assert tables >= 8


def test_what_stands_out_comes_first_and_is_said_in_words(found: Audit) -> None:
    text = markdown(found)
    first = text.index("## What stands out")
    assert first < text.index("## Everybody") < text.index("## Declared groups")
    said = text[first : text.index("## Everybody")]
    assert "trait = 1: risk foretold too low" in said
    assert "found without being told which group" in said
    assert "Not in the table: disability." in said
    assert "which is not the same as that all is well" in said


def test_the_page_has_the_words_of_the_hub_and_never_calls_anything_fair(found: Audit) -> None:
    text = markdown(found, "it", outcome="senza lavoro = sì")
    assert text.startswith("# Verifica: senza lavoro = sì\n")
    for said in (
        "| persone | 6.000 |",
        "| aiuto mancato | 0,",
        "trait = 1: rischio previsto troppo basso",
        "Di questi gruppi non si sa nulla",
        "prove insufficienti",
    ):
        assert said in text
    for one in (text, markdown(found)):
        assert not re.search(
            r"\b(?:fair|unbiased|compliant|compliance|equo|imparziale|conforme)\b",
            one,
            re.IGNORECASE,
        )


def test_both_languages_say_the_same_of_the_same(found: Audit) -> None:
    italian, english = (card(found, words(one), outcome="x") for one in ("it", "en"))
    assert [type(block) for block in italian] == [type(block) for block in english]
    for one, other in zip(italian, english, strict=True):
        if isinstance(one, Rows) and isinstance(other, Rows):
            assert [len(line) for line in one.lines] == [len(line) for line in other.lines]
            assert len(one.head) == len(other.head)
        if isinstance(one, Paragraph | Heading):
            assert not re.search(r"\b(?:the|people|none)\b", one.text), one.text


def test_names_from_the_table_cannot_break_the_page(found: Audit) -> None:
    text = markdown(found)
    assert "<b>" not in text.replace(r"\<b\>", "")
    assert r"area\|\<b\> = a" in text


def test_it_is_never_said_of_a_model_as_it_is_that_it_did_not_learn_from_the_person(
    found: Audit,
) -> None:
    assert "| risk | estimated by models that did not learn from the person |" in markdown(found)
    as_it_is = replace(found, out_of_fold=False)
    text = markdown(as_it_is)
    assert "did not learn from" not in text
    assert "which may have learnt from some of these people" in text
    assert "non hanno imparato" not in markdown(as_it_is, "it")


def test_everybody_and_every_group_that_is_shown_has_a_curve_with_its_numbers(
    found: Audit,
) -> None:
    curves = [block for block in card(found, words(), outcome="x") if isinstance(block, Curve)]
    first, *others = curves
    assert first.leading
    assert not any(one.leading for one in others)
    assert [one.title for one in others[:2]] == [
        f"Does the risk foretold come true? sex = {value}" for value in "FM"
    ]
    for one in curves:
        assert len(one.numbers.lines) == len(one.points) >= 2
    assert first.numbers.lines[0][2] == "600"


def test_of_a_group_that_is_not_shown_there_is_no_curve_and_of_few_people_only_words() -> None:
    who, table = people(1000, seed=3)
    table["group"] = np.where(np.arange(1000) < 4, "four", "rest")
    table.loc[4:12, "group"] = "nine"
    table.loc[20:45, "group"] = "some"
    page = card(audit(who, table, declared=["group"], inputs=[]), words(), outcome="x")
    titles = [block.title for block in page if isinstance(block, Curve)]
    assert not any("group = four" in title or "group = nine" in title for title in titles)
    told = [block.text for block in page if isinstance(block, Paragraph)]
    assert "group = some: too few people for a curve." in told
    assert "Does the risk foretold come true? group = rest" in titles


def test_a_page_of_nothing_says_that_nothing_can_be_said() -> None:
    table = pd.DataFrame({"a": ["x"] * 40})
    text = markdown(audit(repeated((0.2, 0, 32), (0.2, 1, 8)), table, declared=[], inputs=["a"]))
    assert "Nothing, for the people and columns that there are." in text
    assert "No protected column was declared, or none is in the table" in text
    assert "No second model was given" in text
    assert "None was confirmed, which does not prove that there is none." in text
