import pytest

from matching.domain import DocumentKind
from matching.extraction.sections import HEADERS, SILENT, Section, header_of, opens_adverts
from tests.extraction.clock import quickly

CV, VACANCY = DocumentKind.CV, DocumentKind.VACANCY


def section(line: str, kind: DocumentKind = CV) -> Section | None:
    found = header_of(line, kind)
    return found[0] if found else None


@pytest.mark.parametrize(
    "line",
    [
        "ESPERIENZE",
        "Esperienze lavorative",
        "1. ESPERIENZE",
        "2) Esperienze professionali",
        "II. Esperienza lavorativa",
        "ESPERIENZE LAVORATIVE (dal 1998)",
        "ESPERIENZE DI LAVORO (in ordine dalla più recente)",
        "Esperienza lavorativa –",
        "Esperienza lavorativa:",
        "=== ESPERIENZE ===",
        "*** Esperienze lavorative ***",
        "## Esperienze",
        "💼 Esperienze lavorative",
        "▪ Esperienze professionali ▪",
        "- ESPERIENZE -",
        "E S P E R I E N Z E",
        "Le mie esperienze lavorative",
        "Principali esperienze professionali",
        "Esperienze lavorative e professionali",
        "ESPERIENZA PROFESSIONALE\t________",
        "ESPERIENZE LAVORATIVE NEL SETTORE ALBERGHIERO",
        "Esperienze e lavori svolti",
        "Lavoro",
        "WORK EXPERIENCE",
        "Altre esperienze",
    ],
)
def test_headers_of_jobs_in_every_dress(line: str) -> None:
    assert section(line) is Section.EXPERIENCE


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ISTRUZIONE E FORMAZIONE", Section.EDUCATION),
        ("Istruzione / Formazione", Section.EDUCATION),
        ("Corsi e attestati", Section.COURSES),
        ("Competenze tecniche:", Section.SKILLS),
        ("COSA SO FARE", Section.SKILLS),
        ("Lingue straniere", Section.LANGUAGES),
        ("Interessi", Section.LEISURE),
        ("Volontariato", Section.UNPAID),
        ("Servizio militare", Section.UNPAID),
        ("Obiettivo professionale", Section.WISHES),
        ("OCCUPAZIONE PER LA QUALE SI CONCORRE\tO.S.S.", Section.WISHES),
        ("Dati personali", Section.CONTACTS),
        ("Informazioni personali", Section.CONTACTS),
        ("Disponibilità", Section.BODY),
    ],
)
def test_headers_of_a_cv(line: str, expected: Section) -> None:
    assert section(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Requisiti", Section.REQUIREMENTS),
        ("Cosa chiediamo:", Section.REQUIREMENTS),
        ("REQUISITI RICHIESTI", Section.REQUIREMENTS),
        ("✅ Requisiti", Section.REQUIREMENTS),
        ("Il candidato ideale", Section.REQUIREMENTS),
        ("Requisiti preferenziali:", Section.PREFERRED),
        ("Costituiscono titolo preferenziale: inglese", Section.PREFERRED),
        ("Nice to have", Section.PREFERRED),
        ("Cosa farai", Section.DUTIES),
        ("Mansione: magazziniere", Section.DUTIES),
        ("Si offre:", Section.OFFER),
        ("Corsi gratuiti: saldatore, pizzaiolo", Section.OFFER),
        ("Chi siamo", Section.COMPANY),
        ("Settore: metalmeccanico", Section.COMPANY),
        ("Orario di lavoro: 8-12", Section.CONDITIONS),
        ("Come candidarsi", Section.LEGAL),
    ],
)
def test_headers_of_a_vacancy(line: str, expected: Section) -> None:
    assert section(line, VACANCY) is expected


@pytest.mark.parametrize(
    "line",
    [
        "Altri annunci",
        "Altri annunci che potrebbero interessarti",
        "Offerte simili per te",
        "Annunci simili",
        "Potrebbe interessarti anche",
        "Ti potrebbero interessare",
        "Vedi anche:",
        "» Lavori simili",
        "Ricerche correlate",
        "Potrebbe interessarti: saldatore, Erba",
    ],
)
@pytest.mark.parametrize("kind", DocumentKind)
def test_other_adverts_are_announced(line: str, kind: DocumentKind) -> None:
    assert header_of(line, kind) == (Section.ADVERTS, 0)
    assert Section.ADVERTS in SILENT


def test_other_jobs_of_a_person_are_no_adverts() -> None:
    assert section("Altri lavori") is Section.EXPERIENCE
    assert opens_adverts("Altri lavori a Lecco", VACANCY)


@pytest.mark.parametrize(
    "line",
    [
        "Esperienza pluriennale nella saldatura a filo",
        "2011-2016 Muratore",
        "Muratore: costruzione di muri",
        "Cucina: preparazioni di base",
        "Ho fatto molti lavori in campagna",
        "Lecco – Officine Bianchi",
        "Nome e cognome: Ada Rossi",
        "Magazziniere - mulettista",
        "Date: 2011-2016",
        "8:30-12:30",
        "",
        "===========",
        "Patente B",
    ],
)
def test_ordinary_lines_are_no_headers(line: str) -> None:
    assert header_of(line, CV) is None


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("Requisiti: patentino", " patentino"),
        ("1. Requisiti – patentino", "patentino"),
        ("Requisiti\tpatentino", "patentino"),
        ("REQUISITI", ""),
    ],
)
def test_the_content_of_a_header_line_starts_after_it(line: str, content: str) -> None:
    found = header_of(line, VACANCY)
    assert found is not None
    assert line[found[1] :] == content


def test_capitals_after_the_opening_words_are_content() -> None:
    line = "ESPERIENZA LAVORATIVA COME MURATORE"
    found = header_of(line, CV)
    assert found is not None
    assert line[found[1] :].strip() == "COME MURATORE"


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_listed_header_opens_its_section(kind: DocumentKind) -> None:
    for expected, forms in HEADERS[kind].items():
        for form in forms.split("|"):
            line = " ".join(form.split())
            assert section(line, kind) is expected, line
            assert section(line.upper(), kind) is expected, line


@pytest.mark.parametrize("unit", ["a", "1", " ", "=", "a:", "a - ", "🙂", "(", "\t", "a, "])
def test_long_lines_are_read_quickly(unit: str) -> None:
    with quickly():
        assert header_of(unit * (100_000 // len(unit)), CV) is None
