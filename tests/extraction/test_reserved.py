"""Vacancies reserved by L. 68/1999, and the many more that name it and are open to all."""

import pytest

from matching.extraction.reserved import reserved
from matching.normalisation import plain
from tests.extraction.clock import quickly

RESERVED = [
    # the offer is reserved
    "Offerta riservata agli iscritti alle liste L. 68/99.",
    "Annuncio riservato alle categorie protette.",
    "Annuncio riservato a persone iscritte alle categorie protette ai sensi della legge 68/99.",
    "La presente selezione è riservata esclusivamente agli appartenenti alle categorie protette "
    "(art. 1, L. 68/99).",
    "Posizione riservata a candidati appartenenti alle categorie protette ex art. 18 L.68/99.",
    "Posto riservato ai sensi della Legge 12 marzo 1999 n. 68.",
    "Posizione riservata agli iscritti nelle liste di cui all'art. 8 della legge 12/03/1999, n. 68",
    "RICERCA RISERVATA ALLE CAT. PROTETTE",
    "Ricerca riservata a cat.protette L68/99",
    "selezione riservata a diplomati in ragioneria iscritti al collocamento mirato",
    "Il bando, per un posto di usciere, è interamente riservato ai disabili di cui alla L. "
    "68/1999.",
    "Il presente annuncio, riservato agli appartenenti alle categorie protette L. 68/99, è "
    "rivolto a "
    "entrambi i sessi ai sensi della L. 903/77.",
    "Offerta di lavoro riservata a persone con disabilità.",
    "Questa posizione è riservata a persone con invalidità civile superiore al 45%.",
    "Riserviamo questa posizione agli iscritti alle liste del collocamento mirato.",
    "Categorie protette: annuncio riservato.",
    # only for them
    "Solo categorie protette L.68/99.",
    "Annuncio rivolto esclusivamente a categorie protette.",
    "Si valutano solo candidature di persone appartenenti alle categorie protette.",
    "Saranno prese in considerazione esclusivamente candidature di iscritti alle liste della "
    "legge 68 del 1999.",
    "Ci rivolgiamo unicamente a soggetti appartenenti alle categorie protette (l. 68/99).",
    "possono candidarsi soltanto iscritti al collocamento obbligatorio",
    # it is asked for
    "Requisiti: diploma di ragioneria, uso del PC, appartenenza alle categorie protette L. 68/99.",
    "- appartenenza alle categorie protette (L. 68/99)",
    "• iscrizione alle liste del collocamento mirato",
    "• Iscrizione alle categorie protette (art. 1) con percentuale minima del 46%",
    "È richiesta l'appartenenza alle categorie protette.",
    "Si richiede l'iscrizione alle liste di cui alla L.68/99: indicare la percentuale nel CV.",
    "Requisito indispensabile: iscrizione al collocamento mirato della provincia.",
    "L'appartenenza alle categorie protette è requisito indispensabile.",
    "L'iscrizione alle liste L. 68/99 è obbligatoria.",
    "Appartenenza alle categorie protette (requisito indispensabile)",
    "I candidati devono essere iscritti alle liste speciali della legge 68/99.",
    "Necessaria appartenenza alle categorie protette, preferibile esperienza in ufficio.",
    "Completa il profilo la conoscenza di Excel. Indispensabile l'iscrizione alle cat. protette.",
    "Richiesto verbale di invalidità civile con percentuale dal 46%.",
    # they are sought
    "Cerchiamo un impiegato amministrativo appartenente alle categorie protette.",
    "Per azienda metalmeccanica ricerchiamo 2 operai iscritti alle liste L. 68/99.",
    "Azienda alimentare cerca addetta al confezionamento appartenente a categoria protetta",
    "Ricerchiamo un/una centralinista appartenente alle Categorie Protette (art.1 - L.68/99).",
    "ricerchiamo impiegata, anche prima esperienza, appartenente alle categorie protette",
    "siamo alla ricerca di personale appartenente alle catogorie portette per lavoro d'ufficio",
    "Cerchiamo magazziniere appartenete alle cat. protette",
    "Selezioniamo persone iscritte al collocamento mirato per un lavoro di portineria",
    "Cerchiamo categorie protette per lavoro di assemblaggio part-time.",
    "Cercasi persone con disabilità per lavoro al computer.",
    "La risorsa, appartenente alle categorie protette, si occuperà dell'archivio.",
    "Il candidato ideale è iscritto alle liste della L. 68/99.",
    "Candidati appartenenti alle categorie protette (L. 68/99)",
    "Sei iscritto alle categorie protette? Questo lavoro può essere per te!",
    "Possono presentare domanda gli iscritti al collocamento mirato della provincia.",
    "Stiamo selezionando un sistemista junior appartenente alle categorie protette(L.68/99), "
    "per il "
    "parco macchine.",
    "Programmatore-Appartenente alle Categorie Protette,Legge 68/99\nLavoro in squadra.",
    "Profilo: persona con invalidità civile iscritta al collocamento mirato",
    "Sei una persona con disabilità iscritta al collocamento mirato? Ti stiamo cercando.",
    "Si ricerca per ufficio un operatore (L.68/99).",
    "Cerchiamo 1 impiegato/a (rif. L. 68/99) per ufficio spedizioni.",
    "Si accettano solo CV di appartenenti a cat. protetta.",
    "Selezioniamo, nell'ambito della L. 68/99, un addetto alla reception.",
    "Cercasi invalido civile iscritto liste L.68 per portineria",
    "È requisito essenziale essere in possesso dell'iscrizione alle categorie protette L.68/99.",
    "Requisiti: invalidità riconosciuta pari almeno al 46%, buon uso del PC",
    # the offer is meant for them
    "L'annuncio è rivolto a persone appartenenti alle categorie protette.",
    "La ricerca è rivolta a candidati ambosessi (L. 903/77) appartenenti alle categorie protette "
    "(L. 68/99).",
    "Selezione per categorie protette.",
    "Offerta dedicata a lavoratori con invalidità",
    "La divisione del gruppo specializzata nella selezione di categorie protette ricerca per "
    "azienda "
    "cliente un addetto al magazzino.",
    # by what the law makes the firm do
    "Inserimento ai sensi della L. 68/99.",
    "Assunzione tramite collocamento mirato, contratto di dodici mesi.",
    "Cerchiamo un operaio per la copertura della quota d'obbligo L. 68/99.",
    "In ottemperanza agli obblighi della legge 68/99 l'azienda cerca un addetto all'archivio ex "
    "L.68/99",
    # titles and fields
    "Il lavoratore sarà assunto ai sensi della legge 68/1999.",
    "ADDETTO RECEPTION CAT. PROT.\nStruttura alberghiera",
    "Impiegato amministrativo - categoria protetta\n\nPer uno studio in centro, lavoro d'ufficio.",
    "CATEGORIE PROTETTE: OPERAIO DI PRODUZIONE\nPer azienda di stampaggio.",
    "Addetto alle pulizie L. 68/99\n\nServe puntualità.",
    "Categorie protette L. 68/99: sì",
    "Magazziniere\nOrario: part-time\nCategoria protetta: SI",
    "Tipologia: categorie protette",
    # in English
    "This position is reserved for people belonging to protected categories (L. 68/99).",
    "Only candidates belonging to protected categories.",
]

