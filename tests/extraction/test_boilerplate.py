"""Sentences that are about nobody yield nothing; what shares their line still speaks."""

from datetime import date

import pytest

from matching.domain import DocumentKind, Extraction
from matching.extraction import Extractor
from matching.extraction.boilerplate import HIRING, is_furniture, menu_lines, offers, quiet
from matching.extraction.sections import Section
from matching.normalisation import plain
from tests.extraction.clock import quickly

TODAY = date(2026, 11, 22)


def vacancy(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(text, kind=DocumentKind.VACANCY, as_of=TODAY)


BLURBS = {
    "metalworking": (
        "Siamo un'azienda metalmeccanica di Lecco specializzata nella tornitura e fresatura CNC di "
        "particolari in acciaio, con 45 dipendenti e un parco macchine di 20 centri di lavoro."
    ),
    "since": "Da oltre trent'anni ci occupiamo di carpenteria metallica e saldatura TIG.",
    "moulding": (
        "Azienda leader nello stampaggio di materie plastiche, certificata ISO 9001, con sede a "
        "Merate."
    ),
    "logistics": (
        "Il nostro cliente è una realtà consolidata nel settore della logistica e dei trasporti "
        "internazionali."
    ),
    "cleaning": (
        "La nostra cooperativa gestisce servizi di pulizia, sanificazione e giardinaggio in tutta "
        "la Lombardia."
    ),
    "care": (
        "Fondazione che gestisce una RSA di 84 posti letto e un centro diurno per anziani con "
        "demenza."
    ),
    "hotel": "Hotel storico affacciato sul lago, con 60 camere, ristorante gourmet e centro "
    "benessere.",
    "restaurant": (
        "Il nostro ristorante propone una cucina tipica del territorio, con pesce di lago e "
        "polenta."
    ),
    "bakery": "Panificio artigianale, nato nel 1955, produce pane, focacce e pasticceria fresca.",
    "supermarket": (
        "Catena di supermercati presente in Lombardia con 120 punti vendita e reparti di "
        "macelleria, "
        "salumeria e pescheria."
    ),
    "building": (
        "Impresa edile attiva dal 1980 nella ristrutturazione di edifici, posa di pavimenti e "
        "cartongesso."
    ),
    "office": (
        "Studio di commercialisti specializzato in contabilità, paghe e contributi e dichiarazioni "
        "dei redditi."
    ),
    "textile": "Tessitura comasca che produce dal 1920 tessuti jacquard in seta per l'alta moda.",
    "gardening": "Siamo una piccola azienda agricola: coltiviamo ortaggi e facciamo potatura di "
    "alberi.",
    "garage": "Officina meccanica a conduzione familiare, autorizzata per revisioni e cambio "
    "gomme.",
    "software": "Società operante nello sviluppo di software gestionali, ERP e siti e-commerce.",
    "motto": "tornitura e fresatura di precisione dal 1968",
    "group": (
        "Il gruppo opera nel mercato della saldatura robotizzata e vanta una trentennale "
        "esperienza "
        "nella carpenteria pesante."
    ),
    "agency": (
        "Agenzia per il lavoro che offre servizi di ricerca e selezione, formazione, payroll e "
        "outplacement."
    ),
    "agency-number": (
        "Aut. Min. Prot. n. 0000/00, iscrizione all'albo delle agenzie per il lavoro sezione I: "
        "somministrazione, intermediazione, ricerca e selezione, formazione."
    ),
    "privacy": (
        "I candidati sono invitati a leggere l'informativa privacy ai sensi dell'art. 13 del "
        "Regolamento UE 2016/679; i dati saranno trattati con strumenti informatici."
    ),
    "sexes": (
        "L'offerta si intende rivolta a candidati ambosessi (L. 903/77 e D.Lgs. 198/2006), di ogni "
        "età e nazionalità ai sensi dei D.Lgs. 215/03 e 216/03."
    ),
    "equality": (
        "Promuoviamo le pari opportunità e l'inclusione, senza distinzione di genere, lingua, "
        "religione o orientamento."
    ),
    "quota": (
        "L'annuncio è rivolto anche a persone appartenenti alle categorie protette ai sensi della "
        "L. 68/99."
    ),
    "apply": "Inviare il proprio curriculum vitae con foto e autorizzazione al trattamento dei "
    "dati.",
    "contacted": "Verranno contattati solo i profili in linea con la posizione e la formazione.",
    "benefits": (
        "Offriamo corsi gratuiti di inglese e informatica, buoni pasto, assicurazione sanitaria e "
        "palestra aziendale."
    ),
    "benefits-list": (
        "Cosa offriamo:\n- formazione su muletto e carroponte\n- mensa interna con cuoco\n"
        "- corso di primo soccorso\n- welfare aziendale"
    ),
    "about-us": (
        "Chi siamo\nRealizziamo impianti elettrici e fotovoltaici.\nProgettiamo quadri elettrici e "
        "automazione industriale.\nI nostri clienti sono ospedali e scuole."
    ),
    "values": (
        "Chi siamo: un team di giovani appassionati di cucina.\n"
        "La nostra missione è mettere al centro le persone."
    ),
    "adverts": (
        "Altri annunci che potrebbero interessarti\n"
        "Impiegato contabile, Erba • Addetta pulizie, Lecco • Infermiere, Bergamo\n"
        "Back office commerciale con tedesco, Como"
    ),
    "see-also": "Vedi anche: saldatore a Erba, cuoco a Lecco, corsi per pizzaiolo",
    "footer": (
        "Accedi | Registrati | Corsi di saldatura\nUsiamo i cookie per offrirti offerte da "
        "contabile\n"
        "© 2026 Saldature Bianchi srl – P.IVA 00000000000 – Sede legale via del Maglio 3"
    ),
    "our-services": "I nostri servizi: assistenza domiciliare, baby sitting, pulizia uffici.",
    "windows": (
        "Nata come bottega di famiglia, la Rossi Serramenti costruisce e posa infissi, porte "
        "blindate e zanzariere per privati."
    ),
    "hauliers": "Bianchi Trasporti effettua trasporti con 80 automezzi tra bilici e furgoni frigo.",
    "laundry": (
        "Lavanderia industriale al servizio di hotel e ospedali: lavaggio, stiratura e noleggio."
    ),
    "canteen": "Mensa scolastica e ristorazione collettiva sono il nostro mestiere.",
    "shop": "Il punto vendita fa parte di una insegna con gastronomia, ortofrutta e pescheria.",
    "municipality": "Il Comune gestisce la manutenzione strade, il verde pubblico e i cimiteri.",
    "training": "Ti aspettano formazione continua su saldatura e disegno tecnico e crescita.",
    "firm-gives": "L'azienda mette a disposizione divisa, alloggio e corso HACCP gratuito.",
    "alert": "Iscrivendoti accetti di ricevere offerte per contabile e segretaria vicino a te.",
    "products": "Produciamo e installiamo serramenti in alluminio e legno in tutta la provincia.",
}


def test_there_are_enough_examples_of_boilerplate() -> None:
    assert len(BLURBS) >= 30


@pytest.mark.parametrize("text", BLURBS.values(), ids=BLURBS.keys())
def test_boilerplate_alone_asks_for_nothing(extractor: Extractor, text: str) -> None:
    found = vacancy(extractor, text)
    assert [skill.evidence for skill in found.skills] == []
    assert [job.evidence for job in found.occupations] == []


@pytest.mark.parametrize("name", BLURBS)
def test_boilerplate_adds_nothing_to_a_vacancy(extractor: Extractor, name: str) -> None:
    own = "CERCHIAMO TORNITORE CNC\n\nRequisiti\n- esperienza su Fanuc\n- patente B\n"
    # Other adverts stand below the text; above it only its own headers could end them.
    below = name in ("adverts", "see-also")
    parts = (own, BLURBS[name]) if below else ("Annuncio di lavoro", BLURBS[name], own)
    found = vacancy(extractor, "\n\n".join(parts))
    alone = vacancy(extractor, own)
    assert [skill.uri for skill in found.skills] == [skill.uri for skill in alone.skills]
    assert [job.uri for job in found.occupations] == [job.uri for job in alone.occupations]
    assert alone.skills
    assert alone.occupations


@pytest.mark.parametrize(
    ("text", "job", "evidence"),
    [
        (
            "Azienda metalmeccanica di Lecco cerca tornitore CNC con esperienza su Fanuc",
            "operatore CNC",
            "Fanuc",
        ),
        (
            "Cooperativa operante nelle pulizie dal 1990 ricerca cuoca con attestato HACCP.",
            "cuoco",
            "HACCP",
        ),
        (
            "Agenzia per il lavoro con servizi di ricerca e selezione, payroll e formazione, "
            "ricerca "
            "per importante azienda cliente un magazziniere con patentino del muletto",
            "magazziniere",
            "patentino del muletto",
        ),
        (
            "Siamo una storica pasticceria di Merate e cerchiamo una barista con uso della cassa",
            "barista",
            "uso della cassa",
        ),
        (
            "Cerchiamo, per azienda leader nello stampaggio plastico, un manutentore elettrico; "
            "richiesta lettura di schemi elettrici",
            "manutentore elettrico",
            "schemi elettrici",
        ),
        (
            "Si ricerca giardiniere con uso della motosega. I candidati ambosessi (L. 903/77) "
            "possono inviare il cv.",
            "giardiniere",
            "motosega",
        ),
        (
            "Cuoco – hotel storico di Bellano, leader nei matrimoni, cerca cuoco con HACCP",
            "cuoco",
            "HACCP",
        ),
    ],
)
def test_a_request_beside_a_blurb_is_read(
    extractor: Extractor, text: str, job: str, evidence: str
) -> None:
    found = vacancy(extractor, text)
    assert job in {mention.label for mention in found.occupations}
    assert evidence in " | ".join(skill.evidence for skill in found.skills)


def test_what_the_person_will_do_is_no_blurb(extractor: Extractor) -> None:
    text = "Annuncio\n\nLa risorsa gestisce la manutenzione strade e ripara biciclette."
    assert vacancy(extractor, text).skills


def test_the_blurb_in_a_mixed_sentence_asks_for_nothing(extractor: Extractor) -> None:
    text = (
        "Agenzia per il lavoro con servizi di ricerca e selezione, payroll e formazione, ricerca "
        "per importante azienda cliente un magazziniere con patentino del muletto"
    )
    assert "payroll" not in {skill.evidence for skill in vacancy(extractor, text).skills}


@pytest.mark.parametrize(
    "text",
    [
        "azienda di Lecco ricerca un saldatore",
        "si ricerca personale",
        "cercasi cuoco",
        "siamo alla ricerca di un autista",
        "ricerca e seleziona magazzinieri",
        "offresi posto come barista",
        "stiamo selezionando operai",
    ],
)
def test_a_search_for_people_is_one(text: str) -> None:
    assert HIRING.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "servizi di ricerca e selezione",
        "attivita di ricerca e sviluppo",
        "la ricerca e rivolta ad ambo i sessi",
        "laboratorio di ricerca scientifica",
    ],
)
def test_research_is_no_search_for_people(text: str) -> None:
    assert not HIRING.search(text)


