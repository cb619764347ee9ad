"""Moved in time, a CV has the same words."""

from datetime import date

import pytest

from matching.domain import DocumentKind
from matching.extraction import Extractor
from matching.extraction.timeless import A_DATE

AS_OF = date(2026, 11, 22)


def keys(extractor: Extractor, text: str) -> list[str]:
    return list(extractor.reading(text, kind=DocumentKind.CV, as_of=AS_OF).keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2010-2014 cameriera ai piani", "1999-2003 cameriera ai piani"),
        ("da marzo 2012 a maggio 2013 cuoca", "da luglio 1998 a agosto 1999 cuoca"),
        ("03/2019 - 09/2020 saldatore", "11/2001 - 12/2002 saldatore"),
    ],
)
def test_every_date_is_the_same_word(extractor: Extractor, one: str, other: str) -> None:
    assert A_DATE in keys(extractor, one)
    assert keys(extractor, one) == keys(extractor, other)


def test_other_numbers_stay(extractor: Extractor) -> None:
    assert keys(extractor, "uso di Windows 10 dal 2018") != keys(
        extractor, "uso di Windows 11 dal 2018"
    )


def test_the_dates_of_a_vacancy_stay(extractor: Extractor) -> None:
    text = "Cerchiamo cameriera dal 2027"
    found = extractor.reading(text, kind=DocumentKind.VACANCY, as_of=AS_OF)
    assert A_DATE not in found.keys
