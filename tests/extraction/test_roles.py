from datetime import date

import pytest

from matching.domain import DocumentKind, Extraction
from matching.extraction import Extractor

TODAY = date(2026, 11, 22)


def cv(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(text, kind=DocumentKind.CV, as_of=TODAY)


def done(extractor: Extractor, text: str) -> set[str]:
    return {job.label for job in cv(extractor, text).occupations if not job.wanted}


def wanted(extractor: Extractor, text: str) -> set[str]:
    return {job.label for job in cv(extractor, text).occupations if job.wanted}


def targets(extractor: Extractor, text: str) -> set[str]:
    """Jobs in the surest place of a vacancy."""
    found = extractor.extract(text, kind=DocumentKind.VACANCY, as_of=TODAY).occupations
    best = max((job.confidence for job in found), default=0.0)
    return {job.label for job in found if job.confidence >= 0.9 * best}


@pytest.mark.parametrize(
    "text",
    [
        "Muratore",
        "Ada Bianchi\nMuratore",
        "Sono un muratore con molta esperienza.",
        "Ho lavorato come muratore.",
        "Lavori svolti: muratore",
        "MURATORE QUALIFICATO",
        "- muratore presso la ditta Edilcasa",
        "2011-2016\tMuratore",
        "Dopo la scuola ho lavorato come muratore.",
        "Assunto con la qualifica di muratore.",
        "Per conto di impresa edile come muratore.",
        "In Senegal: muratore",
        "Profilo: muratore esperto, preciso e puntuale.",
    ],
)
def test_a_job_that_the_person_did(extractor: Extractor, text: str) -> None:
    assert done(extractor, text) == {"muratore"}


@pytest.mark.parametrize(
    "text",
    [
        "Diploma di perito meccanico, 1998",
        "ISTRUZIONE\nScuola per parrucchiera",
        "Corso per saldatore, 200 ore",
        "Attestato di pizzaiolo conseguito a Lecco",
        "Qualifica professionale di cuoco",
        "CORSI\n- Cuoco, 2019",
        "Mio marito è muratore.",
        "Mio padre faceva il falegname.",
        "Figlia di muratore, cresciuta a Lecco.",
        "Aiutavo l'infermiera nel cambio del catetere.",
        "Lavoravo in affiancamento al cuoco.",
        "Rispondevo al responsabile di magazzino.",
        "Igiene e posture insieme con infermiera ADI.",
        "Parametri vitali su indicazione dell'infermiere.",
        "Collaborazione con infermieri e fisioterapisti.",
        "Coordinavo tre magazzinieri.",
        "Non ho mai lavorato come muratore.",
        "Non sono cuoco.",
        "Pizza quando manca il pizzaiolo.",
        "Interessi: cuoco per passione",
        "Ho consegnato materiale ai muratori.",
    ],
)
def test_titles_of_study_and_other_peoples_jobs_are_no_jobs(
    extractor: Extractor, text: str
) -> None:
    assert done(extractor, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Cerco lavoro come magazziniere.",
        "Cerco un posto da magazziniere.",
        "Obiettivo: magazziniere",
        "Mi candido come magazziniere.",
        "Posizione ricercata: magazziniere",
        "COSA CERCO\nmagazziniere",
        "Vorrei fare il magazziniere.",
        "Disponibile come magazziniere.",
        "Offresi come magazziniere.",
        "Valuto anche offerte come magazziniere.",
    ],
)
def test_a_job_that_is_looked_for_is_wanted(extractor: Extractor, text: str) -> None:
    assert wanted(extractor, text) == {"magazziniere"}
    assert done(extractor, text) == set()


def test_wanted_jobs_carry_no_months(extractor: Extractor) -> None:
    found = cv(extractor, "Cerco lavoro come magazziniere, anche per 6 mesi.")
    assert [job.months for job in found.occupations] == [None]


def test_jobs_done_and_wanted_are_told_apart(extractor: Extractor) -> None:
    text = "Sono cuoca da vent'anni e cerco lavoro come magazziniera."
    assert done(extractor, text) == {"cuoco"}
    assert wanted(extractor, text) == {"magazziniere"}


def test_a_machine_is_no_job(extractor: Extractor) -> None:
    assert "fresatore" not in done(extractor, "Fresatrice universale e trapano radiale.")
    assert done(extractor, "ESPERIENZE\n2011-2016 Fresatrice") == {"fresatore"}
    assert done(extractor, "ESPERIENZE\n2011-2016 Fresatore") == {"fresatore"}


