"""Levels of education, completed ones only for people."""

import pytest

from matching.domain import DocumentKind
from matching.extraction.education import education_levels
from matching.normalisation import plain


def highest(text: str, *, studies: bool = True) -> int | None:
    found = education_levels(text, plain(text), DocumentKind.CV, studies=studies)
    return max((int(item.value) for item in found), default=None)


def lowest_asked(text: str) -> int | None:
    found = education_levels(text, plain(text), DocumentKind.VACANCY)
    return min((int(item.value) for item in found), default=None)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("terza media", 1),
        ("3^ media", 1),
        ("Licenza di scuola media inferiore", 1),
        ("diploma di terza media", 1),
        ("scuola dell'obbligo", 1),
        ("Terza media presa al CPIA nel 2019", 1),
        ("primo biennio ITIS", 2),
        ("qualifica triennale di operatore meccanico", 3),
        ("Diploma di qualifica professionale", 3),
        ("CFP, operatore elettrico", 3),
        ("diploma di maturità scientifica", 4),
        ("Diploma di ragioneria", 4),
        ("ragioneria", 4),
        ("Liceo scientifico", 4),
        ("Perito industriale capotecnico", 4),
        ("diploma di scuola media superiore", 4),
        ("diploma di scuola secondaria di secondo grado", 4),
        ("IFTS 800 ore", 4),
        ("Diploma ITS meccatronica", 5),
        ("Laurea triennale in scienze", 6),
        ("Laurea in infermieristica", 6),
        ("Bachelor's degree in Economics", 6),
        ("diploma di laurea in lettere", 6),
        ("laurea magistrale in economia", 7),
        ("laurea vecchio ordinamento", 7),
        ("dottorato di ricerca", 8),
        ("diploma di liceo in Romania", 4),
        ("Diploma di scuola superiore in Albania", 4),
        ("Qualifica di congegnatore meccanico, IPSIA", 3),
        ("LICENZA MEDIA (1986) + BIENNIO RAGIONERIA NON CONCLUSO", 1),
        ("licenza media, poi iscritta a ragioneria senza concludere", 1),
        ("lic. media", 1),
        ("lic. media inf.", 1),
        ("Laurea (3+2) in Economia", 7),
    ],
)
def test_a_level_is_read_in_its_italian_wordings(text: str, level: int) -> None:
    assert highest(text) == level


@pytest.mark.parametrize(
    "text",
    [
        "iscritta a Economia",
        "iscritto alla laurea triennale",
        "laureanda in lettere",
        "studi di ragioneria interrotti",
        "frequentato fino al terzo anno di liceo",
        "Frequentato il terzo anno dell'istituto tecnico",
        "Frequento il quarto anno di liceo",
        "non ho il diploma",
        "diploma nel paese d'origine",
        "Diploma conseguito in Ucraina",
        "laurea non riconosciuta",
        "diploma di parrucchiera",
        "diploma di taglio e cucito",
        "its main office, 2019",
        "scrum master",
    ],
)
def test_what_was_not_completed_or_is_of_unclear_level_is_none(text: str) -> None:
    assert highest(text) is None


def test_a_school_where_somebody_worked_is_no_title() -> None:
    assert highest("bidella in una scuola media", studies=False) is None
    assert highest("addetta mensa al liceo", studies=False) is None
    assert highest("Diploma di ragioneria nel 2010", studies=False) == 4


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("diploma gradito", 4),
        ("diploma o laurea", 4),
        ("qualifica professionale o diploma", 3),
        ("laurea triennale o magistrale", 6),
        ("licenza media", 1),
        ("Laurea in infermieristica e iscrizione all'albo", 6),
        ("anche senza diploma", None),
        ("titolo di studio non richiesto", None),
    ],
)
def test_a_vacancy_asks_for_the_lowest_level_it_names(text: str, level: int | None) -> None:
    assert lowest_asked(text) == level
