"""Home and workplace, with invented place names."""

import pytest

from matching.domain import DocumentKind
from matching.extraction.places import PlaceNames, municipality
from matching.extraction.segments import segments
from matching.normalisation import plain

NAMES = PlaceNames(
    codes={
        "altrove": "1", "borgo esempio": "2", "pozzo": "3", "valdoro": "4", "fontechiara": "5",
        "fontechiaro": "6",
    },
    ambiguous=frozenset({"pozzo"}),
    provinces=frozenset({"xx"}),
)  # fmt: skip


def found(text: str, kind: DocumentKind) -> str | None:
    item = municipality(text, plain(text), segments(text, kind), kind, NAMES)
    if item is None:
        return None
    assert text[item.start : item.end] == item.evidence
    return item.evidence.title()


def home(text: str) -> str | None:
    return found(text, DocumentKind.CV)


def workplace(text: str) -> str | None:
    return found(text, DocumentKind.VACANCY)


@pytest.mark.parametrize(
    "text",
    [
        "Via Roma 22, 12345 Altrove",
        "Nata a Valdoro il 3/4/1980, residente ad Altrove",
        "residente ad Altrove, nata a Valdoro",
        "RESIDENZA: VIA VALDORO 3 - 12345 ALTROVE (XX)",
        "Corso Martiri 3, Altrove",
        "Domicilio: Altrove",
        "Comune di residenza: Altrove",
        "Indirizzo\nVia Verdi 2\n12345 Altrove",
        "Vivo con i genitori ad Altrove",
        "Address: Via Mazzini 5, 12345 Altrove",
        "Mario Rossettini\nAltrove (XX) - tel 300 1234567",
        "Esperienze\n2010-2015 cameriera Hotel Lago, Valdoro\nAbito ad Altrove",
    ],
)
def test_the_home_of_a_person_is_read(text: str) -> None:
    assert home(text) == "Altrove"


@pytest.mark.parametrize(
    "text",
    [
        "Nato ad Altrove",
        "ho studiato ad Altrove",
        "Istruzione\nLiceo di Altrove",
        "Esperienze\n2010-2015 cameriera Hotel Lago, via Roma 3, Altrove",
        "corso di saldatura ad Altrove",
        "impiegata presso il Comune di Altrove",
        "indirizzo meccanico, Altrove",
        "assistenza domiciliare ad Altrove",
        "Residenza Villa Serena di Altrove, OSS",
        "Altrove, 12 marzo 2026",
        "Via Altrove 3",
        "Sono stato al pozzo",
    ],
)
def test_birthplace_school_and_employer_are_no_home(text: str) -> None:
    assert home(text) is None


def test_an_ambiguous_name_needs_more_than_itself() -> None:
    assert home("Abito a Pozzo") == "Pozzo"
    assert home("Via Roma 3, 12345 Pozzo") == "Pozzo"
    assert workplace("Cercasi cuoco, pozzo luce e balconi") is None
    assert workplace("Cercasi cuoco a Pozzo (XX)") == "Pozzo"
    assert workplace("Sede di lavoro: Pozzo") == "Pozzo"


def test_the_longest_name_wins() -> None:
    assert home("Abito a Borgo Esempio") == "Borgo Esempio"


@pytest.mark.parametrize(
    "text",
    [
        "Filiale di Valdoro\nCerchiamo saldatore ad Altrove",
        "Agenzia di Valdoro ricerca per azienda di Altrove magazziniere",
        "Sede di lavoro: Altrove (XX)\nAzienda di Valdoro cerca tornitore",
        "Sede di lavoro:\nAltrove",
        "MAGAZZINIERE - ALTROVE\nAgenzia di Valdoro, tel 0341",
        "Candidarsi presso la filiale di Valdoro. Il lavoro si svolge ad Altrove",
        "Struttura con sede ad Altrove ricerca OSS",
        "zona Altrove",
        "Filiale di Altrove cerca cuoco",
    ],
)
def test_the_workplace_is_not_the_agencys_branch(text: str) -> None:
    assert workplace(text) == "Altrove"


@pytest.mark.parametrize(
    "text",
    [
        "residente ad Altrve",
        "Residente ad Altrrove (XX)",
        "abito ad Atlrove",
        "Comune: ALTROV",
        "Via Mazzini 3 - 12345 Altrve",
        "residente ad Al trove",
    ],
)
def test_a_slip_of_the_pen_is_mended_where_a_place_must_stand(text: str) -> None:
    assert home(text) is not None


def test_a_slip_in_a_workplace_is_mended_too() -> None:
    assert workplace("Sede di lavoro: Valdorro (XX)") == "Valdorro"
    assert workplace("Sede di lavoro: Borgo Esenpio") == "Borgo Esenpio"


@pytest.mark.parametrize(
    "text",
    [
        "residente ad Alttrovve",
        "residente ad Altrovo",
        "residente ad Altrve (YY)",
        "residente a Pozo",
        "residente a Fontechiari",
        "residente a casa dei genitori",
        "Esperienze\nAltrve, magazzino",
    ],
)
def test_what_may_be_another_place_is_not_mended(text: str) -> None:
    assert home(text) is None


def test_nothing_is_mended_in_prose() -> None:
    assert workplace("Cercasi cuoco, Altrve ospita la mensa") is None


@pytest.mark.parametrize(
    "text",
    [
        "Ferramenta Altrove srl cerca commessa a Valdoro",
        "Altrove Meccanica S.p.A. cerca tornitore a Valdoro",
        "Fonderie di Altrove spa. Sede di lavoro: Valdoro",
    ],
)
def test_a_place_in_the_name_of_a_firm_is_no_workplace(text: str) -> None:
    assert workplace(text) == "Valdoro"


def test_a_place_before_a_firm_is_still_a_place() -> None:
    assert workplace("Lavoro a Altrove ROSSI SRL") == "Altrove"
