from datetime import date

import pytest

from matching.domain import DocumentKind
from matching.extraction import Extractor

TODAY = date(2026, 11, 22)
NOTHING_ASKED = {
    "a portrait of a firm": (
        "Falegnameria Corvara dal 1948\nTre generazioni di falegnami e tappezzieri hanno arredato "
        "ville e alberghi del lago. Oggi contiamo due reparti, verniciatura e montaggio, un centro "
        "di taglio a controllo numerico e un ufficio tecnico che disegna con AutoCAD. Esportiamo "
        "in Svizzera e in Austria. Precisione e puntualità sono da sempre la nostra firma."
    ),
    "a catalogue of courses": (
        "Corsi serali di primavera\nSaldatura a filo, 40 ore, 250 euro\nInglese base e tedesco "
        "commerciale\nExcel e Word\nPatentino del muletto, esame incluso\nPizzaiolo, barista e "
        "pasticcere: tre laboratori\nI docenti sono cuochi e artigiani della zona. Iscrizioni in "
        "segreteria dal lunedì al giovedì, sconto agli studenti."
    ),
    "the page of a restaurant": (
        "Locanda del Crotto\nCucina di lago, polenta e pesce in carpione. Lo chef è Martino, in "
        "sala la moglie Ilde; il pizzaiolo arriva da Tramonti. Chiuso il martedì. Recensioni: "
        "camerieri gentili, cuoco bravissimo, conto onesto. Parcheggio davanti al lavatoio, cani "
        "benvenuti, si parla tedesco e inglese."
    ),
    "the services of a craftsman": (
        "Tre M Impianti\nElettricista e idraulico, pronto intervento 24 ore su 24. Caldaie, "
        "condizionatori, antenne, videocitofoni. Preventivi gratuiti, lavoriamo anche la domenica "
        "e nei giorni festivi in tutta la provincia. Chiamate senza impegno, rispondiamo subito "
        "e arriviamo in un'ora."
    ),
    "a search page": (
        "Cerca lavoro per professione: cuoco, muratore, badante, saldatore\nFiltra per patente: "
        "[ ] B [ ] C [ ] CE\nFiltra per lingua: [ ] inglese [ ] tedesco\nOrdina per: data\nGuide "
        "utili: come diventare elettricista\nVedi tutte le categorie\nPrivacy e condizioni d'uso"
    ),
}
NOTHING_TOLD = {
    "an e-mail without its attachment": (
        "Da: sportello@example.it\nOggetto: curriculum\nBuongiorno, in allegato quanto d'accordo. "
        "Un saluto, Ivana\n--\nPanificio Ronchi, via Roma 1, pane fresco, pizze e torte su "
        "ordinazione, catering per cerimonie, consegne a domicilio. Chiuso la domenica. Questo "
        "messaggio è destinato solo a chi lo riceve."
    ),
    "a blank form": (
        "[Nome e cognome]\n[Inserisci la tua professione, es. Cuoco]\nESPERIENZE\n[Ruolo, es. "
        "Barista] presso [nome azienda]\n[Descrivi i compiti, es. uso della cassa]\nCOMPETENZE\n"
        "Suggerimenti: Excel, inglese, patentino del muletto. Sostituisci questo testo."
    ),
    "notes on how to fill a form in": (
        "ISTRUZIONI PER LA COMPILAZIONE\nEsperienza: indicare il datore di lavoro e la mansione "
        "(es. autista, infermiere).\nLingue: compilare la griglia per ogni lingua (es. inglese).\n"
        "Competenze: descriverle brevemente, per esempio fogli di calcolo o lavoro di gruppo."
    ),
    "the relatives of the owner": (
        "Cognome: Bonfanti\nComune: Garlate\nStato civile: coniugata\nMarito: Ugo, camionista\n"
        "Figlio: Elia, apprendista elettricista\nSuocero: Remo, muratore in pensione\nCodice "
        "fiscale: non indicato\nTelefono: ore pasti\nDomicilio: come sopra\nMedico di base: dott. "
        "Valsecchi\nPagina 1 di 2, la seconda non si legge"
    ),
}


@pytest.mark.parametrize("text", NOTHING_ASKED.values(), ids=NOTHING_ASKED)
def test_a_text_that_asks_for_nobody_holds_no_skill_and_no_job(
    extractor: Extractor, text: str
) -> None:
    found = extractor.extract(text, kind=DocumentKind.VACANCY, as_of=TODAY)
    assert (found.skills, found.occupations, found.words) == ((), (), ())


@pytest.mark.parametrize("text", NOTHING_TOLD.values(), ids=NOTHING_TOLD)
def test_a_text_that_tells_of_nobody_holds_no_skill_and_no_job(
    extractor: Extractor, text: str
) -> None:
    found = extractor.extract(text, kind=DocumentKind.CV, as_of=TODAY)
    assert (found.skills, found.occupations, found.words) == ((), (), ())


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (DocumentKind.VACANCY, "MURATORE\n" + "Lavoro nei paesi del lago, si parte presto. " * 8),
        (DocumentKind.VACANCY, NOTHING_ASKED["a portrait of a firm"] + "\nCerchiamo un falegname."),
        (DocumentKind.VACANCY, "Magazziniere"),
        (DocumentKind.CV, "Muratore"),
        (DocumentKind.CV, NOTHING_TOLD["the relatives of the owner"] + "\nHo lavorato come sarta."),
        (DocumentKind.CV, "Ada Riva\n" + "Lecco, via Roma 1. " * 12 + "\n2011 - 2016 muratore"),
    ],
)
def test_one_request_or_one_claim_is_enough(
    extractor: Extractor, kind: DocumentKind, text: str
) -> None:
    assert extractor.extract(text, kind=kind, as_of=TODAY).occupations