OPEN = [
    # these too
    "L'annuncio è rivolto anche a persone appartenenti alle categorie protette.",
    "La ricerca è aperta anche a candidati iscritti alle categorie protette L. 68/99.",
    "Saranno prese in considerazione, altresì, candidature di persone appartenenti alle Categorie "
    "Protette con invalidità superiore al 46%.",
    "Ricerchiamo risorse anche appartenenti alle Categorie Protette (art. 1 - L. 68/99).",
    "Offerta aperta a tutti, incluse le categorie protette.",
    "Cerchiamo operai, comprese persone iscritte al collocamento mirato.",
    "Impiegato contabile (anche categorie protette)\nPer uno studio in centro.",
    "Cerchiamo un operaio. Valutiamo volentieri anche cat. protette.",
    "Siamo interessati anche a chi fa parte delle categorie protette secondo l'art. 18 della L. "
    "68/99.",
    "Il lavoro è adatto pure a iscritti L.68/99.",
    # everybody, and these
    "L'offerta si rivolge a candidati ambosessi (L. 903/77) e alle categorie protette (L. 68/99).",
    "Invitiamo gli interessati ambosessi e le persone appartenenti alle categorie protette a "
    "inviare "
    "il CV.",
    "Il presente annuncio è rivolto ad entrambi i sessi, ai sensi delle leggi 903/77 e 125/91, "
    "e agli "
    "appartenenti alle categorie protette L. 68/99.",
    "Ricerca rivolta a uomini e donne e a categorie protette.",
    "Magazziniere part-time (annuncio rivolto a L.68/99 e a tutti i generi)",
    "La ricerca è rivolta ad ambosessi, appartenenti e non alle categorie protette.",
    # welcome
    "Si valutano con favore candidature di persone appartenenti alle categorie protette L. 68/99.",
    "Sono gradite candidature di appartenenti alle categorie protette.",
    "L'appartenenza alle categorie protette costituisce titolo preferenziale.",
    "Gradita l'appartenenza alle categorie protette.",
    "Costituisce requisito preferenziale l'appartenenza alle categorie protette.",
    "L'iscrizione alle liste L. 68/99 sarà considerata un plus.",
    "Appartenenza alle categorie protette gradita.",
    "Verrà data precedenza agli iscritti al collocamento mirato.",
    "Sarà tenuta in considerazione l'appartenenza alle categorie protette.",
    "L'azienda presta attenzione alle risorse appartenenti alle categorie protette, ai sensi degli "
    "articoli 1 e 18 della legge 68 del '99.",
    "Incoraggiamo le candidature di persone con disabilità e di categorie protette.",
    "We welcome applications from protected categories (L. 68/99).",
    # tell us, if you are
    "Indicare l'eventuale appartenenza alle categorie protette.",
    "Si prega di specificare nel CV l'appartenenza alle categorie protette (L. 68/99).",
    "I candidati appartenenti alle categorie protette possono segnalarlo nel CV.",
    "Se appartenenti alle categorie protette, indicarlo nella lettera.",
    "Appartieni alle categorie protette? Segnalacelo nel CV.",
    "Non inviare dati particolari, ad eccezione dell'eventuale appartenenza alle categorie "
    "protette.",
    # the law
    "Ricerca nel rispetto della L. 68/99.",
    "L'annuncio è rivolto ad ambosessi ai sensi delle leggi 903/77, 125/91 e 68/99.",
    "L'azienda è in regola con la L. 68/99 e applica il contratto del commercio.",
    "La nostra cooperativa è soggetta agli obblighi della legge 68/99.",
    "Azienda certificata per la parità di genere, rispetta la L. 68/99 e i D.Lgs 215/03 e 216/03.",
    # not
    "L'offerta non è riservata alle categorie protette.",
    "Annuncio non riservato a categorie protette.",
    "La selezione non è rivolta esclusivamente alle categorie protette.",
    "Non è richiesta l'appartenenza alle categorie protette.",
    "Non è necessario essere iscritti alle liste L. 68/99.",
    "L'iscrizione al collocamento mirato non è richiesta.",
    "Categorie protette: no",
    "Annuncio per categorie protette: NO",
    "Riservato L. 68/99: sì/no",
    "Assunzione senza obbligo di iscrizione alle categorie protette.",
    # a share
    "Concorso per 4 posti di cui uno riservato alle categorie protette L. 68/99.",
    "Sui posti a bando opera la riserva di posti a favore delle categorie protette L. 68/99.",
    "Una quota delle assunzioni è riservata alle categorie protette.",
    # work with these people, or with these papers
    "Cerchiamo un addetto paghe: gestione delle assunzioni ai sensi della L. 68/99, prospetti.",
    "Il servizio è rivolto a persone con disabilità e alle loro famiglie: cerchiamo un educatore.",
    "Cooperativa sociale cerca educatrice per l'inserimento lavorativo di persone appartenenti "
    "alle "
    "categorie protette.",
    "Operatore del collocamento mirato: colloqui, schede, rapporti con le aziende.",
    "Si richiede conoscenza della normativa L. 68/99.",
    "Gradita esperienza nella selezione di categorie protette.",
    "Attività: assistenza a disabili e anziani, igiene, pasti.",
    "Assistenza domiciliare ad anziani e invalidi civili, cerchiamo badante.",
    "Parcheggio riservato ai disabili davanti all'ingresso.",
    "L'azienda lavora con il collocamento mirato della provincia.",
    "Cerco assistente per persona con disabilità, 20 ore.",
    "Recruiter per la divisione categorie protette: screening dei CV, colloqui.",
    "Tutor aziendale per tirocini di persone appartenenti alle categorie protette.",
    "Addetto amministrazione: si occuperà di assunzioni, L. 68/99, infortuni.",
    "L'ente dichiara che le quote di cui alla L. 68/99 sono coperte.",
    "Impiegata HR: comunicazioni obbligatorie, denuncia disabili, L. 68/99.",
    "Offerta di lavoro per OSS in comunità per disabili.",
    "Ricerchiamo educatori per progetto riservato a persone con disabilità.",
    "L'azienda, tenuta agli obblighi di cui alla L. 68/99, cerca un operaio.",
    "Il ruolo non rientra tra quelli riservati alle categorie protette.",
    "Tutte le nostre ricerche sono aperte a iscritti L.68/99.",
    # other things
    "Cerchiamo impiegato per la gestione delle categorie merceologiche e dei protocolli.",
    "Prodotti riservati ai clienti, legge 300/70 e contratto del commercio.",
    "Cerchiamo un operaio per il turno di notte.",
]


def is_reserved(text: str) -> bool:
    found = reserved(text, plain(text))
    if found is None:
        return False
    assert found.value is True
    assert text[found.start : found.end] == found.evidence
    return True


@pytest.mark.parametrize("text", RESERVED)
def test_a_vacancy_reserved_by_law_is_known(text: str) -> None:
    assert is_reserved(text)


@pytest.mark.parametrize("text", OPEN)
def test_a_vacancy_open_to_all_is_not_reserved(text: str) -> None:
    assert not is_reserved(text)


@pytest.mark.parametrize(
    "unit", ["categorie protette ", "L. 68/99 ", "riservato a ", "cerchiamo persone iscritte, "]
)
def test_long_lines_are_read_in_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    with quickly():
        reserved(text, plain(text))