def test_quiet_stretches_are_in_order_and_inside_the_sentence() -> None:
    words = plain("Tel. 300 000, nata a Lecco, cuoca, e-mail a@example.it, celibe")
    stretches = quiet(words, Section.BODY, DocumentKind.CV)
    assert [words[start:end] for start, end, _ in stretches] == [
        "tel. 300 000",
        "nata a lecco",
        "e-mail a@example.it",
        "celibe",
    ]


def test_an_empty_sentence_has_no_quiet_stretch() -> None:
    assert quiet("", Section.COMPANY, DocumentKind.VACANCY) == []


@pytest.mark.parametrize(
    "text", ["si offre corso di inglese", "Offriamo formazione", "garantiamo alloggio"]
)
def test_an_offer_is_told_from_a_request(text: str) -> None:
    assert offers(plain(text))


@pytest.mark.parametrize(
    "text", ["offriamo lavoro come cuoco", "offriamo corso; richiesta patente B", "cerchiamo cuoco"]
)
def test_a_request_is_no_offer(text: str) -> None:
    assert not offers(plain(text))


@pytest.mark.parametrize(
    "text",
    ["ho aperto una partita iva nel 2015", "pagina facebook del bar", "conosco la stampa digitale"],
)
def test_ordinary_lines_are_no_furniture(text: str) -> None:
    assert not is_furniture(text)


def test_one_menu_word_makes_no_menu() -> None:
    assert menu_lines(["Home", "cucina", "sala", "", "Login", "Aziende"]) == {4, 5}


@pytest.mark.parametrize(
    "unit", ["a", "1", " ", "azienda ", "siamo ", "ricerca ", "privacy, ", "azienda leader, "]
)
@pytest.mark.parametrize("kind", DocumentKind)
def test_long_lines_are_read_quickly(unit: str, kind: DocumentKind) -> None:
    words = unit * (100_000 // len(unit))
    with quickly():
        found = quiet(words, Section.BODY, kind)
    assert all(start < end for start, end, _ in found)
