import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from matching.cli.screens import print_extraction
from matching.domain import (
    DocumentKind,
    Extraction,
    Importance,
    OccupationMention,
    SkillMention,
)
from matching.service import Service


def skill(label: str, evidence: str, confidence: float = 0.9) -> SkillMention:
    return SkillMention(
        uri=f"urn:{label}", label=label, evidence=evidence, start=0, end=1, confidence=confidence
    )


def job(label: str, months: int | None, *, wanted: bool = False) -> OccupationMention:
    return OccupationMention(
        uri=f"urn:{label}",
        label=label,
        isco08="4321",
        evidence=label.title(),
        start=0,
        end=1,
        confidence=0.9,
        months=months,
        wanted=wanted,
    )


def extracted(service: Service, extraction: Extraction, width: int = 80) -> str:
    file = io.StringIO()
    print_extraction(Console(file=file, width=width), service, "cv.pdf", extraction)
    return file.getvalue()


def lines_with(text: str, word: str) -> list[str]:
    return [line for line in text.splitlines() if word in line]


def test_a_skill_named_several_times_has_one_row_with_all_its_words(service: Service) -> None:
    skills = (
        skill("picking", "picking", 0.7),
        skill("Excel", "excel"),
        skill("picking", "prelievo"),
    )
    text = extracted(service, Extraction(kind=DocumentKind.CV, language="it", skills=skills))
    (row,) = lines_with(text, "picking")
    assert "«picking», «prelievo»" in row
    assert "90%" in row


def test_the_same_words_are_quoted_once_and_many_are_counted(service: Service) -> None:
    words = ("uno", "Uno", "due", "tre", "quattro", "cinque", "sei")
    skills = tuple(skill("x", word) for word in words)
    text = extracted(service, Extraction(kind=DocumentKind.CV, language="it", skills=skills), 200)
    assert "«uno», «due», «tre», «quattro» (+2)" in text


def test_months_of_one_job_are_added_and_a_wish_is_called_one(service: Service) -> None:
    jobs = (
        job("cuoco", 10),
        job("cuoco", None),
        job("cuoco", 8),
        job("barista", None, wanted=True),
    )
    text = extracted(service, Extraction(kind=DocumentKind.CV, language="it", occupations=jobs))
    assert "18 mesi" in lines_with(text, "cuoco")[0]
    assert "desiderato" in lines_with(text, "barista")[0]
    assert "durata" not in lines_with(text, "barista")[0]


def test_words_that_may_mean_several_jobs_are_said_with_how_sure_each_is(service: Service) -> None:
    one = replace(job("legatore", None), start=3, end=14, evidence="cartotecnica", confidence=0.75)
    other = replace(one, uri="urn:cartotecnico", label="cartotecnico", confidence=0.94)
    apart = replace(one, uri="urn:fornaio", label="fornaio", start=30, end=40)
    text = extracted(
        service,
        Extraction(kind=DocumentKind.CV, language="it", occupations=(one, other, apart)),
        200,
    )
    (line,) = lines_with(text, "significati possibili")
    assert "«cartotecnica»: cartotecnico (94%), legatore (75%)" in line
    wish = replace(other, wanted=True)
    only_one = Extraction(kind=DocumentKind.CV, language="it", occupations=(one, wish))
    assert "significati possibili" not in extracted(service, only_one)


def test_a_vacancy_shows_what_it_insists_on_and_no_experience(service: Service) -> None:
    asked = replace(skill("Excel", "Excel"), importance=Importance.OPTIONAL)
    found = Extraction(
        kind=DocumentKind.VACANCY, language="it", skills=(asked,), occupations=(job("cuoco", 3),)
    )
    text = extracted(service, found)
    assert "gradita" in lines_with(text, "Excel")[0]
    assert "mesi" not in text


def test_brackets_in_a_document_are_words_and_not_markup(service: Service) -> None:
    found = Extraction(
        kind=DocumentKind.CV, language="it", skills=(skill("[bold]x[/bold]", "[red]muletto[/]"),)
    )
    assert "«[red]muletto[/]»" in extracted(service, found)


@pytest.fixture(scope="module")
def show(service: Service) -> Callable[[Extraction], str]:
    # A failing property prints its arguments, and the service is too long to print.
    return lambda extraction: extracted(service, extraction)


@given(words=st.lists(st.text(max_size=60), max_size=5))
def test_no_line_is_wider_than_the_terminal(
    show: Callable[[Extraction], str], words: list[str]
) -> None:
    found = Extraction(
        kind=DocumentKind.CV, language="it", skills=tuple(skill(word, word) for word in words)
    )
    assert all(cell_len(line) <= 80 for line in show(found).split("\n"))


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_narrow_terminals_lose_no_words(service: Service, width: int) -> None:
    found = Extraction(
        kind=DocumentKind.CV, language="it", skills=(skill("uso del transpallet", "transpallet"),)
    )
    words = extracted(service, found, width).split()
    assert {"uso", "del"} <= set(words)
    assert "…" not in extracted(service, found, width)
