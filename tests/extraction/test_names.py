"""Names of people and firms are no trades."""

from datetime import date

import pytest

from matching.domain import DocumentKind, Extraction
from matching.extraction import Extractor, Index
from matching.extraction.names import other_names, own_names
from matching.normalisation import plain
from matching.taxonomy import Taxonomy

AS_OF = date(2026, 11, 22)


def names(index: Index, text: str, kind: DocumentKind = DocumentKind.CV) -> list[str]:
    found = other_names(text, kind, index)
    if kind is DocumentKind.CV:
        found += [(one.start, one.end) for one in own_names(text, plain(text), index)]
    return [text[a:b].strip() for a, b in sorted(set(found))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mario Sarti\nVia Roma 2", "Mario Sarti"),
        ("CURRICULUM VITAE\nSARTI MARIO\nmuratore", "SARTI MARIO"),
        ("Curriculum vitae di Anna Cuoco\nCameriera dal 2010", "Anna Cuoco"),
        ("Curriculum Vitae - Giulia Barbieri", "Giulia Barbieri"),
        ("Cuoco Anna\nCameriera", "Cuoco Anna"),
        ("OSS\nBarbieri Anna", "Barbieri Anna"),
        ("ADDETTO PULIZIE\nMARIO ROSSINI", "MARIO ROSSINI"),
        ("Maria Grazia Del Sarto\nnata nel 1980", "Maria Grazia Del Sarto"),
        ("Mi chiamo Anna e faccio la cuoca", "Anna"),
        ("mi chiamo fabio sarto e cerco lavoro", "fabio sarto"),
        ("Cognome e nome\nMuratori Luca", "Muratori Luca"),
        ("Cerco lavoro.\nCordiali saluti\nLuca Fabbri", "Luca Fabbri"),
        ("Assistenza alla signora Cuoco Maria", "Cuoco Maria"),
        ("Luca Sarti | Muratore | Brianza", "Luca Sarti"),
        ("muratore presso Sarto Giovannini srl", "Sarto Giovannini"),
        ("tornitore alla Muratori srl", "Muratori"),
        ("Saldatore Officine Bianchini srl", "Officine Bianchini"),
        ("MAGAZZINIERE LOGISTICA BIANCHINI SRL", "LOGISTICA BIANCHINI"),
        ("DAL 2005 MURATORE PRESSO EDILROSSINI SRL", "EDILROSSINI"),
        ("scrivere a sarto.anna@example.it", "sarto.anna@example.it"),
    ],
)
def test_a_name_is_hidden(index: Index, text: str, name: str) -> None:
    assert name in names(index, text)


@pytest.mark.parametrize(
    "text",
    [
        "assistenza a signora anziana non autosufficiente",
        "ASSISTENZA A SIGNORA ANZIANA",
        "referente di magazzino",
        "Responsabile Magazzino",
        "Elettricista qualificato",
        "Addetta Mensa Scolastica",
        "Cerco lavoro come sarta",
        "Magazziniere con patentino",
    ],
)
def test_a_job_is_not_hidden(index: Index, text: str) -> None:
    assert names(index, text) == []


def test_a_name_is_hidden_wherever_it_comes_again(index: Index) -> None:
    text = "Anna Sarti\nCameriera dal 2010\nAnna Sarti - pagina 2"
    assert names(index, text) == ["Anna Sarti", "Anna Sarti"]


def jobs(found: Extraction, taxonomy: Taxonomy) -> set[str]:
    return {taxonomy.concepts[m.uri].slug for m in found.occupations}


def test_a_firm_named_like_a_trade_is_no_trade(extractor: Extractor, taxonomy: Taxonomy) -> None:
    found = extractor.extract(
        "Cameriera dal 2010 al 2012 presso Muratori srl\nBarista al Bar Sport di Fabbri",
        kind=DocumentKind.CV,
        as_of=AS_OF,
    )
    assert jobs(found, taxonomy) == {"cameriere", "barista"}


@pytest.mark.parametrize("name", ["Anna Sarti", "Luca Muratori", "Nadia Cuoco", "Ivo Bianchini"])
def test_whatever_the_name_the_reading_is_the_same(
    extractor: Extractor, taxonomy: Taxonomy, name: str
) -> None:
    text = f"{name}\nVia Verdi 3\n2010-2014 cameriera ai piani\nIn fede\n{name}"
    found = extractor.extract(text, kind=DocumentKind.CV, as_of=AS_OF)
    assert jobs(found, taxonomy) == {"cameriere-piani"}
