from datetime import date

import pytest

from matching.domain import DocumentKind
from matching.extraction import Extractor

TODAY = date(2026, 11, 22)


def sought(extractor: Extractor, text: str) -> set[str]:
    found = extractor.extract(text, kind=DocumentKind.VACANCY, as_of=TODAY).occupations
    return {extractor.taxonomy.concepts[job.uri].slug for job in found}


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        (
            "Impresa edile cerca muratore. In cantiere troverà il geometra e due carpentieri.",
            {"muratore"},
        ),
        (
            "Nelle nostre case lavorano infermieri e fisioterapisti.\nSelezioniamo\nn. 2 OSS",
            {"oss"},
        ),
        (
            "Cerchiamo commessa per il forno.\nIl pane lo fanno i nostri panettieri Ugo e Lea.",
            {"commesso"},
        ),
        (
            "Cercasi badante convivente.\nLe punture le fa l'infermiera.",
            {"badante"},
        ),
        (
            "Hotel cerca cameriera ai piani. Non inviate candidature per cuoco o lavapiatti.",
            {"cameriere-piani"},
        ),
        (
            "Agenzia Lavoro cerca magazziniere.\nNella nostra filiale sono aperte anche ricerche "
            "per saldatori e impiegati contabili.",
            {"magazziniere"},
        ),
        (
            "AUTISTA PATENTE C\nL'officina ha due meccanici. Il magazziniere prepara il carico.",
            {"camionista"},
        ),
    ],
)
def test_who_works_beside_the_one_that_is_sought_is_not_sought(
    extractor: Extractor, text: str, slugs: set[str]
) -> None:
    assert sought(extractor, text) == slugs


@pytest.mark.parametrize(
    "text",
    [
        "Edil Riva offre lavoro a:\n1) MURATORE per cantieri in valle, con esperienza di intonaci\n"
        "2) ESCAVATORISTA anche alla prima esperienza, con patentino e disponibile a trasferte",
        "Cerchiamo:\nA) 2 muratori per il cantiere di Lecco, subito e per tutto l'inverno\n"
        "B) 1 escavatorista con esperienza di scavi in montagna e patentino valido",
        "Ricerchiamo n. 1 muratore / escavatorista.",
        "Si ricerca un muratore e un escavatorista.",
    ],
)
def test_every_job_that_is_sought_is_found(extractor: Extractor, text: str) -> None:
    assert sought(extractor, text) == {"muratore", "escavatorista"}


def test_a_job_told_of_counts_where_no_place_is_sure(extractor: Extractor) -> None:
    text = "Requisiti\n- diploma\nIl magazziniere si occuperà di carico e scarico."
    assert sought(extractor, text) == {"magazziniere"}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hotel Lago Blu cerca RECEPTIONIST per la stagione.", "receptionist-albergo"),
        ("Azienda metalmeccanica cerca receptionist.", "receptionist-aziendale"),
        ("Studio dentistico cerca receptionist.", "segretario-medico"),
        ("Carrozzeria di Merate cerca lattoniere.", "carrozziere"),
        ("Impresa edile cerca lattoniere per tetti.", "lattoniere-edile"),
        ("Bar del centro cerca banconista.", "barista"),
        ("Ferramenta cerca banconista.", "commesso-ferramenta"),
    ],
)
def test_the_firm_tells_which_trade_a_title_means(
    extractor: Extractor, text: str, slug: str
) -> None:
    assert sought(extractor, text) == {slug}
