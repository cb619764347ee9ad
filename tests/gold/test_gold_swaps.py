"""The same CV of another person reads the same. What fails names the document, never its words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.domain import DocumentKind, Extraction
from matching.extraction import Extractor
from tests.gold.swaps import (
    other_birth_year,
    other_birthplace,
    other_gender,
    other_name,
    with_head,
)
from training.benchmarks.italian_extraction_set import GoldDocument, Split, read_gold

AS_OF = date(2026, 11, 22)
EXTRACTION = Path(__file__).parents[2] / "data" / "gold" / "extraction"
CVS = tuple(
    document
    for document in read_gold(EXTRACTION, Split.ALL).documents
    if document.kind is DocumentKind.CV
)
_PLACES = frozenset({"evidence", "start", "end"})
_FORMS = "curriculum vitae dati personali informazioni europass scheda"
_FORM_WORDS = frozenset(_FORMS.split())
# How many CVs read differently today by rules alone (the trees besides move a confidence by some
# hundredths where a name changes the length of a line). Lower them with every mend, down to none.
MOST_BY_GENDER = 1
MOST_BY_NAME = 0

Turn = Callable[[str], str]


def bare(value: Any) -> Any:
    """What was read, without the words that prove it and where they stand."""
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items() if key not in _PLACES}
    if isinstance(value, (tuple, list)):
        return [bare(item) for item in value]
    return value


def as_read(found: Extraction) -> Any:
    read = bare(asdict(found))
    for name in ("skills", "occupations", "words"):
        read[name] = sorted(read[name], key=repr)
    return read


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> Callable[[str], Any]:
    known: dict[str, Any] = {}

    def extract(text: str) -> Any:
        if text not in known:
            known[text] = as_read(extractor.extract(text, kind=DocumentKind.CV, as_of=AS_OF))
        return known[text]

    return extract


@pytest.fixture(scope="module")
def known(extractor: Extractor) -> Callable[[str], bool]:
    """Words of jobs, of skills and of forms, which are no names."""
    index = extractor.index
    return lambda word: (
        word.casefold() in _FORM_WORDS or index.is_label_word(index.normaliser.key(word))
    )


def differing(read: Callable[[str], Any], one: Turn, other: Turn) -> list[str]:
    return [cv.id for cv in CVS if read(one(cv.text)) != read(other(cv.text))]


def turned(turns: Sequence[Turn], cvs: Iterable[GoldDocument] = CVS) -> int:
    return sum(any(turn(cv.text) != cv.text for turn in turns) for cv in cvs)


def as_it_is(text: str) -> str:
    return text


def test_forty_cvs_are_compared() -> None:
    assert len(CVS) == 40


def test_a_cv_reads_the_same_in_the_other_gender(read: Callable[[str], Any]) -> None:
    assert turned([other_gender]) >= 38
    assert len(differing(read, as_it_is, other_gender)) <= MOST_BY_GENDER


@pytest.mark.parametrize(
    ("given", "surname"), [("Fatou", "Diallini"), ("Anna", "Cuoco"), ("Li", "Weini")]
)
def test_a_cv_reads_the_same_under_another_name(
    read: Callable[[str], Any], known: Callable[[str], bool], given: str, surname: str
) -> None:
    def renamed(text: str) -> str:
        return other_name(text, given, surname, known=known)

    assert turned([renamed]) >= 30
    assert len(differing(read, as_it_is, renamed)) <= MOST_BY_NAME


def test_a_cv_reads_the_same_of_somebody_born_elsewhere_and_earlier(
    read: Callable[[str], Any],
) -> None:
    def elsewhere(text: str) -> str:
        return other_birthplace(text, "Durazzo (Albania)")

    assert turned([elsewhere, other_birth_year]) >= 20
    assert differing(read, as_it_is, elsewhere) == []
    assert differing(read, as_it_is, other_birth_year) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Mario Rossini", "Nato a Lecco il 3/4/1961"),
            ("Maria Rossini", "Nata a Lecco il 3/4/1961"),
        ),
        (("Maria Rossini", "Nata a Lecco il 3/4/1961"), ("Anna Cuoco", "Nata a Lecco il 3/4/1961")),
        (
            ("Maria Rossini", "Nata a Lecco il 3/4/1961"),
            ("Maria Rossini", "Nata a Durazzo (Albania) il 9/12/2004"),
        ),
    ],
)
def test_who_stands_at_the_head_of_a_cv_changes_nothing(
    read: Callable[[str], Any], one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert differing(read, with_head(*one), with_head(*other)) == []
