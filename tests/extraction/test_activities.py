from datetime import date

import pytest

from matching.domain import DocumentKind, Extraction
from matching.extraction import Extractor

TODAY = date(2026, 11, 22)


def read(extractor: Extractor, text: str, kind: DocumentKind) -> Extraction:
    return extractor.extract(text, kind=kind, as_of=TODAY)


def done(extractor: Extractor, text: str) -> set[str]:
    found = read(extractor, text, DocumentKind.CV).occupations
    return {extractor.taxonomy.concepts[job.uri].slug for job in found if not job.wanted}


def sought(extractor: Extractor, text: str) -> set[str]:
    found = read(extractor, text, DocumentKind.VACANCY).occupations
    return {extractor.taxonomy.concepts[job.uri].slug for job in found}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("A vent'anni facevo la filatura in una fabbrica di Calolzio.", "filatore"),
        ("Ho fatto le pulizie negli uffici di una banca per tre anni.", "addetto-pulizie"),
        ("LAVORI\n- Hotel a Varenna 2018, rifacevo le camere", "cameriere-piani"),
        ("Per due anni sono stata in cassa all'ipermercato.", "cassiere"),
        ("Caricavo gli scaffali la mattina presto in un supermercato.", "scaffalista"),
        ("Raccolta mele stagionale in Trentino, 2019 e 2020.", "raccoglitore-frutta"),
        ("Cooperativa sociale, squadra del verde, 2020-2022", "operaio-del-verde"),
        ("Assistevo una signora anziana giorno e notte a Merate.", "badante"),
        ("Ho guardato due bambini di una famiglia di Oggiono.", "babysitter"),
        ("Guidavo il furgone per le consegne di un mobilificio.", "autista-furgone"),
        ("In Pakistan guidavo l'autobus.", "autista-autobus"),
        ("Operaio in una ditta di stampaggio plastica, turni.", "stampatore-plastica"),
        ("Stavo al tornio in una piccola officina.", "tornitore"),
        ("Assemblaggio di spine elettriche, 2014-2016", "assemblatore-elettromeccanico"),
        (
            "Ho lavorato in un salumificio, reparto confezionamento.",
            "operatore-linea-confezionamento",
        ),
        ("Mensa della scuola di Civate: servivo i pasti, 2015-2018", "addetto-mensa"),
        ("In Marocco facevo i muri delle case.", "muratore"),
        ("Portavo i secchi di malta nei cantieri di mio zio.", "manovale-edile"),
        ("Cucivo camicie a macchina in un laboratorio di Brivio.", "macchinista-cucitrice"),
        ("Aiutavo mio marito e i suoceri con le mucche.", "operaio-di-stalla"),
        ("Autofficina Rossi, 2010-2015: tagliandi, freni", "meccanico-auto"),
        ("Ho fatto il servizio civile in biblioteca a Merate.", "assistente-biblioteca"),
        ("Portavo i disabili al centro diurno con il pulmino.", "autista-trasporto-sociale"),
        ("In Ucraina ho lavorato in una fabbrica di scarpe.", "operaio-calzaturificio"),
    ],
)
def test_work_that_is_told_names_its_occupation(extractor: Extractor, text: str, slug: str) -> None:
    assert slug in done(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "So fare le pulizie, stirare e cucinare.",
        "Cerco lavoro: pulizie in uffici o scale, raccolta mele.",
        "Sono disponibile per pulizie, mensa o assistenza a una signora anziana.",
        "Assisto mia madre anziana da tre anni.",
        "Ho guardato i miei nipoti mentre mia figlia lavorava.",
        "Volontariato: servo i pasti alla mensa della parrocchia.",
        "Per hobby faccio il pane e le pizze per gli amici.",
        "Mio marito guidava il camion e mio padre faceva i muri.",
        "Corso di saldatura e taglio e cucito, 2010.",
        "Non ho mai lavorato in fabbrica e non guido il furgone.",
        "Vorrei lavorare in un magazzino o in cassa.",
        "ISTRUZIONE\n2001 Scuola di taglio tessuti",
        "Da ragazzo aiutavo i nonni in campagna a raccogliere le mele.",
        "Ho imbiancato casa mia da solo.",
        "Abito sopra un panificio, in via dei Falegnami.",
        "Il medico mi ha detto di non lavorare in magazzino.",
    ],
)
def test_what_is_no_work_names_no_occupation(extractor: Extractor, text: str) -> None:
    assert done(extractor, text) == set()


def test_the_work_beside_a_title_is_that_of_the_title(extractor: Extractor) -> None:
    text = "ESPERIENZE\n2014-2020 Magazziniere, Lecco: consegne col furgone, pulizia uffici"
    assert done(extractor, text) == {"magazziniere"}


def test_work_that_is_told_is_less_sure_than_a_title_and_carries_its_months(
    extractor: Extractor,
) -> None:
    text = (
        "ESPERIENZE\n01/2014 - 12/2016 cooperativa di Lecco, pulizie scale\n"
        "01/2017 - 12/2019 Muratore"
    )
    told, titled = read(extractor, text, DocumentKind.CV).occupations
    assert told.months == titled.months == 36
    assert told.confidence < titled.confidence
    assert (told.until, titled.until) == ("2016-12", "2019-12")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Cerchiamo una persona per pulire le scale di due condomini.", "addetto-pulizie"),
        ("Cerco signora per assistere mio papà anziano, notti comprese.", "badante"),
        ("Pizzeria cerca ragazzo per consegne con scooter.", "fattorino-scooter"),
        ("Cercasi persona per servizio ai tavoli il sabato sera.", "cameriere"),
        ("Cerchiamo qualcuno che guardi i bambini dalle 16 alle 19.", "babysitter"),
        ("Cerchiamo una persona che guidi il furgone per le consegne.", "autista-furgone"),
    ],
)
def test_a_person_for_some_work_is_sought_for_its_occupation(
    extractor: Extractor, text: str, slug: str
) -> None:
    assert slug in sought(extractor, text)
