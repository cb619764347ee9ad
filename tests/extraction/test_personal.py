"""Lines about who somebody is are known, and change nothing of what is read around them."""

from datetime import date

import pytest

from matching.domain import DocumentKind
from matching.extraction.personal import is_personal
from matching.normalisation import Normaliser
from matching.service import Service

CAREER = (
    "Anna Cuoco",
    "03/2012 - 09/2015 magazziniera: muletto, carico e scarico.",
    "01/2016 - 06/2016 cameriera ai piani, rifacevo le camere.",
    "Davo una mano in cucina: lavavo i piatti e preparavo le verdure.",
    "Patente B, automunita. Terza media.",
)
LINES = (
    "Nata a Como il 3/4/1961",
    "Cittadinanza: rumena",
    "Stato civile: coniugata, due figli",
    "Ho due figli grandi",
    "Nubile, 45 anni",
    "Residente a Merate",
)


@pytest.mark.parametrize(
    "text",
    [
        ", due figli",
        "Ho due figli grandi",
        "nubile",
        "Vedova, 3 figli",
        "Ho 45 anni, nubile",
        ", 45 anni",
    ],
)
def test_a_sentence_of_little_but_private_words_is_personal(text: str) -> None:
    assert is_personal(Normaliser().phrase(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "due tre",
        "Uso del muletto",
        "Tre anni di esperienza",
        "Ho assistito mia nonna malata di notte",
        "Cuoca",
    ],
)
def test_a_sentence_of_work_or_of_numbers_is_not(text: str) -> None:
    assert not is_personal(Normaliser().phrase(text))


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("place", [1, 2, len(CAREER)])  # where such lines stand: head or end
def test_a_line_about_who_somebody_is_changes_nothing_that_is_read(
    service: Service, line: str, place: int
) -> None:
    def read(*lines: str) -> list[tuple[str, str, float]]:
        found = service.extract("\n".join(lines), kind=DocumentKind.CV, as_of=date(2026, 11, 22))
        return [
            (one.uri, one.evidence, one.confidence) for one in (*found.skills, *found.occupations)
        ]

    without = read(*CAREER)
    assert len(without) > 4
    assert read(*CAREER[:place], line, *CAREER[place:]) == without