@pytest.mark.parametrize(
    "text",
    [
        "TORNITORE CNC\nAzienda di Lecco con 50 dipendenti.\nCollaborerà con il magazziniere.",
        "Cercasi tornitore CNC\nRisponderà al capo officina e al magazziniere.",
        "Officine Bianchi\nda sempre a Lecco\n\nCERCHIAMO 1 TORNITORE CNC (m/f)",
        "Officine Bianchi srl ricerca:\n- 1 tornitore CNC",
        "Condividi: Facebook\n\nTORNITORE CNC\n\nIl magazziniere vi accoglierà.",
        "Annuncio\n\nMansione: tornitore CNC\nRequisiti: precisione",
        "Figura ricercata: Tornitore CNC",
        "Siamo una torneria. Siamo alla ricerca di un tornitore CNC da affiancare al magazziniere.",
        "Ciao a tutti! Cerchiamo tornitore CNC, anche senza esperienza. Scriveteci in privato",
        "Cercasi ragazzo anche senza esperienza come tornitore CNC",
        "Tornitore CNC cercasi. Aut. Min. 0000. Per i magazzinieri si veda altro annuncio.",
    ],
)
def test_a_vacancy_is_for_the_job_of_its_title_or_hiring_sentence(
    extractor: Extractor, text: str
) -> None:
    assert targets(extractor, text) == {"operatore CNC"}


def test_a_vacancy_for_two_jobs_is_for_both(extractor: Extractor) -> None:
    text = "Trattoria di Dervio cerca cuoco e cameriere di sala."
    assert targets(extractor, text) == {"cuoco", "cameriere"}


def test_the_cook_of_the_canteen_is_no_target(extractor: Extractor) -> None:
    text = "Cercasi magazziniere\nSi offre:\nmensa interna con cuoco"
    assert targets(extractor, text) == {"magazziniere"}


def test_other_peoples_jobs_in_a_vacancy_are_left_out(extractor: Extractor) -> None:
    text = "Cercasi aiuto cuoco\nCollaborerà con il pizzaiolo e la barista."
    found = extractor.extract(text, kind=DocumentKind.VACANCY, as_of=TODAY).occupations
    assert "pizzaiolo" not in {job.label for job in found}


def test_a_job_that_lasts_is_no_course(extractor: Extractor) -> None:
    text = "ESPERIENZE\n03/2015 – in corso FALEGNAME\nFalegnameria del Borgo\n"
    found = extractor.extract(text, kind=DocumentKind.CV, as_of=date(2026, 11, 22))
    assert [(role.label, role.months) for role in found.occupations] == [("falegname", 141)]


def test_how_old_a_firm_is_adds_nothing_to_experience(extractor: Extractor) -> None:
    text = (
        "ESPERIENZE\n03/2015 – 04/2020 FALEGNAME\nDitta del Borgo\n"
        "La ditta è da 40 anni punto di riferimento per le porte.\n"
    )
    found = extractor.extract(text, kind=DocumentKind.CV, as_of=date(2026, 11, 22))
    assert found.facts.experience_months == 62


@pytest.mark.parametrize(
    "text",
    [
        "Sono rappresentante di classe alla primaria.",
        "Abito in via dei Muratori 3.",
        "Ho fatto volantini per le attività della zona (parrucchiere, agriturismo).",
        "Formaggio col casaro.",
        "Marito: Claudio, camionista",
        "La mia vicina, che fa la badante, mi ha parlato di voi.",
    ],
)
def test_offices_streets_clients_and_neighbours_are_no_jobs(
    extractor: Extractor, text: str
) -> None:
    assert done(extractor, text) == set()


def test_what_somebody_could_do_is_wanted(extractor: Extractor) -> None:
    text = "Ho fatto il muratore. Posso fare il capocantiere se la ditta mi prova."
    assert done(extractor, text) == {"muratore"}
    assert wanted(extractor, text) == {"capocantiere"}


def test_a_mother_at_home_is_not_employed(extractor: Extractor) -> None:
    text = "ESPERIENZE\n2010-2014 Commessa\n2015-2019 mamma a tempo pieno"
    assert cv(extractor, text).facts.experience_months == 48
